"""What is set aside: the record sealed whole, and beside it what may be shown of it."""

import json
from datetime import datetime
from typing import Any

import orjson

from data_sources.sealing import Sealer, bound_to_refused
from operations.errors import BadInput
from operations.people.words import shown_reason, shown_record
from operations.ports import Refused

MOST_KEPT = 20_000


def refusal(raw: object, error: BadInput, *, now: datetime, feed: str, sealer: Sealer) -> Refused:
    """Make the line of the set-aside list for a record that was read."""
    shown = _as_json(shown_record(raw))
    return _line(_as_json(raw), shown, error, now, feed, sealer)


def refusal_of_text(
    text: str, error: BadInput, *, now: datetime, feed: str, sealer: Sealer
) -> Refused:
    """Make the line of the set-aside list for text that is not even JSON.

    Where nobody can tell which part of it is what, none of it is shown.
    """
    text = text.encode("utf-8", "replace").decode().replace("\0", "")
    return _line(text, f"({len(text)} characters, sealed)", error, now, feed, sealer)


def _line(
    record: str, shown: str, error: BadInput, now: datetime, feed: str, sealer: Sealer
) -> Refused:
    key = sealer.lookup("refused", f"{feed}\n{record}")
    return Refused(
        key=key,
        feed=feed,
        field=error.field,
        reason=shown_reason(error.reason),
        record=shown[:MOST_KEPT],
        refused_at=now,
        sealed=sealer.seal(record[:MOST_KEPT], bound_to_refused(key)),
    )


def _as_json(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except (TypeError, orjson.JSONEncodeError):  # lone surrogates, huge numbers
        pass
    try:
        return json.dumps(value, default=str)
    except (TypeError, ValueError, RecursionError):
        return f"(a {type(value).__name__} that cannot be written as JSON)"
