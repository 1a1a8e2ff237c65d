"""Whatever stands, whoever acts and whenever: what is always true of alarms."""

from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources.memory_watchbook import MemoryWatchbook
from operations.errors import BadInput, Conflict
from operations.ports import Watched
from operations.pulse.alarm import Alarm, AlarmState, AlarmStep, Cause, Reason, Severity, Signal
from operations.pulse.alarm_actions import acknowledge, shelve, unshelve
from operations.pulse.alarms import Alarms
from tests.builders import NOW_US
from tests.watched import MINUTE_US, signal

MOST = 2
TEN_MINUTES_US = 10 * MINUTE_US
CLEARED = AlarmState.CLEARED
STATE_STEPS = {
    AlarmStep.RAISED,
    AlarmStep.ACKNOWLEDGED,
    AlarmStep.SHELVED,
    AlarmStep.RETURNED,
    AlarmStep.CLEARED,
}

SIGNALS = st.lists(
    st.builds(
        lambda group, cause, number, severity: signal(
            group, Reason(cause, f"{group}/{number}"), severity=severity
        ),
        st.sampled_from("abcde"),
        st.sampled_from(list(Cause)),
        st.integers(0, 1),
        st.sampled_from(list(Severity)),
    ),
    max_size=7,
)
MINUTES = st.sampled_from([-3.0, 0.0, 0.01, 0.5, 1.0, 4.0, 9.99, 10.0, 30.0, 61.0])


@dataclass(frozen=True)
class Look:
    """The worker looks; `act` is what a person does between its look and its writing."""

    signals: list[Signal]
    minutes: float
    act: "Act | None"


@dataclass(frozen=True)
class Act:
    """A person does something to the so-manieth standing alarm; the worker may not hear of it."""

    what: str
    which: int
    heard: bool


@dataclass(frozen=True)
class Restart:
    """The worker dies and another begins."""


ACTS = st.builds(
    Act, st.sampled_from(["ack", "shelve", "unshelve"]), st.integers(0, 4), st.booleans()
)
LOOKS = st.builds(Look, SIGNALS, MINUTES, st.none() | ACTS)
EVENTS = st.lists(st.one_of(LOOKS, LOOKS, ACTS), max_size=40)
EVENTS_AND_RESTARTS = st.lists(st.one_of(LOOKS, LOOKS, ACTS, st.builds(Restart)), max_size=40)


def new_alarms() -> Alarms:
    return Alarms(in_ten_minutes=MOST, hold_min=10, guard_min=60)


@dataclass
class Play:
    """A worker, a book, and people; every version of every alarm is noted as it is written."""

    book: MemoryWatchbook = field(default_factory=MemoryWatchbook)
    alarms: Alarms = field(default_factory=new_alarms)
    now_us: int = NOW_US
    versions: list[Alarm] = field(default_factory=list)
    raised: int = 0

    def run(self, events: list) -> "Play":
        for event in events:
            if isinstance(event, Look):
                self.look(event)
            elif isinstance(event, Act):
                self.act(event)
            else:
                self.alarms = new_alarms()
                self.alarms.adopt([*self.book.living()[1], *self.book.cleared(most=99)])
        return self

    def look(self, event: Look) -> None:
        self.now_us += round(event.minutes * MINUTE_US)
        act = event.act
        for again in reversed(range(10)):  # what somebody else wrote first is worked in
            alarms, lines = self.alarms.look(event.signals, self.now_us)
            if act is not None:
                self.act(Act(act.what, act.which, heard=False))
                act = None
            others = self.book.keep(Watched(alarms=tuple(alarms), alarm_lines=tuple(lines)))
            refused = {one.id for one in others}
            self.versions += [one for one in alarms if one.id not in refused]
            self.alarms.adopt(others)
            if not others:
                break
            assert again, "what a person did is worked in after a few looks"
        self.check_nothing_is_lost(event.signals)

    def act(self, event: Act) -> None:
        standing = self.book.living()[1]
        if not standing:
            return
        held = standing[event.which % len(standing)]
        by = {"actor": "王", "verified": False, "now_us": self.now_us}
        try:
            if event.what == "ack":
                after, line = acknowledge(held, **by)
            elif event.what == "shelve":
                after, line = shelve(held, until_us=self.now_us + 20 * MINUTE_US, **by)
            else:
                after, line = unshelve(held, **by)
        except BadInput:
            return
        self.book.act(after, line)
        self.versions.append(after)
        if event.heard:
            self.alarms.adopt(self.book.living()[1])

    def check_nothing_is_lost(self, signals: list[Signal]) -> None:
        living = self.book.living()[1]
        assert Counter(one.group for one in living).most_common(1)[:1] == [] or (
            max(Counter(one.group for one in living).values()) == 1
        )
        for one in signals:
            holders = [a for a in living if a.group == one.group and one.reason in a.reasons]
            assert len(holders) == 1
        assert sorted(one.id for one in self.alarms.standing()) == sorted(one.id for one in living)

    def pairs(self):
        """Give every written version of every alarm with the one before it."""
        last: dict[str, Alarm] = {}
        for one in self.versions:
            yield last.get(one.id), one
            last[one.id] = one


@settings(deadline=None, max_examples=200)
@given(EVENTS_AND_RESTARTS)
def test_versions_grow_by_one_and_each_change_of_state_is_one_line(events):
    play = Play().run(events)
    for before, after in play.pairs():
        assert after.version == (1 if before is None else before.version + 1)
        assert before is None or after.changed_us >= before.changed_us
        lines = [line for line in play.book.alarm_lines(after.id) if line.version == after.version]
        told = [line for line in lines if line.step in STATE_STEPS]
        if before is not None and before.state is after.state:
            assert [line.step for line in told] in ([], [AlarmStep.SHELVED])
            assert lines or after.flooded != before.flooded or after.told != before.told
        else:
            told = told or [line for line in lines if line.step is AlarmStep.WORSENED]
            assert len(told) == 1
        gained = set(after.reasons) - set(before.reasons if before else ())
        lost = set(before.reasons if before else ()) - set(after.reasons)
        steps = Counter(line.step for line in lines)
        if AlarmStep.RAISED not in steps:
            assert (steps[AlarmStep.JOINED], steps[AlarmStep.LEFT]) == (len(gained), len(lost))


@settings(deadline=None, max_examples=200)
@given(EVENTS)
def test_never_more_than_so_many_announcements_in_ten_minutes(events):
    play = Play().run(events)
    calls = [
        after.announced_us
        for before, after in play.pairs()
        if after.announced_us is not None
        and (before is None or before.announced_us != after.announced_us)
    ]
    for call in calls:
        assert sum(call <= other < call + TEN_MINUTES_US for other in calls) <= MOST


@settings(deadline=None, max_examples=200)
@given(EVENTS_AND_RESTARTS)
def test_no_episode_is_raised_twice(events):
    play = Play().run(events)
    by_group: dict[str, list[Alarm]] = {}
    for before, after in play.pairs():
        seen = by_group.setdefault(after.group, [])
        if before is None and seen:
            last = seen[-1]
            assert last.state is CLEARED
            assert after.raised_us >= last.cleared_us + 60 * MINUTE_US
        if before is not None and before.state is CLEARED:
            assert after.changed_us < before.cleared_us + 60 * MINUTE_US
        seen.append(after)
    assert len({one.id for one in play.versions if one.version == 1}) == sum(
        one.version == 1 for one in play.versions
    )


@settings(deadline=None, max_examples=200)
@given(EVENTS_AND_RESTARTS)
def test_what_waits_is_flooded_and_what_is_flooded_is_raised(events):
    for before, after in Play().run(events).pairs():
        if after.flooded:
            assert after.state is AlarmState.RAISED
        if after.state is AlarmState.RAISED and after.told is None:
            assert after.flooded
        if before is not None and CLEARED not in (before.state, after.state):
            assert list(Severity).index(after.severity) <= list(Severity).index(before.severity)
        assert (after.shelved_until_us is not None) == (after.state is AlarmState.SHELVED)
        assert (after.cleared_us is not None) == (after.state is CLEARED)
        assert after.reasons


@settings(deadline=None, max_examples=40)
@given(EVENTS_AND_RESTARTS)
def test_the_same_again_is_the_same(events):
    assert Play().run(events).versions == Play().run(events).versions


@settings(deadline=None, max_examples=200)
@given(SIGNALS, st.randoms())
def test_the_order_of_signals_does_not_matter(signals, dice):
    shuffled = signals.copy()
    dice.shuffle(shuffled)
    one, other = new_alarms(), new_alarms()
    assert one.look(signals, NOW_US) == other.look(shuffled, NOW_US)


def test_the_play_can_tell_a_conflict():
    play = Play()
    play.look(Look([signal()], 1, None))
    (held,) = play.book.living()[1]
    by = {"actor": "王", "verified": False, "now_us": play.now_us}
    after, line = acknowledge(held, **by)
    play.book.act(after, line)
    with pytest.raises(Conflict):
        play.book.act(*shelve(held, until_us=play.now_us + 20 * MINUTE_US, **by))
