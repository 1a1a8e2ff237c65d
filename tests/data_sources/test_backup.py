"""A backup holds everything, goes from either database into either, and says when it is damaged."""

import io
import stat
import threading
import zipfile
from dataclasses import replace
from itertools import count

import orjson
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData, Table, inspect, text

import data_sources.accountability_tables
import data_sources.api_key_tables
import data_sources.campaign_tables
import data_sources.case_tables
import data_sources.cube_tables
import data_sources.dispute_tables
import data_sources.escalation_tables
import data_sources.handling_tables
import data_sources.incident_file_tables
import data_sources.incident_tables
import data_sources.merge_tables
import data_sources.pair_tables
import data_sources.partner_tables
import data_sources.people_tables
import data_sources.screen_tables
import data_sources.supervision_tables  # noqa: F401
from data_sources.audit_log import SqlAudit
from data_sources.backup import MANIFEST, Damaged, read_manifest, write_backup
from data_sources.backup_rows import Account, Shape, lines_of, shapes, write_lines
from data_sources.database import connect_database, reading, writing
from data_sources.incident_files import SqlIncidentFiles
from data_sources.ledger import SqlLedger
from data_sources.migrate import MIGRATIONS, migrate
from data_sources.restore import opened, refuse_filled, restore_keys, restore_tables
from data_sources.rows import row_of
from data_sources.schema import metadata
from data_sources.tables import CONTENT
from data_sources.watchbook import SqlWatchbook
from operations.errors import BadInput
from operations.people.audit import verify
from operations.ports import Refused, Watched
from operations.response.content import Content
from tests.builders import NOW, at, ticket
from tests.data_sources.test_audit_log import deed
from tests.sealing import SEALER
from tests.watched import alarm, cluster, cluster_line

NASTY = "停水 🙂 \t\n\r\\N \\. '\"\\ %s :id {} \u2028"
NUMBERS = count(1)
DIALECTS = ("sqlite", "postgresql")


@pytest.fixture(params=DIALECTS)
def origin(request):
    return filled(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=DIALECTS)
def target(request, tmp_path):
    url = f"sqlite:///{tmp_path}/new.sqlite"
    if request.param == "postgresql":
        server, name = request.getfixturevalue("postgres_server"), f"target_{next(NUMBERS)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        url = server.replace("/postgres?", f"/{name}?")
    engine = connect_database(url)
    yield engine
    engine.dispose()


def filled(engine):
    ledger = SqlLedger(engine)
    tickets = [
        ticket(external_id=f"T-{n}", latitude=37 + n / 7, longitude=1e-7 * n, text=NASTY * n)
        for n in range(60)
    ]
    ledger.store(tickets, clock=NOW)
    ledger.store([replace(one, updated_at=at(1), category="noise") for one in tickets], clock=at(1))
    ledger.set_aside([Refused(NASTY, "intake", "status", "unknown", "{}", NOW)])
    book = SqlWatchbook(engine)
    book.keep(Watched((cluster(),), (cluster_line(),), (alarm(),), ()))
    for number in range(9):
        content = Content("image/jpeg", bytes(range(256)) * 99 + bytes([number]), b"\0small")
        SqlIncidentFiles(engine, SEALER).keep("sj-1", content)
    for _ in range(3):
        SqlAudit(engine).append(deed(reason=NASTY))
    return engine


def backup(engine, tmp_path, **more):
    file = tmp_path / "backup.zip"
    given = {"keys": {}, "with_keys": False, "now": NOW} | more
    return file, write_backup(engine, file, **given)


def restore(file, engine, **more):
    refuse_filled(engine)
    with opened(file) as (packed, manifest):
        restore_tables(packed, manifest, engine, **more)


def everything(engine):
    """Give every row of every table, in an order of its own."""
    with reading(engine) as connection:
        return {
            shape.name: sorted(line for batch in lines_of(connection, shape) for line in batch)
            for shape in shapes(connection)
        }


def test_any_database_is_restored_into_any(origin, target, tmp_path):
    file, manifest = backup(origin, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    restore(file, target)
    before = everything(origin)
    assert everything(target) == before
    assert set(before) == set(metadata.tables)
    assert {table.name: table.rows for table in manifest.tables} == {
        name: len(rows) for name, rows in before.items()
    }
    assert all(before[name] for name in ("tickets", "changes", "set_aside", "alarms", "audit"))
    for name in ("T-0", "T-59"):
        assert SqlLedger(target).ticket("demo", name) == SqlLedger(origin).ticket("demo", name)
    audit = SqlAudit(target)
    assert verify(audit.lines()) == audit.head()
    assert str(audit.head()) == manifest.head
    assert not list(tmp_path.glob("*.part*"))


def triggers(engine):
    statement = "SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    if engine.dialect.name == "postgresql":
        statement = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname"
    with reading(engine) as connection:
        return connection.execute(text(statement)).scalars().all()


def test_restored_database_goes_on(origin, target, tmp_path):
    restore(backup(origin, tmp_path)[0], target)
    migrate(target)
    ledger = SqlLedger(target)
    stored = ledger.store([ticket(external_id="new")], clock=at(2))
    assert (len(stored.after), stored.revision) == (1, 3)
    ledger.set_aside([Refused("another", "intake", "status", "unknown", "{}", NOW)])
    SqlWatchbook(target).keep(Watched(cluster_lines=(cluster_line(callers=99),)))
    assert SqlAudit(target).append(deed()).number == 4
    with pytest.raises(Exception, match="audit log"), writing(target) as connection:
        connection.execute(text("DELETE FROM audit"))
    if target.dialect.name == origin.dialect.name:
        assert triggers(target) == triggers(origin) != []
    fresh = {index["name"] for index in inspect(origin).get_indexes("tickets")}
    assert {index["name"] for index in inspect(target).get_indexes("tickets")} == fresh
    if target.dialect.name == "sqlite":
        with target.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_backup_is_one_moment_while_others_write(origin, tmp_path):
    ledger, stop = SqlLedger(origin), threading.Event()

    def write():
        number = 0
        while not stop.is_set():
            number += 1
            ledger.store([ticket(external_id=f"W-{number}")], clock=at(2))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(5):
            manifest = write_backup(
                origin, tmp_path / f"{n}.zip", keys={}, with_keys=False, now=NOW
            )
            rows = {table.name: table.rows for table in manifest.tables}
            with opened(tmp_path / f"{n}.zip") as (packed, _):
                meta = packed.read("tables/meta.jsonl")
            assert orjson.loads(meta)[2] == rows["tickets"], "the last ticket's number"
    finally:
        stop.set()
        writer.join()
    assert rows["tickets"] > 60, "somebody wrote meanwhile"


def test_backup_of_an_older_version_is_restored_into_this_one(target, tmp_path):
    old = connect_database(f"sqlite:///{tmp_path}/old.sqlite")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(old) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        row = dict(zip(CONTENT, row_of(ticket()), strict=True)) | {"id": 1, "revision": 1}
        del row["sealed_mark"]
        kept = Table("tickets", MetaData(), autoload_with=connection)
        connection.execute(kept.insert(), row)
    file, manifest = backup(old, tmp_path)
    assert (manifest.revision, manifest.head) == ("0001", "")
    restore(file, target)
    assert SqlLedger(target).ticket("demo", "T-1") == ticket()
    migrate(target)
    assert SqlAudit(target).append(deed()).number == 1
    old.dispose()


def rewritten(file, **changes):
    """Write a backup again with members changed."""
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    members |= changes
    with zipfile.ZipFile(file, "w") as packed:
        for name, body in members.items():
            packed.writestr(name, body)


@pytest.mark.parametrize("target", DIALECTS, indirect=True)
def test_rows_that_are_not_those_of_the_manifest_leave_nothing(sqlite_engine, target, tmp_path):
    file, _ = backup(filled(sqlite_engine), tmp_path)
    whole = zipfile.ZipFile(file).read("tables/tickets.jsonl")
    for body in (whole.replace(b"37.0", b"38.0", 1), whole[: whole.rindex(b"[")]):
        assert body != whole
        rewritten(file, **{"tables/tickets.jsonl": body})
        with pytest.raises(Damaged, match="tickets"):
            restore(file, target)
        refuse_filled(target)  # nothing was made
        assert not list(tmp_path.glob("*.part*"))
    rewritten(file, **{"tables/tickets.jsonl": whole})
    restore(file, target)


def test_flipped_byte_of_the_file_is_found(sqlite_engine, tmp_path):
    file, _ = backup(filled(sqlite_engine), tmp_path)
    whole = file.read_bytes()
    for n, place in enumerate(range(40, len(whole), len(whole) // 12)):
        broken = bytearray(whole)
        broken[place] ^= 16
        file.write_bytes(broken)
        target = connect_database(f"sqlite:///{tmp_path}/t{n}.sqlite")
        try:
            restore(file, target)
        except (BadInput, Damaged):
            assert not (tmp_path / f"t{n}.sqlite").exists() or not inspect(target).get_table_names()
        else:  # a byte that says nothing, such as a time in the zip's own list
            assert everything(target) == everything(sqlite_engine)
        target.dispose()


def test_loss_on_the_way_into_the_database_is_found(sqlite_engine, tmp_path, monkeypatch):
    file, _ = backup(filled(sqlite_engine), tmp_path)

    def forgetful(connection, shape, lines):
        write_lines(connection, shape, (batch[:-1] for batch in lines))

    monkeypatch.setattr("data_sources.restore.write_lines", forgetful)
    target = connect_database(f"sqlite:///{tmp_path}/t.sqlite")
    with pytest.raises(Damaged, match="was restored into the database"):
        restore(file, target)
    target.dispose()


def test_filled_database_is_refused(origin, tmp_path):
    with pytest.raises(BadInput, match="has tables already"):
        refuse_filled(origin)


@pytest.mark.parametrize(
    ("manifest", "told"),
    [(b"[]", "no backup"), (b"{}", "no backup"), (b'{"format": 99}', "format 99"), (b"x", "no b")],
)
def test_what_is_no_backup_is_refused(tmp_path, manifest, told):
    file = tmp_path / "x.zip"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(MANIFEST, manifest)
    with pytest.raises(BadInput, match=told), opened(file):
        pass
    file.write_bytes(b"no zip at all")
    with pytest.raises(BadInput, match="no whole backup"), opened(file):
        pass


def test_backup_of_a_newer_version_is_refused_in_words(sqlite_engine, target, tmp_path):
    file, _ = backup(sqlite_engine, tmp_path)
    said = orjson.loads(zipfile.ZipFile(file).read(MANIFEST)) | {"revision": "9999"}
    rewritten(file, **{MANIFEST: orjson.dumps(said)})
    with pytest.raises(BadInput, match="newer version of Lianxin"):
        restore(file, target)
    refuse_filled(target)


def test_nothing_is_written_over(sqlite_engine, tmp_path):
    file, _ = backup(sqlite_engine, tmp_path)
    before = file.read_bytes()
    with pytest.raises(BadInput, match="there already"):
        backup(sqlite_engine, tmp_path)
    assert file.read_bytes() == before
    with pytest.raises(BadInput, match="no ledger"):
        write_backup(
            connect_database(f"sqlite:///{tmp_path}/empty.sqlite"), tmp_path / "e.zip",
            keys={}, with_keys=False, now=NOW,
        )  # fmt: skip


def test_keys_go_apart_unless_they_are_asked_for(sqlite_engine, tmp_path):
    key = tmp_path / "caller.key"
    key.write_text("secret")
    file, _ = backup(sqlite_engine, tmp_path, keys={"caller.key": key})
    assert b"secret" not in b"".join(
        map(zipfile.ZipFile(file).read, zipfile.ZipFile(file).namelist())
    )
    folder = tmp_path / "new"
    folder.mkdir()
    with opened(file) as (packed, manifest):
        assert restore_keys(packed, manifest, folder) == {"caller.key": "missing"}
        (folder / "caller.key").write_text("secret")
        assert restore_keys(packed, manifest, folder) == {"caller.key": "there"}
        (folder / "caller.key").write_text("another")
        assert restore_keys(packed, manifest, folder) == {"caller.key": "other"}
    file.unlink()
    file, _ = backup(sqlite_engine, tmp_path, keys={"caller.key": key}, with_keys=True)
    (folder / "caller.key").unlink()
    with opened(file) as (packed, manifest):
        assert restore_keys(packed, manifest, folder) == {"caller.key": "restored"}
        assert (folder / "caller.key").read_text() == "secret"
        assert stat.S_IMODE((folder / "caller.key").stat().st_mode) == 0o600
        outside = replace(manifest, keys={"../x.key": "0"})
        with pytest.raises(BadInput, match="no file of a data folder"):
            restore_keys(packed, outside, folder)


def test_bytes_yes_and_no_and_nothing_are_the_same_lines_on_both(sqlite_engine, postgresql_engine):
    made = "CREATE TABLE kinds (id INTEGER PRIMARY KEY, yes BOOLEAN, raw {}, x {})"
    shape = Shape("kinds", ("id", "yes", "raw", "x"), ("int", "bool", "bytes", "float"), ("id",))
    lines = [b'[1,1,"00ff",1.5]', b"[2,0,null,null]", b'[3,null,"",1e-7]', b'[4,1,"0a",0.1]']
    for engine, raw, real in (
        (sqlite_engine, "BLOB", "DOUBLE"), (postgresql_engine, "BYTEA", "DOUBLE PRECISION"),
    ):  # fmt: skip
        with writing(engine) as connection:
            connection.execute(text(made.format(raw, real)))
            found = {one.name: one for one in shapes(connection)}
            assert found["kinds"] == shape
            write_lines(connection, shape, [lines])
            assert [one for batch in lines_of(connection, shape) for one in batch] == lines


def test_account_is_of_the_rows_and_not_of_their_order():
    one, other, less = Account(), Account(), Account()
    one.add([b"[1]", b"[2]", b"[2]"])
    other.add([b"[2]"])
    other.add([b"[2]", b"[1]"])
    less.add([b"[1]", b"[2]"])
    assert (one.rows, one.checksum) == (other.rows, other.checksum)
    assert less.checksum != one.checksum


def test_manifest_comes_back_as_it_was(sqlite_engine, tmp_path):
    file, manifest = backup(filled(sqlite_engine), tmp_path)
    with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
        assert read_manifest(packed) == manifest
