"""Outbreaks of the past are cut out of what is usual; what is always busy is not."""

import numpy as np
import pytest

from operations.detection.live.ordinary_days import cell_days, events, in_events
from operations.detection.live.windows import unit_vectors

SPAN_D = 120
FIRST_D = 20_000


def past(counts, latitude=37.62, longitude=120.42):
    """Make reports of one point, so many on each day: (points, days)."""
    days = np.repeat(np.arange(len(counts)), counts) + FIRST_D
    point = unit_vectors(np.array([latitude]), np.array([longitude]))
    return np.repeat(point, len(days), axis=0), days


def cut(*pasts):
    points = np.concatenate([points for points, _ in pasts])
    days = np.concatenate([days for _, days in pasts])
    keys = cell_days(points, days)
    return in_events(keys, events(keys, SPAN_D)), days - FIRST_D


def test_an_outbreak_every_third_day_is_cut_out() -> None:
    counts = np.full(SPAN_D, 1)
    counts[::3] = 20
    gone, days = cut(past(counts))
    assert set(days[gone]) == set(range(0, SPAN_D, 3))


def test_an_outbreak_where_nothing_else_ever_is_is_cut_out() -> None:
    counts = np.zeros(SPAN_D, int)
    counts[::3] = 20
    gone, _ = cut(past(counts))
    assert gone.all()


@pytest.mark.parametrize("rate", [0.3, 3.0, 50.0])
def test_a_steadily_busy_cell_is_ordinary(rate: float) -> None:
    gone, _ = cut(past(np.random.default_rng(1).poisson(rate, SPAN_D)))
    assert gone.mean() < 0.01


def test_a_busy_cell_does_not_excuse_an_outbreak_in_a_quiet_one() -> None:
    busy, quiet = np.full(SPAN_D, 30), np.zeros(SPAN_D, int)
    quiet[60] = 15
    gone, days = cut(past(busy), past(quiet, latitude=37.9))
    assert days[gone].tolist() == [60] * 15


def test_on_the_border_of_two_cells_an_event_is_seen_whole() -> None:
    """Four tickets on each side of a border are eight in the grid that is half a cell off."""
    for latitude in (37.6, 37.625):
        halves = [np.zeros(SPAN_D, int), np.zeros(SPAN_D, int)]
        halves[0][60] = halves[1][60] = 4
        gone, _ = cut(past(halves[0], latitude - 0.001), past(halves[1], latitude + 0.001))
        assert gone.all()


def test_few_reports_are_never_an_event() -> None:
    counts = np.zeros(SPAN_D, int)
    counts[60] = 7
    gone, _ = cut(past(counts))
    assert not gone.any()


def test_no_reports_are_no_events() -> None:
    gone, _ = cut(past(np.zeros(SPAN_D, int)))
    assert len(gone) == 0


def test_places_west_and_south_have_cells_of_their_own() -> None:
    points = unit_vectors(np.array([-33.4, 33.4, -33.4]), np.array([-70.6, -70.6, 70.6]))
    keys = cell_days(points, np.array([1, 1, 1]))
    assert len(set(keys[0])) == len(set(keys[1])) == 3
    assert (cell_days(points, np.array([2, 2, 2])) - keys == 1).all()


def test_a_heating_season_is_usual_after_four_weeks_of_it() -> None:
    counts = np.random.default_rng(1).poisson(0.1, SPAN_D)
    for begun_d, over in ((20, True), (40, False), (100, False)):
        season = counts.copy()
        season[-begun_d:] = np.random.default_rng(2).poisson(30, begun_d)
        gone, days = cut(past(season))
        newest = gone[days >= SPAN_D - 14]
        assert newest.mean() == pytest.approx(1.0 if over else 0.0, abs=0.02)


def test_when_a_season_is_over_its_days_excuse_no_outbreak() -> None:
    counts = np.zeros(SPAN_D, int)
    counts[:60] = 30
    counts[-20], counts[-1] = 15, 1
    gone, days = cut(past(counts))
    assert gone[days == SPAN_D - 20].all()


@pytest.mark.parametrize("span", [1, 55, 57, 111, 113])
def test_any_length_of_past_will_do(span: int) -> None:
    points, days = past(np.full(span, 3))
    keys = cell_days(points, days)
    assert len(events(keys, span)) == 0
    assert len(events(keys[:, :0], span)) == 0
