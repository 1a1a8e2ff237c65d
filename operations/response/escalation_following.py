"""Ladders follow what is done: written where a cause comes, moved where it counts anew, or gone.

An act looks at the parts it changed; only what weighs on all of them, the severity and whether
somebody is at work at all, looks at every part of the incident.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from operations.response.escalation import (
    WATCHED,
    Ladders,
    Standing,
    Whom,
    causes_at,
    causes_of,
    climbed_to,
    timed,
)
from operations.response.incident import Incident, Kind, Part
from operations.response.situation import reports_from_us

WHOLE = (Kind.REPORT, 0)
"""Where the ladder of the whole incident stands."""


class LadderRows(Protocol):
    """The ladders of one incident, within the transaction of an act on it."""

    def watched(self) -> Sequence[Part]:
        """Give every part that may have ladders."""

    def standing(self, place: tuple[Kind, int] | None = None) -> Sequence[Standing]:
        """Give the ladders at a part, or all of them."""

    def fired(self, standing: Standing) -> Sequence[tuple[int, Whom]]:
        """Give the steps that fired on an occasion."""

    def put(self, standing: Standing) -> None:
        """Write a ladder, new or in place of what stands there."""

    def drop(self, standing: Standing) -> None:
        """Take a ladder away: its cause is gone."""


def follow(
    rows: LadderRows,
    ladders: Ladders,
    before: Incident | None,
    after: Incident,
    parts: Sequence[Part],
) -> None:
    """Bring the ladders of an incident to what an act has made of it; None: it is all new."""
    if before is None or _weighs(before) != _weighs(after):
        wanted = [*causes_of(after, ladders)]
        wanted += [one for part in rows.watched() for one in causes_at(after, part)]
        _bring(rows, ladders, after, rows.standing(), wanted)
        return
    changed = [part for part in parts if part.kind in WATCHED]
    held = [one for part in changed for one in rows.standing((part.kind, part.number))]
    wanted = [one for part in changed for one in causes_at(after, part)]
    if reports_from_us(before) != reports_from_us(after):
        held += rows.standing(WHOLE)
        wanted += causes_of(after, ladders)
    if held or wanted:
        _bring(rows, ladders, after, held, wanted)


def _weighs(head: Incident) -> tuple[bool, int]:
    return head.is_living, head.severity


def _bring(
    rows: LadderRows,
    ladders: Ladders,
    head: Incident,
    held: Iterable[Standing],
    wanted: Iterable[Standing],
) -> None:
    """Write what differs between the ladders that stand and those there are causes for."""
    known = {one.place: one for one in held}
    for one in wanted:
        before = known.pop(one.place, None)
        if before is None or before.occasion_us != one.occasion_us:
            after = climbed_to(one, rows.fired(one))
        else:
            after = climbed_to(one, [(before.climbed, before.reached)] if before.reached else [])
        after = timed(after, ladders, head.severity)
        if after != before:
            rows.put(after)
    for gone in known.values():
        rows.drop(gone)
