"""A cluster's life: every turn told once, nothing after its end, and no flapping."""

from collections import defaultdict
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.detection.cluster import Cluster, ClusterLine, Phase, Turn
from operations.detection.live.region import Region
from operations.detection.live.tracking import QUIET_SHARE, RISE_SHARE, Sight, Tracker, Turns
from tests.builders import NOW_US
from tests.watched import HOUR_US, MINUTE_US, evidence

THRESHOLD = 12.0
QUIET = (0,) * 24
BUSY = (0,) * 20 + (1, 1, 2, 3)
ALL = range(10)


def sight(members: Any = ALL, at_us: int = NOW_US, **changes: Any) -> Sight:
    """Give a lively sight of some tickets, just above the threshold, changed as asked."""
    recent = changes.pop("recent", THRESHOLD)
    hours = changes.pop("hours", BUSY)
    values = {"statistic": 12.5, "callers": len(members), "as_of_us": at_us}
    return Sight(
        region=Region(0, 3),
        evidence=evidence(**(values | changes)),
        members=frozenset(("demo", str(one)) for one in members),
        recent=recent,
        hours=hours,
    )


class Followed:
    """A tracker with all it ever told."""

    def __init__(self) -> None:
        numbers = count(1)
        self.tracker = Tracker("water", lambda _: f"c-{next(numbers)}")
        self.lines: list[ClusterLine] = []
        self.clusters: dict[str, Cluster] = {}

    def take(self) -> Turns:
        turns = self.tracker.take_turns()
        self.lines += turns.lines
        self.clusters |= turns.clusters
        return turns

    def told(self) -> list[tuple[str, Turn, str | None]]:
        return [(line.cluster, line.turn, line.other) for line in self.take().lines]

    def born(self, *args: Any, **changes: Any) -> str:
        self.tracker.found(sight(*args, **changes), THRESHOLD)
        ((name, turn, _),) = self.told()
        assert turn is Turn.BORN
        return name


def test_a_finding_above_the_threshold_is_born_once() -> None:
    one = Followed()
    assert one.born() == "c-1"
    one.tracker.found(sight(), THRESHOLD)
    one.tracker.found(sight(statistic=12.4), THRESHOLD)
    assert one.told() == []
    held = one.clusters["c-1"]
    assert (held.phase, held.threshold, held.category) == (Phase.GROWING, THRESHOLD, "water")
    assert len(held.members) == 10


def test_a_finding_below_the_threshold_is_nothing() -> None:
    one = Followed()
    one.tracker.found(sight(statistic=11.9), THRESHOLD)
    assert one.take() == Turns()
    assert not one.tracker.living


def test_what_is_over_already_is_not_born() -> None:
    one = Followed()
    one.tracker.found(sight(statistic=50, recent=3.9), THRESHOLD)
    assert one.take() == Turns()


def test_it_grew_when_half_as_many_again_are_in_it_and_not_before() -> None:
    one = Followed()
    name = one.born()
    for callers, told in ((14, []), (15, [Turn.GREW]), (22, []), (23, [Turn.GREW]), (10, [])):
        one.tracker.seen(name, sight(callers=callers))
        assert [turn for _, turn, _ in one.told()] == told


def test_it_moved_when_its_centre_left_the_circle_last_told_of() -> None:
    one = Followed()
    name = one.born(latitude=37.0, longitude=120.0, radius_km=0.5)
    for latitude, told in ((37.004, []), (37.005, [Turn.MOVED]), (37.0, [Turn.MOVED])):
        one.tracker.seen(name, sight(latitude=latitude, longitude=120.0, radius_km=0.5))
        assert [turn for _, turn, _ in one.told()] == told


def test_a_wider_finding_takes_its_cluster_along() -> None:
    one = Followed()
    name = one.born(range(4))
    one.tracker.found(sight(range(2, 12), statistic=13.0), THRESHOLD)
    assert one.told() == [(name, Turn.GREW, None)]
    assert one.tracker.living[name].sight.members == sight(range(2, 12)).members


def test_two_become_the_older_when_a_finding_says_more_than_each() -> None:
    one = Followed()
    old, young = one.born(range(5)), one.born(range(5, 10), at_us=NOW_US + MINUTE_US)
    one.tracker.found(sight(statistic=12.5), THRESHOLD)
    assert one.told() == [], "it says no more than they do"
    one.tracker.found(sight(statistic=20, at_us=NOW_US + HOUR_US), THRESHOLD)
    assert one.told() == [(young, Turn.MERGED, old), (old, Turn.GREW, None)]
    gone = one.clusters[young]
    assert (gone.phase, gone.into, gone.ended_us) == (Phase.MERGED, old, NOW_US + HOUR_US)
    assert list(one.tracker.living) == [old]


def test_a_small_overlap_is_another_cluster() -> None:
    one = Followed()
    one.born(range(10))
    assert one.born(range(8, 18)) == "c-2"


def test_a_part_that_stands_apart_splits_off_once() -> None:
    one = Followed()
    name = one.born(range(10))
    one.tracker.seen(name, sight(range(5)))
    one.tracker.split(name, sight(range(5, 10)), THRESHOLD)
    assert one.told() == [("c-2", Turn.BORN, name), (name, Turn.SPLIT, "c-2")]
    assert one.clusters["c-2"].parent == name
    one.tracker.split(name, sight(range(5, 10)), THRESHOLD)
    assert one.told() == []
    assert len(one.tracker.living) == 2


def test_what_a_cluster_still_holds_does_not_split_off() -> None:
    one = Followed()
    name = one.born(range(10))
    one.tracker.split(name, sight(range(5, 10)), THRESHOLD)
    assert one.told() == []


@pytest.mark.parametrize("changes", [{"statistic": 11.0}, {"recent": 1.0}], ids=["weak", "over"])
def test_what_could_not_be_born_does_not_split_off(changes: dict[str, Any]) -> None:
    one = Followed()
    name = one.born(range(5))
    one.tracker.split(name, sight(range(5, 10), **changes), THRESHOLD)
    assert one.told() == []


def test_it_quietens_under_a_third_and_rises_again_from_half() -> None:
    one = Followed()
    name = one.born()
    told = []
    for minute, recent in enumerate((4.1, 3.9, 4.1, 5.9, 3.0, 6.0, 4.1)):
        one.tracker.seen(name, sight(at_us=NOW_US + minute * MINUTE_US, recent=recent))
        told.append([turn for _, turn, _ in one.told()])
    assert told == [[], [Turn.QUIETENED], [], [], [], [Turn.ROSE_AGAIN], []]


def test_it_ends_when_it_was_quiet_for_a_day() -> None:
    one = Followed()
    name = one.born()
    one.tracker.seen(name, sight(recent=1.0))
    one.tracker.seen(name, sight(at_us=NOW_US + 24 * HOUR_US - 1, recent=5.9))
    assert one.told() == [(name, Turn.QUIETENED, None)]
    one.tracker.seen(name, sight(at_us=NOW_US + 24 * HOUR_US, recent=5.9, callers=99, latitude=38))
    assert one.told() == [(name, Turn.ENDED, None)], "and nothing is told after it"
    held = one.clusters[name]
    assert (held.phase, held.ended_us) == (Phase.ENDED, NOW_US + 24 * HOUR_US)
    assert not held.is_living
    assert not one.tracker.living


def test_a_sight_like_the_last_changes_nothing() -> None:
    one = Followed()
    name = one.born()
    later = sight(at_us=NOW_US + MINUTE_US, newest_us=NOW_US + MINUTE_US)
    one.tracker.seen(name, later)
    assert one.take() == Turns()
    assert one.tracker.living[name].cluster.changed_us == NOW_US


def test_a_steady_cluster_is_told_apart_from_a_growing_one() -> None:
    one = Followed()
    name = one.born()
    one.tracker.seen(name, sight(hours=QUIET))
    assert one.take().clusters[name].phase is Phase.STEADY
    assert one.tracker.living[name].sight.is_growing is False
    one.tracker.seen(name, sight(hours=BUSY))
    assert one.take().clusters[name].phase is Phase.GROWING


def test_an_adopted_cluster_goes_on_without_a_second_birth() -> None:
    one = Followed()
    name = one.born()
    held = one.clusters[name]
    again = Followed()
    again.tracker.adopt(held, sight())
    again.tracker.found(sight(statistic=13), THRESHOLD)
    assert again.told() == []
    again.tracker.seen(name, sight(callers=15))
    assert again.told() == [(name, Turn.GREW, None)]


def test_a_cluster_of_which_nothing_is_left_ends() -> None:
    one = Followed()
    name = one.born()
    again = Followed()
    again.tracker.end(one.clusters[name], NOW_US + HOUR_US)
    assert again.told() == [(name, Turn.ENDED, None)]
    assert again.clusters[name].phase is Phase.ENDED


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["found", "seen", "split"]),
        st.sets(st.integers(0, 15), min_size=1, max_size=9),
        st.floats(0, 30),  # statistic
        st.floats(0, 1),  # recent, as a share of it
        st.sampled_from([0, 1, 30, 600, 1500]),  # minutes until then
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_is_seen_each_cluster_has_one_life(steps: list[Any]) -> None:
    one, now_us = Followed(), NOW_US
    for what, members, statistic, share, minutes in steps:
        now_us += minutes * MINUTE_US
        seen = sight(members, now_us, statistic=statistic, recent=statistic * share)
        living = list(one.tracker.living)
        if what == "found" or not living:
            one.tracker.found(seen, THRESHOLD)
        elif what == "seen":
            one.tracker.seen(living[len(members) % len(living)], seen)
        else:
            one.tracker.split(living[len(members) % len(living)], seen, THRESHOLD)
        one.take()
    lives = defaultdict(list)
    for line in one.lines:
        lives[line.cluster].append(line.turn)
    assert lives.keys() == one.clusters.keys()
    for name, turns in lives.items():
        assert turns[0] is Turn.BORN
        assert turns.count(Turn.BORN) == 1
        ends = [turn for turn in turns if turn in (Turn.ENDED, Turn.MERGED)]
        assert len(ends) == (name not in one.tracker.living)
        assert not ends or turns[-1] is ends[0]
        rests = [turn for turn in turns if turn in (Turn.QUIETENED, Turn.ROSE_AGAIN)]
        assert rests == [Turn.QUIETENED, Turn.ROSE_AGAIN] * (len(rests) // 2) + [Turn.QUIETENED] * (
            len(rests) % 2
        )


@given(st.lists(st.floats(0, 24), min_size=2, max_size=60))
def test_turns_cost_a_swing_across_the_whole_band(recents: list[float]) -> None:
    """Noise narrower than the band between quiet and risen tells nothing more than once."""
    one = Followed()
    name = one.born()
    for minute, recent in enumerate(recents):
        one.tracker.seen(name, sight(at_us=NOW_US + minute * MINUTE_US, recent=recent))
        one.take()
    rests = sum(line.turn in (Turn.QUIETENED, Turn.ROSE_AGAIN) for line in one.lines)
    swings = sum(abs(after - before) for before, after in pairwise([THRESHOLD, *recents]))
    assert rests <= 1 + swings / ((RISE_SHARE - QUIET_SHARE) * THRESHOLD)
