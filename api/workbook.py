"""Tables for spreadsheets: XLSX in which text stays text and an amount is a number."""

import io
from collections.abc import Iterable
from typing import Any
from unicodedata import east_asian_width

import xlsxwriter

from operations.pulse.figure import Unit
from operations.pulse.sheet import SCORE, Amount
from operations.tickets.plain_cell import plain_cell

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEVER_MORE_THAN_TEXT = {
    "in_memory": True,  # no file beside the database has tickets in it
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
FORMS = {Unit.SHARE: "0.0%", Unit.TICKETS: "#,##0", Unit.MINUTES: "#,##0.0", SCORE: "0.000"}
FAINT = "#7F7F7F"
WIDTH, WIDEST = 16, 48


class Workbook:
    """A workbook written from the top: who took it, the heads, then rows; sheet after sheet.

    Text is written as text whatever stands in it, and marked as in `api.tables`, for whoever
    keeps the sheet as CSV later.
    """

    def __init__(self, name: str) -> None:
        self._made = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._made, NEVER_MORE_THAN_TEXT)
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._forms = {
            (unit, faint): self._book.add_format(
                {"num_format": form} | ({"font_color": FAINT} if faint else {})
            )
            for unit, form in FORMS.items()
            for faint in (False, True)
        }
        self.turn(name)

    def turn(self, name: str) -> None:
        """Begin another sheet."""
        self._sheet = self._book.add_worksheet(name)
        self._next = 0

    def add_mark(self, row: Iterable[Any]) -> None:
        """Write who took the table, or what it is of."""
        self._write([row], None)

    def add_heads(self, row: Iterable[Any], widths: Iterable[int] = ()) -> None:
        """Write the heads, which stay in sight while the sheet is scrolled."""
        heads = list(row)
        self._write([heads], self._head)
        self._sheet.freeze_panes(self._next, 0)
        self._sheet.set_column(0, len(heads) - 1, WIDTH)
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def add(self, rows: Iterable[Iterable[Any]]) -> None:
        """Write rows of cells."""
        self._write(rows, None)

    def close(self) -> bytes:
        """Give the whole as a file."""
        self._book.close()
        return self._made.getvalue()

    def _write(self, rows: Iterable[Iterable[Any]], form: Any) -> None:
        for row in rows:
            for column, cell in enumerate(row):
                if not isinstance(cell, Amount):
                    self._sheet.write_string(self._next, column, plain_cell(cell), form)
                elif cell.number is not None:
                    self._sheet.write_number(
                        self._next, column, cell.number, self._forms[cell.unit, cell.faint]
                    )
            self._next += 1


def widths_of(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> list[int]:
    """Give how wide each column is for what stands in it; a head breaks over lines."""
    found = [min(_width(head), WIDTH) for head in heads]
    for row in rows:
        for column, cell in enumerate(row):
            found[column] = max(found[column], _width(cell) if isinstance(cell, str) else 8)
    return [min(width + 2, WIDEST) for width in found]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
