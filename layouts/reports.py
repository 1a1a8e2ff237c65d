"""The page of reports: which were made, where they are taken, how another one is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.header import language_switch
from layouts.parts.marks import aria, data
from layouts.parts.people import field as named
from layouts.parts.people import sign_out
from layouts.wording import LANGUAGES, Language, words

FORMS = {"pdf": "PDF", "docx": "Word"}
KINDS = ("daily", "weekly", "monthly")
PATH = "/reports"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report that was made: its period's code, what is said of it, and when it was made."""

    period: str
    days: str
    made: str


@dataclass(frozen=True, slots=True)
class ReportsFace:
    """The page: reports by kind, the last day that can be asked for.

    `at` is when reports are made by themselves, empty where they are not; `told` says what is
    wrong, instead of the reports. `scope` is whose they are, of the `scopes` there are, by name.
    `demo`: the city is made up.
    """

    language: Language
    zone: str
    at: str
    last_day: str
    lines: Mapping[str, Sequence[ReportLine]] = field(default_factory=dict)
    told: str = ""
    signed_in: bool = False
    scope: str = "city"
    scopes: Mapping[str, str] = field(default_factory=dict)
    demo: bool = False

    @property
    def asked(self) -> dict[str, str]:
        """What the address says of whose reports they are."""
        return {} if self.scope == "city" else {"scope": self.scope}


def reports(face: ReportsFace) -> Component:
    """Draw the page; assets/reports.js makes what is asked for."""
    said, language = words(face.language), face.language
    when = said["reports_not_by_itself"]
    if face.at:
        when = said["reports_by_itself"].format(at=face.at, zone=face.zone)
    told = {name: said[f"reports_{name}"] for name in ("making", "done", "not_over", "failed")}
    return html.Main(
        [
            html.Header(
                [
                    html.A(said["to_start"], href=f"/?lang={language}", className="press"),
                    html.H1(" · ".join([said["reports_link"], *_whose(face)])),
                    html.Span(said["demo"], className="demo") if face.demo else None,
                    language_switch(language, path=PATH, query=face.asked),
                    sign_out(language) if face.signed_in else None,
                ],
                className="home-head",
            ),
            html.P(when, className="fine"),
            _scopes(face) if len(face.scopes) > 1 else None,
            _form(face),
            html.P(face.told, className="told reports-told", role="status"),
            *([] if face.told else [_kind(kind, face) for kind in KINDS]),
        ],
        className="home people keeping reports",
        lang="zh-CN" if language == "zh" else "en",
        **data(
            ask=urlencode(face.asked),
            **{f"told-{name.replace('_', '-')}": one for name, one in told.items()},
        ),
    )  # fmt: skip


def _whose(face: ReportsFace) -> list[str]:
    return [] if face.scope == "city" else [face.scopes.get(face.scope, face.scope)]


def _scopes(face: ReportsFace) -> Component:
    """Draw the choice of whose reports are shown; it is in the address."""
    said = words(face.language)
    options = [
        html.Option(name, value=scope, selected=True if scope == face.scope else None)
        for scope, name in face.scopes.items()
    ]
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=face.language),
            named(said["reports_scope"], html.Select(options, name="scope")),
            html.Button(said["reports_show"], type="submit", className="press"),
        ],
        action=PATH, method="get", className="people-form search-form card reports-whose",
        **aria(label=said["reports_scope"]),
    )  # fmt: skip


def _form(face: ReportsFace) -> Component:
    said = words(face.language)
    kinds = [html.Option(said[f"reports_kind_{kind}"], value=kind) for kind in KINDS]
    return html.Form(
        [
            named(said["reports_kind"], html.Select(kinds, name="kind")),
            named(
                said["reports_day"],
                dcc.Input(
                    name="day",
                    type="text",
                    value=face.last_day,
                    maxLength=10,
                    pattern=r"\d{4}-\d{2}-\d{2}",
                    required=True,
                    autoComplete="off",
                ),
            ),
            html.Button(said["reports_make"], type="submit", className="press press-main"),
        ],
        className="people-form search-form card reports-new",
        **aria(label=said["reports_new"]),
    )


def _kind(kind: str, face: ReportsFace) -> Component:
    said, lines = words(face.language), face.lines.get(kind, ())
    name = said[f"reports_kind_{kind}"]
    head = html.H2(name)
    if not lines:
        none = html.P(said["reports_none"].format(kind=name), className="found-none")
        return html.Section([head, none], className="card")
    heads = [html.Th(said[f"reports_{one}"], scope="col") for one in ("period", "made", "files")]
    rows = [_row(kind, line, face) for line in lines]
    table = html.Table(
        [html.Thead(html.Tr([*heads, html.Td()])), html.Tbody(rows)], className="keeping-table"
    )
    return html.Section([head, html.Div(table, className="table-room")], className="card")


def _row(kind: str, line: ReportLine, face: ReportsFace) -> Component:
    said = words(face.language)
    name = said[f"reports_kind_{kind}"]
    links = []
    for one in LANGUAGES:
        for form, called in FORMS.items():
            told = said["reports_take"].format(
                kind=name, period=line.days, language=said[f"reports_{one}"], form=called
            )
            query = urlencode({"lang": one, **face.asked})
            address = f"/api/v1/reports/{kind}/{line.period}.{form}?{query}"
            words_ = f"{said[f'reports_{one}']} {called}"
            links.append(html.A(words_, href=address, className="press", **aria(label=told)))
    again = html.Button(
        said["reports_again"], type="button", className="press",
        **aria(label=said["reports_again_named"].format(kind=name, period=line.days)),
        **data(kind=kind, period=line.period),
    )  # fmt: skip
    return html.Tr(
        [
            html.Th(line.days, scope="row"),
            html.Td(line.made),
            html.Td(html.Div(links, className="people-ways")),
            html.Td(again),
        ]
    )
