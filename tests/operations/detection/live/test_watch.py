"""The watch over a small made-up city: what it finds, what it must not, and how it goes on."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest

from operations.detection.cluster import Phase, Turn
from operations.detection.live.budget import LEAST_STATISTIC
from operations.detection.live.chores import Rehearsal, Round
from operations.detection.live.signals import signals_of
from operations.detection.live.watch import REST_US, ROUND_US, Watch
from tests.builders import NOW_US
from tests.operations.detection.scans.made_up_city import (
    DAY_US,
    HOUR_US,
    MINUTE_US,
    SHANGHAI,
    ZONE,
    Living,
    begun,
    ordinary,
    outbreak,
    report,
)

PAST = ordinary()


@pytest.fixture(scope="module")
def ready() -> Living:
    return begun(PAST)


@pytest.fixture
def city(ready: Living) -> Living:
    """A city of its own for each test; deep copies cost less than living through it again."""
    return deepcopy(ready)


def seen(city: Living) -> list[tuple[str, tuple[tuple[str, str], ...]]]:
    return sorted((one.category, one.members) for one in city.living())


def test_an_ordinary_city_has_nothing(city: Living) -> None:
    assert city.watch.ready == (2, 2)
    assert city.lines == []
    assert city.living() == []


def test_an_outbreak_is_found_within_eight_tickets(city: Living) -> None:
    tickets = outbreak(10)
    found = [turns.lines for turns in city.take(tickets)]
    first = next(number for number, lines in enumerate(found, 1) if lines)
    assert 3 <= first <= 8
    assert [line.turn for line in city.lines].count(Turn.BORN) == 1
    (cluster,) = city.living()
    assert cluster.category == "water"
    assert cluster.evidence.callers == 10
    assert {one.external_id for one in tickets} <= {name for _, name in cluster.members}
    assert cluster.evidence.expected < 2
    assert cluster.evidence.recurrence_d > 30
    assert cluster.evidence.start_us == min(one.created_us for one in tickets)


def test_it_says_the_same_of_the_same(city: Living) -> None:
    again, tickets = deepcopy(city), outbreak(10)
    city.take_all(tickets)
    again.take_all(tickets)
    assert city.lines == again.lines
    assert city.clusters == again.clusters


def test_lived_through_again_with_one_seed_the_thresholds_are_the_same(city: Living) -> None:
    again = begun(PAST)
    tails = [one.tail for one in city.watch.registry.lookouts.values()]
    assert tails == [one.tail for one in again.watch.registry.lookouts.values()]
    other = begun(PAST, seed=2)
    assert tails != [one.tail for one in other.watch.registry.lookouts.values()]


@pytest.mark.parametrize("seed", range(3))
def test_in_another_order_the_same_lives(city: Living, seed: int) -> None:
    tickets, again = outbreak(12, every_min=3), deepcopy(city)
    shuffled = [tickets[i] for i in np.random.default_rng(seed).permutation(len(tickets))]
    for one, order in ((city, tickets), (again, shuffled)):
        for batch in (order[:5], order[5:]):
            one.fold((), batch)
            one.look(NOW_US + HOUR_US)
    assert seen(city) == seen(again)
    assert len(seen(city)) == 1


@pytest.mark.parametrize(
    "changes", [{"status": "withdrawn"}, {"merged": True}, {"category": "roads"}], ids=str
)
def test_a_ticket_that_is_no_longer_one_leaves_its_cluster(
    city: Living, changes: dict[str, object]
) -> None:
    tickets = outbreak(12)
    city.take_all(tickets)
    city.change(tickets[3], **changes)
    (cluster,) = city.living()
    names = {name for _, name in cluster.members}
    assert tickets[3].external_id not in names
    assert tickets[4].external_id in names
    assert cluster.evidence.callers == 11
    assert [line.turn for line in city.lines].count(Turn.BORN) == 1


def test_when_all_its_tickets_leave_a_cluster_quietens_and_ends(city: Living) -> None:
    tickets = outbreak(10)
    city.take_all(tickets)
    for one in tickets:
        city.change(one, status="withdrawn")
    assert [one.phase for one in city.living()] == [Phase.QUIETENING]
    city.look(city.now_us + DAY_US)
    assert city.living() == []
    assert [line.turn for line in city.lines if line.turn is not Turn.GREW] == [
        Turn.BORN, Turn.QUIETENED, Turn.ENDED,
    ]  # fmt: skip


def test_one_caller_who_calls_ten_times_is_no_cluster(city: Living) -> None:
    city.take_all(outbreak(10, caller="the same"))
    assert city.lines == []


def test_callers_at_one_address_alone_are_no_cluster(city: Living) -> None:
    today = [one for one in PAST if one.created_us > NOW_US - DAY_US and one.category == "water"]
    city.fold(today, [])
    far = {"latitude": 38.5, "longitude": 121.5}
    city.take_all([report(0, NOW_US + i * MINUTE_US, **far) for i in range(7)])
    assert city.lines == []


def test_no_evidence_rests_on_one_address(city: Living) -> None:
    """Callers of weeks ago beside them make two addresses: then these are counted, too."""
    city.take_all([report(ZONE[0], NOW_US + i * MINUTE_US) for i in range(10)])
    assert all(one.evidence.addresses >= 2 for one in city.living())


@pytest.mark.parametrize("quality", ["fallback", "district", "none"])
def test_what_has_no_place_of_its_own_is_no_cluster(city: Living, quality: str) -> None:
    city.take_all(outbreak(12, geo_quality=quality))
    assert city.lines == []


@pytest.mark.parametrize(
    "typed",
    [{"channel": "staff"}, {"every_min": 0.05, "caller": None}],
    ids=["by staff", "in a row"],
)
def test_what_is_entered_in_bulk_is_marked_and_calls_nobody(city: Living, typed) -> None:
    city.take_all(outbreak(14, **typed))
    (cluster,) = city.living()
    assert cluster.evidence.bulk
    assert list(signals_of([cluster], city.now_us + HOUR_US)) == []


@pytest.mark.parametrize(
    ("every_min", "caller"), [(0.05, {}), (1 / 6, {"caller": None})], ids=["callers", "minutes"]
)
def test_a_storm_is_no_batch_however_fast_it_comes(city: Living, every_min, caller) -> None:
    """Callers tell themselves apart; where nobody is named, whole minutes tell no seconds."""
    tickets = outbreak(30, every_min=every_min, **caller)
    if caller:
        tickets = [
            one._replace(created_us=one.created_us // MINUTE_US * MINUTE_US) for one in tickets
        ]
    city.take_all(tickets)
    assert [one.evidence.bulk for one in city.living()] == [False]


def test_what_callers_report_calls_somebody(city: Living) -> None:
    city.take_all(outbreak(14))
    (cluster,) = city.living()
    assert not cluster.evidence.bulk
    assert [one.reason.subject for one in signals_of([cluster], city.now_us)] == [cluster.id]


def test_after_a_restart_a_cluster_goes_on_as_itself(city: Living) -> None:
    city.take_all(outbreak(10))
    (held,) = city.living()
    again = Living(Watch(SHANGHAI), now_us=city.now_us)
    again.fold((), city.held)
    again.watch.adopt([held, replace(held, id="c-gone", phase=Phase.ENDED)])
    assert again.watch.standing() == [held], "it lives, though nobody has seen it yet"
    while again.watch.waiting or again.look().clusters:
        again.look()
    again.do_chores()
    again.look(again.now_us + MINUTE_US)
    more = [replace_time(one, again.now_us) for one in outbreak(8)]
    again.take_all(more)
    (cluster,) = again.living()
    assert again.watch.standing() == [cluster]
    assert cluster.id == held.id
    assert cluster.evidence.callers >= held.evidence.callers
    assert Turn.BORN not in [line.turn for line in again.lines]


def replace_time(one, at_us):
    return one._replace(created_us=at_us + one.created_us - NOW_US)


def test_a_new_cluster_has_never_the_name_of_one_before_the_restart(city: Living) -> None:
    tickets = outbreak(10)
    city.take_all(tickets)
    (held,) = city.living()
    stem = held.id.rpartition("-")[0]
    again = deepcopy(city)
    again.watch = Watch(SHANGHAI)
    again.watch.adopt([replace(held, id=f"{stem}-4")])
    assert again.watch._naming.next(held.born_us) == f"{stem}-5"


def test_a_cluster_of_a_category_nobody_reports_any_more_ends(city: Living) -> None:
    city.take_all(outbreak(10))
    (held,) = city.living()
    city.watch.adopt([replace(held, id="c-20260101-000000-1", category="abolished")])
    city.look(city.now_us + MINUTE_US)
    assert city.watch.standing() == city.living()
    assert city.clusters["c-20260101-000000-1"].phase is Phase.ENDED


def test_a_ticket_of_next_year_does_not_blind_the_watch(city: Living) -> None:
    city.fold((), [report(0, NOW_US + 365 * DAY_US)])
    city.take_all(outbreak(10))
    assert len(city.living()) == 1


def test_what_comes_hours_late_is_seen_by_the_next_round(city: Living) -> None:
    late = [one._replace(created_us=one.created_us - 4 * HOUR_US) for one in outbreak(12)]
    city.fold((), late)
    city.look(NOW_US + MINUTE_US)
    assert city.living() == []
    city.look(NOW_US + ROUND_US + MINUTE_US)
    city.do_chores()
    assert [one.category for one in city.living()] == ["water"]


def test_rounds_over_a_living_cluster_tell_nothing_new(city: Living) -> None:
    city.take_all(outbreak(15))
    before = len(city.lines)
    for step in range(1, 7):
        city.look(NOW_US + 3 * HOUR_US + step * ROUND_US)
        city.do_chores()
    assert [line.turn for line in city.lines[before:] if line.turn is not Turn.MOVED] == []
    assert len(city.living()) == 1


def test_two_matters_in_one_place_are_two_clusters(city: Living) -> None:
    water, roads = outbreak(16), outbreak(16, category="roads")
    city.take_all([one for pair in zip(water, roads, strict=True) for one in pair])
    assert sorted(one.category for one in city.living()) == ["roads", "water"]
    assert len({one.id for one in city.living()}) == 2


def test_however_generous_the_budget_nothing_is_born_of_nothing(ready: Living) -> None:
    city = deepcopy(ready)
    city.watch.alerts_per_week = 1e9
    city.take_all([report(i, NOW_US + i * MINUTE_US) for i in range(20)])
    assert all(one.threshold >= LEAST_STATISTIC for one in city.clusters.values())
    assert all(line.callers >= 3 for line in city.lines if line.turn is Turn.BORN)


def test_without_three_days_of_past_nothing_is_unusual() -> None:
    city = begun(ordinary(days=2))
    assert city.watch.chore(city.now_us) is None
    city.take_all(outbreak(20))
    assert city.lines == []


def test_while_the_past_is_read_nothing_is_unusual() -> None:
    city = Living(Watch(SHANGHAI))
    city.watch.is_loading = True
    city.fold((), PAST)
    city.take_all(outbreak(10))
    assert city.watch.chore(city.now_us) is None
    assert city.lines == []


def test_an_empty_city_can_be_watched() -> None:
    city = begun([])
    assert city.watch.ready == (0, 0)
    city.take_all(outbreak(3))
    assert city.lines == []


def test_a_category_whose_chore_failed_rests_and_lets_the_others_go_first() -> None:
    city = Living(Watch(SHANGHAI))
    city.fold((), PAST)
    for second in range(4):
        city.look(NOW_US + second)
    first = city.watch.chore(city.now_us)
    assert isinstance(first, Rehearsal)
    city.watch.failed(first, city.now_us)
    second = city.watch.chore(city.now_us)
    assert isinstance(second, Rehearsal)
    assert second.category != first.category
    city.watch.failed(second, city.now_us)
    assert city.watch.chore(city.now_us) is None
    later = city.watch.chore(city.now_us + REST_US)
    assert later is not None
    assert not isinstance(later, Round)
