"""What is expected, and what counts as unusual: loud in a flood, quiet on an ordinary day."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from operations.pulse.expected import DISPERSION_OF_ONE_WEEK, Almanac, Past, hourly_outlook, outlook
from operations.pulse.rows import CATEGORY
from operations.pulse.unusual import LEAST_ABOVE, standings
from operations.pulse.volumes import ALL, CITY, Volumes
from operations.pulse.windows import LocalTime, from_us
from tests.builders import NOW_US

HOUR_US = 3_600_000_000
WEEKS = 8


class Series:
    """A city's volumes filled by hand: per category, a number of tickets for each hour back."""

    def __init__(self, now_us: int = NOW_US, zone: str = "Asia/Shanghai") -> None:
        self.local = LocalTime(ZoneInfo(zone), now_us, days=30, weeks=WEEKS)
        self.volumes = Volumes(self.local, baseline_weeks=WEEKS)

    def put(self, category: int, hours_back: np.ndarray, counts: np.ndarray) -> None:
        """Put counts in the middle of hours, for the category and for the city."""
        hours = self.volumes.hours
        times = (hours.newest - hours_back) * HOUR_US + HOUR_US // 2
        firsts = np.broadcast_to([ALL, CATEGORY], (len(times), 2))
        seconds = np.column_stack([np.zeros(len(times), np.int64), np.full(len(times), category)])
        hours.add(firsts, seconds, times, counts)

    def standings(self, categories: int):
        almanac = Almanac(self.volumes, self.local)
        return standings(almanac, *self.volumes.series(CITY, CATEGORY, np.arange(categories)))


def steady(rate: int = 10, weeks: int = WEEKS) -> Series:
    series = Series(NOW_US + HOUR_US // 2)
    back = np.arange(weeks * 168 + 40)
    series.put(0, back, np.full(len(back), rate))
    return series


def past(counts, usable=None, shares=None):
    counts = np.array(counts, float)
    usable = np.ones(counts.shape[1:], bool) if usable is None else np.array(usable)
    return Past(counts, usable, np.ones(counts.shape[2]) if shares is None else np.array(shares))


def test_expects_the_mean_of_the_same_hours():
    usual = outlook(past([[[4, 10], [6, 14]]], shares=[1.0, 0.5]))
    assert usual.mid[0, 0] == pytest.approx(5 + 0.5 * 12)


def test_band_holds_nineteen_of_twenty_poisson_numbers():
    dice = np.random.default_rng(1)
    inside = 0
    for _ in range(1000):
        usual = outlook(past(dice.poisson(20, (1, 8, 5))))
        inside += usual.low()[0, 0] <= dice.poisson(20, 5).sum() <= usual.high()[0, 0]
    assert 940 <= inside <= 995


def test_restless_weeks_widen_the_band():
    calm = outlook(past([[[20], [20], [19], [21]]]))
    restless = outlook(past([[[2], [38], [5], [35]]]))
    assert restless.mid[0, 0] == calm.mid[0, 0]
    assert restless.high()[0, 0] > 2 * calm.high()[0, 0]
    assert calm.phi[0, 0] == 1


def test_one_week_gives_a_wider_band_and_none_gives_none():
    one = outlook(past([[[20, 20]]]))
    assert one.phi[0, 0] == DISPERSION_OF_ONE_WEEK
    assert outlook(past([[[20, 20]]], usable=[[True, False]])) is None
    _, known = hourly_outlook(past([[[20, 20]]], usable=[[True, False]]))
    assert known.tolist() == [True, False]


def test_steady_category_is_usual():
    (standing,) = steady().standings(1)
    assert standing.level == "usual"
    assert standing.since_us is None
    assert standing.expected == pytest.approx(10 * (standing.window_h + 0.5), abs=6)


def test_flood_is_far_above_since_its_first_hour():
    series = steady()
    series.put(0, np.array([3, 2, 1, 0]), np.array([40, 60, 80, 50]))
    (standing,) = series.standings(1)
    assert standing.level == "far_above"
    assert standing.since_us == (series.volumes.hours.newest - 3) * HOUR_US
    assert standing.observed > standing.high > standing.expected


def test_observed_is_what_came_in_since_window_start():
    series = steady()
    series.put(0, np.array([1]), np.array([60]))
    (standing,) = series.standings(1)
    assert standing.window_start_us == (series.volumes.hours.newest - standing.window_h) * HOUR_US
    assert standing.observed == 10 * (standing.window_h + 1) + 60


def test_a_few_tickets_of_a_rare_category_are_no_news():
    series = steady()
    series.put(1, np.array([1]), np.array([LEAST_ABOVE - 1]))
    assert series.standings(2)[1].level == "usual"
    series.put(1, np.array([1]), np.array([8]))
    assert series.standings(2)[1].level == "above"


def test_without_a_past_nothing_is_unusual():
    series = Series()
    series.put(0, np.array([0]), np.array([500]))
    (standing,) = series.standings(1)
    assert (standing.level, standing.expected, standing.high) == ("usual", None, None)


def test_week_without_a_feed_is_left_out():
    series = Series()
    back = np.arange(WEEKS * 168 + 40)
    off = (back > 3 * 168 - 60) & (back < 4 * 168 - 20)
    series.put(0, back[~off], np.full(int((~off).sum()), 10))
    almanac = Almanac(series.volumes, series.local)
    counts, number = series.volumes.total(CITY)
    usual = outlook(almanac.since(counts, number, counts.newest - 3))
    assert usual.mid[0, 0] == pytest.approx(30, abs=1)


def test_an_ordinary_day_is_quiet():
    """Sixty categories of a city of 4,700 a day, each a Poisson number every hour."""
    dice, weights = np.random.default_rng(7), np.arange(60, 0, -1.0) ** 3
    above = 0
    for hour in range(0, 24, 3):
        series = Series(NOW_US + hour * HOUR_US + HOUR_US - 1)
        back = np.arange(WEEKS * 168 + 30)
        for category, rate in enumerate(196 * weights / weights.sum()):
            series.put(category, back, dice.poisson(rate, len(back)))
        above += sum(one.level != "usual" for one in series.standings(60))
    assert above <= 1


def test_hours_follow_the_clock_of_the_wall_when_clocks_change():
    now_us = 1_793_800_000_000_000  # 4 November 2026: New York's clocks went back on the 1st
    series = Series(now_us, "America/New_York")
    hour = series.volumes.hours.newest
    (before,) = series.local.weeks_before(np.array([hour]))[:1, 0]
    now, week_ago = (
        from_us(series.local.hour_start_us(one)).astimezone(series.local.zone)
        for one in (hour, int(before))
    )
    assert (now.hour, now.weekday()) == (week_ago.hour, week_ago.weekday())
    assert now - week_ago == timedelta(days=7)
    assert hour - before == 169
