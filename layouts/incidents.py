"""The board of incidents: by state and severity, with age, lead and what is due next."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import PAGE, BoardRow, IncidentFace, RemainingRow, Start
from layouts.parts.header import language_switch
from layouts.parts.incident_forms import control
from layouts.parts.incident_remaining import remaining
from layouts.parts.marks import aria, data
from layouts.parts.people import sign_out

AT_WORK = ("watching", "assessing", "responding", "controlled")
ENDED = ("closed", "reviewed")
NEW = ("title", "lead", "severity", "chain", "exercise")


def board_page(
    rows: Sequence[BoardRow],
    face: IncidentFace,
    facts: Component,
    *,
    ended: bool,
    start: Start | None = None,
    still: Sequence[RemainingRow] = (),
) -> Component:
    """Draw the page of the list; with a start its form is open and filled."""
    said = face.words
    other = said["incidents_living" if ended else "incidents_ended"]
    return html.Main(
        [
            facts,
            html.Header(
                [
                    html.A(said["to_start"], href=f"/?lang={face.language}", className="inc-back"),
                    html.H1(said["incidents_title"]),
                    html.Span(said["demo"], className="demo") if face.demo else None,
                    html.Span(className="inc-space"),
                    html.A(
                        other,
                        href=f"{PAGE}?lang={face.language}{'' if ended else '&ended=1'}",
                        className="inc-act",
                    ),
                    language_switch(
                        face.language, path=PAGE, query={"ended": "1"} if ended else {}
                    ),
                    sign_out(face.language) if face.signed_in else None,
                ],
                className="inc-bar",
            ),
            _opening(face, start) if not ended else None,
            html.Div(
                board(rows, face, ended=ended, still=still), className="inc-slot",
                **data(slot="board"),
            ),
        ],
        className="inc-page inc-board-page",
        lang="zh-CN" if face.language == "zh" else "en",
        **data(
            board="ended" if ended else "living", lang=face.language, own=face.own,
            may=" ".join(sorted(face.may)), mark=face.mark,
        ),
    )  # fmt: skip


def board(
    rows: Sequence[BoardRow],
    face: IncidentFace,
    *,
    ended: bool,
    still: Sequence[RemainingRow] = (),
) -> list[Component]:
    """Draw a lane for each state, then what outlives the incidents.

    In a lane the gravest stands first and drills last; no number counts a drill.
    """
    said = face.words
    lanes = html.Div(
        [_lane(state, rows, face) for state in (ENDED if ended else AT_WORK)],
        className="inc-board",
    )
    none = html.Div(
        [
            html.H2(said["incidents_none"]),
            html.P(said["incidents_none_about"], className="inc-fine"),
        ],
        className="inc-card inc-empty",
    )
    return [lanes if rows else none, *remaining(still, face)]


def _lane(state: str, rows: Sequence[BoardRow], face: IncidentFace) -> Component:
    said, title = face.words, face.words[f"incident_state_{state}"]
    here = sorted(
        (one for one in rows if one.head.state == state),
        key=lambda one: (one.head.exercise, one.head.severity, one.head.opened_us),
    )
    real = sum(not one.head.exercise for one in here)
    none = html.P(said["incidents_lane_none"], className="inc-fine")
    return html.Section(
        [
            html.H2([title, html.Span(str(real), className="inc-count")]),
            *([_card(one, face) for one in here] or [none]),
        ],
        className="inc-lane",
        **aria(label=title),
        **data(state=state),
    )


def _card(row: BoardRow, face: IncidentFace) -> Component:
    said, one = face.words, row.head
    facts = [
        said["incidents_lead"].format(name=face.named(one.lead)),
        face.lasted(one.opened_us, one.closed_us)
        if one.closed_us is not None
        else said["incidents_age"].format(age=face.age(one.opened_us)),
        said["incidents_tickets"].format(n=one.tickets),
        said["incidents_parties"].format(n=row.parties),
    ]
    due = None
    if row.due_us is not None:
        due = said["incidents_due"].format(
            time=face.moment(row.due_us), what=said[f"matter_due_{row.due_of}"]
        )
    late = []
    if row.overdue:
        late.append(said["incidents_overdue"].format(n=row.overdue))
    if one.report_us is not None and face.is_late(one.report_us):
        late.append(said["incidents_report_late"].format(age=face.age(one.report_us)))
    return html.A(
        [
            html.Span(
                [
                    html.Strong(one.title),
                    html.Span(said["incidents_drill"], className="inc-drill")
                    if one.exercise
                    else None,
                ],
                className="inc-link-head",
            ),
            html.Span(
                [
                    html.Span(
                        said[f"incident_severity_{one.severity}"], className="inc-severity",
                        **data(severity=str(one.severity)),
                    ),
                    html.Span(one.number, className="inc-number"),
                ],
                className="inc-link-head",
            ),
            html.Span(" · ".join(facts), className="inc-fine"),
            html.Span(due, className="inc-fine") if due else None,
            *(html.Span(told, className="inc-late") for told in late),
            html.Span(said["escalation_board"].format(n=row.climbed), className="inc-raised")
            if row.climbed
            else None,
        ],
        href=f"{PAGE}/{quote(one.id, safe='')}?lang={face.language}",
        className="inc-card inc-board-card",
        **data(severity=str(one.severity), late="yes" if late else ""),
    )  # fmt: skip


def _opening(face: IncidentFace, start: Start | None) -> Component:
    """Draw the form that opens an incident; opened from something its place is known."""
    said, from_what = face.words, start or Start({})
    filled = {"title": from_what.title, "chain": from_what.chain, "lead": from_what.lead}
    tickets = [*_ticket_of(from_what), *from_what.more]
    box = html.Div(
        [
            html.P(said["incidents_chosen"].format(n=len(tickets)), className="inc-fine")
            if tickets
            else None,
            _joining(from_what, face) if tickets and from_what.at_work else None,
            html.Div(
                [
                    *(control(name, face) for name in NEW),
                    control("category", face) if not from_what.category else None,
                    _where(face) if start is None else None,
                ],
                className="inc-fields",
            ),
            html.P(className="inc-told", role="alert"),
            html.Ul(className="inc-list", **data(not_joined="")),
            html.Button(
                said["incident_act_open"], type="button", className="inc-act inc-act-main",
                **data(open_incident=""),
            ),
        ],
        className="inc-open",
        **data(
            origin=json.dumps(dict(from_what.origin)), tickets=json.dumps(tickets),
            fill=json.dumps(filled, ensure_ascii=False),
        ),
    )  # fmt: skip
    return html.Details(
        [html.Summary(said["incidents_open"]), box],
        open=start is not None,
        className="inc-card inc-opening",
        **data(needs="command"),
    )


def _ticket_of(start: Start) -> list[str]:
    source = start.origin.get("source")
    return [f"{source}/{start.origin.get('external_id', '')}"] if source else []


def _joining(start: Start, face: IncidentFace) -> Component:
    """Draw the other way: the tickets join an incident somebody is at work on."""
    said = face.words
    options = [html.Option(name, value=one) for one, name in start.at_work]
    return html.Div(
        [
            html.Label(
                [
                    html.Span(said["incidents_join"]),
                    html.Select(options, className="inc-control", **data(into="")),
                ],
                className="inc-field",
            ),
            html.Button(
                said["incidents_join_go"], type="button", className="inc-act",
                **data(join_incident=""),
            ),
        ],
        className="inc-joining",
    )  # fmt: skip


def _where(face: IncidentFace) -> Component:
    said = face.words
    options = [
        html.Option(said["incidents_whole_city"], value=""),
        *(html.Option(name, value=code) for code, name in face.choices.get("district", ())),
    ]
    return html.Label(
        [
            html.Span(said["incidents_district"]),
            html.Select(options, className="inc-control", **data(district="")),
        ],
        className="inc-field",
    )
