"""The migrations make the tables, on both databases, and refuse what they do not know."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

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
import data_sources.search_indexes
import data_sources.supervision_tables  # noqa: F401
from data_sources.database import connect_database, truncate_log, writing
from data_sources.ledger import SqlLedger
from data_sources.migrate import MIGRATIONS, migrate
from data_sources.rows import row_of
from data_sources.schema import metadata
from data_sources.sealed_book import SealedBook
from data_sources.tables import CONTENT, tickets
from data_sources.watchbook import SqlWatchbook
from operations.errors import BadInput
from operations.ports import Watched
from tests.builders import NOW_US, ticket
from tests.sealing import SEALER
from tests.watched import alarm, cluster

LATER = ("sealed_mark", "triage", "due_by", "ring", "ring_by", "supervision", "return_reason",
         "ruled_by")  # fmt: skip
"""Columns that the first version did not have."""


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture(params=["sqlite", "postgresql"])
def first_version(request, tmp_path):
    """Give a database as the first version left it, with tickets, history and a line set aside."""
    url = f"sqlite:///{tmp_path}/old.sqlite"
    engine = connect_database(
        url if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    )
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with writing(engine) as connection:
        for number, one in enumerate(FIRST_TICKETS, start=1):
            row = dict(zip(CONTENT, row_of(one), strict=True)) | {"id": number, "revision": 1}
            for later in LATER:
                del row[later]
            connection.execute(text(insert_of("tickets", row)), row)
        line = {"ticket_id": 1, "at_us": NOW_US, "step": "accepted", "was": "", "now": ""}
        connection.execute(text(insert_of("changes", line)), line)
        refused = {
            "id": 1,
            "key": "k",
            "feed": "intake",
            "field": "status",
            "reason": "unknown",
            "record": '{"phone": "13812345678"}',
            "refused_us": NOW_US,
            "times": 1,
        }
        connection.execute(text(insert_of("set_aside", refused)), refused)
        connection.exec_driver_sql(
            f"UPDATE meta SET revision = 1, last_ticket_id = 2, taken = 2, clock_us = {NOW_US}"
        )
    yield engine
    engine.dispose()


def compared(connection):
    """The index of words is each database's own, and no table of ours."""

    def ours(_object, name, *_rest):
        return not str(name).removeprefix("ix_").startswith("ticket_words")

    return MigrationContext.configure(
        connection, opts={"compare_type": True, "include_object": ours}
    )


FIRST_TICKETS = (
    ticket(text="联系电话13812345678,王先生", address="东莱街道1号"),
    ticket(external_id="T-2", text="水" * 9),
)


def insert_of(table, row):
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(':' + n for n in row)})"


def held_by(engine):
    ledger = SqlLedger(engine)
    return (
        sorted(fact for batch in ledger.facts() for fact in batch),
        [ledger.ticket("demo", name) for name in ("T-1", "T-2")],
        ledger.changes("demo", "T-1"),
        ledger.list_set_aside(most=9),
        (ledger.revision(), ledger.clock(), ledger.counters()),
    )


def test_first_version_is_brought_up_with_all_it_holds(first_version):
    assert "alarms" not in inspect(first_version).get_table_names()
    migrate(first_version)
    facts, tickets_, changes, aside, numbers = held_by(first_version)
    assert tickets_ == list(FIRST_TICKETS)
    assert (len(facts), len(changes), len(aside), numbers[0]) == (2, 1, 1, 1)
    with first_version.connect() as connection:
        assert compare_metadata(compared(connection), metadata) == []
    book = SqlWatchbook(first_version)
    book.keep(Watched(clusters=(cluster(),), alarms=(alarm(),)))
    migrate(first_version)
    assert book.living() == ([cluster()], [alarm()])


def test_what_the_first_version_held_in_plain_is_sealed_and_can_be_opened(first_version):
    migrate(first_version)
    before = held_by(first_version)
    book = SealedBook(first_version, SEALER)
    assert (book.seal_plain(most=1), book.seal_plain(), book.seal_plain()) == (1, 1, 0)
    assert (book.seal_plain_refused(), book.seal_plain_refused()) == (1, 0)
    facts, tickets_, changes, aside, numbers = held_by(first_version)
    assert (facts, changes, numbers) == (before[0], before[2], before[4])
    assert (tickets_[0].text, tickets_[0].address) == ("联系电话138****5678,*先生", "东莱街道*号")
    assert book.fields("demo", "T-1")["text"] == FIRST_TICKETS[0].text
    assert "138" not in aside[0].refused.record
    assert book.record("k") == '{"phone": "13812345678"}'


@pytest.mark.parametrize("first_version", ["sqlite"], indirect=True)
def test_what_was_plain_is_nowhere_in_the_file(first_version, tmp_path):
    migrate(first_version)
    files = [tmp_path / "old.sqlite", tmp_path / "old.sqlite-wal"]
    assert b"13812345678" in b"".join(file.read_bytes() for file in files if file.exists())
    book = SealedBook(first_version, SEALER)
    while book.seal_plain() + book.seal_plain_refused():
        pass
    truncate_log(first_version)
    assert b"13812345678" not in b"".join(file.read_bytes() for file in files if file.exists())


@pytest.mark.parametrize("first_version", ["sqlite"], indirect=True)
def test_backup_of_the_first_version_is_restored_into_this_one(first_version, tmp_path):
    copy = tmp_path / "restored.sqlite"
    with (
        closing(sqlite3.connect(tmp_path / "old.sqlite")) as old,
        closing(sqlite3.connect(copy)) as new,
    ):
        old.backup(new)
    restored = connect_database(f"sqlite:///{copy}")
    migrate(restored)
    assert held_by(restored)[1] == list(FIRST_TICKETS)
    assert SqlWatchbook(restored).living() == ([], [])
    restored.dispose()


def test_migrated_database_is_what_the_tables_say(engine):
    with engine.connect() as connection:
        assert compare_metadata(compared(connection), metadata) == []


def test_comparison_would_see_a_missing_column():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql("ALTER TABLE tickets DROP COLUMN parent")
        assert compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()


def test_indexes_of_open_tickets_are_partial(engine):
    dialect = engine.dialect.name
    found = {
        index["name"]: index["dialect_options"].get(f"{dialect}_where")
        for index in inspect(engine).get_indexes("tickets")
    }
    for name in ("district", "department", "created", "due"):
        assert "archived" in str(found[f"ix_tickets_open_{name}"])


def test_no_column_can_hold_a_caller():
    for table in metadata.tables.values():
        assert "caller" not in table.columns
    assert "caller_key" in tickets.columns


def test_migrating_again_does_nothing(engine):
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM meta").scalar() == 1


def test_database_of_a_newer_version_is_refused_in_words(engine):
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BadInput, match="newer version of Lianxin"):
        migrate(engine)


def test_sqlite_waits_for_the_disk_only_at_checkpoints(sqlite_engine):
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000


@pytest.mark.parametrize("url", ["mysql://x/y", "no url at all"])
def test_other_databases_are_refused_with_the_settings_name(url):
    with pytest.raises(BadInput, match="DATABASE_URL"):
        connect_database(url)
