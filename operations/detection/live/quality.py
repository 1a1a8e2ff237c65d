"""How good the places of today's tickets are, and how many came late: a line of its own."""

from collections import Counter
from collections.abc import Sequence

from operations.pulse.windows import HOUR_US
from operations.tickets.fact import Fact
from operations.tickets.ticket import GeoQuality

LATE_US = HOUR_US
_KEPT_H = 48


class Quality:
    """Counts tickets by hour and by how well their place is known; `since_us`: this start.

    What came in before this start is no late delivery: it may be history that is filled in.
    """

    def __init__(self, since_us: int) -> None:
        self._since_us = since_us
        self._counts: Counter[tuple[int, str]] = Counter()
        self._late: Counter[int] = Counter()

    def fold(self, before: Sequence[Fact], after: Sequence[Fact], now_us: int) -> None:
        """Take tickets' former states out and put their present ones in."""
        first_h = now_us // HOUR_US - _KEPT_H
        for sign, facts in ((-1, before), (1, after)):
            for fact in facts:
                hour = fact.created_us // HOUR_US
                if hour >= first_h:
                    self._counts[hour, fact.geo_quality] += sign
        known = {(one.source, one.external_id) for one in before}
        for fact in after:
            new = (fact.source, fact.external_id) not in known
            if new and self._since_us <= fact.created_us < now_us - LATE_US:
                self._late[fact.created_us // HOUR_US] += 1
        for old in [key for key in self._counts if key[0] < first_h]:
            del self._counts[old]
        for hour in [hour for hour in self._late if hour < first_h]:
            del self._late[hour]

    def since(self, first_us: int) -> tuple[float, float, int]:
        """Give the shares of fallback points and of unknown places, and how many came late."""
        first_h = first_us // HOUR_US
        by: Counter[str] = Counter()
        for (hour, quality), count in self._counts.items():
            if hour >= first_h:
                by[quality] += count
        total = max(1, by.total())
        unknown = by[GeoQuality.NONE.value] + by[GeoQuality.DISTRICT.value]
        late = sum(count for hour, count in self._late.items() if hour >= first_h)
        return by[GeoQuality.FALLBACK.value] / total, unknown / total, late
