"""Which reports are to be made by themselves: those that are over, have their hour, and are not."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from operations.bulletin.issue import CITY, Issue, Kind, newest

MADE_UP = {Kind.DAILY: 7, Kind.WEEKLY: 4, Kind.MONTHLY: 2}
"""How many numbers of each kind are made up for after a stop."""


def due(
    now: datetime,
    at: time,
    there: Collection[Issue],
    first_day: date | None,
    scopes: Sequence[str] = (CITY,),
) -> Iterator[Issue]:
    """Give what is due at a local time, the oldest first, so that each knows the one before.

    A number is due from the hour `at` of the day after its last. What began before the ledger
    did is left out: it would be of half a period.
    """
    if first_day is None:
        return
    today = now.date() if now.time() >= at else now.date() - timedelta(days=1)
    for scope, kind in product(scopes, Kind):
        wanted, issue = [], newest(kind, today, scope)
        for _ in range(MADE_UP[kind]):
            wanted.append(issue)
            issue = issue.before
        for one in reversed(wanted):
            if one not in there and first_day <= one.first:
                yield one
