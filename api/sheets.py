"""Sheets given away as a file: CSV piece by piece, or a workbook; on top who took them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from flask import Response, stream_with_context

from api.tables import MARK, written
from api.workbook import MIMETYPE, Workbook, widths_of
from operations.pulse.sheet import Sheet


def given(
    sheets: Sequence[Sheet], mark: str, headers: Mapping[str, str], in_thread: Callable[..., Any]
) -> Response:
    """Give sheets in the form their file's name ends with; `mark` says who takes them."""
    if headers["Content-Disposition"].endswith('.xlsx"'):
        return Response(in_thread(_workbook, sheets, mark), mimetype=MIMETYPE, headers=headers)
    pieces = stream_with_context(_pieces(sheets, mark, in_thread))
    return Response(pieces, mimetype="text/csv", headers=headers)


def _pieces(sheets: Sequence[Sheet], mark: str, in_thread: Callable[..., Any]) -> Iterator[str]:
    """Write tables one below the other, each under its title."""
    yield MARK + written([[mark]])
    for one in sheets:
        yield in_thread(written, [[], [one.title], [one.about], one.heads, *one.rows])


def _workbook(sheets: Sequence[Sheet], mark: str) -> bytes:
    """Write tables as the sheets of a workbook, on each of them who took it and what it is of."""
    book = Workbook(sheets[0].title)
    for place, one in enumerate(sheets):
        if place:
            book.turn(one.title)
        book.add_mark([mark])
        book.add_mark([one.about])
        book.add_heads(one.heads, widths_of(one.heads, one.rows))
        book.add(one.rows)
    return book.close()
