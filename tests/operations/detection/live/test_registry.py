"""Every change of a ticket reaches its category's reports once, in whatever order it comes."""

from collections import Counter
from typing import Any

import numpy as np
import pytest

from operations.detection.live import registry
from operations.detection.live.registry import Registry, report_of
from operations.tickets.fact import Fact
from tests.builders import NOW_US, fact

HOUR_US = 3_600_000_000


def placed(name: str, **changes: Any) -> Fact:
    values = {
        "external_id": name, "caller": f"of {name}", "latitude": 37.6461, "longitude": 120.4778,
        "geo_quality": "exact",
    }  # fmt: skip
    return fact(**(values | changes))


def held(kept: Registry) -> dict[str, int]:
    return {name: len(one.votes) for name, one in kept.lookouts.items() if len(one.votes)}


def named(kept: Registry, category: str = "water_quality") -> list[str]:
    lookout = kept.lookouts[category]
    return sorted(ticket[1] for names in lookout.names.values() for ticket in names)


@pytest.mark.parametrize(
    "unplaced",
    [
        {"geo_quality": "fallback"},
        {"geo_quality": "district"},
        {"geo_quality": "none"},
        {"latitude": None},
        {"merged": True},
        {"status": "withdrawn"},
    ],
    ids=str,
)
def test_what_has_no_place_or_stands_for_another_is_no_report(unplaced: dict[str, Any]) -> None:
    assert report_of(placed("1", **unplaced)) is None


def test_a_ticket_that_went_on_in_its_life_is_not_counted_again() -> None:
    kept, one = Registry(), placed("1")
    kept.fold((), [one])
    kept.digest(NOW_US)
    kept.fold([one], [one._replace(status="closed", closed_us=NOW_US)])
    assert kept.digest(NOW_US) == ([], set())
    assert held(kept) == {"water_quality": 1}


def test_a_reclassified_ticket_leaves_the_one_category_for_the_other() -> None:
    kept, one = Registry(), placed("1")
    kept.fold((), [one])
    kept.digest(NOW_US)
    kept.fold([one], [one._replace(category="heating")])
    arrived, touched = kept.digest(NOW_US)
    assert held(kept) == {"heating": 1}
    assert [one.category for one in arrived] == ["heating"]
    assert touched == {"heating", "water_quality"}


def test_what_came_and_went_between_two_looks_never_was() -> None:
    kept, one = Registry(), placed("1")
    kept.fold((), [one])
    kept.fold([one], [one._replace(category="heating")])
    kept.fold([one._replace(category="heating")], [one._replace(status="withdrawn")])
    kept.digest(NOW_US)
    assert held(kept) == {}
    assert kept.addresses.counts.sum() == 0


def test_what_went_and_came_back_between_two_looks_is_there_once() -> None:
    kept, one = Registry(), placed("1")
    kept.fold((), [one])
    kept.digest(NOW_US)
    kept.fold([one], [one._replace(status="withdrawn")])
    kept.fold([one._replace(status="withdrawn")], [one])
    kept.digest(NOW_US)
    assert held(kept) == {"water_quality": 1}
    assert named(kept) == ["1"]


def test_a_ticket_of_tomorrow_waits_and_keeps_nobody_waiting() -> None:
    kept = Registry()
    late = placed("late", created_us=NOW_US + 24 * HOUR_US)
    kept.fold((), [late, placed("now")])
    kept.digest(NOW_US)
    assert kept.waiting == 0
    assert named(kept) == ["now"]
    kept.digest(NOW_US + 25 * HOUR_US)
    assert named(kept) == ["late", "now"]


def test_a_ticket_of_tomorrow_that_is_withdrawn_today_never_comes() -> None:
    kept = Registry()
    late = placed("late", created_us=NOW_US + 24 * HOUR_US)
    kept.fold((), [late])
    kept.digest(NOW_US)
    kept.fold([late], [late._replace(status="withdrawn")])
    kept.digest(NOW_US)
    kept.digest(NOW_US + 25 * HOUR_US)
    assert held(kept) == {}


def test_a_burst_is_caught_up_with_by_and_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "MOST_DIGESTED", 3)
    kept = Registry()
    facts = [placed(str(number)) for number in range(7)]
    kept.fold((), facts)
    kept.fold(facts[:2], [one._replace(category="heating") for one in facts[:2]])
    while kept.waiting:
        kept.digest(NOW_US)
    assert held(kept) == {"water_quality": 5, "heating": 2}


def test_a_town_that_is_filled_in_later_does_not_cost_the_ticket_its_name() -> None:
    kept, one = Registry(), placed("1")
    kept.fold((), [one])
    kept.digest(NOW_US)
    kept.fold([one], [one._replace(town="370681001")])
    kept.digest(NOW_US)
    assert named(kept) == ["1"]


def test_of_a_caller_s_two_tickets_of_one_moment_the_other_keeps_its_name() -> None:
    kept = Registry()
    first, second = placed("1", caller="a"), placed("2", caller="a")
    kept.fold((), [first, second])
    kept.digest(NOW_US)
    kept.fold([second], [second._replace(merged=True)])
    kept.digest(NOW_US)
    assert named(kept) == ["1"]


def test_a_ticket_without_a_caller_is_a_caller_of_its_own() -> None:
    kept = Registry()
    kept.fold((), [placed("1", caller=None), placed("2", caller=None), placed("3", caller="a")])
    kept.digest(NOW_US)
    assert kept.lookouts["water_quality"].votes.counts.sum() == 3


def test_what_is_older_than_a_year_is_passed_over() -> None:
    kept = Registry()
    kept.fold((), [placed("old", created_us=NOW_US - 366 * 24 * HOUR_US)])
    assert kept.digest(NOW_US) == ([], set())
    assert kept.first_us is None


def test_hours_are_those_of_the_city_s_clock() -> None:
    kept = Registry()
    kept.fold((), [placed("1", created_us=NOW_US - 10 * 60_000_000), placed("2", caller="b")])
    kept.digest(NOW_US)
    half = kept.hours(NOW_US, int(5.5 * HOUR_US))
    assert half.now_h == (NOW_US + int(5.5 * HOUR_US)) // HOUR_US
    assert half.everything[-1] == 2, "02:00 UTC is half past in Delhi: one hour"
    whole = kept.hours(NOW_US, 8 * HOUR_US)
    assert whole.everything[-2:].tolist() == [1, 1]
    assert whole.first_h == whole.now_h - 1


@pytest.mark.parametrize("strays", [0, 1, 30])
def test_a_few_old_tickets_do_not_make_an_old_city(strays: int) -> None:
    """Ten days of twenty tickets, and before them what a new city's backlog left, one a day."""
    kept = Registry()
    facts = [placed(f"{i}", created_us=NOW_US - i * 24 * HOUR_US // 20) for i in range(200)]
    old = [placed(f"o{i}", created_us=NOW_US - (i + 12) * 24 * HOUR_US) for i in range(strays)]
    kept.fold((), [*facts, *old])
    kept.digest(NOW_US)
    hours = kept.hours(NOW_US, 0)
    assert 9 * 24 <= hours.now_h - hours.first_h <= 11 * 24


def test_a_quiet_month_is_part_of_a_city_s_past() -> None:
    kept = Registry()
    days = [day for day in range(200) if not 10 < day < 45]
    kept.fold((), [placed(f"{day}", created_us=NOW_US - day * 24 * HOUR_US) for day in days])
    kept.digest(NOW_US)
    hours = kept.hours(NOW_US, 0)
    assert hours.now_h - hours.first_h == 199 * 24


def test_any_order_of_changes_leaves_the_same_reports() -> None:
    dice = np.random.default_rng(1)
    for _ in range(20):
        kept, present = Registry(), {}
        for _step in range(60):
            name = str(dice.integers(12))
            before = present.get(name)
            after = placed(
                name,
                category=dice.choice(["a", "b"]),
                town=dice.choice([None, "t"]),
                merged=bool(dice.random() < 0.2),
                created_us=NOW_US + int(dice.integers(-3, 2)) * HOUR_US if before is None
                else before.created_us,
            )  # fmt: skip
            kept.fold([before] if before else [], [after])
            present[name] = after
            if dice.random() < 0.3:
                kept.digest(NOW_US)
        kept.digest(NOW_US + 2 * HOUR_US)
        expected = Counter(one.category for one in present.values() if not one.merged)
        assert held(kept) == expected
        for category in expected:
            here = [k for k, one in present.items() if one.category == category and not one.merged]
            assert named(kept, category) == sorted(here)
        assert kept.addresses.counts.sum() == expected.total()
