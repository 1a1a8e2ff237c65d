"""Yellow and red cards (黄牌, 红牌): which open tickets are nearly due, and which are long past it.

Both are thresholds on the due time that only move on with the clock: a ticket is carded by
comparing its due time with two numbers, in memory and in SQL alike.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from operations.calendar import WorkCalendar


class Card(StrEnum):
    """What an open ticket carries."""

    YELLOW = "yellow"
    RED = "red"


class Edges(NamedTuple):
    """At one moment: due up to `yellow` (included) is nearly due, before `red` a red card."""

    yellow: datetime
    red: datetime


@dataclass(frozen=True, slots=True)
class CardRule:
    """How many working days before the due time yellow begins, and how many after it red does.

    Yellow begins at the time of day at which the ticket is due, so many working days before; where
    it is due on a day off, when the day begins. Red begins with the day itself.
    """

    yellow_d: int = 1
    red_d: int = 1


class Cards:
    """The cards of one city, by its calendar."""

    def __init__(self, rule: CardRule, calendar: WorkCalendar, zone: ZoneInfo) -> None:
        self._rule, self._calendar, self._zone = rule, calendar, zone
        self._day = date.min
        self._begins = self._target = self._ends = self._red = datetime.min.replace(tzinfo=UTC)

    def edges(self, now: datetime) -> Edges:
        """Give the thresholds of a moment; they never move back while it moves on."""
        today = now.astimezone(self._zone).date()
        if today != self._day:
            self._turn(today)
        return Edges(min(self._target + (now - self._begins), self._ends), self._red)

    def card(self, due_at: datetime, now: datetime) -> Card | None:
        """Give the card of an open ticket with this due time."""
        edges = self.edges(now)
        if due_at < edges.red:
            return Card.RED
        return Card.YELLOW if due_at <= edges.yellow else None

    def yellow_at(self, due_at: datetime) -> datetime:
        """Give when yellow begins."""
        day = due_at.astimezone(self._zone).date()
        before = day - timedelta(days=1)
        # Midnight is the end of a day that was worked, which matters at the edge of days off.
        if due_at == self._midnight(day) and self._calendar.is_working_day(before):
            day = before
        first = self._calendar.working_day_before(day, self._rule.yellow_d)
        begins = self._midnight(first)
        if not self._calendar.is_working_day(day):
            return begins
        ends = self._midnight(first + timedelta(days=1))
        return min(begins + (due_at - self._midnight(day)), ends)

    def red_at(self, due_at: datetime) -> datetime:
        """Give when red begins."""
        day = due_at.astimezone(self._zone).date()
        return self._midnight(self._calendar.working_day_after(day, self._rule.red_d))

    def _turn(self, today: date) -> None:
        """Work out what holds all day: the target day, and the last day that is red."""
        calendar, rule = self._calendar, self._rule
        target = calendar.working_day_after(today, rule.yellow_d)
        self._ends = self._midnight(target + timedelta(days=1))
        self._begins = self._midnight(today)
        # On a day off nothing moves: what is due by the end of the target day is yellow.
        self._target = self._midnight(target) if calendar.is_working_day(today) else self._ends
        last = calendar.latest_working_day(today)
        self._red = self._midnight(calendar.working_day_before(last, rule.red_d - 1))
        self._day = today

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self._zone).astimezone(UTC)
