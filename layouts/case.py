"""One case of the library: what happened in figures, the chain, what was done, what was learned."""

from collections.abc import Mapping, Sequence

from dash import html
from dash.development.base_component import Component

from layouts.cases_face import CaseFace, DaySeen, LinkSeen, MeasureSeen, PassageSeen
from layouts.parts.acting import acts, area, box, form, line
from layouts.parts.cases import API, CASES, day_told
from layouts.parts.marks import aria, data
from layouts.parts.ticket_page import ticket_page
from layouts.parts.timeline import timeline

END = 0.3
"""The share of a course whose names are those of its ends."""


def case(face: CaseFace) -> Component:
    """Draw the page."""
    said, row = face.reader.words, face.row
    language = face.reader.language
    back = html.A(said["cases_link"], href=f"{CASES}?lang={language}", className="press")
    columns = html.Div(
        [
            html.Div([_chain(face), _elsewhere(face), _course(face)], className="ticket-column"),
            html.Div(
                [_told("case_lessons", face.lessons, face),
                 _told("case_decisions", face.decisions, face),
                 _alike(face), _next(face), _history(face)],
                className="ticket-column",
            ),
        ],
        className="ticket-columns",
    )  # fmt: skip
    body = html.Div([_head(face), _texts(face), columns], className="dispute-body case-body")
    held = acts(face.reader, [body], version=f"{API}/{row.number}/version")
    return ticket_page(
        face.reader, f"{said['case']} {row.number}", back, f"{CASES}/{row.number}", [held]
    )


def _card(title: str, *inside: Component | None) -> Component:
    return html.Section([html.H2(title), *inside], className="card")


def _head(face: CaseFace) -> Component:
    said, row = face.reader.words, face.row
    state = html.Span(said[f"case_state_{row.state}"], className="docket-state")
    paper = html.Button(
        said["case_print"], type="button", className="press case-print", **data(print="")
    )
    told = None
    if face.published is not None:
        actor, at = face.published
        told = said["case_published_by"].format(actor=actor, time=face.reader.moment(at))
    source = None
    if face.source is not None:
        number, href = face.source
        source = html.P([f"{said['case_source']} ", html.A(number, href=href)], className="fine")
    gone = said["case_withdrawn_because"].format(reason=face.withdrawn) if face.withdrawn else None
    return html.Section(
        [
            html.P([html.Strong(row.title), state, paper], className="dispute-why case-title"),
            html.P(gone, className="campaign-behind") if gone else None,
            html.P(row.summary, className="clinic-minutes"),
            html.Dl(
                [html.Div([html.Dt(name), html.Dd(value)], className="field")
                 for name, value in face.facts],
                className="fields case-facts",
            ),
            html.P(told, className="fine") if told else None,
            source,
        ],
        className="card dispute-head",
        **data(seen=str(face.version)),
    )  # fmt: skip


def _chain(face: CaseFace) -> Component:
    said = face.reader.words
    if not face.links:
        return _card(said["case_chain"], html.P(said["case_chain_none"], className="fine"))
    drawn = [_link(one, face) for one in face.links]
    return _card(said["case_chain"], html.Ol(drawn, className="case-chain"))


def _link(link: LinkSeen, face: CaseFace) -> Component:
    said = face.reader.words
    verdict = f"{link.verdict}_cleared" if link.verdict == "failed" and link.cleared else None
    began = html.Span(said["case_began_here"], className="case-began") if link.began_here else None
    return html.Li(
        [
            html.P(
                [
                    html.Strong(link.name),
                    html.Span(said[f"case_link_{verdict or link.verdict}"],
                              className="see-standing"),
                    began,
                ],
                className="see-facts",
            ),
            html.P(link.owner, className="fine") if link.owner else None,
            *(_finding(one) for one in link.findings),
            _measures(link.measures),
        ],
        **data(verdict=link.verdict, began="yes" if link.began_here else ""),
    )  # fmt: skip


def _finding(finding: tuple[str, str]) -> Component:
    measured, text = finding
    return html.P([html.Strong(f"{measured} ") if measured else None, text])


def _measures(measures: Sequence[MeasureSeen]) -> Component | None:
    if not measures:
        return None
    drawn = [
        html.Li([
            html.P(html.Strong(one.title)),
            html.P(one.about, className="fine") if one.about else None,
            html.P(one.effect, className="fine") if one.effect else None,
        ])
        for one in measures
    ]  # fmt: skip
    return html.Ul(drawn, className="case-measures")


def _elsewhere(face: CaseFace) -> Component | None:
    drawn = _measures(face.elsewhere)
    return None if drawn is None else _card(face.reader.words["case_measures"], drawn)


def _course(face: CaseFace) -> Component | None:
    if not face.days:
        return None
    said = face.reader.words
    most = max(one.count or 0 for one in face.days) or 1
    keys = {
        "above": (said["case_key_above"], any(one.above for one in face.days)),
        "usual": (said["case_key_usual"],
                  any(not one.above and one.count is not None for one in face.days)),
        "before": (said["case_key_before"], any(one.day < 0 for one in face.days)),
    }  # fmt: skip
    return _card(
        said["case_course"],
        html.P(
            [html.Span(word, className="case-key", **data(key=kind))
             for kind, (word, is_there) in keys.items() if is_there],
            className="case-keys",
        ),
        html.Div(
            [
                html.P([html.Span(f"{most:,}"), html.Span("0")], className="case-heights"),
                html.Div(
                    [_day(one, most, said) for one in face.days],
                    className="case-days", role="img", **aria(label=face.days_told),
                ),
                _axis(face.days, said),
            ],
            className="case-plot",
        ),
        html.P(face.days_told, className="fine"),
    )  # fmt: skip


def _axis(days: Sequence[DaySeen], said: Mapping[str, str]) -> Component:
    """Name the first and the last day, and that of the opening where it lies well between them."""
    first, last = days[0].day, days[-1].day
    place = -first / len(days)
    names: list[Component] = [html.Span(day_told(first, said))]
    if END < place < 1 - END:
        names.append(
            html.Span(said["case_day_opened"], className="case-opened",
                      style={"left": f"{100 * (place + 0.5 / len(days)):.1f}%"})
        )  # fmt: skip
    if last != first:
        names.append(html.Span(day_told(last, said)))
    return html.P(names, className="case-axis")


def _day(day: DaySeen, most: int, said: Mapping[str, str]) -> Component:
    told = said["case_day_unknown"] if day.count is None else f"{day.count:,}"
    return html.Span(
        title=f"{day_told(day.day, said)}: {told}",
        style={"height": f"{100 * (day.count or 0) / most:.1f}%"},
        **data(above="yes" if day.above else "", before="yes" if day.day < 0 else ""),
    )


def _told(word: str, texts: Sequence[str], face: CaseFace) -> Component | None:
    if not texts:
        return None
    drawn = [html.Li(one, className="clinic-minutes") for one in texts]
    return _card(face.reader.words[word], html.Ol(drawn, className="case-told"))


def _alike(face: CaseFace) -> Component:
    said, language = face.reader.words, face.reader.language
    rows = [
        html.Li(html.A(one.title, href=f"{CASES}/{one.number}?lang={language}"))
        for one in face.alike
    ]
    none = html.P(said["case_alike_none"], className="fine")
    return _card(said["case_alike"], html.Ul(rows, className="docket-list") if rows else none)


def _texts(face: CaseFace) -> Component | None:
    """Draw the texts of a draft to be read, changed and published in one form."""
    if not face.passages or "publish" not in face.acts:
        return None
    said, number = face.reader.words, face.row.number
    api = f"{API}/{number}"
    return _card(
        said["case_texts"],
        html.P(said["case_texts_about"], className="fine"),
        form(
            f"{api}/revise", "revise", said["case_act_revise"],
            [_passage(one, face) for one in face.passages], seen=face.version,
        ),
        form(
            f"{api}/publish", "publish", said["case_act_publish"],
            [box("read", "yes", [said["case_read"]], checked=False)],
            seen=face.version, sure=True, main=True, beside="revise",
        ),
    )  # fmt: skip


def _passage(passage: PassageSeen, face: CaseFace) -> Component:
    doubts = None
    if passage.doubts:
        words = face.reader.words["ticket_list"].join(passage.doubts)
        told = face.reader.words["case_doubts"].format(words=words)
        doubts = html.P(told, className="case-doubts")
    typed = area(passage.name, passage.key, most=passage.longest, value=passage.text)
    return html.Div([typed, doubts], className="case-passage", **data(passage=passage.key))


def _next(face: CaseFace) -> Component | None:
    said, api = face.reader.words, f"{API}/{face.row.number}"
    if "withdraw" in face.acts:
        name, fields = said["case_act_withdraw"], [line(said["case_reason"], "reason")]
        drawn = form(f"{api}/withdraw", "withdraw", name, fields, seen=face.version, sure=True)
    elif "discard" in face.acts:
        name = said["case_act_discard"]
        drawn = form(f"{api}/discard", "discard", name, [], seen=face.version, sure=True)
    else:
        return None
    inside = html.Details([html.Summary(name), drawn])
    return _card(said["case_next"], inside)


def _history(face: CaseFace) -> Component | None:
    if not face.steps:
        return None
    return _card(face.reader.words["case_lines"], timeline(face.steps, face.reader))
