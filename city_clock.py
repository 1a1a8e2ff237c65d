"""What time it is in the city, as the worker hears it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from operations.ports import Entry


class CityClock:
    """What time it is in the city: this machine's, or what the stream last said."""

    def __init__(self, follows_stream: bool, last: datetime | None) -> None:
        self._follows_stream = follows_stream
        self._last = last

    def hear(self, entries: Sequence[Entry]) -> None:
        """Take the time marks of a batch; a clock never runs backwards.

        Until the first mark comes, the newest ticket tells the time.
        """
        if not self._follows_stream:
            return
        marks = [entry.clock for entry in entries if entry.clock is not None]
        if self._last is not None:
            marks.append(self._last)
        elif not marks:
            marks = [ticket.updated_at for entry in entries for ticket in entry.tickets]
        self._last = max(marks, default=None)

    @property
    def known(self) -> bool:
        """False while a city that follows the stream has not been told the time yet."""
        return not self._follows_stream or self._last is not None

    def now(self) -> datetime:
        """Tell the city's time."""
        if self._follows_stream and self._last is not None:
            return self._last
        return datetime.now(UTC)
