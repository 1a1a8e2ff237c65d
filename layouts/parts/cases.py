"""What the pages of the library share: where it is, and a case as a card."""

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from layouts.cases_face import CaseRow
from layouts.parts.marks import data
from layouts.ticket_face import Reader

CASES, API = "/cases", "/api/v1/cases"


def day_told(day: int, said: Mapping[str, str]) -> str:
    """Name a day by its distance from that of the opening, which is day 0."""
    if day == 0:
        return said["case_day_opened"]
    return said["case_day_before" if day < 0 else "case_day_after"].format(n=abs(day))


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
