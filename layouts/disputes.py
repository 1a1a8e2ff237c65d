"""The docket: disputes by state and age, clinics to come, orders signed, what was blocked."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.disputes_face import AttemptRow, ClinicRow, DocketFace, OpinionRow
from layouts.parts.acting import acts, form, line
from layouts.parts.disputes import CLINICS, DISPUTES, order_at, rows
from layouts.parts.disputing import gathering
from layouts.parts.marks import aria, data
from layouts.parts.paging import ways
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.ticket_face import Reader

STATES = ("open", "consulting", "unresolved", "scheduled")
WAITING = "waiting"
"""The list of agreements that are not carried out; no state of a dispute."""


def docket(face: DocketFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    bouncing = html.P(
        html.A(said["disputes_bouncing"], href=f"{DESK}?duty=bouncing&lang={language}")
    )
    body = [
        html.P(said["disputes_link_about"], className="fine"),
        html.P(face.told, className="told", role="alert"),
        None if face.gathering is None else gathering(face.gathering, face.reader),
        _counts(face),
        html.Div(
            [
                html.Div(
                    [rows(face.rows, face.reader), _ways(face), bouncing], className="docket-main"
                ),
                html.Div([_clinics(face), _orders(face), _attempts(face)], className="docket-side"),
            ],
            className="docket-columns",
        ),
    ]
    return ticket_page(
        face.reader, said["disputes_link"], back, DISPUTES, [acts(face.reader, body)], wide=True
    )


def _counts(face: DocketFace) -> Component:
    said, language = face.reader.words, face.reader.language
    links = [
        _count(face, state, said[f"dispute_state_{state}"], face.counts.get(state, 0))
        for state in STATES
    ]
    whole = sum(face.counts.get(state, 0) for state in STATES)
    first = _count(face, "", said["disputes_living"], whole)
    last = html.A(
        said["disputes_all"], href=f"{DISPUTES}?{urlencode({'state': 'all', 'lang': language})}",
        className="docket-count", **aria(current="true" if face.chosen == "all" else "false"),
    )  # fmt: skip
    waiting = _count(face, WAITING, said["dispute_waiting"], face.waiting_n)
    blocked = html.Span(
        [html.Strong(str(face.attempts_n)), html.Span(said["attempts_days"])],
        className="docket-count", **data(kpi="blocked_attempts"),
    )  # fmt: skip
    return html.Nav(
        [first, *links, last, waiting, blocked],
        className="docket-counts",
        **aria(label=said["dispute_state"]),
    )


def _count(face: DocketFace, state: str, name: str, n: int) -> Component:
    asked = urlencode({**({"state": state} if state else {}), "lang": face.reader.language})
    return html.A(
        [html.Strong(str(n)), html.Span(name)], href=f"{DISPUTES}?{asked}",
        className="docket-count", **aria(current="true" if face.chosen == state else "false"),
    )  # fmt: skip


def _ways(face: DocketFace) -> Component | None:
    asked = {"state": face.chosen, "lang": face.reader.language}
    return ways(face.reader.words, DISPUTES, asked, after=face.after, first=face.first)


def _clinics(face: DocketFace) -> Component:
    said = face.reader.words
    plan = form(
        "/api/v1/clinics", "plan", said["clinic_plan"],
        [
            line(said["clinic_at"], "at", value=face.usual_at),
            line(said["clinic_chair"], "chair", most=60),
            line(said["clinic_place"], "place", most=100),
        ],
        main=True,
    )  # fmt: skip
    return html.Section(
        [
            html.H2(said["clinics"]),
            html.Ul([_clinic(one, face.reader) for one in face.coming], className="docket-list")
            if face.coming
            else html.P(said["clinics_none"], className="fine"),
            html.Ul([_clinic(one, face.reader) for one in face.past], className="docket-list")
            if face.past
            else None,
            html.Details([html.Summary(said["clinic_plan"]), plan]) if face.may_convene else None,
        ],
        className="card",
    )


def _clinic(row: ClinicRow, reader: Reader) -> Component:
    said = reader.words
    facts = [reader.moment(row.at), row.chair, row.place]
    return html.Li(
        [
            html.A(row.number, href=f"{CLINICS}/{row.number}?lang={reader.language}"),
            html.Span(" · ".join(filter(None, facts))),
            html.Span(
                f"{said[f'clinic_state_{row.state}']} · "
                + said["clinic_agenda_n"].format(n=row.agenda),
                className="fine",
            ),
        ],
        **data(state=row.state),
    )


def _orders(face: DocketFace) -> Component:
    said = face.reader.words
    return html.Section(
        [
            html.H2(said["orders"]),
            html.Ul([_order(one, face.reader) for one in face.opinions], className="docket-list")
            if face.opinions
            else html.P(said["orders_none"], className="fine"),
        ],
        className="card",
    )


def _order(row: OpinionRow, reader: Reader) -> Component:
    said = reader.words
    return html.Li(
        [
            html.A(row.number, href=order_at(row.number, reader)),
            html.Span(said["dispute_next_lead"].format(name=row.lead)),
            html.Span(
                said["order_signed"].format(time=reader.moment(row.signed_at), actor=row.signed_by),
                className="fine",
            ),
        ]
    )


def _attempts(face: DocketFace) -> Component:
    said = face.reader.words
    return html.Section(
        [
            html.H2(said["attempts"]),
            html.Ul([_attempt(one, face.reader) for one in face.attempts], className="docket-list")
            if face.attempts
            else html.P(said["attempts_none"], className="fine"),
        ],
        className="card",
    )


def _attempt(row: AttemptRow, reader: Reader) -> Component:
    return html.Li(
        [
            html.A(row.external_id, href=f"{row.path}?lang={reader.language}"),
            html.Span(f"{row.asked}{f'：{row.reason}' if row.reason else ''}"),
            html.Span(f"{row.opinion} · {reader.moment(row.at)}", className="fine"),
        ]
    )
