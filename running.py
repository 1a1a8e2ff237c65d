"""What `app.py run` starts: which parts there are, how one sees that each is ready."""

import fcntl
import os
import socket
import ssl
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import click

from data_sources.board import RedisBoard
from data_sources.connect_kept import KeptSources
from data_sources.embedded import EmbeddedValkey
from data_sources.feeds.demo_city.requests import is_ready
from data_sources.redis_server import connect_redis
from operations.errors import BadInput, OperationsError
from settings import Settings, keep_settings, read_settings
from supervisor import Part, Supervisor

APP = Path(__file__).with_name("app.py")
SYNC_EVERY_S = 1.0


def run_all(data: Path | None, *, no_demo: bool, replay: Path | None, **options: Any) -> int:
    """Start every part, print the address when the wall answers, watch until told to stop."""
    mapping, speed = options.pop("mapping"), options.pop("speed")
    overrides: dict[str, Any] = {
        name: options.get(name) for name in ("port", "host", "tls_cert", "tls_key", "pace", "city")
    }
    if no_demo or replay:
        overrides["demo"] = False
    if replay:
        if not mapping:
            raise BadInput("--mapping", "say how the file is read: --mapping NAME or a TOML file")
        overrides |= {"city": options.get("city") or f"mapping:{mapping}", "clock": "stream"}
        data = data or read_settings().data_dir / f"replay-{Path(mapping).stem}"
    if options.get("pace") not in (None, 1.0):
        overrides["clock"] = "stream"
    settings = read_settings(data_dir=data, **overrides)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    lock = take_folder(settings.data_dir)
    check_port(settings)
    check_keys(settings)
    keep_settings(settings)
    stages = Stages(settings)
    feeds = [stages.replay(replay, str(mapping), float(speed))] if replay else []
    feeds += [stages.demo()] if settings.demo else []
    feeds += [stages.open311()] if settings.open311_poll_url else []
    parts = [
        *([] if settings.redis_url else [[stages.valkey()]]),
        [stages.worker(), *feeds, stages.web()],
    ]
    supervisor = Supervisor(parts, settings.data_dir / "log", tell)
    if not settings.redis_url:
        valkey = EmbeddedValkey(settings.data_dir)
        threading.Thread(target=keep_synced, args=(valkey, tell), daemon=True).start()
    try:
        return supervisor.run(lambda: announce(settings))
    finally:
        lock.close()


def keep_synced(
    valkey: EmbeddedValkey,
    tell: Callable[[str], None],
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Have the disk keep what the private Valkey writes, each second; a failure is told once."""
    failed = ""
    while True:
        wait(SYNC_EVERY_S)
        try:
            valkey.sync()
            failed = ""
        except OSError as error:
            if str(error) != failed:
                tell(f"the disk does not keep what valkey writes: {error}")
            failed = str(error)


def tell(line: str) -> None:
    """Say on the terminal what is being done."""
    click.echo(f"  {line}")


def announce(settings: Settings) -> None:
    """Print where the wall is, and how it is ended."""
    click.echo(f"\nLianxin 连心 is live: {settings.url}/wall\n  all screens: {settings.url}/")
    if settings.demo_accounts:
        click.echo(f"  one demo account for each role: {settings.url}/")
    click.echo("  Ctrl-C ends it.")


def take_folder(folder: Path) -> IO[str]:
    """Make sure that nobody else lives in the data folder; the lock ends with this process."""
    lock = (folder / "lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        lock.seek(0)
        reason = f"{folder} is in use by process {lock.read().strip()}; use another --data folder"
        lock.close()
        raise BadInput("--data", reason) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def check_port(settings: Settings) -> None:
    """Make sure that the port is free before anything starts."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            reason = f"{settings.port} cannot be used ({error.strerror}); choose another --port"
            raise BadInput("PORT", reason) from error


def check_keys(settings: Settings) -> None:
    """Make sure that what the ledger holds sealed has its keys, before anything starts."""
    with closing(KeptSources(settings)) as sources:
        _ = sources.sealer


class Stages:
    """Makes the parts of one system."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._redis = connect_redis(settings.redis_url or EmbeddedValkey(settings.data_dir).url)
        self._board = RedisBoard(self._redis)
        self._started_at = datetime.now(UTC)

    def _env(self) -> dict[str, str]:
        """Hand every setting on as an environment variable, so that all parts live by the same."""
        env = {}
        for name, field in Settings.model_fields.items():
            value = getattr(self._settings, name)
            alias = field.validation_alias
            variable = str(alias.choices[0]) if alias else f"LIANXIN_{name.upper()}"  # type: ignore[union-attr]
            if value is not None:
                env[variable] = str(value)
        return env | {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}

    def _part(self, name: str, *arguments: str, **more: Any) -> Part:
        return Part(name, [sys.executable, str(APP), name, *arguments], self._env(), **more)

    def valkey(self) -> Part:
        """The private Valkey."""
        return Part(
            "valkey", EmbeddedValkey(self._settings.data_dir).command(), ready=self._redis_answers
        )

    def worker(self) -> Part:
        """The worker; ready when it has spoken since this start."""
        return self._part("worker", ready=self._worker_speaks, patience_s=120)

    def web(self) -> Part:
        """The web server; ready when the wall answers with a picture."""
        return self._part("web", ready=self._wall_answers, patience_s=120)

    def demo(self) -> Part:
        """The demo city; ready when a week of its history is in the ledger."""
        return self._part("demo", ready=self._history_is_in, patience_s=180)

    def replay(self, file: Path, mapping: str, speed: float) -> Part:
        """A table lived again; it may end."""
        return self._part(
            "replay", str(file), "--mapping", mapping, "--speed", str(speed), ends_well=True
        )

    def open311(self) -> Part:
        """What takes another city's requests; the wall does not wait for it."""
        return self._part("open311", "poll")

    def _redis_answers(self) -> bool:
        try:
            return bool(self._redis.ping())
        except Exception:  # whatever it is, it does not answer yet
            return False

    def _worker_speaks(self) -> bool:
        try:
            word = self._board.word()
        except OperationsError:
            return False
        return bool(word is not None and word.said_at > self._started_at)

    def _history_is_in(self) -> bool:
        try:
            return is_ready(self._redis)
        except OperationsError:
            return False

    def _wall_answers(self) -> bool:
        # Whether the certificate names this address is the browsers' question, not ours.
        own = ssl._create_unverified_context() if self._settings.tls_cert else None  # noqa: S323
        paths = ["/healthz", "/wall"]
        if self._settings.accounts == "on":  # whoever starts the house is not signed in
            if not self._picture_is_up():
                return False
        else:
            paths.append("/api/v1/pictures/city")
        try:
            for path in paths:
                url = self._settings.url + path
                with urllib.request.urlopen(url, timeout=2, context=own):  # noqa: S310 - our own
                    pass
        except OSError:
            return False
        return True

    def _picture_is_up(self) -> bool:
        try:
            return self._board.newest("city") is not None
        except OperationsError:
            return False
