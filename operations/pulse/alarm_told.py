"""What a screen may know of an alarm and its history, as plain JSON-able values."""

from collections.abc import Sequence
from typing import Any

from operations.pulse.alarm import Alarm, AlarmLine, AlarmState
from operations.pulse.windows import iso

Data = dict[str, Any]


def told_alarm(alarms: Sequence[Alarm]) -> Data | None:
    """Give the alarm that stands, the newest of several, else the one cleared last."""
    standing = [one for one in alarms if one.state is not AlarmState.CLEARED]
    found = next(iter([*standing, *alarms]), None)
    if found is None:
        return None
    return {
        "id": found.id,
        "version": found.version,
        "state": found.state.value,
        "severity": found.severity.value,
        "raised": iso(found.raised_us),
        "actor": found.actor,
        "acknowledged": None if found.acknowledged_us is None else iso(found.acknowledged_us),
        "shelved_until": None if found.shelved_until_us is None else iso(found.shelved_until_us),
        "cleared": None if found.cleared_us is None else iso(found.cleared_us),
        "others": len(found.reasons) - 1,
    }


def told_line(line: AlarmLine) -> Data:
    """Tell a line of an alarm's history."""
    return {
        "at": iso(line.at_us),
        "step": line.step.value,
        "severity": line.severity.value,
        "actor": line.actor,
        "verified": line.verified,
        "note": line.note,
    }
