"""Departments and districts of a bulletin: their figures, and the band each stands in."""

from collections.abc import Mapping

from operations.bulletin.contents import Terms, Unit
from operations.pulse.figure import Value
from operations.pulse.figures import FIGURE
from operations.pulse.score import score
from operations.pulse.sums import Sums

IN_UNITS = ("on_time_rate", "solved_rate", "satisfaction_rate", "return_rate", "handling_median")
"""The figures that are told of each unit."""

_BANDS = {"A": 0, "B": 1, "C": 2, "": 3}


def units_of(
    now: Mapping[str, Sums],
    before: Mapping[str, Sums] | None,
    overdue: Mapping[str, int],
    targets: Mapping[str, float],
    terms: Terms,
) -> tuple[Unit, ...]:
    """Give every unit that had anything to do, band by band, the most tickets first in each.

    With ranks, by score. What is of nobody comes last and is not judged.
    """
    codes = {code for code, sums in now.items() if any(sums.counts)} | set(overdue)
    units = [
        _unit(code, now.get(code, Sums()), before, overdue.get(code, 0), targets, terms)
        for code in codes
    ]
    return tuple(sorted(units, key=_by_score if terms.ranks else _by_band))


def _unit(
    code: str,
    sums: Sums,
    before: Mapping[str, Sums] | None,
    overdue: int,
    targets: Mapping[str, float],
    terms: Terms,
) -> Unit:
    values: dict[str, Value] = {one: FIGURE[one].exact(sums) for one in IN_UNITS}
    found = score(sums, Sums(), targets)
    judged = bool(code) and any(part.n >= terms.few for part in found.parts)
    band = found.band.value if judged and found.band is not None else ""
    return Unit(
        code=code,
        opened=sums["opened"],
        opened_before=None if before is None else before.get(code, Sums())["opened"],
        values=values,
        few=frozenset(one for one, value in values.items() if value.n < terms.few),
        overdue=overdue,
        score=found.value if band else None,
        band=band,
    )


def _by_band(unit: Unit) -> tuple[bool, int, int, str]:
    return not unit.code, _BANDS[unit.band], -unit.opened, unit.code


def _by_score(unit: Unit) -> tuple[bool, bool, float, str]:
    return not unit.code, unit.score is None, -(unit.score or 0.0), unit.code
