"""A city seen from one scope, and how its figures are written into a picture."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from operations.pulse.city import City
from operations.pulse.counts import Numbers, TimedCounts
from operations.pulse.expected import Almanac, Outlook, Past
from operations.pulse.open_tickets import OPEN
from operations.pulse.performance import Rates
from operations.pulse.rows import DEPARTMENT, DISTRICT
from operations.pulse.unusual import Standing
from operations.pulse.volumes import ALL, Scope
from operations.pulse.windows import HOUR_US, Ints, iso

LONGEST_NAME = 40
HOUR_5M = 12
UNSEEN = 2**40  # the number of a name that no ticket has had

Data = dict[str, Any]


@dataclass(frozen=True)
class Names:
    """What codes are called: code → (Chinese, English); an unknown code is its own name."""

    categories: Mapping[str, tuple[str, str]]
    districts: Mapping[str, tuple[str, str]]
    departments: Mapping[str, tuple[str, str]]
    towns: Mapping[str, tuple[str, str]]
    zones: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class View:
    """A city seen from one scope."""

    city: City
    scope: Scope
    names: Names
    least_callers: int

    @property
    def almanac(self) -> Almanac:
        """The past of the city's counts."""
        return self.city.almanac

    @cached_property
    def first_hour(self) -> int:
        """The hour at which today began."""
        return self.city.local.hour_of(self.city.local.midnight_us)

    def codes(self, column: int) -> tuple[Ints, list[Any]]:
        """Give number and name of everything a column has named; a scope's own column: itself."""
        pairs = [
            (code, name)
            for code, name in enumerate(self.city.names.of(column).names)
            if name is not None and (column != self.scope.kind or code == self.scope.code)
        ]
        codes = np.array([code for code, _ in pairs], np.int64)
        names = [name for _, name in pairs]
        if self.scope.kind != ALL:  # most names of the city have nothing in one scope
            seen = np.flatnonzero(self.series(column, codes)[1])
            codes, names = codes[seen], [names[place] for place in seen.tolist()]
        return codes, names

    def series(self, column: int, codes: Ints) -> tuple[TimedCounts, Numbers]:
        """Give where the hourly counts of a column's names stand."""
        return self.city.volumes.series(self.scope, column, codes)

    def opened_today(self, column: int, codes: Ints) -> list[int]:
        """Count today's tickets of a column's names."""
        counts, numbers = self.series(column, codes)
        return counts.since(numbers, self.first_hour).tolist()  # type: ignore[no-any-return]

    def nobodys(self, districts: Ints) -> list[int]:
        """Count the open tickets of no department by district."""
        if self.scope.kind == DEPARTMENT:
            return [0] * len(districts)
        nobody = self.city.names.departments.get(None, UNSEEN)
        by = self.city.open.by(DISTRICT, Scope(DEPARTMENT, nobody), districts)
        return by[OPEN].tolist()  # type: ignore[no-any-return]

    def unassigned(self) -> int:
        """Count the open tickets of no department."""
        if self.scope.kind == ALL:
            nobody = self.city.names.departments.get(None, UNSEEN)
            return self.city.open.totals(Scope(DEPARTMENT, nobody))[0]
        return sum(self.nobodys(np.array([self.scope.code])))

    def last_hour(self, start_us: int) -> Past:
        """Read the past of the stretch from a moment within the last hour up to now."""
        counts, number = self.city.volumes.total(self.scope)
        past = self.almanac.since(counts, number, counts.bucket_of(start_us))
        cut = (start_us - counts.start_us(counts.bucket_of(start_us))) / HOUR_US
        past.shares[0] -= cut
        return past

    def week(self, codes: Ints) -> list[list[int]]:
        """Count the tickets of departments on each of the last seven local days."""
        starts = self.city.local.starts_us[-8:-1]
        counts, numbers = self.series(DEPARTMENT, codes)
        first = counts.bucket_of(int(starts[0]))
        hours = counts.at(numbers, np.arange(first, counts.newest + 1))
        edges = np.array([counts.bucket_of(int(start)) - first for start in starts])
        return np.add.reduceat(hours, edges, axis=1).tolist()  # type: ignore[no-any-return]


def names_of(code: str, names: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    """Give a code's Chinese and English name, cut to what fits a row."""
    chinese, english = names.get(code) or (code, code)
    return chinese[:LONGEST_NAME], english[:LONGEST_NAME]


def named(code: str, names: Mapping[str, tuple[str, str]]) -> Data:
    """Begin a row with its code and names."""
    chinese, english = names_of(code, names)
    return {"code": code, "name_zh": chinese, "name_en": english}


def range_of(usual: Outlook | None) -> Data | None:
    """Write what is expected of one number."""
    if usual is None:
        return None
    return {
        "low": round(float(usual.low()[0, 0]), 1),
        "mid": round(float(usual.mid[0, 0]), 1),
        "high": round(float(usual.high()[0, 0]), 1),
    }


def standing_of(standing: Standing) -> Data:
    """Write how a name stands against what is usual."""
    expected, high = standing.expected, standing.high
    excess = ratio = None
    if expected is not None:
        excess = round(standing.observed - expected, 1)
        ratio = round(standing.observed / expected, 2) if expected > 0 else None
    return {
        "window_h": standing.window_h,
        "window_start": iso(standing.window_start_us),
        "observed": standing.observed,
        "expected": None if expected is None else round(expected, 1),
        "high": None if high is None else round(high, 1),
        "excess": excess,
        "ratio": ratio,
        "since": None if standing.since_us is None else iso(standing.since_us),
        "level": standing.level,
    }


def rates_of(rates: Rates) -> Data:
    """Write the four rates."""
    return {
        "on_time_rate": rates.on_time,
        "satisfaction_rate": rates.satisfaction,
        "solved_rate": rates.solved,
        "source_on_time_rate": rates.source_on_time,
    }


def carded(cards: tuple[int | None, int | None]) -> Data:
    """Write yellow and red cards."""
    return dict(zip(("yellow_now", "red_now"), cards, strict=True))


def capped(rows: list[Data], most: int) -> Data:
    """Keep the first rows and say how many were left out."""
    return {"rows": rows[:most], "left_out": max(0, len(rows) - most)}


def most_open(row: Data) -> tuple[int, int, str]:
    """Order rows by open tickets, then today's, then code."""
    return (-row["open_now"], -row["opened_today"], row["code"])
