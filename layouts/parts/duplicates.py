"""Duplicates on a ticket's page: what is merged, what may be, and the way there and back."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.duplicates_face import DuplicatesFace, Like, Under
from layouts.parts.marks import data
from layouts.parts.people import field
from layouts.parts.ticket_page import address, marks
from layouts.ticket_face import Reader, Row

LONGEST_REASON = 300
TOLD_IN_HOURS_H = 48
MOST_SURE = 99
"""What is only likely is never told as certain."""


def duplicates(face: DuplicatesFace) -> Component:
    """Draw how the ticket stands; the form beside it keeps what is typed."""
    said = face.reader.words
    return html.Div(
        [
            html.P(said["duplicates_hidden"], className="fine") if face.hidden else None,
            _own(face),
            _under(face),
            html.Ul([_like(one, face) for one in face.likes], className="twin-rows")
            if face.likes
            else None,
            _distinct(face),
            html.P(said["duplicates_none"], className="fine")
            if not (face.likes or face.own or face.hidden or face.under)
            else None,
        ],
        className="twin-face",
    )


def signing(face: DuplicatesFace) -> Component:
    """Draw who merges and why; it is never drawn again."""
    said = face.reader.words
    told = html.P(id=ids.DUPLICATES_TOLD, className="told", role="status")
    if not face.may_decide:
        return html.Div([html.P(said["duplicates_may_not"], className="fine"), told])
    return html.Div(
        [
            field(
                said["duplicates_reason"],
                dcc.Input(id=ids.DUPLICATES_REASON, type="text", maxLength=LONGEST_REASON,
                          value=said["duplicates_usual"], autoComplete="off"),
            ),
            field(
                said["duplicates_actor"],
                dcc.Input(id=ids.DUPLICATES_ACTOR, type="text", value=face.actor, maxLength=60,
                          readOnly=face.verified, autoComplete="off"),
            ),
            told,
        ],
        className="twin-form",
    )  # fmt: skip


def _own(face: DuplicatesFace) -> Component | None:
    if face.own is None:
        return None
    said = face.reader.words
    hint = html.P(said["duplicates_main_ended"], className="told") if face.main_ended else None
    return html.Div(
        [
            html.H3(said["duplicates_own"]),
            html.Ul([_merged(face.own, face, face.row, face.own.version)], className="twin-rows"),
            hint,
        ]
    )


def _under(face: DuplicatesFace) -> Component | None:
    if not face.under:
        return None
    said = face.reader.words
    still = [one for one in face.under if one.row.status not in ("closed", "archived", "withdrawn")]
    hint = said["duplicates_others_open"].format(n=len(still)) if still and face.main_ended else ""
    return html.Div(
        [
            html.H3(said["duplicates_under"]),
            html.Ul(
                [_merged(one, face, one.row, one.version) for one in face.under],
                className="twin-rows",
            ),
            html.P(hint, className="told") if hint else None,
        ]
    )


def _distinct(face: DuplicatesFace) -> Component | None:
    """Draw what somebody said is another matter; it stands back, for it asks nothing any more."""
    if not face.distinct:
        return None
    said, reader = face.reader.words, face.reader
    rows = []
    for one in face.distinct:
        actor = one.actor + ("" if one.verified else said["clock_unverified"])
        key = "duplicates_by" if one.reason else "duplicates_by_bare"
        told = said[key].format(actor=actor, time=reader.moment(one.at), reason=one.reason)
        back = _press("back", one.row, one.version, reader) if face.may_decide else None
        rows.append(
            html.Li([head(one.row, one.channel, reader), html.P(told, className="fine"), back])
        )
    return html.Details(
        [
            html.Summary(said["duplicates_distinct_of"].format(n=len(rows))),
            html.Ul(rows, className="twin-rows"),
        ],
        className="twin-distinct",
    )


def _merged(one: Under, face: DuplicatesFace, apart: Row, version: int) -> Component:
    """Draw a merged ticket, or the main; `apart` is which of the two is taken out."""
    reader = face.reader
    said = reader.words
    actor = one.actor + ("" if one.verified else said["clock_unverified"])
    told = said["duplicates_by"].format(actor=actor, time=reader.moment(one.at), reason=one.reason)
    return html.Li(
        [
            head(one.row, one.channel, reader),
            html.P(told, className="fine"),
            _press("apart", apart, version, reader) if face.may_decide else None,
        ]
    )


def _like(one: Like, face: DuplicatesFace) -> Component:
    said = face.reader.words
    because = [html.Li(why, className="twin-why") for why in reasons(one, face)]
    score = said["duplicates_score"].format(n=min(round(one.score * 100), MOST_SURE))
    ways = []
    if face.may_decide and one.comes:
        ways.append(_press("here", one.row, one.version, face.reader))
    if face.may_decide and one.takes:
        ways.append(_press("there", one.row, face.version, face.reader))
    if face.may_decide and one.parts:
        ways.append(_press("distinct", one.row, one.pair, face.reader))
    return html.Li(
        [
            head(one.row, one.channel, face.reader),
            html.Ul([html.Li(html.Strong(score)), *because], className="twin-reasons"),
            html.Details(
                [html.Summary(said["duplicates_compare"]), _beside(one, face)],
                className="twin-beside",
            ),
            html.Div(ways, className="search-ways") if ways else None,
        ]
    )


def head(row: Row, channel: str, reader: Reader) -> Component:
    """Draw a ticket's number and title as a link, with its marks and its channel."""
    said = reader.words
    href = f"{address(row.source, row.external_id)}?lang={reader.language}"
    link = html.A(f"{row.external_id} {row.title or said['search_untitled']}", href=href)
    by = html.Span(said[f"channel_{channel}"], className="twin-channel", **data(channel=channel))
    return html.P([link, *marks(row, reader), by], className="found-marks")


def reasons(one: Like, face: DuplicatesFace) -> list[str]:
    """Say what makes two tickets look like one matter, or not."""
    said = face.reader.words
    where = said.get(f"duplicates_near_{one.nearness}", "")
    if one.apart_m is not None:
        where = said["duplicates_apart_m"].format(n=round(one.apart_m))
    hours = said["duplicates_apart_h"].format(n=f"{one.apart_h:.1f}")
    days = said["duplicates_apart_d"].format(n=f"{one.apart_h / 24:.1f}")
    caller = {True: said["duplicates_caller"], False: said["duplicates_other_caller"], None: ""}
    channels = said["duplicates_channels"].format(
        one=said[f"channel_{face.channel}"], other=said[f"channel_{one.channel}"]
    )
    told = [
        where,
        hours if one.apart_h < TOLD_IN_HOURS_H else days,
        said["duplicates_alike"].format(n=round(one.alike * 100)),
        said["duplicates_category" if one.same_category else "duplicates_other_category"],
        caller[one.same_caller],
        channels,
    ]
    return [why for why in told if why]


def _beside(one: Like, face: DuplicatesFace) -> Component:
    said = face.reader.words
    columns = (
        (said["duplicates_this"], face.row, face.text, face.address),
        (said["duplicates_other"], one.row, one.text, one.address),
    )
    return html.Div(
        [
            html.Section(
                [
                    html.H4(name),
                    html.P(row.title),
                    html.P(words),
                    html.P(where, className="fine"),
                    html.P(face.reader.moment(row.created_at), className="fine"),
                ]
            )
            for name, row, words, where in columns
        ],
        className="twin-columns",
    )


def _press(act: str, row: Row, version: int, reader: Reader) -> Component:
    """Draw a press that asks once more: the first opens what the second confirms."""
    said = reader.words
    name = said[f"duplicates_{act}"]
    button = html.Button(
        said["duplicates_confirm"].format(act=name),
        id=ids.twin(act, f"{row.source}/{row.external_id}", version),
        n_clicks=0, type="button", className="press press-main", **data(twin=act),
    )  # fmt: skip
    on_pair = act in ("distinct", "back")
    about = said["duplicates_distinct_about" if on_pair else "duplicates_confirm_about"]
    summary = html.Summary(name, className="press")
    return html.Details([summary, html.P(about, className="fine"), button], className="twin-ask")
