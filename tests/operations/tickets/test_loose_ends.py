"""The lists of loose ends, one by one, and the edges of what is too long ago."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.cards import CardRule, Cards
from operations.tickets.duties import Standing
from operations.tickets.loose_ends import (
    LooseEnd,
    Patience,
    Thresholds,
    Traced,
    loose_ends_of,
)
from tests.builders import NOW
from tests.rules import CALENDAR

YANTAI = ZoneInfo("Asia/Shanghai")
CARDS = Cards(CardRule(), CALENDAR, YANTAI)
PATIENCE = Patience(still_d=10, unowned_d=1, callback_d=5)


def thresholds(cards=CARDS):
    return Thresholds(PATIENCE, CALENDAR, YANTAI, cards)


def ends(standing=None, now=NOW, cards=CARDS, **traced):
    traced.setdefault("updated_at", now)
    stands = standing or Standing("handling")
    return loose_ends_of(Traced(stands, **traced), thresholds(cards).edges(now))


def test_on_a_good_day_every_list_is_empty():
    assert ends() == frozenset()
    done = Standing("closed", called=True, solved=True)
    assert ends(done, closed_at=NOW - timedelta(days=20)) == frozenset()


def test_sent_on_twice_is_bouncing():
    assert ends(reassignments=1) == frozenset()
    assert ends(reassignments=2) == {LooseEnd.BOUNCING}
    assert ends(Standing("closed", called=True), reassignments=5) == frozenset()


def test_an_orphan_is_nobodys_for_a_working_day_or_still_for_ten():
    # NOW is a Tuesday: a working day before is Monday, ten are Tuesday two weeks ago.
    nobody = Standing("returned", owned=False)
    assert ends(nobody, updated_at=NOW - timedelta(hours=24)) == frozenset()
    assert ends(nobody, updated_at=NOW - timedelta(hours=25)) == {LooseEnd.ORPHANS}
    assert ends(updated_at=NOW - timedelta(days=14)) == frozenset()
    assert ends(updated_at=NOW - timedelta(days=15)) == {LooseEnd.ORPHANS}


def test_a_weekend_makes_no_orphans():
    monday = datetime(2026, 11, 23, 1, tzinfo=UTC)
    friday = monday - timedelta(days=2, hours=23)
    assert ends(Standing("returned", owned=False), now=monday, updated_at=friday) == frozenset()


def test_a_red_card_that_no_record_of_supervision_follows_is_not_shown_to_anybody():
    late = NOW - timedelta(days=2)
    assert ends(due_at=late) == {LooseEnd.UNCARDED}
    assert ends(Standing("handling", supervision="open"), due_at=late) == frozenset()
    assert ends(due_at=NOW - timedelta(hours=1)) == frozenset(), "overdue, not yet red"
    assert ends(due_at=NOW - timedelta(hours=1), cards=None) == {LooseEnd.UNCARDED}


def test_closed_without_a_callback_in_time():
    closed = Standing("closed")
    assert ends(closed, closed_at=NOW - timedelta(days=7)) == frozenset()
    assert ends(closed, closed_at=NOW - timedelta(days=8)) == {LooseEnd.UNCALLED}
    assert ends(closed._replace(sent=False, owned=False), closed_at=NOW - timedelta(days=8)) == (
        frozenset()
    )
    assert ends(closed._replace(recent=False), closed_at=NOW - timedelta(days=40)) == frozenset()


def test_closed_and_not_solved():
    unsolved = Standing("closed", called=True, solved=False)
    assert ends(unsolved, closed_at=NOW) == {LooseEnd.UNSOLVED}
    assert ends(unsolved._replace(supervision="open"), closed_at=NOW) == frozenset()
    assert ends(unsolved._replace(status="handling"), closed_at=NOW) == frozenset()


@given(st.integers(0, 3 * 365 * 24), st.integers(0, 72))
def test_edges_never_move_back(hours, more):
    then = NOW + timedelta(hours=hours)
    earlier = thresholds().edges(then)
    later = thresholds().edges(then + timedelta(hours=more))
    assert all(one <= other for one, other in zip(earlier, later, strict=True))


@given(st.integers(0, 3 * 365 * 24 * 60), st.integers(1, 12))
def test_an_edge_lies_so_many_working_days_back(minutes, days):
    now = NOW + timedelta(minutes=minutes)
    edge = Thresholds(Patience(days, days, days), CALENDAR, YANTAI).edges(now).still
    today, then = now.astimezone(YANTAI).date(), edge.astimezone(YANTAI)
    if CALENDAR.is_working_day(today):
        assert then.time() == now.astimezone(YANTAI).time()
        assert CALENDAR.working_days_between(then.date(), today) == days
    else:
        assert (then.hour, then.minute) == (0, 0)
        ended = (then - timedelta(minutes=1)).date()
        assert CALENDAR.working_days_between(ended, today) == days
