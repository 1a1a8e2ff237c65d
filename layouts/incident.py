"""An incident's page: head, stages, chain, parties with tasks, timeline, reports.

Drawn in slots: a slot is drawn anew when what it shows has changed, and everybody's page puts it
where the old one stood. Forms stand outside of them, so that nothing typed is ever drawn over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import PAGE, CourseFace, Head, IncidentFace, Own, Piece, Said
from layouts.parts.header import language_switch
from layouts.parts.incident_chain import chain
from layouts.parts.incident_files import sender, viewer
from layouts.parts.incident_forms import act, forms
from layouts.parts.incident_head import head, stages
from layouts.parts.incident_lines import composer, pinned, said_line
from layouts.parts.incident_map import incident_map
from layouts.parts.incident_parties import (
    decisions,
    in_order,
    lessons,
    parties,
    reports,
    roles,
    task,
)
from layouts.parts.incident_series import series
from layouts.parts.incident_tickets import tickets
from layouts.parts.marks import aria, data
from layouts.parts.people import sign_out


@dataclass(frozen=True, slots=True)
class IncidentSeen:
    """An incident as its page shows it; `links` in their order, `first` the one where it begins.

    `lines` are the newest of the timeline, the newest first, `pins` those that are pinned.
    """

    head: Head
    seq: int
    parts: Mapping[str, Sequence[Piece]]
    links: Sequence[Piece]
    first: int | None
    lines: Sequence[Said]
    pins: Sequence[Said]
    tickets: Sequence[Own] = ()
    course: CourseFace = field(default_factory=CourseFace)


SECTIONS = {
    "head": (),
    "stages": (),
    "chain": ("link", "finding", "measure", "file"),
    "parties": ("party", "task"),
    "roles": ("role",),
    "decisions": ("decision",),
    "reports": ("report",),
    "lessons": ("lesson", "file", "measure"),
    "pins": ("pin",),
    "tickets": (),
    "series": ("measure",),
}
"""The slots, and of which kinds of parts each shows something; those of `ALWAYS` show the head."""

ALWAYS = ("head", "stages", "lessons")
WITH_LINES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("join", "take_in", "take_out"), ("tickets",)),
    "classify": ("series", "chain"),
}
"""The slots that show something of an act which changes no part."""


def section(name: str, seen: IncidentSeen, face: IncidentFace) -> Any:
    """Draw what stands in a slot."""
    parts = seen.parts
    drawn = {
        "head": lambda: head(seen.head, face),
        "stages": lambda: stages(seen.head, face),
        "chain": lambda: chain(seen.links, parts["finding"], parts["measure"], seen.first, face),
        "parties": lambda: parties(parts["party"], parts["task"], seen.head.lead, face),
        "roles": lambda: roles(parts["role"], face),
        "decisions": lambda: decisions(parts["decision"], face),
        "reports": lambda: reports(parts["report"], face),
        "lessons": lambda: lessons(parts["lesson"], parts["measure"], seen.head.state, face),
        "pins": lambda: pinned(seen.pins, face),
        "series": lambda: series(seen.course, parts["measure"], face),
        "tickets": lambda: tickets(seen.tickets, seen.head.tickets, face),
    }
    return drawn[name]()


def slot(name: str, seen: IncidentSeen, face: IncidentFace) -> Component:
    """Draw a slot with what stands in it."""
    return html.Div(
        section(name, seen, face), className=f"inc-slot inc-of-{name}", **data(slot=name)
    )


def incident(seen: IncidentSeen, face: IncidentFace, facts: Component) -> Component:
    """Draw the page."""
    name = seen.head.id
    return html.Main(
        [
            facts,
            _bar(face, f"{PAGE}/{quote(name, safe='')}", seen.head.exercise),
            slot("head", seen, face),
            slot("stages", seen, face),
            _card("incident_chain", [slot("chain", seen, face)], face),
            html.Div(
                [
                    html.Div(
                        [
                            _card("incident_tasks", _tasks(seen, face), face, "incident-tasks"),
                            _card("incident_parties", [slot("parties", seen, face)], face),
                            _card("incident_roles", [slot("roles", seen, face)], face),
                            _card("incident_tickets", [slot("tickets", seen, face)], face),
                        ],
                        className="inc-column",
                    ),
                    html.Div(
                        [
                            _card("incident_timeline", _timeline(seen, face), face),
                            _card("incident_reports", [slot("reports", seen, face)], face),
                            _card("incident_decisions", [slot("decisions", seen, face)], face),
                            _card("incident_map", incident_map(face), face),
                            _card("incident_series", [slot("series", seen, face)], face),
                            html.Section(slot("lessons", seen, face), className="inc-card"),
                        ],
                        className="inc-column",
                    ),
                ],
                className="inc-columns",
            ),
            *forms(face),
            sender(face),
            viewer(face),
        ],
        className="inc-page",
        lang="zh-CN" if face.language == "zh" else "en",
        **data(
            incident=name, seq=str(seen.seq), lang=face.language, own=face.own,
            may=" ".join(sorted(face.may)), mark=face.mark,
            exercise="yes" if seen.head.exercise else "",
        ),
    )  # fmt: skip


def _bar(face: IncidentFace, path: str, exercise: bool) -> Component:
    said = face.words
    return html.Header(
        [
            html.A(
                said["incident_back"], href=f"{PAGE}?lang={face.language}", className="inc-back"
            ),
            html.Span(said["incidents_drill"], className="inc-drill") if exercise else None,
            html.Span(said["demo"], className="demo") if face.demo else None,
            html.Span(said["incident_line_ok"], className="inc-line", role="status"),
            html.Span(className="inc-kept", role="status"),
            html.Span(className="inc-space"),
            language_switch(face.language, path=path),
            sign_out(face.language) if face.signed_in else None,
        ],
        className="inc-bar",
    )


def _card(word: str, body: Sequence[Component], face: IncidentFace, name: str = "") -> Component:
    title = face.words[word]
    more = aria(label=title) | ({"id": name} if name else {})
    return html.Section([html.H2(title), *body], className="inc-card", **more)


def _tasks(seen: IncidentSeen, face: IncidentFace) -> list[Component]:
    rows = [task(one, face) for one in in_order(seen.parts["task"])]
    return [
        html.Div([act("give", face, main=True)], className="inc-ways"),
        html.P(face.words["incident_tasks_none"], className="inc-fine inc-none"),
        html.Ul(rows, className="inc-tasks", **data(list="task")),
    ]


def _timeline(seen: IncidentSeen, face: IncidentFace) -> list[Component]:
    last = seen.lines[-1].seq if seen.lines else 0
    return [
        composer(face),
        slot("pins", seen, face),
        html.Ol(
            [said_line(one, face) for one in seen.lines], className="inc-lines", **data(list="line")
        ),
        html.Button(
            face.words["incident_older"], type="button", className="inc-act", hidden=last <= 1,
            **data(older=str(last)),
        ),
    ]  # fmt: skip
