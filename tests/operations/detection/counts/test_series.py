"""What holds for every series alarm, and what a method refuses to judge."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from operations.detection.counts.cusum import Cusum, cusum
from operations.detection.counts.ears import C1, C2, Ears, ears, ears_c3
from operations.detection.counts.farrington import farrington, farrington_flexible
from operations.detection.counts.farrington_baseline import Farrington, FlexibleFarrington
from operations.errors import BadInput
from tests.operations.detection.counts.made_up_series import weekly

SHORT = {"frequency": 7, "half_window": 1, "periods_back": 4}
METHODS = {
    "C1": lambda counts, steps: ears(counts, steps, C1),
    "C2": lambda counts, steps: ears(counts, steps, C2),
    "C3": ears_c3,
    "cusum": cusum,
    "farrington": lambda counts, steps: farrington(counts, steps, Farrington(**SHORT)),
    "flexible": lambda counts, steps: farrington_flexible(
        counts, steps, FlexibleFarrington(**SHORT, levels=4, left_out=3)
    ),
}
JUDGES_FROM_FIVE_CASES = {"farrington", "flexible"}
LENGTH = 36
series = st.sampled_from((1, 4, 40, 10_000)).flatmap(
    lambda most: arrays(np.int64, LENGTH, elements=st.integers(0, most))
)
every_method = pytest.mark.parametrize("name", METHODS)


def methods_but(other: str):
    return pytest.mark.parametrize("name", [name for name in METHODS if name != other])


@every_method
@given(counts=series, more=st.integers(1, 10_000))
@settings(max_examples=40, deadline=None)
def test_more_tickets_never_take_an_alarm_away(name, counts, more):
    before = METHODS[name](counts, [LENGTH - 1]).alarm[0]
    counts[-1] += more
    assert METHODS[name](counts, [LENGTH - 1]).alarm[0] >= before


@methods_but("C3")
@given(counts=series, other=st.integers(5, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_number_does_not_move_its_own_bound(name, counts, other):
    if name in JUDGES_FROM_FIVE_CASES:
        counts[-1] += 5
    before = METHODS[name](counts, [LENGTH - 1])
    counts[-1] = other
    after = METHODS[name](counts, [LENGTH - 1])
    np.testing.assert_array_equal(after.upper, before.upper)
    np.testing.assert_array_equal(after.expected, before.expected)


@every_method
@given(counts=series, later=st.lists(st.integers(0, 1000), min_size=1, max_size=9))
@settings(max_examples=25, deadline=None)
def test_what_comes_later_changes_nothing(name, counts, later):
    steps = [LENGTH - 3, LENGTH - 1]
    early, late = METHODS[name](counts, steps), METHODS[name](np.append(counts, later), steps)
    np.testing.assert_array_equal(early.upper, late.upper)
    np.testing.assert_array_equal(early.alarm, late.alarm)


@every_method
@given(counts=series)
@settings(max_examples=40, deadline=None)
def test_alarm_means_above_the_bound(name, counts):
    said = METHODS[name](counts, np.arange(30, LENGTH))
    assert said.observed.tolist() == counts[30:].tolist()
    above = said.observed > said.upper
    assert (said.alarm <= above).all()
    if name not in JUDGES_FROM_FIVE_CASES:
        assert (said.alarm == above).all()
    assert not np.isinf(said.upper).any()
    assert np.isfinite(said.expected).all()


@every_method
def test_many_series_are_judged_as_each_alone(name):
    many = np.array([weekly(seed, mean=0.3 * 4**seed, weeks=120) for seed in range(6)])
    many[0, :110] = 0
    together = METHODS[name](many, [115, 117, 119])
    for row, counts in enumerate(many):
        alone = METHODS[name](counts, [115, 117, 119])
        np.testing.assert_allclose(together.upper[row], alone.upper, rtol=1e-9)
        np.testing.assert_allclose(together.expected[row], alone.expected, rtol=1e-9)
        np.testing.assert_array_equal(together.alarm[row], alone.alarm)


@methods_but("cusum")  # its sum runs on from step to step
def test_steps_are_judged_as_each_alone(name):
    counts, steps = weekly(3, weeks=120), np.arange(110, 120)
    together = METHODS[name](counts, steps)
    alone = [METHODS[name](counts, [step]).upper[0] for step in steps]
    np.testing.assert_array_equal(together.upper, alone)


@every_method
def test_nothing_is_heard_of_silence(name):
    said = METHODS[name](np.zeros(60, int), np.arange(40, 60))
    assert not said.alarm.any()
    assert (np.isnan(said.upper) | (said.upper == 0)).all()


@every_method
def test_a_steady_series_is_quiet(name):
    said = METHODS[name](np.full(60, 5), np.arange(40, 60))
    assert not said.alarm.any()
    np.testing.assert_allclose(said.expected, 5, rtol=1e-9)


@every_method
@pytest.mark.parametrize(
    ("counts", "field", "told"),
    [
        (np.where(np.arange(60) == 7, -1, 3), "counts", "-1.0 at step 7"),
        (np.where(np.arange(60) == 7, np.nan, 3), "counts", "nan at step 7"),
        (np.where(np.arange(60) == 7, np.inf, 3), "counts", "inf at step 7"),
        ([1, 2, [3]], "counts", "not numbers"),
        (["a"] * 60, "counts", "not numbers"),
        (np.zeros((2, 2, 60)), "counts", "(2, 2, 60)"),
        ([], "counts", "(0,)"),
    ],
)
def test_what_is_no_count_is_refused(name, counts, field, told):
    with pytest.raises(BadInput) as refused:
        METHODS[name](counts, [50])
    assert refused.value.field == field
    assert told in refused.value.reason


@every_method
@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ([60], "from 0 to 59"),
        ([-1], "from 0 to 59"),
        ([50, 50], "once"),
        ([51, 50], "oldest first"),
        ([], "one or more"),
        ([50.0], "whole numbers"),
        (50, "one or more"),
        ([True], "whole numbers"),
    ],
)
def test_wrong_steps_are_refused(name, steps, told):
    with pytest.raises(BadInput) as refused:
        METHODS[name](np.ones(60), steps)
    assert refused.value.field == "steps"
    assert told in refused.value.reason


@pytest.mark.parametrize(
    ("name", "least"),
    [("C1", 7), ("C2", 9), ("C3", 11), ("cusum", 1), ("farrington", 8), ("flexible", 28)],
)
def test_a_short_history_is_refused(name, least):
    METHODS[name](np.ones(least + 1), [least])
    with pytest.raises(BadInput) as refused:
        METHODS[name](np.ones(least + 1), [least - 1])
    assert refused.value.field == "counts"
    assert "longer history" in refused.value.reason


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        (Ears, {"alpha": 0, "gap": 0}),
        (Ears, {"gap": -1, "alpha": 0.1}),
        (Ears, {"baseline": 1, "alpha": 0.1, "gap": 0}),
        (Ears, {"least_sd": -1, "alpha": 0.1, "gap": 0}),
        (Cusum, {"k": 0}),
        (Cusum, {"h": -1}),
        (Farrington, {"frequency": 0}),
        (Farrington, {"frequency": 52.0}),
        (Farrington, {"periods_back": 0}),
        (Farrington, {"half_window": 26}),
        (Farrington, {"alpha": 1}),
        (Farrington, {"reweight_above": 0}),
        (Farrington, {"trend_p": 2}),
        (Farrington, {"least_cases": True}),
        (Farrington, {"least_over": 0}),
        (FlexibleFarrington, {"alpha": 0}),
        (FlexibleFarrington, {"levels": 47}),
        (FlexibleFarrington, {"left_out": 156}),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(rule, wrong):
    with pytest.raises(BadInput) as refused:
        rule(**wrong)
    assert refused.value.field == next(iter(wrong))
