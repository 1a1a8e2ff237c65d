"""The door's commands that keep a ledger in a file, and make one of such a file."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from auditing import note_command
from data_sources.backup import Manifest, keys_in, write_backup
from data_sources.connect import Sources
from data_sources.restore import opened, refuse_filled, restore_keys, restore_tables
from operations.errors import BadInput, OperationsError, Unreachable
from running import take_folder
from settings import Settings

OF_A_LEDGER = ("ledger.sqlite", "valkey")
KEY_STATES = {
    "restored": "was restored from the backup",
    "there": "is there already, the same as when the backup was made",
    "other": "is there already, but ANOTHER than when the backup was made",
    "missing": "is not here: put the one in that was kept apart, before the first start",
}


def back_up(sources: Sources, file: Path, *, with_keys: bool) -> None:
    """Write a backup, and say what is in it, what is not, and where that is."""
    folder = sources.settings.data_dir
    keys = keys_in(folder)
    with tqdm(unit=" rows", desc=file.name, mininterval=0.3) as bar:
        manifest = write_backup(
            sources.engine,
            file,
            keys=keys,
            with_keys=with_keys,
            now=datetime.now(UTC),
            total=lambda rows: _expect(bar, rows),
            progress=lambda rows: _advance(bar, rows),
        )
    told = f"{manifest.rows} rows, {len(manifest.tables)} tables, audit head {manifest.head}"
    reason = "with keys" if with_keys and keys else ""
    note_command(sources, "backup", file.name, after=told, reason=reason)
    click.echo(f"{file}: {_contents(manifest)}, {file.stat().st_size / 1e6:,.1f} MB")
    _say_keys(manifest, folder, with_keys=with_keys)
    _say_waiting(sources)


def _expect(bar: "tqdm[Any]", rows: int) -> None:
    bar.total = rows
    bar.refresh()


def _advance(bar: "tqdm[Any]", rows: int) -> None:
    bar.update(rows)


def _contents(manifest: Manifest) -> str:
    tickets = sum(table.rows for table in manifest.tables if table.name == "tickets")
    return f"{tickets:,} tickets, {manifest.rows:,} rows in {len(manifest.tables)} tables"


def _say_keys(manifest: Manifest, folder: Path, *, with_keys: bool) -> None:
    names = ", ".join(manifest.keys)
    if not names:
        click.echo(f"keys: {folder} has none")
    elif with_keys:
        click.echo(f"keys: {names} ARE in the backup; who has it can read what they protect")
    else:
        click.echo(f"keys: {names} are NOT in the backup; they are in {folder}: keep them apart")


def _say_waiting(sources: Sources) -> None:
    try:
        waiting = sources.stream.waiting()
    except Unreachable:
        click.echo("stream: Redis does not answer; entries that wait there are not in the backup")
        return
    if waiting:
        click.echo(
            f"stream: {waiting:,} entries are not in the ledger yet, and not in the backup; "
            "let the worker drain them, or keep Redis too"
        )
    else:
        click.echo("stream: drained; Redis needs no backup")


def restore_from(settings: Settings, file: Path) -> None:
    """Restore a backup into an empty folder or database, and say what is still to be done."""
    folder = settings.data_dir
    folder.mkdir(parents=True, exist_ok=True)
    there = [name for name in OF_A_LEDGER if (folder / name).exists()]
    if there:
        reason = f"{folder} has {', '.join(there)} already; restore into a new folder"
        raise BadInput("--data", reason)
    lock = take_folder(folder)
    sources = Sources(settings)
    try:
        refuse_filled(sources.engine)
        with opened(file) as (packed, manifest):
            rows = 2 * manifest.rows  # written, and read again
            with tqdm(total=rows, unit=" rows", desc=file.name, mininterval=0.3) as bar:
                restore_tables(
                    packed, manifest, sources.engine, progress=lambda done: _advance(bar, done)
                )
            states = restore_keys(packed, manifest, folder)
        _write_down(sources, file, manifest)
    finally:
        sources.close()
        lock.close()
    click.echo(f"{folder}: {_contents(manifest)}, as of {manifest.made_at}; every row checked")
    for name, state in states.items():
        click.echo(f"keys: {name} {KEY_STATES[state]}")


def _write_down(sources: Sources, file: Path, manifest: Manifest) -> None:
    """Go on with the restored audit log; a file beside that tells of another is kept apart."""
    kept = sources.audit_file.path
    reason = ""
    if kept.exists() and kept.stat().st_size:
        apart = kept.with_name(f"{kept.name}.before-{datetime.now(UTC):%Y%m%dT%H%M%SZ}")
        try:
            kept.rename(apart)
        except OSError as error:
            raise OperationsError(f"{kept} cannot be put aside: {error.strerror}") from error
        reason = f"the file beside the log before is kept as {apart.name}"
        click.echo(f"audit: the log beside the database was another; it is kept as {apart}")
    mark = sources.settings.data_dir / "audit.syslog"
    mark.unlink(missing_ok=True)  # it tells how far the log before had been sent
    told = f"{manifest.rows} rows made at {manifest.made_at}, audit head {manifest.head}"
    note_command(sources, "restore", file.name, after=told, reason=reason)
