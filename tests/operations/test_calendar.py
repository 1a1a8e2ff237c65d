"""Working days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.calendar import MAKE_UP, DayName, WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL = DayName("国庆节", "National Day")
CALENDAR = WorkCalendar(
    holidays={date(2026, 10, day): NATIONAL for day in range(1, 8)},
    make_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    known_until=date(2026, 12, 31),
    overrides={date(2026, 11, 24): False, date(2027, 2, 6): True},
)


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 9, 30), True, None),
        (date(2026, 10, 1), False, NATIONAL),
        (date(2026, 10, 3), False, NATIONAL),  # a Saturday
        (date(2026, 10, 10), True, MAKE_UP),  # a Saturday that is worked
        (date(2026, 10, 11), False, None),
        (date(2026, 11, 24), False, None),  # a Tuesday the city gave off
        (date(2027, 2, 6), True, MAKE_UP),
    ],
)
def test_a_day_is_worked_as_the_tables_say(day: date, works: bool, name: DayName | None) -> None:
    assert CALENDAR.is_working_day(day) is works
    assert CALENDAR.day_name(day) == name


def test_what_is_published_ends_somewhere() -> None:
    assert CALENDAR.last_known_day == date(2027, 2, 6)
    assert WorkCalendar(known_until=date(2026, 12, 31)).last_known_day == date(2026, 12, 31)
    assert WorkCalendar().last_known_day is None


def test_five_working_days_pass_over_the_long_holiday() -> None:
    start = datetime(2026, 9, 28, 14, 30, tzinfo=SHANGHAI)  # Monday before
    due = CALENDAR.add_working_days(start, 5, SHANGHAI)
    assert due == datetime(2026, 10, 10, 14, 30, tzinfo=SHANGHAI)  # 29, 30, 8, 9, 10


@given(
    start=st.datetimes(datetime(2026, 8, 1), datetime(2027, 3, 1), timezones=st.just(UTC)),
    days=st.integers(0, 30),
)
def test_adding_is_the_same_as_counting_days_one_by_one(start: datetime, days: int) -> None:
    due = CALENDAR.add_working_days(start, days, SHANGHAI)
    first, last = start.astimezone(SHANGHAI), due.astimezone(SHANGHAI)
    between = [
        first.date() + timedelta(days=n) for n in range(1, (last.date() - first.date()).days + 1)
    ]
    assert sum(CALENDAR.is_working_day(day) for day in between) == days
    assert last.timetz() == first.timetz()
    assert due.tzinfo is UTC
    if days:
        assert CALENDAR.is_working_day(last.date())


def test_the_hour_stays_the_same_when_clocks_change() -> None:
    boston = ZoneInfo("America/New_York")
    start = datetime(2026, 10, 30, 9, 0, tzinfo=boston)  # Friday; clocks go back on Sunday
    due = WorkCalendar().add_working_days(start.astimezone(UTC), 1, boston)
    assert due.astimezone(boston).hour == 9
    assert due - start == timedelta(days=3, hours=1)


def test_a_calendar_without_working_days_is_an_error() -> None:
    never = WorkCalendar(
        overrides={date(2026, 1, 1) + timedelta(days=n): False for n in range(800)}
    )
    with pytest.raises(ValueError, match="no working day"):
        never.add_working_days(datetime(2026, 1, 1, tzinfo=UTC), 1, SHANGHAI)
