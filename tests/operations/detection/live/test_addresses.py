"""Addresses keep their numbers, lie in their areas, and the survey sums up what is around them."""

import numpy as np
import pytest
import shapely

from operations.detection.live.addresses import WHOLE_CITY, Addresses
from operations.detection.live.reach import CITY, DISTRICT, TOWN, ZONE
from operations.detection.live.windows import RADII_KM, unit_vectors
from operations.places import Zone

WATERWORKS = Zone("w", "水厂", "Works", "water", "d1", shapely.box(120.0, 37.0, 120.1, 37.1))


def numbers(known, places, district="d1", town=None):
    lat, lon = (np.array(column, float) for column in zip(*places, strict=True))
    found = known.numbers(lat, lon, [district] * len(places), [town] * len(places))
    np.add.at(known.counts, found, 1)
    return found.tolist()


def scattered(count, seed=1, spread=0.06):
    dice = np.random.default_rng(seed)
    return list(
        zip(37 + dice.random(count) * spread, 120 + dice.random(count) * spread, strict=True)
    )


def test_points_within_ten_metres_are_one_address():
    known = Addresses()
    places = [(37.00001, 120.00001), (37.00002, 120.0), (37.0003, 120.0), (37.0, 120.0)]
    assert numbers(known, places) == [0, 0, 1, 0]
    assert numbers(known, [(37.0003, 120.0), (38.0, 120.0)]) == [1, 2]


def test_an_address_lies_in_city_district_town_and_zone():
    known = Addresses([WATERWORKS])
    inside, outside = numbers(known, [(37.05, 120.05), (37.2, 120.05)], town="t1")
    assert known.areas[inside, CITY] == WHOLE_CITY
    assert known.area(known.areas[inside, DISTRICT]) == (DISTRICT, "d1", None)
    assert known.area(known.areas[inside, TOWN]) == (TOWN, "t1", "d1")
    assert known.area(known.areas[inside, ZONE]) == (ZONE, "w", None)
    assert known.areas[outside, ZONE] == -1


def test_towns_of_one_name_in_two_districts_are_two():
    known = Addresses()
    (one,) = numbers(known, [(37, 120)], district="d1", town="城关|镇")
    (other,) = numbers(known, [(38, 120)], district="d2", town="城关|镇")
    assert known.areas[one, TOWN] != known.areas[other, TOWN]


def test_a_place_is_given_back_as_it_came():
    known = Addresses()
    (one,) = numbers(known, [(-33.4489, -70.6693)])
    assert known.place(one) == pytest.approx((-33.4489, -70.6693), abs=1e-9)


@pytest.mark.parametrize(("spread", "latitude"), [(0.06, 0), (0.3, 0), (0.1, 30), (0.3, -70)])
def test_the_survey_sums_up_everything_within_each_radius(spread, latitude):
    known = Addresses()
    places = [(lat + latitude, lon) for lat, lon in scattered(150, spread=spread)]
    found = numbers(known, places)
    known.counts[found[0]] += 40
    known.survey()
    assert known.mass.sum() == pytest.approx(1)
    apart = np.linalg.norm(known.middles[:, None] - known.middles[None], axis=2)
    kilometres = 2 * 6367 * np.arcsin(apart / 2)
    for ring, radius in enumerate(RADII_KM):
        expected = (known.mass[None] * (kilometres <= radius)).sum(axis=1)
        assert known.around[:, ring] == pytest.approx(expected)
    assert known.area_shares[WHOLE_CITY] == pytest.approx(1)


def test_a_cell_stands_where_its_addresses_do():
    known = Addresses()
    numbers(known, scattered(200))
    known.survey()
    apart = np.linalg.norm(known.points - known.middles[known.cells], axis=1) * 6367
    assert apart.max() < 0.5


def test_a_new_address_stands_in_its_own_cell_until_the_next_survey():
    known = Addresses()
    places = scattered(200)
    numbers(known, places)
    known.survey()
    beside = [(lat + 0.0002, lon) for lat, lon in places[100:120]]
    fresh = numbers(known, beside)
    apart = np.linalg.norm(known.points[fresh] - known.middles[known.cells[fresh]], axis=1) * 6367
    assert apart.max() < 0.5
    (far,) = numbers(known, [(40.0, 123.0)])
    nearest = np.argmin(np.linalg.norm(known.middles - unit_vectors(40.0, 123.0), axis=1))
    assert known.cells[far] == nearest


def test_a_city_without_an_address_can_be_surveyed():
    known = Addresses()
    known.survey()
    assert len(known.middles) == len(known.around) == len(known.mass) == 1
    assert numbers(known, [(37, 120)]) == [0]
    known.survey()
    assert known.around[0].tolist() == [1.0] * len(RADII_KM)


def test_addresses_that_come_one_by_one_are_those_that_come_together():
    places = scattered(70)
    together, singly = Addresses([WATERWORKS]), Addresses([WATERWORKS])
    numbers(together, places)
    for step, place in enumerate(places):
        numbers(singly, [place])
        if step == 40:
            singly.survey()
    for known in (together, singly):
        known.survey()
    for field in ("points", "areas", "counts", "cells", "middles", "mass", "around"):
        assert (getattr(together, field) == getattr(singly, field)).all(), field


def test_what_was_handed_out_does_not_change_when_more_come():
    known = Addresses()
    numbers(known, scattered(10))
    before = known.points, known.points.copy()
    numbers(known, scattered(50, seed=2))
    assert (before[0] == before[1]).all()


def test_an_area_first_named_after_the_survey_has_no_share_yet():
    known = Addresses()
    numbers(known, [(37, 120)])
    known.survey()
    numbers(known, [(37.5, 120)], district="d9")
    assert len(known.area_shares) == 3
    assert known.area_shares[2] == 0
