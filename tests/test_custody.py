"""`keys` and `retention` as an operator sees them, and the housekeeping beside the worker."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from click.testing import CliRunner

import housekeeping
from app import cli
from custody import forget_keys
from data_sources.connect import Sources
from data_sources.memory import MemoryStream
from data_sources.sealing_keys import SealingKeys
from housekeeping import Housekeeping
from operations.errors import OperationsError
from operations.tickets.ticket import Ticket
from settings import read_settings
from tests.builders import NOW_US
from tests.people import session
from tests.searching import found

DAY_NS = 86_400_000_000_000

PHONE = "13912345678"


@pytest.fixture
def sources(tmp_path: Path) -> Any:
    found = Sources(read_settings(data_dir=tmp_path / "var", reports=False))
    found.migrate()
    found.__dict__["stream"] = MemoryStream()
    yield found
    found.close()


def read(sources: Sources, name: str, **changes: object) -> Ticket:
    record = {
        "source": "12345",
        "external_id": name,
        "status": "办理中",
        "caller": PHONE,
        "created_at": "2026-01-01T10:00:00+08:00",
        "category": "水质",
        "text": f"回电{PHONE}",
    }
    made: Any = sources.reader.read(record | changes, now=datetime.now(UTC), feed="test")
    return cast("Ticket", made.ticket)


def deliver(sources: Sources, name: str, **changes: object) -> None:
    sources.ledger.store([read(sources, name, **changes)], clock=datetime.now(UTC))


def said(sources: Sources, *arguments: str) -> str:
    data = ["--data", str(sources.settings.data_dir)]
    result = CliRunner().invoke(cli, [*arguments, *data], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_rotation_seals_everything_with_a_new_key(sources: Sources) -> None:
    deliver(sources, "T-1")
    deliver(sources, "T-2")
    old = sources.sealer.keys.newest().id
    assert f"{old}  made" in said(sources, "keys", "list")
    output = said(sources, "keys", "rotate")
    new = sources.sealer.keys.find(output.split()[0])
    assert new is not None
    assert "2 sealed anew" in output
    assert sources.sealed_book.keys_used() == {new.id: 2}
    assert sources.sealed_book.fields("12345", "T-1")["phone"] == PHONE


def test_a_key_somebody_still_seals_with_is_not_forgotten(
    sources: Sources, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(sources, "T-1")
    on_its_way = read(sources, "T-2")  # sealed, and not yet kept
    said(sources, "keys", "rotate")
    with ThreadPoolExecutor(1) as beside:
        forgetting = beside.submit(forget_keys, sources)
        time.sleep(0.5)
        sources.ledger.store([on_its_way], clock=datetime.now(UTC))
        forgetting.result()
    output = capsys.readouterr().out
    assert "waiting" in output
    assert "still seals 1: run `keys rotate`" in output
    assert sources.sealed_book.fields("12345", "T-2")["phone"] == PHONE


def test_a_key_missing_from_the_file_is_told_before_anything_is_done(sources: Sources) -> None:
    deliver(sources, "T-1")
    path = sources.settings.data_dir / "sealing.keys"
    path.unlink()
    data = ["--data", str(sources.settings.data_dir)]
    result = CliRunner().invoke(cli, ["keys", "rotate", *data])
    assert result.exit_code == 2
    assert f"{path} is missing" in result.output
    assert not path.exists()
    SealingKeys(path).newest()  # a file of other keys in its place
    result = CliRunner().invoke(cli, ["keys", "rotate", *data])
    assert result.exit_code == 2
    assert "put it back first" in result.output


def test_retention_counts_first_and_erases_when_asked(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIANXIN_KEEP_PERSON_D", "30")
    deliver(sources, "T-1", status="办结", closed_at="2026-01-02T10:00:00+08:00")
    counted = said(sources, "retention")
    assert "1 due" in counted
    assert "nothing was erased" in counted
    assert sources.sealed_book.fields("12345", "T-1")["phone"] == PHONE
    assert "1 erased" in said(sources, "retention", "--apply")
    assert sources.sealed_book.fields("12345", "T-1") == {"text": f"回电{PHONE}"}


def test_housekeeping_seals_what_is_plain_before_it_indexes_any_word(sources: Sources) -> None:
    deliver(sources, "T-1")
    held = sources.ledger.ticket("12345", "T-1")
    assert held is not None
    plain = replace(held, external_id="P", text=f"水黄{PHONE}", sealed_mark=None)
    sources.ledger.store([plain], clock=held.updated_at)
    keeping = Housekeeping(sources)
    assert keeping.tidy() == 1
    assert found(sources.finder, "水黄") == []
    sources.__dict__["redis"] = NoLog()
    assert keeping.tidy() == 2
    assert [one.text for one in found(sources.finder, "水黄")] == ["水黄139****5678"]
    assert keeping.tidy() == 0


def test_housekeeping_forgets_old_sessions_once_an_hour(sources: Sources) -> None:
    clock = [NOW_US * 1000 + 40 * DAY_NS]
    keeping = Housekeeping(sources, lambda: clock[0])
    keys = []
    for _ in range(2):
        old, living = session(), session(until_us=NOW_US + 90 * DAY_NS // 1000)
        sources.accounts.open_session(old)
        sources.accounts.open_session(living)
        keys.append((old.key, living.key))
        if len(keys) == 1:
            assert (keeping.forget(), keeping.forget()) == (1, 0)
    assert sources.accounts.session(keys[1][0]) is not None, "the hour is not over"
    clock[0] += 3_600_000_000_000
    assert keeping.forget() == 1
    assert [sources.accounts.session(key) is None for key in (keys[0][0], keys[1][0])] == [True] * 2
    assert [sources.accounts.session(key) is None for key in (keys[0][1], keys[1][1])] == [
        False
    ] * 2


def test_a_housekeeping_that_fails_goes_on(sources: Sources) -> None:
    class Away:
        def waiting(self) -> int:
            raise OperationsError("away")

    sources.__dict__["stream"] = Away()
    keeping = Housekeeping(sources)
    keeping.start()
    keeping.close()


class NoLog:
    """A server that has no log to write anew."""

    def bgrewriteaof(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Nothing is open."""


def test_the_ledgers_log_is_brought_home_every_few_seconds(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, done = [10_000_000_000], []
    monkeypatch.setattr(housekeeping, "bring_home", done.append)
    keeping = Housekeeping(sources, lambda: clock[0])
    for seconds, times in ((10, 1), (14.9, 1), (15, 2)):
        clock[0] = int(seconds * 1_000_000_000)
        keeping.bring_home()
        assert len(done) == times
