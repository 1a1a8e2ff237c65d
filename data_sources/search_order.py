"""The order of found tickets, as legs to walk one after the other: each in order by one time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from operations.errors import BadInput
from operations.tickets.search import After, Order
from operations.tickets.ticket import Status

Key = tuple[int, int, int]
CODES = ("department", "district", "category")
DUE = "due"
WITHOUT_DUE = "due_us"
FIRST = 2**62  # before every time and number there is, in a leg's own direction


@dataclass(frozen=True, slots=True)
class Leg:
    """Tickets that stand together in an order: those of a group, by `column`, then by number.

    `group` names the leg in a place between tickets; None is the last one, of what has no group.
    `by` is the column whose codes are the groups, if they are.
    """

    number: int
    group: str | None
    column: str
    down: bool
    by: str | None = None

    def key(self, at_us: int, ticket_id: int) -> Key:
        """Give what tickets of all legs are sorted by."""
        sign = -1 if self.down else 1
        return (self.number, sign * at_us, sign * ticket_id)

    def place(self, at_us: int, ticket_id: int) -> After:
        """Give the place behind a ticket of this leg."""
        return After(self.group, at_us, ticket_id)

    @property
    def start(self) -> After:
        """Give the place before the first ticket of this leg."""
        return self.place(FIRST, FIRST) if self.down else self.place(-FIRST, -FIRST)


@dataclass(frozen=True, slots=True)
class Sorting:
    """All legs of an order; `by` is the column whose codes are the groups, if they are."""

    legs: tuple[Leg, ...]
    by: str | None = None

    def leg_of(self, row: Mapping[str, Any]) -> Leg:
        """Find the leg a ticket stands in."""
        if self.by is None:
            first = self.legs[0]
            return first if row[first.column] is not None else self.legs[-1]
        known = (one for one in self.legs if one.group == row[self.by])
        return next(known, self.legs[-1])

    def key(self, row: Mapping[str, Any]) -> Key:
        """Give what a ticket is sorted by."""
        leg = self.leg_of(row)
        return leg.key(row[leg.column], row["id"])

    def at(self, after: After | None) -> Leg:
        """Find the leg of a place; raises BadInput where there is none."""
        if after is None:
            return self.legs[0]
        for leg in self.legs:
            if leg.group == after.group:
                return leg
        raise BadInput("after", "as the page before gave it")

    def from_place(self, after: After | None) -> Iterator[Leg]:
        """Give the leg of a place and those behind it."""
        yield from self.legs[self.at(after).number :]


def sorting(order: Order, held: Sequence[str], only: str = "") -> Sorting:
    """Take an order apart into legs.

    `held` are the codes sorted by, in the order of their table; `only` is the one asked for.
    """
    if order.by in ("created", "updated"):
        return Sorting((Leg(0, None, f"{order.by}_us", order.down),))
    if order.by == DUE:
        return Sorting(
            (Leg(0, DUE, "due_us", order.down), Leg(1, None, "created_us", True, WITHOUT_DUE))
        )
    groups = [one.value for one in Status] if order.by == "status" else list(held)
    groups = groups[::-1] if order.down else groups
    if only in groups:
        groups = [only]
    legs = [Leg(n, group, "created_us", True, order.by) for n, group in enumerate([*groups, None])]
    return Sorting(tuple(legs), order.by)
