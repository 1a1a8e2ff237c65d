"""`app.py open311`: keys from a terminal, and a poller that goes on whatever happens."""

import threading
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from structlog.testing import capture_logs

from app import cli
from data_sources.api_keys import SqlApiKeys
from data_sources.connect import Sources
from data_sources.feeds.open311.endpoint import Busy, Declined
from data_sources.feeds.open311.poll import PollAccount
from exchanging import poll_until
from operations.errors import Unreachable
from operations.people.api_keys import digest_of
from operations.people.audit import AuditSearch
from settings import read_settings


def open311(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["open311", *arguments, "--data", str(data)])


def test_a_key_is_shown_once_and_kept_as_a_hash(tmp_path: Path) -> None:
    made = open311(tmp_path, "add-key", "Street app")
    identity, key = made.output.split()[0], made.output.splitlines()[1]
    sources = Sources(read_settings(data_dir=tmp_path))
    held = SqlApiKeys(sources.engine).valid(digest_of(key))
    assert held is not None
    assert (held.id, held.name) == (identity, "Street app")
    (line,) = sources.audit.find(AuditSearch(act="open311.key.make"), most=9)
    assert (line.subject, key in str(line)) == (identity, False)
    listed = open311(tmp_path, "keys").output
    assert identity in listed
    assert "valid" in listed
    assert key not in listed
    assert digest_of(key) not in listed
    sources.close()


def test_a_revoked_key_is_listed_as_such(tmp_path: Path) -> None:
    identity = open311(tmp_path, "add-key", "x").output.split()[0]
    assert open311(tmp_path, "revoke-key", identity).exit_code == 0
    assert "revoked" in open311(tmp_path, "keys").output
    again = open311(tmp_path, "revoke-key", identity)
    assert again.exit_code == 2
    assert "no key" in again.output


def test_a_poll_needs_to_know_whom(tmp_path: Path) -> None:
    asked = open311(tmp_path, "poll", "--once")
    assert asked.exit_code == 2
    assert "LIANXIN_OPEN311_POLL_URL" in asked.output


class Polled:
    """A poller that does one thing after another, then lets the loop end."""

    def __init__(self, *turns: Exception | PollAccount) -> None:
        self.turns, self.waits = list(turns), [0.0]

    def once(self) -> PollAccount:
        turn = self.turns.pop(0)
        if isinstance(turn, Exception):
            raise turn
        return turn

    def is_set(self) -> bool:
        return not self.turns

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)


def waits(*turns: Exception | PollAccount, pause_s: float = 60.0) -> tuple[list[float], list[Any]]:
    polled: Any = Polled(*turns)
    with capture_logs() as said:
        poll_until(polled, polled, pause_s)
    return polled.waits[1:], [one["event"] for one in said]


def test_what_fails_is_tried_again_later_each_time() -> None:
    away, good = Unreachable("away"), PollAccount(3, 3)
    waited, said = waits(away, away, away, good, away)
    assert waited == [2, 4, 8, 60, 2]
    assert said == ["open311_poll_waits"] * 3 + ["open311_polled", "open311_poll_waits"]
    assert waits(*[away] * 12)[0][-1] == 300


def test_a_server_is_left_alone_as_long_as_it_asks() -> None:
    assert waits(Busy("busy", 900), Busy("busy", 1))[0] == [900, 4]


def test_a_no_is_told_and_asked_again_at_the_usual_pace() -> None:
    waited, said = waits(Declined("answer", "answers 404"))
    assert (waited, said) == ([60], ["open311_poll_failed"])


@pytest.mark.parametrize("url", ["ftp://x", "http://", "https://a:b@x/", "https://x/?a=1", "x"])
def test_an_address_that_is_none_stops_the_start(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANXIN_OPEN311_POLL_URL", url)
    asked = open311(tmp_path, "poll", "--once")
    assert asked.exit_code == 2
    assert "LIANXIN_OPEN311_POLL_URL" in asked.output


def test_a_poll_ends_at_once_when_told_to() -> None:
    stop = threading.Event()
    stop.set()
    poll_until(stop, Polled(), 60.0)
