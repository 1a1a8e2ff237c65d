"""The wall's picture shown the way Dash applications usually are, to compare with.

`python -m tests.bench.usual_way PORT PICTURE.json`: an interval of one second, a server
callback that returns every number, table, chart and map layer anew.
"""

import copy
import json
import random
import sys
from pathlib import Path
from typing import Any

import dash_leaflet as dl
from dash import Dash, Input, Output, dcc, html

NUMBERS = (
    "opened_today",
    "closed_today",
    "open_now",
    "overdue_now",
    "urgent_open",
    "unassigned_now",
)


def page() -> html.Div:
    """Lay out the numbers, the chart, the map and the tables."""
    return html.Div(
        [
            dcc.Interval(id="second", interval=1000),
            html.Div([html.H2(id=name) for name in NUMBERS]),
            dcc.Graph(id="volume"),
            dl.Map(dl.GeoJSON(id="cells"), center=[37.4, 121.0], zoom=8, style={"height": "400px"}),
            html.Table(id="categories"),
            html.Table(id="departments"),
        ]
    )


def table(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[html.Tr]:
    """Make table rows."""
    return [html.Tr([html.Td(row[name]) for name in names]) for row in rows]


def point(cell: list[Any]) -> dict[str, Any]:
    """Make the GeoJSON point of a cell."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [cell[2], cell[1]]},
        "properties": {"open": cell[3] + random.randrange(3)},
    }


def main(port: int, kept: Path) -> None:
    """Serve the page."""
    base = json.loads(kept.read_text())["sections"]
    app = Dash(__name__)
    app.layout = page

    @app.callback(
        *[Output(name, "children") for name in NUMBERS],
        Output("volume", "figure"),
        Output("cells", "data"),
        Output("categories", "children"),
        Output("departments", "children"),
        Input("second", "n_intervals"),
    )
    def show(_second: int | None) -> tuple[Any, ...]:
        now = copy.deepcopy(base)
        numbers = [now["totals"]["data"][name] + random.randrange(20) for name in NUMBERS]
        trailing = now["volume"]["data"]["trailing"]
        cells = [point(cell) for cell in now["cells"]["data"]["cells"]]
        categories = table(
            now["categories"]["data"]["rows"], ("name_zh", "opened_today", "open_now")
        )
        departments = table(
            now["departments"]["data"]["rows"], ("name_zh", "open_now", "overdue_now")
        )
        figure = {"data": [{"y": trailing, "type": "scatter"}], "layout": {}}
        features = {"type": "FeatureCollection", "features": cells}
        return *numbers, figure, features, categories, departments

    app.run(port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
