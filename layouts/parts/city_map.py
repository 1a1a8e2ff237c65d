"""The map: coast, districts, neighbours and graticule under the open tickets.

The circles are drawn by assets/cells.js on the Leaflet map that dash-leaflet makes; nothing
is pushed through Dash. MapContainer needs a centre and a zoom of its own, `bounds` alone
throws (dash-leaflet 1.1.3); assets/map.js fits the view once the size is known.
"""

from collections.abc import Mapping
from typing import Any

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.face import Face, MapFace
from layouts.parts.marks import aria, data
from layouts.parts.panel import panel

START_ZOOM = 8
# The colours are those of assets/01_tokens.css: SVG attributes cannot read CSS variables, so
# the classes below do, and these styles only say what is filled and how wide a line is.
STYLES: dict[str, dict[str, Any]] = {
    "neighbours": {"className": "base-neighbours", "weight": 1, "fillOpacity": 1},
    "land": {"className": "base-land", "weight": 1.5, "fillOpacity": 1},
    "districts": {"className": "base-districts", "weight": 1.2, "fillOpacity": 1},
    "graticule": {"className": "base-graticule", "weight": 1, "fill": False},
}
ORDER = ("neighbours", "land", "districts", "graticule", "labels")


def city_map(face: Face) -> Component:
    """Draw the map with its chip, legend, attribution and the note 示意图."""
    said = face.words
    return panel(
        "cells",
        said["map"],
        [
            html.Div(
                [
                    html.Div(className="chips", **aria(live="polite")),
                    _leaflet(face.map),
                    html.Button(
                        html.Span(className="home-shape"),
                        className="map-home",
                        title=said["zoom_home"],
                        **data(map_home=""),
                        **aria(label=said["zoom_home"]),
                    ),
                    html.Div(
                        [html.Div(className="legend", **aria(hidden="true")), _credits(face, said)],
                        className="map-foot",
                    ),
                ],
                className="map-frame",
            )
        ],
    )


def _leaflet(look: MapFace) -> Component:
    drawn: Component = dl.MapContainer(
        base_layers(look),
        id=ids.MAP,
        className="map",
        center=list(look.centre),
        zoom=START_ZOOM,
        zoomSnap=0,
        zoomDelta=1,
        minZoom=4,
        maxZoom=17,
        attributionControl=False,
        zoomControl=True,
    )
    return drawn


def base_layers(look: MapFace) -> list[Component]:
    """Draw what lies under everything else, the city's own tiles first."""
    tiles = [dl.TileLayer(url=look.tile_url)] if look.tile_url else []
    return [*tiles, *(_layer(name) for name in ORDER if name in look.layers)]


def _layer(name: str) -> Component:
    look = (
        {"pointToLayer": {"variable": "lianxin.map.label"}}
        if name == "labels"
        else {"style": {**STYLES[name], "interactive": False}}
    )
    drawn: Component = dl.GeoJSON(url=f"/api/v1/basemap/{name}.json", interactive=False, **look)
    return drawn


def _credits(face: Face, said: Mapping[str, str]) -> Component:
    credit = face.map.tile_attribution if face.map.tile_url else face.map.attribution
    return html.P(
        [
            html.Span(said["map_note"], className="map-note") if face.map.layers else None,
            html.Span(credit),
            html.Span(className="map-missing", **data(note="unplaced")),
        ],
        className="credits",
    )
