"""Tables for spreadsheets: XLSX in which every cell is text."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from operations.tickets.plain_cell import plain_cell

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEVER_MORE_THAN_TEXT = {
    "in_memory": True,  # no file beside the database has tickets in it
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDTH = 16


class Workbook:
    """A workbook of one sheet, written from the top: who took it, the heads, then rows.

    Cells are written as text whatever stands in them, and marked as in `api.tables`, for whoever
    keeps the sheet as CSV later.
    """

    def __init__(self, name: str) -> None:
        self._made = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._made, NEVER_MORE_THAN_TEXT)
        self._sheet = self._book.add_worksheet(name)
        self._head = self._book.add_format({"bold": True})
        self._next = 0

    def add_mark(self, row: Iterable[Any]) -> None:
        """Write who took the table."""
        self._write([row], None)

    def add_heads(self, row: Iterable[Any]) -> None:
        """Write the heads, which stay in sight while the sheet is scrolled."""
        heads = list(row)
        self._write([heads], self._head)
        self._sheet.freeze_panes(self._next, 0)
        self._sheet.set_column(0, len(heads) - 1, WIDTH)

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
                self._sheet.write_string(self._next, column, plain_cell(cell), form)
            self._next += 1
