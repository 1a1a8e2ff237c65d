"""The alarm of a cluster: how it stands, and what a person can do with it."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.telling import moment
from layouts.parts.marks import aria, data

SHELVES = ("30m", "2h", "tomorrow")


def standing(alarm: Data | None, face: EvidenceFace) -> Component:
    """Say how the alarm stands; the form beside it shows what fits `data-alarm`."""
    said = face.words
    seen = {"id": alarm["id"], "version": alarm["version"]} if alarm else None
    state = alarm["state"] if alarm else "none"
    if alarm is None:
        words: list[Component | str] = [said["dossier_alarm_none"]]
    else:
        words = [
            html.Span(className="alarm-shape", **aria(hidden="true")),
            html.Strong(said[f"dossier_alarm_{state}"]),
            html.Span(said[f"dossier_severity_{alarm['severity']}"], className="severity"),
            html.Span(_since(alarm, face)),
        ]
        if alarm["others"]:
            words.append(html.Span(said["dossier_others"].format(n=alarm["others"])))
    return html.Div(
        [html.P(words, className="alarm-state"), dcc.Store(id=ids.ALARM_SEEN, data=seen)],
        **data(alarm=state, severity=alarm["severity"] if alarm else ""),
    )


def _since(alarm: Data, face: EvidenceFace) -> str:
    said, state = face.words, alarm["state"]
    if state == "shelved" and alarm["shelved_until"]:
        until = said["dossier_until"].format(time=moment(alarm["shelved_until"], face))
        return " · ".join(filter(None, [until, alarm["actor"] or ""]))
    if state == "acknowledged" and alarm["acknowledged"]:
        when = moment(alarm["acknowledged"], face)
        return said["dossier_by"].format(actor=alarm["actor"] or "", time=when)
    if state == "cleared" and alarm["cleared"]:
        return moment(alarm["cleared"], face)
    return said["dossier_raised_at"].format(time=moment(alarm["raised"], face))


def form(face: EvidenceFace) -> Component:
    """Draw what can be done. It is never drawn again, so that nothing typed is lost."""
    acted = dcc.Store(id=ids.ACTED)
    if not face.may_act:
        return html.Div([html.P(face.words["act_may_not"], className="fine"), acted])
    return html.Div([*_acts(face), acted], className="act-form")


def _acts(face: EvidenceFace) -> list[Component]:
    said = face.words
    return [
        html.Div(
            [
                _button("acknowledge", said["dossier_acknowledge"], "act act-main"),
                _button("unshelve", said["dossier_unshelve"], "act act-main"),
            ],
            className="act-row",
        ),
        html.Fieldset(
            [
                html.Legend(said["dossier_shelve"]),
                *(_button(name, said[f"dossier_shelve_{name}"], "act") for name in SHELVES),
                _field(
                    said["dossier_hours_field"],
                    dcc.Input(
                        id=ids.SHELVE_HOURS,
                        type="text",
                        inputMode="numeric",
                        maxLength=6,
                        className="act-hours",
                    ),
                ),
                _button("other", said["dossier_shelve_other"], "act"),
            ],
            className="act-row act-shelve",
        ),
        _field(
            said["dossier_why"],
            dcc.Input(id=ids.ACT_NOTE, type="text", maxLength=300),
            wide=True,
        ),
        *signature(ids.ACT_ACTOR, face),
        html.P(id=ids.ACT_TOLD, className="act-told", role="status"),
    ]


def signature(name: str, face: EvidenceFace) -> list[Component]:
    """Draw who signs an act: the account, or a name that is typed."""
    said = face.words
    typed = dcc.Input(
        id=name, type="text", value=face.actor, maxLength=60, persistence=not face.verified,
        readOnly=face.verified, autoComplete="off",
    )  # fmt: skip
    told = said["act_as" if face.verified else "dossier_unverified_about"]
    return [_field(said["dossier_who"], typed), html.P(told, className="fine")]


def _button(name: str, word: str, look: str) -> Component:
    return html.Button(word, id=ids.act(name), className=f"{look} act-{name}", n_clicks=0)


def _field(name: str, field: Component, *, wide: bool = False) -> Component:
    look = "act-field act-wide" if wide else "act-field"
    return html.Label([html.Span(name), field], className=look)
