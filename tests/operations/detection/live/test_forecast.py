"""What a day may bring: holidays, outages, seasons that come on, and pasts too short to say."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pytest

from operations.detection.live.forecast import Bound, Bounds, Forecast, season
from operations.detection.live.tallies import Series
from operations.pulse.alarm import Cause

TUESDAY = date(2026, 11, 24).toordinal()
WATER, ROADS = Series(Cause.CATEGORY, "water"), Series(Cause.CATEGORY, "roads")
NEW_YEAR = date(2026, 1, 1)


def works(day: date) -> bool:
    """Weekdays but New Year, and the Saturday and Sunday after it."""
    return day in (date(2026, 1, 3), date(2026, 1, 4)) or (day.weekday() < 5 and day != NEW_YEAR)


def foretold(counts: npt.ArrayLike, day: int = TUESDAY, false_d: float = 0.03) -> Bounds:
    """Give the bounds of counts (days,) of water that end with `day`; roads bring 50 a day."""
    water = np.asarray(counts)
    table = np.stack([np.full(len(water), 50), water])
    days = range(day - len(water) + 1, day + 1)
    seasons = np.array([season(one, works) for one in days])
    return Forecast(day, (ROADS, WATER), table, seasons, false_d).run()


def weeks(number: int, weekday: int = 20, weekend: int = 5, day: int = TUESDAY) -> list[int]:
    days = range(day - 7 * number + 1, day + 1)
    return [weekday if season(one, works) < 5 else weekend for one in days]


def test_a_day_is_like_its_weekday_unless_the_calendar_says_otherwise() -> None:
    days = [date(2026, 1, one) for one in range(1, 8)]
    assert [season(one.toordinal(), works) for one in days] == [6, 4, 4, 0, 0, 1, 2]
    assert season(date(2026, 1, 10).toordinal(), works) == 5


def test_a_worked_weekend_is_judged_as_a_weekday_and_a_holiday_as_a_sunday() -> None:
    saturday = foretold(weeks(10, day=date(2026, 1, 3).toordinal()), date(2026, 1, 3).toordinal())
    assert saturday.today[WATER].expected == pytest.approx(20, abs=1)
    holiday = foretold(weeks(10, day=NEW_YEAR.toordinal()), NEW_YEAR.toordinal())
    assert holiday.today[WATER].expected == pytest.approx(5, abs=1)


def test_today_and_yesterday_have_bounds_and_no_other_day() -> None:
    bounds = foretold(weeks(10))
    assert bounds.on(TUESDAY)[WATER].expected == pytest.approx(20, abs=1)
    assert 20 < bounds.on(TUESDAY - 1)[WATER].upper <= bounds.on(TUESDAY - 1)[WATER].high
    assert bounds.on(TUESDAY - 2) == {}


def test_what_today_has_brought_so_far_moves_no_bound() -> None:
    counts = weeks(10)
    assert foretold(counts) == foretold([*counts[:-1], 900])


@pytest.mark.parametrize(("days", "known"), [(36, False), (37, True), (60, True), (380, True)])
def test_five_weeks_of_past_are_needed(days: int, known: bool) -> None:
    assert bool(foretold(weeks(60)[-days:]).today) is known


def test_what_hardly_ever_was_is_not_judged_and_nothing_under_five_is_news() -> None:
    none = np.zeros(70, int)
    assert WATER not in foretold(none).today
    none[::7] = 1
    rare = foretold(none).today[WATER]
    assert rare.upper == 4


def test_a_day_of_outage_says_nothing_of_what_is_usual() -> None:
    counts, table = np.array(weeks(10)), []
    for dark in (slice(0, 0), slice(30, 33)):
        water, roads = counts.copy(), np.full(70, 50)
        water[dark] = roads[dark] = 0
        seasons = np.array([season(day, works) for day in range(TUESDAY - 69, TUESDAY + 1)])
        made = Forecast(TUESDAY, (ROADS, WATER), np.stack([roads, water]), seasons, 0.03)
        table.append(made.run().today[WATER].expected)
    assert table[0] == pytest.approx(table[1], abs=0.5)


def test_the_days_before_a_city_s_tickets_came_in_are_no_past() -> None:
    water, roads = np.array(weeks(20)), np.full(140, 50)
    water[:90], roads[:90] = 0, 0
    water[::30] += 1  # some open tickets are months old
    seasons = np.array([season(day, works) for day in range(TUESDAY - 139, TUESDAY + 1)])
    made = Forecast(TUESDAY, (ROADS, WATER), np.stack([roads, water]), seasons, 0.03).run()
    assert made.today[WATER].expected == pytest.approx(20, abs=1)


def test_a_season_that_came_on_weeks_ago_is_no_news_every_day() -> None:
    rng = np.random.default_rng(5)
    counts = np.concatenate([rng.poisson(10, 340), rng.poisson(40, 45)])
    assert foretold(counts).today[WATER].upper > 55


def test_a_smaller_budget_asks_for_more() -> None:
    counts = np.random.default_rng(5).poisson(20, 90)
    usual, strict = foretold(counts).today[WATER], foretold(counts, false_d=0.0003).today[WATER]
    assert strict.upper > usual.upper
    assert isinstance(usual, Bound)
    assert strict.high == strict.upper
