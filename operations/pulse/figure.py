"""What one figure is: how it is worked out of sums, and what is told of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from operations.pulse.durations import quantile_min
from operations.pulse.sums import Sums


class Unit(StrEnum):
    """What a figure's value is."""

    SHARE = "share"  # 0 to 1
    TICKETS = "tickets"
    MINUTES = "minutes"


class Better(StrEnum):
    """Which way a figure should move."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Event(StrEnum):
    """The event on whose local day a ticket counts."""

    OPENED = "opened"  # 受理
    DISPATCHED = "dispatched"  # 派单
    DUE = "due"  # 到期
    CLOSED = "closed"  # 办结
    CALLED = "called"  # 回访


class Value(NamedTuple):
    """A figure's value and the number of tickets it rests on; no value where there are none."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure. Its value is that of `good` in `of`, of `of` alone, or a quantile.

    `rest` turns the share round: 1 − good ÷ of. `parts` are the shares it is the mean of, as far as
    they have a value; its n is then the smallest of theirs. `told_by`: a counter without which the
    source does not tell of the matter, so that there is no value. `measure` and `share` are those
    of a quantile. The definitions are whole sentences for whoever asks.
    """

    code: str
    zh: str
    en: str
    event: Event
    of: str = ""
    good: str = ""
    rest: bool = False
    told_by: str = ""
    measure: str = ""
    share: float = 0.0
    parts: "tuple[Figure, ...]" = ()
    better: Better = Better.NEITHER
    means_zh: str
    means_en: str

    @property
    def unit(self) -> Unit:
        """What the value is."""
        if self.measure:
            return Unit.MINUTES
        return Unit.SHARE if self.good or self.parts else Unit.TICKETS

    def value(self, sums: Sums) -> Value:
        """Work the figure out."""
        if self.measure:
            histogram = sums.clock if self.measure == "clock" else sums.working
            return Value(quantile_min(histogram, self.share), sum(histogram.values()))
        if self.parts:
            told = [one for part in self.parts if (one := part.value(sums)).value is not None]
            if not told:
                return Value(None, 0)
            mean = sum(one.value or 0.0 for one in told) / len(told)
            return Value(round(mean, 4), min(one.n for one in told))
        n = sums[self.of]
        if not self.good:
            return Value(n, n)
        if n == 0 or (self.told_by and not sums[self.told_by]):
            return Value(None, 0)
        share = sums[self.good] / n
        return Value(round(1 - share if self.rest else share, 4), n)

    def exact(self, sums: Sums) -> Value:
        """Work the figure out to be written: a share is rounded once, when it is, not twice."""
        found = self.value(sums)
        if found.value is None or not self.good:
            return found
        good = sums[self.of] - sums[self.good] if self.rest else sums[self.good]
        return Value(good / found.n, found.n)
