"""A ticket: its masked words, its facts, its history, and what may be opened for a while."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.catalogue_face import OwnerFace
from layouts.clock_face import ClockFace
from layouts.disputes_face import RulingFace
from layouts.duplicates_face import DuplicatesFace
from layouts.parts.clocks import clocks, decisions
from layouts.parts.duplicates import duplicates, signing
from layouts.parts.marks import data
from layouts.parts.owner import owner
from layouts.parts.people import field
from layouts.parts.ruling import ruling
from layouts.parts.supervision import hands, watch
from layouts.parts.ticket_incidents import TicketIncidents, incidents
from layouts.parts.ticket_page import DESK, address, marks, ticket_page
from layouts.parts.timeline import timeline
from layouts.supervision_face import WatchFace
from layouts.ticket_face import Opened, Reader, TicketFace

PERSON = (
    *("name", "phone", "id_number", "contact_name", "contact_phone", "contact_id_number"),
    "contact_address",
)
REASONS = ("callback", "visit", "place", "repeat")
USUAL_MIN = 5
TOLD = ("reason", "refused", "session", "often", "away")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a ticket's words, each a card of its own."""

    clock: ClockFace
    watched: WatchFace
    alike: DuplicatesFace
    ruled: RulingFace
    owned: OwnerFace
    incidents: TicketIncidents


def ticket(face: TicketFace, beside: Beside) -> Component:
    """Draw the page."""
    said, row = face.reader.words, face.row
    path = address(row.source, row.external_id)
    back = html.A(
        said["ticket_back"], href=f"{DESK}?lang={face.reader.language}", className="press",
        **data(back_to=DESK),
    )  # fmt: skip
    body = html.Div(
        [
            html.Div(
                [
                    _words(face), _clocks(beside.clock),
                    _card(said["ruling_title"], ruling(beside.ruled), name="ruling"),
                    _card(said["ticket_incidents"], incidents(beside.incidents), name="incidents"),
                    _watch(beside.watched), _duplicates(beside.alike), _person(face), _seen(face),
                ],
                className="ticket-column",
            ),
            html.Div(
                [
                    _facts(face), _card(said["owner_title"], owner(beside.owned), name="owner"),
                    _times(face), _history(face),
                ],
                className="ticket-column",
            ),
        ],
        className="ticket-columns",
        **data(reveal=f"/api/v1{path}/reveal", field_left=said["reveal_left"]),
    )  # fmt: skip
    return ticket_page(face.reader, f"{said['ticket']} {row.external_id}", back, path, [body])


def away(reader: Reader, source: str, external_id: str) -> Component:
    """Say that the database does not answer."""
    said = reader.words
    path = address(source, external_id)
    back = html.A(said["ticket_back"], href=f"{DESK}?lang={reader.language}", className="press")
    told = html.P(said["ticket_away_about"], className="told", role="alert")
    return ticket_page(reader, said["ticket"], back, path, [told])


def _card(title: str, *inside: Component | None, name: str = "") -> Component:
    return html.Section([html.H2(title), *inside], className="card", **data(card=name))


def _words(face: TicketFace) -> Component:
    rows = [
        _field(name, face.words[name], face)
        for name in ("title", "text", "address")
        if face.words.get(name)
    ]
    return _card(
        face.reader.words["ticket_words"],
        html.P(marks(face.row, face.reader), className="found-marks"),
        html.Dl(rows, className="fields"),
        name="words",
    )


def _person(face: TicketFace) -> Component:
    said = face.reader.words
    rows = [_field(name, face.person[name], face) for name in PERSON if name in face.person]
    why = said["reveal_unsealable"] if face.unsealable else ""
    return _card(
        said["reveal_title"],
        html.P(said["reveal_about"] if face.may_reveal else face.why_not, className="fine"),
        html.P(why, className="told", role="alert"),
        html.Dl(rows, className="fields") if rows else html.P(said["reveal_nothing"]),
        _form(face) if face.may_reveal else None,
        html.P(className="told", role="status", **data(reveal_told="")),
        name="person",
    )


def _field(name: str, masked: str, face: TicketFace) -> Component:
    said = face.reader.words
    label = said[f"ticket_field_{name}"]
    opens = face.may_reveal and name in face.sealed
    button = html.Button(
        said["reveal_show"], type="button", className="press", title=label,
        **data(show=name, word_show=said["reveal_show"], word_hide=said["reveal_hide"]),
    )  # fmt: skip
    return html.Div(
        [
            html.Dt(label),
            html.Dd(
                [
                    html.Span(masked, className="field-masked"),
                    html.Span(className="field-shown"),
                    html.Span(className="field-left", role="timer"),
                ]
            ),
            html.Dd(button, className="field-press") if opens else None,
        ],
        className="field",
        **data(field=name, label=label),
    )


def _form(face: TicketFace) -> Component:
    """Draw the form of a reveal: no form of HTML, which would write the reason into an address."""
    said = face.reader.words
    reasons = [said[f"reveal_reason_{name}"] for name in REASONS]
    minutes = [
        html.Option(
            said["reveal_minutes_n"].format(n=n),
            value=str(n),
            selected=True if n == USUAL_MIN else None,
        )
        for n in face.minutes
    ]
    told = {f"told_{name}": said[f"reveal_bad_{name}"] for name in TOLD}
    return html.Div(
        [
            html.H3(className="reveal-asked", **data(asked=said["reveal_asked"])),
            html.Div(
                [
                    html.Button(word, type="button", className="press", **data(reason=word))
                    for word in reasons
                ],
                className="people-ways",
            ),
            field(
                said["reveal_reason"],
                html.Textarea(rows=2, maxLength=500, autoComplete="off", className="reveal-reason"),
            ),
            field(said["reveal_minutes"], html.Select(minutes, className="reveal-minutes")),
            html.Div(
                [
                    html.Button(
                        said["reveal_go"], type="button", className="press press-main reveal-go"
                    ),
                    html.Button(
                        said["reveal_cancel"], type="button", className="press reveal-cancel"
                    ),
                ],
                className="search-ways",
            ),
        ],
        className="reveal-form",
        hidden=True,
        **data(told_empty=said["reveal_empty"], told_over=said["reveal_over"], **told),
    )


def _seen(face: TicketFace) -> Component:
    said = face.reader.words
    return _card(
        said["seen_title"],
        html.Div(seen(face.seen, face.reader), id=ids.TICKET_SEEN, className="seen"),
        html.Button(id=ids.TICKET_SEEN_ANEW, n_clicks=0, hidden=True),
        name="seen",
    )


def seen(lines: Sequence[Opened], reader: Reader) -> Component:
    """List who has seen which field, the newest first."""
    said = reader.words
    if not lines:
        return html.P(said["seen_none"], className="fine")
    heads = ("seen_when", "seen_who", "seen_field", "seen_why", "seen_until")
    return html.Table(
        [
            html.Thead(html.Tr([html.Th(said[name], scope="col") for name in heads])),
            html.Tbody(
                [
                    html.Tr(
                        [
                            html.Td(reader.moment(line.at, seconds=True)),
                            html.Td(line.who),
                            html.Td(said[f"ticket_field_{line.field}"]),
                            html.Td(line.reason),
                            html.Td(reader.moment(line.until, seconds=True)),
                        ]
                    )
                    for line in lines
                ]
            ),
        ]
    )


def _clocks(face: ClockFace) -> Component:
    return _card(
        face.reader.words["clock_title"],
        html.Div(clocks(face), id=ids.CLOCKS),
        decisions(face),
        name="clocks",
    )


def _watch(face: WatchFace) -> Component:
    return _card(
        face.reader.words["supervision_title"],
        html.Div(watch(face), id=ids.WATCH),
        hands(face),
        html.Button(id=ids.TICKET_ANEW, n_clicks=0, hidden=True),
        dcc.Store(id=ids.TICKET_DECIDED),
        name="watch",
    )


def _duplicates(face: DuplicatesFace) -> Component:
    return _card(
        face.reader.words["duplicates_title"],
        html.Div(duplicates(face), id=ids.DUPLICATES),
        signing(face),
        dcc.Store(id=ids.TICKET_MERGED),
        name="duplicates",
    )


def _facts(face: TicketFace) -> Component:
    said, language = face.reader.words, face.reader.language
    rows = [_fact(said[name], value or said["ticket_none"]) for name, value in face.facts]
    if face.parent is not None:
        link = html.A(face.parent, href=f"{address(face.row.source, face.parent)}?lang={language}")
        rows.append(_fact(said["ticket_field_parent"], link))
    counted = said["ticket_counted"].format(**face.counts).replace(" ·", "\u00a0·")
    rows.append(_fact(said["ticket_counts"], counted))
    return _card(said["ticket_facts"], html.Dl(rows, className="ticket-facts"), name="facts")


def _times(face: TicketFace) -> Component:
    reader = face.reader
    said = reader.words
    zone = said["ticket_times_zone"].format(zone=f"{reader.zone.key}, {reader.offset}")
    rows = [
        _fact(said[name], html.Time(reader.moment(at), dateTime=at.isoformat()))
        for name, at in face.times
    ]
    return _card(
        said["ticket_times"],
        html.Dl(rows, className="ticket-facts"),
        html.P(zone, className="fine"),
        name="times",
    )


def _history(face: TicketFace) -> Component:
    reader = face.reader
    return _card(
        reader.words["ticket_history"],
        html.Div(timeline(face.steps, reader), id=ids.TICKET_HISTORY),
        name="history",
    )


def _fact(name: str, value: Component | str) -> Component:
    return html.Div([html.Dt(name), html.Dd(value)])
