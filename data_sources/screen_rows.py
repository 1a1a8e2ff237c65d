"""Walls as rows of their table, and back."""

import json
from dataclasses import asdict
from typing import Any

from operations.people.screens import Contact, Screen, ScreenState, Show

Row = dict[str, Any]


def screen_row(screen: Screen) -> Row:
    """Put a wall into a row, without its contact."""
    return {
        "id": screen.id,
        "version": screen.version,
        "state": screen.state.value,
        "code": screen.code or None,
        "created_us": screen.created_us,
        "paired_us": screen.paired_us,
        "body": json.dumps(asdict(screen)),
    }


def screen_of(body: str) -> Screen:
    """Read a wall."""
    row: Row = json.loads(body)
    return Screen(**row | {"state": ScreenState(row["state"]), "show": Show(**row["show"])})


def contact_row(contact: Contact) -> Row:
    """Put a contact into a row's columns."""
    return {"seen_us": contact.seen_us, "software": contact.software}
