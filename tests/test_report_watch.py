"""A situation report that is late is an alarm, until it is given; never that of a drill."""

from typing import Any

import pytest

from operations.errors import Unreachable
from operations.pulse.alarm import AlarmState, Cause, Severity
from operations.pulse.alarm_actions import acknowledge
from operations.pulse.alarm_words import says
from operations.pulse.alarms import Alarms
from operations.pulse.view import Names
from report_watch import ReportWatch
from tests.escalation import Climbing
from tests.incidents import MINUTE_US, T0_US
from tests.test_vigil import House as Watched

REPORT = {"situation": "一", "done": "二", "next": "三", "needs": "四"}
SECOND_US = 1_000_000


class House:
    """Alarms over one incident's reports, looked at at a minute of the scene."""

    def __init__(self, **more: Any) -> None:
        self.scene = Climbing(**more)
        self.watch = ReportWatch(self.scene.escalation.late_reports)
        self.alarms = Alarms()

    def look(self, minute: int) -> list[str]:
        now_us = T0_US + minute * MINUTE_US
        self.watch.look(now_us)
        _, lines = self.alarms.look(self.watch.signals(), now_us)
        return [line.step.value for line in lines]


def test_it_is_raised_when_late_acknowledged_and_cleared_by_the_report() -> None:
    house = House(severity=1)
    assert house.look(59) == []
    assert house.look(60) == ["raised"]
    (alarm,) = house.alarms.standing()
    assert (alarm.severity, alarm.district, alarm.since_us) == (
        Severity.HIGH, "370602", T0_US + 60 * MINUTE_US
    )  # fmt: skip
    now_us = T0_US + 61 * MINUTE_US
    after, _ = acknowledge(alarm, actor="王", verified=True, now_us=now_us)
    house.alarms.adopt([after])
    assert house.look(62) == []
    house.scene.minute = 62
    house.scene.act("report", **REPORT)
    assert house.look(63) == ["cleared"], "at once, without a hold"
    assert house.alarms.standing() == []


def test_a_drill_raises_none() -> None:
    house = House(exercise=True)
    assert house.look(5000) == []


def test_it_ends_with_the_incident() -> None:
    house = House(severity=4)
    house.look(1440)
    (alarm,) = house.alarms.standing()
    assert (alarm.severity, alarm.state) == (Severity.MEDIUM, AlarmState.RAISED)
    for act in ("assess", "respond", "control"):
        house.scene.act(act)
    house.scene.act("close", baseline_d=3)
    assert house.look(1441) == ["cleared"]


def test_each_incident_is_an_alarm_of_its_own_by_its_number() -> None:
    house = House(severity=1)
    Climbing(house.scene.book, house.scene.escalation, severity=1)
    house.look(60)
    reasons = [alarm.reasons[0] for alarm in house.alarms.standing()]
    assert sorted(one.subject for one in reasons) == ["SJ-2026-0001", "SJ-2026-0002"]
    assert {one.cause for one in reasons} == {Cause.REPORT}
    first = next(one for one in reasons if one.subject.endswith("1"))
    assert says(first, Names({}, {}, {}, {})) == (
        "事件 SJ-2026-0001 情况报告迟报", "SJ-2026-0001: situation report late"
    )  # fmt: skip


def test_what_was_known_stands_while_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(severity=1)
    house.look(60)

    def away(*_: Any, **__: Any) -> Any:
        raise Unreachable("the database is away")

    monkeypatch.setattr(house.watch, "_late", away)
    assert house.look(61) == []
    assert len(house.watch.signals()) == 1


def test_it_is_asked_every_few_seconds_and_no_oftener() -> None:
    asked: list[int] = []

    def late(now_us: int, *, most: int) -> list[Any]:
        asked.append(now_us)
        return [][:most]

    watch = ReportWatch(late)
    for second in range(11):
        watch.look(second * SECOND_US)
    assert asked == [0, 5 * SECOND_US, 10 * SECOND_US]


def test_the_watch_of_the_city_takes_it_among_its_alarms() -> None:
    house, scene = Watched().begun(), Climbing(severity=1)
    house.vigil._reports = ReportWatch(scene.escalation.late_reports)
    house.look()  # this house's clock is days ahead of the scene
    (alarm,) = house.book.living()[1]
    assert alarm.reasons[0].cause is Cause.REPORT
