"""When a list of loose ends rings, and when it is quiet again."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.pulse.alarm import Cause, Reason, Seen, Severity
from operations.pulse.alarm_words import LIST_NAMES, says
from operations.pulse.alarms import Alarms
from operations.pulse.long_lists import (
    KNOWN_D,
    LEAST,
    PAST_D,
    UNTOLD,
    Held,
    Lists,
    LongLists,
)
from operations.pulse.view import Names
from operations.tickets.loose_ends import LooseEnd
from tests.builders import NOW_US
from tests.watched import MINUTE_US, alarm

ORPHANS, REPEATS, UNCALLED = LooseEnd.ORPHANS, LooseEnd.REPEATS, LooseEnd.UNCALLED
NAMES = Names({}, {}, {"housing": ("市住建局", "Housing"), "urban": ("市城管局", "Urban")}, {})
DAY = date(2026, 11, 24)
LIMIT = 100


def held(after_min: float = 0, *, day: int = 0, open_now: int = 1000, **n: Any) -> Lists:
    """Give lists that hold nothing but what is said, so long after NOW."""
    lists = {end: Held(n.get(end.value, 0), (("housing", 3),)) for end in LooseEnd}
    at = (DAY + timedelta(days=day)).isoformat()
    return Lists(NOW_US + round(after_min * MINUTE_US), at, open_now, lists)


def ringing(lists: LongLists) -> dict[str, Severity]:
    return {one.reason.subject: one.severity for one in lists.signals()}


def rung(n: int = LIMIT + 1, **changes: Any) -> LongLists:
    lists = LongLists({ORPHANS: LIMIT}, **changes)
    lists.look(held(orphans=n))
    lists.look(held(10, orphans=n))
    assert ringing(lists).keys() == {"orphans"}
    return lists


def test_a_list_rings_when_it_was_above_its_limit_for_ten_minutes() -> None:
    lists = LongLists({ORPHANS: LIMIT})
    lists.look(held(orphans=LIMIT + 1))
    assert not lists.signals()
    lists.look(held(9.9, orphans=LIMIT + 1))
    assert not lists.signals()
    lists.look(held(10, orphans=LIMIT + 1))
    (one,) = lists.signals()
    assert one.reason == Reason(Cause.LOOSE_END, "orphans")
    assert one.reason.seen == Seen("2026-11-24", LIMIT + 1, LIMIT, (("housing", 3),))
    assert (one.since_us, one.severity) == (NOW_US, Severity.MEDIUM)
    assert (one.category, one.district) == (None, None)


def test_a_moment_above_is_forgotten() -> None:
    lists = LongLists({ORPHANS: LIMIT})
    for minute in range(0, 60, 5):
        lists.look(held(minute, orphans=LIMIT + (1 if minute % 10 == 0 else 0)))
        assert not lists.signals()


def test_it_goes_on_until_four_fifths_of_the_limit() -> None:
    lists = rung()
    lists.look(held(20, orphans=81))
    assert ringing(lists)
    lists.look(held(21, orphans=80))
    assert not lists.signals()
    lists.look(held(22, orphans=100))
    lists.look(held(60, orphans=100))
    assert not lists.signals(), "not before it is above the limit again"


def test_twice_the_limit_is_high_and_stays_so_while_it_rings() -> None:
    lists = rung(2 * LIMIT + 1)
    assert ringing(lists) == {"orphans": Severity.HIGH}
    lists.look(held(20, orphans=101))
    assert ringing(lists) == {"orphans": Severity.HIGH}


def test_each_list_is_an_alarm_of_its_own_and_none_is_called_twice() -> None:
    lists, alarms = LongLists(dict.fromkeys(LooseEnd, LIMIT)), Alarms()
    many = {end.value: LIMIT + 1 for end in LooseEnd}
    calls = []
    for minute in range(0, 120, 5):
        lists.look(held(minute, **many))
        changed, _ = alarms.look(lists.signals(), NOW_US + minute * MINUTE_US)
        calls += [one.group for one in changed if one.announced_us == NOW_US + minute * MINUTE_US]
    assert len(alarms.standing()) == len(LooseEnd)
    assert len(calls) == len(set(calls)) == len(LooseEnd)


def test_a_city_without_a_limit_has_one_by_its_size() -> None:
    lists = LongLists()
    assert lists.limit(ORPHANS, 10_000) == 200
    assert lists.limit(REPEATS, 10_000) == 1500
    assert lists.limit(ORPHANS, 10) == lists.limit(REPEATS, 10) == LEAST


def test_what_a_list_usually_holds_is_no_news() -> None:
    past = {f"2026-11-{day:02}": [0, 3000, 0, 0, 0, 0] for day in range(10, 10 + KNOWN_D)}
    lists = LongLists({ORPHANS: LIMIT}, past=past)
    assert lists.limit(ORPHANS, 1000) == 4500
    assert lists.limit(LooseEnd.BOUNCING, 1000) == LEAST
    lists.look(held(orphans=4500))
    lists.look(held(30, orphans=4500))
    assert not lists.signals()
    too_few = dict(list(past.items())[1:])
    assert LongLists({ORPHANS: LIMIT}, past=too_few).limit(ORPHANS, 1000) == LIMIT


def test_a_list_that_stays_long_ends_its_alarm() -> None:
    lists, days = LongLists({ORPHANS: LIMIT}), []
    for day in range(40):
        for hour in range(0, 24, 6):
            minute = day * 24 * 60 + hour * 60
            lists.look(held(minute, day=day, orphans=20 if day < 14 else 1000))
        days += [day] if lists.signals() else []
    assert days, "it rang"
    assert days[0] == 14
    assert 28 <= days[-1] <= 32, "after a fortnight and a little it is usual"
    assert len(lists.past) == PAST_D


def test_the_end_of_a_day_is_told_once_and_kept_through_a_restart() -> None:
    lists = LongLists()
    assert not lists.look(held(orphans=5))
    assert not lists.look(held(10, orphans=7))
    assert lists.look(held(20, day=1, orphans=9))
    assert lists.past == {"2026-11-24": [0, 7, 0, 0, 0, 0]}
    assert not lists.look(held(30, day=1, orphans=9))
    assert LongLists(past=lists.past).past == lists.past
    assert LongLists(past={"2026-11-24": [1.0]}).past == {}, "of another version"


def test_a_list_nobody_can_tell_does_not_ring_and_is_no_usual_number() -> None:
    lists = LongLists({UNCALLED: LIMIT})
    lists.look(held(uncalled=None))
    lists.look(held(20, day=1, uncalled=None))
    assert not lists.signals()
    assert lists.past["2026-11-24"][list(LooseEnd).index(UNCALLED)] == UNTOLD
    past = {f"2026-11-{day:02}": [UNTOLD] * 6 for day in range(1, 20)}
    assert LongLists({UNCALLED: 100}, past=past).limit(UNCALLED, 1000) == LIMIT
    ended = LongLists({UNCALLED: LIMIT})
    ended.look(held(uncalled=200))
    ended.look(held(10, uncalled=200))
    assert ringing(ended)
    ended.look(held(11, uncalled=None))
    assert not ended.signals()


def test_a_restart_goes_on_with_what_rang() -> None:
    (signal,) = rung().signals()
    held_alarm = alarm(reasons=(signal.reason,), severity=Severity.HIGH, since_us=signal.since_us)
    lists = LongLists({ORPHANS: LIMIT})
    lists.adopt([held_alarm, alarm()])
    assert ringing(lists) == {"orphans": Severity.HIGH}
    lists.look(held(20, orphans=81))
    assert ringing(lists) == {"orphans": Severity.HIGH}
    lists.look(held(21, orphans=80))
    assert not lists.signals()


@settings(deadline=None, max_examples=200)
@given(
    st.lists(st.tuples(st.integers(0, 260), st.sampled_from([0.1, 1.0, 5.0, 11.0])), max_size=60)
)
def test_whatever_a_list_does_its_alarm_is_hysteresis(steps: list[tuple[int, float]]) -> None:
    lists, minute, was = LongLists({ORPHANS: LIMIT}), 0.0, False
    above_since: float | None = None
    for n, after in steps:
        minute += after
        lists.look(held(minute, orphans=n))
        now = bool(lists.signals())
        above_since = None if n <= LIMIT else minute if above_since is None else above_since
        if now and not was:
            assert above_since is not None
            assert minute - above_since >= 10 - 1e-6
        if was:
            assert now == (n > 0.8 * LIMIT)
        was = now


def test_the_words_name_the_list_its_number_and_who_has_most() -> None:
    seen = Seen("2026-11-24", 1213, 150, (("housing", 1040), ("nobody_knows", 31)))
    assert says(Reason(Cause.LOOSE_END, "orphans", seen), NAMES) == (
        "悬空 1,213 件，上限 150；市住建局 1,040、nobody_knows 31",
        "Orphans: 1,213, bound 150; Housing 1,040, nobody_knows 31",
    )
    bare = Reason(Cause.LOOSE_END, "unsolved", Seen("2026-11-24", 40, 30))
    assert says(bare, NAMES)[0] == "办结未解决 40 件，上限 30"


@pytest.mark.parametrize("end", list(LooseEnd))
def test_every_list_has_a_name(end: LooseEnd) -> None:
    assert all(LIST_NAMES[end.value])
