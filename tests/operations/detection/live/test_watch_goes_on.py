"""The watch after much came in, beside a large cluster, and where it never pauses."""

from copy import deepcopy

import pytest

from operations.detection.live.lookout import Members
from operations.detection.live.watch import MOST_SCANNED, Watch
from tests.builders import NOW_US
from tests.operations.detection.scans.made_up_city import (
    HOUR_US,
    MINUTE_US,
    SHANGHAI,
    Living,
    begun,
    ordinary,
    outbreak,
    report,
)

FAR = [{"latitude": 37.95 + i * 0.002, "longitude": 120.46, "district": "far"} for i in range(4)]
"""Places beside one another, where no circle holds any of the first outbreak's."""


@pytest.fixture(scope="module")
def ready() -> Living:
    return begun(ordinary())


@pytest.fixture
def city(ready: Living) -> Living:
    return deepcopy(ready)


def second_outbreak(at_us: int) -> list:
    return [report(0, at_us + i * 10 * MINUTE_US, **FAR[i % 4]) for i in range(4)]


def beside_a_large_one(city: Living) -> Living:
    """Live through ninety reports of the zone, then four from far away."""
    city.take_all(outbreak(90, every_min=2))
    city.look(city.now_us + 2 * MINUTE_US)
    return city.take_all(second_outbreak(city.now_us + MINUTE_US))


def test_a_large_cluster_does_not_hide_another_elsewhere(city: Living) -> None:
    clusters = sorted(one.evidence.callers for one in beside_a_large_one(city).living())
    assert len(clusters) == 2
    assert clusters[0] == 4


def test_the_same_minute_tells_no_reports_apart(city: Living) -> None:
    """Some feeds tell minutes alone: what came far away in a cluster's minute is none of its."""
    city.take_all(outbreak(90, every_min=2))
    city.look(city.now_us + 2 * MINUTE_US)
    same = [one._replace(created_us=NOW_US + (i + 80) * 2 * MINUTE_US)
            for i, one in enumerate(second_outbreak(NOW_US))]  # fmt: skip
    city.fold((), same)
    city.look(city.now_us + MINUTE_US)
    few, many = sorted(one.evidence.callers for one in city.living())
    assert few == 4
    assert many > 80


def steady(hours: int) -> list:
    """Give a report of the zone every half hour."""
    return outbreak(2 * hours, every_min=30)


def test_what_goes_on_for_days_shows_all_of_them(city: Living) -> None:
    city.take_all(steady(60))
    (cluster,) = city.living()
    assert cluster.evidence.callers > 100
    assert cluster.evidence.as_of_us - cluster.evidence.start_us > 48 * HOUR_US


def test_after_a_restart_it_still_does(city: Living) -> None:
    city.take_all(steady(60))
    (held,) = city.living()
    again = Living(Watch(SHANGHAI), now_us=city.now_us)
    again.fold((), city.held)
    again.watch.adopt([held])
    while again.watch.waiting or again.look().clusters:
        again.look()
    again.do_chores()
    again.look(again.now_us + MINUTE_US)
    (cluster,) = again.living()
    assert cluster.evidence.callers >= held.evidence.callers - 2


def test_it_would_hide_it_if_its_reports_spoke_of_the_rest(city: Living, monkeypatch) -> None:
    noted = type(city.watch.registry.lookouts["water"]).note_clusters
    monkeypatch.setattr(
        "operations.detection.live.lookout.Lookout.note_clusters",
        lambda self, wide, near: noted(self, wide | near, Members()),
    )
    assert len(beside_a_large_one(city).living()) == 1


def test_when_a_cluster_has_ended_its_reports_speak_again(city: Living) -> None:
    tickets = outbreak(10)
    city.take_all(tickets)
    city.look(city.now_us + 2 * MINUTE_US)
    lookout = city.watch.registry.lookouts["water"]
    assert len(lookout._told) == 10
    city.fold(tickets, [])
    city.look(city.now_us + 2 * MINUTE_US)
    city.look(city.now_us + 25 * HOUR_US)
    city.look(city.now_us + 2 * MINUTE_US)
    assert city.living() == []
    assert len(lookout._told) == 0


def test_what_came_in_at_once_is_in_the_city_s_hours_at_once(city: Living) -> None:
    city.look(NOW_US + MINUTE_US)
    before = city.watch._hours.everything.sum()
    many = [report(i % 60, NOW_US + i) for i in range(MOST_SCANNED + 1)]
    city.fold((), many)
    city.look(city.now_us)
    assert city.watch._hours.everything.sum() == before + len(many)


def test_a_replay_that_never_pauses_learns_all_the_same(city: Living) -> None:
    city.look()
    before = city.watch.registry.lookouts["roads"].usual.rate_h
    for step in range(1, 12 * 24):  # twelve days, a ticket in every look
        at_us = NOW_US + step * HOUR_US
        city.take_all([report(step % 60, at_us, category="roads") for _ in range(3)])
    assert city.watch.registry.lookouts["roads"].usual.rate_h > 1.2 * before
