"""One number of a bulletin: a day, an ISO week or a month, and what it is compared with."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import quote

from operations.errors import BadInput
from operations.pulse.sums import Period, Slice

WEEK_D = 7
LONGEST_BACK_D = 731
LONGEST_CODE = 200
"""Of a code as a file's name writes it."""
FIRST_YEAR, LAST_YEAR = 1990, 2050
"""What the city's days are known of (`operations.pulse.local_days`)."""


CITY = "city"
AXES = ("district", "department")


class Kind(StrEnum):
    """How long a bulletin's period is."""

    DAILY = "daily"  # 日报
    WEEKLY = "weekly"  # 周报
    MONTHLY = "monthly"  # 月报


@dataclass(frozen=True, slots=True)
class Issue:
    """One number of a bulletin: of the city, or of `district-CODE` or `department-CODE`."""

    kind: Kind
    first: date
    scope: str = CITY

    @property
    def axis(self) -> str:
        """What it is narrowed by: district, department, or nothing."""
        return self.scope.partition("-")[0] if self.scope != CITY else ""

    @property
    def place(self) -> str:
        """The code of what it is narrowed to."""
        return self.scope.partition("-")[2]

    @property
    def slice(self) -> Slice:
        """Which tickets it counts."""
        return Slice(**{self.axis: self.place}) if self.axis else Slice()

    @property
    def period(self) -> Period:
        """The local days it is of."""
        if self.kind is Kind.DAILY:
            return Period(self.first, self.first)
        if self.kind is Kind.WEEKLY:
            return Period(self.first, self.first + timedelta(days=WEEK_D - 1))
        return Period(self.first, _next_month(self.first) - timedelta(days=1))

    @property
    def code(self) -> str:
        """The period in short: 2026-11-24, 2026-W48, 2026-11."""
        if self.kind is Kind.DAILY:
            return self.first.isoformat()
        if self.kind is Kind.WEEKLY:
            return f"{self.year:04d}-W{self.number:02d}"
        return f"{self.first:%Y-%m}"

    @property
    def year(self) -> int:
        """The year it is counted in; a week belongs to the year of its Thursday (ISO 8601)."""
        return self.first.isocalendar().year if self.kind is Kind.WEEKLY else self.first.year

    @property
    def number(self) -> int:
        """Which of its year it is: the day, the ISO week, the month."""
        if self.kind is Kind.DAILY:
            return self.first.timetuple().tm_yday
        if self.kind is Kind.WEEKLY:
            return self.first.isocalendar().week
        return self.first.month

    @property
    def before(self) -> "Issue":
        """The day, week or month before."""
        return issue_of(self.kind, self.first - timedelta(days=1), self.scope)

    @property
    def year_before(self) -> "Issue":
        """The same day, week or month of the year before.

        A week 53 and a 29 February have none; the week or day before them stands in.
        """
        if self.kind is Kind.WEEKLY:
            last = date(self.year - 1, 12, 28).isocalendar().week  # ISO: always the last week
            first = date.fromisocalendar(self.year - 1, min(self.number, last), 1)
            return replace(self, first=first)
        with suppress(ValueError):
            return replace(self, first=self.first.replace(year=self.first.year - 1))
        return replace(self, first=self.first.replace(year=self.first.year - 1, day=28))

    def is_over(self, today: date) -> bool:
        """Tell whether all its days are over."""
        return self.period.last < today


def issue_of(kind: Kind, day: date, scope: str = CITY) -> Issue:
    """Give the number a day lies in."""
    if kind is Kind.DAILY:
        return Issue(kind, day, scope)
    if kind is Kind.WEEKLY:
        return Issue(kind, day - timedelta(days=day.weekday()), scope)
    return Issue(kind, day.replace(day=1), scope)


def read_kind(said: str) -> Kind:
    """Read a kind; raises BadInput."""
    with suppress(ValueError):
        return Kind(said)
    raise BadInput("kind", f"use one of {', '.join(Kind)}")


def read_scope(said: str) -> str:
    """Read whose a bulletin is; raises BadInput."""
    axis, _, code = said.partition("-")
    if said == CITY or (axis in AXES and 0 < len(quote(code, safe="")) <= LONGEST_CODE):
        return said
    raise BadInput("scope", "use city, district-<code> or department-<code>")


def read_issue(kind: Kind, said: str, scope: str = CITY) -> Issue:
    """Read a day, or the code of a week or month; a day names the week or month it lies in."""
    issue = _read(kind, said)
    if issue is not None and FIRST_YEAR <= issue.first.year <= LAST_YEAR:
        return replace(issue, scope=read_scope(scope))
    raise BadInput("day", "write a day as 2026-11-24, a week as 2026-W48, a month as 2026-11")


def _read(kind: Kind, said: str) -> Issue | None:
    with suppress(ValueError):
        return issue_of(kind, date.fromisoformat(said))
    found = re.fullmatch(r"(\d{4})-W(\d{2})", said, re.ASCII)
    if kind is Kind.WEEKLY and found:
        with suppress(ValueError):
            return Issue(kind, date.fromisocalendar(int(found[1]), int(found[2]), 1))
    if kind is Kind.MONTHLY:
        with suppress(ValueError):
            return Issue(kind, date.fromisoformat(f"{said}-01"))
    return None


def checked(issue: Issue, today: date) -> Issue:
    """Give an issue back; raises BadInput unless its days are over and not too long ago."""
    if not issue.is_over(today):
        raise BadInput("day", f"{issue.code} is not over yet")
    if (today - issue.first).days > LONGEST_BACK_D:
        raise BadInput("day", f"{issue.code} is longer ago than {LONGEST_BACK_D} days")
    return issue


def newest(kind: Kind, today: date, scope: str = CITY) -> Issue:
    """Give the last number whose days are all over."""
    return issue_of(kind, today, scope).before


def newest_of_all(today: date, back: int) -> Iterator[Issue]:
    """Give the last few numbers of each kind, the newest first."""
    for kind in Kind:
        issue = newest(kind, today)
        for _ in range(back):
            yield issue
            issue = issue.before


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
