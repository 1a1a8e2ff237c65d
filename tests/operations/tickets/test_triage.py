"""Which of four ways a ticket goes."""

from dataclasses import replace

import pytest

from operations.tickets.ticket import Kind, Triage, Urgency
from operations.tickets.triage import OTHERWISE, OVERRIDE, USUAL, Sorted, TriageRule, sort
from tests.builders import ticket


@pytest.mark.parametrize(
    ("changes", "triage", "rule"),
    [
        ({}, Triage.ORDINARY, OTHERWISE),
        ({"urgency": Urgency.URGENT}, Triage.URGENT, "urgent"),
        ({"urgency": Urgency.CRITICAL, "returns": 3}, Triage.URGENT, "urgent"),
        ({"returns": 1, "reassignments": 1}, Triage.ORDINARY, OTHERWISE),
        ({"returns": 2}, Triage.DISPUTED, "bounced"),
        ({"reassignments": 2, "reopenings": 1}, Triage.DISPUTED, "bounced"),
        ({"extensions": 1}, Triage.HARD, "extended"),
        ({"reopenings": 1}, Triage.HARD, "reopened"),
    ],
)
def test_the_first_rule_that_applies_has_the_ticket(changes, triage, rule):
    assert sort(ticket(**changes), USUAL) == Sorted(triage, rule)


def test_what_a_person_decided_goes_before_every_rule():
    urgent = ticket(urgency=Urgency.CRITICAL)
    assert sort(urgent, USUAL, Triage.HARD) == Sorted(Triage.HARD, OVERRIDE)


def test_every_condition_of_a_row_must_hold():
    row = TriageRule(
        name="row",
        triage=Triage.HARD,
        urgency=frozenset({Urgency.URGENT}),
        kinds=frozenset({Kind.COMPLAINT}),
        categories=frozenset({"water_quality"}),
        bounces=1,
        extensions=1,
        reopenings=1,
    )
    one = ticket(urgency=Urgency.URGENT, returns=1, extensions=1, reopenings=1)
    assert row.applies(one)
    for changes in (
        {"urgency": Urgency.ROUTINE},
        {"kind": Kind.PRAISE},
        {"category": "roads"},
        {"returns": 0},
        {"extensions": 0},
        {"reopenings": 0},
    ):
        assert not row.applies(replace(one, **changes)), changes
