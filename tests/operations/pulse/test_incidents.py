"""What a picture tells of open incidents: coded values alone, drills in no figure, bounded."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import orjson
import pytest

from operations.pulse import incidents as module
from operations.pulse.city import City
from operations.pulse.incidents import MOST_FULL, MOST_PARTIES, MOST_ROWS
from operations.pulse.picture import LARGEST_BYTES, Draughtsman, Names
from operations.pulse.windows import from_us
from operations.response.closing import Day, around
from operations.response.incident import Kind
from operations.response.standing import Full, OpenIncidents, link_names
from tests.builders import fact
from tests.incidents import MINUTE_US, T0_US, WATER, Scene

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "picture.schema.json").read_text("utf-8"))
NAMES = Names(
    {"water_yellow": ("自来水发黄", "Yellow water")},
    {"370602": ("芝罘区", "Zhifu"), "370681": ("龙口市", "Longkou")},
    {"water_company": ("市水务集团", "Water Group"), "health": ("市卫健委", "Health"),
     "housing": ("市住建局", "Housing")},
    {},
)  # fmt: skip
HOUR_US = 60 * MINUTE_US
ZONE = ZoneInfo("Asia/Shanghai")


def told_of(*scenes, days=(), full=True):
    """Give what is known of some scenes, as the worker's follower gives it."""
    briefs = tuple(one for scene in scenes for one in scene.book.briefs([scene.id]))
    held = {scene.id: Full(scene.whole, tuple(days)) for scene in scenes if full}
    return OpenIncidents(briefs, held, (60, 120, 240, 1440), 3, link_names([WATER]))


def city_at(now_us, **of):
    city = City(ZONE, now=from_us(now_us - HOUR_US))
    city.fold((), [fact(external_id="T-1", created_us=now_us - HOUR_US, **of)])
    return city


def section(told, *, after_us=HOUR_US, scope="city", of=None):
    drawer = Draughtsman(NAMES, least_callers=5)
    drawer.incidents = told
    city = city_at(T0_US + after_us, **(of or {}))
    picture = drawer.make(scope, city, now=from_us(T0_US + after_us), seq=1)
    plain = orjson.loads(drawer.encode(picture))
    errors = jsonschema.Draft202012Validator(SCHEMA).iter_errors(plain)
    assert [f"{one.json_path}: {one.message[:200]}" for one in errors] == []
    return plain["sections"]["incidents"]


def data_of(*scenes, **more):
    days = more.pop("days", ())
    return section(told_of(*scenes, days=days), **more)["data"]


@pytest.fixture
def scene():
    made = Scene(severity=2)
    made.act("summon", party="health")
    made.act("give", title="采样", owner="health", within_min=30)
    return made


def test_nobody_tells_of_incidents_until_they_were_read():
    drawer = Draughtsman(NAMES, least_callers=5)
    picture = drawer.make("city", city_at(T0_US), now=from_us(T0_US), seq=1)
    assert picture["sections"]["incidents"]["state"] == "off"
    assert section(OpenIncidents())["data"]["rows"] == []


def test_a_row_tells_what_where_who_leads_since_when_and_what_is_due(scene):
    data = data_of(scene)
    (row,) = data["rows"]
    assert (data["open"], data["late"]) == (1, 1)
    assert (row["number"], row["name_zh"], row["district_en"]) == (
        "SJ-2026-0001", "自来水发黄", "Zhifu",
    )  # fmt: skip
    assert (row["lead"], row["lead_zh"], row["state"], row["severity"]) == (
        "water_company", "市水务集团", "watching", 2,
    )  # fmt: skip
    assert (row["late"], row["due_of"]) == (1, "report"), "the task is late, the report is not"
    assert row["due"] > row["late_since"]


def test_a_report_that_is_late_says_since_when(scene):
    (row,) = data_of(scene, after_us=3 * HOUR_US)["rows"]
    assert row["report_late_since"] == from_us(T0_US + 2 * HOUR_US).isoformat()
    assert row["due"] is None


def test_the_chain_stands_in_order_with_the_link_where_it_begins(scene):
    scene.on(Kind.LINK, 3, "fail")
    scene.on(Kind.LINK, 2, "suspect")
    scene.on(Kind.LINK, 2, "fail")
    scene.act("find", link=2, text="余氯低", quantity="余氯", value=0.02, unit="mg/L")
    scene.act("plan", link=2, title="冲洗", owner="water_company", within_min=60)
    links = data_of(scene)["rows"][0]["whole"]["links"]
    assert [(one["name_zh"], one["state"], one["first"]) for one in links] == [
        ("源头", "unknown", False), ("管道", "failing", True), ("居民家中", "failing", False),
    ]  # fmt: skip
    assert (links[1]["findings"], links[1]["measures"]) == (1, 1)


def test_parties_say_whether_they_came_and_how_their_tasks_stand(scene):
    scene.on(Kind.PARTY, 1, "check_in")
    parties = data_of(scene)["rows"][0]["whole"]["parties"]
    assert [(one["code"], one["state"], one["lead"]) for one in parties] == [
        ("water_company", "present", True), ("health", "summoned", False),
    ]  # fmt: skip
    assert parties[1]["tasks"] == {"open": 1, "late": 1, "done": 0}


def test_who_has_a_task_and_was_not_called_is_there_too(scene):
    scene.act("give", title="入户", owner="housing", within_min=600)
    parties = data_of(scene)["rows"][0]["whole"]["parties"]
    assert ("housing", None) in [(one["code"], one["state"]) for one in parties]


def test_the_series_marks_the_opening_and_measures_by_their_days(scene):
    opened = from_us(T0_US).astimezone(ZONE).date()
    today = opened + timedelta(days=2)
    counts = {opened: 40, opened + timedelta(days=1): 12, today: 3}
    scene.act("plan", link=2, title="冲洗", owner="water_company", within_min=60)
    scene.on(Kind.MEASURE, 1, "begin")
    series = data_of(scene, days=around(counts, opened, today), after_us=48 * HOUR_US)["rows"][0][
        "whole"
    ]["series"]
    assert len(series["days"]) == 13
    assert series["days"][series["opened"]][0] == 40
    assert series["days"][-1] == [3, 0.0, 1.0]
    assert series["marks"] == [{"day": series["opened"], "began": 1, "done": 0}]
    assert series["back_d"] == 0


def test_today_is_not_over_and_does_not_count_as_back(scene):
    opened = from_us(T0_US).astimezone(ZONE).date()
    counts = {opened: 40} | {opened + timedelta(days=one): 0 for one in (1, 2, 3)}
    days = around(counts, opened, opened + timedelta(days=3))
    series = data_of(scene, days=days, after_us=72 * HOUR_US)["rows"][0]["whole"]["series"]
    assert series["back_d"] == 2
    silent = around({opened: 40}, opened, opened + timedelta(days=3))
    series = data_of(scene, days=silent, after_us=72 * HOUR_US)["rows"][0]["whole"]["series"]
    assert (series["back_d"], series["days"][-2][0]) == (0, None), "nothing came to the city"


TYPED = [
    "标题手写的字", "任务手写的字", "记录手写的字", "环节手写的字", "单位手写的字", "发现手写的字",
    "措施手写的字", "决定手写的字", "报告手写的字", "缘由手写的字", "人名手写的字", "效果手写的字",
    "责任人手写", "区市手写的字", "改名手写的字",
]  # fmt: skip


def full_of_words():
    """Make an incident in which everything that can be typed is."""
    scene = Scene(severity=1)
    scene.act("retitle", title=TYPED[0])
    scene.act("give", title=TYPED[1], owner="health", within_min=30)
    scene.act("note", text=TYPED[2])
    scene.act("add_link", name=TYPED[3], owner=TYPED[12])
    scene.act("summon", party=TYPED[4], task=TYPED[1], reason=TYPED[9])
    scene.act("find", link=1, text=TYPED[5], quantity=TYPED[5], value=1.0, unit="字")
    scene.act("plan", link=1, title=TYPED[6], owner="health", within_min=9, effect=TYPED[11])
    scene.act("decide", text=TYPED[7], basis=TYPED[7])
    scene.act("report", situation=TYPED[8], done=TYPED[8], next=TYPED[8], needs=TYPED[8])
    scene.on(Kind.LINK, 1, "fail", reason=TYPED[9])
    scene.act("appoint", role="commander", person=TYPED[10])
    scene.on(Kind.LINK, 2, "edit_link", name=TYPED[14], owner=TYPED[12])
    return scene


def test_nothing_typed_leaves_before_it_is_released_and_then_that_alone():
    scene = full_of_words()
    text = orjson.dumps(data_of(scene)).decode()
    assert [one for one in TYPED if one in text] == []
    links = json.loads(text)["rows"][0]["whole"]["links"]
    assert [one["name_zh"] for one in links] == ["源头", "", "居民家中", ""]
    assert [one["owner"] for one in links] == [None] * 4
    scene.act("release", released=TYPED[0])
    text = orjson.dumps(data_of(scene)).decode()
    assert [one for one in TYPED if one in text] == [TYPED[0]]
    assert json.loads(text)["rows"][0]["released"] == TYPED[0]
    scene.act("release", released="")
    assert TYPED[0] not in orjson.dumps(data_of(scene)).decode()


def test_a_partner_whose_name_was_released_stands_by_it_as_party_and_as_owner():
    scene = full_of_words()
    scene.act("summon", party="plant", reason="不在名册")
    scene.act("summon", party=TYPED[14], reason="不在名册")
    scene.act("add_link", name=TYPED[3], owner="plant")
    held = told_of(scene)
    names = {"plant": ("净水厂", "Waterworks"), "other": ("热源厂", "Heat plant")}
    for partners, shown in (({}, ""), (names, "净水厂")):
        data = section(replace(held, partners=partners))["data"]
        whole = data["rows"][0]["whole"]
        assert [one["name_zh"] for one in whole["parties"]].count("净水厂") == bool(shown)
        assert (whole["links"][-1]["owner"], whole["links"][-1]["owner_zh"]) == (None, shown)
        text = orjson.dumps(data).decode()
        assert [one for one in [*TYPED, "热源厂", '"plant"'] if one in text] == []
    assert next(one for one in whole["parties"] if one["name_zh"] == "净水厂") == {
        "code": None, "name_zh": "净水厂", "name_en": "Waterworks", "state": "summoned",
        "lead": False, "tasks": {"open": 0, "late": 0, "done": 0},
    }  # fmt: skip


def test_a_department_is_never_named_as_a_partner(scene):
    held = replace(told_of(scene), partners={"health": ("别的名字", "Another name")})
    assert "别的名字" not in orjson.dumps(section(held)).decode()


def test_a_place_nobody_knows_is_not_told():
    scene = Scene()
    told = told_of(scene)
    head = replace(told.briefs[0].head, district=TYPED[13])
    odd = replace(told, briefs=(replace(told.briefs[0], head=head),))
    assert TYPED[13] not in orjson.dumps(section(odd)).decode()


def test_a_drill_is_shown_last_and_counted_in_no_figure(scene):
    drill = Scene(severity=1, exercise=True, name="sj-drill")
    drill.act("give", title="采样", owner="health", within_min=1)
    alone, both = data_of(scene), data_of(scene, drill)
    assert [row["exercise"] for row in both["rows"]] == [False, True]
    figures = ("open", "late", "left_out")
    assert [both[one] for one in figures] == [alone[one] for one in figures] == [1, 1, 0]
    only = data_of(drill)
    assert [only[one] for one in figures] == [0, 0, 0]
    assert only["rows"][0]["late"] == 1, "the drill itself says what is late in it"


def test_many_incidents_are_told_in_brief_and_the_rest_counted():
    scenes = [Scene(name=f"sj-{n:03d}", severity=1 + n % 4) for n in range(60)]
    for one in scenes[:20]:
        for number in range(40):
            one.act("summon", party=f"外部单位第{number}号", reason="不在名册")
    told = told_of(*sorted(scenes, key=lambda one: (one.head.severity, one.id)))
    data = section(told)["data"]
    assert len(data["rows"]) == MOST_ROWS
    assert (data["left_out"], data["open"]) == (60 - MOST_ROWS, 60)
    assert [row["whole"] is not None for row in data["rows"]] == [
        place < MOST_FULL for place in range(MOST_ROWS)
    ]
    grave = next(row["whole"] for row in data["rows"] if row["whole"]["parties_left_out"])
    assert (len(grave["parties"]), grave["parties_left_out"]) == (MOST_PARTIES, 41 - MOST_PARTIES)
    assert len(orjson.dumps(data)) < LARGEST_BYTES // 2


def test_a_district_sees_its_own_and_a_department_what_it_takes_part_in(scene):
    other = Scene(name="sj-other", lead="housing")
    told = told_of(scene, other)
    assert (
        len(section(told, scope="district-370602", of={"district": "370602"})["data"]["rows"]) == 2
    )
    assert section(told, scope="district-370681", of={"district": "370681"})["data"]["rows"] == []
    health = section(told, scope="department-health", of={"department": "health"})["data"]
    assert [row["id"] for row in health["rows"]] == [scene.id]
    unseen = section(told, scope="department-nobody")["data"]
    assert unseen["rows"] == []


def test_a_section_is_drawn_again_only_when_something_changed_or_became_late(scene, monkeypatch):
    drawn = []
    whole = module.incidents
    monkeypatch.setattr(module, "incidents", lambda *all_: drawn.append(1) or whole(*all_))
    drawer, city = Draughtsman(NAMES, least_callers=5), city_at(T0_US)
    drawer.incidents = told_of(scene)

    def late_at(minute):
        now = from_us(T0_US + minute * MINUTE_US)
        picture = drawer.make("city", city, now=now, seq=minute)
        return picture["sections"]["incidents"]["data"]["rows"][0]["late"], len(drawn)

    assert [late_at(minute) for minute in (5, 6, 20)] == [(0, 1)] * 3
    assert late_at(40) == (1, 2), "the task became late by itself"
    assert late_at(41) == (1, 2)
    drawer.incidents = told_of(scene)
    assert late_at(42) == (1, 3)


def test_days_around_the_opening_are_bounded():
    opened = date(2026, 6, 1)
    days = around({opened + timedelta(days=90): 0}, opened, opened + timedelta(days=90))
    assert len(days) == 28
    assert days[-1] == Day(opened + timedelta(days=90), 0, 0.0, 1.0)
