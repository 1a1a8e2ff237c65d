"""All requests of a span of time, however a server pages, or whether it does at all."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Protocol

import structlog

from operations.errors import BadInput

log = structlog.get_logger()

Clock = Literal["created", "updated"]

PAGE_SIZE = 500
FULL = 1_000
"""What GeoReport v2 gives at most where a server has no pages."""
MOST_PAGES = 100
SHORTEST = timedelta(seconds=1)
_NAMES = {
    "created": ("start_date", "end_date"),
    "updated": ("updated_after", "updated_before"),
}
_UPDATED = "updated_datetime"


class Server(Protocol):
    """A server that is asked for requests."""

    def find(self, asked: Mapping[str, str]) -> list[Any]: ...


class NotUnderstood(BadInput):
    """The server does not look at when requests were updated."""


def rows_of(server: Server, clock: Clock, since: datetime, until: datetime) -> Iterator[list[Any]]:
    """Give the requests of a span, page by page; one may come twice.

    A server that gives the same page again has no pages: where its answer may have been cut, the
    two halves of the span are asked for instead. Raises NotUnderstood where `updated` is asked
    and older ones come.
    """
    names = _NAMES[clock]
    asked = {names[0]: _written(since), names[1]: _written(until), "page_size": str(PAGE_SIZE)}
    seen: set[str] = set()
    first = 0
    for page in range(1, MOST_PAGES + 1):
        rows = server.find(asked | {"page": str(page)})
        if clock == "updated":
            _check_understood(rows, since)
        new = [row for row in rows if _key(row) not in seen]
        seen.update(map(_key, rows))
        if page == 1:
            first = len(rows)
        if new:
            yield new
        elif rows and first >= FULL and until - since > SHORTEST:
            yield from _halves(server, clock, since, until)
            return
        if not new or len(rows) < first:
            return
    yield from _halves(server, clock, since, until)


def _halves(server: Server, clock: Clock, since: datetime, until: datetime) -> Iterator[list[Any]]:
    if until - since <= SHORTEST:  # nothing shorter can be asked for
        log.warning("open311_span_cut", clock=clock, since=_written(since))
        return
    middle = since + (until - since) / 2
    yield from rows_of(server, clock, since, middle)
    yield from rows_of(server, clock, middle, until)


def _written(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _key(row: Any) -> str:
    """Give what tells a row from others: its number, without one all of it."""
    number = row.get("service_request_id") if isinstance(row, dict) else None
    return str(row) if number is None else f"number {number}"


def _check_understood(rows: list[Any], since: datetime) -> None:
    """Find a row that was updated before what was asked for.

    A closed one tells when it was closed, and may have been updated since.
    """
    for row in rows:
        if not isinstance(row, dict) or str(row.get("status")).casefold() == "closed":
            continue
        try:
            at = datetime.fromisoformat(str(row.get(_UPDATED)))
        except ValueError:
            continue
        if at.tzinfo is not None and at < since - timedelta(seconds=1):
            raise NotUnderstood(_NAMES["updated"][0], "is not looked at by the server")
