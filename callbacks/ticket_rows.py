"""Tickets as pages and tables take them: codes by name, times in the city's zone."""

from datetime import datetime
from typing import Any

from callbacks.desk import Desk
from layouts.ticket_face import Reader, Row
from layouts.wording import Language, words
from operations.people.permissions import Act, Subject
from operations.people.person import signature
from operations.people.sight import NOTHING, WITHOUT_ACCOUNTS, Sight, sight_of
from operations.tickets.ticket import Ticket


def reader_of(sources: Any, desk: Desk, language: Language) -> Reader:
    """Tell a page of tickets who reads it, and when."""
    who = desk.who()
    nobody = words(language)["mark_nobody"].format(actor=desk.actor)
    return Reader(
        language=language,
        zone=sources.reference.zone,
        at=desk.real_now(),
        name=nobody if who is None else signature(who.person),
        demo=sources.settings.demo,
        own=who is not None and desk.allows(Act.KEEP_ACCOUNT, Subject()),
    )


def table_mark(reader: Reader) -> str:
    """Say in the first line of a table who took it and when."""
    time = f"{reader.moment(reader.at, seconds=True)} {reader.zone.key} ({reader.offset})"
    return reader.words["mark_table"].format(who=reader.name, time=time)


def taker(desk: Desk) -> tuple[str, bool]:
    """Name who takes something away, and whether an account vouches for that."""
    who = desk.who()
    return (desk.actor, False) if who is None else (signature(who.person), True)


def sight(desk: Desk) -> Sight:
    """Give which tickets who asks sees."""
    if desk.people is None:
        return WITHOUT_ACCOUNTS
    who = desk.who()
    return NOTHING if who is None else sight_of(who.person)


def named(sources: Any, kind: str, code: str | None, language: Language) -> str:
    """Give what a code of `categories`, `departments`, `districts` or `towns` is called."""
    if code is None:
        return ""
    pair = getattr(sources.names, kind).get(code, (code, code))
    return str(pair[1 if language == "en" else 0])


def row_of(ticket: Ticket, sources: Any, now: datetime, language: Language) -> Row:
    """Give a ticket as a line of a list."""
    late = ticket.is_open and ticket.due_at is not None and ticket.due_at < now
    return Row(
        source=ticket.source,
        external_id=ticket.external_id,
        title=ticket.title,
        status=ticket.status.value,
        category=named(sources, "categories", ticket.category, language),
        department=named(sources, "departments", ticket.department, language),
        district=named(sources, "districts", ticket.district, language),
        created_at=ticket.created_at,
        urgency=ticket.urgency.value,
        confidential=ticket.confidential,
        overdue=late,
    )
