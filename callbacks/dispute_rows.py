"""Disputes, clinics and opinions as pages take them: codes by name, what comes next in words."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import named, sight
from layouts.disputes_face import AttemptRow, ClinicRow, DisputeRow, Note, OpinionRow
from layouts.parts.ticket_page import address
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.response.clinic import Clinic
from operations.response.dispute import Dispute, State
from operations.response.opinion import Opinion
from operations.tickets.ruling import RETURNED, UNASSIGNED, Attempt
from operations.tickets.ticket import Ticket


class Namer:
    """Names codes in one reader's language."""

    def __init__(self, sources: Any, reader: Reader) -> None:
        self._sources, self.reader = sources, reader

    def unit(self, code: str) -> str:
        """Name a department."""
        return named(self._sources, "departments", code, self.reader.language)

    def units(self, codes: Sequence[str]) -> list[str]:
        """Name departments."""
        return [self.unit(code) for code in codes]


def concerns(desk: Desk, dispute: Dispute, tickets: Sequence[Ticket]) -> bool:
    """Tell whether a dispute is for who asks: a ticket of it is, or one's department is asked."""
    if any(sees(desk, one) for one in tickets):
        return True
    asked = {*dispute.invited, *(() if dispute.outcome is None else (dispute.outcome.lead,))}
    return any(desk.allows(Act.OPINE, Subject(Field.TICKET, code)) for code in asked)


def sees(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether a ticket is for who asks."""
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return sight(desk).holds(subject, confidential=ticket.confidential)


def next_of(dispute: Dispute, clinic: Clinic | None, now: datetime, name: Namer) -> str:
    """Say what comes next."""
    said, moment = name.reader.words, name.reader.moment
    match dispute.state:
        case State.OPEN:
            return said["dispute_next_invite"]
        case State.CONSULTING if dispute.deadline is not None:
            if not dispute.silent:
                return said["dispute_next_all_said"]
            over = now > dispute.deadline
            word = "dispute_next_conclude" if over else "dispute_next_deadline"
            return said[word].format(time=moment(dispute.deadline))
        case State.UNRESOLVED:
            return said["dispute_next_schedule"]
        case State.SCHEDULED if clinic is not None:
            word = "dispute_next_sign" if now >= clinic.at else "dispute_next_clinic"
            return said[word].format(time=moment(clinic.at))
        case State.AGREED if dispute.outcome is not None:
            return said["dispute_next_lead"].format(name=name.unit(dispute.outcome.lead))
        case State.RULED:
            return said["dispute_line_rule"].format(detail=dispute.opinion)
    return ""


def dispute_row(
    dispute: Dispute, matter: str, clinic: Clinic | None, now: datetime, name: Namer
) -> DisputeRow:
    """Give a dispute as a line of a list; `matter` is its first ticket's title."""
    ended = dispute.changed_at if not dispute.is_living else now
    deadline = dispute.deadline if dispute.state is State.CONSULTING else None
    return DisputeRow(
        number=dispute.number,
        state=dispute.state.value,
        matter=matter or dispute.why,
        tickets=len(dispute.tickets),
        age_h=max(ended - dispute.opened_at, timedelta()) / timedelta(hours=1),
        said=len(dispute.words),
        asked=len(dispute.candidates),
        next=next_of(dispute, clinic, now, name),
        late=(deadline is not None and now > deadline)
        or (clinic is not None and dispute.state is State.SCHEDULED and now > clinic.at),
    )


def clinic_row(clinic: Clinic, agenda: int) -> ClinicRow:
    """Give a clinic as a line of a list."""
    return ClinicRow(
        number=clinic.number, state=clinic.state.value, at=clinic.at, chair=clinic.chair,
        place=clinic.place, agenda=agenda, version=clinic.version, minutes=clinic.minutes,
        notes=[Note(one.at, one.actor, one.said) for one in clinic.notes],
    )  # fmt: skip


def opinion_row(opinion: Opinion, name: Namer) -> OpinionRow:
    """Give a final opinion with names for codes."""
    return OpinionRow(
        number=opinion.number, dispute=opinion.dispute, lead=name.unit(opinion.lead),
        cooperating=name.units(opinion.cooperating), due_at=opinion.due_at, basis=opinion.basis,
        decision=opinion.decision, signed_at=opinion.signed_at, signed_by=opinion.signed_by,
        replaces=opinion.replaces or "",
    )  # fmt: skip


def attempt_row(attempt: Attempt, name: Namer) -> AttemptRow:
    """Give what was asked against an opinion in words."""
    return AttemptRow(
        path=address(*attempt.ticket), external_id=attempt.ticket[1], opinion=attempt.opinion,
        asked=asked_in_words(attempt.asked, name), at=attempt.at, reason=attempt.reason,
    )  # fmt: skip


def asked_in_words(asked: str, name: Namer) -> str:
    """Say what was asked against an opinion."""
    said = name.reader.words
    if asked in (RETURNED, UNASSIGNED):
        return said[f"attempt_{asked}"]
    return said["attempt_moved"].format(name=name.unit(asked))
