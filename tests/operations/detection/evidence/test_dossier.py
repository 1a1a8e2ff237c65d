"""The dossier agrees with the scan, and nothing that leaves it tells of a few callers."""

import json
from dataclasses import replace
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.cluster import Coverage, Extent, Phase, Turn
from operations.detection.evidence.disclosure import disclosed, summary
from operations.detection.evidence.dossier import Terms, dossier, shown_evidence
from operations.detection.evidence.growth import growth
from operations.detection.evidence.reports import area_of
from operations.detection.evidence.similar import like, similar
from operations.places import Zone
from tests.builders import LONGKOU, NOW_US
from tests.clusters import CENTRE, DAY_US, HOUR_US, cluster, line, reports

YANTAI = ZoneInfo("Asia/Shanghai")
WINDOW = [NOW_US - n * HOUR_US // 4 for n in range(12)]


def made(found, said, lines=(), similar=()):
    return dossier(said, lines, found, Terms(YANTAI), similar)


def outbreak():
    past = [NOW_US - n * DAY_US for n in range(2, 80)]
    found = reports(WINDOW + past, km=[0.1] * 12 + [2.0] * 78)
    return found, cluster(members=tuple(("demo", f"T-{n}") for n in range(12)))


def test_map_course_and_table_count_the_same_callers():
    told = made(*outbreak())
    assert sum(place.callers for place in told.members.places) == 12
    assert told.course.in_window.sum() == 12
    assert told.sensitivity.observed[told.sensitivity.found] == 12
    assert told.neighbours.places == ()
    assert told.unplaced == 0


def test_callers_of_the_window_elsewhere_are_neighbours():
    found = reports(WINDOW + WINDOW[:6], km=[0.1] * 12 + [2.0] * 6)
    told = made(found, outbreak()[1])
    assert [place.callers for place in told.neighbours.places] == [6]


def test_members_without_a_place_are_counted_apart():
    found, said = outbreak()
    told = made(found, replace(said, members=(*said.members, ("demo", "gone"))))
    assert told.unplaced == 1
    assert sum(place.callers for place in told.members.places) == 12


def test_reports_after_the_scan_are_not_held_against_it():
    found, said = outbreak()
    earlier = replace(said.evidence, as_of_us=NOW_US - HOUR_US)
    assert made(found, replace(said, evidence=earlier)).course.in_window.sum() == 8


def test_an_ended_cluster_is_shown_at_its_largest():
    lines = [line(), line(Turn.GREW, callers=48, statistic=30.0, at_us=NOW_US - HOUR_US)]
    said = cluster(phase=Phase.ENDED, callers=2, ended_us=NOW_US, statistic=2.0, recurrence_d=1.0)
    shown = shown_evidence(said, lines)
    assert (shown.callers, shown.as_of_us) == (48, NOW_US - HOUR_US)
    assert shown.recurrence_d == 1e6
    assert shown_evidence(cluster(callers=60), lines).callers == 60
    told = disclosed(made(outbreak()[0], said, lines), 5)
    assert told["at_largest"]
    assert told["callers"] == told["largest"] == 48


def test_shapes_are_read_as_what_they_are():
    found = reports([NOW_US] * 4, km=[0.0, 0.4, 3.0, 9.0])
    inside = {
        Extent.CIRCLE: 2, Extent.CITY: 4, Extent.DISTRICT: 4, Extent.TOWN: 0, Extent.ZONE: 3,
    }  # fmt: skip
    import shapely  # noqa: PLC0415 - only here

    outline = shapely.box(CENTRE[1] - 1, CENTRE[0] - 1, CENTRE[1] + 1, CENTRE[0] + 0.05)
    zone = Zone("nanshan", "南山", "Nanshan", "water", LONGKOU, outline)
    for extent, count in inside.items():
        place = {Extent.ZONE: "nanshan", Extent.DISTRICT: LONGKOU}.get(extent, "elsewhere")
        said = cluster(extent=extent, place=place)
        assert area_of(said, found, [zone]).sum() == count, extent
    assert area_of(cluster(extent=Extent.ZONE, place="gone"), found, [zone]).sum() == 2


def numbers_of_callers(told):
    """Collect every number in a disclosed dossier that counts callers at a place."""
    yield told["callers"]
    for kind in ("members", "neighbours"):
        yield from (place[2] for place in told[kind]["places"])
    yield from (count for _, count in told["estates"]["named"])
    for row in (told["sensitivity"] or {"cells": []})["cells"]:
        yield from (cell["observed"] for cell in row if cell is not None)
    yield from (one["callers"] for one in told["history"] if one["callers"] is not None)
    yield from (one["callers"] for one in told["similar"]["rows"])


ROWS = st.lists(st.tuples(st.floats(0, 30), st.floats(0, 6), st.integers(0, 20)), max_size=60)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(0, 12), st.integers(0, 9))
def test_no_place_of_fewer_than_five_callers_leaves(rows, callers, grown):
    days, km, who = zip(*[(0.0, 0.0, 99), *rows], strict=True)
    found = reports([NOW_US - int(d * DAY_US) for d in days], km=km, caller=who)
    inside = tuple(
        ("demo", f"T-{n}")
        for n, (d, r) in enumerate(zip(days, km, strict=True))
        if d < 0.25 and r <= 0.5
    )
    said = cluster(callers=callers, members=inside)
    lines = [line(callers=grown)]
    others = similar(said, [cluster(id="c-0", callers=grown)], {})
    told = disclosed(made(found, said, lines, similar=others), 5)
    json.dumps(told)
    if callers < 5:
        assert told == summary(said, callers, 5)
        return
    assert all(number == 0 or number >= 5 for number in numbers_of_callers(told))
    for kind in ("members", "neighbours"):
        shown = sum(place[2] for place in told[kind]["places"])
        assert shown + told[kind]["withheld"] <= len(set(who))


def test_a_cluster_of_too_few_tells_category_and_district_alone():
    told = summary(cluster(callers=4, coverage=(Coverage("nanshan", 1.0),)), 4, 5)
    assert set(told) == {
        "id", "category", "district", "phase", "living", "withheld", "into", "ended",
    }  # fmt: skip
    assert told["withheld"]


def test_growth_compares_this_hour_with_the_one_six_hours_ago():
    ago_min = [380, 100, 50, 40, 30, 5]
    told = growth(np.array([NOW_US - m * 60_000_000 for m in ago_min]), NOW_US)
    assert (told.now_per_h, told.before_per_h) == (4, 1)
    assert told.doubling_h == pytest.approx(45 / 60)
    assert growth(np.array([], np.int64), NOW_US).doubling_h is None
    long_ago = np.array([NOW_US - h * HOUR_US for h in (30, 20, 12, 9)])
    assert growth(long_ago, NOW_US).doubling_h is None


def test_alike_is_the_same_category_near_by_or_in_the_same_zone():
    said = cluster(coverage=(Coverage("nanshan", 0.9),))
    near = cluster(id="near", latitude=CENTRE[0] + 0.03)
    far = cluster(id="far", latitude=CENTRE[0] + 0.3)
    zoned = cluster(id="zoned", latitude=CENTRE[0] + 0.3, coverage=(Coverage("nanshan", 0.6),))
    other = cluster(id="other", category="noise")
    merged = cluster(id="merged", into="c-1")
    older = cluster(id="older", start_us=NOW_US - 90 * DAY_US)
    found = like(said, [older, near, far, zoned, other, merged, said])
    assert [one.id for one, _, _ in found] == ["near", "zoned", "older"]
    told = similar(said, [near], {"near": [line(callers=30)]})
    assert told[0].callers == 30
    assert told[0].distance_km == pytest.approx(3.33, abs=0.02)
