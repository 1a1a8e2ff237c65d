"""A ticket's history from its states: complete, in order, each line once."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.changes import (
    Change,
    Step,
    changes_between,
    in_order,
    is_newer,
    version_of,
)
from operations.tickets.ticket import Callback, Kind, Satisfaction, Status, Ticket
from tests.builders import NOW, at, ticket


def history(states: list[Ticket]) -> list[Change]:
    lines = changes_between(None, states[0])
    for before, after in pairwise(states):
        lines += changes_between(before, after)
    return in_order(lines)


def steps(lines: list[Change]) -> list[Step]:
    return [line.step for line in lines]


CLOSED = ticket(
    created_at=at(-48),
    dispatched_at=at(-47),
    signed_at=at(-46),
    replied_at=at(-3),
    closed_at=at(-2),
    updated_at=at(-1),
    status=Status.CLOSED,
    department="water",
    callback=Callback(at(-1), reached=True, resolved=True, satisfaction=Satisfaction.FAIR),
)


def test_ticket_first_seen_when_closed_has_its_whole_life():
    assert changes_between(None, CLOSED) == [
        Change(at(-48), Step.ACCEPTED),
        Change(at(-47), Step.DISPATCHED, None, "water"),
        Change(at(-46), Step.SIGNED),
        Change(at(-3), Step.REPLIED),
        Change(at(-2), Step.CLOSED),
        Change(at(-1), Step.CALLED_BACK),
    ]


def test_ticket_followed_step_by_step_has_the_same_history():
    accepted = replace(
        CLOSED, status=Status.ACCEPTED, updated_at=at(-48), department=None, dispatched_at=None,
        signed_at=None, replied_at=None, closed_at=None, callback=None,
    )  # fmt: skip
    sent = replace(
        accepted, status=Status.DISPATCHED, updated_at=at(-47), dispatched_at=at(-47),
        department="water",
    )  # fmt: skip
    signed = replace(sent, status=Status.SIGNED, updated_at=at(-46), signed_at=at(-46))
    states = [accepted, sent, signed, CLOSED]
    assert history(states) == changes_between(None, CLOSED)
    assert history([accepted, CLOSED]) == changes_between(None, CLOSED)


def test_returned_and_sent_to_another_department():
    sent = ticket(status=Status.DISPATCHED, dispatched_at=at(1), department="water")
    back = replace(sent, status=Status.RETURNED, returns=1, department=None, updated_at=at(2))
    again = replace(
        back, status=Status.DISPATCHED, dispatched_at=at(3), department="roads",
        reassignments=1, updated_at=at(3),
    )  # fmt: skip
    lines = history([sent, back, again])
    assert steps(lines) == [
        Step.ACCEPTED, Step.DISPATCHED, Step.RETURNED, Step.DISPATCHED, Step.REASSIGNED,
    ]  # fmt: skip
    assert lines[2] == Change(at(2), Step.RETURNED, "water")
    assert lines[4] == Change(at(3), Step.REASSIGNED, None, "roads")


def test_extension_tells_both_due_times():
    before = ticket(due_at=at(24), original_due_at=at(24))
    after = replace(before, due_at=at(72), extensions=1, updated_at=at(3))
    assert changes_between(before, after) == [
        Change(at(3), Step.EXTENDED, at(24).isoformat(), at(72).isoformat(), "source")
    ]


def test_first_due_time_is_no_extension():
    before = ticket()
    after = replace(before, due_at=at(24), original_due_at=at(24), updated_at=at(1))
    assert changes_between(before, after) == []


def test_reopened_ticket_closes_again():
    reopened = replace(
        CLOSED, status=Status.REOPENED, reopenings=1, closed_at=None, updated_at=at(1)
    )
    closed = replace(reopened, status=Status.CLOSED, closed_at=at(5), updated_at=at(5))
    assert steps(history([CLOSED, reopened, closed]))[-3:] == [
        Step.CALLED_BACK, Step.REOPENED, Step.CLOSED,
    ]  # fmt: skip


def test_archived_after_closing():
    archived = replace(CLOSED, status=Status.ARCHIVED, updated_at=at(1))
    assert changes_between(CLOSED, archived) == [Change(at(1), Step.ARCHIVED)]


def test_corrections_name_the_field_and_never_repeat_free_text():
    before = ticket(category="noise", text="old words")
    after = replace(
        before, category="water_quality", text="new words", kind=Kind.HELP, updated_at=at(1)
    )
    assert changes_between(before, after) == [
        Change(at(1), Step.CORRECTED, None, "text"),
        Change(at(1), Step.CORRECTED, "category=noise", "category=water_quality"),
        Change(at(1), Step.CORRECTED, "kind=complaint", "kind=help"),
    ]


def test_time_put_earlier_is_a_correction_not_a_second_step():
    after = replace(CLOSED, closed_at=at(-4), updated_at=at(1))
    assert [line.step for line in changes_between(CLOSED, after)] == [Step.CORRECTED]


def test_later_update_wins_whatever_its_status():
    assert is_newer(ticket(updated_at=at(1)), ticket(updated_at=at(0), status=Status.CLOSED))


def test_at_equal_times_the_state_further_along_wins():
    assert is_newer(ticket(status=Status.SIGNED), ticket(status=Status.ACCEPTED))
    assert not is_newer(ticket(status=Status.ACCEPTED), ticket(status=Status.SIGNED))


def test_same_content_received_later_is_not_newer():
    assert not is_newer(ticket(received_at=at(9)), ticket(received_at=at(1)))


def test_of_two_contents_of_one_time_exactly_one_is_newer():
    one, other = ticket(text="one"), ticket(text="other")
    assert is_newer(one, other) is not is_newer(other, one)


hours = st.none() | st.integers(-100, 100).map(at)
callbacks = st.none() | st.builds(
    Callback,
    at=st.integers(-100, 100).map(at),
    reached=st.just(True),
    resolved=st.none() | st.booleans(),
    satisfaction=st.none() | st.sampled_from(Satisfaction),
)
states = st.builds(
    lambda updated, **more: ticket(
        created_at=NOW - timedelta(days=9), updated_at=at(updated), **more
    ),
    updated=st.integers(0, 6),
    status=st.sampled_from(Status),
    category=st.sampled_from(["noise", "water"]),
    dispatched_at=hours,
    signed_at=hours,
    replied_at=hours,
    closed_at=hours,
    due_at=hours,
    department=st.sampled_from([None, "water", "roads"]),
    returns=st.integers(0, 2),
    reassignments=st.integers(0, 2),
    extensions=st.integers(0, 1),
    reopenings=st.integers(0, 1),
    callback=callbacks,
)


@given(st.lists(states, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_whatever_order_deliveries_come_in_the_same_state_is_held(deliveries, dice):
    def held(order):
        now = order[0]
        for one in order[1:]:
            now = one if is_newer(one, now) else now
        return now

    other = deliveries + deliveries[:2]
    dice.shuffle(other)
    assert held(other) == held(deliveries) == max(deliveries, key=version_of)


@given(st.lists(states, min_size=1, max_size=6))
def test_history_is_sorted_and_without_repeats(deliveries):
    lines = history(sorted(deliveries, key=version_of))
    assert len(set(lines)) == len(lines)
    assert [line.at for line in lines] == sorted(line.at for line in lines)


OWN_TIME = {Step.ACCEPTED, Step.SIGNED, Step.REPLIED, Step.CLOSED, Step.CALLED_BACK}


@st.composite
def lives(draw):
    """Give the states of one ticket whose steps only ever get later, as in life."""
    now = ticket(created_at=at(-1), updated_at=at(0))
    found, hour = [now], 0
    for _ in range(draw(st.integers(0, 8))):
        hour += draw(st.integers(1, 5))
        moved = draw(st.sampled_from(["sent", "signed", "replied", "closed", "called", "back"]))
        more = {
            "sent": {"dispatched_at": at(hour), "department": "water"},
            "signed": {"signed_at": at(hour), "status": Status.SIGNED},
            "replied": {"replied_at": at(hour), "status": Status.REPLIED},
            "closed": {"closed_at": at(hour), "status": Status.CLOSED},
            "called": {"callback": Callback(at(hour), reached=True)},
            "back": {"returns": now.returns + 1, "status": Status.RETURNED},
        }[moved]
        now = replace(now, updated_at=at(hour), **more)
        found.append(now)
    return found


@given(lives())
def test_ticket_seen_only_at_the_end_lacks_no_step_its_last_state_knows(life):
    followed, at_once = history(life), changes_between(None, life[-1])
    known = {(line.at, line.step) for line in at_once if line.step in OWN_TIME}
    assert known <= {(line.at, line.step) for line in followed}
    assert set(steps(at_once)) <= set(steps(followed))


@given(lives(), st.data())
def test_skipped_states_leave_no_step_out_and_add_none(life, data):
    kept = data.draw(st.lists(st.sampled_from(life), unique_by=lambda one: one.updated_at))
    seen = sorted([life[0], *(one for one in kept if one is not life[0])], key=version_of)
    if seen[-1] is not life[-1]:
        seen.append(life[-1])
    assert set(history(seen)) >= {
        line for line in changes_between(None, life[-1]) if line.step in OWN_TIME
    }
    assert set(steps(history(seen))) <= set(steps(history(life)))
