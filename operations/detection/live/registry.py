"""What the watch knows of the city's tickets: every report in its category's lookout."""

from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from operations.detection.live.addresses import Addresses
from operations.detection.live.expectation import SHAPE_D
from operations.detection.live.lookout import PAST_US, Hours, Lookout, Name
from operations.detection.live.votes import Rows, rows_of
from operations.detection.live.windows import LONGEST_US, Whole
from operations.places import Zone
from operations.pulse.windows import HOUR_US
from operations.tickets.fact import Fact
from operations.tickets.ticket import Channel, GeoQuality, Status

MOST_DIGESTED = 1_000
"""Reports worked in at once: what comes in a burst is caught up with by and by."""
KEPT_H = (SHAPE_D + 2) * 24
SPARSE = 0.1
"""Share of a busy day under which a day lies before the city's tickets began to come in."""
PLACED = frozenset({GeoQuality.EXACT.value, GeoQuality.STREET.value})


class Report(NamedTuple):
    """What detection needs of a ticket; no two tickets give the same."""

    source: str
    external_id: str
    category: str
    created_us: int
    latitude: float
    longitude: float
    district: str | None
    town: str | None
    caller: str | None
    staff: bool

    @property
    def voter(self) -> int:
        """Whose vote it is, as a number of this process; without a caller it is its own."""
        return hash(self.caller or (self.source, self.external_id))


def report_of(fact: Fact) -> Report | None:
    """Give a ticket as a report; None where it has no place or no longer stands for itself."""
    if (
        fact.latitude is None
        or fact.longitude is None
        or fact.geo_quality not in PLACED
        or fact.merged
        or fact.status == Status.WITHDRAWN.value
    ):
        return None
    return Report(
        fact.source,
        fact.external_id,
        fact.category,
        fact.created_us,
        fact.latitude,
        fact.longitude,
        fact.district,
        fact.town,
        fact.caller,
        fact.channel == Channel.STAFF.value,
    )


class Arrived(NamedTuple):
    """A report that was worked in just now."""

    category: str
    time_us: int
    address: int
    voter: int


Change = tuple[int, Name, Report]
"""(1 came or −1 gone, what it is known by, the report)"""


class Registry:
    """Every report of the last year, by category; changes are worked in a batch at a time."""

    def __init__(self, zones: Sequence[Zone] = ()) -> None:
        self.addresses = Addresses(zones)
        self.lookouts: dict[str, Lookout] = {}
        self.first_us: int | None = None
        self._pending: list[tuple[int, Report]] = []
        self._later: list[tuple[int, Report]] = []  # say they came in later than now

    @property
    def waiting(self) -> int:
        """Count the changes that could be worked in now."""
        return len(self._pending)

    def fold(self, before: Sequence[Fact], after: Sequence[Fact]) -> None:
        """Take tickets' former states out and put their present ones in, by and by."""
        gone = set(filter(None, map(report_of, before)))
        come = [one for one in map(report_of, after) if one is not None]
        self._pending += [(1, one) for one in come if one not in gone]
        if gone:  # a ticket that only went on in its life gives the same report as before
            self._pending += [(-1, one) for one in gone.difference(come)]

    def digest(self, now_us: int) -> tuple[list[Arrived], set[str]]:
        """Work in the next changes; give the reports that came, and the categories touched.

        What says it came in later than now waits until then; what is too old is passed over.
        """
        part = self._next_part(now_us)
        if not part:
            return [], set()
        by_category: dict[str, list[Change]] = {}
        for (sign, report), address in zip(part, self._addresses_of(part), strict=True):
            key = (report.created_us, address, report.voter)
            by_category.setdefault(report.category, []).append((sign, key, report))
        first_us = min(report.created_us for _, report in part)
        self.first_us = first_us if self.first_us is None else min(self.first_us, first_us)
        for category, changes in by_category.items():
            self._change(category, changes, now_us)
        arrived = [
            Arrived(category, *key)
            for category, changes in by_category.items()
            for sign, key, _ in changes
            if sign > 0
        ]
        return arrived, set(by_category)

    def _next_part(self, now_us: int) -> list[tuple[int, Report]]:
        """Take the next changes; what came and went again among them never was."""
        if self._later:
            due = [one for one in self._later if one[1].created_us <= now_us]
            self._later = [one for one in self._later if one[1].created_us > now_us]
            self._pending = due + self._pending
        part, self._pending = self._pending[:MOST_DIGESTED], self._pending[MOST_DIGESTED:]
        net: dict[Report, int] = {}
        for sign, report in part:
            if report.created_us > now_us:
                self._later.append((sign, report))
            elif report.created_us > now_us - PAST_US:
                net[report] = net.get(report, 0) + sign
        return [
            (1 if count > 0 else -1, one) for one, count in net.items() for _ in range(abs(count))
        ]

    def hours(self, now_us: int, offset_us: int) -> Hours:
        """Give the clock of the counts, with all reports by hour of the city's clock."""
        now_h = (now_us + offset_us) // HOUR_US
        first = now_us if self.first_us is None else self.first_us
        first_h = now_h - KEPT_H + 1
        everything = np.zeros(KEPT_H, np.int64)
        for lookout in self.lookouts.values():
            span = lookout.votes.since(first_h * HOUR_US - offset_us, now_us)
            of = (lookout.votes.rows["time_us"][span] + offset_us) // HOUR_US - first_h
            everything += np.bincount(of, minlength=KEPT_H)[:KEPT_H]
        oldest_h = (first + offset_us) // HOUR_US
        if silent_h := _silent_h(everything):
            oldest_h = max(oldest_h, first_h + silent_h)
        return Hours(offset_us, now_h, oldest_h, everything)

    def _addresses_of(self, part: Sequence[tuple[int, Report]]) -> list[int]:
        reports = [report for _, report in part]
        numbers = self.addresses.numbers(
            np.array([one.latitude for one in reports]),
            np.array([one.longitude for one in reports]),
            [one.district for one in reports],
            [one.town for one in reports],
        )
        np.add.at(self.addresses.counts, numbers, np.array([sign for sign, _ in part]))
        return numbers.tolist()  # type: ignore[no-any-return]

    def _change(self, category: str, changes: Sequence[Change], now_us: int) -> None:
        lookout = self.lookouts.setdefault(category, Lookout(category))
        gone = [
            (*key, report.staff, report.caller is None) for sign, key, report in changes if sign < 0
        ]
        come = [
            (*key, report.staff, report.caller is None) for sign, key, report in changes if sign > 0
        ]
        lookout.votes.change(_rows(gone), _rows(come))
        for sign, key, report in sorted(changes, key=itemgetter(0)):  # what is gone first
            if sign < 0:
                lookout.unname(key, (report.source, report.external_id))
            elif key[0] > now_us - LONGEST_US:
                lookout.name(key, (report.source, report.external_id))


def _silent_h(everything: Whole) -> int:
    """Tell for how many hours tickets did not come in yet, as far as these go back.

    A new city begins with its open tickets, some of them months old: the days on which a few of
    those were made say nothing of what was usual then. A busy day is the third-busiest; under a
    week it may as well have been quiet.
    """
    days = everything.reshape(-1, 24).sum(axis=1)
    silent_d = int(np.argmax(days > SPARSE * np.sort(days)[-3]))
    return 24 * silent_d if silent_d >= 7 else 0


def _rows(reports: Sequence[tuple[int, int, int, bool, bool]]) -> Rows:
    columns = zip(*reports, strict=True) if reports else ((),) * 5
    times, addresses, voters, staff, nobody = columns
    return rows_of(
        np.array(times, np.int64),
        np.array(addresses, np.int64),
        np.array(voters, np.int64),
        np.array(staff, np.bool_),
        np.array(nobody, np.bool_),
    )
