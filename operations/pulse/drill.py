"""Where somebody stands in the drill-down, and over which days: read from an address and back."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from operations.errors import BadInput
from operations.pulse.sums import Period, Slice

PERIODS_D = (7, 30, 90)
USUAL_D = 30
LONGEST_D = 731
"""Two years: what one page reads has an end."""

LONGEST_CODE = 64


class Level(StrEnum):
    """Whose units a list of departments holds: the city's own, or those of its counties."""

    CITY = "city"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Drill:
    """One step of the way from the city down to a category of one department.

    `choice` says how the period was chosen: the days as text, a month as 2026-10, or "own".
    """

    period: Period
    choice: str
    level: Level | None = None
    district: str | None = None
    department: str | None = None
    category: str | None = None

    @property
    def slice(self) -> Slice:
        """Give which tickets are counted here."""
        return Slice(district=self.district, department=self.department, category=self.category)

    def asked(self) -> dict[str, str]:
        """Give what the address asks for, as `read_drill` reads it; the usual is not said."""
        told = {"level": self.level and self.level.value, "district": self.district,
                "category": self.category}  # fmt: skip
        return {name: value for name, value in told.items() if value} | self._asked_period()

    def _asked_period(self) -> dict[str, str]:
        if self.choice == "own":
            return {"from": self.period.first.isoformat(), "to": self.period.last.isoformat()}
        if self.choice in map(str, PERIODS_D):
            return {} if self.choice == str(USUAL_D) else {"days": self.choice}
        return {"month": self.choice}

    def at(self, **step: str | Level | None) -> "Drill":
        """Give another step of the same days: `at(category=None)` is one step up."""
        return replace(self, **step)  # type: ignore[arg-type]


def read_drill(asked: Mapping[str, str], department: str | None, today: date) -> Drill:
    """Read an address's query; raises BadInput with the name of what cannot be."""
    period, choice = read_period(asked, today)
    level = None
    if asked.get("level") and department is None:
        try:
            level = Level(asked["level"])
        except ValueError as error:
            raise BadInput("level", f"use one of {', '.join(Level)}") from error
    return Drill(
        period,
        choice,
        level,
        _code(asked, "district"),
        department,
        _code(asked, "category"),
    )


def read_period(asked: Mapping[str, str], today: date) -> tuple[Period, str]:
    """Read the days: `days`, `month`, or `from` and `to`; the usual ones where none are named.

    Days after today are left out.
    """
    if asked.get("from") or asked.get("to"):
        first, last = _day(asked, "from"), min(_day(asked, "to"), today)
        return _bounded(first, last), "own"
    if asked.get("month"):
        first = _day({"month": f"{asked['month']}-01"}, "month")
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return _bounded(first, min(last, today)), f"{first:%Y-%m}"
    told = asked.get("days") or str(USUAL_D)
    if told not in map(str, PERIODS_D):
        raise BadInput("days", f"use one of {', '.join(map(str, PERIODS_D))}")
    return Period(today - timedelta(days=int(told) - 1), today), told


def months_back(today: date, most: int = 13) -> list[str]:
    """Name this month and those before it, newest first, as addresses do."""
    place = today.year * 12 + today.month - 1
    return [f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(place, place - most, -1)]


def _bounded(first: date, last: date) -> Period:
    if last < first:
        raise BadInput("period", "ends before it begins, or has not begun yet")
    period = Period(first, last)
    if period.days > LONGEST_D:
        raise BadInput("period", f"is longer than {LONGEST_D} days")
    return period


def _day(asked: Mapping[str, str], name: str) -> date:
    with suppress(ValueError):
        return date.fromisoformat(asked.get(name, ""))
    raise BadInput(name, "write a day as 2026-11-24, a month as 2026-11")


def _code(asked: Mapping[str, str], name: str) -> str | None:
    told = asked.get(name) or None
    if told is not None and len(told) > LONGEST_CODE:
        raise BadInput(name, "is longer than any code")
    return told
