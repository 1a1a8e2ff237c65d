"""What a person does with an alarm: acknowledge it, shelve it for a time, take it back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from operations.errors import BadInput, Conflict, Unreachable
from operations.people.audit import Deed
from operations.ports import TicketStream, Watchbook
from operations.pulse.alarm import Alarm, AlarmLine, AlarmState, AlarmStep
from operations.pulse.windows import SECOND_US, from_us, to_us

SUBJECT = "alarms"
"""What the stream calls an action on an alarm."""

SHORTEST_SHELF_US = 5 * 60 * SECOND_US
LONGEST_SHELF_US = 7 * 24 * 3600 * SECOND_US
LONGEST_ACTOR = 60
LONGEST_NOTE = 300

ACTS = {
    AlarmStep.ACKNOWLEDGED: "acknowledge",
    AlarmStep.SHELVED: "shelve",
    AlarmStep.RETURNED: "unshelve",
}
"""What the audit log calls a person's steps."""

Handled = tuple[Alarm, AlarmLine]


def acknowledge(alarm: Alarm, *, actor: str, verified: bool, now_us: int) -> Handled:
    """Say that somebody has seen an alarm and looks after it.

    Raises BadInput where it is not raised.
    """
    if alarm.state is not AlarmState.RAISED:
        raise BadInput("alarm_id", f"{_standing(alarm)}; only a raised one is acknowledged")
    after = replace(alarm, state=AlarmState.ACKNOWLEDGED, acknowledged_us=now_us)
    return _handled(after, AlarmStep.ACKNOWLEDGED, actor=actor, verified=verified, now_us=now_us)


def shelve(
    alarm: Alarm, *, until_us: int, actor: str, verified: bool, now_us: int, note: str = ""
) -> Handled:
    """Put an alarm aside until a time 5 minutes to 7 days off; a shelved one until another.

    Raises BadInput for any other time and where the alarm is cleared.
    """
    if alarm.state is AlarmState.CLEARED:
        raise BadInput("alarm_id", f"{_standing(alarm)}; there is nothing to shelve")
    if not SHORTEST_SHELF_US <= until_us - now_us <= LONGEST_SHELF_US:
        raise BadInput("until", "a shelf must end: choose a time 5 minutes to 7 days from now")
    if len(note) > LONGEST_NOTE:
        raise BadInput("note", f"at most {LONGEST_NOTE} characters, this has {len(note)}")
    after = replace(alarm, state=AlarmState.SHELVED, shelved_until_us=until_us)
    said = " · ".join(filter(None, (from_us(until_us).isoformat(), note.strip())))
    return _handled(
        after, AlarmStep.SHELVED, actor=actor, verified=verified, now_us=now_us, note=said
    )


def unshelve(alarm: Alarm, *, actor: str, verified: bool, now_us: int) -> Handled:
    """Take an alarm back from the shelf: it is raised, and whoever took it back knows.

    Raises BadInput where it is not shelved.
    """
    if alarm.state is not AlarmState.SHELVED:
        raise BadInput("alarm_id", f"{_standing(alarm)}; only a shelved one is taken back")
    after = replace(alarm, state=AlarmState.RAISED, shelved_until_us=None, acknowledged_us=None)
    return _handled(after, AlarmStep.RETURNED, actor=actor, verified=verified, now_us=now_us)


def acknowledge_alarm(
    book: Watchbook,
    stream: TicketStream,
    *,
    alarm_id: str,
    expected_version: int,
    actor: str,
    verified: bool,
    now: datetime,
) -> Alarm:
    """Acknowledge an alarm somebody sees at `expected_version`; give it as it is then.

    Raises BadInput as `acknowledge` does and for an alarm nobody knows, Conflict with the alarm
    as it is where it has changed since, Unreachable.
    """
    now_us = to_us(now)
    return _act(
        book, stream,
        lambda held: acknowledge(held, actor=actor, verified=verified, now_us=now_us),
        alarm_id=alarm_id, expected_version=expected_version, now_us=now_us,
    )  # fmt: skip


def shelve_alarm(
    book: Watchbook,
    stream: TicketStream,
    *,
    alarm_id: str,
    expected_version: int,
    until: datetime,
    actor: str,
    verified: bool,
    now: datetime,
    note: str = "",
) -> Alarm:
    """Shelve an alarm somebody sees at `expected_version`; errors as `acknowledge_alarm`."""
    now_us, until_us = to_us(now), to_us(until)
    return _act(
        book, stream,
        lambda held: shelve(
            held, until_us=until_us, actor=actor, verified=verified, now_us=now_us, note=note
        ),
        alarm_id=alarm_id, expected_version=expected_version, now_us=now_us,
    )  # fmt: skip


def unshelve_alarm(
    book: Watchbook,
    stream: TicketStream,
    *,
    alarm_id: str,
    expected_version: int,
    actor: str,
    verified: bool,
    now: datetime,
) -> Alarm:
    """Take a shelved alarm back; errors as `acknowledge_alarm`."""
    now_us = to_us(now)
    return _act(
        book, stream,
        lambda held: unshelve(held, actor=actor, verified=verified, now_us=now_us),
        alarm_id=alarm_id, expected_version=expected_version, now_us=now_us,
    )  # fmt: skip


def alarm_deed(before: Alarm, after: Alarm, line: AlarmLine) -> Deed:
    """Tell the audit log what a person did with an alarm."""
    return Deed(
        at_us=line.at_us,
        actor=line.actor or "",
        verified=line.verified,
        act=f"alarm.{ACTS.get(line.step, line.step.value)}",
        subject=before.id,
        before=f"{before.state} v{before.version}",
        after=f"{after.state} v{after.version}",
        reason=line.note,
    )


def _act(
    book: Watchbook,
    stream: TicketStream,
    handle: Callable[[Alarm], Handled],
    *,
    alarm_id: str,
    expected_version: int,
    now_us: int,
) -> Alarm:
    """Do to an alarm what a person asked for, if it still is what the person saw."""
    held = book.alarm(alarm_id)
    if held is None:
        raise BadInput("alarm_id", f"there is no alarm {alarm_id!r}: look at the list again")
    if held.version != expected_version:
        raise _overtaken(book, held, expected_version, now_us)
    after, line = handle(held)
    try:
        book.act(after, line)
    except Conflict as error:
        held = error.held if isinstance(error.held, Alarm) else held
        raise _overtaken(book, held, expected_version, now_us) from error
    try:
        stream.append_action(SUBJECT)
    except Unreachable as error:
        raise Unreachable(
            f"alarm {alarm_id} is {after.state} and written down; the screens will show it "
            f"when the stream answers again ({error})"
        ) from error
    return after


def _handled(
    after: Alarm, step: AlarmStep, *, actor: str, verified: bool, now_us: int, note: str = ""
) -> Handled:
    """Sign an action; whoever acted has been told of the alarm as it is."""
    actor, at_us = actor.strip(), max(now_us, after.changed_us)
    if not 0 < len(actor) <= LONGEST_ACTOR:
        raise BadInput("actor", f"say who acts, in 1 to {LONGEST_ACTOR} characters")
    after = replace(
        after,
        version=after.version + 1,
        actor=actor,
        changed_us=at_us,
        flooded=False,
        told=after.severity,
    )
    line = AlarmLine(after.id, at_us, step, after.severity, actor, verified, note, after.version)
    return after, line


def _standing(alarm: Alarm) -> str:
    return f"alarm {alarm.id} is {alarm.state}"


def _overtaken(book: Watchbook, held: Alarm, seen_version: int, now_us: int) -> Conflict:
    """Say in plain words what changed since a person saw an alarm, and by whom."""
    lines = [line for line in book.alarm_lines(held.id) if line.version > seen_version]
    changes = "; ".join(_in_words(line, now_us) for line in lines)
    since = f" since you saw it: {changes}" if changes else ""
    return Conflict(
        f"{_standing(held)} now, at version {held.version}; it has changed{since}. "
        "Look at it again before you act.",
        held,
    )


def _in_words(line: AlarmLine, now_us: int) -> str:
    minutes = max(now_us - line.at_us, 0) // (60 * SECOND_US)
    when = f"{minutes} min ago" if minutes else "just now"
    note = f" ({line.note})" if line.note else ""
    who = f" by {line.actor}" if line.actor else ""
    return f"{line.step}{note}{who} {when}"
