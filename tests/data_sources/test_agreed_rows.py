"""Agreements that are not carried out, on SQLite and PostgreSQL: as the rule has them."""

from datetime import timedelta

import pytest

from data_sources import agreed_rows
from operations.response.agreed import waits_for_lead
from operations.response.dispute import Act, Dispute
from operations.response.dispute_actions import Asked
from operations.tickets.ticket import Status
from tests.response import City, asked

TICKETS = ("T-1", "T-2", "T-3", "T-4", "T-5")


@pytest.fixture(params=["sqlite", "postgresql"])
def city(request):
    made = City(request.getfixturevalue(f"{request.param}_engine"))
    for number in TICKETS:
        made.deliver(number)
    return made


def agreed(city: City, *tickets: str) -> Dispute:
    """Have a consultation on tickets agree that the drainage department leads."""
    held = city.opened(tickets[0])
    until = city.now + timedelta(hours=4)
    steps = [
        *((Act.JOIN, Asked(ticket=("demo", one))) for one in tickets[1:]),
        (Act.INVITE, Asked(departments=asked("water", "drainage"), deadline=until)),
        (Act.SAY, Asked(department="drainage", stance="lead")),
        (Act.AGREE, Asked(lead="drainage", cooperating=("water",))),
    ]
    for act, wanted in steps:
        held = city.hand().act(held.number, act, wanted, expected_version=held.version)
    return held


def by_rule(city: City) -> int:
    """Count the tickets that wait, one by one."""
    books = [(city.ledger.ticket("demo", one), city.disputes.of_ticket("demo", one))
             for one in TICKETS]  # fmt: skip
    return sum(waits_for_lead(held, disputes) is not None for held, disputes in books)


def test_tickets_are_counted_until_they_are_with_the_agreed_lead(city):
    assert city.disputes.waiting_for_lead() == {}
    first, second = agreed(city, "T-1", "T-2", "T-3"), agreed(city, "T-4")
    assert city.disputes.waiting_for_lead() == {first.number: 3, second.number: 1}
    assert by_rule(city) == 4
    city.now += timedelta(hours=1)
    city.deliver("T-1", department="drainage")
    city.deliver("T-2", status=Status.CLOSED, closed_at=city.now)
    city.deliver("T-4", department=None, status=Status.ACCEPTED, dispatched_at=None)
    assert city.disputes.waiting_for_lead() == {first.number: 1, second.number: 1}
    assert by_rule(city) == 2
    city.now += timedelta(hours=1)
    city.deliver("T-3", department="drainage")
    city.deliver("T-4", department="drainage")
    assert city.disputes.waiting_for_lead() == {}


def test_a_newer_dispute_takes_the_place_of_an_agreement(city):
    first = agreed(city, "T-1", "T-2")
    again = city.opened("T-1")
    assert city.disputes.waiting_for_lead() == {first.number: 1}
    assert by_rule(city) == 1
    city.hand().act(again.number, Act.WITHDRAW, Asked(reason="解决了"), expected_version=1)
    assert city.disputes.waiting_for_lead() == {first.number: 2}
    assert by_rule(city) == 2
    city.ruled("T-1", lead="telecom")
    city.reckon()
    assert city.disputes.waiting_for_lead() == {first.number: 1}
    assert by_rule(city) == 1


def test_only_the_newest_agreements_are_looked_at(city, monkeypatch):
    agreed(city, "T-1")
    city.now += timedelta(hours=1)
    second = agreed(city, "T-2")
    monkeypatch.setattr(agreed_rows, "MOST_AGREEMENTS", 1)
    assert city.disputes.waiting_for_lead() == {second.number: 1}
