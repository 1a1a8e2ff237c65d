"""The timeline of an incident: its lines, those that are pinned, and where a note is typed."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Said
from layouts.parts.incident_files import attach, files
from layouts.parts.incident_forms import act
from layouts.parts.incident_raised import step_said
from layouts.parts.marks import aria, data

ALREADY_NAMED = {"assess", "respond", "control", "relapse", "reopen", "review", "close", "pin"}
"""Acts whose detail is a state or a number that their own name tells."""
CODES = {"hand_over", "summon", "check_in", "stand_down", "summon_again"}
STATES = {"suspect", "fail", "clear"}
BY_ITSELF = {"cluster", "ladder"}
"""Who acts where nobody does."""


def said_line(line: Said, face: IncidentFace) -> Component:
    """Draw a line: when, who, what; one that was typed earlier says so."""
    said = face.words
    who = said["incident_automatic"] if line.actor in BY_ITSELF else line.actor
    typed = None
    if line.typed_us is not None and line.at_us - line.typed_us > 60_000_000:
        told = said["incident_typed_at"].format(time=face.moment(line.typed_us))
        typed = html.Span(told, className="inc-fine")
    pin = "unpin" if line.stands else "pin"
    return html.Li(
        [
            html.Time(face.moment(line.at_us)),
            html.Div(
                [
                    html.P(
                        [
                            html.Strong(said[f"incident_act_{line.act}"]),
                            html.Span(detail(line, face)),
                        ],
                        className="inc-said",
                    ),
                    html.P(line.reason, className="inc-fine") if line.reason else None,
                    html.P([html.Span(who), typed], className="inc-fine"),
                    files(line.files, face),
                ]
            ),
            html.Div(
                [
                    attach("line", line.seq, face, needs="note") if line.act == "note" else None,
                    act(pin, face, number=line.seq, version=line.pinned),
                ]
            ),
        ],
        **data(slot=f"line-{line.seq}", act=line.act, stands="yes" if line.stands else ""),
    )


def detail(line: Said, face: IncidentFace) -> str:
    """Tell what a line is about: codes by name, states in words."""
    said = face.words
    if line.act in ALREADY_NAMED or line.act == "unpin":
        return ""
    if line.act in CODES:
        return " → ".join(face.named(code) for code in line.detail.split(" → "))
    if line.act in STATES:
        return ""
    if line.act == "escalate":
        return step_said(line, face)
    if line.act == "grade":
        grades = (said.get(f"incident_severity_{one}", one) for one in line.detail.split(" → "))
        return " → ".join(grades)
    if line.act == "classify":
        named = dict(face.choices.get("category", ()))
        return " → ".join(named.get(one, one) for one in line.detail.split(" → "))
    if line.act == "appoint":
        role, _, person = line.detail.partition(": ")
        return f"{said.get(f'incident_role_{role}', role)} {person}"
    return line.detail


def pinned(lines: Sequence[Said], face: IncidentFace) -> list[Component]:
    """Draw the pinned lines again, above the others."""
    rows = [
        html.Li(
            [
                html.Time(face.moment(one.at_us)),
                html.P(
                    [
                        html.Strong(face.words[f"incident_act_{one.act}"]),
                        html.Span(detail(one, face)),
                    ],
                    className="inc-said",
                ),
            ]
        )
        for one in lines
    ]
    if not rows:
        return []
    return [
        html.H3(face.words["incident_pinned"]),
        html.Ol(rows, className="inc-lines inc-lines-pinned"),
    ]


def composer(face: IncidentFace) -> Component:
    """Draw where a note is typed; what cannot be sent is kept by the browser and shown below."""
    said = face.words
    return html.Div(
        [
            html.Textarea(
                rows=2, maxLength=2000, placeholder=said["incident_note_hint"],
                className="inc-control", **aria(label=said["incident_act_note"]), **data(note=""),
            ),
            html.Button(
                said["incident_act_note"], type="button", className="inc-act inc-act-main",
                **data(note_send=""),
            ),
            html.P(className="inc-told", role="status", **data(note_told="")),
            html.Ol(className="inc-waiting", **data(waiting="")),
        ],
        className="inc-composer",
        **data(needs="note"),
    )  # fmt: skip
