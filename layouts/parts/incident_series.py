"""The complaints of the matter day by day against what is usual, with the measures of each day."""

from collections.abc import Sequence
from datetime import UTC, datetime

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import DayFace, IncidentFace, Piece
from layouts.parts.marks import aria, data

MARKS = (("began_us", "incident_act_begin"), ("done_us", "incident_act_complete"))


def series(
    days: Sequence[DayFace], measures: Sequence[Piece], face: IncidentFace
) -> list[Component]:
    """Draw the whole days since the opening, the newest first; today is not over yet."""
    said = face.words
    if not days:
        return [html.P(said["incident_series_none"], className="inc-fine")]
    names = ("day", "count", "usual", "bound", "standing", "measures")
    heads = [said[f"incident_series_{name}"] for name in names]
    return [
        html.Div(
            html.Table(
                [
                    html.Thead(html.Tr([html.Th(one, scope="col") for one in heads])),
                    html.Tbody([_row(one, measures, face) for one in days[::-1]]),
                ],
                className="inc-series",
            ),
            className="inc-series-box",
            tabIndex="0",
            role="region",
            **aria(label=said["incident_series"]),
        )
    ]


def _row(day: DayFace, measures: Sequence[Piece], face: IncidentFace) -> Component:
    said = face.words
    word = "incident_series_back" if day.is_back else "incident_series_above"
    return html.Tr(
        [
            html.Th(day.day, scope="row"),
            html.Td(str(day.count)),
            html.Td(f"{day.usual:.1f}"),
            html.Td(f"{day.bound:.1f}"),
            html.Td(said[word]),
            html.Td(" · ".join(_marks(day.day, measures, face))),
        ],
        **data(back="yes" if day.is_back else ""),
    )


def _marks(day: str, measures: Sequence[Piece], face: IncidentFace) -> list[str]:
    """Name the measures that were begun or completed on a day."""
    return [
        f"{one.body['title']} ({face.words[word]})"
        for one in measures
        for name, word in MARKS
        if one.body.get(name) and _day_of(one.body[name], face) == day
    ]


def _day_of(us: int, face: IncidentFace) -> str:
    return datetime.fromtimestamp(us / 1e6, UTC).astimezone(face.zone).strftime("%Y-%m-%d")
