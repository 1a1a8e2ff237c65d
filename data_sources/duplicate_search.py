"""Tickets that may tell of the same matter as one, found by two indexes and bounded work.

Two ways lead to what came within `WINDOW` of a ticket: by its town, and by its category. Each is
gone at most `A_WAY` tickets into the past and as many towards the present, nearest in time first;
of those the words of at most `READ` are compared. So a million tickets cost what a thousand do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, text

from data_sources.database import reading
from data_sources.rows import ticket_of, time_of
from data_sources.tables import CONTENT
from operations.tickets.duplicates import (
    SUGGESTED,
    WINDOW,
    Likeness,
    Sighting,
    alike_of,
    box_around,
    judge,
    likeliest,
    matter_of,
)
from operations.tickets.merging import Identity
from operations.tickets.ticket import Status, Ticket

A_WAY = 400
READ = 60
WAYS = ("town", "category")
WINDOW_US = int(WINDOW.total_seconds()) * 1_000_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A ticket that may be one with another, and how alike they are.

    `version` is that of its merges, `main` what it stands under, `leads`: others stand under it.
    """

    ticket: Ticket
    likeness: Likeness
    main: Identity | None = None
    version: int = 0
    leads: bool = False


class DuplicateSearch:
    """Finds what may be duplicates of one ticket."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, source: str, external_id: str, *, most: int) -> list[Suggestion]:
        """Give what may be one with a ticket, the likeliest first.

        Left out are tickets that are withdrawn, that stand under the same main, that the source
        itself has joined to it, or that somebody said are another matter. The number of questions
        is the same however many are found.
        """
        named = {"source": source, "external_id": external_id}
        with reading(self._engine) as connection:
            found = connection.execute(text(_ID), named).one_or_none()
            if found is None:
                return []
            pairs = alike(connection, found.id, least=SUGGESTED)
            other = distinct_from(connection, found.id)
            pairs = [pair for pair in pairs if pair[0] not in other][:most]
            numbers = [number for number, _ in pairs]
            read, held = tickets_of(connection, numbers), merges_of(connection, numbers)
        own = (source, external_id)
        return [
            Suggestion(read[number], judged, held[number].main, held[number].version,
                       held[number].leads)
            for number, judged in pairs
            if held[number].main != own
            and not _joined(own, found, read[number], held[number].main)
        ]  # fmt: skip


def alike(connection: Connection, ticket: int, *, least: float) -> list[tuple[int, Likeness]]:
    """Give the tickets whose likeness to one is at least so much, the likeliest first."""
    one = connection.execute(text(_WHOLE), {"ticket": ticket}).one_or_none()
    if one is None:
        return []
    own = _sighting(one, one.title, one.text)
    near = _candidates(connection, one)
    upper = sorted(
        ((likeliest(own, seen), number, seen) for number, seen in near.items()),
        key=lambda found: (-found[0], -found[1]),
    )
    chosen = {number: seen for score, number, seen in upper[:READ] if score >= least}
    mine, found = matter_of(own), []
    for row in _rows(connection, _WORDS, list(chosen)):
        told = _sighting(row, row.title, row.text)
        judged = judge(own, told, alike_of(mine, matter_of(told)))
        if judged.score >= least:
            found.append((int(row.id), judged))
    return sorted(found, key=lambda pair: (-pair[1].score, -pair[0]))


def statement(way: str, *, later: bool, placed: bool = False) -> str:
    """Give the SQL of one way in one direction of time, but for its values.

    `placed`: of the tickets gone through those whose point lies too far off are not handed over,
    which is most of a town; a page and the worker spend their time on the others.
    """
    side, order = (">", "ASC") if later else ("<=", "DESC")
    far = "<= :high" if later else ">= :low"
    gone = (
        f"SELECT {_COLUMNS} FROM tickets WHERE {way} = :{way} AND created_us {side} :at"  # noqa: S608
        f" AND created_us {far} ORDER BY created_us {order} LIMIT {A_WAY}"
    )
    return f"SELECT * FROM ({gone}) AS gone WHERE {_NEAR}" if placed else gone  # noqa: S608


@dataclass(frozen=True, slots=True)
class Merged:
    """How a ticket stands among merges: see `Suggestion`."""

    version: int
    main: Identity | None
    leads: bool


def merges_of(connection: Connection, tickets: Sequence[int]) -> dict[int, Merged]:
    """Tell how tickets stand among merges, by one question."""
    return {
        row.id: Merged(
            row.version or 0,
            None if row.source is None else (row.source, row.external_id),
            bool(row.leads),
        )
        for row in _rows(connection, _MERGES, tickets)
    }


def distinct_from(connection: Connection, ticket: int) -> set[int]:
    """Give the tickets that somebody said are another matter than one."""
    return set(connection.execute(text(_DISTINCT), {"ticket": ticket}).scalars())


def _candidates(connection: Connection, one: Any) -> dict[int, Sighting]:
    asked = {
        "town": one.town, "category": one.category, "at": one.created_us,
        "low": one.created_us - WINDOW_US, "high": one.created_us + WINDOW_US,
    }  # fmt: skip
    around = box_around(_sighting(one))
    asked |= around or {}
    found: dict[int, Sighting] = {}
    for way in WAYS:
        if asked[way] is None:
            continue
        for later in (False, True):
            wanted = statement(way, later=later, placed=around is not None)
            for row in connection.execute(text(wanted), asked):
                if row.id != one.id and row.status != Status.WITHDRAWN:
                    found[row.id] = _sighting(row)
    return found


def _sighting(row: Any, title: str = "", words: str = "") -> Sighting:
    return Sighting(
        created_at=time_of(row.created_us),
        channel=row.channel,
        category=row.category,
        district=row.district,
        town=row.town,
        latitude=row.latitude,
        longitude=row.longitude,
        geo_quality=row.geo_quality,
        caller_key=row.caller_key,
        title=title,
        text=words,
        address=row.address,
    )


def tickets_of(connection: Connection, ids: Sequence[int]) -> dict[int, Ticket]:
    """Read tickets by their numbers in the ledger, by one question."""
    return {row[0]: ticket_of(tuple(row)[1:]) for row in _rows(connection, _TICKETS, ids)}


def _rows(connection: Connection, wanted: str, ids: Sequence[int]) -> Sequence[Any]:
    if not ids:
        return ()
    named = text(wanted).bindparams(bindparam("ids", expanding=True))
    return connection.execute(named, {"ids": list(ids)}).all()


def sighting_of(ticket: Ticket) -> Sighting:
    """Give what a ticket that was read whole is judged by."""
    return Sighting(
        created_at=ticket.created_at,
        channel=ticket.channel.value,
        category=ticket.category,
        district=ticket.district,
        town=ticket.town,
        latitude=ticket.latitude,
        longitude=ticket.longitude,
        geo_quality=ticket.geo_quality.value,
        caller_key=ticket.caller_key,
        title=ticket.title,
        text=ticket.text,
        address=ticket.address,
    )


def joined_by_source(one: Ticket, other: Ticket) -> bool:
    """Tell whether the source of two tickets has joined them itself."""
    over = one.parent == other.external_id or other.parent == one.external_id
    beside = one.parent is not None and one.parent == other.parent
    return one.source == other.source and (over or beside)


def _joined(own: Identity, one: Any, other: Ticket, main: Identity | None) -> bool:
    """Tell whether two tickets are joined already, here or by their source."""
    here = one.main_source is not None and (one.main_source, one.main_external_id) in (
        other.identity,
        main,
    )
    same_source = own[0] == other.source
    there = same_source and (one.parent == other.external_id or other.parent == own[1])
    siblings = same_source and one.parent is not None and one.parent == other.parent
    return here or there or siblings


_ID = (
    "SELECT tickets.id, tickets.parent, main.source AS main_source,"
    " main.external_id AS main_external_id FROM tickets"
    " LEFT JOIN merges ON merges.ticket_id = tickets.id"
    " LEFT JOIN tickets AS main ON main.id = merges.main_id"
    " WHERE tickets.source = :source AND tickets.external_id = :external_id"
)
_COLUMNS = (
    "id, created_us, status, channel, category, district, town, latitude, longitude, geo_quality,"
    " caller_key, address"
)
_NEAR = (
    "latitude IS NULL OR longitude IS NULL OR geo_quality NOT IN ('exact', 'street')"
    " OR (latitude BETWEEN :south AND :north AND longitude BETWEEN :west AND :east)"
)
_WHOLE = f"SELECT {_COLUMNS}, title, text FROM tickets WHERE id = :ticket"  # noqa: S608
_WORDS = f"SELECT {_COLUMNS}, title, text FROM tickets WHERE id IN :ids"  # noqa: S608
_TICKETS = f"SELECT id, {', '.join(CONTENT)} FROM tickets WHERE id IN :ids"  # noqa: S608
_MERGES = (
    "SELECT tickets.id, merges.version, main.source, main.external_id,"
    " EXISTS (SELECT 1 FROM merges AS others WHERE others.main_id = tickets.id) AS leads"
    " FROM tickets LEFT JOIN merges ON merges.ticket_id = tickets.id"
    " LEFT JOIN tickets AS main ON main.id = merges.main_id WHERE tickets.id IN :ids"
)
_DISTINCT = (
    "SELECT high_id FROM distinct_pairs WHERE low_id = :ticket AND stands"
    " UNION ALL SELECT low_id FROM distinct_pairs WHERE high_id = :ticket AND stands"
)
