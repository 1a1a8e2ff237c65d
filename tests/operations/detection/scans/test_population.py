"""Expectation from people: in time, by category."""

import numpy as np
import pytest

from operations.detection.scans.population import Population, person_days, standardised, weekly
from operations.errors import BadInput


def people(*entries: tuple[int, float, int, float]) -> Population:
    place, day, category, many = (np.array(one) for one in zip(*entries, strict=True))
    return Population(place, day.astype(float), category, many.astype(float))


def test_population_runs_in_straight_lines_between_its_days_and_stays_beyond_them() -> None:
    grown = people((0, 10, 0, 100), (0, 20, 0, 200))
    days = person_days(grown, np.array([0.0, 10, 15, 20, 30]), (1, 1))
    assert days[0, 0] == pytest.approx([1000, 5 * 125, 5 * 175, 2000])


def test_a_place_without_a_count_on_some_day_keeps_its_own_line() -> None:
    partly = people((0, 0, 0, 10), (0, 10, 0, 30), (1, 5, 0, 7))
    days = person_days(partly, np.array([0.0, 5, 10]), (2, 1))
    assert days[0, 0] == pytest.approx([75, 125])
    assert days[1, 0] == pytest.approx([35, 35])


def test_each_category_has_its_own_rate_everywhere() -> None:
    # Two places alike but for age: the old have nine of ten cases.
    mixed = people((0, 0, 0, 90), (0, 0, 1, 10), (1, 0, 0, 10), (1, 0, 1, 90))
    days = person_days(mixed, np.array([0.0, 1.0]), (2, 2))
    expected = standardised(days, np.array([10.0, 90.0]))
    assert expected[:, 0] == pytest.approx([9 + 9, 1 + 81])


def test_cases_of_a_category_without_people_are_refused() -> None:
    days = person_days(people((0, 0, 0, 5)), np.array([0.0, 1.0]), (1, 2))
    with pytest.raises(BadInput, match="no people"):
        standardised(days, np.array([1.0, 1.0]))


def test_weekly_scaling_gives_each_day_its_cases() -> None:
    expected = np.ones((2, 14))
    cases = np.arange(14.0)
    scaled = weekly(expected, cases, np.arange(14) % 7)
    for day in range(7):
        on = np.arange(14) % 7 == day
        assert scaled[:, on].sum() == pytest.approx(cases[on].sum())
