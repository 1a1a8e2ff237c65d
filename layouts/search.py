"""The search for tickets: all of it in the address, so that Back and a link give it again."""

from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.parts.ticket_page import DESK, address, marks, ticket_page
from layouts.ticket_face import Row, SearchFace


def search(face: SearchFace) -> Component:
    """Draw the page."""
    said, language = face.reader.words, face.reader.language
    start = html.A(said["to_start"], href=f"/?lang={language}", className="press")
    return ticket_page(
        face.reader, said["search_link"], start, DESK, [_form(face), *_results(face)]
    )


def _form(face: SearchFace) -> Component:
    said, language = face.reader.words, face.reader.language
    return html.Form(
        [
            dcc.Input(type="hidden", name="lang", value=language),
            field(
                said["search_words"],
                dcc.Input(
                    id=ids.SEARCH_WORDS, type="search", name="words", maxLength=60,
                    value=face.asked.get("words", ""), placeholder=said["search_words_hint"],
                ),
            ),
            field(
                said["search_number"],
                dcc.Input(
                    id=ids.SEARCH_NUMBER, type="search", name="number", maxLength=128,
                    value=face.asked.get("number", ""), placeholder=said["search_number_hint"],
                ),
            ),
            _choice("category", said["ticket_category"], face),
            _choice("department", said["ticket_department"], face),
            _choice("district", said["ticket_district"], face),
            _choice("status", said["ticket_status"], face),
            _choice("days", said["search_period"], face),
            html.Div(
                [
                    html.Button(said["search_go"], type="submit", className="press press-main"),
                    html.A(
                        said["search_clear"], href=f"{DESK}?lang={language}", className="press"
                    ),
                ],
                className="search-ways",
            ),
        ],
        action=DESK,
        method="get",
        className="card find-form",
        role="search",
    )  # fmt: skip


def _choice(name: str, title: str, face: SearchFace) -> Component:
    chosen = face.asked.get(name, "")
    options = [
        html.Option(word, value=code, selected=True if code == chosen else None)
        for code, word in face.choices[name]
    ]
    return field(title, html.Select(options, name=name))


def _results(face: SearchFace) -> list[Component | None]:
    said = face.reader.words
    if face.rows is None:
        return [html.P(face.told, className="told", role="alert")]
    if not face.rows:
        return [_nothing(face)]
    told = said["search_found"].format(first=face.first, last=face.first + len(face.rows) - 1)
    export = html.A(
        said["search_export"], href=f"/api/v1/tickets.csv?{_query(face)}", className="press",
        download="tickets.csv",
        title=said["search_export_about"].format(n=f"{face.most_exported:,}"),
    )  # fmt: skip
    return [
        html.Div([html.P(told, role="status"), export], className="search-head"),
        html.Ul([_row(row, face) for row in face.rows], className="found"),
        _pager(face),
    ]


def _nothing(face: SearchFace) -> Component:
    said = face.reader.words
    way: Component | None
    if face.page > 1:
        about, title = None, said["search_end"]
        way = html.A(said["search_back"], href=f"{DESK}?{_query(face)}", className="press")
    else:
        about, title = said["search_none_about"], said["search_none"]
        ever = f"{DESK}?{_query(face, days='0')}"
        narrow = face.asked.get("days") != "0" and not face.asked.get("number")
        way = html.A(said["search_widen"], href=ever, className="press") if narrow else None
    return html.Section(
        [html.H2(title), html.P(about) if about else None, way], className="card found-nothing"
    )


def _row(row: Row, face: SearchFace) -> Component:
    reader = face.reader
    said = reader.words
    where = [row.category, row.department or said["ticket_unassigned"], row.district]
    return html.Li(
        html.A(
            [
                html.Span(
                    [
                        html.Strong(row.title or said["search_untitled"]),
                        html.Span(" · ".join(filter(None, where)), className="fine"),
                    ],
                    className="found-words",
                ),
                html.Span(marks(row, reader), className="found-marks"),
                html.Span(
                    [
                        html.Time(reader.moment(row.created_at)),
                        html.Span(row.external_id, className="fine"),
                    ],
                    className="found-number",
                ),
            ],
            href=f"{address(row.source, row.external_id)}?lang={reader.language}",
            **data(ticket=row.external_id),
        )
    )


def _pager(face: SearchFace) -> Component | None:
    said, links = face.reader.words, []
    if face.page > 1:
        newer = f"{DESK}?{_query(face, page=str(face.page - 1))}"
        links.append(html.A(said["search_before"], href=newer, className="press", rel="prev"))
    if face.more and not face.last_page:
        older = f"{DESK}?{_query(face, page=str(face.page + 1))}"
        links.append(html.A(said["search_after"], href=older, className="press", rel="next"))
    if not links:
        return None
    return html.Nav(links, className="search-ways", **aria(label=said["search_link"]))


def _query(face: SearchFace, **more: str) -> str:
    asked = {name: value for name, value in face.asked.items() if value}
    return urlencode(asked | more | {"lang": face.reader.language})
