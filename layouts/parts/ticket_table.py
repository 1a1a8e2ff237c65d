"""The table of tickets: AG Grid's infinite row model; `assets/desk_table.js` gives it its rows."""

from collections.abc import Mapping
from typing import Any

import dash_ag_grid
from dash.development.base_component import Component

from layouts import ids
from layouts.ticket_face import Reader

A_BLOCK = 100
NO_BOUND = -1  # of questions at a time: the grid goes on counting those whose rows it threw away
COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "title": {"flex": 700, "minWidth": 260, "sortable": False, "cellRenderer": "DeskTitle"},
    "status": {"flex": 138},
    "due": {"flex": 160, "cellClass": "desk-when"},
    "department": {"flex": 180},
    "category": {"flex": 160},
    "district": {"flex": 116},
    "created": {"flex": 160, "cellClass": "desk-when"},
    "updated": {"flex": 160, "cellClass": "desk-when"},
}
"""Their shares of the width: the pixels they need at least, so that they grow with the letters."""
CHOOSE: Mapping[str, Any] = {
    "rowSelection": {"mode": "multiRow", "headerCheckbox": False, "enableClickSelection": False},
    "selectionColumnDef": {"width": 52, "pinned": "left", "suppressHeaderMenuButton": True},
}
TEXTS = (
    *("noRowsToShow", "loadingOoo", "loadingError", "ariaSortableColumn", "ariaMenuColumn"),
    *("ariaSkeletonCellLoading", "ariaSkeletonCellLoadingFailed", "ariaRowSelect"),
    *("ariaRowDeselect", "ariaRowToggleSelection", "ariaRowSelectAll", "ariaUnchecked"),
    *("ariaChecked", "ariaIndeterminate", "ariaLabelLoadingOverlay"),
)


def ticket_table(reader: Reader, *, chosen: bool = False) -> Component:
    """Draw the empty table; `chosen`: rows can be chosen."""
    said = reader.words
    columns = [
        {"field": name, "headerName": said[f"desk_column_{name}"], "minWidth": look["flex"]}
        | dict(look)
        for name, look in COLUMNS.items()
    ]
    table: Component = dash_ag_grid.AgGrid(
        id=ids.DESK_TABLE,
        className="desk-grid",
        columnDefs=columns,
        rowModelType="infinite",
        defaultColDef={
            "resizable": True, "suppressMovable": True, "suppressHeaderMenuButton": True,
            "suppressHeaderContextMenu": True, "sortingOrder": ["desc", "asc"],
            "unSortIcon": True,
        },
        dashGridOptions={
            "theme": {"function": "tableTheme(agGrid, themeQuartz)"},
            "localeText": {name: said[f"grid_{name}"] for name in TEXTS},
            "cacheBlockSize": A_BLOCK, "maxBlocksInCache": 20,
            "infiniteInitialRowCount": 1, "cacheOverflowSize": 1,
            "maxConcurrentDatasourceRequests": NO_BOUND, "rowBuffer": 10, "animateRows": False,
            "suppressCellFocus": False, "suppressMultiSort": True, "enableCellTextSelection": True,
            **(CHOOSE if chosen else {}),
        },
        getRowId="params.data.id",
        dangerously_allow_code=False,
        style={"height": "100%"},
    )  # fmt: skip
    return table
