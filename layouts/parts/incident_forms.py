"""Buttons of acts on incidents, and the forms of those that say something."""

import json
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import SEVERITIES, IncidentFace, Piece
from layouts.parts.marks import data

WITHIN_MIN = (
    *("30", "60", "120", "240", "480"),
    *("1440", "4320", "10080", "20160", "43200", "129600"),
)
ROLES = ("commander", "deputy", "scribe", "liaison", "observer")
WORDS_OF = {"role": ROLES, "bound": ("most", "least")}
"""Fields that choose one of a few words."""
BECAUSE = "because"
"""The form of acts that want a reason and nothing else."""

FORMS: dict[str, tuple[str, ...]] = {
    BECAUSE: ("reason",),
    "hand_over": ("lead", "reason"),
    "grade": ("severity", "reason"),
    "classify": ("category", "reason"),
    "retitle": ("title",),
    "release": ("released",),
    "add_link": ("name", "owner"),
    "edit_link": ("name", "owner"),
    "find": ("text", "quantity", "value", "unit", "bound", "limit"),
    "plan": ("title", "owner", "within_min", "effect"),
    "summon": ("outside", "party", "task", "unlisted"),
    "give": ("title", "owner", "within_min", "ticket"),
    "follow_up": ("title", "owner", "within_min"),
    "finish": ("told",),
    "give_again": ("within_min", "reason"),
    "appoint": ("role", "person"),
    "decide": ("text", "basis"),
    "report": ("situation", "done", "next", "needs"),
    "learn": ("text", "owner"),
}
"""What each form asks for."""

LIST_ROWS = 6
LONG = {
    "reason",
    "unlisted",
    "text",
    "effect",
    "told",
    "basis",
    "situation",
    "done",
    "next",
    "needs",
}
BECAUSE_OF = {"reason", "unlisted"}
NUMBERS = {"value", "limit"}
DEPARTMENTS = {"lead": "department", "owner": "party"}
"""Fields that choose one of the departments, or of the partners too."""
LISTED = {"chain": "incidents_no_chain", "category": "incidents_no_category"}
"""Fields that choose one of a list or none, and what none is called."""

AFTERWARDS = frozenset(
    {
        *("reopen", "review", "retitle", "learn", "note", "pin", "unpin"),
        *("follow_up", "acknowledge", "finish", "withdraw", "release", "remove_file", "take_out"),
    }
)
"""What may still be done once it is closed; the buttons of everything else are put away then."""


def act(
    name: str,
    /,
    face: IncidentFace,
    *,
    of: Piece | None = None,
    number: int = 0,
    version: int = 0,
    form: str = "",
    owner: str = "",
    needs: str = "command",
    main: bool = False,
    **fill: object,
) -> Component:
    """Draw a button. `needs` is who may press it: who runs the incident, or `own` its owner too.

    `of` is the part it is about. `fill` is what the act says of itself, and what its form is filled
    with; `owner_is` in it fills the field of the owner.
    """
    if of is not None:
        number, version = of.number, of.version
    fill = {"owner" if key == "owner_is" else key: value for key, value in fill.items()}
    known = form or (name if name in FORMS else "")
    return html.Button(
        face.words[f"incident_act_{name}"],
        type="button",
        className="inc-act inc-act-main" if main else "inc-act",
        **data(
            act=name, number=str(number), version=str(version), form=known, owner=owner,
            needs=needs, fill=json.dumps(fill, ensure_ascii=False),
            living="" if name in AFTERWARDS else "yes",
        ),
    )  # fmt: skip


def forms(face: IncidentFace) -> list[Component]:
    """Draw every form once; a button opens it for what it is about."""
    return [form_of(name, fields, face) for name, fields in FORMS.items()]


def form_of(name: str, fields: Sequence[str], face: IncidentFace) -> Component:
    """Draw one form as a dialog; what was typed stays until it was sent."""
    said = face.words
    return html.Dialog(
        [
            html.H2(
                said.get(f"incident_act_{name}", ""),
                id=f"inc-form-{name}",
                className="inc-form-title",
            ),
            html.Div([control(one, face) for one in fields], className="inc-fields"),
            html.P(className="inc-told", role="alert"),
            html.Div(
                [
                    html.Button(
                        said["incidents_send"], type="button", className="inc-act inc-act-main",
                        **data(send=""),
                    ),
                    html.Button(
                        said["incidents_cancel"], type="button", className="inc-act",
                        **data(cancel=""),
                    ),
                ],
                className="inc-ways",
            ),
        ],
        className="inc-form",
        **{"aria-labelledby": f"inc-form-{name}", **data(form=name)},
    )  # fmt: skip


def control(name: str, face: IncidentFace) -> Component:
    """Draw a named field."""
    label = face.words[f"incident_field_{name}"]
    return html.Label([html.Span(label), _control(name, face)], className="inc-field")


def _control(name: str, face: IncidentFace) -> Component:
    said = face.words
    named: dict[str, Any] = {"className": "inc-control", **data(field=name)}
    if name in DEPARTMENTS:
        empty = [] if name == "lead" else [html.Option("", value="")]
        return _select(empty, face.choices.get(DEPARTMENTS[name], ()), named)
    if name == "party":  # a list that the words typed above it narrow
        return _select([], face.choices.get("party", ()), named | {"size": str(LIST_ROWS)})
    if name == "outside":
        return html.Textarea(rows=1, maxLength=80, **named, **data(narrows="party"))
    if name in LISTED:
        first = [html.Option(said[LISTED[name]], value="")]
        return _select(first, face.choices.get(name, ()), named)
    if name == "within_min":
        whole = [(one, said[f"incident_within_{one}"]) for one in WITHIN_MIN]
        return _select([], whole, named | data(number=""))
    if name == "severity":
        grades = [(str(one), said[f"incident_severity_{one}"]) for one in SEVERITIES]
        return _select([], grades[::-1], named | data(number=""))
    if name in WORDS_OF:
        words = [(one, said[f"incident_{name}_{one}"]) for one in WORDS_OF[name]]
        return _select([], words, named)
    if name == "exercise":
        kinds = [("", said["incidents_real"]), ("1", said["incidents_drill"])]
        return _select([], kinds, named)
    if name in LONG:
        return html.Textarea(rows=3, maxLength=300 if name in BECAUSE_OF else 2000, **named)
    more = data(number="") if name in NUMBERS else {}
    return html.Textarea(rows=1, maxLength=120, **named, **more)


def _select(
    first: Sequence[Component], choices: Sequence[tuple[str, str]], named: dict[str, Any]
) -> Component:
    options = [html.Option(name, value=code) for code, name in choices]
    return html.Select([*first, *options], **named)
