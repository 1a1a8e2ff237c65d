"""What is set aside: the record as delivered, but never the caller."""

import hashlib
import json
import re
from datetime import datetime
from typing import Any

import orjson

from operations.errors import BadInput
from operations.ports import Refused

MOST_KEPT = 20_000
_CALLER = re.compile(r'("caller"\s*:\s*)("(?:\\.|[^"\\])*"?|\{[^}]*\}?|\[[^\]]*\]?|[^,}\s]*)')


def refusal(raw: object, error: BadInput, *, now: datetime, feed: str) -> Refused:
    """Make the line of the set-aside list for a record that was read."""
    return _line(_as_json(_without_caller(raw)), error, now, feed)


def refusal_of_text(text: str, error: BadInput, *, now: datetime, feed: str) -> Refused:
    """Make the line of the set-aside list for text that is not even JSON.

    Where the caller cannot be told from the rest, the text is not kept.
    """
    kept = _CALLER.sub(r'\1"…"', text)
    if "caller" in _CALLER.sub("", text):
        kept = f"({len(text)} characters, not kept since they may name the caller)"
    return _line(kept.encode("utf-8", "replace").decode().replace("\0", ""), error, now, feed)


def _line(record: str, error: BadInput, now: datetime, feed: str) -> Refused:
    digest = hashlib.blake2b(f"{feed}\n{record}".encode(), digest_size=16)
    return Refused(
        key=digest.hexdigest(),
        feed=feed,
        field=error.field,
        reason=error.reason,
        record=record[:MOST_KEPT],
        refused_at=now,
    )


def _without_caller(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_caller(v) for name, v in value.items() if name != "caller"}
    if isinstance(value, list):
        return [_without_caller(part) for part in value]
    return value


def _as_json(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except (TypeError, orjson.JSONEncodeError):  # lone surrogates, huge numbers
        pass
    try:
        return json.dumps(value, default=str)
    except (TypeError, ValueError, RecursionError):
        return f"(a {type(value).__name__} that cannot be written as JSON)"
