"""Parties of an incident and their tasks, roles, decisions, reports and lessons."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Piece
from layouts.parts.incident_effect import effects
from layouts.parts.incident_files import attach, files
from layouts.parts.incident_forms import BECAUSE, ROLES, act
from layouts.parts.incident_raised import late_mark, raised
from layouts.parts.marks import data

FORM = ("situation", "done", "next", "needs")
TASK_ACTS = {"given": "acknowledge", "acknowledged": "finish"}
SHOWN = 5
"""So many of the newest reports and decisions stand open."""


def parties(
    called: Sequence[Piece], tasks: Sequence[Piece], lead: str, face: IncidentFace
) -> list[Component]:
    """Draw who was called, who came, and how many tasks each still has."""
    waiting: dict[str, int] = {}
    for one in tasks:
        if one.due_us is not None:
            waiting[one.body["owner"]] = waiting.get(one.body["owner"], 0) + 1
    rows = [_party(one, lead, waiting.get(one.body["code"], 0), face) for one in called]
    return [
        html.Ul(rows, className="inc-parties"),
        html.Div([act("summon", face)], className="inc-ways"),
    ]


def _party(party: Piece, lead: str, waiting: int, face: IncidentFace) -> Component:
    said, code = face.words, str(party.body["code"])
    ways = {"summoned": ("check_in", "stand_down"), "present": ("stand_down",),
            "released": ("summon_again",)}  # fmt: skip
    when = party.body["checked_us"]
    facts = [str(party.body["task"])] if party.body["task"] else []
    facts += [face.moment(when)] if when else []
    facts += [face.telephones[code]] if code in face.telephones else []
    facts += [f"{said['incident_tasks']} {waiting}"] if waiting else []
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(face.named(code)),
                    html.Span(said["incident_lead"], className="inc-mark inc-mark-lead")
                    if code == lead
                    else None,
                    html.Span(said[f"incident_party_{party.state}"], className="inc-mark"),
                    raised(party.reached, face),
                ],
                className="inc-link-head",
            ),
            html.P(" · ".join(facts), className="inc-fine") if facts else None,
            html.Div(
                [
                    act(
                        one, face, owner=code, needs="own" if one == "check_in" else "command",
                        of=party,
                    )
                    for one in ways[party.state]
                ],
                className="inc-ways",
            ),
        ],
        **data(state=party.state),
    )  # fmt: skip


def task(one: Piece, face: IncidentFace) -> Component:
    """Draw a task; each is a slot of its own, so that a change of one redraws no other."""
    said, body = face.words, one.body
    owner = str(body["owner"])
    facts = [face.named(owner)]
    if one.due_us is not None:
        facts.append(said["incident_due_by"].format(time=face.moment(one.due_us)))
    if body["ticket"]:
        facts.append(said["incident_visit"].format(ticket=body["ticket"]))
    ways: list[Component] = []
    if one.state in TASK_ACTS:
        ways = [
            act(TASK_ACTS[one.state], face, owner=owner, needs="own", of=one),
            act("withdraw", face, form=BECAUSE, of=one),
        ]
    else:
        ways = [act("give_again", face, of=one)]
    ways.append(attach("task", one.number, face, owner=owner))
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(str(body["title"])),
                    html.Span(said[f"incident_task_{one.state}"], className="inc-mark"),
                    late_mark(one.due_us, face),
                    raised(one.reached, face),
                ],
                className="inc-link-head",
            ),
            html.P(" · ".join(facts), className="inc-fine"),
            html.P(str(body["told"])) if body["told"] else None,
            files(one.files, face),
            html.Div(ways, className="inc-ways"),
        ],
        **data(slot=f"task-{one.number}", state=one.state),
    )


def in_order(tasks: Sequence[Piece]) -> list[Piece]:
    """Give what is open first, by due time, then the others, the newest first."""
    return sorted(tasks, key=lambda one: (one.due_us is None, one.due_us or 0, -one.number))


def roles(held: Sequence[Piece], face: IncidentFace) -> list[Component]:
    """Draw who has which role."""
    said = face.words
    known = {str(one.body["role"]): one for one in held}
    rows = [
        html.Div(
            [
                html.Dt(said[f"incident_role_{name}"]),
                html.Dd(str(known[name].body["person"])),
                html.Dd(
                    act("appoint", face, of=known[name], role=name,
                        person=str(known[name].body["person"]))
                ),
            ]
        )
        for name in ROLES
        if name in known
    ]  # fmt: skip
    free = next((name for name in ROLES if name not in known), None)
    more = html.Div([act("appoint", face, role=free)], className="inc-ways") if free else None
    nobody = html.P(said["incident_roles_none"], className="inc-fine")
    return [html.Dl(rows, className="inc-roles") if rows else nobody, *([more] if more else [])]


def decisions(made: Sequence[Piece], face: IncidentFace) -> list[Component]:
    """Draw what was decided, the newest first."""
    rows = [
        html.Li(
            [
                html.P(str(one.body["text"])),
                html.P(str(one.body["basis"]), className="inc-fine") if one.body["basis"] else None,
                _signed(one, face),
            ]
        )
        for one in made[::-1]
    ]
    return _listed("incident_decisions_none", rows, [act("decide", face)], face)


def reports(made: Sequence[Piece], face: IncidentFace) -> list[Component]:
    """Draw the situation reports, the newest first, each in its four parts."""
    said = face.words
    rows = [
        html.Li(
            [
                _signed(one, face),
                html.Dl(
                    [
                        html.Div([html.Dt(said[f"incident_field_{name}"]), html.Dd(one.body[name])])
                        for name in FORM
                    ],
                    className="inc-report",
                ),
            ]
        )
        for one in made[::-1]
    ]
    return _listed("incident_reports_none", rows, [act("report", face, main=True)], face)


def lessons(
    made: Sequence[Piece], measures: Sequence[Piece], state: str, face: IncidentFace
) -> list[Component]:
    """Draw the review, the effects of measures and the lessons; nothing before it is closed."""
    if not made and state != "closed":
        return []
    rows = [_lesson(one, state, face) for one in made]
    return [
        *effects(measures, face),
        html.H2(face.words["incident_lessons"]),
        html.Ul(rows, className="inc-list"),
        html.Div([act("learn", face)] if state == "closed" else [], className="inc-ways"),
    ]


def _lesson(one: Piece, state: str, face: IncidentFace) -> Component:
    """Draw a lesson; until the review is done a task may follow from it."""
    owner = str(one.body["owner"])
    ways = [attach("lesson", one.number, face, needs="command")]
    if state == "closed":
        ways.append(act("follow_up", face, lesson=one.number, owner_is=owner))
    return html.Li(
        [
            html.P(str(one.body["text"])),
            html.P(face.named(owner), className="inc-fine") if owner else None,
            _signed(one, face),
            files(one.files, face),
            html.Div(ways, className="inc-ways"),
        ]
    )


def _signed(one: Piece, face: IncidentFace) -> Component:
    return html.P(f"{face.moment(one.body['at_us'])} · {one.body['actor']}", className="inc-fine")


def _listed(
    no_rows: str, rows: Sequence[Component], ways: Sequence[Component], face: IncidentFace
) -> list[Component]:
    """Draw the newest rows, and the older ones folded."""
    none = html.P(face.words[no_rows], className="inc-fine")
    older = html.Details(
        [html.Summary(face.words["incident_older"]), html.Ul(rows[SHOWN:], className="inc-list")],
        hidden=len(rows) <= SHOWN,
    )
    return [
        html.Ul(rows[:SHOWN], className="inc-list") if rows else none,
        older,
        html.Div(ways, className="inc-ways"),
    ]
