"""The five responsibilities and the loose ends as conditions in SQL, on the columns of a ticket.

The rules are those of `operations/tickets/duties.py` and `loose_ends.py`, written a second time.
They name `now`, `period` (its first moment), `red` (0 where no rules give cards), and the edges
`late`, `still`, `unowned` and `uncalled`, all in microseconds since 1970 UTC.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data_sources.rows import us_of
from data_sources.tables import OPEN
from operations.calendar import WorkCalendar
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import BOUNCES, LooseEnd, Patience, Thresholds
from operations.tickets.ticket import Supervision

_CALLED = "called_back_us IS NOT NULL AND (closed_us IS NULL OR called_back_us >= closed_us)"
DONE = "status IN ('closed', 'archived')"
WAITS = f"{DONE} AND NOT ({_CALLED}) AND (dispatched_us IS NOT NULL OR department IS NOT NULL)"
_UNSOLVED = f"{_CALLED} AND resolved IS FALSE"
UNSOLVED = f"{DONE} AND {_UNSOLVED}"
_ALONE = "supervision IS NULL"
_RECENT = "closed_us >= :period AND closed_us <= :now"

DUTY = (
    f"CASE WHEN supervision = '{Supervision.REFERRED}' THEN '{Duty.ACCOUNT}'"
    f" WHEN supervision = '{Supervision.OPEN}'"
    f" OR ({OPEN} AND (due_us < :red OR reopenings > 0 OR status = 'reopened'))"
    f" OR ({_UNSOLVED} AND status <> 'withdrawn') THEN '{Duty.SUPERVISE}'"
    f" WHEN NOT ({OPEN}) OR status = 'replied' THEN '{Duty.FULFIL}'"
    " WHEN department IS NULL OR status IN ('returned', 'consulting')"
    f" THEN '{Duty.CLARIFY}' ELSE '{Duty.PERFORM}' END"
)
"""In which of the five a ticket stands."""

PENDING = f"({OPEN} OR supervision IS NOT NULL OR ({_RECENT} AND (({WAITS}) OR ({UNSOLVED}))))"
"""Whether something is left to do, so that the ticket is counted."""

WITHOUT_CALLBACKS = f"({OPEN} OR supervision IS NOT NULL)"
"""The same where the source tells of no callbacks: nothing of those that wait for one."""

ENDS = {
    LooseEnd.BOUNCING: f"{OPEN} AND reassignments >= {BOUNCES}",
    LooseEnd.ORPHANS: f"{OPEN} AND updated_us < :unowned"
    " AND (department IS NULL OR updated_us < :still)",
    LooseEnd.REPEATS: f"{OPEN} AND EXISTS (SELECT 1 FROM repeats WHERE ticket_id = id)",  # noqa: S608
    LooseEnd.UNCARDED: f"{OPEN} AND due_us < :late AND {_ALONE}",
    LooseEnd.UNCALLED: f"{WAITS} AND {_RECENT} AND closed_us < :uncalled AND {_ALONE}",
    LooseEnd.UNSOLVED: f"{UNSOLVED} AND {_RECENT} AND {_ALONE}",
}
"""Which tickets are on each list."""


def duty_edges(now: datetime, thresholds: Thresholds, figures_d: int) -> dict[str, object]:
    """Give what the conditions name at a moment, the period ending with today's local day."""
    first = now.astimezone(thresholds.zone).date() - timedelta(days=figures_d - 1)
    begins = datetime(first.year, first.month, first.day, tzinfo=thresholds.zone)
    return dict(values_of(thresholds, now, us_of(begins)))


def usual_edges(now: datetime) -> dict[str, object]:
    """Give the times of a city without calendar and rules, by UTC."""
    return duty_edges(now, Thresholds(Patience(), WorkCalendar(), ZoneInfo("UTC")), 30)


def values_of(thresholds: Thresholds, now: datetime, period_us: int) -> dict[str, int]:
    """Give what the conditions name, at one moment."""
    edges = thresholds.edges(now)
    late = us_of(edges.red)
    return {
        "now": us_of(now),
        "period": period_us,
        "red": late if thresholds.gives_cards else 0,
        "late": late,
        "still": us_of(edges.still),
        "unowned": us_of(edges.unowned),
        "uncalled": us_of(edges.uncalled),
    }
