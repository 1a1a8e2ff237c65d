"""Pages are written down quickly, and the same as Dash would."""

import json
from datetime import date
from typing import Any

import dash_leaflet as dl
import pytest
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from callbacks.lean import plain
from callbacks.pages import screen
from tests.callbacks.test_departments import House

EVERYTHING = html.Div(
    [
        "words", 3, None, [html.B("deep", **{"aria-label": "b", "data-x": 1})],
        html.P((html.I("a"), html.I(html.U("b"))), id={"type": "kind", "index": 2}, hidden=False),
        dl.Map([dl.Marker(position=[37.5, 121.4], children=[dl.Tooltip("here")])], center=[1, 2]),
        dcc.Input(value=None, type="text"),
    ],
    style={"color": "red", "inner": [date(2026, 11, 24)]},
)  # fmt: skip


def sent(drawn: Any) -> Any:
    return json.loads(json.dumps(drawn, cls=PlotlyJSONEncoder))


def test_components_of_every_kind_are_written_as_dash_writes_them() -> None:
    assert sent(plain(EVERYTHING)) == sent(EVERYTHING)


@pytest.mark.parametrize("path", ["/departments", "/departments/water", "/", "/nowhere"])
def test_a_page_is_written_as_dash_writes_it(path: str) -> None:
    house = House()
    house.put("water", opened=40, due=30, on_time=20, closed=25)
    drawn = screen(house.sources, house.desk, path, "")
    assert not isinstance(plain(drawn), type(drawn))
    assert sent(plain(drawn)) == sent(drawn)
