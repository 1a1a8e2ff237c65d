"""A picture held against numbers that somebody else counted: every difference by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

FINEST_CELL = 7

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that is not the same: what the picture shows and what was counted."""

    scope: str
    where: str
    shown: Any
    counted: Any


def differences(picture: Found, counted: Found) -> list[Difference]:
    """Name every number of a picture that differs from what was counted of the same moment.

    `counted` is keyed as the sections of the picture; rows are keyed by code. A picture may
    leave out rows where it says how many (`left_out`), and rows of nothing but zeros.
    """
    sections = picture["sections"]
    shown = {name: sections[name]["data"] for name in counted}
    pairs = [
        *_values("totals", shown["totals"], counted["totals"]),
        *_values("volume", shown["volume"], counted["volume"]),
        *_cells(shown["cells"], counted["cells"], shown["totals"]["open_now"]),
        *_recent(shown["recent"], counted["recent"]),
    ]
    for name in ("categories", "districts", "towns", "channels", "departments"):
        pairs += _rows(name, shown[name], counted[name]["rows"])
    return [
        Difference(picture["scope"], where, one, other)
        for where, one, other in pairs
        if one != other
    ]


Pair = tuple[str, Any, Any]


def compared_numbers(counted: Any) -> int:
    """Count the numbers that a comparison looks at, so that an empty one is seen to be empty."""
    if isinstance(counted, Mapping):
        return sum(map(compared_numbers, counted.values()))
    if isinstance(counted, list | tuple):
        return sum(map(compared_numbers, counted))
    return 1


def _values(where: str, shown: Found, counted: Found) -> Iterator[Pair]:
    for name, value in counted.items():
        yield f"{where}.{name}", shown.get(name), value


def _rows(where: str, shown: Found, counted: Mapping[Any, Found]) -> Iterator[Pair]:
    there = set()
    for row in shown["rows"]:
        code = (row["district"], row["code"]) if where == "towns" else row["code"]
        there.add(code)
        yield from _row(f"{where}.{code}", row, counted.get(code, {}))
    missing = sum(code not in there and _tells(row) for code, row in counted.items())
    yield f"{where} left out", min(shown.get("left_out", 0), missing), missing


def _row(where: str, shown: Found, counted: Found) -> Iterator[Pair]:
    for name, value in shown.items():
        if name == "observed":
            windows = counted.get(name, {})
            yield f"{where}.{name}", value, windows.get(shown["window_h"], 0)
        elif name in counted:
            yield f"{where}.{name}", value, counted[name]
        elif not counted and isinstance(value, int) and name.endswith(("_now", "_today", "_open")):
            yield f"{where}.{name}", value, 0


def _tells(value: Any) -> bool:
    """Tell whether a row holds anything but zeros."""
    if isinstance(value, Mapping):
        return any(map(_tells, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_tells, value))
    return bool(value)


def _cells(shown: Found, counted: Found, open_now: int) -> Iterator[Pair]:
    marks, cells = shown["cells"], counted["cells"]
    yield "cells.unplaced", shown["unplaced"], counted["unplaced"]
    placed = sum(mark[3] for mark in marks) + shown["withheld"]
    yield "cells placed", placed, sum(cell[0] for cell in cells.values())
    yield "cells together", placed + shown["unplaced"], open_now
    if not shown["withheld"]:
        for name, place in (("overdue", 4), ("urgent", 5)):
            total = sum(cell[place - 3] for cell in cells.values())
            yield f"cells {name}", sum(mark[place] for mark in marks), total
    for index, _lat, _lon, *numbers, resolution in marks:
        if resolution == FINEST_CELL:
            yield f"cells.{index}", tuple(numbers), cells.get(int(index, 16))


def _recent(shown: Found, counted: Found) -> Iterator[Pair]:
    yield "recent.last_ticket_at", shown["last_ticket_at"], counted["last_ticket_at"]
    for name in ("at", "urgent"):
        yield (
            f"recent {name}",
            [row[name] for row in shown["rows"]],
            [row[name] for row in counted["rows"]],
        )
