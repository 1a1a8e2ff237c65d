"""The web server joins what it was given: interfaces answer from the stores of the settings."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_sources.connect import Sources
from operations.ports import Watched
from operations.pulse.alarm_actions import acknowledge_alarm
from settings import read_settings
from tests.builders import at
from tests.watched import alarm, cluster, evidence
from webserver import VERSION, create_app


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False))
    made.migrate()
    yield made
    made.close()


def test_alarms_and_clusters_are_those_of_the_ledger(sources: Sources) -> None:
    client = create_app(sources).test_client()
    assert client.get("/api/v1/alarms").get_json() == {"alarms": []}
    small = cluster(id="c-2", evidence=evidence(callers=sources.settings.least_callers - 1))
    sources.watchbook.keep(Watched(clusters=(cluster(), small), alarms=(alarm(),)))
    after = acknowledge_alarm(
        sources.watchbook, sources.stream, alarm_id=alarm().id, expected_version=1,
        actor=sources.settings.actor, verified=False, now=at(minutes=1),
    )  # fmt: skip
    (entry,) = sources.stream.read(most_entries=9, wait_s=0.05)
    assert entry.actions == ("alarms",)
    (line,) = sources.watchbook.alarm_lines(after.id)
    assert (line.actor, line.verified) == ("值班员", False)
    (found,) = client.get("/api/v1/alarms").get_json()["alarms"]
    assert (found["id"], found["state"], found["version"]) == (after.id, "acknowledged", 2)
    assert client.get("/api/v1/clusters/c-1").get_json()["evidence"]["callers"] == 12
    assert client.get("/api/v1/clusters/c-2").get_json()["withheld"] is True


def test_version_is_that_of_the_project() -> None:
    project = Path(__file__).parent.parent / "pyproject.toml"
    assert tomllib.loads(project.read_text("utf-8"))["project"]["version"] == VERSION


def test_audit_log_and_walls_are_closed_until_somebody_may_open_them(sources: Sources) -> None:
    client = create_app(sources).test_client()
    assert client.get("/api/v1/audit").status_code == 403
    assert client.get("/api/v1/audit.csv").status_code == 403
    assert client.get("/api/v1/screens").status_code == 403
    client.get("/pair")
    token = client.get_cookie("lianxin_csrf").value
    told = client.post("/api/v1/screens/me", headers={"X-CSRF-Token": token}).get_json()
    assert told["state"] == "pairing"
    found = sources.screens.by_code(told["code"])
    assert found is not None


def test_only_pages_with_a_table_load_its_library(sources: Sources) -> None:
    client = create_app(sources).test_client()
    loads = {one: b"/dash_ag_grid/" in client.get(one).get_data() for one in ("/desk", "/wall")}
    assert loads == {"/desk": True, "/wall": False}
    assert b"/dash_leaflet/" in client.get("/wall").get_data()
