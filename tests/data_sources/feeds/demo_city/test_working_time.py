"""The clock that runs only while the city works."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from data_sources.feeds.demo_city.working_time import WorkingTime

YANTAI = ZoneInfo("Asia/Shanghai")
DAY_H = 9


def local(day: int, hour: float) -> int:
    return int(datetime(2026, 11, day, tzinfo=YANTAI).timestamp() + hour * 3600)


@pytest.fixture
def working() -> WorkingTime:
    """Monday to Friday, half past eight to half past five."""
    return WorkingTime(
        YANTAI,
        lambda day: day.weekday() < 5,
        first=date(2026, 11, 1),
        last=date(2026, 12, 31),
        opens_s=int(8.5 * 3600),
        closes_s=int(17.5 * 3600),
    )


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        (local(24, 10), 2, local(24, 12)),
        (local(24, 16), 2, local(25, 9)),  # over the evening
        (local(24, 6), 1, local(24, 9.5)),  # told before the day began
        (local(24, 22), 1, local(25, 9.5)),  # told at night
        (local(27, 16), 2, local(30, 9)),  # Friday to Monday
        (local(28, 12), 1, local(30, 9.5)),  # told on a Saturday
        (local(24, 10), 5 * DAY_H, local(24, 10) + 7 * 86_400),  # five working days
    ],
)
def test_working_hours_are_added(working, start, hours, end):
    assert working.add(np.array([start]), np.array([hours * 3600])).tolist() == [end]


def test_it_agrees_with_the_city_s_own_calendar(working, reference):
    start = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
    wanted = reference.calendar.add_working_days(start, 5, YANTAI)
    got = working.add(np.array([int(start.timestamp())]), np.array([5 * DAY_H * 3600]))
    assert got.tolist() == [int(wanted.timestamp())]
