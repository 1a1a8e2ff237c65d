"""The table of tickets: AG Grid's infinite row model; `assets/desk_table.js` gives it its rows."""

from collections.abc import Mapping
from typing import Any

import dash_ag_grid
from dash.development.base_component import Component

from layouts import ids
from layouts.ticket_face import Reader

A_BLOCK = 100
ROW_PX = 56
NO_BOUND = -1  # of questions at a time: the grid goes on counting those whose rows it threw away
COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "title": {"flex": 1, "minWidth": 260, "sortable": False, "cellRenderer": "DeskTitle"},
    "status": {"width": 138},
    "due": {"width": 160, "cellClass": "desk-when"},
    "department": {"width": 180},
    "category": {"width": 160},
    "district": {"width": 116},
    "created": {"width": 160, "cellClass": "desk-when"},
    "updated": {"width": 160, "cellClass": "desk-when"},
}
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
        {"field": name, "headerName": said[f"desk_column_{name}"]} | dict(look)
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
            "rowHeight": ROW_PX, "cacheBlockSize": A_BLOCK, "maxBlocksInCache": 20,
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
