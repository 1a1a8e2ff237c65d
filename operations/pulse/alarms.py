"""The life of alarms: raised, joined, worsened, back from the shelf, cleared; never a flood."""

from collections.abc import Iterable, Sequence

from operations.pulse.alarm import (
    AT_ONCE,
    Alarm,
    AlarmLine,
    AlarmState,
    AlarmStep,
    Reason,
    Signal,
)
from operations.pulse.alarm_calls import Calls
from operations.pulse.alarm_turns import Turn, age, by_group, named, pressing
from operations.pulse.windows import SECOND_US, from_us

MINUTE_US = 60 * SECOND_US


class Alarms:
    """Every alarm that is not cleared, and what makes them change; the worker holds one.

    A signal raises an alarm for its group, or joins the one its group has. A reason that is
    gone leaves after a hold of `hold_min` minutes without it, those of `AT_ONCE` at once. The
    alarm is cleared when no reason is left. A group that comes back within `guard_min` minutes
    of that has its alarm again, and nobody is called a second time unless it is worse than what
    was told. A shelved alarm stands still but for its reasons and its severity until its time
    is over or it becomes critical.

    A person is called at most `in_ten_minutes` times in any ten minutes (`Calls`).

    Nothing is drawn at random and no clock is read: the same input gives the same output.
    """

    def __init__(
        self, *, in_ten_minutes: int = 10, hold_min: float = 10, guard_min: float = 60
    ) -> None:
        self._hold_us = round(hold_min * MINUTE_US)
        self._guard_us = round(guard_min * MINUTE_US)
        self._calls = Calls(in_ten_minutes)
        self._now_us = 0
        self._standing: dict[str, Alarm] = {}
        # By group, cleared and still within the guard; asked only where the group has none.
        self._rested: dict[str, Alarm] = {}
        self._gone_since: dict[tuple[str, Reason], int] = {}
        self._numbers: dict[str, int] = {}  # the last number given within each second

    def standing(self) -> list[Alarm]:
        """Give the alarms that are not cleared, the most severe first, then the oldest."""
        return sorted(self._standing.values(), key=pressing)

    def adopt(self, held: Iterable[Alarm]) -> None:
        """Take what the ledger holds in place of what was thought: a person acted meanwhile.

        Alarms not among them stay as they are. At a start, give also those cleared within the
        guard; the calls of the last ten minutes are then counted by each alarm's last one.
        """
        for alarm in sorted(held, key=age):
            self._calls.adopt(alarm)
            self._standing.pop(alarm.id, None)
            rested = self._rested.get(alarm.group)
            if alarm.state is not AlarmState.CLEARED:
                self._standing[alarm.id] = alarm
            elif rested is None or _cleared(rested) <= _cleared(alarm):
                self._rested[alarm.group] = alarm
            stem, _, number = alarm.id.rpartition("-")
            if number.isdecimal():
                self._numbers[stem] = max(self._numbers.get(stem, 0), int(number))

    def look(self, signals: Sequence[Signal], now_us: int) -> tuple[list[Alarm], list[AlarmLine]]:
        """Work in every signal that stands at this moment; give what changed, with new lines.

        Each changed alarm is one version on. A clock that runs backwards stands still here.
        """
        self._now_us = max(self._now_us, now_us)
        self._forget()
        groups = by_group(signals)
        turns = [
            self._follow(alarm, groups.pop(alarm.group, []))
            for alarm in sorted(self._standing.values(), key=age)
        ]
        turns += [self._raise(group, found) for group, found in groups.items()]
        self._calls.announce(turns, self._now_us)
        changed, lines = [], []
        for turn in turns:
            if turn.after != turn.before:
                alarm, new = turn.written(self._now_us)
                self._keep(alarm)
                changed.append(alarm)
                lines += new
        return changed, lines

    def _forget(self) -> None:
        """Let go of the alarms whose guard is over."""
        self._rested = {
            group: alarm
            for group, alarm in self._rested.items()
            if self._now_us < _cleared(alarm) + self._guard_us
        }
        known = self._standing.keys() | {alarm.id for alarm in self._rested.values()}
        self._gone_since = {key: us for key, us in self._gone_since.items() if key[0] in known}

    def _keep(self, alarm: Alarm) -> None:
        if alarm.state is AlarmState.CLEARED:
            del self._standing[alarm.id]
            self._rested[alarm.group] = alarm
        else:
            self._standing[alarm.id] = alarm

    def _follow(self, alarm: Alarm, signals: list[Signal]) -> Turn:
        """Bring an alarm to what stands of its group."""
        turn = Turn(alarm, alarm)
        self._see(alarm, signals)
        left = self._left(alarm, signals)
        shelved = alarm.state is AlarmState.SHELVED
        over = shelved and self._now_us >= (alarm.shelved_until_us or 0)
        if not signals and (over if shelved else len(left) == len(alarm.reasons)):
            turn.clear(self._now_us)
        elif len(left) < len(alarm.reasons) or signals:  # else: shelved, for no reason just now
            if over:
                turn.return_from_shelf()
            turn.follow(signals, left)
        return turn

    def _see(self, alarm: Alarm, signals: list[Signal]) -> None:
        """Note that reasons stand, so that their hold begins anew when they are gone."""
        for signal in signals:
            self._gone_since.pop((alarm.id, signal.reason), None)

    def _left(self, alarm: Alarm, signals: list[Signal]) -> list[Reason]:
        """Tell which reasons of an alarm have been gone for their hold."""
        present = {signal.reason for signal in signals}
        left = []
        for reason in alarm.reasons:
            if reason not in present:
                since_us = self._gone_since.setdefault((alarm.id, reason), self._now_us)
                hold_us = 0 if reason.cause in AT_ONCE else self._hold_us
                if self._now_us - since_us >= hold_us:
                    left.append(reason)
        return left

    def _raise(self, group: str, signals: list[Signal]) -> Turn:
        """Raise an alarm for a group that has none, or its last one once more."""
        rested = self._rested.get(group)
        if rested is not None:
            self._see(rested, signals)
            turn = Turn(rested, rested)
            turn.raise_again(signals)
            return turn
        reasons = tuple(signal.reason for signal in signals)
        alarm = Alarm(
            id=self._name(),
            version=0,
            group=group,
            reasons=reasons,
            severity=signals[0].severity,
            state=AlarmState.RAISED,
            category=next((one.category for one in signals if one.category), None),
            district=next((one.district for one in signals if one.district), None),
            since_us=min(signal.since_us for signal in signals),
            raised_us=self._now_us,
            changed_us=self._now_us,
        )
        return Turn(None, alarm, [(AlarmStep.RAISED, named(*reasons))])

    def _name(self) -> str:
        """Name a new alarm by the second it is raised in, UTC, and its number in that second."""
        stem = f"a-{from_us(self._now_us):%Y%m%d-%H%M%S}"
        self._numbers = {one: last for one, last in self._numbers.items() if one >= stem}
        self._numbers[stem] = self._numbers.get(stem, 0) + 1
        return f"{stem}-{self._numbers[stem]}"


def _cleared(alarm: Alarm) -> int:
    return alarm.cleared_us or 0
