"""The demo city's campaigns are played once, with days behind them."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from data_sources.feeds.demo_city.campaigning import PARTS, play
from operations.response.campaign import State
from operations.response.campaigning import Staff
from tests.builders import NOW
from tests.campaigns import TODAY, Field


def test_two_campaigns_run_once_to_half_of_what_is_open(sqlite_engine):
    field = Field(sqlite_engine)
    for number in range(9):
        created = NOW - timedelta(days=9)
        field.deliver(f"T-{number}", category=PARTS[0].category, created_at=created)
    staff = Staff(field.book, lambda *_: True, ZoneInfo("Asia/Shanghai"))
    assert play(staff, field.counts, NOW) == 2
    lifts, heating = field.book.listed(tuple(State), most=9).rows
    assert (heating.state, lifts.state) == (State.RUNNING, State.RUNNING)
    assert (heating.target.value, lifts.target.value) == (4, 0)
    assert heating.first == TODAY - timedelta(days=6)
    assert [one.is_open for one in heating.measures] == [False, True, True]
    assert {one.number for one in heating.measures if one.is_open and one.due < TODAY} == {2}
    assert play(staff, field.counts, NOW) == 0


def test_what_a_city_does_not_have_is_not_played(sqlite_engine):
    field = Field(sqlite_engine)
    staff = Staff(field.book, lambda *_: False, ZoneInfo("Asia/Shanghai"))
    assert play(staff, field.counts, NOW) == 0
