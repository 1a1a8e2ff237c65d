"""Decisions on a ticket as JSON in the ledger, and back."""

from datetime import datetime

import orjson

from operations.tickets.handling import Handling, Pause
from operations.tickets.ticket import Triage


def handling_body(handling: Handling) -> str:
    """Write decisions as JSON; times as ISO 8601."""
    return orjson.dumps(handling).decode()


def handling_of(body: str) -> Handling:
    """Read decisions back."""
    told = orjson.loads(body)
    changed, triage = told["changed_at"], told["triage"]
    return Handling(
        version=told["version"],
        changed_at=None if changed is None else datetime.fromisoformat(changed),
        triage=None if triage is None else Triage(triage),
        triage_reason=told["triage_reason"],
        extension_d=told["extension_d"],
        extension_reason=told["extension_reason"],
        pauses=tuple(_pause(*one.values()) for one in told["pauses"]),
    )


def _pause(since: str, until: str | None, reason: str) -> Pause:
    ends = None if until is None else datetime.fromisoformat(until)
    return Pause(datetime.fromisoformat(since), ends, reason)
