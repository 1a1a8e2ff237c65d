"""How the open incidents stand at one moment: what the city's screens are told of them.

Nothing here is text that somebody typed, but what hangs on the incidents themselves; what of it
may leave is decided where a picture is drawn (`operations.pulse.incidents`).
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from operations.response.chain import Template
from operations.response.closing import Day
from operations.response.incident import Incident, Whole
from operations.response.situation import report_due_us

REPORT = "report"
"""What is due where it is a situation report; else it is the kind of a part."""


class Due(NamedTuple):
    """When something of an incident is due, and of what kind it is."""

    at_us: int
    kind: str


@dataclass(frozen=True, slots=True)
class Brief:
    """An open incident in brief: whom it concerns, and what of it is due, the first first."""

    head: Incident
    parties: tuple[str, ...] = ()
    tickets: int = 0
    dues: tuple[Due, ...] = ()

    def late(self, now_us: int) -> int:
        """Count what should be done by now: tasks and measures."""
        return bisect_left(self.dues, now_us, key=lambda due: due.at_us)

    def late_since_us(self, now_us: int) -> int | None:
        """Tell since when something is late."""
        return self.dues[0].at_us if self.late(now_us) else None

    def next_due(self, now_us: int, report_us: int | None) -> Due | None:
        """Give what is due next: a task, a measure, or the situation report."""
        first = next(iter(self.dues[self.late(now_us) :]), None)
        return sooner(first, report_us, now_us)


@dataclass(frozen=True, slots=True)
class Full:
    """All of an open incident: its parts, and its complaints by day, today's so far as the last."""

    whole: Whole
    days: tuple[Day, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenIncidents:
    """The open incidents, the gravest first and exercises last; `full` holds the gravest of them.

    `report_every_min` and `baseline_d` are the city's settings, `links` the names of links that
    nobody typed, `partners` the names of partners that were released, by code.
    """

    briefs: tuple[Brief, ...] = ()
    full: Mapping[str, Full] = field(default_factory=dict)
    report_every_min: tuple[int, ...] = ()
    baseline_d: int = 0
    links: frozenset[tuple[str, str]] = frozenset()
    partners: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def report_us(self, brief: Brief) -> int | None:
        """Tell when the next situation report of an incident is due."""
        return report_due_us(brief.head, self.report_every_min)

    def turns_us(self, now_us: int) -> int | None:
        """Tell when next something becomes late by itself, None where nothing is due."""
        moments = (one.next_due(now_us, self.report_us(one)) for one in self.briefs)
        return min((one.at_us for one in moments if one is not None), default=None)


def sooner(due: Due | None, report_us: int | None, now_us: int) -> Due | None:
    """Give what comes first: what is due, or the report where that is not late."""
    ahead = [] if due is None else [due]
    if report_us is not None and report_us >= now_us:
        ahead.append(Due(report_us, REPORT))
    return min(ahead, default=None)


def gravity(head: Incident) -> tuple[bool, int, int, str]:
    """Order heads: exercises behind everything, then by severity, then the oldest first."""
    return (head.exercise, head.severity, head.opened_us, head.id)


def link_names(templates: Sequence[Template]) -> frozenset[tuple[str, str]]:
    """Give the names of all links of the usual chains."""
    return frozenset((one.name_zh, one.name_en) for chain in templates for one in chain.stages)
