"""Reads for the evidence on a cluster: a category's counted reports around a place, and who
holds its members."""

import math
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, Engine, text

from data_sources.database import reading
from data_sources.tables import OPEN
from operations.detection.evidence.reports import Reports
from operations.places import KM_PER_DEGREE

# What is counted: callers, not calls that urge an earlier one (they have a parent); a place
# that is known; nothing that was taken back.
COUNTED = (
    "status <> 'withdrawn' AND parent IS NULL AND geo_quality IN ('exact', 'street')"
    " AND latitude IS NOT NULL AND longitude IS NOT NULL"
)
MOST_ROWS = 200_000
IDENTITIES_A_READ = 400  # SQLite takes 999 parameters in its older builds


class Holder(NamedTuple):
    """Members of a cluster by who holds them; `department` is None for those nobody holds."""

    department: str | None
    open: int
    ended: int


class ReportReads:
    """What a cluster's page asks of the ledger; every call reads one snapshot."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def revision(self) -> int:
        """Tell the ledger's revision, under which answers may be cached."""
        with reading(self._engine) as connection:
            return int(connection.execute(text("SELECT revision FROM meta")).scalar_one())

    def around(
        self,
        category: str,
        *,
        latitude: float,
        longitude: float,
        within_km: float | None,
        since_us: int,
        until_us: int,
    ) -> Reports:
        """Give a category's counted reports near a point, in order of time.

        `within_km` is None for the whole city; the box around the circle is read, so that a
        few lie farther away. Of more than 200,000 the newest are read, and the past is as long
        as they reach back.
        """
        box, values = _box(latitude, longitude, within_km)
        values |= {"category": category, "since": since_us, "until": until_us, "most": MOST_ROWS}
        with reading(self._engine) as connection:
            rows = connection.execute(text(_AROUND.format(box=box)), values).all()
            first = connection.execute(text("SELECT min(created_us) FROM tickets")).scalar()
        rows = rows[::-1]
        known = max(since_us, until_us if first is None else int(first))
        return _reports(rows, max(known, rows[0][0]) if len(rows) == MOST_ROWS else known)

    def holders(self, members: Sequence[tuple[str, str]]) -> list[Holder]:
        """Count a cluster's members by the department that holds them, most open first."""
        found: dict[str | None, list[int]] = {}
        with reading(self._engine) as connection:
            for department, open_, times in _held(connection, members):
                counts = found.setdefault(department, [0, 0])
                counts[0 if open_ else 1] += times
        holders = [Holder(name, *counts) for name, counts in found.items()]
        return sorted(holders, key=lambda one: (-one.open, -one.ended, one.department or ""))


_AROUND = (
    "SELECT created_us, latitude, longitude, caller_key, district, town, source, external_id"  # noqa: S608
    f" FROM tickets WHERE category = :category AND created_us BETWEEN :since AND :until"
    f" AND {COUNTED}{{box}} ORDER BY created_us DESC LIMIT :most"
)


def _box(latitude: float, longitude: float, within_km: float | None) -> tuple[str, dict[str, Any]]:
    if within_km is None:
        return "", {}
    north = within_km / KM_PER_DEGREE
    east = north / max(math.cos(math.radians(latitude)), 0.01)
    box = " AND latitude BETWEEN :south AND :north AND longitude BETWEEN :west AND :east"
    return box, {
        "south": latitude - north,
        "north": latitude + north,
        "west": longitude - east,
        "east": longitude + east,
    }


def _reports(rows: Sequence[Any], since_us: int) -> Reports:
    """Put rows into columns; a caller becomes a number, nobody stays recognisable."""
    numbers: dict[object, int] = {}
    caller = [
        numbers.setdefault(row[3] if row[3] is not None else place, len(numbers))
        for place, row in enumerate(rows)
    ]

    def column(place: int, kind: Any) -> Any:
        return np.array([row[place] for row in rows], kind)

    return Reports(
        time_us=column(0, np.int64),
        latitude=column(1, np.float64),
        longitude=column(2, np.float64),
        caller=np.array(caller, np.int64),
        district=column(4, np.object_),
        town=column(5, np.object_),
        identity=tuple((row[6], row[7]) for row in rows),
        since_us=since_us,
    )


def _held(
    connection: Connection, members: Sequence[tuple[str, str]]
) -> Iterator[tuple[str | None, bool, int]]:
    """Give department, whether open, and how many, in parts."""
    by_source: dict[str, list[str]] = {}
    for source, external_id in dict.fromkeys(members):
        by_source.setdefault(source, []).append(external_id)
    for source, names in by_source.items():
        for start in range(0, len(names), IDENTITIES_A_READ):
            part = names[start : start + IDENTITIES_A_READ]
            values = {f"n{place}": name for place, name in enumerate(part)}
            statement = (
                f"SELECT department, CASE WHEN {OPEN} THEN 1 ELSE 0 END AS is_open, count(*)"  # noqa: S608
                " FROM tickets WHERE source = :source"
                f" AND external_id IN ({', '.join(f':{name}' for name in values)})"
                " GROUP BY department, is_open"
            )
            for row in connection.execute(text(statement), {"source": source} | values):
                yield row[0], bool(row[1]), int(row[2])
