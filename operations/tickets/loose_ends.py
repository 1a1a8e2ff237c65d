"""Loose ends: six lists of tickets nobody may leave lying, each empty on a good day."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from operations.calendar import WorkCalendar
from operations.tickets.cards import Cards
from operations.tickets.duties import Standing

BOUNCES = 2
"""Reassignments from which on a ticket is sent to and fro."""


class LooseEnd(StrEnum):
    """The lists, in the order of a ticket's life."""

    BOUNCING = "bouncing"  # 反复改派
    ORPHANS = "orphans"  # 悬空
    REPEATS = "repeats"  # 重复诉求
    UNCARDED = "uncarded"  # 超期未亮牌
    UNCALLED = "uncalled"  # 办结未回访
    UNSOLVED = "unsolved"  # 办结未解决


AFTER_CALLBACK = frozenset({LooseEnd.UNCALLED, LooseEnd.UNSOLVED})
"""The lists that mean nothing where a source tells of no callbacks."""


class Patience(NamedTuple):
    """After how many working days of silence an open ticket is an orphan, with a department and
    without one, and how long after closing a callback may take."""

    still_d: int = 10
    unowned_d: int = 1
    callback_d: int = 5


class Edges(NamedTuple):
    """At one moment: what moved, or was closed, before these times is too long ago.

    `red`: due before it is a red card; where no rules give cards, overdue.
    """

    still: datetime
    unowned: datetime
    uncalled: datetime
    red: datetime


class Traced(NamedTuple):
    """What the lists look at beside the standing; `updated_at`: when the source last told of it."""

    standing: Standing
    updated_at: datetime
    due_at: datetime | None = None
    closed_at: datetime | None = None
    reassignments: int = 0
    repeats: bool = False


class Thresholds:
    """The edges of one city, by its calendar; each only moves on with the clock."""

    def __init__(
        self,
        patience: Patience,
        calendar: WorkCalendar,
        zone: ZoneInfo,
        cards: Cards | None = None,
    ) -> None:
        self.patience, self.gives_cards, self.zone = patience, cards is not None, zone
        self._calendar, self._cards = calendar, cards

    def edges(self, now: datetime) -> Edges:
        """Give the thresholds of a moment."""
        red = now if self._cards is None else self._cards.edges(now).red
        still_d, unowned_d, callback_d = self.patience
        return Edges(
            self._ago(now, still_d), self._ago(now, unowned_d), self._ago(now, callback_d), red
        )

    def _ago(self, now: datetime, days: int) -> datetime:
        """Give the same time of day so many working days ago; on a day off nothing moves.

        Then it is the end of the working day so far back, after which no time has been worked.
        """
        today = now.astimezone(self.zone).date()
        begins = self._midnight(today)
        if self._calendar.is_working_day(today):
            then = self._calendar.working_day_before(today, days)
            return min(self._midnight(then) + (now - begins), self._end(then))
        last = self._calendar.latest_working_day(today)
        return self._end(self._calendar.working_day_before(last, days))

    def _end(self, day: date) -> datetime:
        return self._midnight(day + timedelta(days=1))

    def _midnight(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)


def loose_ends_of(ticket: Traced, edges: Edges) -> frozenset[LooseEnd]:
    """Give the lists a ticket is on.

    The last three are of tickets no record of supervision follows. The standing's `red` is not
    asked: a red card is what was due before its edge.
    """
    stands, alone = ticket.standing, ticket.standing.supervision is None
    ends = {
        LooseEnd.BOUNCING: stands.is_open and ticket.reassignments >= BOUNCES,
        LooseEnd.ORPHANS: _is_orphan(ticket, edges),
        LooseEnd.REPEATS: stands.is_open and ticket.repeats,
        LooseEnd.UNCARDED: stands.is_open
        and alone
        and ticket.due_at is not None
        and ticket.due_at < edges.red,
        LooseEnd.UNCALLED: stands.waits
        and stands.recent
        and alone
        and ticket.closed_at is not None
        and ticket.closed_at < edges.uncalled,
        LooseEnd.UNSOLVED: not stands.is_open and stands.is_unsolved and stands.recent and alone,
    }
    return frozenset(name for name, holds in ends.items() if holds)


def _is_orphan(ticket: Traced, edges: Edges) -> bool:
    """Tell whether nobody has it, or nothing of it has moved, for too long."""
    edge = edges.still if ticket.standing.owned else edges.unowned
    return ticket.standing.is_open and ticket.updated_at < edge
