"""The demo city's accountability is played once, each matter in another state."""

from zoneinfo import ZoneInfo

from data_sources.feeds.demo_city.holding import Stage, play
from operations.response.accountability import State
from operations.response.ports_accountability import Within
from tests.accountability import DEPARTMENTS, STEPS, Room
from tests.builders import NOW, at, ticket

ALL = Within(everywhere=True)


def stage_of(room):
    zone = ZoneInfo("Asia/Shanghai")
    return Stage(room.book, STEPS, DEPARTMENTS.__contains__, {"water": "370681"}.get, zone)


def test_three_matters_in_three_states_once(sqlite_engine):
    room = Room(sqlite_engine)
    tickets = [
        ticket(external_id=f"T-{n}", department=unit, confidential=unit is None, created_at=at(-99))
        for n, unit in enumerate(("water", "water", None, "drainage", "telecom"))
    ]
    stage = stage_of(room)
    assert play(stage, lambda: tickets, NOW) == 3
    assert room.book.counts(ALL) == {State.SECONDED: 1, State.ISSUED: 1, State.APPEALED: 1}
    newest, *_ = room.book.listed(tuple(State), ALL, most=9).rows
    assert newest.department == "telecom"
    assert newest.proposed_at > at(-99)
    assert room.book.matter("WZ2026-0001").district == "370681"
    assert not newest.proposed_by.verified, "nobody vouches for who is made up"
    assert play(stage, lambda: tickets, NOW) == 0


def test_a_city_without_overdue_tickets_has_none(sqlite_engine):
    room = Room(sqlite_engine)
    assert play(stage_of(room), list, NOW) == 0
