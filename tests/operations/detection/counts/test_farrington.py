"""Farrington's alarms at the edges: outliers, trends, silence, seasons, and no slope at all."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.counts import farrington as module
from operations.detection.counts.farrington import farrington, farrington_flexible
from operations.detection.counts.farrington_baseline import DAILY, Farrington, FlexibleFarrington
from operations.errors import BadInput
from tests.operations.detection.counts.made_up_series import daily, weekly

JUDGED = [329]
PUBLISHED = {
    "original": (farrington, Farrington()),
    "flexible": (farrington_flexible, FlexibleFarrington()),
}
both = pytest.mark.parametrize(("judge", "rule"), PUBLISHED.values(), ids=PUBLISHED)


@both
def test_an_outbreak_in_the_past_hardly_moves_the_bound(judge, rule):
    counts = weekly(5, mean=12)
    before = judge(counts, JUDGED, rule).upper[0]
    counts[329 - 2 * 52] += 200
    after = judge(counts, JUDGED, rule).upper[0]
    trusting = judge(counts, JUDGED, replace(rule, reweight_above=1e9)).upper[0]
    assert after < 1.7 * before
    assert trusting > 2 * before


@both
def test_a_number_gone_wild_in_the_past_leaves_a_bound_that_only_it_can_pass(judge, rule):
    counts = weekly(5, mean=12)
    counts[329 - 2 * 52] = 10**6
    (upper,) = judge(counts, JUDGED, rule).upper
    assert np.isfinite(upper)
    counts[329] = 10**6
    assert judge(counts, JUDGED, rule).alarm[0]


@both
def test_a_trend_is_followed_and_a_flat_series_has_none(judge, rule):
    falling = np.round(50 * np.exp(-np.arange(330) / 400)).astype(int)
    assert judge(falling, JUDGED, rule).expected[0] == pytest.approx(falling[329], rel=0.02)
    (level,) = judge(falling, JUDGED, replace(rule, trend_p=0)).expected
    assert level > 1.1 * falling[329]
    assert judge(np.full(330, 7), JUDGED, rule).expected[0] == pytest.approx(7, rel=1e-12)


@both
def test_a_trend_that_leads_above_all_ever_counted_is_dropped(judge, rule):
    counts = np.round(5 * np.exp(np.arange(330) / 60)).astype(int)
    without = judge(counts, JUDGED, replace(rule, trend_p=0))
    assert judge(counts, JUDGED, rule).upper[0] == without.upper[0]


@both
def test_two_periods_make_no_trend(judge, rule):
    counts = np.round(90 * np.exp(-np.arange(330) / 90)).astype(int) + 3
    two = replace(rule, periods_back=2)
    assert judge(counts, JUDGED, two).upper == judge(counts, JUDGED, replace(two, trend_p=0)).upper
    assert (
        judge(counts, JUDGED, rule).upper != judge(counts, JUDGED, replace(rule, trend_p=0)).upper
    )


@both
def test_where_no_slope_fits_the_trend_is_dropped(judge, rule):
    # every ticket of the past fell on the baseline's oldest step: the best slope is −∞
    counts = np.zeros(330, int)
    step = 329
    counts[rule.baseline(step).places[0]] = 40
    counts[step] = 6
    always = replace(rule, trend_p=1)
    said = judge(counts, [step], always)
    assert np.isfinite(said.upper[0])
    np.testing.assert_array_equal(said.upper, judge(counts, [step], replace(rule, trend_p=0)).upper)


@both
def test_first_tickets_ever_are_an_alarm_from_the_fifth(judge, rule):
    counts = np.zeros(330, int)
    counts[329] = 4
    assert not judge(counts, JUDGED, rule).alarm[0]
    counts[329] = 5
    said = judge(counts, JUDGED, rule)
    assert said.alarm[0]
    assert said.upper[0] == said.expected[0] == 0


@pytest.mark.parametrize(("judge", "unjudged"), [(farrington, 0), (farrington_flexible, np.nan)])
def test_fewer_than_five_in_four_weeks_are_not_judged(judge, unjudged):
    counts = np.zeros(330, int)
    counts[[325, 326, 329]] = [9, 1, 3]
    said = judge(counts, [328, 329])
    assert not said.alarm.any()
    np.testing.assert_array_equal(said.upper, [0, unjudged])
    counts[329] = 4
    assert judge(counts, [329]).alarm[0]


@given(seed=st.integers(0, 50), scale=st.integers(2, 40))
@settings(max_examples=20, deadline=None)
def test_original_scales_with_spread_out_counts(seed, scale):
    # φ scales with the counts, so weights, trend and all ratios stay, as long as φ > 1
    counts = weekly(seed, mean=15, phi=4)
    before, after = farrington(counts, JUDGED), farrington(counts * scale, JUDGED)
    np.testing.assert_allclose(after.upper, before.upper * scale, rtol=1e-6)
    np.testing.assert_allclose(after.expected, before.expected * scale, rtol=1e-6)


@both
@given(seed=st.integers(0, 50), junk=st.lists(st.integers(0, 900), min_size=1, max_size=30))
@settings(max_examples=20, deadline=None)
def test_what_lies_before_the_baseline_does_not_count(judge, rule, seed, junk):
    counts = weekly(seed)
    longer = np.concatenate([junk, counts])
    moved = judge(longer, [329 + len(junk)], rule)
    np.testing.assert_allclose(moved.upper, judge(counts, JUDGED, rule).upper, rtol=1e-9)


def test_original_uses_a_history_shorter_than_asked_for_as_far_as_it_goes():
    counts = weekly(6)
    three = farrington(counts[150:], [179], Farrington(periods_back=3))
    assert farrington(counts[150:], [179]).upper[0] == three.upper[0]


def test_the_last_half_year_is_no_past_of_the_flexible_method():
    counts = weekly(7)
    before = farrington_flexible(counts, JUDGED).upper[0]
    counts[329 - 26 : 329] += 50
    assert farrington_flexible(counts, JUDGED).upper[0] == before
    counts[329 - 27] += 50_000
    rule = FlexibleFarrington(reweight_above=1e9)
    assert farrington_flexible(counts, JUDGED, rule).upper[0] != before


def test_bound_follows_the_season():
    week = np.arange(330)
    counts = np.round(20 + 15 * np.sin(2 * np.pi * week / 52)).astype(int)
    said = farrington_flexible(counts, np.arange(270, 322))
    assert np.corrcoef(said.expected, counts[270:322])[0, 1] > 0.95


def test_daily_rule_knows_weekdays():
    counts = np.where(np.arange(420) % 7 < 5, 30, 4)
    said = farrington_flexible(counts, np.arange(406, 420), DAILY)
    np.testing.assert_allclose(said.expected, counts[406:420], rtol=1e-9)
    assert not said.alarm.any()


def test_daily_rule_keeps_its_rate_of_false_alarms():
    many = np.array([daily(seed, mean=3 + seed % 20) for seed in range(150)])
    said = farrington_flexible(many, np.arange(393, 420, 2), DAILY)
    assert 0.6 * DAILY.alpha < said.alarm.mean() < 1.3 * DAILY.alpha


def test_daily_rule_can_do_with_the_history_there_is():
    assert DAILY.shortened_to(1000) == DAILY
    rule = DAILY.shortened_to(100)
    assert rule == replace(DAILY, periods_back=14)
    assert farrington_flexible(daily(2, days=101), [100], rule).upper[0] > 0
    DAILY.shortened_to(35)
    with pytest.raises(BadInput, match="wait for 35") as refused:
        DAILY.shortened_to(34)
    assert refused.value.field == "counts"


def test_a_year_of_days_can_be_a_period():
    counts = daily(3, days=800)
    for judge, rule in (
        (farrington, Farrington(frequency=365, periods_back=2, half_window=10)),
        (
            farrington_flexible,
            FlexibleFarrington(frequency=365, periods_back=2, half_window=10, left_out=90),
        ),
    ):
        said = judge(counts, [799], rule)
        assert 0 < said.expected[0] < said.upper[0] < 30


def test_one_level_is_the_windows_alone():
    counts = weekly(8)
    rule = FlexibleFarrington(levels=1)
    before = farrington_flexible(counts, JUDGED, rule).upper[0]
    counts[329 - 52 - 20] += 500
    assert farrington_flexible(counts, JUDGED, rule).upper[0] == before


def test_seasons_of_unequal_length_are_longest_first():
    rule = FlexibleFarrington(levels=5, left_out=0, periods_back=1)
    past = rule.baseline(400)
    lengths = past.design.of_level[past.places >= 400 - 52].sum(axis=0)
    assert lengths.tolist() == [7, 12, 11, 11, 11]


def test_too_few_steps_for_a_trend_are_refused():
    rule = Farrington(frequency=7, periods_back=2, half_window=0)
    with pytest.raises(BadInput, match="too few to fit 1 seasons") as refused:
        farrington(np.ones(60), [50], rule)
    assert refused.value.field == "counts"


def test_blocks_of_series_make_no_difference(monkeypatch):
    many = np.array([weekly(seed) for seed in range(7)])
    whole = farrington_flexible(many, JUDGED)
    monkeypatch.setattr(module, "_AT_ONCE", 2 * 133 * 10)
    np.testing.assert_array_equal(farrington_flexible(many, JUDGED).upper, whole.upper)
