"""The list of clusters, and the alarms of counts far above their usual that stand below it."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from callbacks.asking import asked, asked_language
from callbacks.attending import whose
from callbacks.cluster import acted, refusal
from callbacks.desk import Desk, face
from callbacks.notices import tell
from layouts import clusters as page
from layouts import ids
from layouts.evidence.face import Data
from layouts.wording import Language
from operations.errors import OperationsError
from operations.people.permissions import Act, Field, Subject
from operations.pulse.alarm import Alarm, Cause
from operations.pulse.alarm_words import says
from operations.pulse.windows import iso, to_us


def draw(sources: Any, desk: Desk, search: str, language: Language) -> Component:
    """Draw the list, narrowed as the address says."""
    found = desk.dossiers.listed(to_us(desk.now()))
    chosen = page.Chosen(asked(search, "category"), asked(search, "district"))
    told = face(sources, desk, language)
    if found is None:
        return page.clusters(None, chosen, told, version="away")
    counted = [_told(one, sources, desk, language) for one in found.counts]
    return page.clusters(found.rows, chosen, told, version=found.version, counted=counted)


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what acts on the alarms of the list; the page loads anew when one has changed."""

    @app.callback(
        Output(ids.COUNTS_TOLD, "children"),
        Input(ids.act_on_count(ALL, ALL, ALL), "n_clicks"),
        State(ids.COUNTS_ACTOR, "value"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
        on_error=lambda error: refused(sources, desk, error),
    )
    def act_on_count(presses: list[int], actor: str | None, search: str) -> Any:
        return did(sources, desk, ctx.triggered_id, actor, search) if any(presses) else no_update


def did(sources: Any, desk: Desk, pressed: Data, actor: str | None, search: str) -> str:
    """Do what a button of the list says, and say what was done. Raises what the action does."""
    seen = {"id": pressed["alarm"], "version": pressed["version"]}
    name = pressed["on_count"]
    return acted(sources, desk, name, seen, search, actor=actor, note=None, hours=None)


def refused(sources: Any, desk: Desk, error: Exception) -> Any:
    """Say below the list why an action was not done."""
    search = ctx.states.get(f"{ids.ADDRESS}.search") or ""
    language = asked_language(search, sources.settings.language)
    if not isinstance(error, OperationsError):
        tell(error)
        return no_update
    return refusal(error, face(sources, desk, language))


def _told(alarm: Alarm, sources: Any, desk: Desk, language: Language) -> Data:
    today = desk.now().astimezone(sources.reference.zone).date()
    place = 1 if language == "en" else 0
    return {
        "id": alarm.id,
        "version": alarm.version,
        "state": alarm.state.value,
        "severity": alarm.severity.value,
        "category": alarm.category,
        "district": alarm.district,
        "raised": iso(alarm.raised_us),
        "shelved_until": None if alarm.shelved_until_us is None else iso(alarm.shelved_until_us),
        "says": [
            says(reason, sources.names, today=today)[place]
            for reason in alarm.reasons
            if reason.cause is not Cause.CLUSTER
        ],
        "incidents": _incidents(alarm, sources, desk),
        "opens": _opens(alarm, desk),
        "lists": [one.subject for one in alarm.reasons if one.cause is Cause.LOOSE_END],
    }


def _opens(alarm: Alarm, desk: Desk) -> bool:
    """Tell whether who asks may make an incident of an alarm; of a late report there is one."""
    is_report = any(one.cause is Cause.REPORT for one in alarm.reasons)
    at = Subject(Field.AGGREGATE, district=alarm.district)
    return not is_report and desk.allows(Act.COMMAND, at)


def _incidents(alarm: Alarm, sources: Any, desk: Desk) -> list[str]:
    """Give the incidents whose report is late, where who asks may look at them."""
    numbers = [one.subject for one in alarm.reasons if one.cause is Cause.REPORT]
    found = [desk.beside(sources.incident_book.numbered, one) for one in numbers]
    return [
        head.id
        for head in found
        if head is not None and desk.allows(Act.ATTEND, whose(sources, desk, head))
    ]
