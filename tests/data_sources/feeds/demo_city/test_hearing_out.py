"""The demo city's disputes show every state there is, once."""

from datetime import timedelta

import pytest

from data_sources.feeds.demo_city.hearing_out import NEEDED, UNITS, play
from operations.response.disputing import Office
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket
from tests.response import SHANGHAI, City

BOUNCED = [
    ticket(
        external_id=f"T-{n}", department=UNITS[n % 3], created_at=at(-24 * 20), reassignments=3,
        status=Status.HANDLING, dispatched_at=at(-24 * 20), updated_at=at(-24 * 6),
    )
    for n in range(NEEDED)
]  # fmt: skip


@pytest.fixture
def city(sqlite_engine):
    made = City(sqlite_engine)
    made.ledger.store(BOUNCED, clock=NOW)
    return made


def played(city):
    office = Office(
        city.disputes, city.clinics, city.opinions, city.stream, {*UNITS}.__contains__, SHANGHAI
    )
    return play(office, lambda: BOUNCED, NOW)


def test_every_state_but_withdrawn_is_shown(city):
    assert played(city) == NEEDED
    shown = [one for number in range(1, NEEDED + 1)
             if (one := city.disputes.dispute(f"ZY2026-{number:04d}"))]  # fmt: skip
    assert [one.state.value for one in shown] == [
        "ruled", "scheduled", "scheduled", "agreed", "consulting", "consulting", "open",
    ]  # fmt: skip
    assert [one.at > NOW for one in city.clinics.coming(most=5)] == [False, True]
    assert shown[5].deadline < NOW < shown[4].deadline
    city.reckon()
    bound = city.ledger.ticket("demo", "T-0")
    assert (bound.department, bound.ruled_by) == ("housing", "MZ2026-0001")
    assert bound.due_at == NOW + timedelta(days=5)


def test_it_is_played_once_a_ledger(city):
    played(city)
    assert played(city) == 0
