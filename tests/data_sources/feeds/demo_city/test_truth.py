"""The file of truth: every scene once, whatever happened to the file or the process."""

import json

import pytest

from data_sources.feeds.demo_city.chronicle import Chronicle
from data_sources.feeds.demo_city.scenes import Scene
from data_sources.feeds.demo_city.truth import FILE, Truth
from tests.data_sources.feeds.demo_city.conftest import NOW

SCENE = Scene("2026-11-24-request-0", "yellow_water", "request", int(NOW.timestamp()), 300_000)


@pytest.fixture
def planted(demo, tmp_path):
    Truth(tmp_path).plant(demo, SCENE, demo.play(SCENE), NOW)
    return tmp_path / FILE


def lines(path) -> list[dict]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_it_tells_what_was_planted_where_and_when(planted, demo):
    [line] = lines(planted)
    batch = demo.play(SCENE)
    assert line["kind"] == "yellow_water"
    assert line["districts"] == ["370681"]
    assert line["zone"] == "nanshan"
    assert line["start"] == NOW.isoformat()
    assert 0 < line["radius_km"] < 8
    assert [one["external_id"] for one in line["tickets"]] == [
        batch.external_id(n) for n in range(len(batch))
    ]
    assert {"water_yellow"} < {one["category"] for one in line["tickets"]}
    record = demo.states(batch, [0], NOW.replace(hour=23))[0]
    assert line["tickets"][0]["external_id"] == record["external_id"]


def test_a_scene_is_written_once(planted, demo):
    Truth(planted.parent).plant(demo, SCENE, demo.play(SCENE), NOW)
    assert len(lines(planted)) == 1


def test_what_was_asked_for_is_remembered(planted):
    assert Truth(planted.parent).asked_for() == [SCENE]


def test_a_line_broken_off_by_a_power_cut_costs_no_other(planted, demo):
    with planted.open("a") as file:
        file.write('{"id": "2026-11-24-requ')
    again = Truth(planted.parent)
    other = Scene("2026-11-24-request-1", "lodging", "request", SCENE.start, 310_000)
    again.plant(demo, other, demo.play(other), NOW)
    assert Truth(planted.parent).asked_for() == [SCENE, other]


def test_a_day_taken_up_again_plants_nothing_twice(demo, tmp_path):
    for _ in range(2):
        chronicle = Chronicle(demo, Truth(tmp_path))
        chronicle.open_day(NOW.date(), told_until=None, now=NOW)
    written = lines(tmp_path / FILE)
    assert len({line["id"] for line in written}) == len(written)
    assert len(written) == len(demo.scenes_of_day(NOW.date()))
