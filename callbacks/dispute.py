"""One dispute: drawn for whom it concerns, and anew after every act."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks.asking import asked_language, parts_of
from callbacks.books import Books
from callbacks.desk import Desk
from callbacks.dispute_candidates import kept_in_words, suggested
from callbacks.dispute_rows import Namer, clinic_row, concerns, dispute_row, opinion_row, sees
from callbacks.disputes import tomorrow_at
from callbacks.ticket_rows import reader_of, row_of
from layouts import dispute as page
from layouts import ids
from layouts.disputes_face import CandidateRow, DisputeFace, DraftRow, RulingFace
from layouts.parts.disputes import DISPUTES
from layouts.parts.ticket_page import address
from layouts.ticket_face import Reader, Step
from layouts.wording import Language
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.response.agreed import waits_for_lead
from operations.response.dispute import DISPUTE, Act, Candidate, Dispute, DisputeLine, Draft
from operations.response.dispute_actions import UNTIL
from operations.response.dispute_home import home_of
from operations.tickets.ticket import Ticket

MOST_SHOWN = 50
MOST_CLINICS = 20
USUAL_DUE_D = 7


def draw(sources: Any, desk: Desk, number: str, language: Language) -> Component | None:
    """Draw a dispute; nothing where there is none, or none for who asks."""
    face = _looked(sources, desk, number, reader_of(sources, desk, language))
    return None if face is None else page.dispute(face)


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what draws a dispute anew."""

    @app.callback(
        Output(ids.DISPUTE, "children"),
        Input(ids.DISPUTE_ANEW, "n_clicks"),
        State(ids.ADDRESS, "pathname"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def draw_anew(_pressed: Any, pathname: str, search: str) -> Any:
        language = asked_language(search or "", sources.settings.language)
        number = parts_of(pathname or "")[-1:] or [""]
        face = _looked(sources, desk, number[0], reader_of(sources, desk, language))
        return no_update if face is None else page.body(face)


def _looked(sources: Any, desk: Desk, number: str, reader: Reader) -> DisputeFace | None:
    """Give what is shown of a dispute; None where there is none for who asks."""

    books = Books(sources, desk)
    held = books.disputes.dispute(number)
    if held is None:
        return None
    found = [books.ledger.ticket(*one) for one in held.tickets[:MOST_SHOWN]]
    tickets = [one for one in found if one is not None]
    if not concerns(desk, held, tickets):
        return None
    return _face(sources, desk, held, tickets, reader)


def _face(
    sources: Any, desk: Desk, held: Dispute, tickets: list[Ticket], reader: Reader
) -> DisputeFace:
    name, now, books = Namer(sources, reader), desk.now(), Books(sources, desk)
    shown = [one for one in tickets if sees(desk, one)]
    clinic = None if held.clinic is None else books.clinics.clinic(held.clinic)
    opinion = None if held.opinion is None else books.opinions.opinion(held.opinion)
    acts, matter = may_do(desk, held, tickets), shown[0].title if shown else ""
    if clinic is None or clinic.at > now:
        acts -= {Act.RULE.value}  # what a clinic is to hear is prepared until then, not signed
    outcome: tuple[str, ...] = ()
    if held.outcome is not None:
        cooperating = reader.words["ticket_list"].join(name.units(held.outcome.cooperating))
        outcome = (name.unit(held.outcome.lead), cooperating, held.outcome.note)
    listed = suggested(sources, desk, books, held, name) if "invite" in acts else []
    known = held.invited | {code for code, _, _ in listed}
    coming = books.clinics.coming(most=MOST_CLINICS) if "schedule" in acts else []
    return DisputeFace(
        reader=reader,
        row=dispute_row(held, matter, clinic, now, name),
        version=held.version,
        cause=held.cause.value,
        why=held.why,
        opened_at=held.opened_at,
        opened_by=held.opened_by,
        tickets=[row_of(one, sources, now, reader.language) for one in shown],
        hidden=len(held.tickets) - len(shown),
        candidates=_candidates(sources, desk, held, name, home_of(held, tickets)),
        acts=acts,
        outcome=outcome,
        clinic=None if clinic is None else clinic_row(clinic, 0),
        opinion=None if opinion is None else opinion_row(opinion, name),
        suggested=listed,
        others=[(code, name.unit(code)) for code in sources.names.departments if code not in known],
        clinics=[clinic_row(one, 0) for one in coming],
        steps=[_step(one, name) for one in books.disputes.lines(held.number)],
        usual_deadline=reader.moment(tomorrow_at(now, reader, 17)),
        draft=_draft(held, now, reader),
    )


def _draft(held: Dispute, now: datetime, reader: Reader) -> DraftRow:
    """Give what the form of the opinion holds: what was prepared, else the usual due time."""
    made = held.draft or Draft()
    due = made.due_at or tomorrow_at(now, reader, 17, days=USUAL_DUE_D)
    return DraftRow(made.lead, made.cooperating, reader.moment(due), made.basis, made.decision)


def may_do(desk: Desk, held: Dispute, tickets: list[Ticket]) -> frozenset[str]:
    """Name the acts that follow from how it stands and are for who asks."""
    subject = Subject(Field.TICKET, district=home_of(held, tickets))
    consult, sign = (desk.allows(one, subject) for one in (Permission.CONSULT, Permission.SIGN))
    return frozenset(
        act
        for act in DISPUTE.open_acts(held.state)
        if (sign if act == Act.RULE else consult or act == Act.SAY)
    )


def _candidates(
    sources: Any, desk: Desk, held: Dispute, name: Namer, district: str | None
) -> list[CandidateRow]:
    """Give who is asked, each with whether who reads may say its word."""

    def may_say(one: Candidate) -> bool:
        code = one.department
        subject = Subject(Field.TICKET, code, district, called=code)
        return desk.allows(Permission.OPINE, subject)

    return [_candidate(one, held, sources, name, may_say(one)) for one in held.candidates]


def _candidate(
    one: Candidate, held: Dispute, sources: Any, name: Namer, may_say: bool
) -> CandidateRow:
    word = held.word_of(one.department)
    row = CandidateRow(
        code=one.department,
        name=name.unit(one.department),
        reasons=[kept_in_words(reason, sources, name) for reason in one.reasons],
        votes=held.votes().get(one.department, 0),
        may_say=may_say,
    )
    if word is None:
        return row
    votes_for = name.unit(word.votes_for) if word.votes_for else ""
    return CandidateRow(
        row.code, row.name, row.reasons, row.votes, word.stance.value, word.said, votes_for,
        word.at, word.actor, row.may_say,
    )  # fmt: skip


def _step(line: DisputeLine, name: Namer) -> Step:
    said = name.reader.words
    actor = line.actor + ("" if line.verified else said["clock_unverified"])
    word = "clock_line" if line.reason else "clock_line_bare"
    step = line_in_words(line, name)
    return Step(line.at, said[word].format(step=step, reason=line.reason, actor=actor))


def line_in_words(line: DisputeLine, name: Namer) -> str:
    """Say what somebody did."""
    said, detail = name.reader.words, line.detail
    match line.act:
        case Act.INVITE | Act.AGREE | Act.DRAFT:
            named, _, until = detail.partition(UNTIL)
            detail = said["ticket_list"].join(name.units(named.split())) or said["dispute_nobody"]
            if until:
                moment = name.reader.moment(datetime.fromisoformat(until))
                detail = said["dispute_invited_until"].format(units=detail, time=moment)
        case Act.SAY:
            code, _, stance = detail.partition(" ")
            detail = f"{name.unit(code)} · {said[f'dispute_stance_{stance}']}"
        case Act.PROLONG:
            detail = name.reader.moment(datetime.fromisoformat(detail))
    return said[f"dispute_line_{line.act.value}"].format(detail=detail)


def ruling_face(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> RulingFace:
    """Give what a ticket's page shows of its disputes and of the opinion that binds it."""
    name, said, books = Namer(sources, reader), reader.words, Books(sources, desk)
    disputes = books.disputes.of_ticket(*ticket.identity)
    bound = ticket.ruled_by
    opinion = None if bound is None else books.opinions.opinion(bound)
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    may_open = desk.allows(Permission.CONSULT, subject)
    living = any(one.is_living for one in disputes)
    chosen = {"source": ticket.source, "external_id": ticket.external_id,
              "lang": reader.language}  # fmt: skip
    return RulingFace(
        reader=reader,
        path=address(*ticket.identity).removeprefix("/tickets/"),
        opinion=None if opinion is None else opinion_row(opinion, name),
        disputes=[(one.number, said[f"dispute_state_{one.state.value}"]) for one in disputes],
        may_open=may_open,
        living=living,
        incident=_incident_at(desk, ticket, reader),
        agreed=_agreed(ticket, disputes, name),
        gather=f"{DISPUTES}?{urlencode(chosen)}" if may_open and not living else "",
    )


def _agreed(ticket: Ticket, disputes: list[Dispute], name: Namer) -> str:
    """Say that a ticket is not with the lead a consultation agreed on; nothing where it is."""
    dispute = waits_for_lead(ticket, disputes)
    if dispute is None or dispute.outcome is None:
        return ""
    said = name.reader.words
    now = said["ruling_agreed_nowhere"]
    if ticket.department is not None:
        now = said["ruling_agreed_with"].format(name=name.unit(ticket.department))
    return said["ruling_agreed"].format(
        time=name.reader.moment(dispute.changed_at), name=name.unit(dispute.outcome.lead),
        number=dispute.number, now=now,
    )  # fmt: skip


def _incident_at(desk: Desk, ticket: Ticket, reader: Reader) -> str:
    """Give where an incident is opened on a ticket; nothing where that is not for who asks."""
    if not desk.allows(Permission.COMMAND, Subject(Field.AGGREGATE, district=ticket.district)):
        return ""
    source, external_id = ticket.identity
    asked = {"source": source, "external_id": external_id, "lang": reader.language}
    return f"/incidents?{urlencode(asked)}"
