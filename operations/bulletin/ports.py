"""What a bulletin is made from: sums, what is overdue, and what the watch found."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from operations.bulletin.contents import Holder
from operations.detection.cluster import Cluster
from operations.pulse.alarm import Alarm
from operations.pulse.sums import Period, Slice, Sums


class Correction(Protocol):
    """By how much a day that was over has changed since."""

    @property
    def day(self) -> date: ...

    @property
    def sums(self) -> Sums: ...


class Figures(Protocol):
    """The reads of `data_sources.figure_reads`."""

    def counted_share(self) -> float: ...

    def first_day(self) -> date | None: ...

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]: ...

    def days(self, slice_: Slice, period: Period) -> list[tuple[date, Sums]]: ...

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]: ...

    def corrections(self, slice_: Slice, period: Period) -> Sequence[Any]: ...


class Overdue(NamedTuple):
    """What is open and past its time: how many of each department and each district."""

    holders: tuple[Holder, ...]
    districts: Mapping[str, int]


class Watched(NamedTuple):
    """Clusters that lived in a period, alarms raised in it, and how many stand now."""

    clusters: tuple[Cluster, ...]
    alarms: tuple[Alarm, ...]
    standing: int


class Beside(Protocol):
    """What is read of other tables than the sums."""

    def overdue(self, now: datetime, slice_: Slice) -> Overdue:
        """Count what of a slice is overdue at a moment, by who holds it."""

    def watched(self, start: datetime, end: datetime, district: str | None) -> Watched:
        """Give what the watch found from a moment up to another, in the city or a district."""
