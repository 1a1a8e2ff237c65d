"""The evidence on one cluster: for a leader's minute at the top, for a doubter below."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.evidence.alarm import form, standing
from layouts.evidence.face import EvidenceFace, Seen
from layouts.evidence.frame import frame
from layouts.evidence.numbers import course, table
from layouts.evidence.past import history, similar
from layouts.evidence.place import layers, reach_of, where
from layouts.evidence.summary import figures, head, holders, section, sure
from layouts.evidence.telling import named
from layouts.parts.marks import aria, data


def cluster(identity: str, seen: Seen, face: EvidenceFace) -> Component:
    """Draw the page of a cluster, or say why there is nothing to draw."""
    if seen.state != "found":
        return _nothing(identity, seen.state, face)
    full = not seen.evidence["withheld"]
    said = face.words
    return frame(
        [
            html.Div(summary(seen, face), id=ids.SUMMARY, className="summary"),
            html.Div(
                [
                    html.Div(
                        [
                            html.Section(
                                [
                                    html.H2(said["dossier_alarm"]),
                                    html.Div(standing(seen.alarm, face), id=ids.ALARM),
                                    form(face),
                                ],
                                className="part part-alarm",
                                **aria(label=said["dossier_alarm"]),
                            ),
                            html.Div(past(seen, face), id=ids.PAST, className="flows"),
                            _incident(identity, face),
                        ],
                        className="column column-side",
                    ),
                    html.Div(
                        [
                            where(seen.evidence, face)
                            if full else html.Div(id=ids.LAYERS, hidden=True),
                            html.Div(proof(seen, face), id=ids.PROOF, className="flows"),
                        ],
                        className="column column-main",
                    ),
                ],
                className="columns" if full else "columns columns-brief",
            ),
            dcc.Store(id=ids.KIND, data="full" if full else "brief"),
        ],
        face,
        path=f"/clusters/{identity}",
        here=named(seen.evidence, face),
        watch=f"/api/v1/clusters/{identity}/version",
        by_reload=not full,
        print_id=identity,
    )  # fmt: skip


def summary(seen: Seen, face: EvidenceFace) -> list[Component]:
    """Draw what stands above everything; `data-version` tells what it was drawn from."""
    drawn = [html.Span(hidden=True, **data(version=seen.version)), head(seen, face)]
    if not seen.evidence["withheld"]:
        drawn.append(figures(seen.evidence, face))
    return drawn


def proof(seen: Seen, face: EvidenceFace) -> list[Component]:
    """Draw what the finding rests on, below its map."""
    told = seen.evidence
    if told["withheld"]:
        return []
    return [course(told, face), table(told, face), reach_of(told, face)]


def past(seen: Seen, face: EvidenceFace) -> list[Component]:
    """Draw how sure it is, who holds it, and what happened so far."""
    told = seen.evidence
    if told["withheld"]:
        return [history(seen, face)]
    return [sure(told, face), holders(seen, face), history(seen, face), similar(told, face)]


def drawn_layers(seen: Seen, face: EvidenceFace) -> list[Component]:
    """Draw what lies on the map."""
    return [] if seen.evidence["withheld"] else layers(seen.evidence, face)


def _incident(identity: str, face: EvidenceFace) -> Component:
    """Lead to the incident that is open for the cluster, or to where one is opened."""
    said, asked = face.words, {"lang": face.language}
    way = None
    if face.incident is not None:
        name, number = face.incident
        told = said["dossier_incident_there"].format(number=number)
        way = html.A(told, href=f"/incidents/{name}?{urlencode(asked)}", className="act")
    elif face.may_open:
        address = f"/incidents?{urlencode({'cluster': identity, **asked})}"
        way = html.A(said["dossier_incident"], href=address, className="act")
    return section(
        "incident", said["dossier_incident"], [html.P(said["dossier_incident_about"]), way]
    )


def _nothing(identity: str, state: str, face: EvidenceFace) -> Component:
    """Say that a cluster is unknown, or that the database is away; the latter goes by itself."""
    said, away = face.words, state == "away"
    title = said["dossier_away" if away else "dossier_unknown"]
    about = said["dossier_away_about" if away else "dossier_unknown_about"].format(id=identity)
    again = html.A(
        said["dossier_retry"], href=f"/clusters/{identity}?lang={face.language}", className="act"
    )
    others = html.A(
        said["dossier_to_list"], href=f"/clusters?lang={face.language}", className="act"
    )
    return frame(
        [
            html.Div(
                [html.H1(title), html.P(about), html.P([again if away else None, others])],
                className="nothing",
            )
        ],
        face,
        path=f"/clusters/{identity}",
        here=title,
        watch=f"/api/v1/clusters/{identity}/version" if away else "",
        version="away" if away else "",
        by_reload=away,
    )
