"""What went along with a measure, in words: how much, between what and what, and what else was."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import EffectFace, IncidentFace, Piece
from layouts.parts.marks import data

MINUS = "\N{MINUS SIGN}"


def effect(found: EffectFace, face: IncidentFace) -> Component:
    """Draw the effect of one measure."""
    said = face.words
    told: list[Component] = [html.Strong(_told(found, face))]
    if found.ratio is not None or found.low is not None:
        told.append(html.Span(_counted(found, face), className="inc-fine"))
    if found.others:
        names = "、" if face.language == "zh" else ", "
        beside = said["incident_effect_others"].format(names=names.join(found.others))
        told.append(html.Span(beside, className="inc-fine"))
    return html.Div(told, className="inc-effect", **data(verdict=found.verdict))


def _told(found: EffectFace, face: IncidentFace) -> str:
    if found.verdict in ("early", "unheard", "none"):
        return face.words[f"incident_effect_{found.verdict}"].format(n=found.after[1])
    return interval(found.verdict, (found.ratio, found.low, found.high), face.words)


def interval(
    verdict: str, ratios: tuple[float | None, float | None, float | None], said: Mapping[str, str]
) -> str:
    """Say by how much complaints rose or fell; `ratios`: what was found, its interval's ends."""
    ratio, low, high = ratios
    return said[f"incident_effect_{verdict}"].format(
        change=said["incident_effect_open"] if ratio is None else change(ratio),
        low=change(low or 0.0),
        high=said["incident_effect_open"] if high is None else change(high),
    )


def _counted(found: EffectFace, face: IncidentFace) -> str:
    said = face.words
    told = said["incident_effect_counted"].format(
        before=found.before[0], before_d=found.before[1], after=found.after[0],
        after_d=found.after[1],
    )  # fmt: skip
    way = "incident_effect_by_usual" if found.by_usual else "incident_effect_by_days"
    return f"{told} · {said[way]}"


def change(ratio: float) -> str:
    """Say how much more or less a ratio is."""
    percent = round((ratio - 1) * 100)
    sign = MINUS if percent < 0 else "+" if percent > 0 else "±"
    return f"{sign}{abs(percent):,} %"


def effects(measures: Sequence[Piece], face: IncidentFace) -> list[Component]:
    """Draw the effects of all measures one below the other, for the review."""
    rows = [
        html.Div([html.Dt(str(one.body["title"])), html.Dd(effect(one.effect, face))])
        for one in measures
        if one.effect is not None
    ]
    if not rows:
        return []
    return [html.H2(face.words["incident_effects"]), html.Dl(rows, className="inc-effects")]
