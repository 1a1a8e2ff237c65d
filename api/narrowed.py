"""The map narrowed to one category, district, department or measure."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from urllib.parse import urlencode

from api.kept_answers import KeptAnswers
from operations.errors import BadInput
from operations.pulse.cells import shown_cells

MEASURES = ("open", "overdue", "urgent", "unassigned")
STEP_S = 5  # what is overdue moves with the clock: an answer is used for this long at most


class Reads(Protocol):
    """The drill-down reads this map needs."""

    def revision(self) -> int: ...

    def open_cells(self, *, as_of: datetime, **where: str) -> Any: ...


class NarrowedMap:
    """Open tickets by cell, narrowed; an answer is kept under the ledger's revision. Cells of
    fewer than `least_callers` callers are merged upward as in the city's own picture.
    """

    def __init__(
        self, reads: Reads, kept: KeptAnswers, *, least_callers: int, in_thread: Callable[..., Any]
    ) -> None:
        self._reads, self._kept, self._least_callers = reads, kept, least_callers
        self._in_thread = in_thread

    def __call__(self, scope: str, now: datetime, **where: str) -> dict[str, Any]:
        """Give the cells of a scope and what they leave out; `where` narrows by code."""
        where = _within(scope, where)
        if where.setdefault("measure", "open") not in MEASURES:
            raise BadInput("measure", f"use one of {', '.join(MEASURES)}")
        moment = int(now.timestamp()) // STEP_S
        asked = urlencode(sorted(where.items()))
        key = f"{self._in_thread(self._reads.revision)}:{moment}:{self._least_callers}:{asked}"
        found: dict[str, Any] = self._kept.answer("cells", key, partial(self._read, now, where))
        return found

    def _read(self, now: datetime, where: dict[str, str]) -> dict[str, Any]:
        rows, unplaced = self._reads.open_cells(as_of=now, **where)
        cells, withheld = shown_cells(rows, self._least_callers)
        total = sum(cell[3] for cell in cells) + unplaced + withheld
        return {
            "as_of": now,
            "cells": cells,
            "unplaced": unplaced,
            "withheld": withheld,
            "total": total,
        }


def _within(scope: str, where: dict[str, str]) -> dict[str, str]:
    """Keep a narrowing inside the scope it was asked for."""
    kind, _, code = scope.partition("-")
    if not code:
        return dict(where)
    if where.get(kind, code) != code:
        raise BadInput(kind, f"lies outside {scope}")
    return where | {kind: code}
