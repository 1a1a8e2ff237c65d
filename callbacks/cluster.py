"""The evidence on one cluster: drawn, renewed, and its alarm acted on."""

from dataclasses import replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.asking import asked_language, parts_of
from callbacks.attending import whose
from callbacks.desk import Desk, face, look
from callbacks.notices import tell
from callbacks.shelving import until
from layouts import cluster as page
from layouts import ids
from layouts.evidence.alarm import standing
from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.telling import moment
from layouts.wording import Language
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.pulse.alarm import Alarm
from operations.pulse.alarm_actions import acknowledge_alarm, shelve_alarm, unshelve_alarm
from operations.pulse.windows import iso

NEWS = (Input(ids.REFRESH, "n_clicks"), Input(ids.ACTED, "data"))
ADDRESS = (State(ids.ADDRESS, "pathname"), State(ids.ADDRESS, "search"))
REFUSALS = {
    "until": "dossier_bad_until",
    "actor": "dossier_bad_actor",
    "note": "dossier_bad_note",
}


def draw(sources: Any, desk: Desk, identity: str, language: Language) -> Component:
    """Draw a cluster's page."""
    seen = look(desk, identity)
    drawn = _face(sources, desk, language, seen.evidence)
    if seen.state == "found":
        drawn = replace(drawn, **_incident_of(sources, desk, identity, seen.evidence))
    return page.cluster(identity, seen, drawn)


def _incident_of(sources: Any, desk: Desk, identity: str, evidence: Data) -> dict[str, Any]:
    """Tell which incident is open for a cluster, and whether who looks may open one."""
    subject = Subject(Field.AGGREGATE, district=evidence.get("district"))
    try:
        found = desk.beside(sources.incident_book.of_cluster, identity)
    except Unreachable:  # the finding is worth more than the way on from it
        return {}
    may_see = found is not None and desk.allows(Act.ATTEND, whose(sources, desk, found))
    return {
        "may_open": found is None and desk.allows(Act.COMMAND, subject),
        "incident": (found.id, found.number) if found is not None and may_see else None,
    }


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what renews the page and what acts on its alarm."""
    _register_renewing(app, sources, desk)
    _register_acting(app, sources, desk)


def _register_renewing(app: Dash, sources: Any, desk: Desk) -> None:

    @app.callback(
        Output(ids.SUMMARY, "children"),
        Output(ids.ALARM, "children"),
        *NEWS,
        *ADDRESS,
        prevent_initial_call=True,
    )
    def renew_head(_pressed: Any, _acted: Any, pathname: str, search: str) -> Any:
        return renewed_head(sources, desk, pathname, search)

    @app.callback(
        Output(ids.LAYERS, "children"),
        Output(ids.PROOF, "children"),
        Output(ids.PAST, "children"),
        *NEWS,
        *ADDRESS,
        State(ids.KIND, "data"),
        prevent_initial_call=True,
    )
    def renew_proof(_pressed: Any, _acted: Any, pathname: str, search: str, kind: str) -> Any:
        return renewed_proof(sources, desk, pathname, search, kind)


def _register_acting(app: Dash, sources: Any, desk: Desk) -> None:
    @app.callback(
        output=(
            Output(ids.ACT_TOLD, "children"),
            Output(ids.ACTED, "data"),
            Output(ids.ACT_NOTE, "value"),
        ),
        inputs={"presses": Input(ids.act(ALL), "n_clicks")},
        state={
            "seen": State(ids.ALARM_SEEN, "data"),
            "search": State(ids.ADDRESS, "search"),
            "typed": {
                "actor": State(ids.ACT_ACTOR, "value"),
                "note": State(ids.ACT_NOTE, "value"),
                "hours": State(ids.SHELVE_HOURS, "value"),
            },
        },
        prevent_initial_call=True,
        on_error=lambda error: refused(sources, desk, error),
    )
    def act_on_alarm(presses: list[int], seen: Data | None, search: str, typed: Data) -> Any:
        if not any(presses):
            return no_update, no_update, no_update
        words = acted(sources, desk, ctx.triggered_id["act"], seen, search, **typed)
        return words, sum(presses), ""


def renewed_head(sources: Any, desk: Desk, pathname: str, search: str) -> Any:
    """Give the head and the alarm as they are now; what is shown stays while nothing is read."""
    seen, told = _again(sources, desk, pathname, search)
    if seen.state != "found":
        return no_update, no_update
    return page.summary(seen, told), standing(seen.alarm, told)


def renewed_proof(sources: Any, desk: Desk, pathname: str, search: str, kind: str) -> Any:
    """Give the layers of the map, what lies below it and beside it, as they are now."""
    seen, told = _again(sources, desk, pathname, search)
    if seen.state != "found":
        return no_update, no_update, no_update
    if kind != "full":  # there is no map to draw on: the page loads anew for that
        return no_update, no_update, page.past(seen, told)
    return page.drawn_layers(seen, told), page.proof(seen, told), page.past(seen, told)


def acted(
    sources: Any,
    desk: Desk,
    name: str,
    seen: Data | None,
    search: str,
    *,
    actor: str | None,
    note: str | None,
    hours: str | None,
) -> str:
    """Do to the alarm what a button says, and say what was done. Raises what the action does."""
    if not seen:
        raise BadInput("alarm_id", "this cluster has no alarm")
    now = desk.now()
    signed: dict[str, Any] = {
        "alarm_id": seen["id"], "expected_version": seen["version"],
        **desk.signed_by(actor), "now": now,
    }  # fmt: skip
    told = _face(sources, desk, asked_language(search, sources.settings.language), {})
    if name == "acknowledge":
        acknowledge_alarm(desk.book, desk.stream, **signed)
        return told.words["dossier_done_acknowledged"]
    if name == "unshelve":
        unshelve_alarm(desk.book, desk.stream, **signed)
        return told.words["dossier_done_returned"]
    end = until(name, hours, now, sources.reference.zone)
    shelve_alarm(desk.book, desk.stream, until=end, note=note or "", **signed)
    return told.words["dossier_done_shelved"].format(time=moment(end.isoformat(), told))


def refused(sources: Any, desk: Desk, error: Exception) -> Any:
    """Say beside the buttons why an action was not done; what was typed stays.

    The page is renewed all the same: it may be that somebody else came first.
    """
    search = ctx.states.get(f"{ids.ADDRESS}.search") or ""
    language = asked_language(search, sources.settings.language)
    if not isinstance(error, OperationsError):
        tell(error)
        return no_update, no_update, no_update
    words = refusal(error, _face(sources, desk, language, {}))
    return words, f"refused {desk.now().isoformat()}", no_update


def refusal(error: OperationsError, told: EvidenceFace) -> str:
    """Say an action's error in the person's language, with what changed and who did it."""
    said = told.words
    if isinstance(error, Conflict) and isinstance(error.held, Alarm):
        held = error.held
        who = ""
        if held.actor:
            when = moment(iso(held.changed_us), told)
            who = said["dossier_conflict_who"].format(actor=held.actor, time=when)
        state = said[f"dossier_alarm_{held.state.value}"]
        return said["dossier_conflict"].format(state=state, who=who)
    if isinstance(error, Unreachable):
        return said["dossier_not_reached"]
    if isinstance(error, BadInput):
        return said[REFUSALS.get(error.field, "dossier_bad_state")]
    return said["went_wrong"]


def _again(sources: Any, desk: Desk, pathname: str, search: str) -> Any:
    language = asked_language(search or "", sources.settings.language)
    seen = look(desk, parts_of(pathname)[-1])
    return seen, _face(sources, desk, language, seen.evidence)


def _face(sources: Any, desk: Desk, language: Language, evidence: Data) -> EvidenceFace:
    around = None
    if "latitude" in evidence:
        around = (evidence["latitude"], evidence["longitude"])
    return face(sources, desk, language, around=around, district=evidence.get("district"))
