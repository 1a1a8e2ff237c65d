"""What the watch lived through, as plain numbers that outlast it."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields

from operations.detection.live.lookout import Lookout
from operations.detection.live.nulls import Tail

Plain = list[float]


class Memory:
    """The tails of an earlier watch, each given back to its category once."""

    def __init__(self) -> None:
        self._held: dict[str, Plain] = {}

    def take(self, tails: Mapping[str, Plain]) -> None:
        """Take what `plain` gave to an earlier watch, and leave what cannot be that."""
        self._held = {name: row for name, row in tails.items() if _is_whole(row)}

    def remind(self, lookout: Lookout) -> None:
        """Give a category the tail it had, where it has none; it is lived anew if it drifted."""
        known = self._held.pop(lookout.category, None)
        if known is not None and lookout.tail is None:
            start, scale, weight, stretch_d, highest, replicates, rate_h, past = known
            lookout.tail = Tail(start, scale, weight, stretch_d, highest, int(replicates))
            lookout.lived = (rate_h, int(past))

    def plain(self, lookouts: Iterable[Lookout]) -> dict[str, Plain]:
        """Give the tail of every category that has one, and what it was made for, as numbers.

        What has not been given back yet is among them.
        """
        return self._held | {
            one.category: [*astuple(one.tail), *one.lived]
            for one in lookouts
            if one.tail is not None
        }


def _is_whole(row: Plain) -> bool:
    """Tell whether numbers are a tail: eight, with a scale, a weight, a stretch and a rate."""
    return (
        len(row) == len(fields(Tail)) + 2
        and all(map(math.isfinite, row))
        and min(row[1], row[2], row[3], row[6]) > 0
    )
