"""What more than one room's tests stand on."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
import redis
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from data_sources.compiled import keep_compiled
from data_sources.database import connect_database
from data_sources.migrate import migrate
from data_sources.redis_server import connect_redis
from tests.postgres_server import NoPostgres, running_postgres
from tests.valkey_server import ValkeyServer

keep_compiled(Path(tempfile.gettempdir()))  # before any test imports numba

HERE = Path(__file__).parent
_numbers = count(1)

# How fast data is drawn tells of the machine, not of the code.
settings.register_profile("lianxin", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("lianxin")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let whole systems go first, then browsers: what takes long is not what is left at the end."""
    items.sort(key=lambda item: (len(item.path.relative_to(HERE).parts) > 1, not_browser(item)))


def not_browser(item: pytest.Item) -> bool:
    """Tell tests that need no browser from those that do."""
    return item.path.parent.name != "browser"


@pytest.fixture(scope="session", autouse=True)
def logging_of_the_tests() -> Iterator[None]:
    """Let no command that runs in this process set up the logging of its own.

    A logger that has spoken keeps the one it knew: nothing it says can be captured after the
    next, and it speaks to the command's terminal, which is closed.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("data_sources.logs.configure", lambda _level: None)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Give the URL of a PostgreSQL server of this test run; skip where there can be none.

    With CI=true nothing is skipped: there it has to start.
    """
    try:
        server = running_postgres()
        url = server.__enter__()
    except (NoPostgres, OSError) as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"PostgreSQL cannot be started here: {error}")
    yield url
    server.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres_server: str) -> str:
    """Give the URL of an empty PostgreSQL database of this test alone."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return _at(postgres_server, name)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an empty migrated SQLite file to copy: to bring one up to date takes far longer."""
    made = tmp_path_factory.mktemp("migrated") / "ledger.sqlite"
    _bring_up_to_date(f"sqlite:///{made}")
    return made


@pytest.fixture(scope="session")
def migrated_database(postgres_server: str) -> str:
    """Give the name of an empty migrated PostgreSQL database to copy."""
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute("CREATE DATABASE migrated")
    _bring_up_to_date(_at(postgres_server, "migrated"))
    return "migrated"


@pytest.fixture
def sqlite_engine(tmp_path: Path, migrated_file: Path) -> Iterator[Engine]:
    """Give an empty migrated SQLite file."""
    shutil.copyfile(migrated_file, tmp_path / "ledger.sqlite")
    engine = connect_database(f"sqlite:///{tmp_path}/ledger.sqlite")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgres_server: str, migrated_database: str) -> Iterator[Engine]:
    """Give an empty migrated PostgreSQL database."""
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres_server, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database}")
    engine = connect_database(_at(postgres_server, name))
    yield engine
    engine.dispose()


def _at(server: str, database: str) -> str:
    return server.replace("/postgres?", f"/{database}?")


def _bring_up_to_date(url: str) -> None:
    engine = connect_database(url)
    migrate(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def valkey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ValkeyServer]:
    """Give the private Valkey of this test run; it may be emptied, not killed."""
    with ValkeyServer(tmp_path_factory.mktemp("valkey")) as server:
        yield server


@pytest.fixture
def valkey(valkey_server: ValkeyServer) -> Iterator[redis.Redis]:
    """Give a client of an empty Valkey."""
    with connect_redis(valkey_server.url) as client:
        client.flushall()
        yield client


@pytest.fixture
def valkey_url(valkey_server: ValkeyServer, valkey: redis.Redis) -> str:
    """Give the URL of an empty Valkey."""
    return valkey_server.url
