"""`app.py open311`: keys for programs from outside, and polling another city's server."""

import secrets
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname
from typing import Any

import click
import structlog

from commanding import told
from operations.errors import BadInput, Unreachable

log = structlog.get_logger()

LONGEST_PAUSE_S = 300.0
DATA = click.option("--data", type=click.Path(path_type=Path), help="Data folder (./var).")


@click.group("open311", context_settings={"help_option_names": ["-h", "--help"]})
def open311() -> None:
    """Make, list and revoke keys for Open311, and poll another city's server."""


@open311.command("add-key")
@click.argument("name")
@DATA
@told("open311")
def add_key(data: Path | None, name: str) -> None:
    """Make a key for NAME and print it, this once."""
    from auditing import person  # noqa: PLC0415 - `--help` answers at once
    from operations.people.api_keys import ApiKey, digest_of, read_name  # noqa: PLC0415

    keys, key, by = _keys(data), secrets.token_urlsafe(32), f"{person()} (command line)"
    made = ApiKey(secrets.token_hex(4), read_name(name), digest_of(key), _now_us(), by)
    keys.add(made, device=gethostname())
    click.echo(f"{made.id}  {made.name}\n{key}")
    click.echo("Keep it now: it is shown nowhere again.", err=True)


@open311.command("keys")
@DATA
@told("open311")
def list_keys(data: Path | None) -> None:
    """List the keys, the oldest first, without what opens anything."""
    for one in _keys(data).everyone():
        state = "valid" if one.revoked_us is None else f"revoked {_day(one.revoked_us)}"
        click.echo(f"{one.id}\t{one.name}\tmade {_day(one.made_us)} by {one.made_by}\t{state}")


@open311.command("revoke-key")
@click.argument("key_id")
@DATA
@told("open311")
def revoke_key(data: Path | None, key_id: str) -> None:
    """Take a key away for good; its next call is refused."""
    from auditing import person  # noqa: PLC0415

    by = f"{person()} (command line)"
    held = _keys(data).revoke(key_id, by=by, at_us=_now_us(), device=gethostname())
    click.echo(f"{held.id}  {held.name}: revoked")


@open311.command("poll")
@click.option("--once", is_flag=True, help="Poll once and print what became of it.")
@DATA
@told("open311")
def poll(data: Path | None, once: bool) -> None:
    """Take requests from the server the settings name (started by `run`)."""
    from data_sources.connect import Sources  # noqa: PLC0415
    from data_sources.logs import configure  # noqa: PLC0415
    from settings import read_kept_settings  # noqa: PLC0415

    settings = read_kept_settings(data)
    configure(settings.log_level)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    poller = _poller(Sources(settings), stop)
    if once:
        account = poller.once()
        click.echo(
            f"rows read {account.rows:,}, taken {account.taken:,}, set aside {account.set_aside:,}"
        )
        return
    poll_until(stop, poller, settings.open311_poll_s)


def poll_until(stop: threading.Event, poller: Any, pause_s: float) -> None:
    """Poll every so often until told to stop; what fails is tried again, later each time."""
    failures = 0
    while not stop.is_set():
        began = time.monotonic()
        try:
            account = poller.once()
        except Unreachable as error:
            failures += 1
            wait_s = max(min(2.0**failures, LONGEST_PAUSE_S), getattr(error, "wait_s", 0.0))
            log.warning("open311_poll_waits", reason=str(error), wait_s=wait_s, failures=failures)
        except BadInput as error:
            failures, wait_s = 0, pause_s
            log.error("open311_poll_failed", reason=str(error))  # noqa: TRY400 - told, not traced
        else:
            failures, wait_s = 0, pause_s
            log.info(
                "open311_polled",
                rows=account.rows, taken=account.taken, set_aside=account.set_aside,
                repaired=account.repaired, took_ms=round((time.monotonic() - began) * 1000),
            )  # fmt: skip
        stop.wait(wait_s)


def _poller(sources: Any, stop: threading.Event) -> Any:
    from data_sources.feeds.mapping import read_mapping  # noqa: PLC0415
    from data_sources.feeds.open311.endpoint import Endpoint  # noqa: PLC0415
    from data_sources.feeds.open311.place import PlaceFile  # noqa: PLC0415
    from data_sources.feeds.open311.poll import Poller, Taking  # noqa: PLC0415

    settings = sources.settings
    url = settings.open311_poll_url
    if url is None:
        raise BadInput("LIANXIN_OPEN311_POLL_URL", "name the server to poll, then start again")
    mapping = read_mapping(settings.open311_poll_mapping)
    server = Endpoint(url, settings.open311_poll_format, settings.open311_poll_jurisdiction)

    def rest(seconds: float) -> None:
        if stop.wait(seconds):
            raise Unreachable("told to stop")

    taking = Taking(server.name, mapping, sources.reader, sources.stream, rest)
    file = PlaceFile(settings.data_dir, url, settings.open311_poll_mapping)
    return Poller(server, taking, file, settings.open311_poll_back_d, lambda: datetime.now(UTC))


def _keys(data: Path | None) -> Any:
    from data_sources.api_keys import SqlApiKeys  # noqa: PLC0415
    from data_sources.connect import Sources  # noqa: PLC0415
    from settings import read_kept_settings  # noqa: PLC0415

    sources = Sources(read_kept_settings(data))
    sources.migrate()
    return SqlApiKeys(sources.engine, sources.audit)


def _now_us() -> int:
    return time.time_ns() // 1000


def _day(us: int) -> str:
    return f"{datetime.fromtimestamp(us / 1e6, UTC):%Y-%m-%d}"
