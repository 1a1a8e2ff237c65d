"""A panel: a title, the age and state of its data, and a body JavaScript writes into."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data


def panel(
    name: str,
    title: str,
    body: Sequence[Component | None],
    note: Sequence[Component] = (),
    of: str = "",
) -> Component:
    """Frame a panel; it starts late, because nothing has arrived yet.

    `of` names the picture's section where it is not the panel's own name, by which it is then
    known to what looks whether it is seen.
    """
    return html.Section(
        [
            html.Header(
                [
                    html.H2(title),
                    html.Span(list(note), className="panel-note"),
                    html.Span(
                        [
                            html.Span(className="shape", **aria(hidden="true")),
                            html.Span(className="panel-age"),
                        ],
                        className="panel-state",
                    ),
                ],
                className="panel-head",
            ),
            *body,
        ],
        className=f"panel panel-{name}",
        **data(panel=of or name, state="late", **({"own": name} if of else {})),
        **aria(label=title),
    )


def rows(name: str, columns: Sequence[str] = (), look: str = "") -> list[Component | None]:
    """Give the place of a keyed table; assets/tables.js makes and reuses its rows.

    `look` names the kind of row where it is not the table's own.
    """
    heads = html.Div(
        [html.Span(column) for column in columns],
        className=f"row row-head row-{look or name}",
        **aria(hidden="true"),
    )
    return [heads if columns else None, html.Div(className="rows", **data(rows=name))]
