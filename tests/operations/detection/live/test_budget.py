"""The budget: what a category may cost, and how rare a finding is."""

import pytest

from operations.detection.live.budget import CLUSTERS, LEAST_STATISTIC, UNREHEARSED, Budget
from operations.detection.live.nulls import Tail

TAIL = Tail(start=8.0, scale=1.4, weight=0.18, stretch_d=2.0, highest=15.0, replicates=199)


def test_all_categories_at_their_thresholds_cost_the_share_of_clusters() -> None:
    budget = Budget(alerts_per_week=1.0, watched=63)
    a_day = 63 * budget.per_day(TAIL, budget.threshold(TAIL))
    assert 7 * a_day == pytest.approx(CLUSTERS, rel=0.01)


def test_life_is_held_to_be_worse_than_its_rehearsal() -> None:
    assert Budget(1.0, 1).per_day(TAIL, 12.0) == pytest.approx(UNREHEARSED * TAIL.per_day(12.0))


def test_what_is_as_rare_as_the_threshold_comes_once_in_the_budget_s_time() -> None:
    budget = Budget(alerts_per_week=0.5, watched=10)
    found = budget.recurrence_d(TAIL, budget.threshold(TAIL))
    assert found == pytest.approx(7 / (0.5 * CLUSTERS), rel=0.01)


def test_more_categories_and_a_smaller_budget_ask_for_more() -> None:
    thresholds = [
        Budget(week, count).threshold(TAIL) for week, count in ((1.0, 10), (1.0, 100), (0.1, 100))
    ]
    assert thresholds == sorted(set(thresholds))


def test_however_generous_a_budget_something_is_asked_for() -> None:
    low = TAIL.__class__(0.0, 1.0, 0.1, 1.0, 0.0, 99)
    assert Budget(1e9, 1).threshold(low) == LEAST_STATISTIC
