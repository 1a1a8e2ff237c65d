"""What will count later: tickets by the moment at which something of theirs comes to pass."""

import sys
from collections.abc import Iterator

import numpy as np

from operations.pulse.rows import NEVER, WIDTH
from operations.pulse.windows import HOUR_US, Ints

_KEY_BYTES = (WIDTH + 2) * 8


class Ladder:
    """Rows waiting for their moment, hour by hour, each with how often it was put there.

    Adding a row with the opposite sign takes it away again, so what waits depends on the
    present tickets alone, never on the order in which they came. A row is kept as its
    bytes, the moment and the kind before it: a dictionary of them costs 0.3 µs a row.
    """

    def __init__(self) -> None:
        self._hours: dict[int, dict[bytes, int]] = {}
        self._next_us = NEVER

    def add(self, kind: int, moments_us: Ints, rows: Ints, signs: Ints) -> None:
        """Let rows wait, each for its own moment; sign −1 takes back."""
        if not len(rows):
            return
        keys = np.empty((len(rows), WIDTH + 2), np.int64)
        keys[:, 0], keys[:, 1], keys[:, 2:] = moments_us, kind, rows
        data = keys.tobytes()
        hours = (moments_us // HOUR_US).tolist()
        for place, (hour, sign) in enumerate(zip(hours, signs.tolist(), strict=True)):
            key = data[place * _KEY_BYTES : (place + 1) * _KEY_BYTES]
            waiting = self._hours.setdefault(hour, {})
            if times := waiting.get(key, 0) + sign:
                waiting[key] = times
            else:
                del waiting[key]
                if not waiting:
                    del self._hours[hour]
        self._next_us = min(self._next_us, int(moments_us.min()))

    def take(self, now_us: int) -> Iterator[tuple[int, Ints, Ints]]:
        """Take out what has come by now, as (kind, rows, signs)."""
        if now_us < self._next_us:
            return
        taken: dict[bytes, int] = {}
        for hour in [hour for hour in self._hours if hour <= now_us // HOUR_US]:
            waiting = self._hours.pop(hour)
            later = {key: times for key, times in waiting.items() if _moment(key) > now_us}
            taken.update((key, times) for key, times in waiting.items() if key not in later)
            if later:
                self._hours[hour] = later
        first = self._hours[min(self._hours)] if self._hours else {}
        self._next_us = min(map(_moment, first), default=NEVER)
        if taken:
            keys = np.frombuffer(b"".join(taken), np.int64).reshape(-1, WIDTH + 2)
            signs = np.fromiter(taken.values(), np.int64, len(taken))
            for kind in np.unique(keys[:, 1]).tolist():
                chosen = keys[:, 1] == kind
                yield kind, keys[chosen, 2:], signs[chosen]

    def rows(self) -> Iterator[tuple[int, Ints, Ints, Ints]]:
        """Give everything that waits, as (kind, moments, rows, signs)."""
        for waiting in self._hours.values():
            keys = np.frombuffer(b"".join(waiting), np.int64).reshape(-1, WIDTH + 2)
            signs = np.fromiter(waiting.values(), np.int64, len(waiting))
            for kind in np.unique(keys[:, 1]).tolist():
                chosen = keys[:, 1] == kind
                yield kind, keys[chosen, 0], keys[chosen, 2:], signs[chosen]

    def __len__(self) -> int:
        return sum(map(len, self._hours.values()))


def _moment(key: bytes) -> int:
    return int.from_bytes(key[:8], sys.byteorder, signed=True)
