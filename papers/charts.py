"""The charts of a report, as shapes: what came in over time, and rates against their targets."""

from collections.abc import Sequence
from typing import NamedTuple

from papers.drawing import BLUE, GREY, INK, PALE, RED, Box, Drawing, Line, Shape, Text

WIDTH = 470.0
LEFT, RIGHT, TOP = 36.0, 6.0, 16.0


class Rate(NamedTuple):
    """A rate from 0 to 1 with what is written beside it; the target and the value before."""

    name: str
    value: float
    told: str
    before: float | None
    target: float | None
    good: bool


class Words(NamedTuple):
    """What a legend says."""

    now: str
    before: str
    target: str


def course(
    now: Sequence[int], before: Sequence[int], labels: Sequence[str], said: Words, says: str
) -> Drawing:
    """Draw columns of the period and a line of the one before; empty labels are left out."""
    height, bottom = 150.0, 132.0
    top = _round_up(max([*now, *before, 1]))
    step = (WIDTH - LEFT - RIGHT) / max(len(now), 1)

    def at(value: float) -> float:
        return bottom - (bottom - TOP) * value / top

    shapes: list[Shape] = []
    for part in (0, 0.5, 1):
        y = at(top * part)
        shapes.append(Line(((LEFT, y), (WIDTH - RIGHT, y)), PALE, 0.5))
        shapes.append(Text(LEFT - 4, y + 2.5, f"{top * part:,.0f}", 7, GREY, "end"))
    for place, value in enumerate(now):
        x = LEFT + place * step + step * 0.18
        shapes.append(Box(x, at(value), step * 0.64, bottom - at(value), BLUE))
    points = [(LEFT + (place + 0.5) * step, at(value)) for place, value in enumerate(before)]
    if len(points) > 1:
        shapes.append(Line(tuple(points[: len(now)]), RED, 1.2))
    for place, label in enumerate(labels):
        if label:
            shapes.append(Text(LEFT + (place + 0.5) * step, bottom + 11, label, 7, GREY, "middle"))
    shapes += _legend(said.now, said.before if len(points) > 1 else "")
    return Drawing(WIDTH, height, tuple(shapes), says)


def _legend(now: str, before: str) -> list[Shape]:
    shapes: list[Shape] = [Box(WIDTH - 120, 1, 9, 7, BLUE), Text(WIDTH - 108, 7.5, now, 7.5)]
    if before:
        line = Line(((WIDTH - 66, 4.5), (WIDTH - 50, 4.5)), RED, 1.2)
        shapes += [line, Text(WIDTH - 46, 7.5, before, 7.5)]
    return shapes


def rates(rows: Sequence[Rate], said: Words, says: str) -> Drawing:
    """Draw a bar for each rate, a stroke where its target is, and a small one where it was."""
    line, left, right = 19.0, 108.0, 96.0
    across = WIDTH - left - right
    shapes: list[Shape] = []
    for place, row in enumerate(rows):
        y = TOP + place * line
        shapes.append(Text(left - 8, y + 10, row.name, 8.5, INK, "end"))
        shapes.append(Box(left, y + 3, across, 9, PALE))
        shapes.append(Box(left, y + 3, across * row.value, 9, BLUE if row.good else RED))
        if row.before is not None:
            x = left + across * row.before
            shapes.append(Line(((x, y + 1), (x, y + 14)), GREY, 1.0))
        if row.target is not None:
            x = left + across * row.target
            shapes.append(Line(((x, y), (x, y + 15)), INK, 2.0))
        shapes.append(Text(left + across + 6, y + 10.5, row.told, 8.5))
    shapes += [Line(((left, 1), (left, 9)), INK, 2.0), Text(left + 5, 8, said.target, 7.5)]
    if any(row.before is not None for row in rows):
        was = left + 58
        shapes += [Line(((was, 2), (was, 9)), GREY, 1.0), Text(was + 5, 8, said.before, 7.5)]
    return Drawing(WIDTH, TOP + len(rows) * line + 4, tuple(shapes), says)


def _round_up(value: int) -> int:
    """Give the next number that halves evenly: 20, 50, 100, 200, 500 …"""
    step = 10
    while True:
        for factor in (1, 2, 4, 5, 6, 8):
            if value <= step * factor:
                return step * factor
        step *= 10
