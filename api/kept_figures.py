"""What figures are made of, kept under the version of the slice it was read from.

Tickets of another department move neither a department's version nor its answers; and answers on
days that are over outlive the tickets of today.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any, NamedTuple, Protocol

from api.kept_answers import KeptAnswers
from operations.pulse.sums import CITY, Period, Slice, Sums, Units


class Version(Protocol):
    """What an answer rests on; see `data_sources.figure_reads.Version`."""

    @property
    def live(self) -> int: ...

    @property
    def past(self) -> int: ...

    @property
    def today(self) -> date: ...

    @property
    def epoch(self) -> int: ...

    @property
    def counted_to(self) -> int: ...


class Correction(NamedTuple):
    """By how much a day that was over has changed since, and when last."""

    day: date
    sums: Sums
    last_at: datetime


class Reads(Protocol):
    """The reads of `data_sources.figure_reads`."""

    def version(self, slice_: Slice) -> Version: ...

    def totals(self, slice_: Slice, period: Period) -> Sums: ...

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]: ...

    def days(
        self, slice_: Slice, period: Period, units: Units = None
    ) -> list[tuple[date, Sums]]: ...

    def heard(self, period: Period) -> list[date]: ...

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]: ...

    def corrections(self, slice_: Slice, period: Period, units: Units = None) -> Iterable[Any]: ...


class KeptFigures:
    """`FigureReads` for pages: the same answers, each read once. Raises Unreachable.

    `drawings` keeps what is drawn of them: where it is asked, not beside the loop.
    """

    def __init__(
        self,
        reads: Reads,
        kept: KeptAnswers,
        in_thread: Callable[..., Any],
        drawings: KeptAnswers,
        versions: dict[Slice, Version] | None = None,
    ) -> None:
        self._reads, self._kept, self._in_thread = reads, kept, in_thread
        self._drawings, self._versions = drawings, versions

    def moment(self) -> "KeptFigures":
        """Give the same reads for one page: each slice's version is asked once."""
        return KeptFigures(self._reads, self._kept, self._in_thread, self._drawings, versions={})

    def version(self, slice_: Slice) -> Version:
        """Tell the version of a slice: what pages ask again and again."""
        if self._versions is not None and slice_ in self._versions:
            return self._versions[slice_]
        found: Version = self._in_thread(partial(self._reads.version, slice_))
        if self._versions is not None:
            self._versions[slice_] = found
        return found

    def totals(self, slice_: Slice, period: Period) -> Sums:
        """Give the sums of a slice over a period."""
        return _sums(
            self._answer(
                "totals", slice_, period, lambda: _plain(self._reads.totals(slice_, period))
            )
        )

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]:
        """Give the sums of a slice by the codes of an axis; '' are tickets that have none."""

        def ask() -> list[Any]:
            found = self._reads.by(axis, slice_, period)
            return [[code, _plain(sums)] for code, sums in found.items()]

        told = self._answer(f"by {axis}", slice_, period, ask)
        return {code: _sums(sums) for code, sums in told}

    def days(self, slice_: Slice, period: Period, units: Units = None) -> list[tuple[date, Sums]]:
        """Give the sums of each day of a period, those without a ticket too."""

        def ask() -> list[Any]:
            found = self._reads.days(slice_, period, units)
            return [[day.isoformat(), _plain(sums)] for day, sums in found]

        told = self._answer("days", slice_, period, ask, units)
        return [(date.fromisoformat(day), _sums(sums)) for day, sums in told]

    def heard(self, period: Period) -> list[date]:
        """Give the days of a period on which any ticket came to the city."""

        def ask() -> list[str]:
            return [day.isoformat() for day in self._reads.heard(period)]

        return list(map(date.fromisoformat, self._answer("heard", CITY, period, ask)))

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]:
        """Give (day, hour of the clock, sums) of each hour in which something happened."""

        def ask() -> list[Any]:
            found = self._reads.hours(slice_, period)
            return [[day.isoformat(), hour, _plain(sums)] for day, hour, sums in found]

        told = self._answer("hours", slice_, period, ask)
        return [(date.fromisoformat(day), hour, _sums(sums)) for day, hour, sums in told]

    def corrections(self, slice_: Slice, period: Period, units: Units = None) -> list[Correction]:
        """Give by how much days of a period have changed since they were over, oldest first."""

        def ask() -> list[Any]:
            found = self._reads.corrections(slice_, period, units)
            return [
                [one.day.isoformat(), _plain(one.sums), one.last_at.isoformat()] for one in found
            ]

        told = self._answer("corrections", slice_, period, ask, units)
        return [
            Correction(date.fromisoformat(day), _sums(sums), datetime.fromisoformat(last_at))
            for day, sums, last_at in told
        ]

    def drawn(self, slice_: Slice, decided_by: str, draw: Callable[[], Any]) -> Any:
        """Give what is drawn of a slice's sums, plain values; drawn once until one of them moves.

        `decided_by` must name everything else that it hangs on, whose rights it is drawn for
        above all. `draw` must read nothing but sums of the slice, by this moment's reads.
        """
        version = self.version(slice_)
        key = f"{version!r} {sorted(slice_.codes().items())} {decided_by}"
        return self._drawings.answer("figures drawn", key, draw)

    def _answer(
        self,
        read: str,
        slice_: Slice,
        period: Period,
        ask: Callable[[], Any],
        units: Units = None,
    ) -> Any:
        version = self.version(slice_)
        is_over = read == "corrections" or period.last < version.today
        moved = f"past {version.past}" if is_over else f"live {version.live} {version.today}"
        codes = sorted(slice_.codes().items())
        days = f"{period.first} {period.last}"
        key = f"{version.epoch} {version.counted_to} {moved} {days} {codes}"
        if units is not None:
            key += f" of {sorted(units)}"
        return self._kept.answer(f"figures {read}", key, ask)


def _plain(sums: Sums) -> list[Any]:
    # Pairs one after the other: read back three times as fast as pairs in pairs.
    flat = (chain.from_iterable(one.items()) for one in (sums.clock, sums.working))
    return [list(sums.counts), *map(list, flat)]


def _sums(told: list[Any]) -> Sums:
    counts, clock, working = told
    return Sums(tuple(counts), _paired(clock), _paired(working))


def _paired(flat: list[int]) -> dict[int, int]:
    return dict(zip(flat[::2], flat[1::2], strict=True))
