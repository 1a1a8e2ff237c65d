"""EARS and CUSUM: how bounds follow the numbers, and what a flat baseline does."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.counts.cusum import Cusum, cusum
from operations.detection.counts.ears import C1, C2, C3, Ears, ears, ears_c3

twelve = st.lists(st.integers(0, 500), min_size=12, max_size=12)


@pytest.mark.parametrize("rule", [C1, C2])
@given(counts=twelve, shift=st.integers(0, 1000), scale=st.integers(1, 50))
@settings(max_examples=50, deadline=None)
def test_bound_shifts_and_scales_with_the_numbers(rule, counts, shift, scale):
    before = ears(counts, [11], rule).upper
    after = ears(np.array(counts) * scale + shift, [11], rule).upper
    np.testing.assert_allclose(after, before * scale + shift, rtol=1e-9)


@given(counts=twelve)
@settings(max_examples=50, deadline=None)
def test_order_within_the_baseline_does_not_matter(counts):
    turned = counts[:4] + counts[4:11][::-1] + counts[11:]
    np.testing.assert_allclose(
        ears(turned, [11], C1).upper, ears(counts, [11], C1).upper, rtol=1e-12
    )


def test_second_day_of_an_event_is_hidden_from_c1_but_not_from_c2():
    counts = [3, 4, 5, 4, 3, 4, 5, 4, 3, 4, 30, 20]
    assert ears(counts, [10, 11], C1).alarm.tolist() == [True, False]
    assert ears(counts, [10, 11], C2).alarm.tolist() == [True, True]


def test_two_days_each_not_enough_make_c3_alarm_on_the_third():
    counts = [3, 4, 5, 4, 3, 4, 5, 4, 3, 6, 6, 5]
    assert not ears(counts, [9, 10, 11], C2).alarm.any()
    assert ears_c3(counts, [11]).alarm[0]
    counts[10] = 4
    assert not ears_c3(counts, [11]).alarm[0]


def test_over_a_flat_baseline_one_ticket_more_is_an_alarm_unless_a_least_spread_is_asked_for():
    counts = [2] * 11 + [3]
    assert ears(counts, [11], C1).alarm[0]
    assert not ears(counts, [11], Ears(alpha=0.001, gap=0, least_sd=0.5)).alarm[0]


def test_c3_over_a_flat_baseline():
    counts = [2] * 11 + [3, 2, 0]
    said = ears_c3(counts, [11, 12, 13])
    assert said.upper.tolist() == [3, 0, 0]
    assert said.alarm.tolist() == [False, True, False]
    spread = Ears(alpha=C3.alpha, gap=C3.gap, least_sd=1)
    assert not ears_c3(counts, [12], spread).alarm[0]


def test_small_excesses_add_up_to_a_cusum_alarm_and_then_wear_off():
    counts = np.full(40, 9)
    counts[20:23] += 6
    said = cusum(counts, np.arange(15, 40))
    assert said.alarm[5:8].tolist() == [False, False, True]
    assert not ears(counts, [22], C1).alarm[0]
    assert said.alarm[8:].tolist() == sorted(said.alarm[8:].tolist(), reverse=True)
    assert not said.alarm[-1]


def test_cusum_bound_is_the_number_that_makes_the_sum_pass_h():
    counts = np.full(30, 9)
    (upper,) = cusum(counts, [29]).upper
    assert upper == pytest.approx(9 + 3 * (1.04 + 2.26))
    counts[28] = 15  # (15 − 9)/3 − 1.04 is now in the sum
    assert cusum(counts, [28, 29]).upper[1] == pytest.approx(9 + 3 * (1.04 + 2.26 - 0.96))


def test_steps_between_judged_ones_count_in_the_sum():
    counts = np.full(30, 9)
    counts[25:28] = 14
    some, all_of_them = cusum(counts, [24, 29]), cusum(counts, np.arange(24, 30))
    assert some.upper.tolist() == all_of_them.upper[[0, 5]].tolist()
    assert some.upper[1] < some.upper[0]


def test_a_larger_k_and_h_raise_the_bound():
    counts = np.full(30, 9)
    assert cusum(counts, [29], Cusum(k=2)).upper[0] > cusum(counts, [29]).upper[0]
    assert cusum(counts, [29], Cusum(h=3)).upper[0] > cusum(counts, [29]).upper[0]


def test_without_a_past_ticket_cusum_has_no_bound():
    counts = np.zeros(30)
    counts[29] = 5
    said = cusum(counts, [29])
    assert np.isnan(said.upper[0])
    assert not said.alarm[0]
