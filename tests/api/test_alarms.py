"""Alarms and clusters over HTTP: what may leave without an account, and what may not."""

from dataclasses import replace
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import alarms
from data_sources.memory_watchbook import MemoryWatchbook
from operations.detection.cluster import Turn
from operations.errors import Unreachable
from operations.ports import Watched
from operations.pulse.alarm import AlarmState, Seen, Severity
from operations.pulse.view import Names
from tests.builders import LONGKOU, NOW_US
from tests.watched import CATEGORY, CLUSTER, HOUR_US, alarm, cluster, cluster_line, evidence

NAMES = Names({"water_quality": ("自来水发黄", "Yellow water")}, {}, {}, {})
SHELVED = alarm(
    id="a-20261124-010000-1",
    version=4,
    reasons=(CLUSTER, replace(CATEGORY, seen=Seen("2026-11-23", 312, 251))),
    state=AlarmState.SHELVED,
    severity=Severity.CRITICAL,
    raised_us=NOW_US + 1_000_000,
    actor="王某某",
    shelved_until_us=NOW_US + HOUR_US,
    acknowledged_us=NOW_US,
)
CLEARED = alarm(id="a-3", state=AlarmState.CLEARED, cleared_us=NOW_US)


@pytest.fixture
def book() -> MemoryWatchbook:
    kept = MemoryWatchbook()
    lines = (
        cluster_line(callers=3, latitude=37.11),
        cluster_line(turn=Turn.GREW, at_us=NOW_US, callers=12, radius_km=0.5),
    )
    small = cluster(id="c-2", evidence=evidence(callers=4, tickets=9))
    flooded = alarm(flooded=True, announced_us=None, told=None)
    kept.keep(Watched((cluster(), small), lines, (flooded, SHELVED, CLEARED)))
    return kept


@pytest.fixture
def client(book: MemoryWatchbook) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(
        alarms.blueprint(book, lambda work, *args: work(*args), NAMES, least_callers=5)
    )
    return server.test_client()


def given(client: FlaskClient, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200
    return answer.get_json()


def test_alarms_that_stand_come_most_severe_first(client: FlaskClient) -> None:
    first, second = given(client, "alarms")["alarms"]
    assert first == {
        "id": SHELVED.id, "version": 4, "state": "shelved", "severity": "critical",
        "category": "water_quality", "district": LONGKOU, "flooded": False,
        "reasons": [{"cause": "cluster", "subject": "c-1"},
                    {"cause": "category", "subject": "water_quality",
                     "says_zh": "全市 自来水发黄 11 月 23 日 312 件，上限 251",
                     "says_en": "Yellow water, whole city: 312 on 23 Nov, bound 251",
                     "seen": {"day": "2026-11-23", "tickets": 312, "bound": 251, "most": []}}],
        "since_at": "2026-11-24T01:00:00+00:00", "raised_at": "2026-11-24T02:00:01+00:00",
        "changed_at": "2026-11-24T02:00:00+00:00", "announced_at": "2026-11-24T02:00:00+00:00",
        "acknowledged_at": "2026-11-24T02:00:00+00:00",
        "shelved_until": "2026-11-24T03:00:00+00:00", "cleared_at": None,
    }  # fmt: skip
    assert (second["flooded"], second["announced_at"]) == (True, None)


def test_cleared_ones_come_when_they_are_asked_for(client: FlaskClient) -> None:
    assert len(given(client, "alarms?cleared=0")["alarms"]) == 2
    *_, last = given(client, "alarms?cleared=1")["alarms"]
    assert (last["id"], last["cleared_at"]) == ("a-3", "2026-11-24T02:00:00+00:00")
    refused = client.get("/api/v1/alarms?cleared=yes")
    assert (refused.status_code, refused.get_json()["error"]["field"]) == (400, "cleared")


def test_nobody_is_told_who_acted(client: FlaskClient) -> None:
    said = client.get("/api/v1/alarms?cleared=1").get_data(as_text=True)
    assert "actor" not in said
    assert "王" not in said


def test_cluster_comes_with_its_evidence_and_history(client: FlaskClient) -> None:
    found = given(client, "clusters/c-1")
    assert (found["category"], found["district"], found["phase"]) == (
        "water_quality", LONGKOU, "growing",
    )  # fmt: skip
    assert found["born_at"] == "2026-11-24T01:00:00+00:00"
    assert found["ended_at"] is None
    seen = found["evidence"]
    assert (seen["callers"], seen["expected"], seen["radius_km"]) == (12, 0.9, 0.5)
    assert seen["coverage"] == [{"zone": "longkou_waterworks", "share": 0.75}]
    assert (seen["start_at"], seen["as_of"]) == (
        "2026-11-23T23:00:00+00:00", "2026-11-24T02:00:00+00:00",
    )  # fmt: skip
    assert [(line["turn"], line["withheld"]) for line in found["history"]] == [
        ("born", True), ("grew", False),
    ]  # fmt: skip


def test_members_of_a_cluster_never_leave(client: FlaskClient) -> None:
    for name in ("c-1", "c-2"):
        said = client.get(f"/api/v1/clusters/{name}").get_data(as_text=True)
        assert "members" not in said
        assert "T-1" not in said


def test_cluster_of_too_few_callers_tells_category_and_district_alone(client: FlaskClient) -> None:
    assert given(client, "clusters/c-2") == {
        "id": "c-2", "category": "water_quality", "district": LONGKOU, "withheld": True,
    }  # fmt: skip


def test_what_a_cluster_was_when_it_had_too_few_callers_does_not_leave(client: FlaskClient) -> None:
    born, grew = given(client, "clusters/c-1")["history"]
    assert born == {
        "at": "2026-11-24T01:00:00+00:00", "turn": "born", "other": None, "withheld": True,
    }  # fmt: skip
    assert (grew["callers"], grew["latitude"]) == (12, 37.646)


def test_unknown_cluster_is_404(client: FlaskClient) -> None:
    answer = client.get("/api/v1/clusters/c-9")
    assert answer.status_code == 404
    assert answer.get_json()["error"] == {"field": "id", "reason": "no such cluster"}


def test_silent_database_is_503(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> Any:
        raise Unreachable("database away")

    monkeypatch.setattr(MemoryWatchbook, "standing", away)
    monkeypatch.setattr(MemoryWatchbook, "cluster", away)
    for path in ("alarms", "clusters/c-1"):
        answer = client.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
