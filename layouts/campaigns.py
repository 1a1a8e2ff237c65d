"""Campaigns: the list with what each is to reach and where it stands, and the form of a new one."""

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from layouts.campaigns_face import CampaignRow, CampaignsFace, PlanFace
from layouts.parts.acting import acts, choice, form, line
from layouts.parts.campaigns import API, CAMPAIGNS
from layouts.parts.marks import aria, data
from layouts.parts.paging import ways
from layouts.parts.ticket_page import DESK, ticket_page
from layouts.ticket_face import Reader

HEADS = ("number", "name", "state", "period", "target", "now", "measures")
LINES = 6


def campaigns(face: CampaignsFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    body = [
        html.P(said["campaigns_link_about"], className="fine"),
        html.P(face.told, className="told", role="alert"),
        _rows(face),
        ways(said, CAMPAIGNS, {"lang": language}, after=face.after, first=face.first),
        _plan(face.plan, face.reader) if face.plan else None,
    ]
    title = said["campaigns_link"]
    return ticket_page(face.reader, title, back, CAMPAIGNS, [acts(face.reader, body)], wide=True)


def _rows(face: CampaignsFace) -> Component:
    said = face.reader.words
    if not face.rows:
        none = [html.H2(said["campaigns_none"]), html.P(said["campaigns_none_about"])]
        return html.Section(none, className="card")
    heads = [html.Th(said[f"campaign_{name}"], scope="col") for name in HEADS]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_row(one, face.reader) for one in face.rows])],
        className="owed-table docket-table",
    )
    return html.Div(
        table, className="owed-scroll", tabIndex=0, role="region",
        **aria(label=said["campaigns_link"]),
    )  # fmt: skip


def _row(row: CampaignRow, reader: Reader) -> Component:
    said = reader.words
    behind = html.Strong(said["campaign_behind"], className="campaign-behind")
    return html.Tr(
        [
            html.Td(html.A(row.number, href=f"{CAMPAIGNS}/{row.number}?lang={reader.language}")),
            html.Td([html.Strong(row.name), html.Span(row.owner, className="fine")]),
            html.Td(html.Span(said[f"campaign_state_{row.state}"], className="docket-state")),
            html.Td(row.period),
            html.Td(row.target),
            html.Td([html.Span(row.now), behind if row.behind else None]),
            html.Td(row.measures),
        ],
        **data(behind="yes" if row.behind else "no"),
    )


def _plan(face: PlanFace, reader: Reader) -> Component:
    said = reader.words
    goals = [(one, said[f"campaign_goal_{one}"]) for one in ("open", "solved")]
    fields = [
        line(said["campaign_name"], "name", most=60),
        choice(said["campaign_owner"], "owner", face.departments, none="—"),
        choice(said["campaign_cooperating"], "cooperating", face.departments, several=LINES),
        choice(said["campaign_categories"], "categories", face.categories, several=LINES),
        choice(said["campaign_districts"], "districts", face.districts, several=LINES),
        line(said["campaign_tickets"], "tickets", most=4_000),
        line(said["campaign_first"], "first", value=face.first, most=10),
        line(said["campaign_last"], "last", value=face.last, most=10),
        choice(said["campaign_goal"], "goal", goals),
        line(said["campaign_value"], "value", most=9),
    ]
    own = f"?{urlencode({'district': face.district})}" if face.district else ""
    name = said["campaign_act_plan"]
    drawn = form(f"{API}{own}", "plan", name, fields, main=True)
    return html.Section(html.Details([html.Summary(name), drawn]), className="card")
