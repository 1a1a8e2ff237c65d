"""A ticket's clocks, and what is against the rules."""

from dataclasses import replace

from operations.tickets.changes import Change, Step
from operations.tickets.clocks import SOURCE, Breach, Clock, State, breaches_of, clocks_of
from operations.tickets.deadlines import Deadlines, Limit
from operations.tickets.handling import UNTOUCHED, Handling, Pause
from operations.tickets.ticket import Status, Urgency
from tests.builders import NOW, at, ticket
from tests.rules import CALENDAR, DEADLINES, RECKONER, RULES, SHANGHAI

SENT = ticket(department="water", dispatched_at=at(1), status=Status.DISPATCHED)
SENT_LINE = Change(at(1), Step.DISPATCHED, None, "water")


def look(delivered, handling=UNTOUCHED, now=NOW, changes=(SENT_LINE,), deadlines=DEADLINES):
    held = RECKONER.reckon(delivered, handling)
    clocks = clocks_of(held, deadlines, changes, now)
    return {clock.name: clock for clock in clocks}, breaches_of(held, handling, deadlines, clocks)


def test_every_clock_says_how_long_until_when_and_by_which_rule():
    clocks, breaches = look(SENT, now=at(2))
    assert clocks == {
        "dispatch": Clock(
            "dispatch", NOW, at(24), at(1), State.KEPT, "test/ordinary", Limit(clock_h=24)
        ),
        "sign": Clock(
            "sign", at(1), at(5), None, State.RUNNING, "test/ordinary", Limit(clock_h=4)
        ),
        "return": Clock(
            "return", at(1), at(49), None, State.RUNNING, "test/return", Limit(working_days=2)
        ),
        "finish": Clock(
            "finish", at(1), at(7 * 24 + 1), None, State.RUNNING, "test/ordinary",
            Limit(working_days=5),
        ),
    }  # fmt: skip
    assert breaches == ()


def test_what_is_late_is_named():
    late = replace(
        SENT, dispatched_at=at(30), signed_at=at(40), closed_at=at(300), status=Status.CLOSED
    )
    changes = [replace(SENT_LINE, at=at(30)), Change(at(200), Step.RETURNED)]
    clocks, breaches = look(late, now=at(400), changes=changes)
    assert {name: clock.state for name, clock in clocks.items()} == dict.fromkeys(
        ("dispatch", "sign", "return", "finish"), State.LATE
    )
    assert breaches == (
        Breach.DISPATCHED_LATE, Breach.SIGNED_LATE, Breach.RETURNED_LATE, Breach.FINISHED_LATE,
    )  # fmt: skip


def test_a_return_without_a_reason_is_named_where_rules_ask_for_one():
    silent = replace(SENT, returns=1)
    asking = Deadlines(replace(RULES, return_needs_reason=True), CALENDAR, SHANGHAI)

    def named(ticket, deadlines):
        return Breach.RETURNED_UNREASONED in breaches_of(ticket, UNTOUCHED, deadlines, ())

    assert named(silent, asking)
    assert named(replace(SENT, status=Status.RETURNED), asking)
    assert not named(replace(silent, return_reason="不属于本单位职责"), asking)
    assert not named(SENT, asking)
    assert not named(silent, DEADLINES)


def test_what_still_waits_after_its_time_is_overdue():
    clocks, breaches = look(SENT, now=at(9 * 24))
    assert (clocks["sign"].state, clocks["finish"].state) == (State.OVERDUE, State.OVERDUE)
    assert breaches == (Breach.SIGNED_LATE, Breach.FINISHED_LATE)
    assert "return" not in clocks, "the time for that is over"


def test_a_source_that_gives_the_due_time_is_named():
    clocks, _ = look(replace(SENT, due_at=at(9), original_due_at=at(9)), now=at(2))
    assert clocks["finish"] == Clock("finish", at(1), at(9), None, State.RUNNING, SOURCE)


def test_a_clock_that_stands_is_neither_kept_nor_late():
    handling = Handling(version=1, pauses=(Pause(at(2), None, "x"),))
    clocks, _ = look(SENT, handling, now=at(900))
    assert (clocks["finish"].state, clocks["finish"].due_at) == (State.STANDING, None)


def test_a_return_is_judged_by_the_dispatch_before_it():
    changes = [
        SENT_LINE, Change(at(20), Step.RETURNED), Change(at(100), Step.DISPATCHED, None, "roads"),
    ]  # fmt: skip
    clocks, _ = look(replace(SENT, dispatched_at=at(100), returns=1), now=at(101), changes=changes)
    assert (clocks["return"].started_at, clocks["return"].state) == (at(1), State.KEPT)


def test_put_off_twice_or_too_far_is_against_the_rules():
    assert look(replace(SENT, extensions=2))[1] == (Breach.EXTENDED_TOO_OFTEN,)
    handling = Handling(version=1, extension_d=3)
    assert look(replace(SENT, extensions=1), handling)[1] == (Breach.EXTENDED_TOO_OFTEN,)
    far = replace(SENT, extensions=1, original_due_at=at(0), due_at=at(15 * 24))
    assert look(far)[1] == (Breach.EXTENDED_TOO_FAR,)
    assert look(replace(far, due_at=at(14 * 24)))[1] == ()


def test_without_rules_only_the_sources_due_time_is_a_clock():
    delivered = replace(SENT, due_at=at(9), urgency=Urgency.URGENT)
    clocks, breaches = look(delivered, now=at(10), deadlines=None)
    assert list(clocks) == ["finish"]
    assert breaches == (Breach.FINISHED_LATE,)


def test_a_withdrawn_ticket_and_one_answered_at_once_have_none():
    assert look(replace(SENT, status=Status.WITHDRAWN), changes=[])[0].keys() == {"dispatch"}
    assert look(ticket(status=Status.CLOSED, closed_at=at(1)), changes=[])[0] == {}
