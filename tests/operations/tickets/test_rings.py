"""Which ring holds a ticket, and why it moved."""

from dataclasses import replace

import pytest

from operations.people.person import Ring
from operations.tickets.changes import Step, changes_between
from operations.tickets.handling import Handling
from operations.tickets.reckoning import Reckoner, as_delivered
from operations.tickets.rings import OTHERWISE, REPORTED, RingRule, above
from operations.tickets.supervision import Line, Record, Referral, Report, Watch
from operations.tickets.ticket import Supervision, Triage, Urgency
from tests.builders import NOW, at, ticket

TOWN = ticket(town="370681104")
TABLE = (
    RingRule(name="placeless", ring=Ring.CITY, district=False),
    RingRule(name="critical", ring=Ring.CITY, urgency=frozenset({Urgency.CRITICAL})),
    RingRule(name="disputed", ring=Ring.COUNTY, triage=frozenset({Triage.DISPUTED})),
    RingRule(name="heating", ring=Ring.COUNTY, categories=frozenset({"heating_cold"})),
    RingRule(name="townless", ring=Ring.COUNTY, town=False),
)
RECKONER = Reckoner(rings=TABLE)
RECORD = Record(
    number=1, line=Line.INTERNAL, department="water", opened_at=NOW, due_at=at(48), reason="x"
)


def reported(*rings):
    return Handling(version=1, watch=Watch(tuple(Report(NOW, ring, "因为") for ring in rings)))


@pytest.mark.parametrize(
    ("changes", "ring", "by"),
    [
        ({}, Ring.TOWN, OTHERWISE),
        ({"town": None}, Ring.COUNTY, "townless"),
        ({"town": None, "district": None}, Ring.CITY, "placeless"),
        ({"urgency": Urgency.CRITICAL}, Ring.CITY, "critical"),
        ({"returns": 2}, Ring.COUNTY, "disputed"),
        ({"category": "heating_cold"}, Ring.COUNTY, "heating"),
    ],
)
def test_the_first_row_that_applies_has_the_ticket(changes, ring, by):
    held = RECKONER.reckon(replace(TOWN, **changes))
    assert (held.ring, held.ring_by) == (ring, by)


def test_a_city_without_a_table_goes_by_the_place():
    assert [
        Reckoner().reckon(one).ring for one in (TOWN, ticket(), ticket(district=None))
    ] == [Ring.TOWN, Ring.COUNTY, Ring.CITY]  # fmt: skip


def test_a_report_lifts_a_ticket_and_never_lowers_it():
    held = RECKONER.reckon(TOWN, reported(Ring.COUNTY))
    assert (held.ring, held.ring_by) == (Ring.COUNTY, REPORTED)
    assert RECKONER.reckon(TOWN, reported(Ring.COUNTY, Ring.CITY)).ring is Ring.CITY
    critical = replace(TOWN, urgency=Urgency.CRITICAL)
    held = RECKONER.reckon(critical, reported(Ring.COUNTY))
    assert (held.ring, held.ring_by) == (Ring.CITY, "critical")


def test_above_the_city_there_is_nothing():
    assert [above(ring) for ring in (Ring.TOWN, Ring.COUNTY, Ring.CITY)] == [
        Ring.COUNTY, Ring.CITY, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ((TOWN, Handling()), (TOWN, reported(Ring.COUNTY)), "report"),
        ((TOWN, reported(Ring.COUNTY)), (TOWN, Handling(version=2)), "report"),
        (
            (TOWN, Handling()),
            (replace(TOWN, category="heating_cold", updated_at=at(1)), Handling()),
            "category",
        ),
        ((TOWN, Handling()), (replace(TOWN, town=None, updated_at=at(1)), Handling()), "place"),
        ((TOWN, Handling()), (TOWN, Handling(version=1, triage=Triage.DISPUTED)), "triage"),
    ],
)
def test_a_ring_never_moves_without_a_line_that_says_why(before, after, why):
    held, then = RECKONER.reckon(*before), RECKONER.reckon(*after)
    lines = [one for one in changes_between(held, then) if one.step is Step.RINGED]
    assert [(one.was, one.now, one.why) for one in lines] == [
        (held.ring.value, then.ring.value, why)
    ]


def test_another_table_moves_it_by_the_rules_and_the_first_reckoning_is_no_move():
    other = Reckoner(rings=(RingRule(name="all", ring=Ring.CITY),)).reckon(TOWN)
    (line,) = changes_between(RECKONER.reckon(TOWN), other)
    assert (line.step, line.why) == (Step.RINGED, "rules")
    assert changes_between(TOWN, other) == []


@pytest.mark.parametrize(
    ("watch", "state"),
    [
        (Watch(), None),
        (Watch(records=(RECORD,)), Supervision.OPEN),
        (Watch(records=(replace(RECORD, ended_at=at(1)),)), None),
        (Watch(records=(RECORD,), referral=Referral(NOW, "x")), Supervision.REFERRED),
    ],
)
def test_a_tickets_supervision_is_that_of_its_open_records(watch, state):
    held = RECKONER.reckon(TOWN, Handling(version=1, watch=watch))
    assert held.supervision is state
    assert as_delivered(held) == TOWN


def test_a_digest_changes_with_the_table_of_rings():
    assert RECKONER.digest != Reckoner().digest
    assert RECKONER.digest == Reckoner(rings=list(TABLE)).digest
