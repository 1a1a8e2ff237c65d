"""Escalation ladders: who is told, step by step, of what an incident waits for too long.

A ladder stands as long as its cause does, and climbs by the clock. The cause has an occasion: a
task that is given again is another one, a report whose severity changed is the same. A step fires
once for an occasion, whoever asks and however often.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from operations.response.incident import SEVERITIES, Incident, Kind, Line, Part
from operations.response.machine import Machine, Move
from operations.response.situation import MINUTE_US, report_due_us, reports_from_us

ACTOR = "ladder"
"""Who acts where a step fires: nobody does."""

FIRED = "escalate"


class Cause(StrEnum):
    """What an incident may wait for too long."""

    UNACKNOWLEDGED = "unacknowledged"  # a task nobody has acknowledged, from when it was given
    TASK_LATE = "task_late"
    MEASURE_LATE = "measure_late"
    ABSENT = "absent"  # a party that has not checked in, from when it was called
    REPORT_LATE = "report_late"


class Whom(StrEnum):
    """Who is told; the later the higher."""

    LEAD = "lead"  # the department that leads
    COMMANDER = "commander"  # who was appointed, the lead where nobody was
    SUPERVISOR = "supervisor"
    LEADER = "leader"


RANK = {whom: rank for rank, whom in enumerate(Whom)}

LADDER = Machine(
    "escalation",
    "waiting",
    (
        Move("fire", ("waiting", "climbing"), "climbing"),
        Move("fire_last", ("waiting", "climbing"), "at_the_top"),
        Move("stop", ("waiting", "climbing", "at_the_top"), "stopped"),
    ),
)
"""A ladder of one occasion: it only climbs, and stops when its cause is gone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: whom it tells, and how many minutes after the cause began, by severity.

    The gravest severity stands first; one beyond the end of the list is not told.
    """

    whom: Whom
    after_min: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one cause, in their order."""

    cause: Cause
    steps: tuple[Step, ...]

    def next(self, severity: int, climbed: int) -> tuple[int, Step] | None:
        """Give the next step of a severity with its number, None where it is at the top."""
        for number, step in enumerate(self.steps[climbed:], start=climbed + 1):
            if len(step.after_min) >= severity:
                return number, step
        return None


@dataclass(frozen=True, slots=True)
class Ladders:
    """A city's ladders, and how often reports are due by severity, in minutes."""

    by_cause: Mapping[Cause, Ladder] = field(default_factory=dict)
    report_every_min: tuple[int, ...] = (60, 120, 240, 1440)

    def next(self, cause: Cause, severity: int, climbed: int) -> tuple[int, Step] | None:
        """Give the next step of a cause with its number, None where there is none."""
        ladder = self.by_cause.get(cause)
        return None if ladder is None else ladder.next(severity, climbed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A ladder that stands in an incident: its cause is there.

    `since_us` is what its minutes count from, `climbed` the number of the last step that fired,
    `reached` the highest who was told, `at_us` when the next step fires, None at the top.
    """

    incident: str
    kind: Kind
    number: int
    cause: Cause
    occasion_us: int
    since_us: int
    climbed: int = 0
    reached: Whom | None = None
    at_us: int | None = None

    @property
    def place(self) -> tuple[Kind, int, Cause]:
        """Name the ladder within its incident."""
        return self.kind, self.number, self.cause

    @property
    def state(self) -> str:
        """Tell where it stands."""
        if not self.climbed:
            return LADDER.first
        return "at_the_top" if self.at_us is None else "climbing"


class Fired(NamedTuple):
    """A step that fires: its number, whom it tells, by what code or name, what stands then."""

    number: int
    whom: Whom
    told: str
    after: Standing

    @property
    def detail(self) -> str:
        """Tell it as the timeline's line keeps it: codes, and the name of who was appointed."""
        return " ".join([self.after.cause, str(self.number), self.whom, self.told]).strip()


def causes_of(head: Incident, ladders: Ladders) -> list[Standing]:
    """Give the ladders of an incident as a whole, before any step."""
    if not head.is_living:
        return []
    since_us = report_due_us(head, ladders.report_every_min)
    assert since_us is not None
    return [_standing(head, Kind.REPORT, 0, Cause.REPORT_LATE, reports_from_us(head), since_us)]


def causes_at(head: Incident, part: Part) -> list[Standing]:
    """Give the ladders of one part, before any step; a lesson's task has them after the end too."""
    if not head.is_living and not part.body.get("lesson"):
        return []
    found = []
    if part.kind is Kind.TASK and part.state == "given":
        found.append((Cause.UNACKNOWLEDGED, int(part.body["given_us"])))
    if part.due_us is not None and part.kind in LATE:
        found.append((LATE[part.kind], part.due_us))
    if part.kind is Kind.PARTY and part.state == "summoned":
        found.append((Cause.ABSENT, int(part.body.get("called_us") or head.opened_us)))
    return [_standing(head, part.kind, part.number, cause, us, us) for cause, us in found]


LATE = {Kind.TASK: Cause.TASK_LATE, Kind.MEASURE: Cause.MEASURE_LATE}
WATCHED = (Kind.TASK, Kind.MEASURE, Kind.PARTY)
"""The kinds of parts that have ladders."""


def _standing(
    head: Incident, kind: Kind, number: int, cause: Cause, occasion_us: int, since_us: int
) -> Standing:
    return Standing(
        incident=head.id, kind=kind, number=number, cause=cause, occasion_us=occasion_us,
        since_us=since_us,
    )  # fmt: skip


def climbed_to(standing: Standing, fired: Sequence[tuple[int, Whom]]) -> Standing:
    """Give a ladder as the steps that fired on its occasion have left it."""
    if not fired:
        return standing
    highest = max((whom for _, whom in fired), key=RANK.__getitem__)
    return replace(standing, climbed=max(number for number, _ in fired), reached=highest)


def timed(standing: Standing, ladders: Ladders, severity: int) -> Standing:
    """Give a ladder with the moment its next step fires at a severity."""
    found = ladders.next(standing.cause, severity, standing.climbed)
    if found is None:
        return replace(standing, at_us=None)
    minutes = found[1].after_min[severity - 1]
    return replace(standing, at_us=standing.since_us + minutes * MINUTE_US)


def fire(
    standing: Standing, ladders: Ladders, head: Incident, commander: str, now_us: int
) -> Fired | None:
    """Give the step that fires now, None where none is due."""
    owed = timed(standing, ladders, head.severity)
    found = ladders.next(standing.cause, head.severity, standing.climbed)
    if found is None or owed.at_us is None or owed.at_us > now_us:
        return None
    number, step = found
    before = standing.reached
    reached = step.whom if before is None or RANK[step.whom] > RANK[before] else before
    after = timed(replace(standing, climbed=number, reached=reached), ladders, head.severity)
    act = "fire_last" if after.at_us is None else "fire"
    assert LADDER.after(standing.state, act) == after.state
    return Fired(number, step.whom, _told(step.whom, head, commander), after)


def commander_of(roles: Iterable[Part]) -> str:
    """Give who was appointed to command, "" for nobody."""
    return next((str(one.body["person"]) for one in roles if one.body["role"] == "commander"), "")


def _told(whom: Whom, head: Incident, commander: str) -> str:
    if whom is Whom.LEAD:
        return head.lead
    return (commander or head.lead) if whom is Whom.COMMANDER else ""


def line_of(fired: Fired, now_us: int) -> Line:
    """Give the timeline's line of a step; its key is the step's own name."""
    one = fired.after
    key = f"{FIRED}-{one.kind}-{one.number}-{one.cause}-{one.occasion_us}-{fired.number}"
    return Line(
        at_us=now_us, actor=ACTOR, verified=False, act=FIRED, key=key, kind=one.kind.value,
        number=one.number, detail=fired.detail,
    )  # fmt: skip


def refused(ladder: Ladder) -> str | None:
    """Say what is wrong with a ladder, None where nothing is."""
    if not ladder.steps:
        return "a ladder has a step at least"
    if any(not 0 < len(step.after_min) <= len(SEVERITIES) for step in ladder.steps):
        return f"after_min has 1 to {len(SEVERITIES)} numbers, the gravest severity first"
    for severity in SEVERITIES:
        minutes = [
            step.after_min[severity - 1] for step in ladder.steps if len(step.after_min) >= severity
        ]
        if any(one < 0 for one in minutes) or sorted(set(minutes)) != minutes:
            return "of each severity the minutes grow from step to step"
    return None
