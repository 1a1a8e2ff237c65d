"""Whose a ticket is: the candidates for who asks, and in words on the ticket's page."""

from collections.abc import Iterable
from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_history import Look
from callbacks.ticket_rows import named
from layouts.catalogue_face import CandidateFace, OwnerFace, ReasonFace
from layouts.ticket_face import Reader
from layouts.wording import words
from operations.response.catalogue import Duty
from operations.response.suggesting import Candidate, Reason
from operations.tickets.changes import Change
from operations.tickets.ticket import Ticket


def candidates(
    sources: Any, desk: Desk, ticket: Ticket, changes: Iterable[Change]
) -> list[Candidate]:
    """Give who should own a ticket, best first, with reasons; the past as pages keep it.

    Raises Unreachable.
    """
    found: list[Candidate] = sources.suggester.candidates(ticket, changes, desk.now(), desk.figures)
    return found


def owner_face(sources: Any, desk: Desk, found: Look, reader: Reader) -> OwnerFace:
    """Tell a ticket's page whose it may be."""
    listed = candidates(sources, desk, found.ticket, found.changes)
    return OwnerFace(reader, [_told(one, sources, reader) for one in listed])


def reason_in_words(one: Reason, reader: Reader) -> str:
    """Say why a unit is suggested."""
    told = {
        "title": "" if one.duty is None else title_of(one.duty, reader),
        "word": one.word, "times": one.times, "among": one.among, "days": one.days,
    }  # fmt: skip
    return reader.words[f"owner_why_{one.why.value}"].format(**told)


def title_of(duty: Duty, reader: Reader) -> str:
    """Give what a duty is called."""
    return duty.title_en if reader.language == "en" else duty.title_zh


def unit_name(sources: Any, code: str, reader: Reader) -> str:
    """Give what a unit or a kind of unit is called."""
    if code in sources.names.departments:
        return named(sources, "departments", code, reader.language)
    return words(reader.language).get(f"catalogue_{code}", code)


def _told(one: Candidate, sources: Any, reader: Reader) -> CandidateFace:
    said = reader.words
    reasons = []
    for each in one.reasons:
        duty = each.duty
        basis = "" if duty is None else said["ticket_list"].join(duty.basis)
        code = "" if duty is None else duty.code
        reasons.append(ReasonFace(reason_in_words(each, reader), code, basis))
    beside = said["ticket_list"].join(unit_name(sources, code, reader) for code in one.cooperating)
    name = unit_name(sources, one.department, reader)
    return CandidateFace(one.department, name, reasons, beside, one.returned)
