"""The fields of a wall: its code, name and room, what it shows, and how large its letters are."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.marks import data
from layouts.parts.people import field
from layouts.parts.scenes import SCENES
from layouts.screens_face import ScreensFace, WallFace

PAIR, CHANGE = "pair", "change"
NEW = WallFace("", 0, "")

ALARMS = "alarms"
SECONDS = {"overview": 30, "map": 20, "departments": 30, "duties": 30, "clusters": 20,
           "incidents": 20, ALARMS: 15}  # fmt: skip
USUAL_S = 20
"""How long a scene stands where nobody said: what the fields hold at first."""

STOPS = (*SCENES, ALARMS)

INCHES = ((43, "4K", 0.248), (55, "1080p", 0.634), (55, "4K", 0.315), (65, "4K", 0.372),
          (75, "4K", 0.430), (86, "4K", 0.493), (98, "4K", 0.563))  # fmt: skip
LED = (0.9, 1.25, 1.53, 1.86, 2.5)


def wall_form(form: str, face: ScreensFace, wall: WallFace = NEW) -> list[Component | None]:
    """Draw the fields, filled with what a wall is now."""
    said = face.words
    return [
        _text(form, "code", said["screen_code"], "", maxLength=16, autoComplete="off")
        if form == PAIR
        else None,
        _text(form, "name", said["screen_name"], wall.name, maxLength=60, autoComplete="off"),
        _text(form, "room", said["screen_room"], wall.room, maxLength=60, autoComplete="off"),
        _scope(form, face, wall),
        _scenes(form, face, wall),
        _text(form, "distance_m", said["screen_distance"], f"{wall.distance_m:g}", **DECIMAL),
        _pitch(form, face, wall),
    ]


DECIMAL: dict[str, Any] = {"inputMode": "decimal", "autoComplete": "off", "maxLength": 8}


def _text(form: str, name: str, title: str, value: str, **more: Any) -> Component:
    control = dcc.Input(id=ids.wall_field(form, name), type="text", value=value, **more)
    return field(title, control)


def _scope(form: str, face: ScreensFace, wall: WallFace) -> Component:
    said = face.words
    known = dict(face.scopes)
    known.setdefault(wall.scope, face.scope(wall.scope))
    options = [{"value": code, "label": name} for code, name in known.items()]
    chosen = dcc.RadioItems(
        options, wall.scope, id=ids.wall_field(form, "scope"), className="views wall-scope"
    )
    return html.Fieldset([html.Legend(said["screen_scope"]), chosen], className="wall-set")


def stops_of(scenes: str) -> dict[str, int]:
    """Read a program of scenes: how many seconds each; of one that comes twice the last."""
    stops = (part.partition(":") for part in scenes.split(",") if part)
    return {name: int(seconds or USUAL_S) for name, _, seconds in stops}


def scene_name(name: str, said: Mapping[str, str]) -> str:
    """Name a scene, or the stop at every open alarm."""
    return said["screen_alarms"] if name == ALARMS else said.get(f"scene_{name}", name)


def _scenes(form: str, face: ScreensFace, wall: WallFace) -> Component:
    said, stops = face.words, stops_of(wall.scenes)

    def row(name: str) -> Component:
        title = scene_name(name, said)
        return html.Div(
            [
                dcc.Checklist(
                    [{"value": name, "label": title}],
                    [name] if name in stops else [],
                    id=ids.wall_field(form, f"pick-{name}"),
                ),
                html.Label(
                    [
                        html.Span(
                            said["screen_seconds"].format(scene=title),
                            className="visually-hidden",
                        ),
                        dcc.Input(
                            id=ids.wall_field(form, f"seconds-{name}"),
                            type="text",
                            inputMode="numeric",
                            value=str(stops.get(name, SECONDS.get(name, USUAL_S))),
                            maxLength=5,
                            autoComplete="off",
                        ),
                    ],
                    className="wall-seconds",
                ),
            ],
            className="wall-scene",
        )

    return html.Fieldset(
        [
            html.Legend(said["screen_scenes"]),
            *map(row, STOPS),
            html.P(said["screen_scenes_about"], className="fine"),
        ],
        className="wall-set",
    )


def _pitch(form: str, face: ScreensFace, wall: WallFace) -> Component:
    said = face.words
    value = "" if wall.pitch_mm is None else f"{wall.pitch_mm:g}"
    return html.Div(
        [
            _text(form, "pitch_mm", said["screen_pitch"], value, **DECIMAL),
            html.P(said["screen_pitch_about"], className="fine"),
            html.Div(
                [_preset(name, pitch) for name, pitch in presets(said)], className="wall-presets"
            ),
        ],
        className="wall-pitch",
    )


def presets(said: Mapping[str, str]) -> Sequence[tuple[str, float]]:
    """Name the usual screens, with the pitch of each in millimetres."""
    screens = [
        (said["screen_pitch_inches"].format(inches=inches, kind=kind), pitch)
        for inches, kind, pitch in INCHES
    ]
    return [*screens, *((said["screen_pitch_led"].format(pitch=pitch), pitch) for pitch in LED)]


def _preset(name: str, pitch: float) -> Component:
    """Draw a button that assets/wall_form.js lets fill the field before it."""
    return html.Button(name, type="button", className="wall-preset", **data(fills=f"{pitch:g}"))
