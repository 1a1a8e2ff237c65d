"""A table of figures: a line for each department, category or district, each leading further."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.departments_face import Cell, FiguresFace, Line, Table
from layouts.parts.marks import aria, data
from layouts.values import told

AT_ONCE, UNITS_AT_ONCE = 12, 24
"""Lines that stand without being asked for: a page of all of them is twice as long in coming."""


def figure_table(table: Table, face: FiguresFace) -> Component:
    """Draw a table; on a narrow screen every line is a block that names its figures."""
    said = face.words
    if not table.lines:
        body: list[Component] = [html.P(said["departments_nothing"])]
    else:
        most = UNITS_AT_ONCE if table.scored else AT_ONCE
        further = len(table.lines) - most
        body = [_lines(table, table.lines if table.whole else table.lines[:most], face)]
        if further > 0:
            told = "departments_fewer" if table.whole else "departments_more"
            body.append(html.A(said[told].format(n=further), href=table.other, className="press"))
    return html.Section(
        [html.H2(table.title), *body],
        className="bureau-table",
        id=f"by-{table.name}",
        **data(by=table.name),
    )


def _lines(table: Table, lines: Sequence[Line], face: FiguresFace) -> Component:
    said = face.words
    heads = [table.lead, *table.heads]
    if table.live:
        heads[1:1] = [said["column_open"], said["column_overdue"]]
    if table.scored:
        heads.append(said["departments_score" if face.ranks else "departments_band"])
    named = len(heads) - len(table.heads) - table.scored
    aims = [(None, ""), *[(None, "")] * (named - 1), *table.aims, (None, "")]
    head = html.Thead(
        html.Tr([_head(one, aim, face) for one, aim in zip(heads, aims, strict=False)])
    )
    rows = [_line(line, table, heads, face, place) for place, line in enumerate(lines, 1)]
    return html.Div(html.Table([head, html.Tbody(rows)]), className="bureau-wide", tabIndex=0,
                    role="region", **aria(label=table.title))  # fmt: skip


def _head(name: str, aim: tuple[float | None, str], face: FiguresFace) -> Component:
    """Draw a head, with the target of what stands below it."""
    value, unit = aim
    if value is None:
        return html.Th(name, scope="col")
    said = face.words["departments_target"].format(value=told(value, unit, face.language))
    return html.Th([html.Span(name), html.Span(said, className="bureau-n")], scope="col")


def _line(
    line: Line, table: Table, heads: Sequence[str], face: FiguresFace, place: int
) -> Component:
    name = html.A(line.name, href=line.href) if line.href else html.Span(line.name)
    cells: list[Component] = [html.Th(name, scope="row")]
    if table.live:
        cells += [
            html.Td("–", className="bureau-live", **data(label=heads[at], row_kpi=kpi))
            for at, kpi in ((1, "open_now"), (2, "overdue_now"))
        ]
    cells += [_cell(cell, heads[len(cells) + at], face) for at, cell in enumerate(line.cells)]
    if table.scored:
        cells.append(_scored(line, heads[-1], face, place))
    return html.Tr(cells, **data(code=line.code))


def _cell(cell: Cell, head: str, face: FiguresFace) -> Component:
    value = told(cell.value, cell.unit, face.language)
    if cell.unit == "tickets":
        return html.Td(value, **data(label=head))
    return html.Td(
        # Plain text where nothing is marked: a page has a thousand of these.
        [
            html.Span(value) if cell.below else value,
            html.Span(face.words["sample_n"].format(n=f"{cell.n:,}"), className="bureau-n"),
        ],
        **data(label=head, few=str(cell.few).lower(), below=str(cell.below).lower()),
    )


def _scored(line: Line, head: str, face: FiguresFace, place: int) -> Component:
    """Give the band; the score and the place only where ranks are wanted."""
    said = face.words
    told_band = said["departments_band_is"].format(band=line.band) if line.band else said["no_rate"]
    band = html.Span(
        line.band or "–", className="bureau-band", role="img", **aria(label=told_band),
        **data(band=line.band or "none"),
    )  # fmt: skip
    if not face.ranks or line.score is None:
        return html.Td(band, **data(label=head))
    rank = f"{said['departments_rank']} {place}"
    return html.Td(
        [band, html.Span(f"{line.score:.3f}"), html.Span(rank, className="bureau-n")],
        **data(label=head),
    )
