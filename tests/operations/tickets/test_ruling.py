"""What a final opinion does to a ticket, whatever its source says of it afterwards."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.changes import Step, changes_between
from operations.tickets.handling import Handling
from operations.tickets.reckoning import as_delivered, why_due_moved
from operations.tickets.ruling import (
    RETURNED,
    UNASSIGNED,
    Told,
    attempt_of,
    held_to,
    ruling_of,
    told_by,
)
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket
from tests.rules import RECKONER

SENT = ticket(department="water", dispatched_at=NOW, status=Status.DISPATCHED, reassignments=3)
RULING = ruling_of(
    SENT, None, opinion="MZ2026-0001", lead="drainage", cooperating=("water",), at=at(1),
    due_at=at(99),
)  # fmt: skip
HANDLING = Handling(version=1, changed_at=at(1), ruling=RULING)

DELIVERIES = st.builds(
    lambda **changes: replace(SENT, **changes),
    department=st.sampled_from([None, "water", "drainage", "telecom"]),
    status=st.sampled_from(list(Status)),
    returns=st.integers(0, 4),
    reassignments=st.integers(0, 9),
    signed_at=st.sampled_from([None, at(1)]),
    due_at=st.sampled_from([None, at(5)]),
    cooperating=st.sampled_from([(), ("telecom",)]),
    return_reason=st.sampled_from(["", "不属于我"]),
)


@given(DELIVERIES)
def test_a_ruled_ticket_is_with_its_lead_whatever_is_delivered(delivered):
    held = RECKONER.reckon(delivered, HANDLING)
    assert (held.department, held.cooperating, held.ruled_by) == (
        "drainage", ("water",), "MZ2026-0001",
    )  # fmt: skip
    assert held.status is not Status.RETURNED
    assert (held.returns, held.reassignments, held.return_reason) == (0, 3, "")
    assert (held.due_at, held.due_by) == (at(99), "opinion MZ2026-0001")
    assert held.is_open == delivered.is_open
    assert RECKONER.reckon(as_delivered(held), HANDLING) == held, "reckoned again it is the same"


@given(DELIVERIES, DELIVERIES)
def test_the_history_of_a_ruled_ticket_has_no_hands(first, second):
    before, after = (RECKONER.reckon(one, HANDLING) for one in (first, second))
    steps = {line.step for line in changes_between(before, after)}
    assert not steps & {Step.RETURNED, Step.REASSIGNED, Step.RULED, Step.DUE}


@pytest.mark.parametrize(
    ("last", "now", "asked"),
    [
        (Told("water", Status.DISPATCHED), {"status": Status.RETURNED}, RETURNED),
        (Told("water", Status.RETURNED), {"status": Status.RETURNED}, None),
        (Told("water", Status.RETURNED, 1), {"status": Status.RETURNED, "returns": 2}, RETURNED),
        (Told("water", Status.DISPATCHED), {"status": Status.HANDLING}, None),
        (Told("water", Status.DISPATCHED), {"department": "drainage"}, None),
        (Told("drainage", Status.DISPATCHED), {"department": "water"}, "water"),
        (Told("water", Status.DISPATCHED), {"department": "telecom"}, "telecom"),
        (Told("telecom", Status.DISPATCHED), {"department": "telecom"}, None),
        (Told("water", Status.DISPATCHED), {"department": None}, UNASSIGNED),
    ],
)
def test_only_what_is_new_and_against_the_opinion_is_an_attempt(last, now, asked):
    found = attempt_of(last, replace(SENT, **now), RULING)
    assert (found and found.asked) == asked


def test_a_newer_ruling_remembers_what_the_source_said_before_the_older():
    held = held_to(SENT, RULING)
    newer = ruling_of(
        held, RULING, opinion="MZ2026-0002", lead="telecom", cooperating=(), at=at(2), due_at=None
    )
    assert newer.told == told_by(SENT)
    assert newer.reassignments == 3


def test_the_history_says_who_leads_and_that_the_due_time_is_the_opinions():
    before, after = RECKONER.reckon(SENT), RECKONER.reckon(SENT, HANDLING)
    lines = {line.step: line for line in changes_between(before, after, decided_at=at(1))}
    assert (lines[Step.RULED].was, lines[Step.RULED].now) == ("water", "drainage")
    assert (lines[Step.DUE].at, lines[Step.DUE].why) == (at(1), "ruling")
    assert why_due_moved(before, after) == "ruling"
