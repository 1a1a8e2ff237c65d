"""The walls: how they are drawn, and what an administrator does with them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from flask import has_request_context, request

from callbacks.asking import asked_language, page_asked
from callbacks.desk import Desk, Walls
from callbacks.names import department_names, district_names
from layouts import ids
from layouts import screens as page
from layouts.parts.wall_form import CHANGE, PAIR, STOPS, stops_of, wall_form
from layouts.screens_face import ScreensFace, WallFace, WallsFace
from layouts.wording import Language, words
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.screens import ScreenState, contact_state
from operations.pulse.windows import from_us

Told = dict[str, Any]
Fields = Mapping[str, Any]
SEARCH = State(ids.ADDRESS, "search")
LEAST_S, MOST_S = 3, 3600
A_PAGE = 24  # drawn anew every few seconds


def draw(sources: Any, desk: Desk, wall: str, search: str, language: Language) -> Component | None:
    """Draw the list of walls, or one of them by its id; None where there is no such wall."""
    face = face_of(sources, desk, language)
    if desk.people is None or desk.walls is None:
        return page.without_accounts(face)
    walls = walls_of(sources, desk)
    if not wall:
        return page.screens(face, a_page_of(walls, search))
    found = next((one for one in walls or () if one.id == wall and one.paired), None)
    return None if found is None else page.one_screen(face, found)


def face_of(sources: Any, desk: Desk, language: Language) -> ScreensFace:
    """Gather what the pages of the walls must be told."""
    host = request.host_url.rstrip("/") if has_request_context() else ""
    return ScreensFace(language, f"{host}/pair", scopes_of(sources, language), desk.software)


def scopes_of(sources: Any, language: Language) -> dict[str, str]:
    """Name every scope a wall can be of: the city, its districts, its departments."""
    said, reference = words(language), sources.reference
    kinds = {"district": district_names(reference), "department": department_names(reference)}
    return {"city": said["screen_scope_city"]} | {
        f"{kind}-{name.code}": said[f"screen_group_{kind}"].format(name=name.told(language))
        for kind, names in kinds.items()
        for name in names
    }


def walls_of(sources: Any, desk: Desk) -> list[WallFace] | None:
    """Read the walls; None while they cannot be read."""
    assert desk.walls is not None
    try:
        found = desk.walls.all()
    except Unreachable:
        return None
    now = from_us(desk.now_us())
    return [_wall(one, sources.reference.zone, now) for one in found]


def a_page_of(walls: list[WallFace] | None, search: str) -> WallsFace | None:
    """Cut the walls that are let in to the page the address asks for."""
    if walls is None:
        return None
    there = [wall for wall in walls if wall.paired]
    number, pages = page_asked(search or "", len(there), A_PAGE)
    shown = there[(number - 1) * A_PAGE : number * A_PAGE]
    shut = [wall for wall in walls if not wall.paired]
    return WallsFace(shown, len(there), number, pages, shut)


def _wall(one: Told, zone: Any, now: datetime) -> WallFace:
    age_s = max((now - datetime.fromisoformat(one["seen_at"])).total_seconds(), 0.0)
    paired_at = datetime.fromisoformat(one["paired_at"]).astimezone(zone)
    return WallFace(
        **{name: one[name] for name in ("id", "version", "name", "paired_by", "software")},
        **one["show"],
        paired=one["state"] == ScreenState.PAIRED,
        paired_at=paired_at.strftime("%Y-%m-%d %H:%M"),
        age_s=age_s,
        contact=contact_state(age_s),
    )


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what is done on the list of walls and on the page of one."""
    _register_list(app, sources, desk)
    _register_one(app, sources, desk)


def _register_list(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.WALL_LIST, "children"),
        Input(ids.WALLS_TICK, "n_intervals"),
        Input(ids.WALL_PAIR_TOLD, "children"),
        Input(ids.WALL_LIST_TOLD, "children"),
        SEARCH,
        prevent_initial_call=True,
    )
    def refresh(_ticks: int, _paired: str, _told: str, search: str) -> Any:
        face = face_of(sources, desk, _language(sources, search))
        return page.listed(face, a_page_of(walls_of(sources, desk), search))

    @app.callback(
        Output(ids.WALL_PAIR_TOLD, "children"),
        Output(ids.WALL_PAIR_FORM, "children"),
        Input(ids.WALL_PAIR, "n_clicks"),
        State(ids.wall_field(PAIR, ALL), "value"),
        SEARCH,
        prevent_initial_call=True,
    )
    def pair(_pressed: int, _fields: list[Any], search: str) -> Any:
        return let_in(sources, desk, _fields_of(ctx.states_list[0]), _language(sources, search))

    @app.callback(
        Output(ids.WALL_LIST_TOLD, "children"),
        Input(ids.reload_wall(ALL, ALL), "n_clicks"),
        SEARCH,
        prevent_initial_call=True,
    )
    def reload(presses: list[int], search: str) -> Any:
        if not any(presses):
            return no_update
        pressed = ctx.triggered_id
        seen = {"id": pressed["reload_wall"], "version": pressed["version"]}
        return reloaded(desk, seen, _language(sources, search))


def _register_one(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        Output(ids.WALL_SAVE_TOLD, "children"),
        Output(ids.WALL_SEEN, "data"),
        Input(ids.WALL_SAVE, "n_clicks"),
        State(ids.wall_field(CHANGE, ALL), "value"),
        State(ids.WALL_SEEN, "data"),
        SEARCH,
        prevent_initial_call=True,
    )
    def save(_pressed: int, _fields: list[Any], seen: Told, search: str) -> Any:
        fields = _fields_of(ctx.states_list[0])
        return saved(sources, desk, fields, seen, _language(sources, search))

    @app.callback(
        Output(ids.WALL_REVOKE_TOLD, "children"),
        Output(ids.WALL_FORMS, "children"),
        Input(ids.WALL_REVOKE, "n_clicks"),
        State(ids.WALL_REVOKE_SURE, "value"),
        State(ids.WALL_SEEN, "data"),
        SEARCH,
        prevent_initial_call=True,
    )
    def revoke(_pressed: int, sure: list[str], seen: Told, search: str) -> Any:
        return revoked(desk, bool(sure), seen, _language(sources, search))


def let_in(sources: Any, desk: Desk, fields: Fields, language: Language) -> Any:
    """Let the wall in that shows a code; give what to say, and a form for the next one."""
    said = words(language)

    def work() -> Told:
        told = told_by(fields, scopes_of(sources, language))
        return _walls(desk).let_in(told, _actor(desk))

    after, refused = _tried(work, language)
    if after is None:
        return refused, no_update
    form = wall_form(PAIR, face_of(sources, desk, language))
    return said["screens_paired"].format(name=after["name"]), form


def reloaded(desk: Desk, seen: Told, language: Language) -> str:
    """Tell a wall to load itself anew, and say so."""
    after, refused = _acted(desk, "reload", seen, {}, language)
    return refused if after is None else words(language)["screen_reloaded"].format(**after)


def saved(sources: Any, desk: Desk, fields: Fields, seen: Told, language: Language) -> Any:
    """Change a wall's name and settings; give what to say and the wall as it is seen now."""

    def work() -> Told:
        known = scopes_of(sources, language)
        told = told_by(fields, known, before=seen["scenes"])
        told["version"] = seen["version"]
        return _walls(desk).act("rename", seen["id"], told, _actor(desk))

    after, refused = _tried(work, language)
    if after is None:
        return refused, no_update
    now = {name: after[name] for name in ("id", "version", "name")}
    return words(language)["screen_saved"], now | {"scenes": after["show"]["scenes"]}


def revoked(desk: Desk, sure: bool, seen: Told, language: Language) -> Any:
    """Shut a wall out where somebody is sure; give what to say, and what is left of its page."""
    said = words(language)
    if not sure:
        return said["screen_revoke_tick"], no_update
    after, refused = _acted(desk, "revoke", seen, {}, language)
    if after is None:
        return refused, no_update
    return said["screen_revoked"].format(**after), []


def _acted(desk: Desk, act: str, seen: Told, told: Told, language: Language) -> Any:
    told = told | {"version": seen["version"]}
    return _tried(lambda: _walls(desk).act(act, seen["id"], told, _actor(desk)), language)


def _tried(work: Callable[[], Told], language: Language) -> tuple[Told | None, str]:
    """Do something with a wall; give the wall, or why it was not done."""
    try:
        return work(), ""
    except OperationsError as error:
        return None, refusal(error, language)


def refusal(error: OperationsError, language: Language) -> str:
    """Say why something was not done, by the field that is wrong."""
    said = words(language)
    if isinstance(error, BadInput):
        return said.get(f"screen_bad_{error.field}", str(error))
    if isinstance(error, Conflict):
        return said["screen_changed_meanwhile"]
    return said["screens_away"] if isinstance(error, Unreachable) else str(error)


def told_by(fields: Fields, scopes: Mapping[str, str], *, before: str = "") -> Told:
    """Read a form as the interface takes it; raises BadInput naming the field.

    `before` is the program of scenes the form was filled from: where it says the same, in
    whatever order, it stays as it is.
    """
    if fields.get("scope") not in scopes:
        raise BadInput("scope", "choose from the list")
    picked = [name for name in STOPS if fields.get(f"pick-{name}")]
    stops = {name: _seconds(fields.get(f"seconds-{name}")) for name in picked}
    scenes = ",".join(f"{name}:{seconds}" for name, seconds in stops.items())
    pitch = fields.get("pitch_mm")
    return {
        **{name: str(fields.get(name) or "") for name in ("code", "name", "room")},
        "scope": fields["scope"],
        "scenes": before if stops_of(before) == stops else scenes,
        "distance_m": _number("distance_m", fields.get("distance_m")),
        "pitch_mm": _number("pitch_mm", pitch) if pitch else None,
    }


def _number(name: str, typed: Any) -> float:
    try:
        return float(str(typed or "").strip().replace(",", "."))
    except ValueError as error:
        raise BadInput(name, "give a number") from error


def _seconds(typed: Any) -> int:
    text = str(typed or "").strip()
    if not text.isascii() or not text.isdigit() or not LEAST_S <= int(text) <= MOST_S:
        raise BadInput("scenes", f"whole seconds from {LEAST_S} to {MOST_S}")
    return int(text)


def _fields_of(states: list[Told]) -> dict[str, Any]:
    return {one["id"]["wall_field"]: one.get("value") for one in states}


def _walls(desk: Desk) -> Walls:
    assert desk.walls is not None
    return desk.walls


def _actor(desk: Desk) -> str:
    login: str = desk.who().person.login
    return login


def _language(sources: Any, search: str) -> Language:
    return asked_language(search or "", sources.settings.language)
