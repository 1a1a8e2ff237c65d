"""Where the demo city's people live."""

import json

import numpy as np
import shapely

from operations.places import KM_PER_DEGREE


def test_everybody_lives_in_the_district_that_is_said(demo, reference):
    places = demo.places
    found = reference.atlas.locate_many(places.latitude, places.longitude)
    for number, code in enumerate(demo.stage.districts):
        own = found[places.district == number]
        if reference.atlas.bounded(code):
            assert set(own.tolist()) == {code}
        else:
            assert None not in set(own.tolist())


def test_nobody_lives_on_the_water(demo, reference):
    land = (reference.folder / "basemap" / "land.json").read_text("utf-8")
    outline = shapely.union_all(shapely.from_geojson(land))
    dry = shapely.intersects_xy(outline, demo.places.longitude, demo.places.latitude)
    assert dry.all()


def test_every_district_has_estates_and_streets(demo):
    for estates, streets in demo.places.by_district:
        assert len(estates) >= 5
        assert len(streets) >= 10


def test_places_crowd_around_the_towns(demo):
    places = demo.places
    towns = np.array([[one.latitude, one.longitude] for one in places.settlements])
    own = towns[places.settlement]
    north = places.latitude - own[:, 0]
    east = (places.longitude - own[:, 1]) * np.cos(np.radians(places.latitude))
    distance_km = np.hypot(north, east) * KM_PER_DEGREE
    assert np.median(distance_km) < 2.0
    assert np.quantile(distance_km, 0.99) < 10.0


def test_the_estates_of_a_supply_zone_lie_in_it(demo, reference):
    zones = {zone.code: zone for zone in reference.zones}
    assert "nanshan" in demo.stage.zones
    for code, numbers in demo.stage.zones.items():
        assert len(numbers) == len(zones[code].places)
        for n in numbers.tolist():
            assert zones[code].holds(demo.places.latitude[n], demo.places.longitude[n])


def test_the_files_of_the_city_fit_together(demo, reference):
    rates = demo.rates
    assert {one.code for one in reference.districts} == set(rates.districts)
    assert {one.code for one in reference.categories} == set(rates.categories)
    known = {one.code for one in reference.departments} | {"gov"}
    for category in rates.categories.values():
        assert set(category.units) <= known
    assert set(rates.units) - {"usual"} <= known
    for plan in rates.scenes["kinds"].values():
        assert set(plan["units"]) <= known
        assert set(plan["categories"]) <= set(rates.categories)
        assert plan.get("district") in {None, *rates.districts}
        assert set(plan.get("districts", [])) <= set(rates.districts)
    assert json.dumps(rates.scenes, ensure_ascii=False)
