"""The door's commands that bring tickets in: import, replay, demo, the set-aside list."""

import json
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import click
from tqdm import tqdm

from auditing import note_command
from data_sources.connect import Sources
from data_sources.feeds.demo_city.requests import request_scene, say_ready
from data_sources.feeds.demo_city.running import demo_rates, found_city, run_demo
from data_sources.feeds.importing import Account, import_table
from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.replay import Clocks, Shift, read_timeline, replay
from operations.errors import BadInput, Unreachable
from operations.ports import SetAside
from playing import play_cases, play_people

MOST_LINES = 20
EVERY_LINE = 1_000_000  # a line named by its number may be older than any list shown
MOST_AHEAD = timedelta(minutes=5)


def import_file(sources: Sources, path: Path, mapping: str) -> Account:
    """Import a table through the stream, with a bar, and print the closing account."""
    if not _worker_runs(sources):
        raise Unreachable("no worker runs on this data folder: start ./run first")
    what = f"{path.name} by {mapping}"
    note_command(sources, "import.begin", what)
    with tqdm(unit=" rows", desc=path.name, mininterval=0.3) as bar:
        account = import_table(
            path,
            read_mapping(mapping),
            sources.reader,
            sources.stream,
            now=datetime.now(UTC),
            folder=sources.settings.data_dir,
            progress=lambda done: _advance(bar, done),
            sleep=time.sleep,
            unchanged=lambda: sources.ledger.counters().unchanged,
        )
    aside = sum(account.set_aside.values())
    note_command(
        sources, "import.end", what,
        after=f"{account.rows} read, {account.taken} taken, {aside} set aside",
    )  # fmt: skip
    print_account(account)
    return account


def _advance(bar: "tqdm[NoReturn]", done: int) -> None:
    bar.update(done)


def _worker_runs(sources: Sources) -> bool:
    word = sources.board.word()
    return word is not None and (datetime.now(UTC) - word.said_at).total_seconds() < 5.0


def print_account(account: Account) -> None:
    """Print what became of a table's rows."""
    aside = sum(account.set_aside.values())
    click.echo(f"rows read   {account.rows:>9,}")
    click.echo(f"taken       {account.taken:>9,}")
    if account.unchanged is not None:
        click.echo(f"  unchanged {account.unchanged:>9,}")
    click.echo(f"set aside   {aside:>9,}")
    for title, counted in (("set aside", account.set_aside), ("repaired", account.repaired)):
        for reason, count in counted.most_common(MOST_LINES):
            click.echo(f"  {title} {count:>9,}  {reason}")
    if account.missing_columns:
        click.echo(f"columns the file does not have: {', '.join(account.missing_columns)}")


def replay_file(
    sources: Sources,
    path: Path,
    mapping: str,
    *,
    speed: float,
    start: datetime | None,
    stop: datetime | None,
    shift: Shift,
) -> None:
    """Live a table again; go on where an earlier replay on this folder had come to."""
    timeline = read_timeline(
        path,
        read_mapping(mapping),
        sources.reader,
        sources.stream,
        now=datetime.now(UTC),
        shift=shift,
    )
    print_account(timeline.account)
    last = sources.ledger.clock()
    if last is not None and (start is None or start < last):
        start = last
    note_command(sources, "replay.begin", f"{path.name} by {mapping}")
    with tqdm(total=len(timeline.events), unit=" events", mininterval=1) as bar:
        ended = replay(
            timeline,
            sources.stream,
            speed=speed,
            clocks=Clocks(time.monotonic, time.sleep),
            start=start,
            stop=stop,
            progress=lambda done: _advance(bar, done),
        )
    click.echo(f"lived until {ended.astimezone(sources.reference.zone):%Y-%m-%d %H:%M %Z}")


def live_demo(sources: Sources) -> None:
    """Live the demo city until SIGTERM; say so once a week of its history is in the ledger."""
    settings, reference = sources.settings, sources.reference
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    city = found_city(reference, seed=settings.demo_seed)

    def once_taken(then: Callable[[], None]) -> None:
        while not stop.is_set():
            with suppress(Unreachable):
                if not sources.stream.waiting():
                    then()
                    return
            stop.wait(0.05)

    def week_told() -> None:
        say_ready(sources.redis)
        play_people(sources)

    def wait(seconds: float) -> None:
        stop.wait(seconds)

    run_demo(
        city,
        intake=sources.intake,
        stream=sources.stream,
        client=sources.redis,
        ledger_clock=_ledger_clock(sources, stop),
        pace=settings.pace,
        history_d=settings.demo_history_d,
        data_dir=settings.data_dir,
        clock=lambda: datetime.now(UTC),
        sleep=wait,
        stop=stop,
        week_told=lambda: once_taken(week_told),
        all_told=lambda: once_taken(lambda: play_cases(sources)),
    )


def _ledger_clock(sources: Sources, stop: threading.Event) -> datetime | None:
    """Read the ledger's clock once the worker has made the ledger."""
    while not stop.is_set():
        with suppress(Unreachable):
            if sources.board.word() is not None:
                return _not_ahead(sources, sources.ledger.clock())
        stop.wait(0.1)
    return None


def _not_ahead(sources: Sources, clock: datetime | None) -> datetime | None:
    """Refuse to live on the real clock in a folder whose city has run ahead of it."""
    ahead = clock is not None and clock > datetime.now(UTC) + MOST_AHEAD
    if ahead and sources.settings.clock == "real":
        reason = f"this folder's city has come to {clock:%Y-%m-%d %H:%M} UTC at another pace"
        raise BadInput("--pace", f"{reason}; go on at that pace, or use another --data folder")
    return clock


def ask_for_scene(sources: Sources, name: str | None) -> None:
    """Ask the living demo city for a scene, or list what it can play."""
    scenes = demo_rates(sources.reference).scenes
    if name is None:
        for known in scenes["kinds"]:
            click.echo(known)
        return
    request_scene(sources.redis, name, scenes)
    click.echo(f"{name} is asked for; watch the wall")


def show_set_aside(sources: Sources, *, most: int, include_sent: bool) -> None:
    """Print the newest lines of the set-aside list."""
    lines = sources.ledger.list_set_aside(most=most, include_sent=include_sent)
    if not lines:
        click.echo("nothing is set aside")
    for line in lines:
        at = line.refused.refused_at.astimezone(sources.reference.zone)
        sent = " · sent again" if line.sent_again_at else ""
        click.echo(
            f"{line.id}  {at:%Y-%m-%d %H:%M:%S %Z}  {line.refused.feed}  ×{line.times}{sent}\n"
            f"   {line.refused.field}: {line.refused.reason}\n   {_on_a_line(line.refused.record)}"
        )


def _on_a_line(record: str) -> str:
    """Give the beginning of a record; what would steer the terminal is shown as a box."""
    return "".join(
        char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in record[:300]
    )


def send_set_aside(sources: Sources, ids: list[int], *, every: bool, most: int) -> None:
    """Send lines again by the same way any record comes in."""
    lines = sources.ledger.list_set_aside(most=most if every else EVERY_LINE)
    wanted = [line for line in lines if every or line.id in ids]
    unknown = set(ids) - {line.id for line in wanted}
    if unknown:
        raise BadInput("--send", f"no such line: {', '.join(map(str, sorted(unknown)))}")
    taken = [line.id for line in wanted if _send_again(sources, line)]
    sources.ledger.mark_sent_again(taken, datetime.now(UTC))
    for line in wanted:
        what = "taken" if line.id in taken else "refused again"
        note_command(sources, "set_aside.send", str(line.id), before=line.refused.field, after=what)
    click.echo(f"{len(taken)} of {len(wanted)} were taken now")


def _send_again(sources: Sources, line: SetAside) -> bool:
    kept = sources.sealed_book.record(line.refused.key) or line.refused.record
    try:
        record = json.loads(kept)
    except ValueError:
        click.echo(f"{line.id}: is no JSON object; mend it at its source", err=True)
        return False
    said = sources.intake.take([record], feed=line.refused.feed, now=datetime.now(UTC))
    for refusal in said["rejected"]:
        click.echo(f"{line.id}: {refusal['field']}: {refusal['reason']}", err=True)
    return bool(said["accepted"])
