"""Two systems: one offers Open311, the other polls it; and a client nobody here wrote asks."""

import json
import os
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from data_sources.connect import Sources
from settings import read_settings
from tests.system import ROOT, System, running, wait_until

CLIENT = ROOT / "tests" / "npm" / "open311"
NOW = datetime.now(UTC).replace(microsecond=0)

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    folder = tmp_path_factory.mktemp("first") / "var"
    offered = {"LIANXIN_OPEN311": "post", "LIANXIN_OPEN311_JURISDICTION": "yantai.test"}
    with running(folder, "--no-demo", **offered) as system:
        yield system


@pytest.fixture(scope="module")
def key(first: System) -> str:
    return command(first.data, "add-key", "a client").splitlines()[1]


def command(data: Path, *arguments: str, **env: str) -> str:
    made = subprocess.run(
        [".venv/bin/python", "app.py", "open311", *arguments, "--data", str(data)],
        env=os.environ | env, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    return made.stdout


def told(number: int, **changes: Any) -> dict[str, object]:
    """Make a ticket of the first city."""
    return {
        "source": "12345",
        "external_id": f"P-{number}",
        "created_at": (NOW - timedelta(days=number % 40, hours=2)).isoformat(),
        "updated_at": (NOW - timedelta(days=number % 40, hours=1)).isoformat(),
        "status": "办理中",
        "category": "停水",
        "department": "water_company",
        "address": "莱山区观海路1号",
        "latitude": 37.51 + number % 7 / 1000,
        "longitude": 121.44,
        "caller": f"1380000{number:04d}",
        "text": f"家里停水 {number}",
    } | changes


def kept(sources: Sources) -> dict[str, tuple[str, str]]:
    """Give what a ledger holds, by number: status and category."""
    with sources.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT external_id, status, category FROM tickets")
        return {row[0]: (row[1], row[2]) for row in rows}


def numbers(first: System) -> dict[str, str]:
    """Give the first city's public numbers by the ticket's own."""
    sources = Sources(read_settings(data_dir=first.data))
    with sources.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT external_id, id FROM tickets")
        found = {row[0]: str(row[1]) for row in rows}
    sources.close()
    return found


def test_tickets_of_the_first_city_arrive_in_the_second_and_follow_it(
    first: System, tmp_path: Path
) -> None:
    first.post([told(number) for number in range(60)])
    first.post([told(900, confidential=True), told(901, category="没有这个类别")])
    wait_until(lambda: len(numbers(first)) == 62, 30)
    polled = {
        "LIANXIN_OPEN311_POLL_URL": f"{first.url}/open311/v2",
        "LIANXIN_OPEN311_POLL_JURISDICTION": "yantai.test",
        "LIANXIN_OPEN311_POLL_FORMAT": "xml",  # the client below asks for JSON
        "LIANXIN_OPEN311_POLL_S": "1",
    }
    with running(tmp_path / "var", "--no-demo", **polled) as second:
        sources = Sources(read_settings(data_dir=second.data))
        wait_until(lambda: len(kept(sources)) == 61, 60)
        known = numbers(first)
        expected = {known[f"P-{number}"]: ("accepted", "water_cut") for number in range(60)}
        expected[known["P-901"]] = ("accepted", "other")
        assert kept(sources) == expected
        revision = sources.ledger.revision()

        closed = {"status": "办结", "updated_at": NOW.isoformat(), "closed_at": NOW.isoformat()}
        first.post([told(number, **closed) for number in range(10)])
        wait_until(lambda: sum(one[0] == "closed" for one in kept(sources).values()) == 10, 60)
        assert len(kept(sources)) == 61
        changed = sources.ledger.revision()
        time.sleep(3.5)  # several polls more
        assert sources.ledger.revision() == changed > revision, "a poll alone changes nothing"
        one = sources.ledger.ticket("yantai.test", known["P-1"])
        assert one is not None
        assert (one.text, one.caller_key, one.department, one.district) == (
            "", None, "water_company", "370613",
        )  # fmt: skip
        assert sources.ledger.list_set_aside(most=9) == []
        sources.close()
        again = command(second.data, "poll", "--once")  # another process goes on from there
        assert int(re.search(r"rows read (\d+)", again)[1]) < 61  # type: ignore[index]


@pytest.fixture(scope="module")
def ask(
    first: System, key: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., Any]]:
    """Give the npm client, installed as its lock says, by hash; skip where that cannot be."""
    if shutil.which("npm") is None:
        pytest.skip("npm is missing, so the client cannot be installed. On Debian: apt install npm")
    folder = tmp_path_factory.mktemp("npm") / "open311"
    shutil.copytree(CLIENT, folder)
    installed = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if installed.returncode:
        pytest.skip(f"the npm registry cannot be reached: {installed.stderr[-300:]}")
    said = {"discovery": f"{first.url}/open311/v2/discovery.json", "apiKey": key}
    client = subprocess.Popen(
        ["node", "--no-deprecation", "client.js", json.dumps(said)],
        cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert client.stdin is not None
    assert client.stdout is not None

    def asked(*call: Any) -> Any:
        client.stdin.write(json.dumps(call) + "\n")
        client.stdin.flush()
        return json.loads(client.stdout.readline())

    assert asked("serviceDiscovery", {"cache": True})["endpoint"] == f"{first.url}/open311/v2/"
    yield asked
    with client:  # closes its pipes
        client.terminate()


def test_a_client_nobody_here_wrote_finds_its_way(ask: Callable[..., Any], first: System) -> None:
    services = ask("serviceList")["answer"]
    assert {"service_code", "service_name", "metadata", "type", "group"} <= services[0].keys()
    assert ask("serviceDefinition", "water_cut")["answer"]["attributes"] == []
    sent = ask("submitRequest", {
        "service_code": "water_cut", "lat": 37.51, "long": 121.44, "first_name": "芳",
        "last_name": "王", "phone": "13899990000", "description": "楼里没有水\n已经两天",
    })  # fmt: skip
    token = sent["answer"][0]["token"]
    wait_until(lambda: "service_request_id" in ask("token", token)["answer"][0], 20)
    number = ask("token", token)["answer"][0]["service_request_id"]
    (found,) = ask("serviceRequest", number, {})["answer"]
    assert (found["service_code"], found["status"]) == ("water_cut", "open")
    assert "13899990000" not in json.dumps(found)
    assert found["description"] is None
    several = ask("serviceRequests", [number, "1"], {})["answer"]
    assert number in {one["service_request_id"] for one in several}
    open_ones = ask("serviceRequests", {"status": "open", "service_code": "water_cut"})["answer"]
    assert number in {one["service_request_id"] for one in open_ones}


def test_what_the_client_does_wrong_it_is_told(ask: Callable[..., Any]) -> None:
    refused = ask("submitRequest", {"service_code": "water_cut"})
    assert refused["error"] == 400
    assert "give lat and long" in refused["answer"]
    assert ask("submitRequest", {"service_code": "nothing"})["error"] == 404


def test_a_revoked_key_opens_nothing(first: System) -> None:
    made = command(first.data, "add-key", "another")
    identity, key = made.split()[0], made.splitlines()[1]
    body = urllib.parse.urlencode({"api_key": key, "service_code": "water_cut"}).encode()

    def status() -> int:
        try:
            urllib.request.urlopen(f"{first.url}/open311/v2/requests.json", body, timeout=10)
        except urllib.error.HTTPError as error:
            return error.code
        return 200

    assert status() == 400
    command(first.data, "revoke-key", identity)
    assert status() == 403
