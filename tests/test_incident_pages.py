"""Incidents from the running server: opened, acted on, followed; by whom, and what is told."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import flask
import pytest

from api.incident_live import SWEEP_S
from data_sources.connect import Sources
from incident_pages import SCRIPTS, SHEETS
from operations.people.person import Ring
from operations.people.roles import Role
from operations.ports import Watched
from operations.pulse.alarm import Cause, Reason
from operations.pulse.windows import to_us
from operations.response.incident import Kind
from settings import read_settings
from tests.builders import NOW, ticket
from tests.incidents import key
from tests.people import PROOFS
from tests.system import page_asked
from tests.test_leading import client_of
from tests.watched import alarm, cluster, evidence
from webserver import create_app, now

LONGKOU = "370681"
CENTRE = frozenset({Role.CENTRE_STAFF})
HANDLER = frozenset({Role.DEPARTMENT_HANDLER})
REPORT = {"situation": "黄水", "done": "采样", "next": "冲洗", "needs": "水车"}


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(
        read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts="on")
    )
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    members = tuple(("demo", f"T-{number}") for number in range(3))
    made.ledger.store([ticket(external_id=one[1]) for one in members], clock=NOW)
    found = cluster(
        id="c-1", category="water_yellow", members=members, evidence=evidence(district=LONGKOU)
    )
    made.watchbook.keep(Watched(clusters=(found,), alarms=(alarm(id="a-1", district=LONGKOU),)))
    yield made
    made.close()


@pytest.fixture
def server(sources: Sources) -> Iterator[flask.Flask]:
    made = create_app(sources)
    made.extensions["incidents"].start()
    yield made
    made.extensions["incidents"].stop()


@pytest.fixture
def staff(server: flask.Flask, sources: Sources) -> Any:
    return client_of(server, sources, login="wang", roles=CENTRE)


def opened(client: Any, asked: str = "cluster=c-1", **given: Any) -> Any:
    said = {"title": "黄水", "lead": "water_company", "severity": "2", "chain": "water"} | given
    body = {"act": "open", "key": key(), "given": said}
    return client.post(f"/api/v1/incidents?{asked}", json=body)


def act(client: Any, incident: str, name: str, *, where: str = "acts", **more: Any) -> Any:
    version = more.pop("version", 0)
    number, reason, sent = more.pop("number", 0), more.pop("reason", ""), more.pop("key", key())
    body = {"act": name, "key": sent, "number": number, "version": version, "reason": reason,
            "given": more, "lang": "zh"}  # fmt: skip
    return client.post(f"/api/v1/incidents/{incident}/{where}", json=body)


@pytest.fixture
def incident(staff: Any) -> str:
    answer = opened(staff)
    assert answer.status_code == 200, answer.json
    return str(answer.json["incident"])


def test_from_a_cluster_it_has_its_matter_its_place_its_tickets_and_its_chain(
    staff: Any, incident: str
) -> None:
    told = staff.get(f"/api/v1/incidents/{incident}").json
    head = told["head"]
    assert (head["category"], head["district"], head["cluster"]) == ("water_yellow", LONGKOU, "c-1")
    assert told["tickets"] == 3
    links = [one["body"]["name_zh"] for one in told["parts"] if one["kind"] == "link"]
    assert links == ["源头", "管道", "小区管网", "居民家中"]


def test_of_the_same_cluster_there_is_one_and_the_second_is_led_to_it(
    staff: Any, incident: str
) -> None:
    answer = opened(staff)
    assert (answer.status_code, answer.json["incident"]) == (409, incident)
    assert "SJ-" in answer.json["told"]


def test_the_form_is_filled_with_what_the_cluster_tells(
    staff: Any, server: flask.Flask, sources: Sources
) -> None:
    page = staff.get("/incidents?cluster=c-1&lang=zh").get_data(as_text=True)
    assert "<details" in page
    assert "c-1" in re.findall(r'data-origin="([^"]*)"', page)[0]
    filled = re.findall(r'data-fill="([^"]*)"', page)[0]
    assert "龙口市自来水发黄" in filled
    assert "water" in filled
    health = client_of(server, sources, login="sun", roles=HANDLER, department="health")
    other = health.get("/incidents?cluster=c-1&lang=zh").get_data(as_text=True)
    assert "龙口市自来水发黄" not in other, "who may not open one is told nothing of it"


def test_by_hand_from_an_alarm_or_from_a_ticket(staff: Any, sources: Sources) -> None:
    for asked, district in (
        (f"district={LONGKOU}", LONGKOU), ("alarm=a-1", LONGKOU), ("", None),
        ("source=demo&external_id=T-1", ticket().district),
    ):  # fmt: skip
        answer = opened(staff, asked)
        assert answer.status_code == 200, answer.json
        head = sources.incident_book.head(answer.json["incident"])
        assert head is not None
        assert head.district == district, asked


@pytest.mark.parametrize(
    ("asked", "field", "cure"),
    [
        ("cluster=c-1&alarm=a-1", "origin", "one only"),
        (f"alarm=a-1&district={LONGKOU}", "origin", "one only"),
        ("cluster=c-1&external_id=T-1", "origin", "one only"),
        ("cluster=nonsense", "cluster", "/clusters"),
        ("alarm=nonsense", "alarm", "/clusters"),
        ("district=atlantis", "district", "whole city"),
    ],
)
def test_an_origin_is_one_thing_that_is_there(
    staff: Any, sources: Sources, asked: str, field: str, cure: str
) -> None:
    answer = opened(staff, asked)
    assert answer.status_code == 400
    assert answer.json["error"]["field"] == field
    assert cure in answer.json["error"]["reason"]
    assert sources.incident_book.board(0, living=True, most=10) == []
    assert staff.get(f"/incidents?lang=zh&{asked}").status_code == 200


def test_the_page_is_whole_before_any_script_has_run(staff: Any, incident: str) -> None:
    act(staff, incident, "give", title="<b>采样</b>", owner="health", within_min=30)
    for language, said in (("zh", "时间线"), ("en", "Timeline")):
        answer = staff.get(f"/incidents/{incident}?lang={language}")
        page = answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
        assert said in page
        assert "&lt;b&gt;采样" in page
        assert 'data-slot="task-1"' in page
    assert staff.get("/incidents/sj-nowhere").status_code == 404


def test_the_board_tells_where_each_stands(staff: Any, incident: str) -> None:
    opened(staff, "cluster=c-1", exercise="1", title="演习")
    board = staff.get("/api/v1/incidents").json["incidents"]
    told = {(one["title"], one["exercise"], one["state"]) for one in board}
    assert told == {("演习", True, "watching"), ("黄水", False, "watching")}
    page = staff.get("/incidents?lang=en").get_data(as_text=True)
    assert page.index("黄水") < page.index("演习"), "drills last"
    assert "DRILL" in page[page.index("演习") :]
    assert 'Watching<span class="inc-count">1</span>' in page, "no number counts a drill"
    assert staff.get("/api/v1/incidents?ended=1").json["incidents"] == []
    assert "No incident is open" in staff.get("/incidents?ended=1&lang=en").get_data(as_text=True)


def test_an_act_is_done_once_and_told_to_who_asks_what_changed(staff: Any, incident: str) -> None:
    sent = key()
    first = act(staff, incident, "note", text="一", key=sent)
    again = act(staff, incident, "note", text="一", key=sent)
    assert first.json["seq"] == again.json["seq"] == 2
    changes = staff.get(f"/api/v1/incidents/{incident}/changes?since=1&lang=en").json
    assert (changes["seq"], list(changes["lines"])) == (2, ["line-2"])
    assert set(changes["slots"]) == {"head", "stages", "lessons"}
    assert staff.get(f"/api/v1/incidents/{incident}/changes?since=2").json["slots"] == {}


def test_the_head_knows_when_each_open_task_is_due_after_every_act(
    staff: Any, sources: Sources, incident: str
) -> None:
    act(staff, incident, "give", title="采样", owner="health", within_min=60)
    due_us = sources.incident_book.whole(incident).parts[Kind.TASK, 1].due_us
    changes = staff.get(f"/api/v1/incidents/{incident}/changes?since=1&lang=zh").json
    assert f'"data-dues-us": "{due_us}"' in json.dumps(changes["slots"]["head"])
    act(staff, incident, "acknowledge", number=1, version=1)
    act(staff, incident, "finish", number=1, version=2, told="已采")
    changes = staff.get(f"/api/v1/incidents/{incident}/changes?since=2&lang=zh").json
    assert "data-dues-us" not in json.dumps(changes["slots"]["head"])


def test_a_key_opens_one_incident_and_nothing_else_under_its_name(staff: Any) -> None:
    said = {"title": "黄水", "lead": "water_company", "severity": "2"}
    body = {"act": "open", "key": key(), "given": said}
    first, again = (staff.post("/api/v1/incidents", json=body) for _ in range(2))
    assert first.json["incident"] == again.json["incident"]
    for other in (body | {"given": said | {"title": "停水"}},
                  body | {"given": said | {"exercise": True}}):  # fmt: skip
        refused = staff.post("/api/v1/incidents", json=other)
        assert (refused.status_code, refused.json["error"]["field"]) == (409, "key")
    assert len(staff.get("/api/v1/incidents").json["incidents"]) == 1


def test_the_second_of_two_is_told_who_came_first_and_with_what(staff: Any, incident: str) -> None:
    assert act(staff, incident, "hand_over", lead="health", version=1).json["done"]
    late = act(staff, incident, "hand_over", lead="housing", version=1)
    assert late.status_code == 409
    assert late.json["version"] == 2
    assert "移交牵头" in late.json["told"]
    assert "wang" in late.json["told"]


def test_what_changed_nothing_of_it_is_not_told_as_what_came_first(
    staff: Any, server: flask.Flask, sources: Sources, incident: str
) -> None:
    seen = sources.incident_book.head(incident)
    assert seen is not None
    assert act(staff, incident, "assess", version=seen.version).json["done"]
    sources.ledger.store([ticket(external_id="T-9")], clock=NOW)
    sources.incident_book.join(incident, [("demo", "T-9")], by="cluster", at_us=to_us(now()))
    sun = client_of(server, sources, login="sun", roles=CENTRE)
    assert act(sun, incident, "take_out", ticket="demo/T-9", reason="另一件事").json["done"]
    for number in range(60):
        assert act(sun, incident, "note", text=f"第 {number} 条记录").json["done"]
    late = act(staff, incident, "grade", severity=1, version=seen.version)
    assert late.status_code == 409
    assert "研判" in late.json["told"]
    assert "wang" in late.json["told"]
    assert "记录" not in late.json["told"]


def test_what_is_lacking_is_said_in_words(staff: Any, incident: str) -> None:
    refused = {
        "clear": "缺少证据", "relapse": "不能这样做", "report": "情况",
    }  # fmt: skip
    for name, said in refused.items():
        answer = act(staff, incident, name, number=1, version=1)
        assert answer.status_code == 409
        assert said in answer.json["told"], name
    assert act(staff, incident, "release", text="x").status_code == 400


def test_the_whole_way_from_opening_to_the_review(staff: Any, sources: Sources, server: flask.Flask,
                                                  incident: str) -> None:  # fmt: skip
    other = client_of(server, sources, login="zhao", roles=CENTRE)
    steps: list[tuple[Any, str, dict[str, Any]]] = [
        (staff, "summon", {"party": "health", "task": "采样"}),
        (staff, "check_in", {"number": 2, "version": 1}),
        (staff, "find", {"link": 1, "text": "出厂水", "quantity": "浊度", "value": 0.3,
                         "unit": "NTU", "limit": 1}),
        (staff, "clear", {"number": 1, "version": 1}),
        (staff, "fail", {"number": 2, "version": 1}),
        (staff, "plan", {"title": "末端冲洗", "owner": "water_company", "link": 2,
                         "within_min": "60"}),
        (staff, "begin", {"number": 1, "version": 1}),
        (staff, "complete", {"number": 1, "version": 2}),
        (staff, "appoint", {"role": "commander", "person": "王"}),
        (staff, "decide", {"text": "停用旧管"}),
        (staff, "report", REPORT),
        (staff, "assess", {"version": 1}),
        (staff, "respond", {"version": 2}),
        (staff, "control", {"version": 3}),
        (staff, "ask_close", {"version": 4, "reason": "水质三日正常"}),
        (other, "confirm_close", {"version": 5}),
        (staff, "learn", {"text": "旧管先查"}),
        (staff, "follow_up", {"title": "改造旧管", "owner": "health", "within_min": "43200",
                              "lesson": "1"}),
        (staff, "review", {"version": 6}),
    ]  # fmt: skip
    for client, name, given in steps:
        answer = act(client, incident, name, **given)
        assert answer.json.get("done"), (name, answer.json)
        page = client.get(f"/incidents/{incident}?lang=zh")
        assert page.status_code == 200, name
    head = sources.incident_book.head(incident)
    assert head is not None
    assert head.state == "reviewed"
    assert incident in json.dumps(staff.get("/api/v1/incidents?ended=1").json)
    told = re.sub(r"\s", "", staff.get("/incidents?lang=zh").get_data(as_text=True))
    assert "结束之后仍要做的" in told
    for board in (told, json.dumps(staff.get("/api/v1/incidents").json, ensure_ascii=False)):
        assert board.count("改造旧管") == 1, "on the page, and when it is drawn anew"
    act(staff, incident, "withdraw", number=1, version=1, reason="并入年度改造")
    assert "改造旧管" not in json.dumps(staff.get("/api/v1/incidents").json, ensure_ascii=False)


def ended_with(staff: Any, other: Any, sources: Sources, district: str, *titles: str) -> None:
    """Close an incident of a district, and leave tasks behind."""
    made = opened(staff, f"district={district}").json["incident"]
    for title in titles:
        act(staff, made, "give", title=title, owner="water_company", within_min=60)
    for name in ("assess", "respond", "control", "ask_close", "confirm_close"):
        head = sources.incident_book.head(made)
        assert head is not None
        by = other if name == "confirm_close" else staff
        assert act(by, made, name, version=head.version, reason="水质正常").json["done"]


def test_who_sees_one_district_sees_its_tasks_behind_any_number_of_others(
    staff: Any, server: flask.Flask, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callbacks.attending.A_PAGE", 2)
    other = client_of(server, sources, login="li", roles=CENTRE)
    ended_with(staff, other, sources, LONGKOU, *(f"龙口{number}" for number in range(5)))
    ended_with(staff, other, sources, "370602", "芝罘的")
    zhifu = client_of(server, sources, login="zhao", roles=CENTRE, ring=Ring.COUNTY, place="370602")
    told = zhifu.get("/incidents?lang=zh").get_data(as_text=True)
    assert ("芝罘的" in told, "龙口0" in told) == (True, False)
    city = staff.get("/incidents?lang=zh").get_data(as_text=True)
    assert all(f"龙口{number}" in city for number in range(5))


def test_who_sees_one_district_sees_its_incidents_behind_any_number_of_others(
    staff: Any, server: flask.Flask, sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("callbacks.incidents.MOST_ROWS", 2)
    monkeypatch.setattr("callbacks.attending.A_PAGE", 2)
    other = client_of(server, sources, login="li", roles=CENTRE)
    ended_with(staff, other, sources, "370602")
    for _ in range(4):
        ended_with(staff, other, sources, LONGKOU)
    zhifu = client_of(server, sources, login="zhao", roles=CENTRE, ring=Ring.COUNTY, place="370602")
    assert len(zhifu.get("/api/v1/incidents?ended=1").json["incidents"]) == 1
    assert len(staff.get("/api/v1/incidents?ended=1").json["incidents"]) == 2


def of_the_city(sources: Sources, days: list[datetime]) -> None:
    """Have one ticket of another matter come on each of some days."""
    sources.ledger.store(
        [ticket(external_id=f"C-{n}", category="noise", created_at=at, updated_at=at)
         for n, at in enumerate(days)],
        clock=max(days),
    )  # fmt: skip


def test_days_since_the_opening_stand_against_what_is_usual_with_the_measures(
    staff: Any, sources: Sources, server: flask.Flask, incident: str
) -> None:
    act(staff, incident, "plan", title="末端冲洗", owner="water_company", within_min=60)
    act(staff, incident, "begin", number=1, version=1)
    changes = f"/api/v1/incidents/{incident}/changes?since=1&lang=en"
    assert "first whole day" in json.dumps(staff.get(changes).json["slots"]["series"])
    live = server.extensions["incidents"]
    later = now() + timedelta(days=3)
    live._draw.__self__._desk = replace(live._draw.__self__._desk, now=lambda: later)
    silent = json.dumps(staff.get(changes).json["slots"]["series"], ensure_ascii=False)
    assert "3 whole days since the opening, 0 above the baseline; the last 0 within it" in silent
    assert "3 unknown, not counted: no ticket came to the city" in silent
    assert silent.count('["unknown: no ticket in the city"]') == 3
    of_the_city(sources, [later - timedelta(days=one) for one in (1, 2, 3)])
    drawn = json.dumps(staff.get(changes).json["slots"]["series"], ensure_ascii=False)
    assert "unknown" not in drawn
    assert drawn.count('["at the baseline"]') == 3 + 1, "each day, and the key of the drawing"
    assert drawn.count("末端冲洗 (Begin)") == 2
    assert '["td", {}, ["0.0"]]' in drawn
    assert "3 whole days since the opening, 0 above the baseline; the last 3 within it" in drawn


def test_one_opened_by_hand_has_days_once_its_category_is_told(
    staff: Any, sources: Sources, server: flask.Flask
) -> None:
    by_hand = f"district={LONGKOU}"
    told = opened(staff, by_hand, category="water_yellow").json["incident"]
    for asked, category in ((by_hand, "nonsense"), ("cluster=c-1", "noise")):
        wrong = opened(staff, asked, category=category)
        assert (wrong.status_code, wrong.json["error"]["field"]) == (409, "category")
        assert "请从列表中选择" in wrong.json["told"]
    bare = opened(staff, by_hand).json["incident"]
    page = staff.get(f"/incidents/{bare}?lang=en").get_data(as_text=True)
    assert "Correct the category" in page
    assert '<option value="water_yellow">' in page
    act(staff, bare, "plan", title="末端冲洗", owner="water_company", within_min=60)
    act(staff, bare, "begin", number=1, version=1)
    act(staff, bare, "complete", number=1, version=2)
    pages = server.extensions["incidents"]._draw.__self__
    later = now() + timedelta(days=3)
    pages._desk = replace(pages._desk, now=lambda: later)
    for incident, days in ((told, 3), (bare, 0)):
        assert len(staff.get(f"/api/v1/incidents/{incident}").json["days"]) == days
    since = sources.incident_book.head(bare).seq  # type: ignore[union-attr]
    for category, reason in (("nonsense", "看错了"), ("water_yellow", "")):
        late = act(staff, bare, "classify", category=category, reason=reason, version=1)
        assert (late.status_code, late.json["done"]) == (409, False)
    done = act(staff, bare, "classify", category="water_yellow", reason="来电都说水黄", version=1)
    assert done.json["done"], done.json
    whole = staff.get(f"/api/v1/incidents/{bare}").json
    assert whole["head"]["category"] == "water_yellow"
    assert (len(whole["days"]), len(whole["effects"])) == (3, 1)
    changes = staff.get(f"/api/v1/incidents/{bare}/changes?since={since}&lang=zh").json
    assert {"series", "chain", "head", "lessons"} <= set(changes["slots"])
    assert "自来水发黄" in json.dumps(changes["slots"]["head"], ensure_ascii=False)
    line = json.dumps(changes["lines"], ensure_ascii=False)
    for word in ("更正类别", "自来水发黄", "来电都说水黄"):
        assert word in line, word


def test_the_form_asks_for_a_category_where_the_origin_tells_none(staff: Any) -> None:
    for query, asks in (
        ("", True),
        ("&cluster=c-1", False),
        ("&source=demo&external_id=T-1", False),
    ):
        page = staff.get(f"/incidents?lang=zh{query}").get_data(as_text=True)
        assert ('data-field="category"' in page) is asks, query


def test_on_another_day_all_of_it_is_drawn_anew_though_nobody_acted(
    staff: Any, sources: Sources, server: flask.Flask, incident: str
) -> None:
    for name in ("assess", "respond", "control"):
        version = staff.get(f"/api/v1/incidents/{incident}").json["head"]["version"]
        assert act(staff, incident, name, version=version).json["done"]
    act(staff, incident, "give", title="入户采样", owner="health", within_min=60)
    changes = f"/api/v1/incidents/{incident}/changes?lang=en&since="
    before = staff.get(f"{changes}0").json
    assert "0 days at the baseline" in json.dumps(before["slots"]["stages"])
    live = server.extensions["incidents"]
    later = now() + timedelta(days=2)
    of_the_city(sources, [later - timedelta(days=one) for one in (1, 2)])
    live._draw.__self__._desk = replace(live._draw.__self__._desk, now=lambda: later)
    assert staff.get(f"{changes}{before['seq']}").json["slots"] == {}
    after = staff.get(f"{changes}0").json
    assert "2 days at the baseline" in json.dumps(after["slots"]["stages"])
    page = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert set(re.findall(r'data-slot="([^"]+)"', page)) == {*after["slots"], *after["lines"]}
    assert str(before["lines"]) != str(after["lines"]), "what was today is told with its day"
    assert after["seq"] == before["seq"]


def test_the_effect_of_a_measure_stands_at_it_in_the_review_and_for_programs(
    staff: Any, sources: Sources, server: flask.Flask, incident: str
) -> None:
    head = sources.incident_book.head(incident)
    assert head is not None
    began = now()
    for days, count in ((-1, 9), (1, 2), (2, 1), (3, 2), (-2, 8), (-3, 9)):
        at = began + timedelta(days=days)
        came = [
            ticket(external_id=f"E{days}-{one}", category="water_yellow", district=LONGKOU,
                   created_at=at, updated_at=at)
            for one in range(count)
        ]  # fmt: skip
        sources.ledger.store(came, clock=at)
    for title in ("末端冲洗", "换滤料"):
        act(staff, incident, "plan", title=title, owner="water_company", within_min=60)
    act(staff, incident, "begin", number=1, version=1)
    live = server.extensions["incidents"]
    early = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert "Too early to tell: after 3 whole days (0 so far)" in early
    later = began + timedelta(days=4)
    live._draw.__self__._desk = replace(live._draw.__self__._desk, now=lambda: later)
    page = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert "Complaints −81 % (95 % interval −94 % to −49 %)" in page
    assert "26 on 3 days before, 5 on 3 days after · measured by days" in page
    told = staff.get(f"/api/v1/incidents/{incident}").json
    [effect] = told["effects"]
    assert (effect["number"], effect["verdict"], effect["others"]) == (1, "fewer", [])
    assert [effect[name]["count"] for name in ("before", "after")] == [26, 5]
    assert 0.05 < effect["low"] < effect["ratio"] < effect["high"] < 0.52
    assert [one["count"] for one in told["days"]] == [None, 2, 1, 2]
    live._draw.__self__._desk = replace(live._draw.__self__._desk, now=lambda: began)
    act(staff, incident, "begin", number=2, version=1)
    live._draw.__self__._desk = replace(live._draw.__self__._desk, now=lambda: later)
    both = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert "Other measures at the same time: 换滤料." in both
    for number, step in enumerate(("assess", "respond", "control"), start=1):
        assert act(staff, incident, step, version=number).json["done"]
    assert "Effect of the measures" not in both
    act(staff, incident, "ask_close", version=4, reason="水质三日正常")
    other = client_of(server, sources, login="zhao", roles=CENTRE)
    assert act(other, incident, "confirm_close", version=5).json["done"]
    closed = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert "Effect of the measures" in closed


def test_a_ticket_is_taken_out_with_a_reason(staff: Any, sources: Sources, incident: str) -> None:
    assert not act(staff, incident, "take_out", ticket="demo/T-1").json["done"]
    assert act(staff, incident, "take_out", ticket="demo/T-1", reason="不是一回事").json["done"]
    assert sources.incident_book.count_tickets(incident) == 2
    changes = staff.get(f"/api/v1/incidents/{incident}/changes?since=1&lang=en").json
    assert "taken out" in json.dumps(changes["slots"]["tickets"])
    page = staff.get(f"/incidents/{incident}?lang=en").get_data(as_text=True)
    assert "/tickets/demo/T-2?lang=en" in page


def screen(client: Any, path: str) -> str:
    """Give a screen as its callback draws it."""
    answer = client.post("/_dash-update-component", json=page_asked(path, "?lang=zh"))
    assert answer.status_code == 200, path
    return json.dumps(answer.json, ensure_ascii=False)


def test_chosen_tickets_join_and_each_that_does_not_says_why(
    staff: Any, server: flask.Flask, sources: Sources, incident: str
) -> None:
    secret = ticket(external_id="T-secret", confidential=True)
    far = ticket(external_id="T-far", district="370602")
    sources.ledger.store([secret, far, ticket(external_id="T-9")], clock=NOW)
    assert act(staff, incident, "take_in", ticket="demo/T-9").json["done"]
    for name in ("T-9", "T-secret", "T-nobody"):
        answer = act(staff, incident, "take_in", ticket=f"demo/{name}")
        assert (answer.status_code, answer.json["error"]["field"]) == (409, "ticket"), name
        assert "不能归入" in answer.json["told"]
    near = client_of(server, sources, login="zhou", roles=CENTRE, ring="county", place=LONGKOU)
    assert not act(near, incident, "take_in", ticket="demo/T-far").json["done"]
    assert sources.incident_book.count_tickets(incident) == 4
    changes = staff.get(f"/api/v1/incidents/{incident}/changes?since=1&lang=zh").json
    assert "tickets" in changes["slots"]


def test_what_is_chosen_on_the_desk_may_join_or_open(staff: Any, incident: str) -> None:
    asked = "source=demo&external_id=T-0&more=demo/T-1,demo/T-0,demo%252FT-2,nothing"
    page = staff.get(f"/incidents?{asked}&lang=zh").get_data(as_text=True)
    assert "所选工单 3 件" in page
    assert f'<option value="{incident}">' in page
    chosen = re.findall(r'data-tickets="([^"]*)"', page)[0].replace("&quot;", '"')
    assert json.loads(chosen) == ["demo/T-0", "demo/T-1", "demo/T-2"]


def test_a_drill_is_offered_last_and_says_that_it_is_one(staff: Any, incident: str) -> None:
    drill = opened(staff, f"district={LONGKOU}", exercise=True, title="供水演练").json["incident"]
    page = staff.get("/incidents?source=demo&external_id=T-0&lang=zh").get_data(as_text=True)
    offered = re.findall(r'<option value="(sj-[^"]*)">([^<]*)<', page)
    assert [one for one, _ in offered] == [incident, drill]
    assert [name.endswith("· 演练") for _, name in offered] == [False, True]


def test_a_visit_is_sent_from_the_ticket_and_told_there(
    staff: Any, sources: Sources, incident: str
) -> None:
    act(staff, incident, "give", title="入户走访", owner="water_company", within_min=60,
        ticket="demo/T-1")  # fmt: skip
    act(staff, incident, "give", title="采样", owner="health", within_min=60)
    act(staff, incident, "acknowledge", number=1, version=1)
    act(staff, incident, "finish", number=1, version=2, told="水已变清")
    drawn = screen(staff, "/tickets/demo/T-1")
    assert "走访结果：水已变清" in drawn
    assert "采样" not in drawn
    assert f"/incidents/{incident}?visit=demo%2FT-1&lang=zh" in drawn
    assert "/incidents?source=demo&external_id=T-1&lang=zh" in drawn
    sources.ledger.store([ticket(external_id="T-9")], clock=NOW)
    assert "不在任何事件中" in screen(staff, "/tickets/demo/T-9")


@pytest.mark.parametrize("named", ["nowhere/at-all", "demo/T-far", "T-1", "/"])
def test_a_visit_is_to_the_caller_of_a_ticket_that_is_there_for_who_sends_it(
    server: flask.Flask, sources: Sources, incident: str, named: str
) -> None:
    sources.ledger.store([ticket(external_id="T-far", district="370602")], clock=NOW)
    near = client_of(server, sources, login="zhou", roles=CENTRE, ring=Ring.COUNTY, place=LONGKOU)
    answer = act(near, incident, "give", title="走访", owner="health", within_min=60, ticket=named)
    assert (answer.json["done"], answer.json["error"]["field"]) == (False, "ticket")
    held = sources.incident_book.head(incident)
    assert held is not None
    assert held.seq == 1


def test_an_alarm_of_counts_leads_to_an_incident_and_that_of_a_report_to_its_own(
    staff: Any, sources: Sources, incident: str
) -> None:
    head = sources.incident_book.head(incident)
    assert head is not None
    far = (Reason(Cause.CATEGORY, "noise"),)
    late = (Reason(Cause.REPORT, head.number),)
    sources.watchbook.keep(
        Watched(alarms=(alarm(id="a-far", reasons=far), alarm(id="a-late", reasons=late)))
    )
    drawn = screen(staff, "/clusters")
    assert "/incidents?alarm=a-far&lang=zh" in drawn
    assert "/incidents?alarm=a-late" not in drawn
    assert f"事件 {head.number} 情况报告迟报" in drawn
    assert f"/incidents/{incident}?lang=zh" in drawn


def test_a_department_sees_what_it_is_called_to_and_acts_on_its_own(
    staff: Any, server: flask.Flask, sources: Sources, incident: str
) -> None:
    health = client_of(server, sources, login="sun", roles=HANDLER, department="health")
    assert health.get(f"/incidents/{incident}").status_code == 404
    assert health.get("/api/v1/incidents").json["incidents"] == []
    act(staff, incident, "summon", party="health")
    act(staff, incident, "give", title="采样", owner="health", within_min=30)
    act(staff, incident, "give", title="冲洗", owner="water_company", within_min=30)
    assert health.get(f"/incidents/{incident}").status_code == 200
    assert len(health.get("/api/v1/incidents").json["incidents"]) == 1
    own = {"where": "answers/health", "version": 1}
    assert act(health, incident, "check_in", number=2, **own).json["done"]
    assert act(health, incident, "acknowledge", number=1, **own).json["done"]
    assert not act(health, incident, "acknowledge", number=2, **own).json["done"]
    other = act(health, incident, "acknowledge", number=2, where="answers/water_company", version=1)
    assert other.status_code == 404
    assert act(health, incident, "hand_over", lead="health", version=1).status_code == 404
    assert act(health, incident, "release", where="release", version=1).status_code == 404
    assert opened(health).status_code == 403


def test_a_department_of_another_district_sees_what_it_is_called_to(
    staff: Any, server: flask.Flask, sources: Sources
) -> None:
    unit = next(one.code for one in sources.reference.departments if one.district == LONGKOU)
    found = opened(staff, "district=370602").json["incident"]
    there = {"ring": Ring.COUNTY, "place": LONGKOU}
    theirs = client_of(server, sources, login="hu", roles=HANDLER, department=unit, **there)
    office = client_of(server, sources, login="li", roles=CENTRE, department=unit, **there)
    assert theirs.get(f"/incidents/{found}").status_code == 404
    act(staff, found, "summon", party=unit)
    act(staff, found, "give", title="送水", owner=unit, within_min=30)
    assert theirs.get(f"/incidents/{found}").status_code == 200
    assert [one["id"] for one in theirs.get("/api/v1/incidents").json["incidents"]] == [found]
    own = {"where": f"answers/{unit}", "version": 1}
    assert act(theirs, found, "check_in", number=2, **own).json["done"]
    assert act(theirs, found, "acknowledge", number=1, **own).json["done"]
    assert act(theirs, found, "assess").status_code == 404
    assert act(office, found, "assess").status_code == 404, "an office runs what is in its ring"
    assert office.get("/api/v1/incidents").json["incidents"] == []


def test_words_go_to_the_wall_by_who_may_release_them(
    staff: Any, server: flask.Flask, sources: Sources, incident: str
) -> None:
    member = client_of(server, sources, login="li", roles=frozenset({Role.INCIDENT_MEMBER}))
    assert act(member, incident, "note", text="到了").json["done"]
    wanted = {"where": "release", "released": "正在冲洗管网", "version": 1}
    assert act(member, incident, "release", **wanted).status_code == 404
    assert act(staff, incident, "release", **wanted).json["done"]
    head = sources.incident_book.head(incident)
    assert head is not None
    assert head.released == "正在冲洗管网"


def events(client: Any, path: str, most: int) -> Iterator[tuple[str, Any]]:
    """Read events of a stream until there are so many."""
    answer = client.get(path, headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    text = ""
    for part in answer.iter_encoded():
        text += part.decode()
        while "\n\n" in text and most:
            event, _, text = text.partition("\n\n")
            name, _, said = event.partition("\ndata: ")
            yield name.removeprefix("event: "), json.loads(said)
            most -= 1
        if not most:
            break
    answer.close()


def test_an_act_is_on_the_stream_of_others_within_a_second(
    server: flask.Flask, sources: Sources, staff: Any, incident: str
) -> None:
    other = client_of(server, sources, login="zhao", roles=CENTRE)
    told: list[Any] = []
    begun = threading.Event()

    def follow() -> None:
        path = f"/api/v1/incidents/{incident}/live?since=0&lang=en"
        for name, said in events(other, path, 30):
            if name == "beat":
                begun.set()
            elif said["seq"] > 1:
                told.append(said)
                return

    reader = threading.Thread(target=follow)
    reader.start()
    assert begun.wait(30)
    act(staff, incident, "give", title="采样", owner="health", within_min=30)
    reader.join(SWEEP_S / 2)
    assert not reader.is_alive(), "it was not told, but found"
    assert set(told[0]["slots"]) == {"head", "stages", "lessons", "parties", "task-1"}
    assert "line-2" in told[0]["lines"]


def test_a_stream_of_what_is_not_there_has_an_end(staff: Any) -> None:
    assert staff.get("/api/v1/incidents/sj-nowhere/live").status_code == 404
    assert staff.get("/api/v1/incidents/sj-nowhere/lines").status_code == 404


@pytest.mark.parametrize(
    "body",
    [None, [], {"act": 3}, {"act": "note", "key": "k" * 20, "given": []}, {"number": -1},
     {"act": "note", "typed_ms": "now"}, {"act": "x" * 3000}, {"version": 2**60}],
)  # fmt: skip
def test_what_is_no_act_is_refused_with_its_field(staff: Any, incident: str, body: Any) -> None:
    answer = staff.post(f"/api/v1/incidents/{incident}/acts", json=body)
    assert answer.status_code == 400
    assert set(answer.json["error"]) == {"field", "reason"}


def test_every_asset_is_there_and_no_wall_loads_one(staff: Any, incident: str) -> None:
    page = staff.get(f"/incidents/{incident}").get_data(as_text=True)
    assert loaded(staff, page) == [*SHEETS, *SCRIPTS]
    assert sum("incident" in name for name in (*SHEETS, *SCRIPTS)) > 4
    wall = loaded(staff, staff.get("/wall").get_data(as_text=True))
    assert "live.js" in wall
    assert not [name for name in wall if "incident" in name]


def loaded(reader: Any, page: str) -> list[str]:
    """Name the files of ours behind what a page loads."""
    joined = re.findall(r'(?:src|href)="(/assets/joined-[^"]*)"', page)
    texts = [reader.get(one).get_data(as_text=True) for one in joined]
    return [
        name
        for text in texts
        for name in re.findall(r"^/\* ([\w./]+\.(?:js|css)) \*/$", text, re.M)
    ]
