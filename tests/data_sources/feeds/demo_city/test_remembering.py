"""The demo city's library has two cases, played once, in which nobody can be told."""

from collections import Counter
from datetime import timedelta

import pytest

from data_sources.case_book import SqlCaseBook
from data_sources.chains import read_chains
from data_sources.feeds.demo_city.remembering import (
    EDITOR,
    NEEDED,
    Past,
    Stage,
    play,
)
from data_sources.incident_book import SqlIncidentBook
from data_sources.ledger import SqlLedger
from data_sources.memory import MemoryStream
from operations.pulse.windows import from_us, to_us
from operations.response.case import Of, Sought, State
from operations.response.case_drafting import Material
from operations.response.case_keeping import Library
from operations.response.incident_entering import Command
from tests.builders import LONGKOU as DISTRICT
from tests.builders import NOW, ticket
from tests.cases import ZONE

CHAINS = read_chains(None)
TODAY = NOW.astimezone(ZONE).date()
PEAK = TODAY - timedelta(days=25)
TICKETS = [
    ticket(
        external_id=f"T-{category}-{days}-{n}", category=category,
        created_at=NOW - timedelta(days), district=DISTRICT,
    )
    for category in ("water_yellow", "garbage")
    for days in range(45)
    for n in range(9 if days == 25 else 7 if days in (30, 31, 32, 33) else 1)
]  # fmt: skip


class Played:
    """A ledger in which it was played; a day of nine calls stands out, four of seven do not."""

    def __init__(self, engine, known=frozenset(NEEDED), tickets=TICKETS):
        SqlLedger(engine).store(TICKETS, clock=NOW)
        self.incidents, self.book = SqlIncidentBook(engine), SqlCaseBook(engine)
        self.command = Command(self.incidents, MemoryStream(), known.__contains__)
        self.told, self.known = tickets, known
        self.played = self.again()

    def of(self, category, first, last):
        return [
            one
            for one in self.told
            if one.category == category and first <= one.created_at.astimezone(ZONE).date() <= last
        ]

    def counts(self, category, first, last):
        found = Counter(one.created_at.astimezone(ZONE).date()
                        for one in self.of(category, first, last))  # fmt: skip
        return {DISTRICT: found}

    def tickets(self, category, _district, first, last):
        return [one.identity for one in self.of(category, first, last)]

    def material(self, incident):
        return Material(
            whole=self.incidents.whole(incident), least=5, days=(), effects=(),
            tickets=self.incidents.count_tickets(incident), templates=CHAINS, names=frozenset(),
            is_office=self.known.__contains__, is_local=lambda _code: False, zone=ZONE,
        )  # fmt: skip

    def again(self):
        library = Library(self.book, self.material, ZONE)
        past = Past(self.counts, self.tickets)
        return play(Stage(self.command, library, CHAINS, past, NOW))

    def cases(self):
        return self.book.listed(tuple(State), Sought(), most=9).rows


@pytest.fixture
def city(sqlite_engine):
    return Played(sqlite_engine)


def test_two_matters_were_solved_and_told(city):
    assert city.played == 2
    bins, taps = city.cases()
    assert [(one.state, one.facts.chain) for one in (taps, bins)] == [
        (State.PUBLISHED, "water"), (State.PUBLISHED, "waste")
    ]  # fmt: skip
    assert taps.read_by == EDITOR
    assert [one.began_here for one in taps.facts.links] == [False, True, False, False]
    assert all(one.cleared for one in taps.facts.links)
    assert len(taps.texts(Of.LESSON)) == 3
    assert taps.text(Of.SUMMARY).startswith("停水检修后")
    assert taps.facts.tickets == 12
    assert "*" not in "".join(one.text for case in (taps, bins) for one in case.passages)


def test_their_incidents_are_reviewed_and_of_weeks_ago(city):
    rows = city.incidents.board(to_us(NOW), living=False, most=9)
    assert [one.head.state for one in rows] == ["reviewed", "reviewed"]
    opened = [from_us(one.head.opened_us).astimezone(ZONE).date() for one in rows]
    assert opened == [PEAK, PEAK], "the day that stood out from those behind it"
    assert city.incidents.board(to_us(NOW), living=True, most=9) == []


def test_it_is_played_once(city):
    before = city.cases()
    assert city.again() == 0
    assert city.cases() == before


def test_a_city_of_other_departments_or_without_such_a_matter_has_none(sqlite_engine):
    assert Played(sqlite_engine, known=frozenset({"water_company"})).played == 0
    assert Played(sqlite_engine, tickets=[]).played == 0
