"""Making a ledger of a backup: all of it, checked row by row, or nothing."""

import io
import os
import sqlite3
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, inspect, text

from data_sources.backup import Damaged, Manifest, TableAccount, fingerprint, read_manifest
from data_sources.backup_rows import (
    Account,
    Progress,
    Shape,
    in_batches,
    lines_of,
    quoted,
    shapes,
    untold,
    write_lines,
)
from data_sources.database import connect_database, reading, writing
from data_sources.migrate import migrate_within
from operations.errors import BadInput

READ_BYTES = 1 << 20
UNREADABLE = (
    *(KeyError, ValueError, EOFError, NotImplementedError, zlib.error, zipfile.BadZipFile),
    *(psycopg.DataError, psycopg.IntegrityError, sqlite3.IntegrityError),
    *(sqlite3.ProgrammingError, sqlite3.InterfaceError),
)
"""What rows of a damaged backup lead to, on their way out of the file or into a database."""


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup; raises BadInput where it is none."""
    try:
        with zipfile.ZipFile(file) as packed:
            yield packed, read_manifest(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise BadInput("FILE", f"is no whole backup: {error}") from error


def refuse_filled(engine: Engine) -> None:
    """Refuse a database that has tables: nothing is ever restored over anything."""
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return
    with reading(engine) as connection:
        found = inspect(connection).get_table_names()
    if found:
        raise BadInput(
            "--data",
            f"the database there has tables already ({', '.join(sorted(found)[:3])}…); "
            "restore into a new folder or an empty database",
        )


def restore_tables(
    packed: zipfile.ZipFile,
    manifest: Manifest,
    engine: Engine,
    *,
    progress: Progress = untold,
) -> None:
    """Make the tables of a backup in an empty database, check them, bring them up to date.

    All or nothing. `progress` is told of each batch, written and then read again. Raises Damaged
    where rows are not those of the manifest, BadInput for a backup of a newer version.
    """
    if engine.dialect.name == "postgresql":
        with writing(engine) as connection:
            _restore(packed, manifest, connection, progress)
        return
    path = Path(str(engine.url.database))
    aside = path.with_name(path.name + ".part")
    engine.dispose()  # what looked into the empty file must not go on looking into it
    try:
        _restore_aside(packed, manifest, aside, progress)
        aside.replace(path)
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            aside.with_name(aside.name + ending).unlink(missing_ok=True)


def _restore_aside(
    packed: zipfile.ZipFile, manifest: Manifest, aside: Path, progress: Progress
) -> None:
    """Write a SQLite file that nobody knows of yet, and therefore without any journal."""
    aside.unlink(missing_ok=True)
    engine = connect_database(f"sqlite:///{aside}")
    try:
        bare = engine.raw_connection()
        bare.cursor().execute("PRAGMA journal_mode=OFF")
        bare.cursor().execute("PRAGMA synchronous=OFF")
        bare.close()  # back into the pool, which gives this one again
        with writing(engine) as connection:
            _restore(packed, manifest, connection, progress)
    finally:
        engine.dispose()
    with aside.open("rb+") as file:
        os.fsync(file.fileno())


def _restore(
    packed: zipfile.ZipFile, manifest: Manifest, connection: Connection, progress: Progress
) -> None:
    migrate_within(connection, manifest.revision)
    known = {shape.name: shape for shape in shapes(connection)}
    told = {table.name: table for table in manifest.tables}
    if set(known) != set(told):
        strange = ", ".join(sorted(set(known) ^ set(told)))
        raise Damaged(f"the backup has not the tables of its revision: {strange}")
    for name in known:  # what migrations put in, so that an empty database can be started with
        connection.execute(text(f"DELETE FROM {quoted(name)}"))  # noqa: S608
    aside = _set_aside(connection)
    for name, shape in known.items():
        _fill(packed, told[name], shape, connection, progress)
    for statement in aside:
        connection.exec_driver_sql(statement)
    _number_on(connection, known)
    for name, shape in known.items():
        account = Account()
        for lines in lines_of(connection, shape):
            account.add(lines)
            progress(len(lines))
        _expect(told[name], account, "was restored into the database")
    migrate_within(connection, "head")
    _index_words_anew(connection)


def _index_words_anew(connection: Connection) -> None:
    """Note every ticket for the index of words, which no backup holds."""
    connection.exec_driver_sql("DELETE FROM unindexed")
    connection.exec_driver_sql("INSERT INTO unindexed (ticket_id) SELECT id FROM tickets")


def _fill(
    packed: zipfile.ZipFile,
    table: TableAccount,
    known: Shape,
    connection: Connection,
    progress: Progress,
) -> None:
    if _columns(table.shape) != _columns(known):
        raise Damaged(f"the backup's table {table.name} has not the columns of its revision")
    account = Account()

    def checked(member: Iterable[bytes]) -> Iterator[list[bytes]]:
        for batch in in_batches(member, known.batch):
            lines = [line.rstrip(b"\n") for line in batch]
            account.add(lines)
            progress(len(lines))
            yield lines

    try:
        with packed.open(f"tables/{table.name}.jsonl") as member:
            whole: Any = member  # what a zip gives reads lines slowly by itself
            write_lines(connection, table.shape, checked(io.BufferedReader(whole, READ_BYTES)))
    except UNREADABLE as error:
        raise Damaged(f"table {table.name} of the backup is damaged: {error}") from error
    _expect(table, account, "is in the backup")


def _columns(shape: Shape) -> dict[str, str]:
    return dict(zip(shape.columns, shape.kinds, strict=True))


def _expect(table: TableAccount, account: Account, where: str) -> None:
    if (account.rows, account.checksum) != (table.rows, table.checksum):
        raise Damaged(
            f"table {table.name}: what {where} ({account.rows} rows, {account.checksum}) is not "
            f"what the manifest says ({table.rows} rows, {table.checksum})"
        )


def _set_aside(connection: Connection) -> list[str]:
    """Take the indexes away and give what makes them again: sorting once is the faster.

    On SQLite the triggers as well: what they ask of each new row they find by the indexes.
    """
    if connection.dialect.name == "postgresql":
        statement = (
            "SELECT 'INDEX', indexname, indexdef FROM pg_indexes"
            " WHERE schemaname = current_schema()"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    else:
        statement = (
            "SELECT upper(type), name, sql FROM sqlite_master"
            " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
        )
    found = connection.execute(text(statement)).all()
    for kind, name, _ in found:
        connection.exec_driver_sql(f"DROP {kind} {quoted(name)}")
    return [made for _, _, made in found]


def _number_on(connection: Connection, known: dict[str, Shape]) -> None:
    """Let PostgreSQL number new rows behind the restored ones."""
    if connection.dialect.name != "postgresql":
        return
    for shape in known.values():
        for column in shape.order:
            found = connection.execute(
                text("SELECT pg_get_serial_sequence(:name, :column)"),
                {"name": quoted(shape.name), "column": column},
            ).scalar_one()
            if found is not None:
                last = f"coalesce(max({quoted(column)}), 0) + 1, false"
                statement = f"SELECT setval(:sequence, {last}) FROM {quoted(shape.name)}"  # noqa: S608
                connection.execute(text(statement), {"sequence": found})


def restore_keys(packed: zipfile.ZipFile, manifest: Manifest, folder: Path) -> dict[str, str]:
    """Put the backup's keys where there are none; give each key's state by name.

    States: `restored`, `there` (the same was there already), `other` (another one is there),
    `missing` (neither the backup nor the folder has it).
    """
    states = {}
    for name, expected in manifest.keys.items():
        if Path(name).name != name:
            raise BadInput("FILE", f"names a key {name!r}, which is no file of a data folder")
        path = folder / name
        if path.exists():
            states[name] = "there" if fingerprint(path) == expected else "other"
        elif manifest.with_keys:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(packed.read(f"keys/{name}"))
            states[name] = "restored"
        else:
            states[name] = "missing"
    return states
