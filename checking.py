"""The door's commands that count again: every number on the screens, and the sums of every day."""

import time
from datetime import UTC, datetime
from typing import Any

import click
import orjson

from data_sources.connect import Sources
from operations.errors import Unreachable
from operations.pulse.comparison import differences

HOLD_S = 30.0
PATIENCE_S = 15.0
MOST_LINES = 50
A_STEP = 20_000


def check_pictures(sources: Sources) -> int:
    """Compare all pictures with the ledger; give 0 when every number is the same, else 1.

    The worker stands still just until this command holds a snapshot of the ledger: what
    comes in meanwhile waits on the stream.
    """
    pictures, revision = _still_pictures(sources)
    as_of = datetime.fromisoformat(pictures["city"]["as_of"])
    settings, reference = sources.settings, sources.reference
    try:
        with sources.witness.snapshot(
            as_of,
            reference.zone,
            figures_d=settings.figures_d,
            cards=sources.cards,
            thresholds=sources.thresholds,
        ) as snapshot:
            sources.board.release()
            if snapshot.revision != revision:
                raise Unreachable("the ledger moved while the worker stood still")
            found = [
                one
                for scope, picture in pictures.items()
                for one in differences(picture, snapshot.numbers(scope))
            ]
    finally:
        sources.board.release()
    for one in found[:MOST_LINES]:
        click.echo(f"{one.where}: shown {one.shown}, counted {one.counted}")
    what = f"{len(pictures)} pictures as of {as_of.astimezone(reference.zone):%Y-%m-%d %H:%M:%S %Z}"
    click.echo(f"{what}, ledger revision {revision}: {len(found)} differences")
    return 1 if found else 0


def _still_pictures(sources: Sources) -> tuple[dict[str, Any], int]:
    """Ask the worker to stand still, and read every picture it put up then."""
    board = sources.board
    word = board.word()
    if word is None or (datetime.now(UTC) - word.said_at).total_seconds() > 5.0:
        raise Unreachable("no worker runs on this data folder: start ./run first")
    board.say_held(None)
    board.ask_to_hold(for_s=HOLD_S)
    until = time.monotonic() + PATIENCE_S
    while (revision := board.held()) is None:
        if time.monotonic() > until:
            board.release()
            raise Unreachable(f"the worker did not stand still within {PATIENCE_S:.0f} s")
        time.sleep(0.02)
    pictures = {}
    for scope in board.scopes():
        frame = board.newest(scope)
        if frame is not None:
            pictures[scope] = orjson.loads(frame)
    moments = {picture["as_of"] for picture in pictures.values()}
    newest = max(moments)
    return {scope: one for scope, one in pictures.items() if one["as_of"] == newest}, revision


def check_cubes(sources: Sources) -> int:
    """Compare the sums of every day with plain SQL over the tickets; give 0 or 1 as above.

    Both are read in one snapshot of the ledger, so that nobody has to stand still.
    """
    found, compared = sources.cubes.checking.differences()
    for one in found[:MOST_LINES]:
        click.echo(f"{one.where}: kept {one.shown}, counted {one.counted}")
    click.echo(f"{compared} sums by day and hour: {len(found)} differences")
    return 1 if found else 0


def rebuild_cubes(sources: Sources) -> None:
    """Make the sums by day and hour anew, telling how far it is."""
    building, done = sources.cubes.building, 0
    building.begin(time.time_ns() // 1000)
    while count := building.step(A_STEP):
        done += count
        click.echo(f"{done} tickets counted")
    click.echo("the figures of every day are those of the ledger")
