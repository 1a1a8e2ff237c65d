"""A category's lookout: what it holds its reports against, as the map of the city changes."""

import numpy as np
import pytest

from operations.detection.live.addresses import Addresses
from operations.detection.live.expectation import LAG_H
from operations.detection.live.lookout import Hours, Lookout
from operations.detection.live.nulls import SMOOTHING, Tail
from operations.detection.live.votes import rows_of
from operations.detection.live.windows import BINS
from tests.builders import NOW_US

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
BUSY = np.ones(BINS)


def rows(addresses, places, times_us, callers):
    lat, lon = (np.array(column, float) for column in zip(*places, strict=True))
    where = addresses.numbers(lat, lon, ["d"] * len(places), [None] * len(places))
    np.add.at(addresses.counts, where, 1)
    times_us, callers = np.array(times_us, np.int64), np.array(callers, np.int64)
    never = np.zeros(len(where), np.bool_)
    return rows_of(times_us, where, callers, never, never)


def hours(days=40):
    now_h = NOW_US // HOUR_US
    return Hours(0, now_h, now_h - days * 24, np.full(58 * 24, 5))


@pytest.fixture
def known():
    """Give addresses and a lookout that has learnt from forty days of two reports a day."""
    addresses, lookout = Addresses(), Lookout("water")
    dice = np.random.default_rng(1)
    places = [(37 + float(a) * 0.1, 120 + float(b) * 0.1) for a, b in dice.random((80, 2))]
    times = [NOW_US - i * DAY_US // 2 for i in range(80)]
    lookout.change(lookout.votes.rows, rows(addresses, places, times, range(80)))
    addresses.survey()
    lookout.learn(addresses, hours(), NOW_US)
    return addresses, lookout


def test_before_it_has_learnt_there_is_no_scene():
    lookout = Lookout("water")
    assert lookout.scene(Addresses(), hours(), BUSY, NOW_US) is None
    assert lookout.ordinary_time(Addresses()) is None
    assert not lookout.is_ready
    assert not lookout.has_drifted
    assert lookout.liveliness(NOW_US) == 0


def test_a_lookout_without_reports_can_learn():
    addresses, lookout = Addresses(), Lookout("water")
    addresses.survey()
    lookout.learn(addresses, hours(), NOW_US)
    scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
    assert len(scene.rows) == 0
    assert lookout.ordinary_time(addresses) is None, "there is no place to live through"


def test_after_a_new_survey_every_cell_is_still_its_own(known):
    """A cell further south is the first of the new survey: all others move on by one."""
    addresses, lookout = known
    more = rows(addresses, [(36.5, 120.0), (36.4, 120.0)], [NOW_US] * 2, [901, 902])
    lookout.change(more[:0], more)
    addresses.survey()
    scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
    smoothing = SMOOTHING / (lookout._counted + SMOOTHING)
    assert scene.past.around == pytest.approx(smoothing * addresses.around)
    assert scene.reports.cells.max() < len(scene.past.around)
    ordinary = lookout.ordinary_time(addresses)
    assert len(ordinary.chance) == len(ordinary.points) == len(ordinary.cells)
    assert ordinary.cells.max() < len(ordinary.around)


def test_an_area_first_named_today_is_expected_to_report_nothing_yet(known):
    addresses, lookout = known
    lat, lon = np.array([37.05]), np.array([120.05])
    addresses.numbers(lat + 0.0333, lon, ["new"], ["town"])
    scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
    assert len(scene.past.areas) == len(addresses.area_shares)
    assert scene.past.areas[-1] == 0


def test_the_newest_week_is_no_past(known):
    _, lookout = known
    assert lookout._counted == 80 - 14


def test_shares_of_its_own_past_and_of_everything_add_up_to_one(known):
    addresses, lookout = known
    scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
    smoothing = SMOOTHING / (66 + SMOOTHING)
    assert scene.past.weight.sum() + smoothing * addresses.mass.sum() == pytest.approx(1)
    assert scene.past.areas[0] == pytest.approx(1)


def test_it_has_drifted_when_the_rate_or_the_past_is_another(known):
    _, lookout = known
    assert lookout.has_drifted
    lookout.tail = Tail(5.0, 1.0, 0.4, 2.0, 9.0, 99)
    rate = lookout.usual.rate_h
    for lived, drifted in (
        ((rate, 66), False), ((rate * 1.3, 66), False), ((rate * 1.4, 66), True),
        ((rate / 1.4, 66), True), ((rate, 200), True), ((rate, 0), True),
    ):  # fmt: skip
        lookout.lived = lived
        assert lookout.has_drifted is drifted, lived


def test_a_past_event_is_out_of_view_but_for_a_cluster_that_goes_on(known):
    addresses, lookout = known
    then = NOW_US - 3 * DAY_US
    event = rows(addresses, [(37.05, 120.05)] * 20, range(then, then + 20), range(500, 520))
    lookout.change(event[:0], event)
    for one in event.tolist():
        lookout.name(tuple(one[:3]), ("demo", str(one[2])))
    lookout.learn(addresses, hours(), NOW_US)
    before = len(lookout.scene(addresses, hours(), BUSY, NOW_US).rows)
    two = frozenset([("demo", "500"), ("demo", "501")])
    for wide, near in ((two, frozenset()), (frozenset(), two)):
        lookout.note_clusters(wide, near)
        scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
        assert len(scene.rows) == before + 2
        assert scene.told.any() == bool(near)
    lookout.note_clusters(frozenset(), frozenset())
    assert len(lookout.scene(addresses, hours(), BUSY, NOW_US).rows) == before


def test_an_event_of_today_is_in_view(known):
    addresses, lookout = known
    then = NOW_US - (LAG_H - 1) * HOUR_US
    event = rows(addresses, [(37.05, 120.05)] * 20, range(then, then + 20), range(500, 520))
    lookout.change(event[:0], event)
    lookout.learn(addresses, hours(), NOW_US)
    scene = lookout.scene(addresses, hours(), BUSY, NOW_US)
    assert np.isin(event["caller"], scene.rows["caller"]).all()


def test_names_of_a_month_ago_are_forgotten(known):
    addresses, lookout = known
    for i in range(2001):
        lookout.name((NOW_US - i * HOUR_US, 0, i), ("demo", str(i)))
    lookout.learn(addresses, hours(), NOW_US)
    assert len(lookout.names) == 720
