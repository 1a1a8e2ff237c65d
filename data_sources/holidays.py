"""The State Council's holidays as `chinesecalendar` publishes them, ready for the rules."""

from collections.abc import Mapping
from datetime import date

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from operations.calendar import DayName, WorkCalendar


def china(overrides: Mapping[date, bool]) -> WorkCalendar:
    """Make China's calendar; it is known until the end of the last year that was published."""
    names = {one.value: DayName(one.chinese, one.value) for one in Holiday}
    return WorkCalendar(
        holidays={day: names[name] for day, name in holidays.items()},
        make_up=frozenset(workdays),
        known_until=date(max(holidays).year, 12, 31),
        overrides=overrides,
    )


def weekends_only(overrides: Mapping[date, bool]) -> WorkCalendar:
    """Make the calendar of a city whose holidays are not known here."""
    return WorkCalendar(overrides=overrides)
