"""Where a public request is said to be: the middle of a cell that is on the city's map anyway."""

from collections.abc import Collection

from operations.places import cell_centre, cell_parent
from operations.pulse.cells import COARSEST, FINEST


def shown_place(cell: int | None, shown: Collection[int]) -> tuple[float, float] | None:
    """Give the latitude and longitude at which a ticket of a cell may be shown.

    `shown` are the cells of the city's picture, each of enough callers; the finest that holds
    the ticket is taken. None where the ticket has no cell or none is shown around it.
    """
    if cell is None:
        return None
    for resolution in range(FINEST, COARSEST - 1, -1):
        around = cell if resolution == FINEST else cell_parent(cell, resolution)
        if around in shown:
            latitude, longitude = cell_centre(around)
            return round(latitude, 5), round(longitude, 5)
    return None
