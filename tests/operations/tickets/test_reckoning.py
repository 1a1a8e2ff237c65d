"""Class and due time of one ticket, from its present state and the decisions on it."""

import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.holidays import china
from operations.tickets.deadlines import Deadlines, Limit
from operations.tickets.handling import Handling, Pause
from operations.tickets.reckoning import (
    Basis,
    Reckoner,
    as_delivered,
    basis_of,
    why_due_moved,
)
from operations.tickets.ticket import Status, Triage, Urgency
from tests.builders import NOW, at, ticket
from tests.rules import CALENDAR, DEADLINES, RECKONER, RULES, SHANGHAI

SENT = ticket(department="water", dispatched_at=NOW, status=Status.DISPATCHED)


def local(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def due(**changes):
    return RECKONER.reckon(replace(SENT, **changes)).due_at


@pytest.mark.parametrize(
    ("sent", "due_at"),
    [
        (local(11, 24, 10), local(12, 1, 10)),
        (local(11, 24, 7), local(12, 1, 8, 30)),  # before opening: from opening
        (local(11, 24, 20), local(12, 2, 8, 30)),  # after closing: from the next opening
        (local(11, 28, 11), local(12, 7, 8, 30)),  # on a Saturday: from Monday
        (local(9, 28, 14), local(10, 10, 14)),  # over the long holiday, to a Saturday worked
    ],
)
def test_five_working_days_from_when_offices_are_open(sent, due_at):
    assert due(dispatched_at=sent) == due_at


def test_class_category_and_urgency_choose_the_limit():
    assert due() == at(7 * 24)
    assert due(urgency=Urgency.URGENT) == at(24)
    assert due(category="heating_cold") == at(48)
    assert due(category="heating_cold", urgency=Urgency.URGENT) == at(24), "the first row has it"
    assert due(reopenings=1) == at(21 * 24)


def test_a_ticket_of_nobody_has_no_clock():
    assert RECKONER.reckon(ticket()).due_by is None
    held = RECKONER.reckon(ticket(department="water"))
    assert held.due_at == at(7 * 24), "no time of dispatch: from acceptance"


def test_without_rules_there_is_a_class_and_no_due_time():
    held = Reckoner().reckon(replace(SENT, urgency=Urgency.URGENT))
    assert (held.triage, held.due_at, held.due_by) == (Triage.URGENT, None, None)


@pytest.mark.parametrize("told", [{"due_at": at(3)}, {"original_due_at": at(3)}])
def test_what_the_source_says_of_due_times_stands(told):
    delivered, held = replace(SENT, **told), RECKONER.reckon(replace(SENT, **told))
    assert (held.due_at, held.original_due_at, held.due_by) == (
        delivered.due_at, delivered.original_due_at, None,
    )  # fmt: skip


def test_pauses_run_in_the_limits_own_measure():
    night = (Pause(at(8), at(24), "x"),)  # 18:00 to 10:00
    assert RECKONER.reckon(SENT, Handling(version=1, pauses=night)).due_at == at(
        7 * 24, minutes=90
    ), "from half past eight to ten"
    urgent = replace(SENT, urgency=Urgency.URGENT)
    assert RECKONER.reckon(urgent, Handling(version=1, pauses=night)).due_at == at(24 + 16)


def test_a_pause_before_the_present_dispatch_counts_from_there():
    sent = replace(SENT, dispatched_at=at(1))
    handling = Handling(version=1, pauses=(Pause(at(0), at(2), "x"),))
    assert RECKONER.reckon(sent, handling).due_at == at(7 * 24 + 1 + 1)
    earlier = Handling(version=1, pauses=(Pause(at(-2), at(-1), "x"),))
    assert RECKONER.reckon(sent, earlier).due_at == at(7 * 24 + 1)


def test_first_the_pauses_then_the_extension():
    handling = Handling(version=1, extension_d=1, pauses=(Pause(at(0), at(2), "x"),))
    held = RECKONER.reckon(SENT, handling)
    assert (held.due_at, held.original_due_at) == (at(8 * 24 + 2), at(7 * 24))


@given(
    rule=st.from_regex(r"[a-z0-9_-]{1,9}/[a-z0-9_-]{1,9}", fullmatch=True),
    extended=st.integers(0, 99),
    paused=st.integers(0, 20),
    stopped=st.booleans(),
)
def test_a_basis_is_read_as_it_was_written(rule, extended, paused, stopped):
    basis = Basis(rule, extended, paused, stopped)
    assert basis_of(str(basis)) == basis


@given(
    st.sampled_from([{}, {"returns": 2}, {"due_at": at(5)}, {"original_due_at": at(5)},
                     {"department": None, "dispatched_at": None}]),
    st.sampled_from([Handling(), Handling(triage=Triage.HARD), Handling(extension_d=2),
                     Handling(pauses=(Pause(at(1), None, ""),))]),
)  # fmt: skip
def test_what_was_reckoned_is_taken_off_again(changes, handling):
    delivered = replace(SENT, **changes)
    assert as_delivered(RECKONER.reckon(delivered, handling)) == delivered


@pytest.mark.parametrize(
    ("changes", "handling", "why"),
    [
        ({"returns": 2, "dispatched_at": at(1)}, Handling(), "triage,dispatch"),
        ({"category": "heating_cold"}, Handling(), "category"),
        ({"urgency": Urgency.URGENT}, Handling(), "triage,urgency"),
        ({}, Handling(extension_d=1), "extension"),
        ({}, Handling(pauses=(Pause(at(1), None, ""),)), "pause"),
        ({"due_at": at(9)}, Handling(), "source"),
        ({"dispatched_at": None, "department": None}, Handling(), "dispatch"),
    ],
)
def test_why_a_due_time_moved(changes, handling, why):
    before = RECKONER.reckon(SENT)
    after = RECKONER.reckon(replace(SENT, **changes), handling)
    assert before.due_at != after.due_at
    assert why_due_moved(before, after) == why


def test_where_nothing_of_the_ticket_differs_the_rules_do():
    other = Reckoner(
        Deadlines(
            replace(RULES, clocks=(replace(RULES.clocks[-1], finish=Limit(clock_h=1)),)),
            CALENDAR,
            SHANGHAI,
        )
    )
    assert why_due_moved(RECKONER.reckon(SENT), other.reckon(SENT)) == "rules"


def test_a_digest_changes_with_the_rules_the_calendar_and_the_zone_alone():
    same = Reckoner(Deadlines(RULES, replace(CALENDAR), SHANGHAI))
    assert same.digest == RECKONER.digest
    strict = replace(RULES, extension=replace(RULES.extension, times=0))
    day = replace(CALENDAR, overrides={NOW.date(): False})
    others = [
        Reckoner(),
        Reckoner(Deadlines(strict, CALENDAR, SHANGHAI)),
        Reckoner(Deadlines(RULES, day, SHANGHAI)),
        Reckoner(Deadlines(RULES, CALENDAR, type(SHANGHAI)("Asia/Tokyo"))),
    ]
    assert len({one.digest for one in [RECKONER, *others]}) == 5


def test_ten_thousand_due_times_take_less_than_a_second():
    deadlines = Deadlines(RULES, china({}), SHANGHAI)
    starts = [at(minutes=n * 7.3) for n in range(10_000)]
    began = time.process_time()
    for start in starts:
        deadlines.due(start, Limit(working_days=5))
    assert time.process_time() - began < 1.0


def test_put_off_and_stood_still_leave_what_was_not():
    assert DEADLINES.put_off(NOW, 0) is NOW
    assert DEADLINES.stood_still(NOW, Limit(clock_h=1), [(NOW, NOW)]) == NOW + timedelta()
