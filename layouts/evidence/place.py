"""Where a cluster is: the map with its callers and shape, and the zones and estates it touches."""

from math import atan2, cos, degrees, hypot, log2, radians
from typing import Any

import dash_leaflet as dl
from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.summary import section
from layouts.evidence.telling import kilometres, share
from layouts.parts.city_map import base_layers
from layouts.parts.marks import aria, data

LEAST_SPAN_KM = 2.0
AT_KM = 0.3
SHAPED = ("circle", "zone")
KM_PER_DEGREE = 111.195
SMALLEST_PX, LARGEST_PX = 13, 34


def where(told: Data, face: EvidenceFace) -> Component:
    """Draw the map once; what lies on it is renewed as `layers`."""
    said = face.words
    credit = face.map.tile_attribution if face.map.tile_url else face.map.attribution
    box = bounds(told)
    return section(
        "map",
        said["dossier_map"],
        [
            html.Div(
                [
                    dl.MapContainer(
                        [*base_layers(face.map), dl.Pane(
                            dl.LayerGroup(layers(told, face), id=ids.LAYERS),
                            name="found",  # the base arrives later and must not cover it
                            style={"zIndex": 450},
                        ),
                         dl.ScaleControl(imperial=False, maxWidth=160)],
                        id=ids.MAP,
                        className="map",
                        center=[told["latitude"], told["longitude"]],
                        zoom=_zoom(box),
                        zoomSnap=0,
                        minZoom=4,
                        maxZoom=17,
                        attributionControl=False,
                        scrollWheelZoom=False,
                    ),
                ],
                className="map-frame",
                **data(bounds=",".join(f"{edge:.5f}" for edge in box)),
            ),
            html.P(
                [
                    html.Span(said["dossier_map_members"], className="key key-member"),
                    html.Span(said["dossier_map_neighbours"], className="key key-neighbour"),
                    html.Span(said["dossier_map_shape"], className="key key-shape")
                    if told["extent"] in SHAPED else None,
                    html.Span(said["dossier_map_zone"], className="key key-zone")
                    if told["coverage"] else None,
                ],
                className="keys",
            ),
            html.P([html.Span(said["map_note"]), html.Span(credit)], className="fine credits"),
        ],
    )  # fmt: skip


def bounds(told: Data) -> tuple[float, float, float, float]:
    """Give south, west, north, east of what the map must hold at first."""
    places = [*told["members"]["places"], *told["neighbours"]["places"]]
    if told["extent"] in ("city", "district", "town") and len(places) > 1:
        latitudes, longitudes = [one[0] for one in places], [one[1] for one in places]
        return min(latitudes), min(longitudes), max(latitudes), max(longitudes)
    half_km = max(1.4 * told["radius_km"], LEAST_SPAN_KM / 2)
    north = half_km / KM_PER_DEGREE
    east = north / cos(radians(told["latitude"]))
    near = [
        (latitude, longitude)
        for latitude, longitude, _ in places
        if abs(latitude - told["latitude"]) < 6 * north
        and abs(longitude - told["longitude"]) < 6 * east
    ]
    latitudes = [told["latitude"] - north, told["latitude"] + north, *(one[0] for one in near)]
    longitudes = [told["longitude"] - east, told["longitude"] + east, *(one[1] for one in near)]
    return min(latitudes), min(longitudes), max(latitudes), max(longitudes)


def _zoom(box: tuple[float, float, float, float]) -> float:
    """Give a zoom at which the box fills some 400 pixels; assets/evidence.js fits it exactly."""
    return max(4.0, min(16.0, log2(360 * 400 / 256 / max(box[3] - box[1], 1e-4))))


def layers(told: Data, face: EvidenceFace) -> list[Component]:
    """Draw zones, shape, named points and callers; the largest circles first."""
    zones = [
        dl.Polygon(positions=[list(point) for point in face.outlines[one["zone"]]],
                   className="zone-outline", weight=2, fill=False, interactive=False)
        for one in told["coverage"] if one["zone"] in face.outlines
    ]  # fmt: skip
    shape = []
    if told["extent"] in SHAPED:
        shape.append(
            dl.Circle(center=[told["latitude"], told["longitude"]],
                      radius=max(told["radius_km"], 0.05) * 1000,
                      className="found-shape", weight=2, interactive=False)
        )  # fmt: skip
    names = [_named(*mark) for mark in face.marks]
    most = max((place[2] for place in told["members"]["places"]), default=1)
    others = [_place(place, most, "neighbour") for place in told["neighbours"]["places"]]
    members = [_place(place, most, "member") for place in told["members"]["places"]]
    return [*zones, *shape, *names, *(part for pair in [*others, *members] for part in pair)]


def _place(place: list[Any], most: int, kind: str) -> tuple[Component, Component]:
    latitude, longitude, callers = place
    size = min(LARGEST_PX, max(SMALLEST_PX, LARGEST_PX * (callers / most) ** 0.5))
    circle = dl.CircleMarker(
        center=[latitude, longitude], radius=size, className=f"callers callers-{kind}", weight=2,
        interactive=False,
    )  # fmt: skip
    icon = {"className": f"callers-number callers-number-{kind}", "html": f"<b>{callers:d}</b>",
            "iconSize": [0, 0]}  # fmt: skip
    label = dl.DivMarker(
        position=[latitude, longitude],
        iconOptions=icon,
        interactive=False,
        keyboard=False,
        pane="markerPane",  # above every circle
        zIndexOffset=1000,
    )
    return circle, label


def _named(name: str, latitude: float, longitude: float) -> Component:
    icon = {"className": "place place-named", "html": f"<span>{_plain(name)}</span>",
            "iconSize": [0, 0]}  # fmt: skip
    marker: Component = dl.DivMarker(
        position=[latitude, longitude],
        iconOptions=icon,
        interactive=False,
        keyboard=False,
        pane="markerPane",  # above every circle
    )
    return marker


def _plain(name: str) -> str:
    """Keep a name from being read as HTML."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def centre(told: Data, face: EvidenceFace) -> str:
    """Say where the centre lies from the nearest place with a name, empty where there is none."""

    def away(mark: tuple[str, float, float]) -> tuple[float, float]:
        north = (told["latitude"] - mark[1]) * KM_PER_DEGREE
        east = (told["longitude"] - mark[2]) * KM_PER_DEGREE * cos(radians(mark[1]))
        return north, east

    near = min(face.marks, key=lambda mark: hypot(*away(mark)), default=None)
    if near is None or told["extent"] in ("city", "district"):
        return ""
    north, east = away(near)
    km = hypot(north, east)
    if km < AT_KM:
        return face.words["dossier_centre_at"].format(name=near[0])
    eighth = round(degrees(atan2(east, north)) / 45) % 8
    return face.words["dossier_centre_from"].format(
        name=near[0], direction=face.words[f"dossier_direction_{eighth}"], km=f"{km:.1f}"
    )


def map_note(told: Data, face: EvidenceFace) -> Component:
    """Say in words what the map shows and what it does not."""
    said, least = face.words, face.least_callers
    places = told["members"]["places"]
    parts = [centre(told, face)]
    if places:
        shown = sum(place[2] for place in places)
        parts.append(
            said["dossier_map_sum"].format(places=len(places), callers=f"{shown:,}", least=least)
        )
    if told["members"]["withheld"]:
        parts.append(
            said["dossier_map_withheld"].format(n=told["members"]["withheld"], least=least)
        )
    if told["unplaced"]:
        parts.append(said["dossier_map_unplaced"].format(n=told["unplaced"]))
    return html.P(" ".join(filter(None, parts)), className="map-words")


def reach_of(told: Data, face: EvidenceFace) -> Component:
    """List the supply zones with the share inside, and the estates with enough callers."""
    said = face.words
    zones = [
        html.Li(
            [
                html.Span(face.name("zone", one["zone"])),
                html.Strong(said["dossier_share"].format(n=share(one["share"]))),
                html.Span(className="bar", style={"--share": str(one["share"])},
                          **aria(hidden="true")),
            ]
        )
        for one in told["coverage"]
    ]  # fmt: skip
    estates = [
        html.Li([html.Span(name), html.Strong(said["dossier_estate"].format(n=n))])
        for name, n in told["estates"]["named"]
    ]
    others = told["estates"]["others"]
    body: list[Component | None] = [
        map_note(told, face),
        html.Ul([*zones, *estates], className="reach") if zones or estates else None,
        html.P(said["dossier_other_estates"].format(n=others, least=face.least_callers))
        if others else None,
        html.P(said["dossier_no_reach"]) if not (zones or estates or others) else None,
    ]  # fmt: skip
    note = " · ".join(
        [kilometres(told["radius_km"], face), said["dossier_addresses"].format(n=told["addresses"])]
    )
    return section("reach", said["dossier_reach"], body, note)
