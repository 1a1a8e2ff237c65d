"""What a screen may know of clusters and alarms, and in what order."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import orjson
import pytest

from operations.detection.cluster import Coverage, Extent, Phase
from operations.pulse.alarm import AlarmState, Cause, Reason, Seen, Severity
from operations.pulse.city import City
from operations.pulse.gathered import Gathered, Told, alarms, clusters
from operations.pulse.picture import Draughtsman, Names
from operations.pulse.rows import DEPARTMENT, DISTRICT
from operations.pulse.view import UNSEEN, View
from operations.pulse.volumes import Scope
from tests.builders import LONGKOU, NOW, NOW_US, fact
from tests.watched import CLUSTER, HOUR_US, alarm, cluster, evidence

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "picture.schema.json").read_text("utf-8"))
NAMES = Names(
    {"water_quality": ("自来水发黄", "Yellow water")},
    {LONGKOU: ("龙口市", "Longkou")},
    {},
    {"370681001": ("东莱街道", "Donglai")},
    {"longkou_waterworks": ("龙口水厂", "Longkou waterworks")},
)
HOURS = (*[0] * 20, 1, 2, 3, 6)


def a_city() -> City:
    city = City(ZoneInfo("Asia/Shanghai"), now=NOW)
    city.fold((), [fact(), fact(external_id="2", district="yantai", department="water")])
    return city


def view(scope: str = "city") -> View:
    city = a_city()
    found = city.scope(scope) or Scope(DISTRICT, UNSEEN)
    return View(city, found, NAMES, 5)


def told(severity: Severity | None = Severity.CRITICAL, **changes: Any) -> Told:
    seen = {name: changes.pop(name) for name in list(changes) if name in ("id", "phase")}
    return Told(cluster(evidence=evidence(**changes), **seen), HOURS, severity)


def only(*all_told: Told, **changes: Any) -> Any:
    found = clusters(view(), Gathered(clusters=all_told, **changes))
    (row,) = found["rows"]
    return row


def test_a_cluster_is_told_with_all_that_a_person_can_check() -> None:
    row = only(told(), alarms=(alarm(),))
    assert row == {
        "id": "c-1",
        "category": "water_quality",
        "name_zh": "自来水发黄",
        "name_en": "Yellow water",
        "district": LONGKOU,
        "district_zh": "龙口市",
        "district_en": "Longkou",
        "place_zh": "东莱街道",
        "place_en": "Donglai",
        "extent": "circle",
        "latitude": 37.6461,
        "longitude": 120.4778,
        "radius_km": 0.5,
        "zones": [
            {
                "code": "longkou_waterworks",
                "name_zh": "龙口水厂",
                "name_en": "Longkou waterworks",
                "share": 0.75,
            }
        ],
        "callers": 12,
        "tickets": 15,
        "expected": 0.9,
        "since": "2026-11-23T23:00:00+00:00",
        "newest": "2026-11-24T01:59:00+00:00",
        "p": 1e-5,
        "recurrence_d": 400.0,
        "basis": "gumbel",
        "phase": "growing",
        "hours": list(HOURS),
        "bulk": False,
        "severity": "critical",
        "alarm": alarm().id,
        "alarm_state": "raised",
    }


@pytest.mark.parametrize("extent", list(Extent))
def test_too_few_callers_show_no_place(extent: Extent) -> None:
    row = only(told(callers=4, extent=extent, place="longkou_waterworks"))
    assert (row["latitude"], row["longitude"], row["radius_km"]) == (None, None, None)
    assert (row["place_zh"], row["place_en"], row["zones"]) == ("", "", [])
    assert "waterworks" not in json.dumps(row)
    assert "370681001" not in json.dumps(row)
    assert row["district"] == LONGKOU


def test_no_member_and_no_caller_leaves_for_a_screen() -> None:
    assert "T-1" not in json.dumps(only(told()))


def test_a_zone_says_where_it_is_when_most_callers_lie_in_it() -> None:
    inside = told(coverage=(Coverage("longkou_waterworks", 0.8),))
    assert only(inside)["place_en"] == "Longkou waterworks"
    found = told(extent=Extent.ZONE, place="longkou_waterworks", coverage=())
    assert only(found)["place_en"] == "Longkou waterworks"
    assert only(told(town=None, coverage=()))["place_zh"] == ""


def test_what_nobody_has_named_goes_by_its_code() -> None:
    odd = Told(cluster(category="<b>|供水/1", evidence=evidence(district="x")), HOURS, None)
    row = only(odd)
    assert (row["name_zh"], row["district_en"]) == ("<b>|供水/1", "x")
    assert row["severity"] is None
    nowhere = only(told(district=None))
    assert (nowhere["district"], nowhere["district_zh"]) == (None, "")


def test_beyond_a_century_a_recurrence_says_no_more() -> None:
    assert only(told(recurrence_d=1e9))["recurrence_d"] == 36_500


def test_the_most_pressing_come_first() -> None:
    shown = (
        told(None, id="c-5"),
        told(Severity.MEDIUM, id="c-4", statistic=90.0),
        told(Severity.HIGH, id="c-3", statistic=10.0),
        told(Severity.HIGH, id="c-2", statistic=20.0),
        told(Severity.CRITICAL, id="c-1", statistic=5.0),
    )
    rows = clusters(view(), Gathered(clusters=shown))["rows"]
    assert [row["id"] for row in rows] == ["c-1", "c-2", "c-3", "c-4", "c-5"]


def test_what_does_not_fit_is_counted() -> None:
    many = tuple(told(id=f"c-{number}") for number in range(33))
    found = clusters(view(), Gathered(clusters=many))
    assert (len(found["rows"]), found["left_out"]) == (30, 3)


def test_the_budget_and_the_data_s_quality_are_told() -> None:
    bulk = told(None, id="c-2", bulk=True, tickets=40)
    gathered = Gathered(
        (told(), bulk), alerts_per_week=2.0, ready=3, wanted=7, fallback=1 / 3, unplaced=0.1, late=4
    )
    found = clusters(view(), gathered)
    assert found["budget"] == {"false_alarms_per_week": 2.0, "categories": 7}
    assert found["quality"] == {
        "fallback_share": 0.3333, "no_place_share": 0.1, "bulk_today": 40, "late_feeds": 4,
        "watching": True, "ready": 3, "wanted": 7,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("scope", "shown"),
    [
        ("city", ["here", "there", "all over"]),
        (f"district-{LONGKOU}", ["here"]),
        ("district-yantai", ["there"]),
        ("district-nowhere", []),
        ("department-water", []),
    ],
)
def test_a_scope_sees_its_own(scope: str, shown: list[str]) -> None:
    where = {"here": LONGKOU, "there": "yantai", "all over": None}
    gathered = Gathered(
        tuple(told(id=name, district=code) for name, code in where.items()),
        tuple(alarm(id=name, district=code) for name, code in where.items()),
    )
    looked = view(scope)
    if scope == "department-water":
        assert looked.scope.kind == DEPARTMENT
    assert {row["id"] for row in clusters(looked, gathered)["rows"]} == set(shown)
    assert {row["id"] for row in alarms(looked, gathered)["rows"]} == set(shown)


def test_alarms_come_as_they_press_and_raised_ones_are_counted() -> None:
    standing = (
        alarm(id="a-1"),
        alarm(id="a-2", flooded=True, announced_us=None),
        alarm(
            id="a-3", state=AlarmState.SHELVED, shelved_until_us=NOW_US + HOUR_US, actor="王某某"
        ),
        alarm(id="a-4", category=None, district=None, reasons=(Reason(Cause.DISTRICT, "x"),)),
    )
    found = alarms(view(), Gathered(alarms=standing))
    assert [row["id"] for row in found["rows"]] == ["a-1", "a-2", "a-3", "a-4"]
    assert found["raised"] == 2
    assert found["rows"][2]["shelved_until"] == "2026-11-24T03:00:00+00:00"
    assert found["rows"][3]["reasons"] == [
        {"cause": "district", "subject": "x", "says_zh": "x 远超常量",
         "says_en": "x: far above usual", "tickets": None, "bound": None}
    ]  # fmt: skip
    assert found["rows"][3]["name_zh"] == ""
    assert "王某某" not in json.dumps(found, ensure_ascii=False)


def test_a_count_far_above_is_told_in_words_with_what_it_is_now() -> None:
    raised = Seen("2026-11-24", 252, 251)
    reason = Reason(Cause.CATEGORY, "water_quality", raised)
    standing = alarm(district=None, reasons=(reason,))
    now = {reason: Seen("2026-11-24", 312, 251)}
    (row,) = alarms(view(), Gathered(alarms=(standing,), seen=now))["rows"]
    (told_reason,) = row["reasons"]
    assert told_reason["says_zh"] == "全市 自来水发黄 今日 312 件，上限 251"
    assert told_reason["says_en"] == "Yellow water, whole city: 312 today, bound 251"
    (row,) = alarms(view(), Gathered(alarms=(standing,)))["rows"]
    assert (row["reasons"][0]["tickets"], row["reasons"][0]["bound"]) == (252, 251)


def test_a_list_that_is_too_long_is_told_with_who_has_most_to_the_city_alone() -> None:
    raised = Seen("2026-11-24", 160, 150, (("longkou_waterworks", 40),))
    reason = Reason(Cause.LOOSE_END, "orphans", raised)
    standing = alarm(category=None, district=None, reasons=(reason,))
    now = {reason: Seen("2026-11-24", 213, 150, (("water", 90),))}
    (row,) = alarms(view(), Gathered(alarms=(standing,), seen=now))["rows"]
    assert row["reasons"] == [
        {"cause": "loose_end", "subject": "orphans", "says_zh": "悬空 213 件，上限 150；water 90",
         "says_en": "Orphans: 213, bound 150; water 90", "tickets": 213, "bound": 150}
    ]  # fmt: skip
    for scope in (f"district-{LONGKOU}", "department-water"):
        assert alarms(view(scope), Gathered(alarms=(standing,)))["rows"] == []


def test_a_cluster_of_an_alarm_of_several_is_linked_to_it() -> None:
    both = alarm(reasons=(Reason(Cause.CATEGORY, "c-1"), CLUSTER), state=AlarmState.ACKNOWLEDGED)
    assert only(told(), alarms=(both,))["alarm_state"] == "acknowledged"
    other = alarm(reasons=(Reason(Cause.CATEGORY, "c-1"),))
    assert only(told(), alarms=(other,))["alarm"] is None


@pytest.mark.parametrize("scope", ["city", f"district-{LONGKOU}", "department-water"])
@pytest.mark.parametrize("gathered", [None, Gathered(), "much"])
def test_pictures_with_what_is_gathered_keep_to_the_schema(scope: str, gathered: Any) -> None:
    if gathered == "much":
        counted = alarm(
            id="a-3", reasons=(Reason(Cause.DEPARTMENT, "w", Seen("2026-11-23", 9, 5)),)
        )
        too_long = alarm(
            id="a-4", category=None, district=None,
            reasons=(Reason(Cause.LOOSE_END, "repeats", Seen("2026-11-24", 9, 5, (("w", 4),))),),
        )  # fmt: skip
        few = told(None, id="c-2", callers=3, phase=Phase.QUIETENING, bulk=True)
        city_wide = told(id="c-3", extent=Extent.CITY, district=None, town=None, coverage=())
        gathered = Gathered(
            (told(), few, city_wide), (alarm(), alarm(id="a-2", flooded=True), counted, too_long)
        )
    drawer = Draughtsman(NAMES, least_callers=5)
    drawer.gathered = gathered
    made = orjson.loads(drawer.encode(drawer.make(scope, a_city(), now=NOW, seq=1)))
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(made)
    assert [f"{one.json_path}: {one.message[:200]}" for one in errors] == []
    state = "off" if gathered is None else "fresh"
    assert {made["sections"][name]["state"] for name in ("clusters", "alarms")} == {state}
