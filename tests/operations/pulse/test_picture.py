"""Every picture keeps to the schema, stays small, and draws each section in its turn."""

import json
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import h3
import jsonschema
import orjson
import pytest

from operations.pulse.city import City
from operations.pulse.picture import LARGEST_BYTES, SECTIONS, VERSION, Draughtsman, Names
from tests.builders import NOW, NOW_US, fact

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "picture.schema.json").read_text("utf-8"))
HOUR_US = 3_600_000_000
NAMES = Names({"water": ("供水", "Water")}, {"370681": ("龙口市", "Longkou")}, {}, {})


def drawer(**changes):
    return Draughtsman(NAMES, least_callers=changes.pop("least_callers", 2), **changes)


def new_city():
    return City(ZoneInfo("Asia/Shanghai"), now=NOW)


def held_to_schema(picture):
    plain = orjson.loads(drawer().encode(picture))
    validator = jsonschema.Draft202012Validator(SCHEMA)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(plain)]
    assert errors == []
    return plain


def busy_city():
    """Make a city with two weeks of tickets and a flood of them in the last hour."""
    cells = [h3.str_to_int(cell) for cell in h3.grid_disk(h3.latlng_to_cell(37.6, 120.4, 7), 3)]
    tickets = [
        fact(
            external_id=f"T-{place}",
            created_us=NOW_US - place * HOUR_US // 3,
            category="water" if place % 3 else "road",
            town="north",
            department=("roads", "water-works", None)[place % 3],
            status="closed" if place % 2 else "handling",
            closed_us=NOW_US - place * HOUR_US // 4 if place % 2 else None,
            due_us=NOW_US - (place % 50) * HOUR_US,
            called_back_us=NOW_US - HOUR_US,
            satisfied=True,
            resolved=False,
            cell=cells[place % len(cells)],
            caller=f"caller-{place}",
        )
        for place in range(1000)
    ]
    flood = [
        fact(external_id=f"F-{one}", created_us=NOW_US - one, category="flood") for one in range(90)
    ]
    city = new_city()
    city.fold((), tickets + flood)
    return city


def worst_city():
    """Make a city of more names, longer names and more cells than any picture can hold."""
    cells = [h3.str_to_int(cell) for cell in h3.grid_disk(h3.latlng_to_cell(37.6, 120.4, 7), 30)]
    tickets = [
        fact(
            external_id=f"T-{place}",
            created_us=NOW_US - place,
            category=f"category-{place % 300}-" + "长" * 60,
            district=f"district-{place % 90}-" + "名" * 60,
            town=f"town-{place % 400}-" + "镇" * 60,
            department=f"department-{place % 110}-" + "局" * 60,
            channel=f"channel-{place % 40}",
            due_us=NOW_US - place * 1000,
            cell=cells[place % len(cells)],
            caller=f"caller-{place}",
        )
        for place in range(30_000)
    ]
    city = new_city()
    city.fold((), tickets)
    return city


@pytest.mark.parametrize(
    "scope", ["city", "district-370681", "department-roads", "district-nobody-knows"]
)
def test_pictures_keep_to_the_schema(scope):
    for city in (new_city(), busy_city()):
        picture = held_to_schema(drawer().make(scope, city, now=NOW, seq=7))
        assert tuple(picture["sections"]) == SECTIONS
        assert (picture["version"], picture["scope"], picture["seq"]) == (VERSION, scope, 7)


def test_schema_refuses_what_is_not_in_it():
    picture = drawer().make("city", new_city(), now=NOW, seq=1)
    picture["sections"]["totals"]["data"]["caller"] = "x"
    validator = jsonschema.Draft202012Validator(SCHEMA)
    assert not validator.is_valid(orjson.loads(orjson.dumps(picture)))


def test_worst_city_still_fits():
    city = worst_city()
    scopes = ["city", *sorted(city.scopes())[:3]]
    for scope in scopes:
        picture = drawer().make(scope, city, now=NOW, seq=1)
        data = drawer().encode(picture)
        assert len(data) <= LARGEST_BYTES
        held_to_schema(picture)
    shown = orjson.loads(drawer().encode(drawer().make("city", city, now=NOW, seq=1)))["sections"]
    towns = shown["towns"]["data"]
    assert len(towns["rows"]) + towns["left_out"] >= 400
    cells = shown["cells"]["data"]
    total = sum(cell[3] for cell in cells["cells"]) + cells["unplaced"] + cells["withheld"]
    assert total == shown["totals"]["data"]["open_now"] == 30_000


def test_nothing_of_a_caller_leaves():
    city = busy_city()
    for scope in city.scopes():
        data = drawer().encode(drawer().make(scope, city, now=NOW, seq=1))
        assert b"caller-" not in data
        assert b"T-1" not in data


def test_sections_are_drawn_in_their_turn():
    city, pen = busy_city(), drawer()
    first = pen.make("city", city, now=NOW, seq=1000)["sections"]
    city.fold((), [fact(external_id="new", created_us=NOW_US)])
    soon = pen.make("city", city, now=NOW + timedelta(seconds=0.3), seq=1300)["sections"]
    assert soon["totals"]["data"]["opened_today"] == first["totals"]["data"]["opened_today"] + 1
    assert soon["districts"] == first["districts"]
    later = pen.make("city", city, now=NOW + timedelta(seconds=1), seq=2000)["sections"]
    assert later["districts"]["as_of"] == later["totals"]["as_of"] > first["districts"]["as_of"]


def test_a_quiet_scope_still_begins_a_new_day():
    city, pen = new_city(), drawer()
    city.fold((), [fact(department="roads", status="closed", closed_us=NOW_US, town="north")])

    def rows(now, seq):
        sections = pen.make("city", city, now=now, seq=seq)["sections"]
        return [sections[name]["data"]["rows"] for name in ("departments", "towns", "channels")]

    before = rows(NOW, 1000)
    assert rows(NOW + timedelta(seconds=1), 2000) == before
    assert (before[0][0]["closed_today"], len(before[1]), len(before[2])) == (1, 1, 1)
    after = rows(NOW.replace(hour=16), 3000)  # midnight in Yantai
    assert (after[0][0]["closed_today"], after[1], after[2]) == (0, [], [])


def test_fresh_draws_everything_at_one_moment():
    city, pen = busy_city(), drawer()
    pen.make("city", city, now=NOW, seq=1000)
    picture = pen.make("city", city, now=NOW + timedelta(seconds=0.3), seq=1300, fresh=True)
    assert {section["as_of"] for section in picture["sections"].values()} == {picture["as_of"]}


def test_names_are_told_and_unknown_codes_stand_for_themselves():
    rows = drawer().make("city", busy_city(), now=NOW, seq=1)["sections"]
    named = {row["code"]: row["name_zh"] for row in rows["categories"]["data"]["rows"]}
    assert (named["water"], named["road"]) == ("供水", "road")
    assert rows["recent"]["data"]["rows"][0]["district_en"] == "Longkou"


def test_volume_has_the_hour_behind_every_five_minutes():
    city = new_city()
    city.fold(
        (), [fact(external_id=str(m), created_us=NOW_US - m * 60_000_000) for m in range(100)]
    )
    data = drawer().make("city", city, now=NOW, seq=1)["sections"]["volume"]["data"]
    assert len(data["trailing"]) == 10 * 12 + 1  # ten in the morning, and the stretch now running
    assert data["trailing"][-1] == 56  # 09:05 to 10:00
    assert data["trailing"][-2] == 60
    assert sum(data["five_minutes"]) == 100
    assert data["band"]["hours"] == list(range(25))
    assert data["band"]["mid"] == [None] * 25


def test_department_week_counts_local_days():
    city = new_city()
    noon_us = NOW_US + 2 * HOUR_US
    days = [
        fact(
            external_id=f"{back}-{one}",
            created_us=noon_us - back * 24 * HOUR_US,
            department="roads",
        )
        for back in range(1, 9)
        for one in range(back)
    ]
    city.fold((), days)
    row = drawer().make("city", city, now=NOW, seq=1)["sections"]["departments"]["data"]["rows"][0]
    assert row["week"] == [6, 5, 4, 3, 2, 1, 0]
