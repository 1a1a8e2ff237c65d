"""The figures counted the slow and obvious way, straight from the tickets."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from operations.pulse.windows import from_us

ENDED = {"closed", "archived", "withdrawn"}
MINUTE_US = 60_000_000


def us(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def belongs(one, scope: str) -> bool:
    kind, _, code = scope.partition("-")
    return kind == "city" or (one.district if kind == "district" else one.department) == code


class PlainCount:
    """Counts over a list of tickets at one moment."""

    def __init__(self, tickets, now: datetime, zone: ZoneInfo, scope: str, days: int = 30) -> None:
        self.now_us = us(now)
        self.tickets = [
            one for one in tickets if one.created_us <= self.now_us and belongs(one, scope)
        ]
        today = now.astimezone(zone).date()
        self.midnight_us = us(datetime.combine(today, time(), zone))
        self.period_us = us(datetime.combine(today - timedelta(days=days - 1), time(), zone))

    def open(self):
        return [one for one in self.tickets if one.status not in ENDED]

    def overdue(self):
        return [one for one in self.open() if one.due_us is not None and one.due_us < self.now_us]

    def ways(self):
        return {
            way: sum(one.triage == way for one in self.open())
            for way in ("ordinary", "urgent", "disputed", "hard")
        }

    def cards(self, cards):
        """Give yellow and red cards, ticket by ticket, by the moments at which each begins."""
        found = {"yellow_now": 0, "red_now": 0}
        for one in self.open():
            if one.due_us is not None:
                due, now = from_us(one.due_us), from_us(self.now_us)
                found["red_now"] += now >= cards.red_at(due)
                found["yellow_now"] += cards.yellow_at(due) <= now < cards.red_at(due)
        return found

    def closed_today(self):
        return [
            one
            for one in self.tickets
            if one.status in ("closed", "archived")
            and one.closed_us is not None
            and self.midnight_us <= one.closed_us <= self.now_us
        ]

    def totals(self) -> dict[str, object]:
        opened = [one for one in self.tickets if one.created_us >= self.midnight_us]
        five_us = self.now_us // (5 * MINUTE_US) * 5 * MINUTE_US
        return {
            "opened_today": len(opened),
            "closed_today": len(self.closed_today()),
            "open_now": len(self.open()),
            "overdue_now": len(self.overdue()),
            "urgent_open": sum(one.urgent for one in self.open()),
            "unassigned_now": sum(one.department is None for one in self.open()),
            "direct_today": sum(
                one.dispatched_us is None and one.department is None for one in self.closed_today()
            ),
            "opened_last_hour": sum(
                one.created_us >= five_us - 55 * MINUTE_US for one in self.tickets
            ),
            "open_by_triage": self.ways(),
        } | self.rates()

    def rates(self) -> dict[str, object]:
        due = [
            one
            for one in self.tickets
            if one.due_us is not None
            and self.period_us <= one.due_us < self.now_us
            and one.status != "withdrawn"
        ]
        rung = [
            one
            for one in self.tickets
            if one.called_back_us is not None
            and self.period_us <= one.called_back_us <= self.now_us
        ]
        told = [
            one.reported_on_time
            for one in self.tickets
            if one.due_us is not None and one.created_us >= self.period_us
        ]
        on_time = [
            one.status in ("closed", "archived")
            and one.closed_us is not None
            and one.closed_us <= one.due_us
            for one in due
        ]
        return {
            "on_time_rate": rate(on_time),
            "satisfaction_rate": rate([one.satisfied for one in rung if one.satisfied is not None]),
            "solved_rate": rate([one.resolved for one in rung if one.resolved is not None]),
            "source_on_time_rate": rate(
                [flag is True for flag in told] if any(flag is not None for flag in told) else []
            ),
        }

    def course(self, first_us: int, end_us: int) -> dict[str, float | None]:
        """Give the rates of what was due, and of whom was rung, from one moment to another."""
        due = [
            one
            for one in self.tickets
            if one.due_us is not None
            and first_us <= one.due_us < min(end_us, self.now_us)
            and one.status != "withdrawn"
        ]
        rung = [
            one
            for one in self.tickets
            if one.called_back_us is not None
            and first_us <= one.called_back_us < end_us
            and one.called_back_us <= self.now_us
        ]
        answers = {
            "on_time": [
                one.status in ("closed", "archived")
                and one.closed_us is not None
                and one.closed_us <= one.due_us
                for one in due
            ],
            "solved": [one.resolved for one in rung if one.resolved is not None],
            "satisfaction": [one.satisfied for one in rung if one.satisfied is not None],
        }
        return {
            name: round(sum(said) / len(said), 3) if said else None
            for name, said in answers.items()
        }


def rate(answers: list[bool]) -> dict[str, object]:
    return {
        "value": round(sum(answers) / len(answers), 4) if answers else None,
        "n": len(answers),
    }
