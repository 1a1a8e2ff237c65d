"""Which reports of the past were ordinary: what came in an outbreak must not excuse the next one.

The past is cut into cells of some five kilometres and days. A cell's day that lies far above
the median of that cell's days is an event, and its reports are no part of what is usual (the
reason for which Farrington and others 1996, §3.6, down-weight weeks of past outbreaks; a median
over days stands firm while fewer than half of them are events).
"""

import numpy as np

from operations.detection.votes import Mask
from operations.detection.windows import Reals, Whole

CELLS_A_DEGREE = 20
LEAST_ABOVE = 3.0
DEVIATIONS = 4.0
_DAYS, _COLUMNS = 100_000, 10_000


def cell_days(points: Reals, days: Whole) -> Whole:
    """Give the key of each report's cell and day in two grids half a cell apart: (2, reports).

    points: (reports, 3) unit vectors. An event on the border of two cells of one grid is seen
    whole in the other.
    """
    latitude = np.degrees(np.arcsin(points[:, 2]))
    longitude = np.degrees(np.arctan2(points[:, 1], points[:, 0]))
    keys = np.empty((2, len(days)), np.int64)
    for grid in (0, 1):
        rows = np.floor((latitude + 90) * CELLS_A_DEGREE + grid / 2).astype(np.int64)
        columns = np.floor((longitude + 180) * CELLS_A_DEGREE + grid / 2).astype(np.int64)
        keys[grid] = ((rows * _COLUMNS + columns) * 2 + grid) * _DAYS + days
    return keys


def events(keys: Whole, span_d: int) -> Whole:
    """Give the keys of cell days far above the median day of their cell, sorted: (events,).

    keys: (2, reports) of all reports of `span_d` days.
    """
    return np.sort(np.concatenate([_events(keys[0], span_d), _events(keys[1], span_d)]))


def _events(keys: Whole, span_d: int) -> Whole:
    pairs, counts = np.unique(keys, return_counts=True)
    _, cell = np.unique(pairs // _DAYS, return_inverse=True)
    seen = np.bincount(cell)
    median = np.zeros(len(seen))
    for busy in np.flatnonzero(seen * 2 > span_d):  # else most of its days have none at all
        here = counts[cell == busy][:span_d]
        median[busy] = np.median(np.concatenate([here, np.zeros(span_d - len(here))]))
    usual = median[cell]
    return np.asarray(pairs[counts > usual + DEVIATIONS * np.sqrt(usual + 1) + LEAST_ABOVE])


def in_events(keys: Whole, found: Whole) -> Mask:
    """Mark the reports that came in an event: (reports,)."""
    if not len(found):
        return np.zeros(keys.shape[1], np.bool_)
    at = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    return np.asarray((found[at] == keys).any(axis=0))
