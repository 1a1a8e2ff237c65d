"""What a step of the drill-down is drawn from: the sums of its days, and of the days before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from callbacks.desk import Figures
from operations.pulse.drill import Drill
from operations.pulse.sums import Period, Sums, Units, added

WEEK_D = 7


@dataclass(frozen=True, slots=True)
class Read:
    """Sums of a step: `by` axis and code, `corrections` by how much each day has changed since.

    `days` begin six days before the period, so that its first day has a week behind it.
    """

    now: Sums
    before: Sums
    days: Sequence[tuple[date, Sums]]
    corrections: Sequence[tuple[date, Sums]]
    by: Mapping[str, Mapping[str, Sums]] = field(default_factory=dict)


def read(figures: Figures, drill: Drill, axes: Sequence[str], units: Units) -> Read:
    """Read a step; `units` are the departments that are counted, None for all of them."""
    if units is not None:
        return _read_units(figures, drill, units)
    here, period = drill.slice, drill.period
    return Read(
        now=figures.totals(here, period),
        before=figures.totals(here, period.before),
        days=figures.days(here, with_week(period)),
        corrections=[(one.day, one.sums) for one in figures.corrections(here, period)],
        by={axis: figures.by(axis, here, period) for axis in axes},
    )


def _read_units(figures: Figures, drill: Drill, units: frozenset[str]) -> Read:
    """Add some departments up: sums are exact in whatever order they are added.

    Their days are one read for all: a read for each would be forty, for the counties of a city.
    """
    here, period = drill.slice, drill.period

    def kept(found: Mapping[str, Sums]) -> dict[str, Sums]:
        return {code: sums for code, sums in found.items() if code in units}

    now = kept(figures.by("department", here, period))
    before = kept(figures.by("department", here, period.before))
    corrected = figures.corrections(here, period, units)
    return Read(
        now=added(now.values()),
        before=added(before.values()),
        days=figures.days(here, with_week(period), units),
        corrections=[(one.day, one.sums) for one in corrected],
        by={"department": now},
    )


def with_week(period: Period) -> Period:
    """Give a period with the days that the week of its first day needs."""
    return Period(period.first - timedelta(days=WEEK_D - 1), period.last)


def weeks(days: Sequence[tuple[date, Sums]]) -> list[Sums]:
    """Give the sums of each day with the six before it, from the seventh day on."""
    sums = [one for _, one in days]
    ends = range(WEEK_D, len(sums) + 1)
    return [added(sums[end - WEEK_D : end]) for end in ends]
