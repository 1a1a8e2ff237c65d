"""The series alarms against the reference, where it is at hand, and against a plain count."""

import csv
from pathlib import Path

import numpy as np
import pytest

from operations.detection.counts.cusum import cusum
from operations.detection.counts.ears import C1, C2, ears, ears_c3
from operations.detection.counts.farrington import farrington, farrington_flexible
from operations.detection.counts.farrington_baseline import DAILY, Farrington, FlexibleFarrington
from tests.operations.detection.counts import plain_series as plain
from tests.operations.detection.counts.made_up_series import daily, weekly

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "surveillance"
needs_reference = pytest.mark.skipif(
    not FOLDER.exists(), reason="needs ../shared/data (weekly counts with R surveillance's bounds)"
)
METHODS = {
    "ff": farrington_flexible,
    "farr": farrington,
    "C1": lambda counts, steps: ears(counts, steps, C1),
    "C2": lambda counts, steps: ears(counts, steps, C2),
    "C3": ears_c3,
    "cusum": cusum,
}
MONTHLY = {"frequency": 12, "half_window": 1, "periods_back": 6, "alpha": 0.02}


def column(name: str, key: str) -> np.ndarray:
    with (FOLDER / name).open() as file:
        return np.array(
            [float("nan" if row[key] == "NA" else row[key]) for row in csv.DictReader(file)]
        )


@needs_reference
@pytest.mark.parametrize("name", METHODS)
def test_equals_the_reference_on_salmonella_agona(name):
    expected = "salmonella_agona_200_312.csv"
    weeks = column(expected, "t").astype(int)
    assert len(weeks) == 113
    said = METHODS[name](column("salmonella.agona.csv", "observed"), weeks - 1)
    np.testing.assert_array_equal(said.observed, column(expected, "observed"))
    np.testing.assert_array_equal(said.alarm, column(expected, f"{name}_alarm") == 1)
    if name != "cusum":
        np.testing.assert_allclose(said.upper, column(expected, f"{name}_upper"), rtol=1e-4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "rule",
    [
        Farrington(),
        Farrington(periods_back=6, half_window=4, alpha=0.01, reweight_above=2),
        Farrington(**MONTHLY),
    ],
    ids=["published", "wide", "monthly"],
)
def test_farrington_equals_a_plain_count(rule, seed):
    counts, steps = weekly(seed), np.arange(290, 330, 5)
    bounds = [plain.farrington_bound(counts, t, rule) for t in steps.tolist()]
    said = farrington(counts, steps, rule)
    np.testing.assert_allclose(said.upper, bounds, rtol=1e-6)
    np.testing.assert_array_equal(said.alarm, counts[steps] > bounds)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    "rule",
    [
        FlexibleFarrington(),
        FlexibleFarrington(periods_back=5, half_window=2, levels=8, alpha=0.01, left_out=10),
        FlexibleFarrington(**MONTHLY, levels=4, left_out=6, reweight_above=1.5),
    ],
    ids=["published", "long", "monthly"],
)
def test_flexible_farrington_equals_a_plain_count(rule, seed):
    counts, steps = weekly(seed, mean=20), np.arange(290, 330, 5)
    bounds = [plain.flexible_bound(counts, t, rule) for t in steps.tolist()]
    said = farrington_flexible(counts, steps, rule)
    np.testing.assert_array_equal(said.upper, bounds)
    np.testing.assert_array_equal(said.alarm, counts[steps] > bounds)


def test_expected_number_equals_a_plain_count():
    counts, steps, rule = weekly(4, mean=20), np.arange(290, 330, 5), FlexibleFarrington()
    means = [
        plain.expectation(counts, t, rule, plain.flexible_past(t, rule), relative=True)[0]
        for t in steps.tolist()
    ]
    said = farrington_flexible(counts, steps, rule)
    np.testing.assert_allclose(said.expected, means, rtol=1e-6)


def test_daily_rule_equals_a_plain_count():
    counts = daily(1)
    counts[414] = 60
    steps = np.arange(400, 420, 2)
    bounds = [plain.flexible_bound(counts, t, DAILY) for t in steps.tolist()]
    said = farrington_flexible(counts, steps, DAILY)
    np.testing.assert_array_equal(said.upper, bounds)
    assert said.alarm[7]


@pytest.mark.parametrize("seed", range(3))
def test_ears_equals_a_plain_count(seed):
    counts, steps = weekly(seed), np.arange(11, 330)
    for rule in (C1, C2):
        bounds = [plain.ears_bound(counts, t, gap=rule.gap, alpha=rule.alpha) for t in steps]
        np.testing.assert_allclose(ears(counts, steps, rule).upper, bounds, rtol=1e-12)
    bounds = [plain.c3_bound(counts, t) for t in steps]
    np.testing.assert_allclose(ears_c3(counts, steps).upper, bounds, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_cusum_equals_a_plain_count(seed):
    counts = weekly(seed)
    alarms = plain.cusum_alarms(counts, 60, 329)
    assert any(alarms)
    assert cusum(counts, np.arange(60, 330)).alarm.tolist() == alarms
