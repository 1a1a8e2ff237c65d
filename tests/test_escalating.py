"""What waits too long is told by the worker, on the incident's page, the board and the leader's."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask
import pytest

from data_sources.connect import Sources
from escalating import MOST_RECKONED, Escalating, escalation_of
from operations.errors import Unreachable
from operations.people.roles import Role
from operations.pulse.windows import from_us
from settings import read_settings
from tests.escalation import Climbing
from tests.incidents import T0_US
from tests.people import PROOFS
from tests.system import page_asked
from tests.test_incident_pages import CENTRE, HANDLER, LONGKOU, act, opened
from tests.test_leading import client_of
from webserver import create_app, now

LEADER, SUPERVISOR = frozenset({Role.LEADER}), frozenset({Role.SUPERVISOR})
T0 = from_us(T0_US)


class House:
    """A worker's part over a scene in memory, with a hand on what it asks and whom it rings."""

    def __init__(self) -> None:
        self.scene, self.rung = Climbing(), []
        self.scene.only_task()
        self.part = Escalating(self.scene.escalation, lambda *said: self.rung.append(said))

    def look(self, minute: int) -> list[str]:
        seen = self.scene.head.seq
        self.part.look(T0 + timedelta(minutes=minute))
        found = self.scene.book.changes(self.scene.id, seen, most=99).lines
        return [line.detail for line in found]


def test_a_look_fires_what_is_due_and_tells_the_screens() -> None:
    house = House()
    assert house.look(32) == [
        "unacknowledged 1 lead water_company", "unacknowledged 2 commander water_company"
    ]  # fmt: skip
    assert house.rung == [(house.scene.id, 4), (house.scene.id, 5)]
    assert house.look(32) == []


def test_a_restart_tells_nothing_twice() -> None:
    house = House()
    house.look(32)
    house.part = Escalating(house.scene.escalation, lambda *_: None)
    assert house.look(33) == []
    assert house.look(62)[0] == "unacknowledged 3 leader"


def test_screens_that_cannot_be_told_stop_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()

    def away(_incident: str, _seq: int) -> None:
        raise Unreachable("Redis is away")

    monkeypatch.setattr(house.part, "_ring", away)
    assert len(house.look(32)) == 2


def test_a_database_that_is_away_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()

    def away(_now_us: int, *, most: int) -> Any:
        raise Unreachable(f"the database is away, {most}")

    with monkeypatch.context() as patched:
        patched.setattr(house.scene.escalation, "due", away)
        assert house.look(32) == []
    assert len(house.look(32)) == 2


def test_one_that_cannot_be_written_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    house.scene.act("give", title="冲洗", owner="housing", within_min=60)
    fire = house.scene.escalation.fire

    def broken(seen: Any, now_us: int) -> Any:
        if seen.number == 1:
            raise KeyError("body")
        return fire(seen, now_us)

    monkeypatch.setattr(house.scene.escalation, "fire", broken)
    assert house.look(3) == ["unacknowledged 1 lead water_company"]


def test_at_a_start_what_is_open_is_reckoned_a_few_at_a_look(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house, reckoned = House(), []
    many = [f"sj-{number}" for number in range(MOST_RECKONED + 2)]
    monkeypatch.setattr(house.scene.escalation, "living", lambda: list(many))
    monkeypatch.setattr(house.scene.escalation, "reckon", reckoned.append)
    for seen in (MOST_RECKONED, len(many), len(many)):
        house.look(1)
        assert reckoned == many[:seen]


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(
        read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts="on")
    )
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    yield made
    made.close()


@pytest.fixture
def server(sources: Sources) -> flask.Flask:
    return create_app(sources)


def drawn(client: Any, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_what_climbed_is_on_the_page_the_board_and_the_leader_s(
    server: flask.Flask, sources: Sources
) -> None:
    staff = client_of(server, sources, login="wang", roles=CENTRE)
    leader = client_of(server, sources, login="qian", roles=LEADER)
    incident = opened(staff, f"district={LONGKOU}", severity="1").json["incident"]
    opened(staff, f"district={LONGKOU}", severity="1", exercise="1")
    act(staff, incident, "give", title="采样<b>", owner="health", within_min=30)
    assert "升级" not in drawn(staff, f"/incidents/{incident}?lang=zh")
    assert "已升级到领导" not in drawn(leader, "/leader?lang=zh")
    escalation_of(sources).look(now() + timedelta(hours=3))
    page = drawn(staff, f"/incidents/{incident}?lang=zh")
    assert page.count("已升级至领导") == 3, "the head, the task and the party"
    assert "采样&lt;b&gt; · 任务未签收 · 第 1 级 → 牵头单位 " in page
    assert "升级 4" in drawn(staff, "/incidents?lang=zh"), "the report, the party, the task twice"
    waits = drawn(leader, "/leader?lang=zh")
    assert waits.count("已升级到领导 · ") == 4
    assert f"/incidents/{incident}?lang=zh" in waits
    assert "采样" not in waits
    assert "YL-" not in waits, "drills wait for nobody"
    other = client_of(server, sources, login="zhao", roles=LEADER, ring="county", place="370602")
    assert "已升级到领导" not in drawn(other, "/leader/district-370602?lang=zh")


def owed(client: Any, language: str = "zh") -> str:
    said = client.post(
        "/_dash-update-component", json=page_asked("/supervision", f"?lang={language}")
    )
    return json.dumps(said.json, ensure_ascii=False)


def test_what_climbed_to_the_supervisors_is_on_their_list(
    server: flask.Flask, sources: Sources
) -> None:
    staff = client_of(server, sources, login="wang", roles=CENTRE)
    supervisor = client_of(server, sources, login="zhou", roles=SUPERVISOR)
    near = client_of(server, sources, login="he", roles=SUPERVISOR, ring="county", place=LONGKOU)
    other = client_of(server, sources, login="wu", roles=SUPERVISOR, ring="county", place="370602")
    handler = client_of(server, sources, login="sun", roles=HANDLER, department="water_company")
    incident = opened(staff, f"district={LONGKOU}", severity="1").json["incident"]
    opened(staff, f"district={LONGKOU}", severity="1", exercise="1", title="演习水黄")
    assert "没有升级到督查的事项" in owed(supervisor)
    assert "Nothing of an incident" in owed(supervisor, "en")
    escalation_of(sources).look(now() + timedelta(minutes=50))
    page = owed(supervisor)
    assert f"/incidents/{incident}?lang=zh" in page
    assert "第 3 级 · 已告知督查" in page
    assert page.index("黄水") < page.index("演习水黄"), "drills last"
    assert page.count("climbed-drill") == 1
    assert "3 · told: the supervisor" in owed(supervisor, "en")
    assert f"/incidents/{incident}" in owed(near)
    assert "没有升级到督查的事项" in owed(other), "of another district"
    assert "climbed" not in owed(handler), "who owes supervises nobody"
    act(staff, incident, "check_in", number=1, version=1)
    assert f"/incidents/{incident}" not in owed(supervisor)


def test_a_step_is_on_every_open_page(server: flask.Flask, sources: Sources) -> None:
    staff = client_of(server, sources, login="wang", roles=CENTRE)
    incident = opened(staff, f"district={LONGKOU}", severity="1").json["incident"]
    act(staff, incident, "give", title="采样", owner="health", within_min=30)
    act(staff, incident, "plan", title="冲洗", owner="health", within_min=30)
    act(staff, incident, "report", situation="一", done="二", next="三", needs="四")
    seq = sources.incident_book.head(incident).seq
    escalation_of(sources).look(now() + timedelta(hours=3))
    told = staff.get(f"/api/v1/incidents/{incident}/changes?since={seq}&lang=en").json
    for name in ("head", "parties", "chain", "task-1"):
        assert "escalated to the leader" in json.dumps(told["slots"][name]), name
    assert any("Escalated" in json.dumps(one) for one in told["lines"].values())


def test_a_look_costs_the_same_however_many_incidents_are_open(sources: Sources) -> None:
    with sources.engine.connect() as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM incident_ladders WHERE at_us <= 1"
            " ORDER BY at_us, incident_id LIMIT 50"
        ).all()
    assert "ix_incident_ladders_due" in str(plan)
    assert "SCAN incident_ladders USING" not in str(plan)
