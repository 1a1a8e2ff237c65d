"""Adding to the tables of the cubes, within a transaction of the ledger."""

from collections.abc import Iterable, Sequence

import numpy as np
from psycopg import Connection as Driver
from sqlalchemy import Connection, Table

from data_sources.cube_deltas import Cell, Deltas, Took
from data_sources.cube_tables import (
    cube_corrections,
    cube_days,
    cube_durations,
    cube_hours,
    cube_versions,
)
from operations.pulse.durations import Histogram, merged
from operations.pulse.sums import AXES, COUNTERS

_ADDED = ", ".join(f"{name} = {{table}}.{name} + excluded.{name}" for name in COUNTERS)
_NEWEST = {
    cube_days: _ADDED,
    cube_hours: _ADDED,
    cube_corrections: f"{_ADDED}, last_us = excluded.last_us",
    cube_durations: "clock = excluded.clock, working = excluded.working",
    cube_versions: "version = excluded.version, past = CASE WHEN excluded.past > {table}.past"
    " THEN excluded.past ELSE {table}.past END",
}


def add(connection: Connection, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Add rows to a table: what is there already is added to, or written over."""
    if not rows:
        return
    # By name: what a later version added stands last in a table that was there before.
    names = [column.name for column in table.columns]
    named = ", ".join(names)
    keys = ", ".join(column.name for column in table.primary_key.columns)
    ending = f" ON CONFLICT ({keys}) DO UPDATE SET " + _NEWEST[table].format(table=table.name)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        statement = f"INSERT INTO {table.name} ({named}) VALUES ({marks})"  # noqa: S608
        connection.connection.cursor().executemany(statement + ending, rows)
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, Driver)
    with driver.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS arriving_{table.name}"
            f" (LIKE {table.name}) ON COMMIT DELETE ROWS"
        )
        with cursor.copy(f"COPY arriving_{table.name} ({named}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        # In the order of the key, so that neighbours are written together.
        statement = (
            f"INSERT INTO {table.name} ({named}) SELECT {named}"  # noqa: S608
            f" FROM arriving_{table.name} ORDER BY {keys}"
        )
        cursor.execute(statement + ending)


def add_durations(connection: Connection, deltas: Took) -> None:
    """Add to the buckets of cells: what is held is read, added to and written over."""
    if not deltas:
        return
    held = _held(connection, list(deltas))
    rows = []
    for cell, added in deltas.items():
        packed_held = held.get(cell, (b"", b""))
        packed = (
            packed_buckets(merged((buckets(one), more)))
            for one, more in zip(packed_held, added, strict=True)
        )
        rows.append((*cell, *packed))
    add(connection, cube_durations, rows)


_KEY = ("grouping", "day", "department", "district", "category")
_ONE = (
    "SELECT clock, working FROM cube_durations WHERE grouping = ? AND day = ?"
    " AND department = ? AND district = ? AND category = ?"
)
_MANY = (
    f"SELECT {', '.join(_KEY)}, clock, working FROM cube_durations JOIN unnest("  # noqa: S608
    "%s::int[], %s::int[], %s::text[], %s::text[], %s::text[]) AS wanted"
    f" ({', '.join(_KEY)}) USING ({', '.join(_KEY)})"
)


def _held(connection: Connection, cells: list[Cell]) -> dict[Cell, tuple[bytes, bytes]]:
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        looks = ((cell, cursor.execute(_ONE, cell).fetchone()) for cell in cells)
        return {cell: found for cell, found in looks if found is not None}
    cursor.execute(_MANY, [list(column) for column in zip(*cells, strict=True)])
    return {tuple(row[:5]): (row[5], row[6]) for row in cursor.fetchall()}


def buckets(packed: bytes) -> dict[int, int]:
    """Read the buckets of one cell."""
    pairs = np.frombuffer(packed, "<i4").reshape(-1, 2)
    return dict(pairs.tolist())


def merged_buckets(packed: Iterable[bytes]) -> dict[int, int]:
    """Read many cells as one: what `durations.merged` gives, a page has a thousand of them."""
    pairs = np.frombuffer(b"".join(packed), "<i4").reshape(-1, 2)
    if not len(pairs):
        return {}
    # Floats hold such sums exactly: nothing near 2 ** 53 was ever counted.
    sums = np.bincount(pairs[:, 0], weights=pairs[:, 1]).astype(np.int64)
    known = np.flatnonzero(sums)
    return dict(zip(known.tolist(), sums[known].tolist(), strict=True))


def packed_buckets(histogram: Histogram) -> bytes:
    """Write the buckets of one cell, the lowest first."""
    pairs = [number for bucket in sorted(histogram) for number in (bucket, histogram[bucket])]
    return np.array(pairs, "<i4").tobytes()


def scopes_of(deltas: Deltas, today: int) -> dict[tuple[str, str], bool]:
    """Give the scopes whose answers a batch changes, and whether a day of each is over.

    By the narrowest codes: a ticket that changes its category leaves its department's sums as
    they were, but not what they are made of.
    """
    found: dict[tuple[str, str], bool] = {}
    for codes, day in deltas.touched.items():
        for scope in (("", ""), *zip(AXES, codes, strict=True)):
            found[scope] = found.get(scope, False) or day < today
    return found
