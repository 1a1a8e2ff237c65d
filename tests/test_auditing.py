"""Commands and settings are written down, and `check --audit` finds what was tampered with."""

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app import cli
from auditing import note_command, note_settings
from data_sources.connect import Sources
from data_sources.database import writing
from operations.people.audit import NO_HASH, AuditSearch
from operations.ports import Refused
from settings import keep_settings, read_settings
from tests.builders import NOW

SIXTH = "SELECT hash FROM audit WHERE number = 6"


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(read_settings(data_dir=tmp_path, redis_url=valkey_url))
    keep_settings(made.settings)
    made.migrate()
    yield made
    made.close()


def fill(sources: Sources, lines: int = 8) -> None:
    for n in range(lines):
        note_command(sources, "import.begin", f"file-{n}.csv by boston", reason="年度数据")


def check(sources: Sources, *more: str) -> Result:
    folder = str(sources.settings.data_dir)
    return CliRunner().invoke(cli, ["check", "--audit", "--data", folder, *more])


def test_whole_log_is_told_with_its_head(sources: Sources) -> None:
    fill(sources)
    said = check(sources)
    assert said.exit_code == 0, said.output
    assert "8 lines, every one fits" in said.output
    head = str(sources.audit.head())
    assert f"head {head}" in said.output
    fill(sources, 1)
    assert check(sources, "--head", head).exit_code == 0
    other = check(sources, "--head", f"3:{NO_HASH}")
    assert other.exit_code == 1
    assert "line 3: is not the line the kept head tells of" in other.output
    assert check(sources, "--head", "nonsense").exit_code == 2


def test_empty_log_is_whole(sources: Sources) -> None:
    said = check(sources)
    assert (said.exit_code, "0 lines" in said.output) == (0, True)


def test_flipped_byte_of_the_database_file_is_found(sources: Sources) -> None:
    fill(sources)
    database = sources.settings.data_dir / "ledger.sqlite"
    sources.close()
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = database.read_bytes()
    # So a row lies in the table's own page; the indexes hold no whole row.
    row = "import.beginfile-5.csv by boston年度数据".encode() + kept_hash(database, 6)
    assert whole.count(row) == 1
    start = whole.index(row)
    for place in range(start, start + len(row), 4):
        broken = bytearray(whole)
        broken[place] ^= 4
        database.write_bytes(broken)
        said = check(sources)
        assert (said.exit_code, "line" in said.output) == (1, True), (place, said.output)
    database.write_bytes(whole)
    assert check(sources).exit_code == 0


def kept_hash(database: Path, number: int) -> bytes:
    with closing(sqlite3.connect(database)) as connection:
        found = connection.execute("SELECT hash FROM audit WHERE number = ?", (number,))
        return str(found.fetchone()[0]).encode()


def test_flipped_byte_of_the_file_beside_is_found(sources: Sources) -> None:
    fill(sources)
    path = sources.audit_file.path
    whole = path.read_bytes()
    for place in range(0, len(whole), 61):
        broken = bytearray(whole)
        broken[place] ^= 4
        path.write_bytes(broken)
        said = check(sources)
        assert (said.exit_code, "differ at line" in said.output) == (1, True), place
    path.write_bytes(whole)
    assert check(sources).exit_code == 0


def tamper(sources: Sources, *statements: str) -> Result:
    with writing(sources.engine) as connection:
        for name in ("audit_never_changes", "audit_never_shrinks"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
        for statement in statements:
            connection.execute(text(statement))
    return check(sources)


@pytest.mark.parametrize(
    ("statements", "told"),
    [
        (["DELETE FROM audit WHERE number = 8"], "database does not fit at line 8: is missing"),
        (["DELETE FROM audit WHERE number = 4"], "database does not fit at line 4"),
        (["UPDATE audit_head SET number = 7"], "line 7: is not the line"),
        (["UPDATE audit_head SET hash = 'x'"], "line 8: is not the line"),
        (
            [
                "DELETE FROM audit WHERE number > 6",
                f"UPDATE audit_head SET number = 6, hash = ({SIXTH})",
            ],
            "differ at line 7: is in the second keeping and no longer in the database",
        ),
    ],
)
def test_tampering_with_the_database_is_found(
    sources: Sources, statements: list[str], told: str
) -> None:
    fill(sources)
    said = tamper(sources, *statements)
    assert said.exit_code == 1
    assert told in said.output


def test_log_written_anew_with_good_hashes_is_found_by_the_file(sources: Sources) -> None:
    fill(sources)
    kept = sources.audit_file.path.read_bytes()
    tamper(sources, "DELETE FROM audit", f"UPDATE audit_head SET number = 0, hash = '{NO_HASH}'")
    sources.audit_file.path.unlink()
    fill(sources)
    assert check(sources).exit_code == 0, "without the file nobody could know"
    sources.audit_file.path.write_bytes(kept)
    said = check(sources)
    assert said.exit_code == 1
    assert "differ at line 1" in said.output


def test_lost_file_and_waiting_lines_are_told_and_a_start_hands_them_on(sources: Sources) -> None:
    fill(sources)
    sources.audit_file.path.unlink()
    said = check(sources)
    assert said.exit_code == 1
    assert "line 1: is in the database alone" in said.output
    note_settings(sources)
    assert check(sources).exit_code == 0


def test_command_is_written_under_who_ran_it(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "root")
    monkeypatch.setenv("SUDO_USER", "wang")
    fill(sources, 1)
    (line,) = sources.audit.find(AuditSearch(), most=9)
    assert (line.actor, line.verified, line.act) == ("wang (sudo root)", False, "import.begin")
    assert line.device


def test_start_writes_down_which_settings_changed(sources: Sources) -> None:
    def started(**changes: Any) -> list[str]:
        given = {"data_dir": sources.settings.data_dir, "redis_url": sources.redis_url}
        again = Sources(read_settings(**given | changes))
        note_settings(again)
        again.close()
        return [line.reason for line in sources.audit.find(AuditSearch(act="settings"), most=9)]

    assert started() == ["first start"]
    assert started() == ["first start"]
    secret = "a token nobody may read"
    told = started(intake_token=secret, least_callers=7)
    assert told[0] == "changed: LIANXIN_INTAKE_TOKEN, LIANXIN_LEAST_CALLERS"
    seen = sources.settings.data_dir / "settings_seen.json"
    assert stat.S_IMODE(seen.stat().st_mode) == 0o600
    for path in (seen, sources.audit_file.path):
        assert secret not in path.read_text()


def test_line_sent_again_is_written_down(sources: Sources) -> None:
    sources.ledger.set_aside([Refused("k", "intake", "status", "unknown", '{"a": 1}', NOW)])
    sent = CliRunner().invoke(
        cli, ["set-aside", "--send-all", "--data", str(sources.settings.data_dir)]
    )
    assert sent.exit_code == 0, sent.output
    (line,) = sources.audit.find(AuditSearch(act="set_aside.send"), most=9)
    assert (line.subject, line.before, line.after) == ("1", "status", "refused again")
