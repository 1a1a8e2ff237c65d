"""The whole system, as its operator meets it: bad input, the set-aside list, check, restarts."""

import csv
import gzip
import json
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.system import ROOT, System, running, wait_until

NOW = datetime.now(UTC).isoformat()


def good(name: str, **changes: Any) -> dict[str, Any]:
    common = {
        "source": "t", "external_id": name, "created_at": NOW, "status": "受理",
        "category": "自来水发黄", "latitude": 37.645, "longitude": 120.478, "caller": "13800001111",
    }  # fmt: skip
    return common | changes


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running(tmp_path_factory.mktemp("whole"), "--no-demo") as started:
        yield started


def post(system: System, body: bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    """Post a body as it is; give the status and the answer."""
    named = {"Content-Type": "application/json", "Authorization": f"Bearer {system.token}"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(system.url + "/api/v1/tickets", body, named)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def command(system: System, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one of the door's commands on the system's data folder."""
    return subprocess.run(
        [sys.executable, "app.py", *words, "--data", str(system.data)],
        cwd=ROOT, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip


def totals(system: System) -> dict[str, Any]:
    picture: Any = system.get("/api/v1/pictures/city")
    return picture["sections"]["totals"]["data"]


BAD_BODIES = [
    ("broken json", b'{"source": ', {}, 400),
    ("empty", b"", {}, 400),
    ("broken gzip", b"\x1f\x8b\x08 nothing", {"Content_Encoding": "gzip"}, 400),
    ("bomb", gzip.compress(b" " * 30_000_000), {"Content_Encoding": "gzip"}, 413),
    ("oversized", b" " * 10_000_001, {}, 413),
    ("another type", b"a,b", {"Content_Type": "text/csv"}, 415),
    ("no token", b"{}", {"Authorization": "Bearer no"}, 401),
    ("not an object", b"[1, null, []]", {}, 422),
]


@pytest.mark.parametrize(
    ("body", "headers", "status"), [case[1:] for case in BAD_BODIES], ids=[c[0] for c in BAD_BODIES]
)
def test_a_bad_body_is_refused_in_words(
    system: System, body: bytes, headers: dict[str, str], status: int
) -> None:
    code, answer = post(system, body, **headers)
    assert code == status
    said = answer.get("error") or answer["rejected"][0]
    assert said["field"]
    assert said["reason"]


BAD_FIELDS = {
    "status": {"status": "不知道"},
    "created_at": {"created_at": "0001-01-01T00:00:00Z"},
    "updated_at": {"updated_at": "9999-12-31T23:59:59+08:00"},
    "closed_at": {"closed_at": "2026-11-24T09:00:00"},
    "crs": {"crs": "Mars"},
    "external_id": {"external_id": "x" * 200},
    "source": {"source": 7.5},
}


@pytest.mark.parametrize("field", BAD_FIELDS)
def test_a_bad_field_is_refused_by_name_and_its_neighbour_is_taken(
    system: System, field: str
) -> None:
    pair = [good(f"bad-{field}") | BAD_FIELDS[field], good(f"beside-{field}")]
    code, answer = post(system, json.dumps(pair).encode())
    assert code == 202
    assert answer["accepted"] == 1
    assert [(line["index"], line["field"]) for line in answer["rejected"]] == [(0, field)]


REPAIRED = {
    "off the earth": {"latitude": 999.0},
    "swapped": {"latitude": 120.478, "longitude": 37.645},
    "not a number": {"latitude": float("nan")},
    "unknown category": {"category": "没有这一类"},
    "unknown department": {"department": "没有这个部门"},
    "long text": {"text": "水" * 100_000},
    "lone surrogate": {"title": "\ud83d 水"},
}


@pytest.mark.parametrize("what", REPAIRED)
def test_what_can_be_repaired_is_taken_and_said(system: System, what: str) -> None:
    body = json.dumps(good(f"repaired-{what}", **REPAIRED[what])).encode()
    code, answer = post(system, body)
    assert code == 202
    assert answer["repaired"], "a repair is never silent"


def test_duplicates_and_late_deliveries_change_nothing(system: System) -> None:
    now = datetime.now(UTC).isoformat()  # not the module's: local midnight may have passed since
    new = good("twice", status="办结", created_at=now, updated_at=now, closed_at=now)
    old = good("twice", updated_at="2026-01-01T00:00:00Z", created_at="2026-01-01T00:00:00Z")
    post(system, json.dumps([new]).encode())
    wait_until(lambda: totals(system)["closed_today"] == 1, 10)
    before = totals(system)
    post(system, json.dumps([old, new, new]).encode())
    post(system, json.dumps([good("after-twice")]).encode())
    wait_until(lambda: totals(system)["opened_today"] == before["opened_today"] + 1, 10)
    assert _state(system, "twice") == "closed"
    assert totals(system)["closed_today"] == before["closed_today"]


def _state(system: System, name: str) -> str | None:
    try:
        ticket: Any = system.get(f"/api/v1/tickets/t/{name}")
    except urllib.error.HTTPError:
        return None
    return str(ticket["status"])


def test_the_set_aside_list_can_be_looked_at_and_sent_again(system: System) -> None:
    post(system, json.dumps([good("aside", status="谁知道")]).encode())
    wait_until(lambda: "谁知道" in command(system, "set-aside").stdout, 20)
    shown = command(system, "set-aside").stdout
    assert "status" in shown
    assert "13800001111" not in shown, "a caller is never kept"
    again = command(system, "set-aside", "--send-all")
    assert again.returncode == 0
    assert "were taken now" in again.stdout


def test_a_table_is_imported_once_and_accounted_for(system: System, tmp_path: Path) -> None:
    table = tmp_path / "export.csv"
    with table.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["工单编号", "来电时间", "诉求类型", "问题分类", "承办单位", "工单状态"])
        for n in range(30):
            state = "不知道" if n == 7 else "已受理"
            rows.writerow([f"H{n}", "2026-11-20 09:00:00", "投诉", "自来水发黄", "", state])
    first = command(system, "import", str(table), "--mapping", "hotline12345")
    assert first.returncode == 0, first.stderr
    assert first.stdout.split()[:6] == ["rows", "read", "30", "taken", "29", "unchanged"]
    again = command(system, "import", str(table), "--mapping", "hotline12345")
    assert "unchanged        29" in again.stdout


def test_a_disk_that_keeps_nothing_is_told_on_the_terminal(system: System) -> None:
    said = system.data.parent / f"{system.data.name}.out"
    unkept = system.data / "valkey/appendonlydir/more.incr.aof"
    unkept.symlink_to("/dev/null")  # no disk is behind it
    wait_until(lambda: b"does not keep" in said.read_bytes(), 20)
    unkept.unlink()


def test_check_finds_nothing_and_then_what_was_changed_behind_its_back(system: System) -> None:
    post(system, json.dumps([good("behind")]).encode())
    wait_until(lambda: _state(system, "behind") == "accepted", 10)
    assert command(system, "check").returncode == 0
    _say_urgency(system, "urgent")
    found = command(system, "check")
    assert found.returncode == 1
    assert "city.totals.urgent_open: shown" in found.stdout
    _say_urgency(system, "routine")
    assert command(system, "check").returncode == 0


def _say_urgency(system: System, urgency: str) -> None:
    with sqlite3.connect(system.data / "ledger.sqlite", timeout=10) as ledger:
        ledger.execute("UPDATE tickets SET urgency = ? WHERE external_id = 'behind'", (urgency,))
    ledger.close()


def test_everything_killed_comes_back_with_the_same_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "killed"
    with running(folder, "--no-demo") as first:
        post(first, json.dumps([good(f"k{n}", caller=str(n)) for n in range(40)]).encode())
        wait_until(lambda: totals(first)["open_now"] == 40, 10)
        # The last batch is answered for and nothing more: whatever dies now must not lose it.
        parent = psutil.Process(first.process.pid)
        family = [parent, *parent.children(recursive=True)]
        code, _ = post(first, json.dumps([good(f"l{n}") for n in range(25)]).encode())
        assert code == 202
        parent.kill()
        _, alive = psutil.wait_procs(family, timeout=5)
        assert alive == [], "the kernel ends what a killed parent leaves"
    with running(folder, "--no-demo") as second:
        wait_until(lambda: totals(second)["open_now"] == 65, 15)
        assert command(second, "check").returncode == 0


def test_commands_see_the_city_as_the_running_system_does(tmp_path: Path) -> None:
    with running(tmp_path / "boston", "--no-demo", "--city", "mapping:boston311") as boston:
        post(boston, json.dumps([good("b1", category="Pothole", district="Back Bay")]).encode())
        wait_until(lambda: totals(boston)["open_now"] == 1, 10)
        checked = command(boston, "check")
    assert checked.returncode == 0, checked.stdout
    assert "EST" in checked.stdout or "EDT" in checked.stdout
    kept = tmp_path / "boston" / "settings.json"
    assert kept.stat().st_mode & 0o777 == 0o600
