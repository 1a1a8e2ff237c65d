"""The catalogue of duties: searched, narrowed, in pages, each by its address."""

from dash import dcc, html
from dash.development.base_component import Component

from layouts.catalogue_face import CatalogueFace, DutyRow
from layouts.parts.exports import exports
from layouts.parts.marks import aria, data
from layouts.parts.owner import DUTIES
from layouts.parts.paging import ways
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, ticket_page

HEADS = ("title", "category", "lead", "cooperating", "basis", "valid")
NARROWED = ("words", "department", "category")


def catalogue(face: CatalogueFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    back = html.A(said["search_link"], href=f"{DESK}?lang={language}", className="press")
    version = said["catalogue_version"].format(
        version=face.version, dated=face.dated or said["catalogue_undated"],
        whole=face.whole, found=face.found,
    )  # fmt: skip
    narrowed = {name: face.asked[name] for name in NARROWED if face.asked.get(name)}
    body = [
        html.P(version, className="roll-version", role="status") if face.whole else None,
        _form(face) if face.whole else None,
        html.P(face.told, className="told", role="alert"),
        exports(face.reader, "duties", narrowed) if face.rows else None,
        _rows(face),
    ]
    return ticket_page(face.reader, said["catalogue_link"], back, DUTIES, body, wide=True)


def _rows(face: CatalogueFace) -> Component | None:
    said = face.reader.words
    if face.told:
        return None
    if not face.rows:
        word = "none" if face.whole else "empty"
        about = html.P(said[f"catalogue_{word}_about"])
        none = [html.H2(said[f"catalogue_{word}"]), about]
        return html.Section(none, className="card roll-none")
    heads = [html.Th(said[f"catalogue_{name}"], scope="col") for name in HEADS]
    table = html.Table(
        [html.Thead(html.Tr(heads)), html.Tbody([_row(one, face) for one in face.rows])],
        className="roll-table",
    )
    scroll = html.Div(
        table, className="roll-scroll", tabIndex=0, role="region",
        **aria(label=said["catalogue_link"]),
    )  # fmt: skip
    asked = {name: face.asked.get(name, "") for name in NARROWED} | {"lang": face.reader.language}
    there = ways(said, DUTIES, asked, after=face.after, first=not face.asked.get("after"))
    return html.Div([scroll, there], className="roll-page")


def _row(row: DutyRow, face: CatalogueFace) -> Component:
    said = face.reader.words
    keywords = said["catalogue_keywords"].format(words=row.keywords) if row.keywords else ""
    level = said[f"catalogue_level_{row.level}"]
    ended = None if row.in_force else html.Strong(said["catalogue_not_in_force"])
    return html.Tr(
        [
            html.Td([html.Strong(row.title), html.Span(f"{row.code} · {level}"),
                     html.Span(keywords) if keywords else None]),
            html.Td(row.categories),
            html.Td(row.lead),
            html.Td(row.cooperating),
            html.Td(row.basis, lang="zh-CN"),
            html.Td([html.Span(row.valid), ended]),
        ],
        **data(duty=row.code),
    )  # fmt: skip


def _form(face: CatalogueFace) -> Component:
    said, language = face.reader.words, face.reader.language
    words = dcc.Input(
        type="search", name="words", value=face.asked.get("words", ""), maxLength=60,
        placeholder=said["catalogue_words_hint"], autoComplete="off",
    )  # fmt: skip
    clear = html.A(said["catalogue_clear"], href=f"{DUTIES}?lang={language}", className="press")
    send = html.Button(said["catalogue_go"], type="submit", className="press press-main")
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=language),
            field(said["catalogue_words"], words),
            *(_choice(name, face) for name in ("department", "category")),
            html.Div([send, clear], className="search-ways"),
        ],
        action=DUTIES, method="get", className="card find-form roll-form", role="search",
    )  # fmt: skip


def _choice(name: str, face: CatalogueFace) -> Component:
    chosen = face.asked.get(name, "")
    options = [
        html.Option(word, value=code, selected=True if code == chosen else None)
        for code, word in face.choices[name]
    ]
    return field(face.reader.words[f"catalogue_{name}"], html.Select(options, name=name))
