"""A matter's complaints by day: what is known of them, to its end and for its measures."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from operations.pulse.windows import from_us
from operations.response.closing import course, days_back
from operations.response.course import counted, day_of, effects_of
from operations.response.incident import Kind, Part
from tests.figures import MemoryFigures, sums
from tests.incidents import Scene

ZONE = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
DAY_US = 86_400_000_000


def lived(head, counts, *, silent=()):
    """Give a city with one other ticket a day, and a matter's complaints since its opening."""
    first, figures = day_of(head.opened_us, ZONE), MemoryFigures()
    codes = {"category": head.category} | ({"district": head.district} if head.district else {})
    for n in range(-75, 100):
        if n in silent:
            continue
        figures.put(first + n * DAY, sums(opened=1), category="other")
        figures.put(first + n * DAY, sums(opened=counts[n] if 0 <= n < len(counts) else 2), **codes)
    return figures


def after(head, days):
    return from_us(head.opened_us) + days * DAY


def test_a_silent_source_is_no_recovery():
    head = Scene().head
    heard = lived(head, [30, 20, 30, 20, 30], silent=range(5, 100))
    found = counted(head, heard, after(head, 10), ZONE)
    days = course(found.counts, found.opened, found.today)
    assert [one.count for one in days] == [30, 20, 30, 20, 30, *[None] * 5]
    assert days_back(days) == 0
    heard = lived(head, [30, 20, 30, 20, 30])
    found = counted(head, heard, after(head, 10), ZONE)
    assert days_back(course(found.counts, found.opened, found.today)) == 5


def test_the_course_ends_with_the_day_of_the_closing():
    head = replace(Scene().head, state="closed")
    head = replace(head, closed_us=head.opened_us + 3 * DAY_US)
    for days, wanted in ((3, 3), (4, 4), (40, 4)):
        found = counted(head, lived(head, [9] * 60), after(head, days), ZONE)
        assert len(course(found.counts, found.opened, found.today)) == wanted


def test_a_measure_is_judged_by_the_days_that_came_behind_the_end():
    head = Scene().head
    head = replace(head, state="reviewed", closed_us=head.opened_us + 10 * DAY_US)
    body = {"began_us": head.opened_us + 8 * DAY_US, "done_us": head.opened_us + 9 * DAY_US}
    measure = Part(kind=Kind.MEASURE, number=1, body=body | {"state": "done", "title": "t"})
    figures = lived(head, [30] * 9 + [1] * 90)

    def verdict(days):
        found = counted(head, figures, after(head, days), ZONE)
        [one] = effects_of([measure], found, ZONE)
        return one.verdict, one.after.days

    assert [verdict(days)[0] for days in (10, 12, 13)] == ["early", "early", "fewer"]
    assert verdict(17) == verdict(90) == ("fewer", 7)


def test_what_has_no_category_has_no_days():
    head = replace(Scene().head, category="")
    assert counted(head, MemoryFigures(), after(head, 3), ZONE) is None
