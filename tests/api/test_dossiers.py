"""Looks at clusters: cached under the revision, renewed by version, honest when away."""

import json
from dataclasses import replace

import flask
import pytest

from api import clusters
from operations.detection.cluster import Phase
from operations.errors import Unreachable
from operations.ports import Watched
from operations.pulse.alarm import AlarmState
from operations.pulse.alarm_actions import acknowledge_alarm
from tests.builders import NOW, NOW_US
from tests.clusters import DAY_US, cluster
from tests.desk import Reads, book, desk, dossiers
from tests.watched import alarm


def acknowledged(kept):
    acknowledge_alarm(
        kept, desk(kept).stream, alarm_id=alarm().id, expected_version=1,
        actor="王", verified=False, now=NOW,
    )  # fmt: skip


def test_one_answer_serves_until_the_ledger_or_the_cluster_moves():
    kept, reads = book(), Reads()
    looks = dossiers(kept, reads)
    for _ in range(3):
        assert looks.look("c-1").evidence["callers"] == 12
    assert reads.asked == 1
    acknowledged(kept)
    looks.look("c-1")
    assert reads.asked == 1, "an action on the alarm changes no evidence"
    reads.at = 2
    looks.look("c-1")
    kept.keep(Watched(clusters=(cluster(callers=13),)))
    looks.look("c-1")
    assert reads.asked == 3


def test_what_is_cached_is_plain():
    told = dossiers(book()).look("c-1")
    assert json.loads(json.dumps(told.evidence)) == told.evidence


def test_version_changes_with_cluster_and_alarm_and_with_nothing_else():
    kept, reads = book(), Reads()
    looks = dossiers(kept, reads)
    first = looks.version("c-1")
    assert looks.look("c-1").version == first
    reads.at = 9
    evidence = replace(cluster().evidence, as_of_us=NOW_US + 5)
    kept.keep(Watched(clusters=(replace(kept.cluster("c-1"), evidence=evidence),)))
    assert looks.version("c-1") == first, "a scan that finds the same is no news"
    acknowledged(kept)
    second = looks.version("c-1")
    kept.keep(Watched(clusters=(cluster(phase=Phase.QUIETENING),)))
    assert len({first, second, looks.version("c-1")}) == 3
    assert looks.version("c-2") is None


def test_a_look_gives_holders_and_the_alarm_with_its_history():
    kept = book()
    acknowledged(kept)
    told = dossiers(kept).look("c-1")
    assert told.holders == (("water", 9, 2), (None, 1, 0))
    assert (told.alarm["state"], told.alarm["version"]) == ("acknowledged", 2)
    assert [(line["step"], line["actor"], line["verified"]) for line in told.alarm_lines] == [
        ("acknowledged", "王", False)
    ]


def test_the_alarm_that_stands_is_told_before_one_that_is_cleared():
    kept = book()
    newer = alarm(id="a-2", raised_us=NOW_US + 1, state=AlarmState.CLEARED, cleared_us=NOW_US + 2)
    kept.keep(Watched(alarms=(newer,)))
    assert dossiers(kept).look("c-1").alarm["id"] == alarm().id


def test_too_few_callers_are_told_by_category_and_district_alone():
    told = dossiers(book(callers=4)).look("c-1")
    assert told.evidence["withheld"]
    assert "latitude" not in told.evidence
    assert told.holders == ()


def test_unknown_and_away_are_told():
    reads = Reads()
    looks = dossiers(book(), reads)
    assert looks.look("c-9").state == "unknown"
    reads.away = True
    assert looks.look("c-1").state == "away"


def test_the_list_has_the_living_first_then_those_of_thirty_days():
    kept = book()

    def ended(name, days, **changes):
        at_us = NOW_US - days * DAY_US
        return cluster(id=name, phase=Phase.ENDED, ended_us=at_us, changed_us=at_us, **changes)

    rarer = cluster(id="rarer", recurrence_d=5000.0)
    few = ended("few", 2, callers=3)
    kept.keep(Watched(clusters=(rarer, few, ended("old", 40), ended("late", 1))))
    found = dossiers(kept).listed(NOW_US)
    assert [row["id"] for row in found.rows] == ["rarer", "c-1", "late", "few"]
    assert [row["alarm"] for row in found.rows] == [None, "raised", None, None]
    assert found.rows[3]["withheld"]
    assert dossiers(kept).list_version(NOW_US) == found.version
    acknowledged(kept)
    assert dossiers(kept).list_version(NOW_US) != found.version


class Away:
    """A watchbook whose database is away."""

    def __getattr__(self, name):
        def call(*given, **named):
            raise Unreachable("the database does not answer")

        return call


@pytest.fixture
def client():
    def of(kept):
        server = flask.Flask(__name__)
        server.register_blueprint(clusters.blueprint(dossiers(kept), lambda: NOW))
        return server.test_client()

    return of


def test_over_http_nothing_leaves_that_may_not(client):
    answer = client(book()).get("/api/v1/clusters/c-1/evidence")
    told = answer.get_json()
    assert told["callers"] == 12
    assert told["holders"][0] == {"department": "water", "open": 9, "ended": 2}
    assert answer.headers["Cache-Control"] == "no-store"
    for private in ("T-1", "demo", "值班员"):
        assert private not in answer.get_data(as_text=True)


def test_over_http_versions_are_light(client):
    asked = client(book())
    now = NOW.isoformat()
    assert asked.get("/api/v1/clusters/c-1/version").get_json() == {
        "version": asked.get("/api/v1/clusters/c-1/evidence").get_json()["version"],
        "now": now,
    }
    listed = asked.get("/api/v1/clusters").get_json()
    said = {"version": listed["version"], "now": now}
    assert asked.get("/api/v1/clusters/version").get_json() == said
    assert [row["id"] for row in listed["clusters"]] == ["c-1"]


@pytest.mark.parametrize("path", ["", "/version", "/c-1/evidence", "/c-1/version"])
def test_over_http_an_away_database_says_when_to_try_again(client, path):
    answer = client(Away()).get(f"/api/v1/clusters{path}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"


@pytest.mark.parametrize("path", ["/c-9/evidence", "/c-9/version"])
def test_over_http_an_unknown_cluster_is_not_found(client, path):
    assert client(book()).get(f"/api/v1/clusters{path}").status_code == 404
