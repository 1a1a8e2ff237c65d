"""The migrations make the tables, on both databases, and refuse what they do not know."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from data_sources.database import connect_database, writing
from data_sources.migrate import migrate
from data_sources.tables import metadata, tickets
from operations.errors import BadInput


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def test_migrated_database_is_what_the_tables_say(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


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
    for name in ("category", "district", "department"):
        assert "archived" in str(found[f"ix_tickets_open_{name}"])


def test_no_column_can_hold_a_caller():
    assert "caller" not in tickets.columns
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
