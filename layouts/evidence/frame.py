"""What every page about clusters stands in: the way here and back, and how fresh it is."""

import json
from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.face import EvidenceFace
from layouts.evidence.telling import moment, zone_name
from layouts.parts.header import language_switch
from layouts.parts.marks import aria, data
from layouts.parts.snapshot import snapshot
from layouts.ticket_face import Reader

SCRIPT_WORDS = (
    *(
        "dossier_as_of",
        "dossier_cut",
        "dossier_database_away",
        "dossier_watching",
        "dossier_course_window",
    ),
    *("dossier_course_sum", "dossier_course_inside", "dossier_course_usual"),
    *("seconds", "minutes", "hours", "days"),
)


def frame(
    body: Sequence[Component | None],
    face: EvidenceFace,
    *,
    path: str,
    here: str,
    watch: str = "",
    version: str = "",
    by_reload: bool = False,
    print_id: str = "",
) -> Component:
    """Draw a page around its body.

    `watch` is the address that tells the version of what is shown, asked every few seconds;
    where it differs the page is renewed by its refresh button, or `by_reload`.
    """
    said = face.words
    facts = {
        "zone": face.zone.key,
        "language": face.language,
        "zone_name": zone_name(face),
        "words": {name: said[name] for name in SCRIPT_WORDS},
    }
    watermark = said["dossier_watermark"].format(
        city=face.city.told(face.language), time=moment(face.now.isoformat(), face), id=print_id
    )
    return html.Main(
        [
            html.Script(json.dumps(facts), id=ids.PAGE_FACTS, type="application/json"),
            _bar(face, path, here),
            _freshness(face),
            *body,
            html.Footer(
                html.P(said["dossier_privacy"].format(n=face.least_callers)),
                className="dossier-foot",
            ),
            html.P(watermark, className="watermark", **aria(hidden="true")),
        ],
        className="dossier",
        lang="zh-CN" if face.language == "zh" else "en",
        **data(
            watch=watch, version=version, reload="1" if by_reload else "", news="", state="fresh"
        ),
    )


def _bar(face: EvidenceFace, path: str, here: str) -> Component:
    said = face.words
    query = f"?lang={face.language}"
    steps = [html.Li(html.A(said["dossier_wall"], href=f"/wall{query}", **data(way_back="")))]
    if here:
        steps.append(html.Li(html.A(said["dossier_list"], href=f"/clusters{query}")))
    steps.append(html.Li(here or said["dossier_list"], **aria(current="page")))
    return html.Header(
        [
            html.Nav(html.Ol(steps), className="way", **aria(label=said["dossier_way"])),
            html.Span(said["demo"], className="demo") if face.demo else None,
            _picture(face),
            html.Button(said["dossier_print"], className="print", **data(print="")),
            language_switch(face.language, path=path),
        ],
        className="bar",
    )


def _picture(face: EvidenceFace) -> Component:
    """Draw the button for a picture, which says who takes it."""
    name = face.actor if face.verified else face.words["mark_nobody"].format(actor=face.actor)
    reader = Reader(face.language, face.zone, face.now, name)
    return snapshot(name, face.zone.key, reader.offset, face.language, "print")


def _freshness(face: EvidenceFace) -> Component:
    said = face.words
    as_of = said["dossier_as_of"].format(
        time=moment(face.now.isoformat(), face, seconds=True), zone=zone_name(face)
    )
    return html.Div(
        [
            html.P(
                [
                    html.Span(className="shape", **aria(hidden="true")),
                    html.Span(as_of, className="fresh-as-of"),
                    html.Span(className="fresh-words"),
                ],
                className="fresh",
                role="status",
            ),
            html.Button(said["dossier_news"], id=ids.REFRESH, className="news", n_clicks=0),
        ],
        className="freshline",
    )
