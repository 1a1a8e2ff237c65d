"""Tickets that were looked for, as a table: masked, watermarked, written down before it goes."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from flask import Blueprint, Response, request, stream_with_context

from api.answers import problem
from api.tables import MARK, written
from api.workbook import MIMETYPE, Workbook
from operations.errors import BadInput, Unreachable
from operations.people.audit import Deed
from operations.people.masking import mask
from operations.people.ports import Audit
from operations.pulse.windows import to_us
from operations.tickets.search import Order, TicketSearch, read_order, read_search
from operations.tickets.ticket import Ticket

ROWS_A_PIECE = 500


def headers(form: str, name: str = "tickets") -> dict[str, str]:
    """Give the headers of a table in a form, csv or xlsx; `name` is that of its file."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "_", name)  # a header holds no letters of other scripts
    named = f'attachment; filename="{plain}.{form}"'
    return {"Cache-Control": "no-store", "Content-Disposition": named}


class Table(Protocol):
    """Finds what who asks may see, and writes it as rows of cells."""

    def find(self, search: TicketSearch, order: Order) -> list[Ticket]: ...

    def actor(self) -> tuple[str, bool]: ...

    def rows(self, tickets: Iterable[Ticket], asked: str | None) -> Iterator[list[str]]: ...


def blueprint(
    table: Table, audit: Audit, in_thread: Callable[..., Any], *, now: Callable[[], datetime]
) -> Blueprint:
    """Make the routes `/api/v1/tickets.csv` and `/api/v1/tickets.xlsx`.

    `in_thread(function, *arguments)` runs what takes long outside the event loop.
    """
    routes = Blueprint("ticket_export", __name__, url_prefix="/api/v1")

    def taken() -> Iterator[list[str]]:
        """Find what is asked for, and give its rows once who takes them is written down."""
        asked = request.args.to_dict()
        search = read_search(asked)
        found = table.find(search, read_order(asked))
        in_thread(audit.append, deed(search, len(found), table.actor(), now()))
        return table.rows(found, asked.get("lang"))

    @routes.get("/tickets.csv")
    def get_table() -> Response:
        """Give the tickets that are looked for, in the order asked for."""
        return _answered(
            lambda: Response(
                stream_with_context(_pieces(taken(), in_thread)),
                mimetype="text/csv", headers=headers("csv"),
            )
        )  # fmt: skip

    @routes.get("/tickets.xlsx")
    def get_workbook() -> Response:
        """Give the same as a workbook."""
        return _answered(
            lambda: Response(
                _workbook(taken(), in_thread), mimetype=MIMETYPE, headers=headers("xlsx")
            )
        )

    return routes


def _answered(answer: Callable[[], Response]) -> Response:
    """Give an answer, or say why there is none."""
    try:
        return answer()
    except BadInput as error:
        return problem(400, error.field, error.reason)
    except Unreachable:
        return problem(503, "database", "cannot be read now; try again", retry_after_s=2)


def deed(search: TicketSearch, many: int, actor: tuple[str, bool], at: datetime) -> Deed:
    """Write down who took how many tickets, and what was looked for; numbers of people masked."""
    asked = ", ".join(f"{name} {mask(value)}" for name, value in search.asked().items())
    return Deed(
        at_us=to_us(at), actor=actor[0], verified=actor[1], act="tickets.export",
        subject="tickets", after=f"{many} rows: {asked or 'everything'}",
    )  # fmt: skip


def _pieces(rows: Iterator[list[str]], in_thread: Callable[..., Any]) -> Iterator[str]:
    """Write a table piece by piece, so that no other screen waits for a long one."""
    yield MARK + written([next(rows)])  # who takes it, which only the request at hand knows
    while some := in_thread(lambda: list(islice(rows, ROWS_A_PIECE))):
        yield in_thread(written, some)


def _workbook(rows: Iterator[list[str]], in_thread: Callable[..., Any]) -> bytes:
    """Write a workbook, piece by piece too; its file is whole only at the end."""
    book = Workbook("tickets")
    book.add_mark(next(rows))
    book.add_heads(next(rows))
    while some := in_thread(lambda: list(islice(rows, ROWS_A_PIECE))):
        in_thread(book.add, some)
    made: bytes = in_thread(book.close)
    return made
