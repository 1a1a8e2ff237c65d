"""What people do with alarms: signed, limited, compared with what they saw, and told on."""

import pytest

from data_sources.memory import MemoryStream
from data_sources.memory_watchbook import MemoryWatchbook
from operations.errors import BadInput, Conflict, Unreachable
from operations.ports import Watched
from operations.pulse.alarm import AlarmLine, AlarmState, AlarmStep, Severity
from operations.pulse.alarm_actions import (
    LONGEST_NOTE,
    acknowledge,
    acknowledge_alarm,
    shelve,
    shelve_alarm,
    unshelve,
    unshelve_alarm,
)
from tests.builders import NOW_US, at
from tests.watched import HOUR_US, MINUTE_US, alarm

LATER_US = NOW_US + 3 * MINUTE_US
BY = {"actor": " 王 ", "verified": True, "now_us": LATER_US}
SHELVED = {"state": AlarmState.SHELVED, "shelved_until_us": NOW_US + HOUR_US}
CLEARED = {"state": AlarmState.CLEARED, "cleared_us": NOW_US}


@pytest.fixture
def book():
    kept = MemoryWatchbook()
    raised = AlarmLine(alarm().id, NOW_US, AlarmStep.RAISED, Severity.HIGH, version=1)
    kept.keep(Watched(alarms=(alarm(),), alarm_lines=(raised,)))
    return kept


@pytest.fixture
def stream():
    return MemoryStream()


def seen(version=1, actor="王", minutes=3):
    return {
        "alarm_id": alarm().id, "expected_version": version, "actor": actor, "verified": False,
        "now": at(minutes=minutes),
    }  # fmt: skip


def subjects(stream):
    return [entry.actions for entry in stream.read(most_entries=9, wait_s=0)]


def test_acknowledged_alarm_is_signed_and_its_history_says_so():
    after, line = acknowledge(alarm(told=None, flooded=True), **BY)
    assert (after.state, after.version, after.actor) == (AlarmState.ACKNOWLEDGED, 2, "王")
    assert (after.acknowledged_us, after.changed_us) == (LATER_US, LATER_US)
    assert (after.told, after.flooded) == (Severity.HIGH, False)
    assert line == AlarmLine(
        after.id, LATER_US, AlarmStep.ACKNOWLEDGED, Severity.HIGH, "王", True, "", 2
    )


def test_shelved_alarm_says_until_when_and_why():
    after, line = shelve(alarm(), until_us=LATER_US + HOUR_US, note=" 已知停水 ", **BY)
    assert (after.state, after.shelved_until_us) == (AlarmState.SHELVED, LATER_US + HOUR_US)
    assert line.note == "2026-11-24T03:03:00+00:00 · 已知停水"
    again, line = shelve(after, until_us=LATER_US + 2 * HOUR_US, **BY)
    assert (again.version, again.shelved_until_us) == (3, LATER_US + 2 * HOUR_US)
    assert line.note == "2026-11-24T04:03:00+00:00"


def test_alarm_taken_back_is_raised_and_told():
    after, line = unshelve(alarm(**SHELVED, acknowledged_us=NOW_US, told=Severity.MEDIUM), **BY)
    assert (after.state, after.shelved_until_us) == (AlarmState.RAISED, None)
    assert (after.acknowledged_us, after.told) == (None, Severity.HIGH)
    assert line.step is AlarmStep.RETURNED


@pytest.mark.parametrize("minutes", [-1, 0, 4.99, 7 * 24 * 60 + 0.01])
def test_shelf_that_is_too_short_or_without_end_is_refused(minutes):
    with pytest.raises(BadInput, match=r"until: .* 5 minutes to 7 days"):
        shelve(alarm(), until_us=LATER_US + round(minutes * MINUTE_US), **BY)


@pytest.mark.parametrize("minutes", [5, 7 * 24 * 60])
def test_shelf_of_five_minutes_or_seven_days_is_taken(minutes):
    assert shelve(alarm(), until_us=LATER_US + minutes * MINUTE_US, **BY)


@pytest.mark.parametrize(
    ("action", "state", "said"),
    [
        (acknowledge, {"state": AlarmState.ACKNOWLEDGED}, "is acknowledged; only a raised"),
        (acknowledge, SHELVED, "is shelved; only a raised"),
        (acknowledge, CLEARED, "is cleared"),
        (unshelve, {}, "is raised; only a shelved"),
        (unshelve, CLEARED, "is cleared"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_state(action, state, said):
    with pytest.raises(BadInput, match=said) as refused:
        action(alarm(**state), **BY)
    assert refused.value.field == "alarm_id"


def test_cleared_alarm_is_not_shelved():
    with pytest.raises(BadInput, match="nothing to shelve"):
        shelve(alarm(**CLEARED), until_us=LATER_US + HOUR_US, **BY)


@pytest.mark.parametrize("actor", ["", "  ", "x" * 61])
def test_nobody_acts_without_a_name(actor):
    with pytest.raises(BadInput, match="actor: say who"):
        acknowledge(alarm(), actor=actor, verified=False, now_us=LATER_US)


def test_note_has_an_end():
    with pytest.raises(BadInput, match=f"at most {LONGEST_NOTE} characters, this has 301"):
        shelve(alarm(), until_us=LATER_US + HOUR_US, note="水" * 301, **BY)


def test_action_is_in_the_book_before_it_is_on_the_stream(book, stream):
    held_then = []
    add = stream.append_action
    stream.append_action = lambda subject: (held_then.append(book.alarm(alarm().id)), add(subject))
    after = acknowledge_alarm(book, stream, **seen())
    assert held_then == [after] == [book.alarm(alarm().id)]
    assert [line.step for line in book.alarm_lines(after.id)] == ["raised", "acknowledged"]
    assert subjects(stream) == [("alarms",)]


def test_alarm_is_shelved_and_taken_back(book, stream):
    after = shelve_alarm(book, stream, until=at(2), note="施工", **seen())
    assert (after.state, after.shelved_until_us) == (AlarmState.SHELVED, NOW_US + 2 * HOUR_US)
    after = unshelve_alarm(book, stream, **seen(2))
    assert (after.state, after.version) == (AlarmState.RAISED, 3)
    assert subjects(stream) == [("alarms",)] * 2


def test_who_comes_second_is_told_what_changed_and_by_whom(book, stream):
    acknowledge_alarm(book, stream, **seen(actor="李"))
    with pytest.raises(Conflict) as told:
        shelve_alarm(book, stream, until=at(2), **seen(minutes=8))
    assert str(told.value) == (
        "alarm a-20261124-020000-1 is acknowledged now, at version 2; it has changed since you "
        "saw it: acknowledged by 李 5 min ago. Look at it again before you act."
    )
    assert told.value.held == book.alarm(alarm().id)
    assert len(subjects(stream)) == 1


def test_who_is_overtaken_between_looking_and_writing_is_told_too(book, stream):
    read = book.alarm

    def overtaken(name):
        held = read(name)
        book.alarm = read
        acknowledge_alarm(book, MemoryStream(), **seen(actor="李"))
        return held

    book.alarm = overtaken
    with pytest.raises(Conflict, match="acknowledged by 李 just now") as told:
        acknowledge_alarm(book, stream, **seen())
    assert told.value.held.actor == "李"
    assert subjects(stream) == []


def test_what_the_system_changed_is_told_without_a_name(book, stream):
    worse = alarm(version=2, severity=Severity.CRITICAL)
    line = AlarmLine(worse.id, NOW_US, AlarmStep.WORSENED, Severity.CRITICAL,
                     note="high → critical", version=2)  # fmt: skip
    book.keep(Watched(alarms=(worse,), alarm_lines=(line,)))
    with pytest.raises(Conflict, match=r"saw it: worsened \(high → critical\) 3 min ago\."):
        acknowledge_alarm(book, stream, **seen())


def test_alarm_nobody_knows_is_refused(book, stream):
    with pytest.raises(BadInput, match="there is no alarm 'a-0'"):
        acknowledge_alarm(book, stream, **seen() | {"alarm_id": "a-0"})


def test_action_the_stream_did_not_take_is_done_all_the_same_and_said_so(book, stream):
    def away(_subject):
        raise Unreachable("Redis away")

    stream.append_action = away
    with pytest.raises(Unreachable, match="is acknowledged and written down"):
        acknowledge_alarm(book, stream, **seen())
    assert book.alarm(alarm().id).state is AlarmState.ACKNOWLEDGED


def test_history_does_not_run_backwards_when_two_clocks_differ():
    after, line = acknowledge(alarm(), actor="王", verified=False, now_us=NOW_US - 5)
    assert after.changed_us == line.at_us == NOW_US
