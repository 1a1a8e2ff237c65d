"""The compiled scan gives what looking at every circle and area one by one gives."""

import numpy as np
import pytest

from operations.detection.distance import EARTH_KM
from operations.detection.live import reach
from operations.detection.live.reach import CITY, DISTRICT, TOWN, ZONE, Found, Past, Reports, Terms
from operations.detection.live.windows import (
    BINS,
    DAY_BINS,
    RADII2,
    RADII_KM,
    WINDOWS_H,
    unit_vectors,
)
from tests.operations.detection.live import plain_reach

KM = 180 / (np.pi * EARTH_KM)  # in degrees


def found(mine: int, reports: Reports, past: Past, terms: Terms) -> Found:
    return Found(*reach.scan_around(mine, reports, past, terms))


def case(places_km, places, bins, *, areas=None, own_km=(), weight=(), expected=1.0, **changes):
    """Make a small scene: kilometres east of a point, address and bin of each report."""
    count = len(places_km)
    east = np.array(places_km, float) * KM
    reports = Reports(
        points=unit_vectors(np.zeros(count), east),
        places=np.array(places, np.int64),
        bins=np.array(bins, np.int64),
        areas=np.full((count, 4), -1, np.int64) if areas is None else np.array(areas, np.int64),
        cells=np.zeros(count, np.int64),
    )
    own = unit_vectors(np.zeros(len(own_km)), np.array(own_km, float) * KM)
    past = Past(own, np.array(weight, float), np.full((1, 10), 0.01), np.full(9, 0.2))
    hours = np.array(WINDOWS_H, float)
    terms = Terms(expected * hours, BINS, 0.0, 0.001, 3)._replace(**changes)
    return reports, past, terms


def at_random(dice):
    """Make a scene of up to forty reports, some at one point, some in no window."""
    count, addresses, cells = int(dice.integers(1, 40)), int(dice.integers(1, 25)), 4
    where = np.column_stack([37 + dice.random(addresses) * 0.1, 120 + dice.random(addresses) * 0.1])
    where[dice.integers(addresses)] = where[0]
    areas = np.column_stack(
        [np.zeros(addresses), *(dice.integers(-1, 4, addresses) for _ in range(3))]
    ).astype(np.int64)
    at = dice.integers(0, addresses, count)
    points = unit_vectors(where[:, 0], where[:, 1])
    bins = np.minimum(dice.geometric(0.15, count) - 1, BINS).astype(np.int64)
    bins[-1] = 0
    reports = Reports(points[at], at, bins, areas[at], dice.integers(0, cells, addresses)[at])
    weight = dice.dirichlet(np.ones(addresses)) * dice.random()
    around = np.sort(dice.random((cells, len(RADII2))) ** 3, axis=1)
    past = Past(points, weight, around * dice.random(), dice.random(5) ** 2)
    expected = np.cumsum(dice.random(BINS)) * dice.choice([0.05, 0.5, 5.0])
    terms = Terms(
        expected,
        int(dice.integers(1, BINS + 1)),
        float(dice.choice([0.0, 0.3])),
        float(dice.choice([1e-6, 0.01])),
        int(dice.integers(2, 5)),
    )
    return reports, past, terms


@pytest.mark.parametrize("seed", range(60))
def test_it_finds_what_looking_at_each_finds(seed: int) -> None:
    dice = np.random.default_rng(seed)
    reports, past, terms = at_random(dice)
    for mine in {len(reports.bins) - 1, int(dice.integers(len(reports.bins)))}:
        slow = plain_reach.scan(mine, reports, past, terms)
        fast = found(mine, reports, past, terms)
        assert fast.statistic == pytest.approx(slow.statistic, rel=1e-12, abs=1e-12)
        assert (fast.area, fast.window, fast.callers) == (slow.area, slow.window, slow.callers)
        assert fast.expected == pytest.approx(slow.expected)


def test_the_random_scenes_hold_findings_of_every_kind() -> None:
    kinds = set()
    for seed in range(60):
        reports, past, terms = at_random(np.random.default_rng(seed))
        best = found(len(reports.bins) - 1, reports, past, terms)
        kinds.add("none" if best.centre < 0 else best.area)
    assert kinds == {"none", -1, CITY, DISTRICT, TOWN, ZONE}


def test_three_callers_at_two_addresses_in_an_hour_stand_out() -> None:
    reports, past, terms = case([0, 0.1, 0.1], [0, 1, 1], [0, 0, 0])
    best = found(2, reports, past, terms)
    assert (best.callers, best.window, best.area) == (3, 0, -1)
    assert RADII_KM[best.ring] == 0.15


@pytest.mark.parametrize(
    ("places", "bins"),
    [([0, 1], [0, 0]), ([0, 0, 0, 0], [0, 0, 0, 0]), ([0, 1, 2], [0, 0, BINS]), ([0], [0])],
    ids=["two callers", "one address", "the third long ago", "one report"],
)
def test_fewer_callers_or_one_address_are_nothing(places: list[int], bins: list[int]) -> None:
    reports, past, terms = case([0] * len(places), places, bins)
    assert found(0, reports, past, terms).centre == -1


def test_what_lies_beyond_the_widest_circle_is_not_in_it() -> None:
    reports, past, terms = case([0, 0.01, 5.009, 10.1], [0, 1, 2, 3], [0, 0, 0, 0])
    assert found(0, reports, past, terms).callers == 3, "around the one in the middle"
    apart = case([0, 5.001, -5.001], [0, 1, 2], [0, 0, 0])
    assert found(0, *apart).centre == -1


def test_its_own_past_excuses_a_busy_place() -> None:
    quiet = case([0, 0.1, 0.1], [0, 1, 2], [0, 0, 0])
    busy = case([0, 0.1, 0.1], [0, 1, 2], [0, 0, 0], own_km=[0.05], weight=[0.9])
    assert found(0, *busy).statistic < found(0, *quiet).statistic


def test_where_the_whole_city_reports_more_a_circle_says_less() -> None:
    here = [0, 0.1, 0.1, 0.1]
    alone = case(here, [0, 1, 2, 3], [0] * 4)
    crowd = case([*here, *range(100, 150)], range(54), [0] * 54)
    assert 0 < found(0, *crowd).statistic < found(0, *alone).statistic


def test_a_city_is_looked_at_for_a_day_and_no_longer() -> None:
    areas = [[0, -1, -1, -1]] * 6
    far = [20 * one for one in range(6)]
    today = case(far, range(6), [0] * 6, areas=areas, expected=0.001)
    assert found(5, *today).area == CITY
    month = case(far, range(6), [0, *[DAY_BINS] * 5], areas=areas, expected=0.001)
    assert found(0, *month).centre == -1


def test_in_an_area_all_callers_at_one_other_address_are_nothing() -> None:
    areas = [[-1, 1, -1, -1]] * 4
    one = case([0, 50, 50, 50], [0, 1, 1, 1], [5, 0, 0, 0], areas=areas, windows=3)
    assert found(0, *one).centre == -1
    two = case([0, 50, 50, 90], [0, 1, 1, 2], [5, 0, 0, 0], areas=areas, windows=3)
    assert found(0, *two).callers == 3


def test_over_dispersion_takes_from_the_statistic() -> None:
    assert reach.statistic(10.0, 2.0, 0.5) == pytest.approx(reach.statistic(10.0, 2.0, 0.0) / 2)
    assert reach.statistic(2.0, 2.0, 0.0) == 0
    assert reach.statistic(10.0, 2.0, 0.0) == pytest.approx(10 * np.log(5) - 8)


def test_no_circle_that_could_be_best_is_passed_over() -> None:
    better = reach._can_better.py_func
    for seed in range(60):
        dice = np.random.default_rng(1000 + seed)
        reports, past, terms = at_random(dice)
        best = plain_reach.scan(len(reports.bins) - 1, reports, past, terms)
        if best.centre < 0 or best.area >= 0:
            continue
        close = reach._near(reports.points, reports.points[best.centre])
        counts = reach._counts_around(best.centre, close, reports, terms.windows)
        shares = past.around[reports.cells[best.centre]] + terms.floor
        for below in (0.0, best.statistic * 0.5, best.statistic * (1 - 1e-9)):
            assert better(counts, shares, best.ring, terms, below)
