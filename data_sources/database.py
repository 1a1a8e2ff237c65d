"""Opening the database, and telling its silence from a mistake of ours."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from operations.errors import BadInput, Unreachable

WRITING = "lianxin_writing"
LEDGER_LOCK = 12345_2  # PostgreSQL: one writer of tickets at a time
BUSY_TIMEOUT_MS = 5_000
CONNECT_TIMEOUT_S = 5
# PostgreSQL: a connection lost, a server stopping or short of something, a lock not had.
_AWAY = ("08", "40", "53", "55", "57", "58")


def connect_database(database_url: str) -> Engine:
    """Open a SQLite or PostgreSQL database; nothing is connected before it is first used.

    Raises BadInput for any other kind of database.
    """
    try:
        url = make_url(database_url.replace("postgres://", "postgresql://", 1))
    except (ValueError, ArgumentError) as error:
        raise BadInput("DATABASE_URL", f"not a database URL: {error}") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return _open_sqlite(url)
    if kind == "postgresql":
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            hide_parameters=True,  # an error's words go to the log, a ticket's must not
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    raise BadInput("DATABASE_URL", f"{kind} is not known here: use sqlite or postgresql")


def _open_sqlite(url: URL) -> Engine:
    # The connection that was used last: its cache is warm.
    engine = create_engine(url, hide_parameters=True, pool_use_lifo=True)

    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own idea of transactions begins them too late for a snapshot.
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA cache_size=-32768")  # KiB: the indexes of a busy year
        # Pages of 4 KiB: what a burst writes again and again goes to the file once. Housekeeping
        # brings the log home every few seconds, see `bring_home`.
        connection.execute("PRAGMA wal_autocheckpoint=16000")
        connection.execute("PRAGMA journal_size_limit=67108864")
        connection.execute("PRAGMA temp_store=MEMORY")

    def begin(connection: Connection) -> None:
        # A writer that began as a reader can fail with "locked" whatever the timeout.
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", begin)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection inside a transaction that may write; all of it is kept or nothing."""
    with telling_silence(), engine.connect() as connection:
        connection.execution_options(**{WRITING: True})
        with connection.begin():
            yield connection


@contextmanager
def reading(engine: Engine, *, may_make_tables: bool = False) -> Iterator[Connection]:
    """Give a connection whose every read sees the same moment.

    `may_make_tables` is for temporary ones, which PostgreSQL counts as writing.
    """
    with telling_silence(), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=not may_make_tables
            )
        with connection.begin():
            yield connection


@contextmanager
def telling_silence() -> Iterator[None]:
    """Turn a driver's word for a database that does not answer into `Unreachable`."""
    try:
        yield
    except DBAPIError as error:
        if error.connection_invalidated or is_away(error.orig):
            raise Unreachable(f"the database does not answer: {error.orig}") from error
        raise
    except (psycopg.Error, sqlite3.Error) as error:  # where a driver was spoken to directly
        if is_away(error):
            raise Unreachable(f"the database does not answer: {error}") from error
        raise


def is_away(error: BaseException | None) -> bool:
    """Tell whether trying again later can help.

    PostgreSQL files under OperationalError also what one row alone is guilty of (a key too
    long for its index); waiting for that would be waiting for ever.
    """
    if isinstance(error, psycopg.Error):
        lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
        state = error.sqlstate
        return lost if state is None else state.startswith(_AWAY)
    return isinstance(error, sqlite3.OperationalError)


@contextmanager
def writing_alone(engine: Engine) -> Iterator[Connection]:
    """Give a connection like `writing` that no ticket can come in beside."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":  # on SQLite there is one writer anyway
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LEDGER_LOCK})")
        yield connection


@contextmanager
def overwriting(engine: Engine) -> Iterator[Connection]:
    """Give a connection like `writing_alone`; SQLite overwrites what is removed with zeros."""
    with writing_alone(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
        yield connection


def bring_home(engine: Engine) -> None:
    """Write what stands in SQLite's write-ahead log to the disk and the file, beside writers.

    A power cut costs no more than what came since.
    """
    if engine.dialect.name == "sqlite":
        with telling_silence(), engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)")


def truncate_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, where what was removed can still be read.

    False where somebody who reads an older state still needs it: then it is to be tried again.
    """
    if engine.dialect.name != "sqlite":
        return True
    with telling_silence(), engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
