"""A ticket's rings and supervision: as they stand, and what who reads may do about them."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from callbacks.desk import Desk
from callbacks.ticket_history import Look
from callbacks.ticket_rows import named
from layouts.parts.ticket_page import address
from layouts.supervision_face import CalledRow, RecordRow, SummonsRow, WatchFace
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.people.person import Ring
from operations.tickets.supervision import Record, Summons
from operations.tickets.ticket import Supervision, Ticket

DOORS = {"report": Act.REPORT, "watch": Act.SUPERVISE, "refer": Act.REFER}


def watch_face(sources: Any, desk: Desk, found: Look, reader: Reader) -> WatchFace:
    """Tell the page how a ticket is seen through."""
    ticket, watch, now = found.ticket, found.handling.watch, desk.now()
    told = _Telling(sources, desk, ticket, reader, now)
    may = {door for door, act in DOORS.items() if desk.allows(act, subject_of(ticket))}
    records = [told.record(one) for one in watch.records]
    summonses = [told.summons(one) for one in watch.summonses]
    place = 1 if reader.language == "en" else 0
    return WatchFace(
        reader=reader,
        path=address(ticket.source, ticket.external_id).removeprefix("/tickets/"),
        version=found.handling.version,
        ring=ticket.ring.value,
        rule=ticket.ring_by,
        reported=bool(watch.reports),
        top=ticket.ring is Ring.CITY,
        is_open=ticket.is_open,
        state="" if ticket.supervision is None else ticket.supervision.value,
        referred_because="" if watch.referral is None else watch.referral.reason,
        records=records,
        summonses=summonses,
        may=frozenset(may),
        answers=any(one.may_answer for one in records)
        or any(called.may_answer for one in summonses for called in one.called),
        choices=[(code, pair[place]) for code, pair in sources.names.departments.items()],
        accountability=_proposing(sources, desk, ticket, reader),
    )


def _proposing(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> str:
    """Give where a matter of accountability is proposed on a ticket that was referred."""
    code, referred = ticket.department, ticket.supervision is Supervision.REFERRED
    if desk.who() is None or code is None or not referred or ticket.confidential:
        return ""
    district = sources.reference.departments.named(code).district
    if not desk.allows(Act.PROPOSE, Subject(Field.AGGREGATE, code, district)):
        return ""
    asked = {"department": code, "ticket": "/".join(ticket.identity), "lang": reader.language}
    return f"/accountability?{urlencode(asked)}"


def subject_of(ticket: Ticket, department: str | None = None) -> Subject:
    """Give what an act is on, as of the department that holds the ticket or of one that owes.

    A confidential ticket is for who may see who called.
    """
    field = Field.CALLER if ticket.confidential else Field.TICKET
    return Subject(field, department or ticket.department, ticket.district, ticket.town)


class _Telling:
    """Tells records and summonses of one ticket to one reader."""

    def __init__(
        self, sources: Any, desk: Desk, ticket: Ticket, reader: Reader, now: datetime
    ) -> None:
        self._sources, self._desk, self._ticket = sources, desk, ticket
        self._reader, self._now = reader, now

    def _name(self, code: str) -> str:
        return named(self._sources, "departments", code, self._reader.language)

    def _answers(self, code: str) -> bool:
        return self._desk.allows(Act.ANSWER, subject_of(self._ticket, code))

    def record(self, one: Record) -> RecordRow:
        late = one.is_late(self._now)
        standing = "late" if late else "due"
        if one.outcome is not None:
            standing = one.outcome.value
        elif one.replied_at is not None:
            standing = "replied"
        return RecordRow(
            number=one.number,
            line=one.line.value,
            code=one.department,
            department=self._name(one.department),
            standing=standing,
            late=late,
            opened_at=one.opened_at,
            due_at=one.due_at,
            reason=one.reason,
            sign=one.sign,
            lister=one.lister,
            reply=one.reply,
            replied_at=one.replied_at,
            sent_back=one.sent_back,
            ruling=one.ruling,
            ended_at=one.ended_at,
            may_answer=one.is_open and self._answers(one.department),
        )

    def summons(self, one: Summons) -> SummonsRow:
        called = []
        for each in one.called:
            late = (each.came_at or self._now) > one.due_at
            came = "came_late" if late else "came"
            standing = ("late" if late else "due") if each.came_at is None else came
            may = one.is_open and self._answers(each.department)
            called.append(
                CalledRow(each.department, self._name(each.department), standing, each.came_at, may)
            )
        return SummonsRow(
            number=one.number,
            ring=one.ring.value,
            called_at=one.called_at,
            due_at=one.due_at,
            reason=one.reason,
            called=called,
            is_open=one.is_open,
            withdrawn=one.withdrawn_at is not None,
        )
