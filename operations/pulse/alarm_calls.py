"""Flood control: how often a person may be called, and who waits."""

from collections.abc import Sequence
from dataclasses import replace

from operations.pulse.alarm import Alarm, AlarmState, AlarmStep
from operations.pulse.alarm_turns import Turn, is_owed, pressing
from operations.pulse.windows import SECOND_US

FLOOD_US = 600 * SECOND_US
"""More than ten calls in ten minutes are a flood (ANSI/ISA-18.2-2016, definition of the word)."""


class Calls:
    """The calls of the last ten minutes, of which there are never more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._made: set[tuple[int, str]] = set()  # when, and to which alarm

    def adopt(self, alarm: Alarm) -> None:
        """Count an alarm's last call as it is held; a later one thought of here never was."""
        called_us = -1 if alarm.announced_us is None else alarm.announced_us
        self._made = {one for one in self._made if one[1] != alarm.id or one[0] <= called_us}
        if alarm.announced_us is not None:
            self._made.add((alarm.announced_us, alarm.id))

    def announce(self, turns: Sequence[Turn], now_us: int) -> None:
        """Call a person to what waits for one, as far as there is room; the rest is flooded.

        The most severe goes first, among equals the oldest. An alarm that stands before
        people's eyes already is not hidden from them because it became worse.
        """
        self._made = {one for one in self._made if now_us - one[0] < FLOOD_US}
        room = max(self._most - len(self._made), 0)
        waiting = sorted(
            (turn for turn in turns if is_owed(turn.after)), key=lambda turn: pressing(turn.after)
        )
        for turn in waiting[:room]:
            if turn.before is not None and is_owed(turn.before):
                turn.take(AlarmStep.ANNOUNCED)
            told = turn.after.severity
            turn.after = replace(turn.after, flooded=False, told=told, announced_us=now_us)
            self._made.add((now_us, turn.after.id))
        for turn in waiting[room:]:
            if turn.before is None or turn.before.state is not AlarmState.RAISED:
                turn.after = replace(turn.after, flooded=True)
