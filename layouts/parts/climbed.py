"""What of incidents has climbed to the supervisors: which, what waits, how far, since when."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria
from layouts.supervision_face import ClimbedRow
from layouts.ticket_face import Reader

HEADS = ("escalation_incident", "escalation_waits", "escalation_step", "escalation_begun")


def climbed(rows: Sequence[ClimbedRow] | None, reader: Reader) -> Component | None:
    """Draw the list, or that there is nothing in it; nothing where it is not for who reads."""
    if rows is None:
        return None
    said = reader.words
    title = html.H2(said["escalation_supervisors"], id="climbed-title")
    if not rows:
        body: Component = html.P(said["escalation_supervisors_none"])
    else:
        heads = [html.Th(said[name], scope="col") for name in HEADS]
        table = html.Table(
            [html.Thead(html.Tr(heads)), html.Tbody([_row(one, reader) for one in rows])],
            className="climbed-table",
        )
        label = aria(label=said["escalation_supervisors"])
        body = html.Div(table, className="owed-scroll", tabIndex=0, role="region", **label)
    return html.Section([title, body], className="card climbed", **aria(labelledby="climbed-title"))


def _row(row: ClimbedRow, reader: Reader) -> Component:
    said = reader.words
    about = " · ".join(filter(None, (row.number, row.category, row.district)))
    drill = [html.Span(said["incidents_drill"], className="climbed-drill")] if row.exercise else []
    link = html.A(
        [html.Strong(row.title), html.Span([*drill, about])],
        href=f"/incidents/{quote(row.incident, safe='')}?lang={reader.language}",
    )
    return html.Tr(
        [
            html.Td(link),
            html.Td(row.cause),
            html.Td(said["escalation_at"].format(step=row.step, whom=row.whom)),
            html.Td(html.Time(reader.moment(row.since), dateTime=row.since.isoformat())),
        ]
    )
