"""The docket, as its address asks for it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.books import Books
from callbacks.desk import Desk
from callbacks.dispute_gathering import gathering_of
from callbacks.dispute_rows import (
    Namer,
    attempt_row,
    clinic_row,
    concerns,
    dispute_row,
    opinion_row,
    sees,
)
from callbacks.ticket_rows import reader_of
from layouts import clinic as clinic_page
from layouts import disputes as page
from layouts.disputes_face import ClinicFace, DisputeRow, DocketFace
from layouts.ticket_face import Reader
from layouts.wording import Language
from operations.errors import Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.response.dispute import Dispute, State
from operations.response.ports import Page
from operations.tickets.ruling import Attempt

A_PAGE, CLINICS, PAST, ORDERS, ATTEMPTS = 30, 10, 3, 8, 8
COUNTED = timedelta(days=30)
LIVING = (State.OPEN, State.CONSULTING, State.UNRESOLVED, State.SCHEDULED)


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the docket; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    reader, asked = reader_of(sources, desk, language), everything_asked(query)
    try:
        return page.docket(_face(sources, desk, reader, asked))
    except Unreachable:
        return page.docket(DocketFace(reader=reader, told=reader.words["disputes_away"]))


def draw_clinic(sources: Any, desk: Desk, number: str, language: Language) -> Component | None:
    """Draw a clinic; nothing where there is none."""
    reader = reader_of(sources, desk, language)
    books = Books(sources, desk)
    held = books.clinics.clinic(number)
    if held is None:
        return None
    found = books.disputes.of_clinic(number)
    agenda = [row for one in found if (row := listed(one, sources, desk, reader)) is not None]
    may_convene, about = desk.allows(Act.CONVENE, Subject()), clinic_row(held, len(agenda))
    if not (may_convene or agenda):  # what was said is for whom it concerns, as the disputes are
        about = replace(about, minutes="", notes=())
    return clinic_page.clinic(ClinicFace(reader, about, agenda, may_convene))


def listed(dispute: Dispute, sources: Any, desk: Desk, reader: Reader) -> DisputeRow | None:
    """Give a dispute as a line of a list; None where it is not for who asks."""
    books = Books(sources, desk)
    found = books.ledger.ticket(*dispute.tickets[0])
    tickets = [] if found is None else [found]
    if not concerns(desk, dispute, tickets):
        return None
    matter = found.title if found is not None and sees(desk, found) else ""
    clinic = None if dispute.clinic is None else books.clinics.clinic(dispute.clinic)
    return dispute_row(dispute, matter, clinic, desk.now(), Namer(sources, reader))


def _face(sources: Any, desk: Desk, reader: Reader, asked: dict[str, str]) -> DocketFace:
    name, now, books = Namer(sources, reader), desk.now(), Books(sources, desk)
    chosen, after = asked.get("state", ""), asked.get("after", "")
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    waiting = books.disputes.waiting_for_lead()
    found = _page(books, chosen, place, waiting)
    rows = [listed(one, sources, desk, reader) for one in found.rows]
    coming, past = books.clinics.coming(most=CLINICS), books.clinics.past(most=PAST)
    sizes = books.disputes.agenda_sizes([one.number for one in (*coming, *past)])
    opinions, attempts = books.opinions, list[Attempt]()
    if desk.allows(Act.LOOK, Subject(Field.TICKET)):
        attempts = opinions.attempts(most=ATTEMPTS)
    return DocketFace(
        reader=reader,
        chosen=chosen if chosen in {"all", page.WAITING, *State} else "",
        counts={state.value: n for state, n in books.disputes.counts().items()},
        rows=[_waits(one, waiting, reader) for one in rows if one is not None],
        after="" if found.after is None else str(found.after),
        first=place is None,
        coming=[clinic_row(one, sizes[one.number]) for one in coming],
        past=[clinic_row(one, sizes[one.number]) for one in past],
        opinions=[opinion_row(one, name) for one in opinions.opinions(most=ORDERS)],
        attempts=[attempt_row(one, name) for one in attempts],
        attempts_n=opinions.count_attempts(now - COUNTED),
        waiting_n=sum(waiting.values()),
        may_convene=desk.allows(Act.CONVENE, Subject()),
        usual_at=reader.moment(tomorrow_at(now, reader, 9)),
        gathering=gathering_of(sources, desk, asked, reader),
    )


def _page(books: Books, chosen: str, place: int | None, waiting: Mapping[str, int]) -> Page:
    """Give the disputes of a list; those that wait for their agreed lead are on one page."""
    if chosen == page.WAITING:
        held = [books.disputes.dispute(number) for number in islice(waiting, A_PAGE)]
        return Page([one for one in held if one is not None], None)
    states: tuple[State, ...] = (State(chosen),) if chosen in set(State) else LIVING
    if chosen == "all":
        states = tuple(State)
    found: Page = books.disputes.listed(states, most=A_PAGE, after=place)
    return found


def _waits(row: DisputeRow, waiting: Mapping[str, int], reader: Reader) -> DisputeRow:
    """Say of an agreement how many tickets are not with the agreed lead."""
    if row.number not in waiting:
        return row
    told = reader.words["dispute_waiting_next"].format(n=waiting[row.number])
    return replace(row, next=f"{row.next} · {told}", late=True)


def tomorrow_at(now: Any, reader: Reader, hour: int, *, days: int = 1) -> Any:
    """Give an hour of a day to come, in the city's zone."""
    local = now.astimezone(reader.zone) + timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)
