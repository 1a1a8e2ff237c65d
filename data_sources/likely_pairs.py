"""Pairs of tickets that are likely one matter: found when a ticket comes, listed while undecided.

The worker looks once at each new ticket (`step`), as `duplicate_search` does for a page, and keeps
its few likeliest pairs for as long as pairs are suggested. So the list is read in the order of
likeliness by an index, piece by piece, and never asks for what may be alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading, writing
from data_sources.duplicate_search import (
    WINDOW_US,
    Merged,
    alike,
    joined_by_source,
    merges_of,
    sighting_of,
    tickets_of,
)
from operations.people.permissions import Field, Subject
from operations.people.sight import Sight
from operations.tickets.duplicates import SUGGESTED, Likeness, likeness
from operations.tickets.ticket import Status, Ticket

A_STEP = 5
PASSED = 1_000
"""So many tickets are passed in a step that came too long ago to be looked at."""
KEPT = 5
"""So many pairs are kept of one new ticket; a burst of hundreds of reports makes no more."""
A_PIECE = 100
MOST_PIECES = 10

Place = tuple[float, int, int]
"""Where a page begins: the score, the younger and the older number of the pair before it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One ticket of a pair, and how it stands among merges."""

    ticket: Ticket
    merged: Merged


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two tickets that are likely one matter; `version` is that of what was said of the pair."""

    older: Side
    younger: Side
    likeness: Likeness
    version: int = 0


@dataclass(slots=True)
class PairsPage:
    """Some pairs, the likeliest first, and where the next ones begin, None behind the last."""

    pairs: list[LikelyPair] = field(default_factory=list)
    after: Place | None = None


class LikelyPairs:
    """Finds and lists likely pairs of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def step(self) -> int:
        """Look at the next few new tickets; tell how many were passed.

        What was found is kept together with how far it went: whoever is stopped looks again.
        """
        with reading(self._engine) as connection:
            edge = _edge(connection)
            last = _progress(connection, edge)
            rows = connection.execute(text(_NEW), {"last": last, "most": PASSED}).all()
            found, looked, passed = list[dict[str, Any]](), 0, 0
            for row in rows:
                passed += 1
                if row.created_us >= edge and row.status != Status.WITHDRAWN:
                    looked += 1
                    found += _pairs(connection, row)
                if looked == A_STEP:
                    break
        if rows:
            self._keep(found, rows[passed - 1].id, edge)
        return passed

    def _keep(self, found: list[dict[str, Any]], last: int, edge: int) -> None:
        with writing(self._engine) as connection:
            if found:
                connection.execute(text(_KEEP), found)
            connection.execute(text(_FORGET), {"edge": edge})
            connection.execute(text(_WENT), {"last": last})

    def page(self, sight: Sight, *, most: int, after: Place | None = None) -> PairsPage:
        """Give pairs that nobody decided on and somebody may see, the likeliest first.

        At most `A_PIECE` times `MOST_PIECES` pairs are gone through; then the page says from
        where to go on, though it is not full.
        """
        page = PairsPage()
        with reading(self._engine) as connection:
            for _ in range(MOST_PIECES):
                rows = connection.execute(*_piece(after)).all()
                for pair, row in _undecided(connection, rows):
                    if _shown(pair, sight):
                        page.pairs.append(pair)
                    if len(page.pairs) == most:
                        page.after = _place(row)
                        return page
                if len(rows) < A_PIECE:
                    return page
                after = _place(rows[-1])
        page.after = after
        return page


def _edge(connection: Connection) -> int:
    """Tell from when on tickets are suggested, by the time the city lives at."""
    return int(connection.execute(text("SELECT clock_us FROM meta")).scalar() or 0) - WINDOW_US


def _progress(connection: Connection, edge: int) -> int:
    """Tell up to which ticket was looked: at first to the last one that is too old."""
    last = connection.execute(text("SELECT last_id FROM likely_progress WHERE id = 1")).scalar()
    if last is None:
        last = connection.execute(text(_OLD), {"edge": edge}).scalar() or 0
    return int(last)


def _pairs(connection: Connection, row: Any) -> Iterator[dict[str, Any]]:
    for other, judged in alike(connection, row.id, least=SUGGESTED)[:KEPT]:
        low, high = sorted((int(row.id), other))
        yield {"low": low, "high": high, "score": judged.score, "made": row.created_us}


def _piece(after: Place | None) -> tuple[Any, dict[str, Any]]:
    if after is None:
        return text(PIECE.replace(":behind", "1 = 1")), {"piece": A_PIECE}
    behind = "(score, high_id, low_id) < (:score, :high, :low)"
    score, high, low = after
    values = {"piece": A_PIECE, "score": score, "high": high, "low": low}
    return text(PIECE.replace(":behind", behind)), values


def _place(row: Any) -> Place:
    return (row.score, row.high_id, row.low_id)


def _undecided(connection: Connection, rows: Sequence[Any]) -> Iterator[tuple[LikelyPair, Any]]:
    """Read pairs as they are now: four questions for all of them."""
    ids = sorted({number for row in rows for number in (row.low_id, row.high_id)})
    tickets, merges = tickets_of(connection, ids), merges_of(connection, ids)
    said = _said(connection, ids)
    for row in rows:
        numbers = (row.low_id, row.high_id)
        version, stands = said.get(numbers, (0, False))
        if stands or not all(number in tickets for number in numbers):
            continue
        sides = [Side(tickets[number], merges[number]) for number in numbers]
        older, younger = sorted(sides, key=lambda side: side.ticket.created_at)
        judged = likeness(sighting_of(older.ticket), sighting_of(younger.ticket))
        yield LikelyPair(older, younger, judged, version), row


def _said(connection: Connection, ids: Sequence[int]) -> dict[tuple[int, int], tuple[int, bool]]:
    if not ids:
        return {}
    named = text(_SAID).bindparams(bindparam("ids", expanding=True))
    rows = connection.execute(named, {"ids": list(ids)})
    return {(row.low_id, row.high_id): (row.version, bool(row.stands)) for row in rows}


def _shown(pair: LikelyPair, sight: Sight) -> bool:
    """Tell whether a pair still waits for somebody, and who asks sees both."""
    one, other = pair.older.ticket, pair.younger.ticket
    mains = {side.merged.main or side.ticket.identity for side in (pair.older, pair.younger)}
    return (
        pair.likeness.score >= SUGGESTED
        and len(mains) == 2
        and (one.is_open or other.is_open)
        and Status.WITHDRAWN not in (one.status, other.status)
        and one.confidential == other.confidential
        and not joined_by_source(one, other)
        and all(_seen(ticket, sight) for ticket in (one, other))
    )


def _seen(ticket: Ticket, sight: Sight) -> bool:
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return sight.holds(subject, confidential=ticket.confidential)


_NEW = "SELECT id, created_us, status FROM tickets WHERE id > :last ORDER BY id LIMIT :most"
_OLD = "SELECT id FROM tickets WHERE created_us < :edge ORDER BY created_us DESC LIMIT 1"
_KEEP = (
    "INSERT INTO likely_pairs (low_id, high_id, score, made_us)"
    " VALUES (:low, :high, :score, :made) ON CONFLICT (low_id, high_id)"
    " DO UPDATE SET score = excluded.score, made_us = excluded.made_us"
)
_FORGET = "DELETE FROM likely_pairs WHERE made_us < :edge"
_WENT = (
    "INSERT INTO likely_progress (id, last_id) VALUES (1, :last)"
    " ON CONFLICT (id) DO UPDATE SET last_id = excluded.last_id"
)
PIECE = (
    "SELECT low_id, high_id, score FROM likely_pairs WHERE :behind"
    " ORDER BY score DESC, high_id DESC, low_id DESC LIMIT :piece"
)
_SAID = "SELECT low_id, high_id, version, stands FROM distinct_pairs WHERE low_id IN :ids"
