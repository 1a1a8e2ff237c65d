"""The desk's table of tickets: a page of it, how many there are, and how many came since."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.answers import answer, problem
from operations.errors import BadInput, Unreachable
from operations.tickets.search import (
    After,
    Order,
    TicketSearch,
    read_after,
    read_order,
    read_search,
)

A_PAGE = 100
NEWEST = 2**62


class Table(Protocol):
    """Finds what who asks may see, and tells it in a language; waits beside the event loop."""

    def page(
        self, asked: TicketSearch, order: Order, after: After | None, most: int, language: str
    ) -> tuple[list[dict[str, Any]], After | None]: ...

    def count(self, asked: TicketSearch) -> tuple[int, bool, int]: ...

    def fresh(self, asked: TicketSearch, since: int) -> tuple[int, bool]: ...


def blueprint(table: Table) -> Blueprint:
    """Make the routes `/api/v1/desk/tickets`, `…/count` and `…/fresh`."""
    routes = Blueprint("desk", __name__, url_prefix="/api/v1/desk")

    @routes.get("/tickets")
    @told
    def get_tickets() -> Response:
        """Give tickets in order, from a place on; `after` is where the next ones begin."""
        asked = request.args.to_dict()
        search, order, after = read_search(asked), read_order(asked), read_after(asked)
        most = _number(asked, "most", A_PAGE, A_PAGE, least=1)
        rows, then = table.page(search, order, after, most, asked.get("lang", ""))
        return answer(200, {"rows": rows, "after": then.told() if then else None})

    @routes.get("/count")
    @told
    def get_count() -> Response:
        """Count what is found; not `whole`: at least so many. `newest` is to ask `fresh` with."""
        found, whole, newest = table.count(read_search(request.args.to_dict()))
        return answer(200, {"found": found, "whole": whole, "newest": newest})

    @routes.get("/fresh")
    @told
    def get_fresh() -> Response:
        """Count what came since."""
        asked = request.args.to_dict()
        found, whole = table.fresh(read_search(asked), _number(asked, "since", 0, NEWEST))
        return answer(200, {"found": found, "whole": whole})

    return routes


def told(work: Callable[..., Response]) -> Callable[..., Response]:
    """Tell what was wrong with a question, and that the database is away."""

    @wraps(work)
    def answered(**given: Any) -> Response:
        try:
            return work(**given)
        except BadInput as error:
            return problem(400, error.field, error.reason)
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)

    return answered


def _number(asked: dict[str, str], name: str, usual: int, most: int, *, least: int = 0) -> int:
    given = asked.get(name) or str(usual)
    readable = given.isascii() and given.isdecimal() and len(given) < 20
    if not readable or not least <= int(given) <= most:
        raise BadInput(name, f"a number from {least} to {most}")
    return int(given)
