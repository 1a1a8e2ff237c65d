"""A ticket waits until it is with the lead that a consultation agreed on."""

from dataclasses import replace
from typing import Any

import pytest

from operations.response.agreed import waits_for_lead
from operations.response.dispute import Cause, Dispute, Outcome, State
from operations.tickets.ticket import Status
from tests.builders import NOW, ticket


def dispute(number: str = "ZY2026-0001", **changes: Any) -> Dispute:
    values: dict[str, Any] = {
        "number": number, "version": 4, "state": State.AGREED, "cause": Cause.HAND,
        "why": "几家都说不归自己", "tickets": (("demo", "T-1"),), "opened_at": NOW,
        "opened_by": "王主任", "changed_at": NOW, "outcome": Outcome("drainage", (), ""),
    }  # fmt: skip
    return Dispute(**(values | changes))


AGREED = dispute()
NEWER = replace(AGREED, number="ZY2026-0002", state=State.OPEN, outcome=None)


@pytest.mark.parametrize("department", ["water", None])
def test_it_waits_with_another_department_or_with_none(department: str | None) -> None:
    assert waits_for_lead(ticket(department=department), [AGREED]) is AGREED


@pytest.mark.parametrize(
    "changes",
    [{"department": "drainage"}, {"department": "water", "ruled_by": "MZ2026-0001"},
     {"department": "water", "status": Status.CLOSED, "closed_at": NOW}],
    ids=["with the lead", "bound by an opinion", "closed"],
)  # fmt: skip
def test_it_waits_no_longer(changes: dict[str, Any]) -> None:
    assert waits_for_lead(ticket(**changes), [AGREED]) is None


def test_only_the_last_word_on_it_counts() -> None:
    held = ticket(department="water")
    assert waits_for_lead(held, []) is None
    assert waits_for_lead(held, [NEWER, AGREED]) is None
    assert waits_for_lead(held, [replace(NEWER, state=State.WITHDRAWN), AGREED]) is AGREED
