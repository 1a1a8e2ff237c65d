"""A ticket as the public may see it: what, whose, how far, roughly where; nobody's words."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from operations.open311.whereabouts import shown_place
from operations.pulse.view import Names
from operations.tickets.ticket import ENDED, Status

LONGEST_DESCRIPTION = 4_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STATUS_NOTES = {Status.WITHDRAWN: ("撤回", "Withdrawn")}
"""Only what `closed` alone would tell wrongly: the course of the work is the city's own."""


class PublicTicket(NamedTuple):
    """What is read of a ticket for the public; `number` is the ledger's, times microseconds."""

    number: int
    status: str
    category: str
    department: str | None
    district: str | None
    cell: int | None
    created_us: int
    updated_us: int
    closed_us: int | None
    due_us: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Public:
    """How tickets are told to the public: in which names and language, with words or without."""

    names: Names
    language: str
    words: bool

    def request(self, ticket: PublicTicket, shown: Collection[int]) -> dict[str, Any]:
        """Give a ticket as a GeoReport v2 request; fields that are never told are null."""
        status = Status(ticket.status)
        ended = status in ENDED
        updated_us = ticket.closed_us if ended and ticket.closed_us else ticket.updated_us
        place = shown_place(ticket.cell, shown)
        notes = _STATUS_NOTES.get(status)
        return {
            "service_request_id": str(ticket.number),
            "status": "closed" if ended else "open",
            "status_notes": None if notes is None else self._said(notes),
            "service_name": self._name(self.names.categories, ticket.category),
            "service_code": ticket.category,
            "description": (ticket.words[:LONGEST_DESCRIPTION] or None) if self.words else None,
            "agency_responsible": self._name(self.names.departments, ticket.department),
            "service_notice": None,
            "requested_datetime": moment(ticket.created_us),
            "updated_datetime": moment(updated_us),
            "expected_datetime": None if ticket.due_us is None else moment(ticket.due_us),
            "address": self._name(self.names.districts, ticket.district),
            "address_id": None,
            "zipcode": None,
            "lat": None if place is None else place[0],
            "long": None if place is None else place[1],
            "media_url": None,
        }

    def _said(self, pair: tuple[str, str]) -> str:
        return pair[1] if self.language == "en" else pair[0]

    def _name(self, names: Mapping[str, tuple[str, str]], code: str | None) -> str | None:
        if code is None:
            return None
        found = names.get(code)
        return code if found is None else self._said(found)


def moment(us: int) -> str:
    """Write a time as the W3C's note has it, to the second."""
    at = _EPOCH + timedelta(microseconds=us)
    return at.replace(microsecond=0).isoformat().replace("+00:00", "Z")
