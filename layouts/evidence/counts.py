"""The alarms of counts far above their usual and of long lists, with what can be done."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.alarm import signature
from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.telling import moment
from layouts.parts.marks import data
from layouts.parts.ticket_page import DESK

ACTS = {
    "raised": ("acknowledge", "2h", "tomorrow"),
    "acknowledged": ("2h", "tomorrow"),
    "shelved": ("unshelve",),
}
WORDS = {
    "acknowledge": "dossier_acknowledge",
    "unshelve": "dossier_unshelve",
    "2h": "counts_shelve_2h",
    "tomorrow": "counts_shelve_tomorrow",
}


def counts(rows: Sequence[Data], face: EvidenceFace) -> Component:
    """Draw the list; a row is an alarm with what it `says`, its state, and what it is of:

    the `lists` of loose ends, or the `incidents` whose reports are late.
    """
    said = face.words
    if not rows:
        body: list[Component] = [html.P(said["counts_none"])]
    else:
        listed = html.Ul([_row(row, face) for row in rows], className="cluster-rows")
        told = html.P(id=ids.COUNTS_TOLD, className="act-told", role="status")
        signed = html.Div(signature(ids.COUNTS_ACTOR, face), className="act-form")
        body = [listed, signed, told] if face.may_act else [listed]
    title = html.H2([said["counts_title"], html.Small(str(len(rows)))])
    return html.Section([title, html.P(said["counts_about"]), *body], className="listed")


def _row(row: Data, face: EvidenceFace) -> Component:
    said, state = face.words, row["state"]
    when = said["dossier_raised_at"].format(time=moment(row["raised"], face))
    if state == "shelved" and row["shelved_until"]:
        when = said["dossier_until"].format(time=moment(row["shelved_until"], face))
    standing = [
        html.Span(said[f"dossier_severity_{row['severity']}"], className="severity"),
        html.Span(said[f"dossier_alarm_{state}"]),
        html.Span(when, className="fine"),
    ]
    acts = [
        html.Button(
            said[WORDS[name]],
            id=ids.act_on_count(name, row["id"], row["version"]),
            className="act act-main" if name in ("acknowledge", "unshelve") else "act",
            n_clicks=0,
        )
        for name in (ACTS.get(state, ()) if face.may_act else ())
    ]
    leads = [
        html.A(
            said["counts_open_list"],
            href=f"{DESK}?{urlencode({'duty': name, 'lang': face.language})}",
            className="act",
        )
        for name in row["lists"]
    ]
    leads += [
        html.A(
            said["counts_open_incident"],
            href=f"/incidents/{quote(name, safe='')}?lang={face.language}",
            className="act",
        )
        for name in row["incidents"]
    ]
    if row["opens"]:
        asked = urlencode({"alarm": row["id"], "lang": face.language})
        leads.append(html.A(said["dossier_incident"], href=f"/incidents?{asked}", className="act"))
    return html.Li(
        [
            html.Div([*map(html.Strong, row["says"]), *standing], className="row-words"),
            html.Div([*leads, *acts], className="act-row"),
        ],
        **data(alarm=state, severity=row["severity"]),
    )
