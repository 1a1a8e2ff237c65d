"""A ticket's clocks and its way: as they stand, and what a person decides on them."""

from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.asking import asked_language, parts_of
from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.notices import tell
from callbacks.ticket_alarms import warned
from callbacks.ticket_history import Look, act_in_words
from callbacks.ticket_rows import reader_of, sight
from layouts import ids
from layouts.clock_face import ClockFace, ClockRow, Decision
from layouts.ticket_face import Reader
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.tickets.cards import Cards
from operations.tickets.clocks import SOURCE, Clock, breaches_of, clocks_of
from operations.tickets.clocks import State as Standing
from operations.tickets.handling import HandlingAct
from operations.tickets.handling_actions import decide
from operations.tickets.reckoning import OPINION, basis_of
from operations.tickets.ticket import Ticket
from operations.tickets.triage import sort

NO_DAY = 0


def clock_face(sources: Any, desk: Desk, found: Look, reader: Reader) -> ClockFace:
    """Tell the page of a ticket's clocks."""
    ticket, deadlines, now = found.ticket, found.reckoner.deadlines, desk.now()
    shown = clocks_of(ticket, deadlines, found.changes, now)
    who = desk.signed_by(None)
    rules = None if deadlines is None else deadlines.rules
    sorted_ = sort(found.delivered, found.reckoner.table, found.handling.triage)
    return ClockFace(
        reader=reader,
        triage=ticket.triage.value,
        rule=sorted_.rule,
        version=found.handling.version,
        rows=[_row(clock) for clock in shown],
        breaches=[one.value for one in breaches_of(ticket, found.handling, deadlines, shown)],
        card=_card(sources.cards, ticket, now),
        rules="" if rules is None else rules.name_zh if reader.language == "zh" else rules.name_en,
        decided=_decided(found),
        extended_d=found.handling.extension_d,
        most_d=NO_DAY if rules is None else rules.extension.working_days,
        clock=_clock(found, now),
        beyond=_beyond(sources, shown),
        may_decide=desk.allows(Act.DECIDE, _subject(ticket)),
        actor=who["actor"],
        verified=who["verified"],
        warned=warned(sources, desk, ticket, reader),
    )


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what a press on a decision does."""

    @app.callback(
        output=(
            Output(ids.CLOCK_TOLD, "children"),
            Output(ids.TICKET_DECIDED, "data"),  # by which the page draws itself anew
        ),
        inputs={"presses": Input(ids.decide(ALL), "n_clicks")},
        state={
            "seen": State(ids.CLOCK_SEEN, "data"),
            "pathname": State(ids.ADDRESS, "pathname"),
            "search": State(ids.ADDRESS, "search"),
            "typed": {
                "way": State(ids.CLOCK_WAY, "value"),
                "reason": State(ids.CLOCK_REASON, "value"),
                "days": State(ids.CLOCK_DAYS, "value"),
                "actor": State(ids.CLOCK_ACTOR, "value"),
            },
        },
        prevent_initial_call=True,
    )
    def decide_on_ticket(
        presses: list[int], seen: Any, pathname: str, search: str, typed: dict[str, Any]
    ) -> Any:
        if not any(presses):
            return no_update, no_update
        name = ctx.triggered_id["decide"]
        return decided(sources, desk, name, seen, pathname, search, **typed)


def decided(
    sources: Any,
    desk: Desk,
    name: str,
    seen: Any,
    pathname: str,
    search: str,
    *,
    way: str | None,
    reason: str | None,
    days: str | None,
    actor: str | None,
) -> Any:
    """Decide on the ticket of an address; give what is told, and that it is to be drawn anew."""
    reader = reader_of(sources, desk, asked_language(search or "", sources.settings.language))
    parts = parts_of(pathname or "")
    life = desk.beside(sources.history.life, parts[1], "/".join(parts[2:]))
    if life is None or not _sees(desk, life.ticket):
        return no_update, no_update
    found = Look(sources, desk, life)
    detail = {HandlingAct.TRIAGE: way, HandlingAct.EXTEND: days}.get(HandlingAct(name)) or ""
    typed = {"detail": detail, "reason": reason or "", **desk.signed_by(actor)}
    case, version = found.case(desk.now()), int(seen["version"])
    book: Any = StoreBeside(sources.handling_book, desk)
    try:
        after = decide(
            book, desk.stream, case, HandlingAct(name), expected_version=version, **typed
        )
        told = reader.words["clock_told"].format(version=after.version)
    except OperationsError as error:
        told = refusal(error, desk, sources, found, reader)
    return told, {"at": desk.real_now().isoformat()}


def refusal(error: OperationsError, desk: Desk, sources: Any, found: Look, reader: Reader) -> str:
    """Say why a decision was not taken, in the person's language, and who came first."""
    said = reader.words
    if isinstance(error, Conflict):
        lines = desk.beside(sources.handling_book.lines, *found.ticket.identity)
        act, who = (
            (act_in_words(lines[-1], sources, reader), lines[-1].actor) if lines else ("", "")
        )
        return said["clock_conflict"].format(actor=who, act=act)
    if isinstance(error, Unreachable):
        written = desk.beside(sources.handling_book.handling, *found.ticket.identity)
        return said["clock_later" if written.version > found.handling.version else "clock_away"]
    if isinstance(error, BadInput):
        deadlines = found.reckoner.deadlines
        most = "" if deadlines is None else deadlines.rules.extension.working_days
        return said[f"clock_bad_{error.field}"].format(n=most)
    tell(error)
    return said["went_wrong"]


def _sees(desk: Desk, ticket: Ticket) -> bool:
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return sight(desk).holds(subject, confidential=ticket.confidential)


def _subject(ticket: Ticket) -> Subject:
    """Give what a decision is on; a confidential ticket is for who may see who called."""
    field = Field.CALLER if ticket.confidential else Field.TICKET
    return Subject(field, ticket.department, ticket.district, ticket.town)


def _row(clock: Clock) -> ClockRow:
    limit = clock.limit
    return ClockRow(
        name=clock.name,
        due_at=clock.due_at,
        state=clock.state.value,
        rule="" if clock.origin == SOURCE or clock.origin.startswith(OPINION) else clock.origin,
        opinion=clock.origin.removeprefix(OPINION) if clock.origin.startswith(OPINION) else "",
        done_at=clock.done_at,
        working_days=None if limit is None else limit.working_days,
        clock_h=None if limit is None else limit.clock_h,
    )


def _card(cards: Cards | None, ticket: Ticket, now: datetime) -> str:
    if cards is None or not ticket.is_open or ticket.due_at is None:
        return ""
    card = cards.card(ticket.due_at, now)
    return "" if card is None else card.value


def _clock(found: Look, now: datetime) -> str:
    """Say how far a person may touch the clock: not one of the source, nor one that has ended."""
    ticket = found.ticket
    if basis_of(ticket.due_by) is None or not ticket.is_open:
        return "none"
    if found.handling.stands_still:
        return Standing.STANDING.value
    return "running" if ticket.due_at is not None and now <= ticket.due_at else "none"


def _decided(found: Look) -> Decision | None:
    if found.handling.triage is None:
        return None
    lines = [line for line in found.lines if line.act is HandlingAct.TRIAGE]
    last = lines[-1]
    return Decision(last.at, last.act.value, last.detail, last.reason, last.actor, last.verified)


def _beyond(sources: Any, shown: tuple[Clock, ...]) -> Any:
    """Give the calendar's last day where a running clock ends after it."""
    calendar, zone = sources.reference.calendar, sources.reference.zone
    due = [one.due_at for one in shown if one.due_at is not None and one.done_at is None]
    late = any(not calendar.is_foreseen(at.astimezone(zone).date()) for at in due)
    return calendar.last_known_day if late else None
