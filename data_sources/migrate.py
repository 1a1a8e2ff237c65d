"""Bringing a database to the present shape of the tables, at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from data_sources.database import writing
from operations.errors import BadInput

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 12345_1  # PostgreSQL advisory lock: two processes starting at once must not both migrate


def migrate(engine: Engine) -> None:
    """Bring the database up to date; does nothing where it is.

    Raises BadInput when the database was written by a newer version than this one.
    """
    config, script = _scripts()
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        held = held_revision(connection)
        if held == script.get_current_head():
            return
        _refuse_newer(held, script)
        _upgrade(config, connection)


def migrate_within(connection: Connection, revision: str) -> None:
    """Bring a database to the shape of one revision, or of the newest (`head`), in a transaction.

    Raises BadInput for a revision of a newer version than this one.
    """
    config, script = _scripts()
    if revision != "head":
        _refuse_newer(revision, script)
    _upgrade(config, connection, revision)


def held_revision(connection: Connection) -> str | None:
    """Tell which revision a database has the shape of, None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> tuple[Config, ScriptDirectory]:
    config = Config()
    # Alembic reads % as an interpolation, and a folder may be called so.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)


def _refuse_newer(held: str | None, script: ScriptDirectory) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    if held is not None and held not in known:
        raise BadInput(
            "DATABASE_URL",
            f"the database was written by a newer version of Lianxin (its tables are at {held}, "
            f"this version knows up to {script.get_current_head()}); start that version, or "
            "restore a backup made before it",
        )


def _upgrade(config: Config, connection: Connection, revision: str = "head") -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
