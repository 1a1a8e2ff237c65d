"""The cells of the city's map as everybody sees them, so that no request is placed finer."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import orjson
import structlog

from operations.errors import Unreachable
from operations.places import cell_number

log = structlog.get_logger()

KEEP_S = 5.0
NONE: frozenset[int] = frozenset()


class Board(Protocol):
    """The newest picture of every scope."""

    def newest(self, scope: str) -> bytes | None: ...


@dataclass(slots=True)
class MapCells:
    """Reads the shown cells off the city's picture, every few seconds at most."""

    board: Board
    monotonic: Callable[[], float] = time.monotonic
    _cells: frozenset[int] = NONE
    _until: float = 0.0

    def __call__(self) -> frozenset[int]:
        """Give the cells that are shown; none while there is no picture."""
        now = self.monotonic()
        if now >= self._until:
            self._until = now + KEEP_S
            self._cells = self._read()
        return self._cells

    def _read(self) -> frozenset[int]:
        try:
            frame = self.board.newest("city")
        except Unreachable as error:
            log.warning("map_cells_unreachable", error=str(error))
            return NONE
        if frame is None:
            return NONE
        section = orjson.loads(frame).get("sections", {}).get("cells", {})
        data = section.get("data") or {}
        return frozenset(cell_number(mark[0]) for mark in data.get("cells", ()))
