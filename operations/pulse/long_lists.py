"""Which lists of loose ends are longer than they may be, so that a person has to look.

A list may hold so many tickets as its limit says: the share of what is open that `SHARES` gives it,
at least `LEAST`, or the number the city set; and always half as much again as the list usually
holds, the median of what it held at the ends of the last days. A list that has been long for weeks
is no news: it stays on the wall, and its alarm ends. What is above its limit for some minutes
rings, and goes on until four fifths of the limit are reached.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from statistics import median
from typing import NamedTuple

from operations.pulse.alarm import RANK, Alarm, Cause, Reason, Seen, Severity, Signal
from operations.pulse.windows import SECOND_US
from operations.tickets.loose_ends import LooseEnd

ENDS = tuple(LooseEnd)
SHARES = {end: 0.15 if end is LooseEnd.REPEATS else 0.02 for end in ENDS}
"""Of the open tickets: a tenth of what a hotline hears it hears again, so repeats may be more."""
LEAST = 30
TIMES_USUAL = 1.5
PAST_D, KNOWN_D = 28, 7
"""Of how many days the usual is told, and how many of them have to be known."""
CLEARED_AT = 0.8
HIGH_AT = 2
SETTLE_MIN = 10.0
UNTOLD = -1.0
"""What is kept of a list that means nothing in this city."""


class Held(NamedTuple):
    """What a list holds: so many, and the departments with most; None where nobody can tell."""

    tickets: int | None
    most: tuple[tuple[str, int], ...] = ()


class Lists(NamedTuple):
    """The lists of a city at a moment of a local day (ISO 8601), beside its open tickets."""

    now_us: int
    day: str
    open_now: int
    held: Mapping[LooseEnd, Held]


@dataclass(frozen=True, slots=True)
class _Ringing:
    since_us: int
    seen: Seen
    severity: Severity


class LongLists:
    """Follows the lists of one city; the worker holds one.

    `limits` are a city's own, by list. `past` is what `past` gave before a restart: what each
    list held at the end of a day, in the order of `LooseEnd`.
    """

    def __init__(
        self,
        limits: Mapping[LooseEnd, int] | None = None,
        *,
        past: Mapping[str, Sequence[float]] | None = None,
        settle_min: float = SETTLE_MIN,
    ) -> None:
        self._limits, self._settle_us = dict(limits or {}), round(settle_min * 60 * SECOND_US)
        self.past = {day: list(row) for day, row in (past or {}).items() if len(row) == len(ENDS)}
        self._today: tuple[str, list[float]] | None = None
        self._above_since: dict[LooseEnd, int] = {}
        self._ringing: dict[LooseEnd, _Ringing] = {}

    def adopt(self, alarms: Sequence[Alarm]) -> None:
        """Go on with what rang before a restart."""
        self._ringing = {
            LooseEnd(reason.subject): _Ringing(alarm.since_us, reason.seen, alarm.severity)
            for alarm in alarms
            for reason in alarm.reasons
            if reason.cause is Cause.LOOSE_END and reason.seen is not None
        }

    def look(self, lists: Lists) -> bool:
        """Compare every list with its limit; tell whether a day ended, so that `past` is new."""
        ended = self._remember(lists)
        for end in ENDS:
            self._compare(end, lists)
        return ended

    def limit(self, end: LooseEnd, open_now: int) -> int:
        """Tell how many tickets a list may hold."""
        own = self._limits.get(end, max(LEAST, ceil(SHARES[end] * open_now)))
        place = ENDS.index(end)
        days = sorted(self.past)[-PAST_D:]
        known = [row[place] for row in map(self.past.__getitem__, days) if row[place] != UNTOLD]
        return own if len(known) < KNOWN_D else max(own, ceil(TIMES_USUAL * median(known)))

    def signals(self) -> list[Signal]:
        """Give the reasons for alarm: a list is an alarm of its own."""
        return [
            Signal(
                reason=_reason(end, one.seen),
                group=f"|{Cause.LOOSE_END}|{end}",
                severity=one.severity,
                category=None,
                district=None,
                since_us=one.since_us,
            )
            for end, one in self._ringing.items()
        ]

    def seen(self) -> dict[Reason, Seen]:
        """Tell how long each list that rings is at this moment."""
        return {_reason(end, one.seen): one.seen for end, one in self._ringing.items()}

    def _remember(self, lists: Lists) -> bool:
        """Keep what each list held when a day ended."""
        before, held = self._today, [lists.held[end].tickets for end in ENDS]
        self._today = lists.day, [UNTOLD if n is None else float(n) for n in held]
        if before is None or before[0] == lists.day:
            return False
        self.past[before[0]] = before[1]
        self.past = {day: self.past[day] for day in sorted(self.past)[-PAST_D:]}
        return True

    def _compare(self, end: LooseEnd, lists: Lists) -> None:
        tickets, most = lists.held[end]
        known, limit = self._ringing.get(end), self.limit(end, lists.open_now)
        if tickets is None or tickets <= (limit if known is None else floor(limit * CLEARED_AT)):
            self._above_since.pop(end, None)
            self._ringing.pop(end, None)
            return
        since_us = self._above_since.setdefault(end, lists.now_us)
        if known is None and lists.now_us - since_us < self._settle_us:
            return
        seen = Seen(lists.day, tickets, limit, most)
        severity = Severity.HIGH if tickets > HIGH_AT * limit else Severity.MEDIUM
        if known is not None:
            since_us = known.since_us
            severity = min(known.severity, severity, key=RANK.__getitem__)
        self._ringing[end] = _Ringing(since_us, seen, severity)


def _reason(end: LooseEnd, seen: Seen) -> Reason:
    return Reason(Cause.LOOSE_END, end.value, seen)
