"""The edges of time between which the witness counts."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data_sources.duty_terms import values_of
from data_sources.rows import us_of
from data_sources.witness_course import weeks_of
from operations.calendar import WorkCalendar
from operations.tickets.cards import Cards
from operations.tickets.loose_ends import Patience, Thresholds

FIVE_MINUTES_US = 300 * 1_000_000
HOUR_US = 3600 * 1_000_000
HOUR_5M = 12
WINDOWS_H = (1, 3, 6, 24)


class Moments:
    """The edges of time between which is counted, in microseconds since 1970 UTC."""

    def __init__(
        self,
        as_of: datetime,
        zone: ZoneInfo,
        figures_d: int,
        cards: Cards | None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.as_of, self.figures_d = us_of(as_of), figures_d
        today = as_of.astimezone(zone).date()

        def midnight(days_ago: int) -> int:
            day = today - timedelta(days=days_ago)
            return us_of(datetime(day.year, day.month, day.day, tzinfo=zone))

        self.gives_cards = cards is not None
        self.yellow = self.red = 0
        if cards is not None:
            self.yellow, self.red = map(us_of, cards.edges(as_of))
        self.midnight, self.period = midnight(0), midnight(figures_d - 1)
        self.week = [midnight(days_ago) for days_ago in range(6, -1, -1)]
        self.weeks = weeks_of(midnight, figures_d)
        self.newest_5m = self.as_of // FIVE_MINUTES_US
        self.last_hour = (self.newest_5m - HOUR_5M + 1) * FIVE_MINUTES_US
        kept = thresholds or Thresholds(Patience(), WorkCalendar(), zone, cards)
        self.edges = values_of(kept, as_of, self.period)
        # The hours of the city's clocks, which in Delhi begin at half past.
        offset = us_of(as_of.astimezone(zone).replace(tzinfo=as_of.tzinfo)) - us_of(as_of)
        self.this_hour = (self.as_of + offset) // HOUR_US * HOUR_US - offset

    def window(self, hours: int) -> int:
        """Give the start of a window of so many whole hours before the one now running."""
        return self.this_hour - hours * HOUR_US

    def parameters(self) -> dict[str, int]:
        """Give what the statements call by name."""
        windows = {f"window_{hours}": self.window(hours) for hours in WINDOWS_H}
        week = {f"day_{number}": start for number, start in enumerate(self.week)}
        named = ("as_of", "midnight", "period", "last_hour", "yellow", "red")
        return {name: getattr(self, name) for name in named} | windows | week | self.edges
