"""The watch over the lists of loose ends; what they usually hold is kept between starts."""

from collections.abc import Callable, Mapping, Sequence

import structlog

from operations.pulse.alarm import Alarm, Reason, Seen, Signal
from operations.pulse.city import City
from operations.pulse.duty_sections import lists
from operations.pulse.long_lists import LongLists
from operations.pulse.windows import SECOND_US

log = structlog.get_logger()

EVERY_US = 5 * SECOND_US
"""So often the lists are counted; they ring after minutes."""
Days = Mapping[str, Sequence[float]]


class ListWatch:
    """Looks at the lists of a city; `keep` is given what they held at the ends of its days."""

    def __init__(
        self, watched: LongLists | None = None, keep: Callable[[Days], None] = lambda _days: None
    ) -> None:
        self._watched, self._keep = watched or LongLists(), keep
        self._next_us = 0

    def adopt(self, alarms: Sequence[Alarm]) -> None:
        """Go on with what rang before a restart."""
        self._watched.adopt(alarms)

    def look(self, city: City) -> None:
        """Compare the lists with their limits, every few seconds of the city's time."""
        if city.now_us < self._next_us:
            return
        self._next_us = city.now_us + EVERY_US
        if self._watched.look(lists(city)):
            try:
                self._keep(self._watched.past)
            except OSError as error:  # a full disk costs what was usual, not the alarms
                log.warning("lists_not_remembered", error=str(error))

    def signals(self) -> list[Signal]:
        """Give the lists that are too long, as reasons for alarm."""
        return self._watched.signals()

    def seen(self) -> dict[Reason, Seen]:
        """Tell how long each of them is."""
        return self._watched.seen()
