"""The life of alarms: what raises, changes and ends one, and how often a person is called."""

from dataclasses import replace

import pytest

from operations.pulse.alarm import AlarmState, AlarmStep, Cause, Reason, Severity
from operations.pulse.alarm_actions import acknowledge, shelve, unshelve
from operations.pulse.alarms import Alarms
from tests.builders import LONGKOU, NOW_US
from tests.watched import CATEGORY, CLUSTER, HOUR_US, MINUTE_US, signal

BY = {"actor": "值班员", "verified": False}
MEDIUM, HIGH, CRITICAL = Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL


class Watch:
    """Alarms looked at minute by minute, and the lines their history has got so far."""

    def __init__(self, **rules):
        self.alarms, self.minute, self.lines = Alarms(**rules), 0.0, []
        self.changed = []

    @property
    def now_us(self):
        return NOW_US + round(self.minute * MINUTE_US)

    def look(self, *signals, minute=None):
        """Look at signals, by default a minute later; give the steps that were new."""
        self.minute = self.minute + 1 if minute is None else minute
        self.changed, lines = self.alarms.look(signals, self.now_us)
        assert {line.alarm for line in lines} <= {one.id for one in self.changed}
        self.lines += lines
        return [line.step.value for line in lines]

    def act(self, action, **more):
        after, line = action(self.one, now_us=self.now_us, **BY, **more)
        self.alarms.adopt([after])
        self.lines.append(line)

    def shelve(self, hours=1.0):
        self.act(shelve, until_us=self.now_us + round(hours * HOUR_US))

    @property
    def one(self):
        (alarm,) = self.alarms.standing()
        return alarm

    def announced(self):
        return sum(one.announced_us == self.now_us for one in self.alarms.standing())


@pytest.fixture
def watch():
    return Watch()


def many(count, severity=MEDIUM, first=0):
    return [
        signal(f"g-{n}", Reason(Cause.CLUSTER, f"c-{n}"), severity=severity, since_us=n)
        for n in range(first, first + count)
    ]


def test_new_group_raises_an_alarm_once(watch):
    assert watch.look(signal(severity=HIGH)) == ["raised"]
    assert watch.one.id == "a-20261124-020100-1"
    assert (watch.one.version, watch.one.state, watch.one.severity) == (1, "raised", HIGH)
    assert (watch.one.announced_us, watch.one.told, watch.one.flooded) == (
        watch.now_us,
        HIGH,
        False,
    )
    assert (watch.one.category, watch.one.district) == ("water_quality", LONGKOU)
    assert watch.lines[0].note == "cluster c-1"
    assert [watch.look(signal(severity=HIGH)) for _ in range(3)] == [[], [], []]


def test_signals_of_a_group_are_one_alarm_led_by_the_worst(watch):
    city = signal(reason=CATEGORY, severity=CRITICAL, district=None, since_us=NOW_US)
    assert watch.look(signal(), city) == ["raised"]
    assert watch.one.reasons == (CATEGORY, CLUSTER)
    assert (watch.one.severity, watch.one.district) == (CRITICAL, LONGKOU)
    assert watch.one.since_us == NOW_US - HOUR_US


def test_reason_told_twice_counts_as_the_more_severe(watch):
    watch.look(signal(severity=HIGH), signal())
    assert (watch.one.severity, watch.one.reasons) == (HIGH, (CLUSTER,))
    assert watch.look(signal(), signal(severity=CRITICAL)) == ["worsened"]


def test_reason_joins_and_leaves_the_alarm_of_its_group(watch):
    watch.look(signal(reason=CATEGORY, district=None, since_us=NOW_US))
    assert watch.look(signal(reason=CATEGORY, district=None), signal()) == ["joined"]
    assert (watch.one.version, watch.one.district) == (2, LONGKOU)
    assert watch.one.since_us == NOW_US - HOUR_US
    assert watch.look(signal(reason=CATEGORY)) == ["left"]
    assert watch.lines[-1].note == "cluster c-1"
    assert watch.one.reasons == (CATEGORY,)


def test_cluster_clears_at_once_and_keeps_its_reason(watch):
    watch.look(signal())
    assert watch.look() == ["cleared"]
    assert watch.alarms.standing() == []
    assert watch.lines[-1].version == 2


def test_category_clears_after_its_hold_and_does_not_flap(watch):
    watch.look(signal(reason=CATEGORY))
    for _ in range(20):
        assert watch.look() == watch.look(signal(reason=CATEGORY)) == []
    assert [watch.look() for _ in range(10)] == [[]] * 10
    assert watch.look() == ["cleared"]


def test_hold_begins_anew_when_a_reason_rejoined(watch):
    watch.look(signal(reason=CATEGORY), signal())
    for _ in range(11):
        watch.look(signal())
    assert watch.lines[-1].step is AlarmStep.LEFT
    watch.look(signal(reason=CATEGORY), signal(), minute=30)
    assert watch.one.reasons == (CLUSTER, CATEGORY)
    assert watch.look(signal()) == []


def test_severity_rises_and_never_falls(watch):
    watch.look(signal())
    assert watch.look(signal(severity=HIGH)) == ["worsened"]
    assert watch.lines[-1].note == "medium → high"
    assert watch.one.announced_us == watch.now_us
    assert watch.look(signal()) == []
    assert watch.one.severity is HIGH


def test_group_that_comes_back_soon_has_its_alarm_again_unannounced(watch):
    watch.look(signal())
    name, told_us = watch.one.id, watch.now_us
    watch.look()
    assert watch.look(signal(reason=Reason(Cause.CLUSTER, "c-2")), minute=60) == ["raised"]
    assert (watch.one.id, watch.one.version, watch.one.cleared_us) == (name, 3, None)
    assert watch.one.announced_us == told_us
    assert watch.one.reasons == (Reason(Cause.CLUSTER, "c-2"),)


def test_group_that_comes_back_worse_is_announced_again(watch):
    watch.look(signal())
    watch.look()
    watch.look(signal(severity=HIGH))
    assert watch.one.announced_us == watch.now_us


def test_group_that_comes_back_late_is_a_new_alarm(watch):
    watch.look(signal())
    name = watch.one.id
    watch.look(minute=2)
    assert watch.look(signal(), minute=62) == ["raised"]
    assert watch.one.id != name


def test_acknowledged_alarm_stays_so_until_it_is_worse(watch):
    watch.look(signal())
    watch.act(acknowledge)
    watch.look(signal(), signal(reason=CATEGORY))
    assert watch.one.state is AlarmState.ACKNOWLEDGED
    assert watch.look(signal(severity=HIGH), signal(reason=CATEGORY)) == ["worsened"]
    assert (watch.one.state, watch.one.acknowledged_us) == (AlarmState.RAISED, None)
    assert watch.announced() == 1


def test_acknowledged_alarm_that_comes_back_is_still_acknowledged_unless_worse(watch):
    watch.look(signal(severity=HIGH))
    watch.act(acknowledge)
    watch.look()
    watch.look(signal())
    assert (watch.one.state, watch.one.severity) == (AlarmState.ACKNOWLEDGED, MEDIUM)
    watch.look()
    watch.look(signal(severity=CRITICAL))
    assert watch.one.state is AlarmState.RAISED
    assert watch.announced() == 1


def test_shelved_alarm_returns_when_its_time_is_over(watch):
    watch.look(signal())
    watch.shelve()
    assert watch.look(signal(), minute=60) == []
    assert watch.look(signal(), minute=61) == ["returned"]
    assert (watch.one.state, watch.one.shelved_until_us) == (AlarmState.RAISED, None)
    assert watch.announced() == 1, "nobody is thought to remember what was shelved"


def test_shelved_alarm_without_a_reason_is_cleared_when_its_time_is_over(watch):
    watch.look(signal())
    watch.shelve()
    assert watch.look(minute=5) == []
    assert watch.one.state is AlarmState.SHELVED
    assert watch.look(minute=61) == ["cleared"]
    watch.look(signal())
    assert watch.announced() == 1, "what comes back after a shelf is news"


def test_only_critical_takes_an_alarm_off_the_shelf(watch):
    watch.look(signal())
    watch.shelve()
    assert watch.look(signal(), signal(reason=CATEGORY)) == ["joined"]
    assert watch.look(signal(severity=HIGH)) == ["worsened"]
    assert (watch.one.state, watch.announced()) == (AlarmState.SHELVED, 0)
    assert watch.look(signal(severity=CRITICAL)) == ["worsened"]
    assert (watch.one.state, watch.announced()) == (AlarmState.RAISED, 1)


def test_alarm_taken_back_by_hand_is_raised_without_a_call(watch):
    watch.look(signal())
    watch.shelve()
    watch.look(signal())
    watch.act(unshelve)
    assert watch.look(signal()) == []
    assert (watch.one.state, watch.announced()) == (AlarmState.RAISED, 0)
    assert watch.look() == ["cleared"]


def test_eleventh_alarm_in_ten_minutes_is_listed_and_not_announced(watch):
    watch.look(*many(12), minute=0)
    waiting = [one for one in watch.alarms.standing() if one.flooded]
    assert [one.group for one in waiting] == ["g-10", "g-11"]
    assert [one.announced_us for one in waiting] == [None, None]
    assert watch.announced() == 10
    assert watch.look(*many(12), minute=9.99) == []
    assert watch.look(*many(12), minute=10) == ["announced", "announced"]
    assert not any(one.flooded for one in watch.alarms.standing())


def test_room_goes_to_the_most_severe_then_to_the_oldest(watch):
    watch = Watch(in_ten_minutes=1)
    first, late = many(3), many(1, CRITICAL, first=7)
    watch.look(*first, minute=0)
    order = []
    for minute in (10, 20, 30):
        watch.look(*first, *late, minute=minute)
        order += [one.group for one in watch.alarms.standing() if one.announced_us == watch.now_us]
    assert order == ["g-7", "g-1", "g-2"]


def test_alarm_that_worsens_in_a_flood_stays_before_peoples_eyes_and_is_announced_later(watch):
    watch = Watch(in_ten_minutes=1)
    watch.look(signal(), minute=0)
    assert watch.look(signal(severity=HIGH), minute=1) == ["worsened"]
    assert (watch.one.flooded, watch.one.told) == (False, MEDIUM)
    assert watch.look(signal(severity=HIGH), minute=10) == ["announced"]
    assert watch.one.told is HIGH


def test_acknowledged_alarm_that_worsens_in_a_flood_waits(watch):
    watch = Watch(in_ten_minutes=1)
    watch.look(signal(), minute=0)
    watch.act(acknowledge)
    watch.look(signal(severity=HIGH), minute=1)
    assert (watch.one.state, watch.one.flooded) == (AlarmState.RAISED, True)
    assert watch.look(signal(severity=HIGH), minute=10) == ["announced"]


def test_flooded_alarm_that_somebody_took_in_hand_is_not_announced(watch):
    watch = Watch(in_ten_minutes=1)
    watch.look(*many(2), minute=0)
    flooded = watch.alarms.standing()[1]
    after, _line = acknowledge(flooded, now_us=watch.now_us, **BY)
    watch.alarms.adopt([after])
    assert not after.flooded
    assert watch.look(*many(2), minute=10) == []


def test_call_that_was_never_written_gives_its_room_back(watch):
    watch = Watch(in_ten_minutes=1)
    watch.look(signal(), minute=0)
    watch.act(acknowledge)
    held = watch.one
    watch.look(signal(severity=HIGH), minute=10)
    watch.alarms.adopt([replace(held, version=held.version + 1)])
    assert watch.look(signal(severity=HIGH), minute=11) == ["worsened"]
    assert watch.announced() == 1


def test_new_worker_goes_on_where_the_last_one_was(watch):
    watch = Watch(in_ten_minutes=3)
    watch.look(*many(3), minute=0)
    watch.look(*many(2), minute=1)
    (cleared,) = watch.changed
    standing = watch.alarms.standing()
    watch.alarms = Alarms(in_ten_minutes=3)
    watch.alarms.adopt([*standing, cleared])
    assert watch.look(*many(4), minute=2) == ["raised", "raised"]
    again, new = watch.changed
    assert (again.id, again.announced_us) == (cleared.id, NOW_US)
    assert (new.group, new.flooded) == ("g-3", True)
    assert watch.look(*many(4), minute=10) == ["announced"]


def test_new_worker_gives_no_name_twice(watch):
    watch.look(*many(2), minute=0)
    standing = watch.alarms.standing()
    watch.alarms = Alarms()
    watch.alarms.adopt(standing)
    watch.look(*many(3), minute=0)
    assert [one.id for one in watch.alarms.standing()] == [
        f"a-20261124-020000-{number}" for number in (1, 2, 3)
    ]


def test_alarm_another_worker_cleared_stands_no_longer(watch):
    watch.look(signal())
    cleared = replace(watch.one, state=AlarmState.CLEARED, version=2, cleared_us=watch.now_us)
    watch.alarms.adopt([cleared])
    assert watch.alarms.standing() == []
    watch.look(signal())
    assert (watch.one.id, watch.one.version) == (cleared.id, 3)


def test_group_gets_the_last_of_its_cleared_alarms_back(watch):
    watch.look(signal())
    watch.look()
    early = watch.changed
    watch.look(signal(), minute=90)
    watch.look()
    late = watch.changed
    watch.alarms = Alarms()
    watch.alarms.adopt([*late, *early])
    watch.look(signal(), minute=100)
    assert watch.one.id == late[0].id


def test_two_alarms_of_one_group_become_the_older_one(watch):
    watch.look(signal())
    twin = replace(watch.one, id="a-20261124-020100-2")
    watch.alarms.adopt([twin])
    assert watch.look(signal()) == ["cleared"]
    assert watch.one.id == "a-20261124-020100-1"


def test_a_clock_that_runs_backwards_stands_still(watch):
    watch.look(signal(), minute=5)
    watch.look(signal(), signal("other", Reason(Cause.CLUSTER, "c-9")), minute=0)
    assert [one.id[-2:] for one in watch.alarms.standing()] == ["-1", "-2"]
    assert {one.raised_us for one in watch.alarms.standing()} == {NOW_US + 5 * MINUTE_US}
