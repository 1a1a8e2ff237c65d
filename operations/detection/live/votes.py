"""The reports of one category in order of time, and which of them count as a vote."""

import numpy as np
import numpy.typing as npt

from operations.detection.live.windows import LONGEST_US, Mask, Whole

_ROW = np.dtype(
    [
        ("time_us", np.int64),
        ("address", np.int64),
        ("caller", np.int64),
        ("staff", np.bool_),  # entered by staff
        ("nobody", np.bool_),  # names no caller
    ]
)
Rows = npt.NDArray[np.void]

MANY = 16  # callers from which on sorting everything is cheaper than looking for each


def rows_of(time_us: Whole, address: Whole, caller: Whole, staff: Mask, nobody: Mask) -> Rows:
    """Put reports into rows."""
    rows = np.empty(len(time_us), _ROW)
    rows["time_us"], rows["address"] = time_us, address
    rows["caller"], rows["staff"], rows["nobody"] = caller, staff, nobody
    return rows


class Votes:
    """The reports of one category; a caller has one vote in thirty days.

    A report counts when its caller's report before it is at least thirty days older, so that
    urging calls (催单) are left out and what counts depends on the reports alone, not on the
    order they were delivered in. rows: sorted by time; counts: (reports,) which are votes.
    """

    def __init__(self) -> None:
        self.rows: Rows = np.empty(0, _ROW)
        self.counts: Mask = np.empty(0, np.bool_)

    def __len__(self) -> int:
        return len(self.rows)

    def change(self, gone: Rows, come: Rows) -> None:
        """Take reports out and put others in; what is not there cannot be taken out."""
        if len(gone):
            stay = ~self._places_of(gone)
            self.rows, self.counts = self.rows[stay], self.counts[stay]
        if len(come):
            come = come[np.argsort(come["time_us"], kind="stable")]
            at = np.searchsorted(self.rows["time_us"], come["time_us"], side="right")
            self.rows = np.insert(self.rows, at, come)
            self.counts = np.insert(self.counts, at, False)
        self._judge(np.unique(np.concatenate([gone["caller"], come["caller"]])))

    def since(self, first_us: int, last_us: int) -> slice:
        """Give where the reports of [first, last] stand."""
        times = self.rows["time_us"]
        return slice(
            int(np.searchsorted(times, first_us, side="left")),
            int(np.searchsorted(times, last_us, side="right")),
        )

    def forget(self, before_us: int) -> None:
        """Drop reports older than a moment."""
        first = int(np.searchsorted(self.rows["time_us"], before_us, side="left"))
        if first:
            self.rows, self.counts = self.rows[first:], self.counts[first:]

    def _places_of(self, gone: Rows) -> Mask:
        """Mark the reports to be taken out, one for each."""
        marked = np.zeros(len(self.rows), np.bool_)
        for one in gone:
            span = self.since(int(one["time_us"]), int(one["time_us"]))
            same = (self.rows[span] == one) & ~marked[span]
            if same.any():
                marked[span.start + int(np.argmax(same))] = True
        return marked

    def _judge(self, callers: Whole) -> None:
        """Tell anew which reports of some callers count; nobody else's can have changed."""
        if len(callers) > MANY:
            mine = np.arange(len(self.rows))
        else:
            mine = np.flatnonzero(
                np.logical_or.reduce([self.rows["caller"] == one for one in callers])
            )
        caller, time_us = self.rows["caller"][mine], self.rows["time_us"][mine]
        # Of a caller's reports of one moment always the same counts, in whatever order they came.
        order = np.lexsort((self.rows["staff"][mine], self.rows["address"][mine], time_us, caller))
        caller, time_us = caller[order], time_us[order]
        again = np.zeros(len(mine), np.bool_)
        again[1:] = (caller[1:] == caller[:-1]) & (time_us[1:] - time_us[:-1] < LONGEST_US)
        self.counts[mine[order]] = ~again
