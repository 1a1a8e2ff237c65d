"""Working time, against counting it day by day and minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.holidays import china
from operations.calendar import WorkCalendar
from operations.work_clock import WorkClock

SHANGHAI, BOSTON = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
OVERRIDES = {
    date(2026, 11, 24): False, date(2027, 2, 6): True, date(2033, 5, 7): True,
    date(2033, 5, 9): False,
}  # fmt: skip
CHINA = china(OVERRIDES)
FIRST, LAST = date(2015, 1, 1), date(2034, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
WORKED = [day for day in DAYS if CHINA.is_working_day(day)]
UP_TO = dict(zip(DAYS, accumulate(map(CHINA.is_working_day, DAYS)), strict=True))
A_DAY = st.sampled_from(DAYS[60:-60])
MINUTE = timedelta(minutes=1)


def test_twenty_years_of_days_are_counted_as_one_by_one():
    assert len(DAYS) == 7305
    for day in DAYS:
        assert CHINA.working_days_between(FIRST, day) == UP_TO[day] - UP_TO[FIRST], day


@given(A_DAY, A_DAY)
def test_working_days_between_are_those_after_the_first_up_to_the_last(first, last):
    assert CHINA.working_days_between(first, last) == UP_TO[last] - UP_TO[first]


@given(A_DAY, st.integers(1, 30))
def test_a_working_day_after_or_before_is_found_in_a_plain_list(day, days):
    later = [one for one in WORKED if one > day]
    earlier = [one for one in WORKED if one < day]
    assert CHINA.working_day_after(day, days) == later[days - 1]
    assert CHINA.working_day_before(day, days) == earlier[-days]
    assert CHINA.latest_working_day(day) == max(one for one in WORKED if one <= day)


@given(
    st.datetimes(datetime(2016, 1, 1), datetime(2033, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 20),
)
def test_subtracting_undoes_adding_from_a_working_day(start, days):
    local = start.astimezone(SHANGHAI)
    worked = CHINA.latest_working_day(local.date())
    start = local.replace(year=worked.year, month=worked.month, day=worked.day).astimezone(UTC)
    due = CHINA.add_working_days(start, days, SHANGHAI)
    assert CHINA.subtract_working_days(due, days, SHANGHAI) == start


def test_a_day_beyond_what_is_published_is_not_foreseen():
    calendar = WorkCalendar(known_until=date(2026, 12, 31))
    assert calendar.is_foreseen(date(2026, 12, 31))
    assert not calendar.is_foreseen(date(2027, 1, 1))
    assert WorkCalendar().is_foreseen(date(2099, 1, 1)), "weekends alone are known for ever"


CLOCKS = {
    "china": WorkClock(CHINA, SHANGHAI, time(8, 30), time(17, 30)),
    "boston": WorkClock(WorkCalendar(), BOSTON, time(9), time(17)),
    "nights": WorkClock(WorkCalendar(), BOSTON, time(0, 0), time(23, 30)),
}


@cache
def is_open(name: str, minute: datetime) -> bool:
    clock = CLOCKS[name]
    local = minute.astimezone(clock.zone)
    worked = clock.calendar.is_working_day(local.date())
    return worked and clock.opens <= local.time() < clock.closes


def plain(name: str, start: datetime, end: datetime) -> timedelta:
    """Count open minutes one by one."""
    minutes, at = 0, start
    while at < end:
        minutes += is_open(name, at)
        at += MINUTE
    return minutes * MINUTE


def moments(first: datetime, days: int) -> st.SearchStrategy[datetime]:
    return st.integers(0, days * 1440).map(lambda minutes: first + minutes * MINUTE)


# Over the long holiday, over the end of summer time, over its beginning.
SPANS = [
    ("china", datetime(2026, 9, 27, tzinfo=UTC)),
    ("boston", datetime(2026, 10, 28, tzinfo=UTC)),
    ("boston", datetime(2026, 3, 5, tzinfo=UTC)),
]


@given(st.data(), st.sampled_from(SPANS))
def test_working_time_is_the_same_as_counting_minutes(data, span):
    name, first = span
    start, end = (data.draw(moments(first, 14)) for _ in range(2))
    assert CLOCKS[name].working_time(start, end) == plain(name, start, end)


@given(st.data(), st.sampled_from(SPANS), st.integers(1, 4000))
def test_adding_working_time_ends_where_so_many_minutes_have_passed(data, span, minutes):
    name, first = span
    start = data.draw(moments(first, 10))
    end = CLOCKS[name].add_working_time(start, minutes * MINUTE)
    assert plain(name, start, end) == minutes * MINUTE
    assert is_open(name, end - MINUTE), "not later than need be"


@given(st.data(), st.sampled_from(SPANS))
def test_outside_of_hours_the_next_opening_is_meant(data, span):
    name, first = span
    at = data.draw(moments(first, 14))
    found = CLOCKS[name].within_hours(at)
    assert is_open(name, found)
    assert found == at or (not is_open(name, at) and plain(name, at, found) == timedelta())


def test_offices_that_open_at_night_count_the_hours_there_were():
    clock = CLOCKS["nights"]
    start = datetime(2026, 10, 30, 12, tzinfo=BOSTON)  # clocks go back in the night to Sunday
    assert clock.add_working_time(start, timedelta(hours=12)) == datetime(
        2026, 11, 2, 0, 30, tzinfo=BOSTON
    )


def test_no_time_added_is_no_time():
    start = datetime(2026, 11, 28, 3, tzinfo=UTC)  # a Saturday
    assert CLOCKS["china"].add_working_time(start, timedelta()) == start


def test_more_than_a_year_of_it_is_refused():
    with pytest.raises(ValueError, match="a year"):
        CLOCKS["china"].add_working_time(datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=400))
