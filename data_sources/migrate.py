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
    config = Config()
    # Alembic reads % as an interpolation, and a folder may be called so.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        held = MigrationContext.configure(connection).get_current_revision()
        if held == script.get_current_head():
            return
        _refuse_newer(held, script)
        _upgrade(config, connection)


def _refuse_newer(held: str | None, script: ScriptDirectory) -> None:
    known = {revision.revision for revision in script.walk_revisions()}
    if held is not None and held not in known:
        raise BadInput(
            "DATABASE_URL",
            f"the database was written by a newer version of Lianxin (its tables are at {held}, "
            f"this version knows up to {script.get_current_head()}); start that version, or "
            "restore a backup made before it",
        )


def _upgrade(config: Config, connection: Connection) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
