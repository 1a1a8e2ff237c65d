"""The foot of the wall: how good the data is, which scene stands, and whether sound is on.

To add a scene, name it here, say its word in layouts/wording.py (`scene_<name>`) and lay it out
in assets/08_scenes.css: rotation, keys, address and buttons follow from the name.
"""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.parts.clusters import quality
from layouts.parts.marks import aria, data

SCENES = ("overview", "map", "departments", "duties", "clusters", "incidents")
FIRST = SCENES[0]


def foot(said: Mapping[str, str], scope: str) -> Component:
    """Draw the foot; assets/scenes.js writes which scene stands and for how long."""
    return html.Footer([quality(said), _scenes(said, scope)], className="wall-foot")


def scenes_of(scope: str) -> tuple[str, ...]:
    """Name the scenes of a scope's wall: a department has no others to stand beside."""
    if scope.startswith("department-"):
        return tuple(name for name in SCENES if name != "departments")
    return SCENES


def _scenes(said: Mapping[str, str], scope: str) -> Component:
    buttons = [
        html.Button(
            said[f"scene_{name}"],
            className="scene-go",
            **data(scene_go=name),
            **aria(current="true" if name == FIRST else "false"),
        )
        for name in scenes_of(scope)
    ]
    return html.Nav(
        [
            *buttons,
            html.Span(className="scene-alarm", hidden=True),
            html.Button(
                html.Span(className="pause-shape", **aria(hidden="true")),
                className="scene-pause",
                hidden=True,
                title=said["pause"],
                **aria(label=said["pause"], pressed="false"),
            ),
            html.Span(className="scene-left", **aria(hidden="true")),
            html.Button(
                said["sound_off"],
                className="sound",
                title=said["sound_key"],
                **aria(pressed="false"),
            ),
            html.Button(
                said["visitor_mode"],
                className="visitors",
                title=said["visitor_key"],
                **aria(pressed="false"),
            ),
        ],
        className="scenes",
        **aria(label=said["scenes"]),
    )
