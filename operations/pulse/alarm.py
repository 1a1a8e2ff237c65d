"""An alarm: something that needs a person now, from the moment it is raised until it is cleared."""

from dataclasses import dataclass, field
from enum import StrEnum


class Cause(StrEnum):
    """What raises alarms."""

    CLUSTER = "cluster"  # 聚集: complaints gather in space and time
    CATEGORY = "category"  # 类别: a category far above its usual numbers
    DISTRICT = "district"  # 区市: a district far above
    DEPARTMENT = "department"  # 部门: a department far above
    LOOSE_END = "loose_end"  # 悬而未决: a list of loose ends is too long
    REPORT = "report"  # 迟报: the situation report of an incident is late


COUNTED = frozenset({Cause.CATEGORY, Cause.DISTRICT, Cause.DEPARTMENT})
"""The causes that are counts of a day."""

AT_ONCE = frozenset({Cause.CLUSTER, Cause.REPORT})
"""The causes that leave at once: a cluster has its own hysteresis, a report is given or not."""


class Severity(StrEnum):
    """How soon a person has to look, the most pressing first."""

    CRITICAL = "critical"  # 特急
    HIGH = "high"  # 紧急
    MEDIUM = "medium"  # 一般


RANK = {severity: rank for rank, severity in enumerate(Severity)}
"""The place of each severity: 0 is the most pressing."""


class AlarmState(StrEnum):
    """Where an alarm stands (ISA-18.2, section 5.3, in the words of a centre)."""

    RAISED = "raised"  # 未确认
    ACKNOWLEDGED = "acknowledged"  # 已确认
    SHELVED = "shelved"  # 已搁置, until a given time
    CLEARED = "cleared"  # 已解除


class AlarmStep(StrEnum):
    """The kinds of lines in an alarm's history."""

    RAISED = "raised"  # also when its group came back soon after it was cleared
    JOINED = "joined"  # another reason of the same group came to it
    LEFT = "left"  # one of its reasons is gone
    WORSENED = "worsened"  # its severity rose; acknowledged, it is raised again
    ANNOUNCED = "announced"  # it had to wait in a flood, now there was room for it
    ACKNOWLEDGED = "acknowledged"
    SHELVED = "shelved"
    RETURNED = "returned"  # the shelving ended, by time or by hand
    CLEARED = "cleared"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far above something was: tickets of a local day (ISO 8601), and how many it may have.

    Of a list of loose ends: what is on it, and the departments with `most` of it.
    """

    day: str
    tickets: int
    bound: int
    most: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for an alarm: a cluster's id, the code of what is far above, a list's name, or
    an incident's number.

    `seen` is how far above that was when it became a reason; it tells no reasons apart.
    """

    cause: Cause
    subject: str
    seen: Seen | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A reason for alarm that stands at this moment, as detection tells it.

    Signals of the same `group` are one alarm. `since_us` is when the matter began.
    """

    reason: Reason
    group: str
    severity: Severity
    category: str | None
    district: str | None
    since_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm in its present state.

    `version` grows by one with every change; an action on another version is refused.
    A cleared alarm keeps its last reasons. `severity` never falls while the alarm stands.
    `flooded` marks one that came while more were raised than a person can take in: it is
    listed and not announced. `announced_us` is when a person was last called to it. `told` is the
    severity at which that was, or at which somebody last acted on it; None where nobody has been.
    `actor` is who acknowledged, shelved or took it back last, `acknowledged_us` is set as
    long as an acknowledgement holds.
    """

    id: str
    version: int
    group: str
    reasons: tuple[Reason, ...]
    severity: Severity
    state: AlarmState
    category: str | None
    district: str | None
    since_us: int
    raised_us: int
    changed_us: int
    flooded: bool = False
    actor: str | None = None
    acknowledged_us: int | None = None
    shelved_until_us: int | None = None
    cleared_us: int | None = None
    told: Severity | None = None
    announced_us: int | None = None


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One line of an alarm's append-only history.

    `actor` is None for what the system did; `verified` is False until accounts vouch for it.
    `note` is in no language: the reasons of RAISED, JOINED and LEFT ("cluster c-7"), the two
    severities of WORSENED ("medium → high"), until when it is SHELVED (ISO 8601, UTC) and, after
    " · ", why, as the person wrote it. `version` is the alarm's that the line led to.
    """

    alarm: str
    at_us: int
    step: AlarmStep
    severity: Severity
    actor: str | None = None
    verified: bool = False
    note: str = ""
    version: int = 0
