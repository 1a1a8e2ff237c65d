"""The walls: how one is let in, which there are and how they do, and the page of a single one."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.header import language_switch
from layouts.parts.keeping import pager
from layouts.parts.marks import aria, data
from layouts.parts.people import sign_out
from layouts.parts.wall_form import CHANGE, PAIR, scene_name, stops_of, wall_form
from layouts.screens_face import ScreensFace, WallFace, WallsFace
from layouts.theme import BODY_ARCMIN, character_px

TICK_MS = 3000
MOST_SHUT = 20


def screens(face: ScreensFace, walls: WallsFace | None) -> Component:
    """Draw the page; `walls` is None while they cannot be read."""
    said = face.words
    pair = html.Section(
        [
            html.H2(said["screens_pair"]),
            html.P(said["screens_pair_about"].format(address=face.address), className="fine"),
            html.Div(wall_form(PAIR, face), id=ids.WALL_PAIR_FORM, className="people-form"),
            html.P(id=ids.WALL_PAIR_TOLD, className="told", role="status"),
            html.Button(said["screens_pair_do"], id=ids.WALL_PAIR, className="press press-main"),
        ],
        className="card wall-form",
    )
    there = html.Section(
        [
            html.P(id=ids.WALL_LIST_TOLD, className="told", role="status"),
            html.Div(listed(face, walls), id=ids.WALL_LIST),
            dcc.Interval(id=ids.WALLS_TICK, interval=TICK_MS),
        ],
        className="card wall-list",
    )
    body = html.Div([there, pair], className="walls")
    return _frame(face, "/screens", said["screens_link"], f"/?lang={face.language}", [body])


def without_accounts(face: ScreensFace) -> Component:
    """Say why there are no walls to keep."""
    told = html.P(face.words["screens_needs_accounts"], className="told", role="status")
    start = f"/?lang={face.language}"
    return _frame(face, "/screens", face.words["screens_link"], start, [told], outside=True)


def _frame(
    face: ScreensFace,
    path: str,
    title: str,
    back: str,
    body: Sequence[Component],
    *,
    outside: bool = False,
) -> Component:
    said = face.words
    to = said["to_start"] if back.startswith("/?") else said["screens_back"]
    head = html.Header(
        [
            html.A(to, href=back, className="press"),
            html.H1(title),
            language_switch(face.language, path=path),
            None if outside else sign_out(face.language),
        ],
        className="home-head",
    )
    return html.Main(
        [head, *body],
        className="home people screens-page",
        lang="zh-CN" if face.language == "zh" else "en",
    )


def listed(face: ScreensFace, walls: WallsFace | None) -> list[Component | None]:
    """Draw the list of walls, or what stands in its place."""
    said = face.words
    if walls is None:
        return [html.P(said["screens_away"], className="told", role="alert")]
    none = [
        html.P(said["screens_none"]),
        html.P(said["screens_none_about"].format(address=face.address), className="fine"),
    ]
    rows = [html.Ul([_row(wall, face) for wall in walls.walls], className="wall-rows")]
    return [
        html.H2([said["screens_list"], html.Small(str(walls.total))]),
        *(rows if walls.walls else none),
        pager("/screens", {}, walls.page, walls.pages, face.language),
        _shut(walls.shut[-MOST_SHUT:], face) if walls.shut else None,
    ]


def _row(wall: WallFace, face: ScreensFace) -> Component:
    said = face.words
    return html.Li(
        [
            html.Div(
                [
                    html.Strong(wall.name),
                    html.Span(wall.room, className="wall-room") if wall.room else None,
                    _contact(wall, said),
                ],
                className="wall-title",
            ),
            html.P(
                [html.Span(fact) for fact in (face.scope(wall.scope), *_shows(wall, said))],
                className="wall-facts",
            ),
            html.P(
                [
                    html.Span(
                        said["screen_paired_at"].format(time=wall.paired_at, actor=wall.paired_by)
                    ),
                    _version(wall, face),
                ],
                className="wall-facts fine",
            ),
            _acts(wall, face),
        ],
        className="wall-row",
        **data(wall=wall.id),
    )


def _contact(wall: WallFace, said: Mapping[str, str]) -> Component:
    """Say how it stands with the wall: shape, word and age."""
    age = said["screen_seen"].format(age=age_words(wall.age_s, said))
    return html.Span(
        [
            html.Span(html.Span(className="shape", **aria(hidden="true"))),
            html.Strong(said[f"screen_{wall.contact}"]),
            html.Span(age, className="fine"),
        ],
        className="wall-contact",
        **data(state=wall.contact),
    )


def age_words(age_s: float, said: Mapping[str, str]) -> str:
    """Say an age: seconds, minutes, hours or days."""
    for unit, seconds in (("days", 86_400), ("hours", 3600), ("minutes", 60)):
        if age_s >= seconds:
            return said[unit].format(n=int(age_s // seconds))
    return said["seconds"].format(n=int(max(age_s, 0)))


def _shows(wall: WallFace, said: Mapping[str, str]) -> list[str]:
    """Say which scenes a wall goes through and how large its letters are."""
    stops = [
        said["screen_scene_s"].format(scene=scene_name(name, said), n=seconds)
        for name, seconds in stops_of(wall.scenes).items()
    ]
    distance = f"{wall.distance_m:g}"
    size = said["screen_size"].format(distance=distance)
    if wall.pitch_mm is not None:
        px = character_px(BODY_ARCMIN, distance_m=wall.distance_m, pitch_mm=wall.pitch_mm)
        size = said["screen_size_pitch"].format(
            distance=distance, pitch=f"{wall.pitch_mm:g}", px=px
        )
    shown = said["screen_shows"].format(scenes=" → ".join(stops))
    return [shown if stops else said["screen_shows_usual"], size]


def _version(wall: WallFace, face: ScreensFace) -> Component:
    said = face.words
    current = bool(wall.software) and wall.software == face.software
    key = "now" if current else "old" if wall.software else "unknown"
    told = said[f"screen_version_{key}"].format(version=wall.software, current=face.software)
    return html.Span(told, className="wall-version", **data(current=str(current).lower()))


def _acts(wall: WallFace, face: ScreensFace) -> Component:
    said = face.words
    own = f"/screens/{wall.id}?lang={face.language}"
    return html.Div(
        [
            html.A(said["screen_change"], href=own, className="press"),
            html.Button(
                said["screen_reload"],
                id=ids.reload_wall(wall.id, wall.version),
                className="press",
                n_clicks=0,
            ),
            html.A(said["screen_revoke"], href=f"{own}#revoke", className="press"),
        ],
        className="wall-acts",
        role="group",
        **aria(label=wall.name),
    )


def _shut(walls: Sequence[WallFace], face: ScreensFace) -> Component:
    said = face.words
    rows = [
        html.Li([html.Strong(wall.name), html.Span(wall.room), html.Span(face.scope(wall.scope))])
        for wall in walls
    ]
    return html.Details(
        [html.Summary(f"{said['screens_shut']} {len(walls)}"), html.Ul(rows)],
        className="walls-shut",
    )


def one_screen(face: ScreensFace, wall: WallFace) -> Component:
    """Draw the page of one wall: its settings, and the way to shut it out."""
    body = [
        html.P(id=ids.WALL_REVOKE_TOLD, className="told", role="status"),
        html.Div(_forms(face, wall), id=ids.WALL_FORMS, className="walls"),
    ]
    path, back = f"/screens/{wall.id}", f"/screens?lang={face.language}"
    return _frame(face, path, wall.name, back, body)


def _forms(face: ScreensFace, wall: WallFace) -> list[Component]:
    said = face.words
    seen = {"id": wall.id, "version": wall.version, "name": wall.name, "scenes": wall.scenes}
    settings = html.Section(
        [
            html.H2(said["screen_settings"]),
            dcc.Store(id=ids.WALL_SEEN, data=seen),
            html.Div(wall_form(CHANGE, face, wall), className="people-form"),
            html.P(id=ids.WALL_SAVE_TOLD, className="told", role="status"),
            html.Button(said["screen_save"], id=ids.WALL_SAVE, className="press press-main"),
        ],
        className="card wall-form",
    )
    revoke = html.Section(
        [
            html.H2(said["screen_revoke_title"]),
            html.P(said["screen_revoke_about"].format(name=wall.name), className="fine"),
            dcc.Checklist(
                [{"value": "sure", "label": said["screen_revoke_sure"]}],
                [],
                id=ids.WALL_REVOKE_SURE,
                className="views",
            ),
            html.Button(
                said["screen_revoke_do"].format(name=wall.name),
                id=ids.WALL_REVOKE,
                className="press press-harm",
            ),
        ],
        className="card wall-revoke",
        id="revoke",
    )
    return [settings, revoke]
