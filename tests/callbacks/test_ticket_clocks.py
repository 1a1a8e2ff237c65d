"""The clocks on a ticket's page, and decisions from it."""

import json
import re
from datetime import date
from typing import Any

import pytest

from callbacks.ticket import anew
from callbacks.ticket_clocks import decided
from data_sources.audit_log import SqlAudit
from data_sources.memory_watchbook import MemoryWatchbook
from operations.calendar import WorkCalendar
from operations.errors import Unreachable
from operations.people.audit import AuditSearch
from operations.people.person import Ring
from operations.people.roles import Role
from operations.ports import Watched
from operations.tickets.changes import Step
from operations.tickets.deadlines import Deadlines
from operations.tickets.reckoning import Reckoner
from operations.tickets.ticket import Status, Urgency
from tests.builders import LONGKOU, NOW, at
from tests.callbacks.test_ticket import PAGE, House
from tests.desk import desk
from tests.rules import RULES, SHANGHAI
from tests.watched import alarm

SENT: dict[str, Any] = {"dispatched_at": NOW, "status": Status.DISPATCHED, "district": LONGKOU}


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    return House(sqlite_engine)


def press(house: House, act: str, *, version: int | None = None, query: str = "", **typed: Any):
    """Press a button as the page does; give what is told, and clocks and history drawn anew."""
    held = house.sources.handling_book.handling("12345", "T/1")
    seen = {"version": held.version if version is None else version}
    values = {"way": None, "reason": None, "days": None, "actor": None} | typed
    told, _ = decided(house.sources, house.desk, act, seen, PAGE, query, **values)
    clocks, _watched, history = anew(house.sources, house.desk, PAGE, query)
    return told, *(
        json.dumps(one.to_plotly_json(), ensure_ascii=False, default=lambda x: x.to_plotly_json())
        for one in (clocks, history)
    )


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ("时限与定责", "常规", "无特别情形", "计时中", "5 个工作日，规则 test/ordinary",
              "测试规则", "2026-12-01 10:00", "时区 Asia/Shanghai, UTC+8")),
        ("?lang=en", ("Clocks and way", "ordinary", "nothing special", "running",
                      "5 working days, rule test/ordinary", "Rules for tests")),
    ],
)  # fmt: skip
def test_every_clock_is_told_with_its_due_time_zone_state_and_rule(house, query, words):
    house.put(**SENT)
    page = house.page(query=query)
    for word in words:
        assert word in page, word


def test_a_due_time_of_the_source_is_told_as_its_own(house):
    house.put(**SENT, due_at=at(9), original_due_at=at(9))
    page = house.page()
    assert "时限由来源系统给定" in page
    assert '"data-clock": "none"' in page, "there is nothing here that may be stopped"


def test_a_card_and_what_is_late_are_told(house):
    house.put(**SENT | {"created_at": at(-400), "dispatched_at": at(-300)})
    page = house.page()
    assert "红牌：逾期" in page
    assert "不合规定：派单超时、签收超时、办结超时" in page


def test_a_decision_is_told_shown_and_stands_in_the_history_with_its_why(house):
    house.put(**SENT)
    told, clocks, history = press(house, "triage", way="hard", reason="三个部门都推", actor="王")
    assert told == "已记录，版本 1。"
    assert "疑难" in clocks
    assert "人工定责：三个部门都推 · 王（未核实），2026-11-24 10:01" in clocks
    assert "2026-12-15 10:00" in clocks, "fifteen working days, at once"
    assert "人工定责为疑难：三个部门都推 · 王（未核实）" in history
    house.ledger.reckon(clock=NOW, most=9)
    page = house.page()
    moved = "时限由 2026-12-01 10:00 改为 2026-12-15 10:00（原因：四维定责）"
    assert moved in page
    assert "定责由常规改为疑难" in page
    (line,) = [one for one in house.ledger.changes("12345", "T/1") if one.step is Step.DUE]
    assert line.why == "triage"


def test_a_pause_an_extension_and_their_taking_back(house):
    house.put(**SENT)
    _, clocks, _ = press(house, "pause", reason="等材料")
    assert '"data-clock": "standing"' in clocks
    assert "暂停期间不计时限" in clocks
    assert press(house, "extend", days="3", reason="难")[0] == "计时已暂停，请先恢复。"
    press(house, "resume")
    told, clocks, _ = press(house, "extend", days="3", reason="难")
    assert told == "已记录，版本 3。"
    assert '"data-extended": "yes"' in clocks
    assert "2026-12-04 10:00" in clocks
    told, clocks, history = press(house, "withdraw_extension")
    assert '"data-extended": "no"' in clocks
    for words in ("暂停计时：等材料", "恢复计时 · 值班员（未核实）", "批准延期 3 个工作日：难"):
        assert words in history


@pytest.mark.parametrize(
    ("act", "typed", "told"),
    [
        ("triage", {"reason": "x"}, "请选择与现在不同的定责类别。"),
        ("triage", {"way": "hard"}, "请填写理由。"),
        ("extend", {"days": "11", "reason": "x"}, "延期须为 1 至 10 个工作日。"),
        ("extend", {"days": "", "reason": "x"}, "延期须为 1 至 10 个工作日。"),
        ("withdraw_triage", {}, "请选择与现在不同的定责类别。"),
        ("withdraw_extension", {}, "没有可撤销的延期。"),
        ("resume", {}, "没有可操作的时限。"),
        ("triage", {"way": "hard", "reason": "x", "actor": "长" * 61}, "请填写操作人。"),
    ],
)
def test_what_is_refused_says_why_and_what_helps(house, act, typed, told):
    house.put(**SENT)
    assert press(house, act, **typed)[0] == told
    assert house.sources.handling_book.handling("12345", "T/1").version == 0


def test_an_extension_is_granted_once(house):
    house.put(**SENT)
    press(house, "extend", days="10", reason="难")
    assert press(house, "extend", days="1", reason="难")[0] == "已延期过一次，规定不允许再延。"


def test_of_two_people_at_once_the_second_is_told_who_came_first(house):
    house.put(**SENT)
    press(house, "triage", way="hard", reason="x", actor="李")
    told, clocks, _ = press(house, "extend", days="3", reason="y", version=0, query="?lang=en")
    assert told.startswith("Not done: since you looked, 李 decided (Way decided: hard).")
    assert json.loads(re.search(r'"data": (\{"version": \d+\})', clocks)[1]) == {"version": 1}


def test_a_word_the_stream_did_not_take_is_told(house, monkeypatch):
    house.put(**SENT)

    def away(_subject: str) -> None:
        raise Unreachable("no server")

    monkeypatch.setattr(house.desk.stream, "append_action", away)
    assert press(house, "triage", way="hard", reason="x")[0] == "已记录；消息服务恢复后各屏会更新。"


def test_an_account_signs_and_the_audit_log_has_the_line(house, sqlite_engine):
    house.put(**SENT)
    house.signed_in(Role.CENTRE_STAFF)
    _, clocks, history = press(house, "triage", way="urgent", reason="有危险", actor="别人")
    assert "王芳 (wang)" in clocks
    assert "别人" not in clocks + history
    (kept,) = SqlAudit(sqlite_engine).find(AuditSearch(act="ticket.triage"), most=9)
    line = getattr(kept, "line", kept)
    assert (line.actor, line.verified, line.subject) == ("王芳 (wang)", True, "12345/T/1")


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.CENTRE_STAFF, True), (Role.SUPERVISOR, True), (Role.LEADER, False)],
)
def test_only_who_may_decide_is_offered_to(house, role, may):
    house.put(**SENT)
    house.signed_in(role)
    page = house.page()
    assert ('"decide": "triage"' in page) is may
    assert ("定责、暂停和延期由中心坐席和督办员决定。" in page) is not may


def test_whoever_may_not_see_a_ticket_decides_nothing(house):
    house.put(**SENT)
    house.signed_in(Role.DEPARTMENT_HANDLER, department="housing")
    seen = {"version": 0}
    typed = {"way": "hard", "reason": "x", "days": None, "actor": None}
    decided(house.sources, house.desk, "triage", seen, PAGE, "", **typed)
    assert house.sources.handling_book.handling("12345", "T/1").version == 0


def test_a_due_time_after_the_calendars_end_is_said(house):
    ends = WorkCalendar(known_until=date(2026, 11, 30))
    house.sources.reference.calendar = ends
    house.sources.reckoner = Reckoner(Deadlines(RULES, ends, SHANGHAI))
    house.put(**SENT)
    assert "时限超出已公布的工作日历（截至 2026-11-30）" in house.page()
    house.sources.reference.calendar = WorkCalendar(known_until=date(2026, 12, 31))
    assert "时限超出" not in house.page()


def test_without_rules_the_way_alone_is_decided(house):
    house.sources.reckoner, house.sources.cards = Reckoner(), None
    house.put(**SENT, urgency=Urgency.URGENT, due_at=at(5))
    page = house.page()
    assert "未启用时限规则" in page
    assert '"decide": "triage"' in page
    assert '"decide": "pause"' not in page


def test_an_alarm_of_its_matter_stands_beside_its_way(house):
    house.put(**SENT)
    house.desk = desk(MemoryWatchbook())
    assert "正在预警" not in house.page()
    house.desk.book.keep(Watched(clusters=(), alarms=(alarm(),)))
    page = house.page()
    assert "这类诉求正在预警" in page
    assert "/clusters/c-1?lang=zh" in page
    assert "紧急，2026-11-24 10:00 起" in page
    assert "建议改为紧急" in page
    told = house.page(query="?lang=en")
    assert "An alarm stands for this matter" in told
    press(house, "triage", way="ordinary", reason="已核实不是同一问题")
    assert "建议改为紧急" not in house.page(), "somebody has decided"
    house.put(**SENT | {"category": "noise", "updated_at": at(1)})
    assert "正在预警" not in house.page()


def test_who_may_not_look_at_clusters_is_told_of_no_alarm(house):
    house.put(**SENT)
    house.signed_in(Role.DEPARTMENT_HANDLER, department="water", ring=Ring.COUNTY, place="370602")
    house.desk.book.keep(Watched(clusters=(), alarms=(alarm(),)))
    assert "正在预警" not in house.page()
