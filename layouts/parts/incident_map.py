"""The map of an incident: an empty frame that assets/incident_map.js fills once it is near."""

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace
from layouts.parts.marks import aria, data

WAYS = (("in", "+"), ("out", "\N{MINUS SIGN}"), ("home", "\N{WHITE SQUARE}"))


def incident_map(face: IncidentFace) -> list[Component]:
    """Draw the frame, its buttons, and where it says in words what it shows."""
    said = face.words
    buttons = [
        html.Button(
            sign, type="button", className="inc-map-way", title=said[f"incident_map_{way}"],
            **data(map_way=way), **aria(label=said[f"incident_map_{way}"]),
        )
        for way, sign in WAYS
    ]  # fmt: skip
    where = f"/api/v1/incidents/{quote(face.incident, safe='')}/places"
    return [
        html.Div(
            [
                html.Div(
                    className="inc-map", role="application", tabIndex="0",
                    **aria(label=said["incident_map_keys"]), **data(map=where, lang=face.language),
                ),
                html.Div(buttons, className="inc-map-ways"),
            ],
            className="inc-map-frame",
        ),
        html.P(
            said["incident_map_waits"], className="inc-fine", role="status", **data(map_told="")
        ),
    ]  # fmt: skip
