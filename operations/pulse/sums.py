"""What the figures are made of: counts of tickets by the day of an event, which can be added."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import add

from operations.errors import BadInput
from operations.pulse.durations import Histogram, merged

OPENED = ("opened", "repeats", "targets", "flagged", "flagged_on_time")
DISPATCHED = ("dispatched", "misdirected", "returned", "returns_accepted", "returns_refused")
DUE = ("due", "on_time")
CLOSED = (
    *("closed", "direct", "handled", "once", "concluded", "reopened"),
    *("by_first", "lasting"),
)
CALLED = (
    *("callbacks", "reached", "valid", "responded"),
    *("answers", "solved", "opinions", "satisfied", "served"),
)
COUNTERS = (*OPENED, *DISPATCHED, *DUE, *CLOSED, *CALLED)
"""Every counter, by the event whose local day it belongs to; docs/figures.md says what each is."""

_PLACE = {name: place for place, name in enumerate(COUNTERS)}
AXES = ("department", "district", "category")
Units = frozenset[str] | None
"""Departments whose sums are added up, None for all of them."""
NOBODY = ""
"""The code of a ticket without a department or a district."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Counters of some tickets over some days; adding two is exact, in whatever order.

    `clock` and `working` are how long handled tickets took, by the clock and in working time
    (`durations`).
    """

    counts: tuple[int, ...] = (0,) * len(COUNTERS)
    clock: Histogram = field(default_factory=dict)
    working: Histogram = field(default_factory=dict)

    def __getitem__(self, counter: str) -> int:
        return self.counts[_PLACE[counter]]

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            tuple(map(add, self.counts, other.counts)),
            merged((self.clock, other.clock)),
            merged((self.working, other.working)),
        )


def added(sums: Iterable[Sums]) -> Sums:
    """Add any number of sums."""
    given = list(sums)
    if not given:
        return Sums()
    return Sums(
        tuple(map(sum, zip(*(one.counts for one in given), strict=True))),
        merged(one.clock for one in given),
        merged(one.working for one in given),
    )


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of the city's tickets, by the codes that narrow it; None narrows nothing."""

    district: str | None = None
    department: str | None = None
    category: str | None = None

    def codes(self) -> dict[str, str]:
        """Give the codes that narrow, by axis."""
        found = ((axis, getattr(self, axis)) for axis in AXES)
        return {axis: code for axis, code in found if code is not None}


CITY = Slice()


@dataclass(frozen=True, slots=True)
class Period:
    """Local days from the first to the last, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise BadInput("period", f"ends on {self.last}, before it begins on {self.first}")

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """The period of as many days just before."""
        return Period(self.first - timedelta(days=self.days), self.first - timedelta(days=1))
