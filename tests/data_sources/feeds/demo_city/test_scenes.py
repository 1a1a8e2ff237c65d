"""Scenes: what is planted, how it grows, and when it plays by itself."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from data_sources.feeds.demo_city.course import Event
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.scenes import Scene
from operations.places import KM_PER_DEGREE
from tests.data_sources.feeds.demo_city.conftest import NOW

START = int(NOW.timestamp())
KINDS = ["yellow_water", "waterlogging", "manhole", "lodging", "heating_outage", "water_cut"]


def play(demo: DemoCity, kind: str, number: int = 0) -> Batch:
    serial = 300_000 + number * 10_000
    return demo.play(Scene(f"test-{number}", kind, "request", START, serial))


def categories(demo: DemoCity, batch: Batch) -> Counter[str]:
    codes = list(demo.rates.categories)
    return Counter(codes[n] for n in batch.births.category.tolist())


def spread_km(demo: DemoCity, batch: Batch) -> float:
    place = batch.births.place
    north, east = demo.places.latitude[place], demo.places.longitude[place]
    return float(np.hypot(np.ptp(north), np.ptp(east) * 0.79) * KM_PER_DEGREE)


@pytest.mark.parametrize("kind", [*KINDS, "opening"])
def test_a_scene_is_the_same_whenever_it_is_played(demo, kind):
    one, again = play(demo, kind), play(demo, kind)
    assert np.array_equal(one.births.created, again.births.created)
    assert np.array_equal(one.course.at, again.course.at)
    assert one.births.created.min() >= START
    assert (np.diff(one.births.created) >= 0).all()


@pytest.mark.parametrize("number", range(5))
def test_yellow_water_grows_over_hours_in_the_nanshan_zone(demo, reference, number):
    batch = play(demo, "yellow_water", number)
    zone = next(zone for zone in reference.zones if zone.code == "nanshan")
    assert 40 <= len(batch) <= 140  # up to 120, and those who call again
    for n in set(batch.births.place.tolist()):
        assert zone.holds(demo.places.latitude[n], demo.places.longitude[n])
    first = {}
    for place, at in zip(batch.births.place.tolist(), batch.births.created.tolist(), strict=True):
        first.setdefault(place, (at - START) / 3600)
    assert len(first) >= 6
    assert max(first.values()) > 2.0
    found = categories(demo, batch)
    assert found["water_yellow"] > 0.7 * len(batch)
    assert set(found) <= {"water_yellow", "water_cut", "water_pressure"}
    assert len(set(batch.births.caller.tolist())) > 0.8 * len(batch)


def test_a_storm_brings_ten_usual_hours_at_the_same_low_points(demo):
    one, other = play(demo, "waterlogging"), play(demo, "waterlogging", 1)
    districts = {demo.stage.districts[n] for n in one.births.district.tolist()}
    assert districts <= {"370602", "370613", "370611", "370612", "370671", "370676"}
    hours = np.bincount((one.births.created - START) // 3600)
    share = demo.rates.districts["370602"] + demo.rates.districts["370613"]
    share /= sum(demo.rates.districts.values())
    usual = demo.rates.tickets_per_week / 7 / 24 * share
    assert hours.max() > 8 * usual
    low = [{n for n, _ in Counter(b.births.place.tolist()).most_common(8)} for b in (one, other)]
    assert len(low[0] & low[1]) >= 6
    assert categories(demo, one)["waterlogging"] > 0.6 * len(one)


def test_nobody_owns_the_rattling_manhole_cover(demo):
    batch = play(demo, "manhole")
    assert len(set(batch.births.place.tolist())) == 1
    assert 8 <= len(batch) <= 14
    assert len(set(batch.births.caller.tolist())) <= 7
    course, asked = batch.course, set()
    for low, high in zip(course.first[:-1], course.first[1:], strict=True):
        events = course.event[low:high]
        assert (events == Event.RETURNED).sum() >= 3
        asked |= set(course.value[low:high][events == Event.DISPATCHED].tolist())
    assert len(asked) == 3


def test_a_lodging_platform_s_guests_complain_from_everywhere_and_are_sent_around(demo):
    batch = play(demo, "lodging")
    assert 16 <= len(batch) <= 38
    assert np.ptp(batch.births.created) < 6 * 3600
    assert len(set(batch.births.place.tolist())) > 10
    assert spread_km(demo, batch) > 20
    states = [batch.state_at(n, START + 40 * 86_400) for n in range(len(batch))]
    assert sum(state.reassignments >= 2 for state in states) > 0.4 * len(states)
    assert "海寓网" in demo.states(batch, [0], NOW + timedelta(days=1))[0]["text"]


@pytest.mark.parametrize("kind", ["water_cut", "heating_outage", "opening"])
def test_what_fails_in_neighbouring_estates_stays_among_them(demo, kind):
    batch = play(demo, kind)
    assert 2 <= len(set(batch.births.place.tolist())) <= 5
    assert spread_km(demo, batch) < 6


def test_a_quarter_of_an_hour_after_a_start_something_can_be_seen(demo):
    batch = play(demo, "opening")
    assert (batch.births.created < START + 12 * 60).sum() >= 12


def test_several_scenes_play_by_themselves_every_day(demo):
    days = [date(2026, 9, 20) + timedelta(days=n) for n in range(60)]
    planned = [demo.scenes_of_day(day) for day in days]
    assert planned == [demo.scenes_of_day(day) for day in days]
    assert 2.5 < np.mean([len(scenes) for scenes in planned]) < 6
    kinds = Counter(scene.kind for scenes in planned for scene in scenes)
    assert {"yellow_water", "manhole", "lodging", "water_cut"} <= set(kinds)
    assert "opening" not in kinds


def test_storms_come_in_summer_and_heating_fails_in_winter(demo):
    def kinds(first: date) -> set[str]:
        days = [first + timedelta(days=n) for n in range(60)]
        return {scene.kind for day in days for scene in demo.scenes_of_day(day)}

    summer, winter = kinds(date(2026, 7, 1)), kinds(date(2026, 12, 1))
    assert "waterlogging" in summer - winter
    assert "heating_outage" in winter - summer


def test_numbers_of_tickets_never_collide(demo):
    for day in (date(2026, 11, 10), date(2026, 11, 20)):
        numbers = [life.external_id for life in demo.tickets_of_day(day)]
        assert len(set(numbers)) == len(numbers)
