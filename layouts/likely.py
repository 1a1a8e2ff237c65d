"""Pairs of tickets that are likely one matter: merged, or said to be no duplicates, one by one."""

import json

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.likely_face import LikelyFace, PairFace
from layouts.parts.duplicates import LONGEST_REASON, MOST_SURE, head, reasons
from layouts.parts.marks import aria, data
from layouts.parts.paging import ways
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.ticket_face import Row

LIKELY = f"{DESK}/duplicates"
"""Where the list is."""
SCRIPT_WORDS = ("duplicates_conflict", "likely_away", "likely_not_yours", "desk_bad_session",
                "desk_bad_often", "desk_undo")  # fmt: skip
KEYS = {"↑ ↓": "move", "M": "merge", "X": "distinct", "U": "undo", "Enter": "open"}


def likely(face: LikelyFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    body = [
        html.P(said["likely_about"], className="fine"),
        html.P(face.told, className="told", role="alert"),
        _reason(face) if any(one.may_decide for one in face.pairs) else None,
        html.Ul([_pair(one, face) for one in face.pairs], className="pairs-list")
        if face.pairs
        else _none(face),
        ways(said, LIKELY, {"lang": language}, after=face.after, first=face.first),
    ]
    facts = {"language": language, "words": {key: said[key] for key in SCRIPT_WORDS}}
    inside = html.Div(body, className="pairs", **data(pairs=json.dumps(facts)))
    return ticket_page(face.reader, said["likely_link"], back, LIKELY, [inside])


def _reason(face: LikelyFace) -> Component:
    said = face.reader.words
    keys = [html.Span([html.Kbd(key), said[f"likely_key_{does}"]]) for key, does in KEYS.items()]
    reason = dcc.Input(
        id=ids.LIKELY_REASON, type="text", maxLength=LONGEST_REASON, autoComplete="off",
        placeholder=said["likely_reason_hint"],
    )  # fmt: skip
    return html.Div(
        [field(said["duplicates_reason"], reason), html.P(keys, className="pairs-keys")],
        className="card pairs-hands",
    )


def _none(face: LikelyFace) -> Component | None:
    if face.told:
        return None
    said = face.reader.words
    about = said["owed_further" if face.after else "likely_none_about"]
    return html.Section([html.H2(said["likely_none"]), html.P(about)], className="card")


def _pair(one: PairFace, face: LikelyFace) -> Component:
    said = face.reader.words
    score = said["duplicates_score"].format(n=min(round(one.like.score * 100), MOST_SURE))
    why = [html.Li(reason, className="twin-why") for reason in reasons(one.like, one.face)]
    older, younger = one.face.row, one.like.row
    return html.Li(
        [
            html.Ul([html.Li(html.Strong(score)), *why], className="twin-reasons"),
            html.Div(
                [
                    _side(older, one.face.channel, one.face.text, one.face.address, face),
                    _side(younger, one.like.channel, one.like.text, one.like.address, face),
                ],
                className="twin-columns",
            ),
            html.Div(_buttons(one, face), className="search-ways") if one.may_decide else None,
            html.P(className="pairs-told", role="status"),
        ],
        className="card pairs-one", tabIndex=-1,
        **data(
            older=one.older, younger=one.younger, pair=str(one.like.pair),
            older_version=str(one.face.version), younger_version=str(one.like.version),
        ),
        **aria(label=f"{older.external_id} ↔ {younger.external_id}"),
    )  # fmt: skip


def _side(row: Row, channel: str, words: str, where: str, face: LikelyFace) -> Component:
    return html.Section(
        [
            head(row, channel, face.reader),
            html.P(words, className="pairs-words"),
            html.P(
                " · ".join(filter(None, (face.reader.moment(row.created_at), where,
                                         row.department))),
                className="fine",
            ),
        ]
    )  # fmt: skip


def _buttons(one: PairFace, face: LikelyFace) -> list[Component]:
    said = face.reader.words

    def press(act: str, name: str, main: bool = False) -> Component:
        look = f"press{' press-main' if main else ''}"
        return html.Button(name, type="button", className=look, **data(pair_act=act))

    into = said["likely_into"]
    older, younger = one.face.row.external_id, one.like.row.external_id
    acts = []
    if one.like.comes:
        acts.append(press("younger", into.format(number=older), main=True))
    if one.older_comes:
        acts.append(press("older", into.format(number=younger), main=not one.like.comes))
    return [*acts, press("distinct", said["duplicates_distinct"])]
