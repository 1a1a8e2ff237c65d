"""Files of an incident: small pictures and names beside what they show, and the way to add one."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Piece
from layouts.parts.incident_forms import BECAUSE, act
from layouts.parts.marks import aria, data

PICTURE = "image/"
WHILE_LIVING = ("finding", "measure")
"""What takes no more evidence once the incident is closed."""
SIZES = (("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1_000))


def files(kept: Sequence[Piece], face: IncidentFace) -> Component | None:
    """Draw the files that belong to something; the pictures themselves come when they are seen."""
    if not kept:
        return None
    return html.Ul([_file(one, face) for one in kept], className="inc-files")


def _file(one: Piece, face: IncidentFace) -> Component:
    body, said = one.body, face.words
    name = str(body["name"])
    is_picture = str(body["media"]).startswith(PICTURE)
    shown = [html.Span(name)]
    if not is_picture:
        shown.append(html.Span(size(int(body["bytes"])), className="inc-fine"))
    more = f"{said['incident_more']} {name}"
    told = f"{name} · {face.moment(body['at_us'])} · {body['actor']}"
    return html.Li(
        [
            html.A(
                shown, href=f"/api/v1/incidents/{quote(face.incident, safe='')}/files/{one.number}",
                className="inc-file", title=told, **data(file="picture" if is_picture else "paper"),
            ),
            html.Details(
                [
                    html.Summary(said["incident_more"], **aria(label=more)),
                    html.P(told, className="inc-fine"),
                    act("remove_file", face, form=BECAUSE, owner=str(body["owner"]), needs="own",
                        of=one),
                ],
                className="inc-file-more",
            ),
        ]
    )  # fmt: skip


def size(n_bytes: int) -> str:
    """Say how large a file is."""
    for unit, length in SIZES:
        if n_bytes >= length:
            return f"{n_bytes / length:.1f} {unit}"
    return f"{n_bytes} B"


def attach(
    at: str, number: int, face: IncidentFace, *, owner: str = "", needs: str = "own"
) -> Component:
    """Draw the button that adds a file to something; `needs` and `owner` as those of acts."""
    return html.Button(
        face.words["incident_act_attach"],
        type="button",
        className="inc-act",
        **data(
            attach=json.dumps({"at": at, "of": number}),
            owner=owner,
            needs=needs,
            living="yes" if at in WHILE_LIVING else "",
        ),
    )


def sender(face: IncidentFace) -> Component:
    """Draw the dialog files are sent in; its choosers are made by assets/incident_files.js."""
    said = face.words
    return html.Dialog(
        [
            html.H2(said["incident_act_attach"], id="inc-form-attach", className="inc-form-title"),
            html.P(className="inc-fine", **data(file_hint="")),
            html.Div(className="inc-ways", **data(file_ways="")),
            html.P(said["incident_file_drop"], className="inc-fine"),
            html.Ul(className="inc-sending", **data(file_list=""), **aria(live="polite")),
            html.Div(
                html.Button(
                    said["incident_file_done"], type="button", className="inc-act",
                    **data(cancel=""),
                ),
                className="inc-ways",
            ),
        ],
        className="inc-form inc-sender",
        **aria(labelledby="inc-form-attach"),
    )  # fmt: skip


def viewer(face: IncidentFace) -> Component:
    """Draw the dialog a photograph is looked at in."""
    return html.Dialog(
        [
            html.Div(className="inc-view-picture"),
            html.P(className="inc-view-name", id="inc-view-name"),
            html.Button(
                face.words["incident_file_done"], type="button", className="inc-act",
                **data(view_close=""),
            ),
        ],
        className="inc-view",
        **aria(labelledby="inc-view-name"),
    )  # fmt: skip
