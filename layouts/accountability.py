"""Matters of accountability: the list, the steps, and the form of a proposal."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts.accountability_face import (
    MatterRow,
    MattersFace,
    ProposalFace,
    StepRow,
)
from layouts.parts.accountability import API, MATTERS, attaching
from layouts.parts.acting import acts, area, choice, form
from layouts.parts.marks import aria, data
from layouts.parts.paging import ways
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.ticket_face import Reader

STATES = ("proposed", "seconded", "approved", "issued", "appealed")
HEADS = ("number", "department", "state", "step", "age", "next")


def matters(face: MattersFace) -> Component:
    """Draw the list."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    asked = {"state": face.chosen, "lang": language}
    body = [
        html.P(said["accountability_about"], className="fine"),
        html.P(face.told, className="told", role="alert"),
        _counts(face),
        html.Div(
            [
                html.Div(
                    [
                        _proposing(face),
                        _table(face.rows, face.reader),
                        ways(said, MATTERS, asked, after=face.after, first=face.first),
                    ],
                    className="docket-main",
                ),
                html.Div(_ladder(face.steps, face.reader), className="docket-side"),
            ],
            className="docket-columns",
        ),
    ]
    title = said["accountability_link"]
    return ticket_page(face.reader, title, back, MATTERS, [acts(face.reader, body)], wide=True)


def _counts(face: MattersFace) -> Component:
    said = face.reader.words
    shown = [("", said["accountability_all"], sum(face.counts.values()))]
    shown += [(one, said[f"accountability_state_{one}"], face.counts.get(one, 0)) for one in STATES]
    links = [
        html.A(
            [html.Strong(str(n)), html.Span(name)],
            href=f"{MATTERS}?{urlencode({'state': state, 'lang': face.reader.language})}",
            className="docket-count",
            **aria(current="true" if face.chosen == state else "false"),
        )
        for state, name, n in shown
    ]
    return html.Nav(links, className="docket-counts", **aria(label=said["accountability_state"]))


def _table(rows: Sequence[MatterRow], reader: Reader) -> Component:
    said = reader.words
    if not rows:
        none = [html.H2(said["accountability_none"]), html.P(said["accountability_none_about"])]
        return html.Section(none, className="card")
    heads = [html.Th(said[f"accountability_{name}"], scope="col") for name in HEADS]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_row(one, reader) for one in rows])],
        className="owed-table docket-table",
    )
    return html.Div(
        table, className="owed-scroll", tabIndex=0, role="region",
        **aria(label=said["accountability_link"]),
    )  # fmt: skip


def _row(row: MatterRow, reader: Reader) -> Component:
    said = reader.words
    mine = [html.Strong(said["accountability_mine"], className="see-standing")] if row.mine else []
    about = f"{said['accountability_evidence_n'].format(n=row.evidence)} · {row.why}"
    return html.Tr(
        [
            html.Td(html.A(row.number, href=f"{MATTERS}/{row.number}?lang={reader.language}")),
            html.Td([html.Strong(row.department), html.Span(about, className="fine")]),
            html.Td(html.Span(said[f"accountability_state_{row.state}"], className="docket-state")),
            html.Td(row.step),
            html.Td(reader.moment(row.proposed_at)),
            html.Td([*mine, html.Span(row.next)]),
        ]
    )


def _ladder(steps: Sequence[StepRow], reader: Reader) -> Component:
    said = reader.words
    drawn = [
        html.Li(
            [html.Strong(one.name), html.Span(one.asks), html.Span(one.about, className="fine")],
            **data(possible="yes" if one.possible else "no"),
        )
        for one in steps
    ]
    return html.Section(
        [html.H2(said["accountability_steps"]), html.Ol(drawn, className="account-ladder")],
        className="card",
    )


def _proposing(face: MattersFace) -> Component | None:
    """Draw where a department is chosen, and the form once one is."""
    said = face.reader.words
    if not face.departments:
        return None
    chosen = "" if face.proposal is None else face.proposal.code
    options = [
        html.Option(name, value=code, selected=True if code == chosen else None)
        for code, name in face.departments
    ]
    choosing = html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=face.reader.language),
            dcc.Input(type="hidden", name="ticket", value=face.ticket),
            field(said["accountability_department"], html.Select(options, name="department")),
            html.Button(said["accountability_choose"], type="submit", className="press"),
        ],
        action=MATTERS, method="get", className="account-choose",
    )  # fmt: skip
    if face.proposal is None:
        inside = html.Details([html.Summary(said["accountability_propose"]), choosing])
        return html.Section(inside, className="card")
    return html.Section([choosing, *_proposal(face.proposal, face.reader)], className="card")


def _proposal(face: ProposalFace, reader: Reader) -> list[Component]:
    said = reader.words
    possible = [(one.code, one.name) for one in face.steps if one.possible]
    stands = said["ticket_list"].join(face.standing) or said["accountability_standing_none"]
    fields = [
        choice(said["accountability_step"], "step", possible),
        area(said["accountability_why"], "why", most=2_000),
        html.P(said["accountability_why_hint"], className="fine account-wide"),
        *attaching(reader, face.figures, (face.first, face.last), face.ticket),
    ]
    return [
        html.H2(said["accountability_against"].format(name=face.name)),
        html.P(said["accountability_standing"].format(papers=stands), className="fine"),
        form(
            f"{API}/propose/{quote(face.code, safe='')}", "propose",
            said["accountability_act_propose"], fields, sure=True, main=True,
        ),
    ]  # fmt: skip
