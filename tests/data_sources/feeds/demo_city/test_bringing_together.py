"""The demo city's incidents tell of one at work, one under control and a drill, once."""

from datetime import timedelta

import pytest

from data_sources.chains import read_chains
from data_sources.feeds.demo_city.bringing_together import UNITS, play
from data_sources.incident_book import SqlIncidentBook
from data_sources.ledger import SqlLedger
from data_sources.memory import MemoryStream
from operations.pulse.windows import to_us
from operations.response.chain import first_failing
from operations.response.incident import Kind
from operations.response.incident_entering import Command
from tests.builders import NOW, at, ticket

LATER = NOW + timedelta(days=4)
TICKETS = [
    ticket(external_id=f"T-{n}", category=category, district=district, created_at=at(n))
    for n, (category, district) in enumerate(
        [("water_yellow", "370681")] * 3 + [("water_yellow", "370602")]
        + [("heating_cold", "370676")] * 2
    )
]  # fmt: skip


class Played:
    """A ledger in which it was played."""

    def __init__(self, engine, known=frozenset(UNITS)):
        SqlLedger(engine).store(TICKETS, clock=NOW)
        self.book = SqlIncidentBook(engine)
        self.command = Command(self.book, MemoryStream(), known.__contains__)
        self.played = self.again()

    def again(self):
        def find(categories):
            return [one for one in TICKETS if one.category in categories]

        return play(self.command, read_chains(None), find, LATER)

    def whole(self, number):
        rows = self.book.board(to_us(LATER), living=True, most=9)
        return next(self.book.whole(one.head.id) for one in rows if one.head.number == number)


@pytest.fixture
def city(sqlite_engine):
    return Played(sqlite_engine)


def test_yellow_water_fails_at_the_mains_with_something_late(city):
    assert city.played == 3
    water = city.whole("SJ-2026-0001")
    assert (water.head.district, water.head.state) == ("370681", "responding")
    assert first_failing(water.of(Kind.LINK)).body["name_zh"] == "管道"
    assert [one.state for one in water.of(Kind.LINK)] == [
        "cleared", "failing", "suspected", "unknown",
    ]  # fmt: skip
    assert city.book.count_tickets(water.head.id) == 3
    assert [one.state for one in water.of(Kind.PARTY)] == ["present"] * 3 + ["summoned"]
    (brief,) = city.book.briefs([water.head.id])
    assert brief.late(to_us(LATER)) == 1
    assert brief.next_due(to_us(LATER), None) is not None


def test_cold_flats_are_under_control_and_late_in_nothing(city):
    heating = city.whole("SJ-2026-0002")
    assert heating.head.state == "controlled"
    assert [one.state for one in heating.of(Kind.MEASURE)] == ["done"]
    (brief,) = city.book.briefs([heating.head.id])
    assert brief.late(to_us(LATER)) == 0


def test_the_drill_is_one(city):
    drill = city.whole("YL-2026-0001")
    assert drill.head.exercise
    assert [one.state for one in drill.of(Kind.PARTY)] == ["present", "summoned", "summoned"]
    assert city.book.count_tickets(drill.head.id) == 0


def test_acts_stand_in_the_order_of_their_times_and_in_the_past(city):
    for number in ("SJ-2026-0001", "SJ-2026-0002", "YL-2026-0001"):
        incident = city.whole(number).head.id
        times = [line.at_us for line in city.book.lines(incident, before=10**6, most=99)]
        assert times == sorted(times, reverse=True)
        assert max(times) < to_us(LATER)
        assert min(times) > to_us(LATER - timedelta(days=4))


def test_it_is_played_once_a_ledger(city):
    assert city.again() == 0


def test_a_city_of_other_departments_has_no_such_story(sqlite_engine):
    made = Played(sqlite_engine, known={*UNITS} - {"health"})
    assert made.played == 0
    assert made.book.board(to_us(LATER), living=True, most=9) == []
