"""Cards: against plain enumeration, in a zone without and one with summer time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources.holidays import china
from operations.calendar import WorkCalendar
from operations.tickets.cards import Card, CardRule, Cards
from tests.rules import CALENDAR, SHANGHAI

BOSTON = ZoneInfo("America/New_York")
ZONES = {"china": (china({}), SHANGHAI), "boston": (WorkCalendar(), BOSTON)}
CARDS = Cards(CardRule(), CALENDAR, SHANGHAI)


def local(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("due", "yellow", "red"),
    [
        (local(11, 26, 16), local(11, 25, 16), local(11, 27)),  # Thursday
        (local(11, 30, 16), local(11, 27, 16), local(12, 1)),  # Monday: yellow on Friday
        (local(11, 27, 16), local(11, 26, 16), local(11, 30)),  # Friday: red on Monday
        (local(11, 28, 10), local(11, 27), local(11, 30)),  # Saturday: all of Friday
        (local(10, 8, 9), local(9, 30, 9), local(10, 9)),  # after the long holiday
        (local(10, 10, 9), local(10, 9, 9), local(10, 12)),  # a Saturday that is worked
    ],
)
def test_yellow_comes_a_working_day_before_and_red_on_the_first_after(due, yellow, red):
    assert (CARDS.yellow_at(due), CARDS.red_at(due)) == (yellow, red)
    second = timedelta(seconds=1)
    assert CARDS.card(due, yellow - second) is None
    assert CARDS.card(due, yellow) is Card.YELLOW
    assert CARDS.card(due, red - second) is Card.YELLOW
    assert CARDS.card(due, red) is Card.RED


def plain_card(calendar, zone, due, now):
    """Say it in words: red from the first working day after the day on which it was due, yellow
    once no more than one working day is left, counted in the days' own lengths."""
    due_day, today = due.astimezone(zone).date(), now.astimezone(zone).date()
    worked = [
        day
        for day in (due_day + timedelta(days=n) for n in range(1, 40))
        if calendar.is_working_day(day)
    ]
    if today >= worked[0]:
        return Card.RED
    if now >= due:
        return Card.YELLOW
    left = timedelta()  # working time of whole days, midnight to midnight
    day = today
    while day <= due_day:
        begins, ends = (
            datetime.combine(one, time(), zone).astimezone(UTC)
            for one in (day, day + timedelta(days=1))
        )
        if calendar.is_working_day(day):
            left += min(ends, due) - max(begins, now)
        day += timedelta(days=1)
    if not calendar.is_working_day(due_day):  # due on a day off: as long as any day before it
        before = calendar.working_day_before(due_day)
        return Card.YELLOW if today >= before else None
    return Card.YELLOW if left <= timedelta(days=1) else None


@given(
    st.sampled_from(sorted(ZONES)),
    st.integers(0, 365 * 24 * 4),
    st.integers(-5 * 24 * 4, 12 * 24 * 4),
)
@settings(max_examples=800)
def test_a_card_is_what_plain_counting_says(where, quarter, apart):
    calendar, zone = ZONES[where]
    now = datetime(2026, 1, 1, 0, 7, tzinfo=UTC) + quarter * timedelta(minutes=15)
    due = now + apart * timedelta(minutes=15) - timedelta(minutes=7)
    changed = any(  # a day of 23 or 25 hours: see the test of the thresholds
        (now + timedelta(days=n)).astimezone(zone).utcoffset() != now.astimezone(zone).utcoffset()
        for n in range(-7, 15)
    )
    midnight = due.astimezone(zone).time() == time()
    if not changed and not midnight:
        assert Cards(CardRule(), calendar, zone).card(due, now) is plain_card(
            calendar, zone, due, now
        )


@given(
    st.sampled_from(sorted(ZONES)),
    st.integers(0, 365 * 24 * 4),
    st.integers(-8 * 24 * 4, 15 * 24 * 4),
    st.integers(1, 3),
    st.integers(1, 3),
)
@settings(max_examples=800)
def test_thresholds_and_moments_say_the_same(where, quarter, apart, yellow_d, red_d):
    calendar, zone = ZONES[where]
    cards = Cards(CardRule(yellow_d, red_d), calendar, zone)
    now = datetime(2026, 1, 1, tzinfo=UTC) + quarter * timedelta(minutes=15)
    due = now + apart * timedelta(minutes=15)
    edges = cards.edges(now)
    assert (due <= edges.yellow) is (now >= cards.yellow_at(due)), (now, due)
    assert (due < edges.red) is (now >= cards.red_at(due)), (now, due)


def test_thresholds_never_move_back():
    for calendar, zone in ZONES.values():
        cards, last = Cards(CardRule(), calendar, zone), None
        now = datetime(2026, 1, 1, tzinfo=UTC)
        while now.date() < date(2027, 1, 10):
            edges = cards.edges(now)
            assert last is None or (edges.yellow >= last.yellow and edges.red >= last.red), now
            last, now = edges, now + timedelta(minutes=20)
