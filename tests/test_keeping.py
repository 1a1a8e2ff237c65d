"""`backup` and `restore` from end to end: what they keep, what they say, what they refuse."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app import cli
from auditing import note_command
from data_sources.connect import Sources
from operations.people.audit import AuditSearch, Deed
from running import take_folder
from settings import keep_settings, read_settings
from tests.builders import NOW, NOW_US, ticket


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(read_settings(data_dir=tmp_path / "old", redis_url=valkey_url))
    keep_settings(made.settings)
    made.migrate()
    made.ledger.store([ticket(external_id=f"T-{n}") for n in range(7)], clock=NOW)
    assert made.caller_key
    note_command(made, "import.begin", "x.csv")
    yield made
    made.close()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(one) for one in arguments])


def backed_up(sources: Sources, file: Path, *more: str) -> str:
    said = run("backup", file, "--data", sources.settings.data_dir, *more)
    assert said.exit_code == 0, said.output
    return said.output


def test_backup_says_what_is_in_it_and_where_the_keys_are(sources: Sources, tmp_path: Path) -> None:
    said = backed_up(sources, tmp_path / "b.zip")
    assert "7 tickets" in said
    assert "caller.key are NOT in the backup" in said
    assert str(sources.settings.data_dir) in said
    assert "stream: drained; Redis needs no backup" in said
    (line,) = sources.audit.find(AuditSearch(act="backup"), most=9)
    assert (line.subject, line.reason) == ("b.zip", "")
    sources.stream.append([ticket(external_id="waits")])
    said = backed_up(sources, tmp_path / "c.zip", "--with-keys")
    assert "caller.key ARE in the backup" in said
    assert "stream: 1 entries are not in the ledger yet" in said


def test_backup_without_redis_says_that_it_cannot_tell(tmp_path: Path) -> None:
    alone = Sources(read_settings(data_dir=tmp_path / "alone"))
    alone.migrate()
    said = backed_up(alone, tmp_path / "b.zip")
    assert "Redis does not answer" in said
    alone.close()


def test_restored_folder_holds_the_ledger_and_goes_on_with_the_audit_log(
    sources: Sources, tmp_path: Path
) -> None:
    file, new = tmp_path / "b.zip", tmp_path / "new"
    backed_up(sources, file, "--with-keys")
    said = run("restore", file, "--data", new)
    assert said.exit_code == 0, said.output
    assert "7 tickets" in said.output
    assert "every row checked" in said.output
    assert "caller.key was restored" in said.output
    again = Sources(read_settings(data_dir=new))
    assert again.caller_key == sources.caller_key
    assert again.ledger.ticket("demo", "T-6") == sources.ledger.ticket("demo", "T-6")
    acts = [line.act for line in again.audit.find(AuditSearch(), most=9)]
    assert acts == ["restore", "import.begin"]
    again.close()
    assert run("check", "--audit", "--data", new).exit_code == 0


def test_missing_key_is_asked_for(sources: Sources, tmp_path: Path) -> None:
    backed_up(sources, tmp_path / "b.zip")
    said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert said.exit_code == 0
    assert "caller.key is not here: put the one in that was kept apart" in said.output


def test_from_sqlite_to_postgresql_and_back(
    sources: Sources, tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(sources, tmp_path / "b.zip")
    with monkeypatch.context() as patched:
        patched.setenv("DATABASE_URL", postgres_url)
        said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "there")
        assert said.exit_code == 0, said.output
        assert not (tmp_path / "there" / "ledger.sqlite").exists()
        said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "again")
        assert (said.exit_code, "has tables already" in said.output) == (2, True)
        assert run("backup", tmp_path / "c.zip", "--data", tmp_path / "there").exit_code == 0
    said = run("restore", tmp_path / "c.zip", "--data", tmp_path / "back")
    assert said.exit_code == 0, said.output
    back = Sources(read_settings(data_dir=tmp_path / "back"))
    for n in range(7):
        found = back.ledger.ticket("demo", f"T-{n}")
        assert found == sources.ledger.ticket("demo", f"T-{n}")
        assert found is not None
    back.close()


@pytest.mark.parametrize("there", ["ledger.sqlite", "valkey"])
def test_folder_that_was_lived_in_is_refused(sources: Sources, tmp_path: Path, there: str) -> None:
    backed_up(sources, tmp_path / "b.zip")
    (tmp_path / "new" / there).mkdir(parents=True)
    said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert (said.exit_code, "restore into a new folder" in said.output) == (2, True)


def test_folder_in_use_is_refused(sources: Sources, tmp_path: Path) -> None:
    backed_up(sources, tmp_path / "b.zip")
    (tmp_path / "new").mkdir()
    with take_folder(tmp_path / "new"):
        said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert (said.exit_code, "in use" in said.output) == (2, True)


def test_what_is_no_backup_leaves_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("no zip")
    said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert (said.exit_code, "FILE: is no whole backup" in said.output) == (2, True)
    assert not (tmp_path / "new" / "ledger.sqlite").exists()
    assert run("restore", tmp_path / "nowhere.zip", "--data", tmp_path / "new").exit_code == 2


def test_audit_file_of_another_log_is_put_aside_and_named(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(sources, tmp_path / "b.zip")
    elsewhere = tmp_path / "disk" / "audit.log"
    monkeypatch.setenv("LIANXIN_AUDIT_FILE", str(elsewhere))
    other = Sources(read_settings(data_dir=tmp_path / "other"))
    other.migrate()
    told: dict[str, Any] = {"actor": "x", "act": "y", "subject": "z"}
    other.audit.append(Deed(at_us=NOW_US, **told))
    other.close()
    before = elsewhere.read_bytes()
    said = run("restore", tmp_path / "b.zip", "--data", tmp_path / "new")
    assert said.exit_code == 0, said.output
    (apart,) = elsewhere.parent.glob("audit.log.before-*")
    assert apart.read_bytes() == before
    assert str(apart) in said.output
    assert run("check", "--audit", "--data", tmp_path / "new").exit_code == 0
    new = Sources(read_settings(data_dir=tmp_path / "new"))
    assert apart.name in new.audit.find(AuditSearch(act="restore"), most=1)[0].reason
    new.close()
