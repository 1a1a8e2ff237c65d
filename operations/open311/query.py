"""Which requests are asked for: by number, or by a span of time, kind and state, in pages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from operations.errors import BadInput

LONGEST_SPAN = timedelta(days=90)
MOST_ROWS = 1_000
MOST_CODES = 50
MOST_DEEP = 50_000
"""Rows behind which no page lies: each is walked past; a shorter span finds the rest."""
AHEAD = timedelta(days=1)
"""A source's clock may run ahead: where no end is given, so far beyond now is looked."""

_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_BLANK_OFFSET = re.compile(r"(T[0-9:.]+) (\d\d:?\d\d)$")

Clock = Literal["created", "updated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestQuery:
    """What is asked for. With `numbers` nothing else counts.

    `clock` says which of a request's times lies in the span, both ends of it included; the
    newest come first. An empty `codes` is every category, a None `open` every state.
    """

    since: datetime
    until: datetime
    clock: Clock = "created"
    numbers: tuple[int, ...] | None = None
    codes: tuple[str, ...] = ()
    open: bool | None = None
    page: int = 1
    page_size: int = MOST_ROWS

    @property
    def skip(self) -> int:
        """How many rows lie before this page."""
        return (self.page - 1) * self.page_size


def read_query(asked: Mapping[str, str], now: datetime) -> RequestQuery:
    """Read a query from an address; what is empty counts as absent. Raises BadInput."""
    given = {name: value.strip() for name, value in asked.items() if value.strip()}
    clock, since, until = _span(given, now)
    return RequestQuery(
        since=since,
        until=until,
        clock=clock,
        numbers=_numbers(given.get("service_request_id")),
        codes=_codes(given.get("service_code")),
        open=_state(given.get("status")),
        **_page(given),
    )


def read_number(given: str) -> int | None:
    """Read a request's number, None where it can be none."""
    return int(given) if _NUMBER.fullmatch(given) else None


def read_moment(name: str, given: str) -> datetime:
    """Read a time with its offset, as the W3C's note on ISO 8601 writes it; raises BadInput."""
    # A plus sign that was not encoded arrives as a blank.
    given = _BLANK_OFFSET.sub(r"\1+\2", given)
    try:
        at = datetime.fromisoformat(given)
        if at.tzinfo is not None and at.year >= _FIRST_YEAR:
            return at
    except ValueError:
        pass
    raise BadInput(name, "must be a time with its offset, such as 2026-11-24T00:00:00Z")


_FIRST_YEAR = 1970


def _span(given: Mapping[str, str], now: datetime) -> tuple[Clock, datetime, datetime]:
    names = ("start_date", "end_date"), ("updated_after", "updated_before")
    created, updated = ([name for name in pair if name in given] for pair in names)
    if created and updated:
        raise BadInput(updated[0], f"cannot stand beside {created[0]}; give one of them")
    clock: Clock = "updated" if updated else "created"
    first, last = names[1] if updated else names[0]
    since = read_moment(first, given[first]) if first in given else None
    until = read_moment(last, given[last]) if last in given else None
    try:
        since, until = _closed(since, until, now)
    except OverflowError:
        raise BadInput(first, "lies out of all time") from None
    if until < since:
        raise BadInput(last, f"lies before {first}")
    if until - since > LONGEST_SPAN + (AHEAD if last not in given else timedelta()):
        raise BadInput(last, f"is more than {LONGEST_SPAN.days} days after {first}")
    return clock, since, until


def _closed(
    since: datetime | None, until: datetime | None, now: datetime
) -> tuple[datetime, datetime]:
    if until is not None:
        return (until - LONGEST_SPAN if since is None else since), until
    if since is None:
        return now - LONGEST_SPAN, now + AHEAD
    return since, max(min(since + LONGEST_SPAN, now + AHEAD), since)


def _numbers(given: str | None) -> tuple[int, ...] | None:
    if given is None:
        return None
    words = given.split(",", MOST_ROWS)
    if len(words) > MOST_ROWS:
        raise BadInput("service_request_id", f"at most {MOST_ROWS:,} at once")
    read = (read_number(word.strip()) for word in words)
    return tuple(dict.fromkeys(number for number in read if number is not None))


def _codes(given: str | None) -> tuple[str, ...]:
    if given is None:
        return ()
    words = given.split(",", MOST_CODES)
    if len(words) > MOST_CODES:
        raise BadInput("service_code", f"at most {MOST_CODES} at once")
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _state(given: str | None) -> bool | None:
    words = {word.strip().casefold() for word in (given or "").split(",") if word.strip()}
    if words - {"open", "closed"}:
        raise BadInput("status", "open, closed, or both parted by a comma")
    return "open" in words if len(words) == 1 else None


def _page(given: Mapping[str, str]) -> dict[str, int]:
    page, size = _count(given, "page", 1), _count(given, "page_size", MOST_ROWS)
    if size > MOST_ROWS:
        raise BadInput("page_size", f"at most {MOST_ROWS:,}")
    if page * size > MOST_DEEP:
        raise BadInput(
            "page", f"pages reach {MOST_DEEP:,} requests deep; ask for a shorter span of time"
        )
    return {"page": page, "page_size": size}


def _count(given: Mapping[str, str], name: str, usual: int) -> int:
    number = read_number(given[name]) if name in given else usual
    if number is None:
        raise BadInput(name, "must be a whole number from 1")
    return number
