"""Rules of time for tests: Shandong's, on a calendar with the holidays that matter."""

from datetime import date
from zoneinfo import ZoneInfo

from operations.calendar import DayName, WorkCalendar
from operations.tickets.deadlines import ClockRule, Deadlines, Limit, RuleSet
from operations.tickets.reckoning import Reckoner
from operations.tickets.ticket import Triage, Urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkCalendar(
    holidays={date(2026, 10, day): DayName("国庆节", "National Day") for day in range(1, 8)},
    make_up=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
    known_until=date(2026, 12, 31),
)
RULES = RuleSet(
    code="test",
    name_zh="测试规则",
    name_en="Rules for tests",
    clocks=(
        ClockRule(
            name="urgent",
            triage=frozenset({Triage.URGENT}),
            dispatch=Limit(clock_h=1),
            finish=Limit(clock_h=24),
        ),
        ClockRule(
            name="heating", categories=frozenset({"heating_cold"}), finish=Limit(working_days=2)
        ),
        ClockRule(name="critical", urgency=frozenset({Urgency.CRITICAL}), sign=Limit(clock_h=0.5)),
        ClockRule(name="hard", triage=frozenset({Triage.HARD}), finish=Limit(working_days=15)),
        ClockRule(
            name="ordinary",
            dispatch=Limit(clock_h=24),
            sign=Limit(clock_h=4),
            finish=Limit(working_days=5),
        ),
    ),
    return_within=Limit(working_days=2),
)
DEADLINES = Deadlines(RULES, CALENDAR, SHANGHAI)
RECKONER = Reckoner(DEADLINES)
