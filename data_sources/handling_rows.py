"""Decisions on a ticket as JSON in the ledger, and back."""

import orjson
from pydantic import TypeAdapter

from operations.tickets.handling import Handling

_HANDLING = TypeAdapter(Handling)


def handling_body(handling: Handling) -> str:
    """Write decisions as JSON; times as ISO 8601."""
    return orjson.dumps(handling).decode()


def handling_of(body: str) -> Handling:
    """Read decisions back; what an earlier version did not know of is as at first."""
    return _HANDLING.validate_json(body)
