"""What is left of the ledger when somebody is killed, and what a dead database is called."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import psycopg
import pytest

from data_sources.database import bring_home, connect_database
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from operations.errors import Unreachable
from tests.builders import NOW, at, ticket
from tests.postgres_server import running_postgres

BATCH = 400
WRITER = f"""
import sys
from itertools import count
from data_sources.database import bring_home, connect_database
from data_sources.ledger import SqlLedger
from tests.builders import NOW, ticket

ledger = SqlLedger(connect_database(sys.argv[1]))
for batch in count():
    ledger.store([ticket(external_id=f"T-{{batch}}-{{n}}") for n in range({BATCH})], clock=NOW)
    print(batch, flush=True)
"""


def count(engine, table):
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_writer_leaves_no_half_batch(kind, request):
    engine = request.getfixturevalue(f"{kind}_engine")
    for wait_s in (0.0, 0.013, 0.031):
        url = engine.url.render_as_string(hide_password=False)
        before = count(engine, "tickets")
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, text=True
        )
        told = [writer.stdout.readline() for _ in range(2)]
        time.sleep(wait_s)
        os.kill(writer.pid, signal.SIGKILL)
        told += writer.stdout.readlines()
        writer.stdout.close()
        writer.wait()
        assert len(told) >= 2
        time.sleep(0.1)  # PostgreSQL ends the session of a dead client in its own time
        with engine.connect() as connection:
            revision, last_id = connection.exec_driver_sql(
                "SELECT revision, last_ticket_id FROM meta"
            ).one()
        tickets = count(engine, "tickets")
        assert tickets == revision * BATCH == last_id
        assert tickets >= before
        assert count(engine, "changes") == tickets
        with engine.begin() as connection:  # the next writer begins with the same names again
            connection.exec_driver_sql("DELETE FROM changes")
            connection.exec_driver_sql("DELETE FROM tickets")
            connection.exec_driver_sql("UPDATE meta SET revision = 0, last_ticket_id = 0")


def test_batch_that_fails_half_way_is_not_there_at_all(sqlite_engine):
    ledger = SqlLedger(sqlite_engine)
    bad = ticket(external_id="bad", text="\ud800")
    with pytest.raises(UnicodeEncodeError):
        ledger.store([ticket(), bad], clock=NOW)
    assert (ledger.ticket("demo", "T-1"), ledger.revision()) == (None, 0)
    ledger.store([ticket()], clock=NOW)
    assert ledger.revision() == 1


def test_one_ticket_postgresql_will_not_have_is_no_dead_database(postgresql_engine):
    ledger = SqlLedger(postgresql_engine)
    too_long = "".join(chr(0x4E00 + number % 20_000) for number in range(0, 60_000, 7))
    with pytest.raises(psycopg.Error):
        ledger.store([ticket(external_id=too_long)], clock=NOW)
    ledger.store([ticket()], clock=NOW)
    assert ledger.revision() == 1


def test_locked_sqlite_is_unreachable(sqlite_engine):
    with sqlite_engine.connect() as one, sqlite_engine.connect() as other:
        other.connection.driver_connection.execute("PRAGMA busy_timeout=20")
        one.connection.driver_connection.execute("BEGIN IMMEDIATE")
        other.close()
        with pytest.raises(Unreachable, match="locked"):
            SqlLedger(sqlite_engine).store([ticket()], clock=NOW)
        one.connection.driver_connection.execute("ROLLBACK")


def test_sqlite_file_that_cannot_be_read_is_unreachable(tmp_path):
    ledger = SqlLedger(connect_database(f"sqlite:///{tmp_path}/no/folder/ledger.sqlite"))
    with pytest.raises(Unreachable, match="unable to open"):
        ledger.revision()


def test_tables_that_are_not_there_are_told_like_a_silent_database(tmp_path):
    ledger = SqlLedger(connect_database(f"sqlite:///{tmp_path}/ledger.sqlite"))
    with pytest.raises(Unreachable, match="no such table"):
        next(ledger.facts())
    ledger.close()


def test_database_that_was_never_there_is_unreachable(tmp_path):
    ledger = SqlLedger(connect_database(f"postgresql://nobody@/none?host={tmp_path}"))
    with pytest.raises(Unreachable, match="does not answer"):
        ledger.revision()


def test_ledger_goes_on_when_postgresql_is_back(postgresql_engine):
    ledger = SqlLedger(postgresql_engine)
    ledger.store([ticket()], clock=NOW)
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    stored = ledger.store([replace(ticket(), updated_at=at(1))], clock=NOW)
    assert stored.revision == 2


def test_server_killed_under_the_ledger_is_unreachable():
    with running_postgres() as url:
        engine = connect_database(url)
        migrate(engine)
        ledger = SqlLedger(engine)
        ledger.store([ticket()], clock=NOW)
    with pytest.raises(Unreachable):
        ledger.store([ticket(updated_at=at(1))], clock=NOW)
    with pytest.raises(Unreachable):
        next(ledger.facts())
    ledger.close()


def test_what_was_brought_home_needs_no_log(sqlite_engine, tmp_path):
    """A power cut takes what stands in the log alone; a copy of the file is what is left."""
    ledger, file = SqlLedger(sqlite_engine), tmp_path / "ledger.sqlite"
    bring_home(sqlite_engine)
    for name, held in (("T-1", 0), ("T-2", 1)):
        ledger.store([ticket(external_id=name)], clock=NOW)
        left = tmp_path / f"{name}.sqlite"
        left.write_bytes(file.read_bytes())
        engine = connect_database(f"sqlite:///{left}")
        assert count(engine, "tickets") == held
        engine.dispose()
        bring_home(sqlite_engine)
