"""Tables for spreadsheets: CSV in which no cell is a formula."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from operations.pulse.sheet import Amount
from operations.tickets.plain_cell import plain_cell

MARK = "\ufeff"
"""The byte order mark a table begins with, by which spreadsheets know UTF-8."""


def written(rows: Iterable[Iterable[Any]]) -> str:
    """Write rows of cells."""
    out = io.StringIO()
    csv.writer(out).writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(cell: Any) -> Any:
    return cell.text if isinstance(cell, Amount) else plain_cell(cell)
