"""What is still to be done in incidents that ended, the first due first."""

from collections.abc import Sequence
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import PAGE, IncidentFace, RemainingRow
from layouts.parts.marks import aria, data

MOST_REMAINING = 100
"""So many are listed; who hands in more is told that there are."""


def remaining(rows: Sequence[RemainingRow], face: IncidentFace) -> list[Component]:
    """Draw the tasks; nothing where there is none. No number counts a drill."""
    if not rows:
        return []
    title = face.words["incidents_remaining"]
    listed = rows[:MOST_REMAINING]
    real = f"{sum(not one.exercise for one in listed)}{'+' if len(rows) > len(listed) else ''}"
    return [
        html.Section(
            [
                html.H2([title, html.Span(real, className="inc-count")]),
                html.Ul([_task(one, face) for one in listed], className="inc-list"),
            ],
            className="inc-card inc-remaining",
            **aria(label=title),
        )
    ]


def _task(row: RemainingRow, face: IncidentFace) -> Component:
    said, late = face.words, face.is_late(row.due_us)
    facts = [
        f"{row.incident} {row.matter}",
        face.named(row.owner),
        said[f"incident_task_{row.state}"],
        said["incident_due_by"].format(time=face.moment(row.due_us)),
    ]
    if row.of_lesson:
        facts.append(said["incidents_remaining_lesson"])
    return html.Li(
        [
            html.Span(
                [
                    html.A(row.title, href=f"{PAGE}/{quote(row.id, safe='')}?lang={face.language}"),
                    html.Span(said["incidents_drill"], className="inc-drill")
                    if row.exercise
                    else None,
                    html.Span(said["incident_late"], className="inc-late") if late else None,
                ],
                className="inc-link-head",
            ),
            html.Span(" · ".join(facts), className="inc-fine"),
        ],
        **data(late="yes" if late else ""),
    )
