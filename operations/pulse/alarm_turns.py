"""One alarm's turn in a look: the steps it can take, each with the line its history keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from operations.pulse.alarm import (
    RANK,
    Alarm,
    AlarmLine,
    AlarmState,
    AlarmStep,
    Reason,
    Severity,
    Signal,
)


@dataclass(slots=True)
class Turn:
    """An alarm while a look works on it: as it was, as it is now, and the steps between.

    `before` is None for a new one. `signals`, wherever they are asked for, are those of the
    alarm's group as `by_group` gives them: the most pressing first.
    """

    before: Alarm | None
    after: Alarm
    steps: list[tuple[AlarmStep, str]] = field(default_factory=list)

    def take(self, step: AlarmStep, note: str = "", **changes: Any) -> None:
        """Change the alarm by a step that its history will tell."""
        self.after = replace(self.after, **changes)
        self.steps.append((step, note))

    def raise_again(self, signals: Sequence[Signal]) -> None:
        """Take a cleared alarm up again; one that was acknowledged stays so unless it is worse."""
        severity = signals[0].severity
        known = self.after.acknowledged_us is not None and not is_worse(severity, self.after.told)
        self.take(
            AlarmStep.RAISED,
            named(*(signal.reason for signal in signals)),
            state=AlarmState.ACKNOWLEDGED if known else AlarmState.RAISED,
            acknowledged_us=self.after.acknowledged_us if known else None,
            reasons=tuple(signal.reason for signal in signals),
            severity=severity,
            cleared_us=None,
        )

    def clear(self, now_us: int) -> None:
        """End the alarm; what comes back after a shelf is news again."""
        was_shelved = self.after.state is AlarmState.SHELVED
        self.take(
            AlarmStep.CLEARED,
            state=AlarmState.CLEARED,
            cleared_us=now_us,
            flooded=False,
            shelved_until_us=None,
            told=None if was_shelved else self.after.told,
        )

    def return_from_shelf(self) -> None:
        """End the shelving because its time is over; somebody has to be called again."""
        self.take(AlarmStep.RETURNED, **_RAISED_ANEW, told=None)

    def follow(self, signals: Sequence[Signal], left: Sequence[Reason]) -> None:
        """Drop the reasons that have left, take in the new ones, and be as severe as the worst."""
        for reason in left:
            reasons = tuple(one for one in self.after.reasons if one != reason)
            self.take(AlarmStep.LEFT, named(reason), reasons=reasons)
        for signal in signals:
            if signal.reason not in self.after.reasons:
                self._join(signal)
        if signals and is_worse(signals[0].severity, self.after.severity):
            self._worsen(signals[0].severity)

    def _join(self, signal: Signal) -> None:
        alarm = self.after
        self.take(
            AlarmStep.JOINED,
            named(signal.reason),
            reasons=(*alarm.reasons, signal.reason),
            category=alarm.category or signal.category,
            district=alarm.district or signal.district,
            since_us=min(alarm.since_us, signal.since_us),
        )

    def _worsen(self, severity: Severity) -> None:
        alarm = self.after
        called_back = alarm.state is AlarmState.ACKNOWLEDGED or (
            alarm.state is AlarmState.SHELVED and severity is Severity.CRITICAL
        )
        raised = _RAISED_ANEW if called_back else {}
        note = f"{alarm.severity} → {severity}"
        self.take(AlarmStep.WORSENED, note, severity=severity, **raised)

    def written(self, now_us: int) -> tuple[Alarm, list[AlarmLine]]:
        """Give the alarm's next version and the lines that led to it."""
        version, at_us = 1, now_us
        if self.before is not None:  # a person's clock may be a little ahead of the worker's
            version, at_us = self.before.version + 1, max(now_us, self.before.changed_us)
        alarm = replace(self.after, version=version, changed_us=at_us)
        return alarm, [
            AlarmLine(alarm.id, at_us, step, alarm.severity, note=note, version=version)
            for step, note in self.steps
        ]


_RAISED_ANEW: dict[str, Any] = {
    "state": AlarmState.RAISED,
    "acknowledged_us": None,
    "shelved_until_us": None,
}


def by_group(signals: Sequence[Signal]) -> dict[str, list[Signal]]:
    """Sort signals by group, each reason once; the most severe first, then the oldest."""
    groups: dict[str, dict[Reason, Signal]] = {}
    for signal in sorted(signals, key=_pressing):
        groups.setdefault(signal.group, {}).setdefault(signal.reason, signal)
    return {group: list(found.values()) for group, found in groups.items()}


def _pressing(signal: Signal) -> tuple[int, int, str, str, str]:
    reason = signal.reason
    return (RANK[signal.severity], signal.since_us, signal.group, reason.cause, reason.subject)


def named(*reasons: Reason) -> str:
    """Write reasons as the notes of a history have them."""
    return ", ".join(f"{reason.cause} {reason.subject}" for reason in reasons)


def is_worse(severity: Severity, than: Severity | None) -> bool:
    """Tell whether a severity is worse than another; anything is worse than none."""
    return than is None or RANK[severity] < RANK[than]


def is_owed(alarm: Alarm) -> bool:
    """Tell whether a person has still to be called to an alarm."""
    return alarm.state is AlarmState.RAISED and is_worse(alarm.severity, alarm.told)


def age(alarm: Alarm) -> tuple[int, int, str]:
    """Give what orders alarms by age, within a second by number (…-2 before …-10)."""
    return (alarm.raised_us, len(alarm.id), alarm.id)


def pressing(alarm: Alarm) -> tuple[int, int, int, str]:
    """Give what orders alarms by how soon one has to look: the most severe, then the oldest."""
    return (RANK[alarm.severity], *age(alarm))
