"""What the pages of the library share: where it is, and a case as a card."""

from dash import html
from dash.development.base_component import Component

from layouts.cases_face import CaseRow
from layouts.parts.marks import data
from layouts.ticket_face import Reader

CASES, API = "/cases", "/api/v1/cases"


def card_of(row: CaseRow, reader: Reader) -> Component:
    """Draw a case in a list: what it was, in short, and how long it took."""
    facts = filter(None, (row.number, row.category, row.lead, row.month, row.lasted))
    href = f"{CASES}/{row.number}?lang={reader.language}"
    return html.Li(
        [
            html.H2(html.A(row.title, href=href)),
            html.P(row.summary, className="case-summary"),
            html.P([html.Span(one) for one in facts], className="fine case-marks"),
        ],
        className="card",
        **data(case=row.number),
    )
