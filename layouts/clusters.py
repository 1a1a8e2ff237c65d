"""The list of clusters: those that live, then those that ended in the last thirty days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.counts import counts
from layouts.evidence.face import Data, EvidenceFace
from layouts.evidence.frame import frame
from layouts.evidence.summary import address
from layouts.evidence.telling import moment, named, sentence
from layouts.parts.marks import aria, data


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to, as its address says; None is everything."""

    category: str | None = None
    district: str | None = None

    def holds(self, row: Data) -> bool:
        """Tell whether a cluster is among what was chosen."""
        return self.category in (None, row["category"]) and self.district in (None, row["district"])


def clusters(
    rows: Sequence[Data] | None,
    chosen: Chosen,
    face: EvidenceFace,
    *,
    version: str,
    counted: Sequence[Data] = (),
) -> Component:
    """Draw the list; `rows` is None when the database is away.

    `counted` are the alarms of counts far above their usual.
    """
    said = face.words
    return frame(
        [
            html.Div(
                [html.H1(said["clusters_title"]), html.P(said["clusters_about"])],
                className="dossier-head",
            ),
            html.Div(listed(rows, chosen, face), id=ids.CLUSTER_LIST),
            None if rows is None else counts(list(filter(chosen.holds, counted)), face),
        ],
        face,
        path="/clusters",
        here="",
        watch="/api/v1/clusters/version",
        version=version,
        by_reload=True,
    )


def listed(
    rows: Sequence[Data] | None, chosen: Chosen, face: EvidenceFace
) -> list[Component | None]:
    """Draw the filters and both parts of the list."""
    said = face.words
    if rows is None:
        return [html.P(said["dossier_away_about"], className="nothing")]
    kept = [row for row in rows if chosen.holds(row)]
    living = [row for row in kept if row["living"]]
    past = [row for row in kept if not row["living"]]
    narrowed = chosen != Chosen()
    none = said["clusters_none_chosen"]
    return [
        _filter("category", said["clusters_by_category"], rows, chosen, face),
        _filter("district", said["clusters_by_district"], rows, chosen, face),
        _part(said["clusters_living"], living, none if narrowed else said["clusters_none_living"],
              face),
        _part(said["clusters_past"], past, none if narrowed else said["clusters_none_past"], face),
    ]  # fmt: skip


def _filter(
    kind: str, title: str, rows: Sequence[Data], chosen: Chosen, face: EvidenceFace
) -> Component | None:
    """Draw one row of links; the address keeps what is chosen, so Back undoes it."""
    present = getattr(chosen, kind)
    codes = sorted({row[kind] for row in rows} - {None} | ({present} - {None}))
    if not codes:
        return None

    def link(code: str | None, word: str) -> Component:
        asked = {"category": chosen.category, "district": chosen.district, kind: code}
        query = {name: value for name, value in asked.items() if value} | {"lang": face.language}
        current = aria(current="true") if code == present else {}
        return html.A(word, href=f"/clusters?{urlencode(query)}", className="choice", **current)

    return html.Nav(
        [
            html.Span(title, className="choice-name"),
            link(None, face.words["clusters_all"]),
            *(link(code, face.name(kind, code)) for code in codes),
        ],
        className="choices",
        **aria(label=title),
    )


def _part(title: str, rows: Sequence[Data], none: str, face: EvidenceFace) -> Component:
    draw: Callable[[Data], Component] = lambda row: _row(row, face)  # noqa: E731
    body = html.Ul(list(map(draw, rows)), className="cluster-rows") if rows else html.P(none)
    return html.Section([html.H2([title, html.Small(str(len(rows)))]), body], className="listed")


def _row(row: Data, face: EvidenceFace) -> Component:
    said = face.words
    alarmed = row["alarm"] == "raised"
    words = [html.Strong(named(row, face)), html.Span(sentence(row, face))]
    if not row["living"] and row["ended"]:
        ended = f"{said['dossier_turn_ended']} {moment(row['ended'], face)}"
        words.append(html.Span(ended, className="fine"))
    if not row["withheld"] and row["bulk"]:
        words.append(html.Span(said["dossier_bulk"], className="fine"))
    state = [html.Span(said[f"dossier_phase_{row['phase']}"], className="phase")]
    if alarmed:
        state.append(html.Span(said["clusters_unconfirmed"], className="severity"))
    return html.Li(
        html.A(
            [html.Span(words, className="row-words"), html.Span(state, className="row-state")],
            href=address(row["id"], face),
            **data(phase=row["phase"]),
        )
    )
