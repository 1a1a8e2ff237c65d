"""Open tickets now by their way and by their card, each card from its own moment on."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from operations.pulse.combinations import Combinations, widened
from operations.pulse.ladder import Ladder
from operations.pulse.rows import (
    DEPARTMENT,
    DISPUTED,
    DISTRICT,
    DUE,
    FLAGS,
    HARD,
    NEVER,
    PRESSING,
    FactRows,
)
from operations.pulse.volumes import Scope
from operations.pulse.windows import Ints, from_us, to_us
from operations.tickets.cards import Cards
from operations.tickets.ticket import Triage

_ALL, _PRESSING, _DISPUTED, _HARD, _NEARING, _RED = range(6)
_WAYS = np.array([PRESSING, DISPUTED, HARD])
_LAYERS = np.arange(6)


class HandledTickets:
    """Numbers of open tickets by district and department: (what, combinations).

    A card is a threshold on the due time that moves on with the clock, so each kind waits on a
    ladder of its own whose moments are due times and whose clock is the threshold.
    """

    def __init__(self, names: FactRows, cards: Cards | None, now_us: int) -> None:
        self._cards = cards
        self._seen = Combinations((DISTRICT, DEPARTMENT), names)
        self._counts = np.zeros((6, 8), np.int32)
        self._nearing, self._late = Ladder(), Ladder()
        self._yellow_us = self._red_us = -NEVER
        self._move(now_us)

    def add(self, rows: Ints, signs: Ints) -> None:
        """Count open tickets, or take them back."""
        ways = np.where(rows[:, FLAGS] & _WAYS[:, None], signs, 0)
        due = rows[:, DUE]
        nearing, late = due <= self._yellow_us, due < self._red_us
        cards = np.stack((np.where(nearing, signs, 0), np.where(late, signs, 0)))
        self._put(slice(None), rows, np.concatenate((signs[None], ways, cards)))
        if self._cards is not None:
            dated = due != NEVER
            for ladder, waits in ((self._nearing, dated & ~nearing), (self._late, dated & ~late)):
                if waits.any():
                    ladder.add(0, due[waits], rows[waits], signs[waits])

    @property
    def gives_cards(self) -> bool:
        """Tell whether the city's rules give cards at all."""
        return self._cards is not None

    def is_red(self, rows: Ints) -> npt.NDArray[np.bool_]:
        """Tell which open tickets carry a red card."""
        red: npt.NDArray[np.bool_] = rows[:, DUE] < self._red_us
        return red

    def advance(self, now_us: int) -> Iterator[tuple[bool, Ints, Ints]]:
        """Move the thresholds on; give (is red, rows, signs) whose card is another than it was."""
        self._move(now_us)
        # Due before the red threshold, not at it; due at the yellow one is yellow.
        moved = ((_NEARING, self._nearing, self._yellow_us), (_RED, self._late, self._red_us - 1))
        for layer, ladder, until_us in moved:
            for _kind, rows, signs in ladder.take(until_us):
                self._put(slice(layer, layer + 1), rows, signs[None])
                yield layer == _RED, rows, signs

    def merge(self, other: "HandledTickets", here: dict[int, Ints]) -> None:
        """Add the numbers of another city at the same clock; `here` translates its codes."""
        places = self._seen.merge(other._seen, here)
        self._counts = widened(self._counts, len(self._seen))
        np.add.at(self._counts, (_LAYERS[:, None], places), other._counts[:, : len(places)])
        for mine, theirs in ((self._nearing, other._nearing), (self._late, other._late)):
            for kind, moments, rows, signs in theirs.rows():
                translated = rows.copy()
                for column, codes in here.items():
                    translated[:, column] = codes[rows[:, column]]
                mine.add(kind, moments, translated, signs)

    def ways(self, scope: Scope) -> dict[str, int]:
        """Give the open tickets of a scope by class."""
        every, *special = self._total(scope)[:_NEARING]
        pressing, disputed, hard = special
        return {
            Triage.ORDINARY.value: every - pressing - disputed - hard,
            Triage.URGENT.value: pressing,
            Triage.DISPUTED.value: disputed,
            Triage.HARD.value: hard,
        }

    def cards(self, scope: Scope) -> tuple[int | None, int | None]:
        """Give yellow and red cards of a scope; None each where no rules give any."""
        if self._cards is None:
            return None, None
        nearing, red = self._total(scope)[_NEARING:]
        return nearing - red, red

    def cards_by(self, axis: int, scope: Scope, codes: Ints) -> list[tuple[int | None, int | None]]:
        """Give yellow and red cards within a scope for names of a column."""
        if self._cards is None:
            return [(None, None)] * len(codes)
        nearing, red = self._seen.sums(self._counts[_NEARING:], axis, scope, codes).tolist()
        return [(near - late, late) for near, late in zip(nearing, red, strict=True)]

    def _total(self, scope: Scope) -> list[int]:
        total: list[int] = self._seen.within(self._counts, scope).sum(axis=1).tolist()
        return total

    def _move(self, now_us: int) -> None:
        if self._cards is not None:
            edges = self._cards.edges(from_us(now_us))
            self._yellow_us, self._red_us = to_us(edges.yellow), to_us(edges.red)

    def _put(self, layers: slice, rows: Ints, numbers: Ints) -> None:
        places = self._seen.of(rows)
        self._counts = widened(self._counts, len(self._seen))
        which = _LAYERS[layers][:, None]
        np.add.at(self._counts, (which, places), numbers.astype(np.int32))
