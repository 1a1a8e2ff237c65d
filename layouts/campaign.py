"""One campaign: what it is to reach, its days, its measures, and what may be done next."""

from dash import html
from dash.development.base_component import Component

from layouts.campaigns_face import CampaignFace, MeasureRow
from layouts.parts.acting import acts, area, choice, form, line
from layouts.parts.campaigns import API, CAMPAIGNS, burndown
from layouts.parts.marks import aria, data
from layouts.parts.ticket_page import ticket_page
from layouts.parts.timeline import timeline

WAY = ("planned", "running", "ended", "reviewed")
OFFERED = ("begin", "add", "end", "review", "prolong", "drop", "call_off")
REASONED = ("prolong", "drop", "call_off")


def campaign(face: CampaignFace) -> Component:
    """Draw the page."""
    said, row = face.reader.words, face.row
    back = html.A(
        said["campaigns_link"], href=f"{CAMPAIGNS}?lang={face.reader.language}", className="press"
    )
    columns = html.Div(
        [
            html.Div([_days(face), _measures(face)], className="ticket-column"),
            html.Div([_next(face), _lessons(face), _history(face)], className="ticket-column"),
        ],
        className="ticket-columns",
    )
    body = html.Div([_head(face), columns], className="dispute-body")
    held = acts(face.reader, [body], version=f"{API}/{row.number}/version")
    title = f"{said['campaign']} {row.number}"
    return ticket_page(face.reader, title, back, f"{CAMPAIGNS}/{row.number}", [held])


def _card(title: str, *inside: Component | None) -> Component:
    return html.Section([html.H2(title), *inside], className="card")


def _head(face: CampaignFace) -> Component:
    said, row = face.reader.words, face.row
    way = [*WAY, *([row.state] if row.state not in WAY else [])]
    steps = [
        html.Li(
            said[f"campaign_state_{state}"],
            **(aria(current="step") if state == row.state else {}),
        )
        for state in way
    ]
    joined = said["ticket_list"].join
    pairs = [
        ("campaign_owner", row.owner),
        ("campaign_cooperating", joined(face.cooperating) or said["dispute_nobody"]),
        ("campaign_scope", joined(face.scope)),
        ("campaign_period", row.period),
        ("campaign_target", row.target),
    ]
    told = said["campaign_planned_by"].format(
        time=face.reader.moment(face.planned_at), actor=face.planned_by
    )
    behind = html.Strong(said["campaign_behind"], className="campaign-behind")
    return html.Section(
        [
            html.Ol(steps, className="see-rings", **aria(label=said["campaign_state"])),
            html.P([html.Strong(row.name), behind if row.behind else None],
                   className="dispute-why campaign-name"),
            html.Dl(
                [html.Div([html.Dt(said[word]), html.Dd(value)], className="field")
                 for word, value in pairs],
                className="fields",
            ),
            html.P(told, className="fine"),
        ],
        className="card dispute-head",
        **data(seen=str(face.version)),
    )  # fmt: skip


def _days(face: CampaignFace) -> Component:
    said = face.reader.words
    none = html.P(said["campaign_burndown_none"], className="fine")
    drawn = burndown(face.burndown, face.reader) if face.burndown else none
    return _card(said["campaign_burndown"], drawn)


def _measures(face: CampaignFace) -> Component:
    said = face.reader.words
    drawn = [_measure(one, face) for one in face.measures]
    none = html.P(said["campaign_measures_none"], className="fine")
    return _card(
        said["campaign_measures"],
        html.Ul(drawn, className="dispute-units campaign-measures") if drawn else none,
    )


def _measure(row: MeasureRow, face: CampaignFace) -> Component:
    said = face.reader.words
    state = html.Span(said[f"campaign_measure_state_{row.state}"], className="see-standing")
    name = said["campaign_act_finish"]
    post = f"{API}/{face.row.number}/finish/{row.number}"
    facts = f"{row.owner} · {said['campaign_due']} {row.due}"
    return html.Li(
        [
            html.P([html.Strong(f"{row.number}. {row.title}"), state], className="see-facts"),
            html.P(" · ".join(filter(None, (facts, row.about))), className="fine"),
            form(post, "finish", name, [], seen=face.version, sure=True)
            if row.may_finish
            else None,
        ],
        **data(measure=row.state),
    )


def _next(face: CampaignFace) -> Component | None:
    said, number = face.reader.words, face.row.number
    open_ones = [
        (str(one.number), f"{one.number}. {one.title}")
        for one in face.measures
        if one.state in ("open", "late")
    ]
    fields = {
        "add": [
            line(said["campaign_title"], "title", most=120),
            choice(said["campaign_owner"], "owner", face.departments),
            line(said["campaign_due"], "due", value=face.last, most=10),
        ],
        "review": [area(said["campaign_lessons"], "lessons", most=2_000)],
        "prolong": [line(said["campaign_last"], "last", value=face.last, most=10)],
        "drop": [choice(said["campaign_measure"], "measure", open_ones)],
    }
    drawn = []
    for act in OFFERED:
        if act not in face.acts or (act == "drop" and not open_ones):
            continue
        name = said[f"campaign_act_{act}"]
        reason = [line(said["campaign_reason"], "reason")] if act in REASONED else []
        inside = form(
            f"{API}/{number}/{act}", act, name, [*fields.get(act, []), *reason],
            seen=face.version, sure=act in ("begin", "end", "call_off", "drop"),
        )  # fmt: skip
        drawn.append(html.Details([html.Summary(name), inside]))
    return _card(said["campaign_next"], *drawn) if drawn else None


def _lessons(face: CampaignFace) -> Component | None:
    if not face.lessons:
        return None
    return _card(face.reader.words["campaign_lessons"],
                 html.P(face.lessons, className="clinic-minutes"))  # fmt: skip


def _history(face: CampaignFace) -> Component:
    return _card(face.reader.words["campaign_lines"], timeline(face.steps, face.reader))
