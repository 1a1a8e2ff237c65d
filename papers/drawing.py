"""Charts as plain shapes, which each writer draws in its own way: lines in a PDF, dots in a DOCX.

Points; x to the right, y downwards from the top left corner.
"""

from dataclasses import dataclass

INK, GREY, PALE, BLUE, RED = "ink", "grey", "pale", "blue", "red"
COLOURS = {
    INK: (0.10, 0.12, 0.15),
    GREY: (0.42, 0.45, 0.50),
    PALE: (0.80, 0.84, 0.89),
    BLUE: (0.04, 0.36, 0.62),
    RED: (0.72, 0.11, 0.11),
}
"""On white; blue and red differ in lightness too, so that a copy in grey still tells them apart."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: str
    width: float = 0.8


@dataclass(frozen=True, slots=True)
class Text:
    """Words on a base line; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 8
    colour: str = INK
    anchor: str = "start"


Shape = Box | Line | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, and what it says to whoever does not see it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    says: str
