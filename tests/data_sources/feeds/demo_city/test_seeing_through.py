"""The demo city's supervision shows every state there is, once."""

from dataclasses import replace
from datetime import time

import pytest

from data_sources.feeds.demo_city.seeing_through import CALLED, NEEDED, play
from data_sources.handling_book import SqlHandlingBook
from data_sources.ledger import SqlLedger
from data_sources.memory import MemoryStream
from data_sources.supervision_rows import OwedReads
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.owed import OwedSearch
from operations.tickets.supervising import Office
from operations.tickets.ticket import Status, Supervision
from operations.work_clock import WorkClock
from tests.builders import NOW, at, ticket
from tests.rules import CALENDAR, RECKONER, SHANGHAI

LATE = [
    ticket(
        external_id=f"T-{n}", town="370681104", department="water_bureau", created_at=at(-24 * 20),
        status=Status.HANDLING, dispatched_at=at(-24 * 20), updated_at=at(-24 * 20 + n),
    )
    for n in range(NEEDED)
]  # fmt: skip


class City:
    """The tickets of a demo city in SQLite, and where acts on them are entered."""

    def __init__(self, engine):
        self.ledger, self.lists = SqlLedger(engine, RECKONER), OwedReads(engine)
        self.ledger.store(LATE, clock=NOW)
        clock = WorkClock(CALENDAR, SHANGHAI, time(8, 30), time(17, 30))
        book = SqlHandlingBook(engine)
        self.office = Office(book, MemoryStream(), clock, {*CALLED}.__contains__)

    def play(self):
        return play(self.office, self.lists, RECKONER, lambda: LATE, NOW)

    def owed(self, **asked):
        return self.lists.owed(OwedSearch(**asked), WITHOUT_ACCOUNTS, NOW, most=99).rows


@pytest.fixture
def city(sqlite_engine):
    return City(sqlite_engine)


def test_every_state_is_shown(city):
    assert city.play() == 18
    assert {one.debt.line for one in city.owed()} == {
        "internal", "government", "public", "listed", "summons",
    }  # fmt: skip
    assert {one.debt.standing(NOW).value for one in city.owed()} == {"due", "late", "replied"}
    city.ledger.reckon(clock=NOW, most=100)
    held = [city.ledger.ticket(*one.identity) for one in LATE]
    assert {one.ring.value for one in held} == {"town", "county", "city"}
    assert {one.supervision for one in held} == {None, Supervision.OPEN, Supervision.REFERRED}


def test_it_is_played_once_a_ledger(city):
    city.play()
    before = city.owed()
    assert city.play() == 0
    assert city.owed() == before


def test_a_ticket_that_ended_meanwhile_stops_nothing(city, monkeypatch):
    ended = [replace(one, status=Status.CLOSED, closed_at=NOW) for one in LATE[:2]]
    done = play(city.office, city.lists, RECKONER, lambda: [*ended, *LATE[2:]], NOW)
    assert 0 < done < 18
