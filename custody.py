"""The door's commands for what is kept of people: keys, looking up, retention."""

import time
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import click
from tqdm import tqdm

from auditing import note_command
from data_sources.connect import Sources
from operations.errors import BadInput
from operations.people.retention import Due, Retention


def list_keys(sources: Sources) -> None:
    """Print the keys, the newest last, and how much each has sealed."""
    keys, used = sources.sealer.keys, sources.sealed_book.keys_used()
    click.echo(f"{keys.path}")
    for key in keys.all():
        now = " · seals now" if key is keys.newest() else ""
        click.echo(f"{key.id}  made {key.made_at}  {used.pop(key.id, 0):>9,} sealed{now}")
    for key_id, times in used.items():
        click.echo(f"{key_id}  MISSING from the file  {times:>9,} sealed", err=True)


def rotate_keys(sources: Sources) -> None:
    """Make a new key and seal everything with it; go on with a rotation that was interrupted."""
    keys, used = sources.sealer.keys, sources.sealed_book.keys_used()
    missing = set(used) - {key.id for key in keys.all()}
    if missing:
        raise BadInput(
            "keys", f"{', '.join(sorted(missing))} is missing from {keys.path}; put it back first"
        )
    newest = keys.newest().id
    if used.keys() <= {newest} or used[newest] == 0:
        newest = keys.add(datetime.now(UTC)).id
        note_command(sources, "keys.rotate", newest)
        click.echo(f"{newest} seals from now on")
    else:
        click.echo(f"going on: {newest} seals already")
    left = sum(times for key_id, times in used.items() if key_id != newest)
    with tqdm(total=left, unit=" sealed", mininterval=0.3) as bar:
        done = sources.sealed_book.reseal(lambda count: _advance(bar, count))
    click.echo(f"{done:,} sealed anew; `keys forget` takes the old keys out of the file")


def _advance(bar: "tqdm[NoReturn]", done: int) -> None:
    bar.update(done)


def forget_keys(sources: Sources) -> None:
    """Take the keys that seal nothing any more out of the file."""
    wait_s = sources.sealer.keys.settles_in_s()
    if wait_s:
        click.echo(f"waiting {wait_s:.0f} s: the keys changed just now, and old ones may yet seal")
        time.sleep(wait_s)
    if sources.stream.waiting():
        raise BadInput("keys", "tickets wait on the stream, sealed with one of the keys; try again")
    keys, used = sources.sealer.keys, sources.sealed_book.keys_used()
    newest = keys.newest().id
    unused = {key.id for key in keys.all()} - set(used) - {newest}
    keys.forget(unused)
    note_command(sources, "keys.forget", ", ".join(sorted(unused)) or "none")
    click.echo(f"forgotten: {', '.join(sorted(unused)) or 'none'}")
    for key_id in sorted(set(used) - {newest}):
        click.echo(f"{key_id} still seals {used[key_id]:,}: run `keys rotate`")


KEYS = {"list": list_keys, "rotate": rotate_keys, "forget": forget_keys}


def apply_retention(sources: Sources, *, apply: bool) -> None:
    """Tell what is older than it may be, and erase it where asked to."""
    settings, now = sources.settings, datetime.now(UTC)
    retention = Retention(
        person_d=settings.keep_person_d,
        words_d=settings.keep_words_d,
        set_aside_d=settings.keep_set_aside_d,
    )
    due = sources.erasing.due(retention, now)
    if apply:
        due = sources.erasing.erase(retention, now)
        note_command(sources, "retention", "sealed data", after=str(due))
    _print_due(due, retention, now, "erased" if apply else "due")
    if due.total and not apply:
        click.echo("nothing was erased; `--apply` erases")


def _print_due(due: Due, retention: Retention, now: datetime, word: str) -> None:
    for name, days, count in (
        ("persons", retention.person_d, due.persons),
        ("words as delivered", retention.all_d, due.words),
        ("refused records", retention.set_aside_d, due.refused),
    ):
        before = f"before {now - timedelta(days=days):%Y-%m-%d}" if days else "kept for ever"
        click.echo(f"{name:<19} {before:<18} {count:>9,} {word}")
