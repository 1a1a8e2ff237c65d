"""Which reports of the past were ordinary: what came in an outbreak must not excuse the next one.

The past is cut into cells of some five kilometres and days. A cell's day that lies far above
the median of that cell's days around it is an event, and its reports are no part of what is usual
(the reason for which Farrington and others 1996, §3.6, down-weight weeks of past outbreaks; a
median over days stands firm while fewer than half of them are events). The days around it are
those of a block of `BLOCK_D`, counted back from the newest: a heating season is an event for its
first four weeks and usual from then on, however quiet the rest of the year was.
"""

import numpy as np

from operations.detection.live.windows import Mask, Reals, Whole

CELLS_A_DEGREE = 20
BLOCK_D = 56
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
    if not len(keys):
        return keys
    pairs, counts = np.unique(keys, return_counts=True)
    days = pairs % _DAYS
    last = max(1, span_d // BLOCK_D) - 1  # the oldest block also has the days that are left over
    block = np.minimum((days.max() - days) // BLOCK_D, last)
    starts = np.flatnonzero(np.diff(pairs // _DAYS * (last + 1) + block, prepend=-1))
    ends = np.append(starts[1:], len(pairs))
    spans = np.where(block[starts] == last, span_d - last * BLOCK_D, BLOCK_D)
    median = np.zeros(len(starts))
    for busy in np.flatnonzero((ends - starts) * 2 > spans):  # else most of its days have none
        here, span = counts[starts[busy] : ends[busy]][-spans[busy] :], spans[busy]
        median[busy] = np.median(np.concatenate([here, np.zeros(span - len(here))]))
    usual = np.repeat(median, ends - starts)
    return np.asarray(pairs[counts > usual + DEVIATIONS * np.sqrt(usual + 1) + LEAST_ABOVE])


def in_events(keys: Whole, found: Whole) -> Mask:
    """Mark the reports that came in an event: (reports,)."""
    if not len(found):
        return np.zeros(keys.shape[1], np.bool_)
    at = np.minimum(np.searchsorted(found, keys), len(found) - 1)
    return np.asarray((found[at] == keys).any(axis=0))
