"""What clusters are called: the second they were born in, by the city's clock, and a number."""

from zoneinfo import ZoneInfo

from operations.pulse.windows import from_us

MOST_KEPT = 1000


class Naming:
    """Gives each cluster an id of its own; the newest `MOST_KEPT` seconds are remembered."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._last: dict[str, int] = {}  # the last number given within a second

    def next(self, at_us: int) -> str:
        """Name the next cluster born at a moment."""
        stem = f"c-{from_us(at_us).astimezone(self._zone):%Y%m%d-%H%M%S}"
        number = self._last.get(stem, 0) + 1
        self._keep(stem, number)
        return f"{stem}-{number}"

    def note(self, name: str) -> None:
        """Take note of a name given before, so that it is not given again."""
        stem, _, number = name.rpartition("-")
        if number.isdecimal():
            self._keep(stem, max(int(number), self._last.get(stem, 0)))

    def _keep(self, stem: str, number: int) -> None:
        self._last[stem] = number
        if len(self._last) > MOST_KEPT:
            del self._last[next(iter(self._last))]
