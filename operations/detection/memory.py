"""What the watch lived through, as plain numbers that outlast it."""

from collections.abc import Iterable, Mapping
from dataclasses import astuple

from operations.detection.lookout import Lookout
from operations.detection.nulls import Tail

Plain = list[float]


class Memory:
    """The tails of an earlier watch, each given back to its category once."""

    def __init__(self) -> None:
        self._held: dict[str, Plain] = {}

    def take(self, tails: Mapping[str, Plain]) -> None:
        """Take what `plain` gave to an earlier watch."""
        self._held = dict(tails)

    def remind(self, lookout: Lookout) -> None:
        """Give a category the tail it had, where it has none; it is lived anew if it drifted."""
        known = self._held.pop(lookout.category, None)
        if known is not None and lookout.tail is None:
            start, scale, weight, stretch_d, highest, replicates, rate_h, past = known
            lookout.tail = Tail(start, scale, weight, stretch_d, highest, int(replicates))
            lookout.lived = (rate_h, int(past))

    @staticmethod
    def plain(lookouts: Iterable[Lookout]) -> dict[str, Plain]:
        """Give the tail of every category that has one, and what it was made for, as numbers."""
        return {
            one.category: [*astuple(one.tail), *one.lived]
            for one in lookouts
            if one.tail is not None
        }
