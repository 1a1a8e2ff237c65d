"""Which alarms bear on a ticket's way."""

import pytest

from operations.pulse.alarm import Cause, Reason, Severity
from operations.tickets.ticket import Status
from operations.tickets.warned import bearing_on
from tests.builders import NOW_US, ticket
from tests.watched import CATEGORY, HOUR_US, alarm

TICKET = ticket()


@pytest.mark.parametrize(
    ("changes", "bears"),
    [
        ({}, True),
        ({"reasons": (CATEGORY,), "district": None}, True),
        ({"category": "noise"}, False),
        ({"category": None}, False),
        ({"district": "370602"}, False),
        ({"reasons": (Reason(Cause.DISTRICT, "370681"),)}, False),
        ({"since_us": NOW_US + HOUR_US}, False),
    ],
)
def test_it_is_of_the_same_matter_where_the_ticket_is(changes, bears):
    assert bool(bearing_on(TICKET, [alarm(**changes)])) is bears


def test_the_most_pressing_comes_first_and_one_that_ended_has_none():
    mild, grave = alarm(id="a", severity=Severity.MEDIUM), alarm(id="b", severity=Severity.CRITICAL)
    assert bearing_on(TICKET, [mild, grave]) == [grave, mild]
    assert bearing_on(ticket(status=Status.CLOSED, closed_at=TICKET.created_at), [grave]) == []
