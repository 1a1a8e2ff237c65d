"""The five responsibilities: one for every state, each of them reached, and no history asked."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.duties import Duty, Standing, duty_of, is_pending, standing_of
from operations.tickets.ticket import Callback, Status, Supervision
from tests.builders import at, ticket

ENDED = ("closed", "archived", "withdrawn")


def standings():
    return st.builds(
        Standing,
        status=st.sampled_from([one.value for one in Status]),
        owned=st.booleans(),
        sent=st.booleans(),
        reopened=st.booleans(),
        called=st.booleans(),
        solved=st.sampled_from((None, True, False)),
        red=st.booleans(),
        supervision=st.sampled_from((None, "open", "referred")),
        recent=st.booleans(),
    )


def conditions(s):
    """Give the five conditions of docs/duties.md, each complete in itself."""
    ended = s.status in ENDED
    referred = s.supervision == "referred"
    unsolved = s.called and s.solved is False and s.status != "withdrawn"
    supervised = s.supervision == "open" or (not ended and (s.red or s.reopened)) or unsolved
    answered = ended or s.status == "replied"
    unclear = not s.owned or s.status in ("returned", "consulting")
    return {
        Duty.ACCOUNT: referred,
        Duty.SUPERVISE: not referred and supervised,
        Duty.FULFIL: not referred and not supervised and answered,
        Duty.CLARIFY: not referred and not supervised and not answered and unclear,
        Duty.PERFORM: not referred and not supervised and not answered and not unclear,
    }


@given(standings())
def test_exactly_one_condition_holds_and_it_is_the_duty(standing):
    holding = [duty for duty, holds in conditions(standing).items() if holds]
    assert holding == [duty_of(standing)]


@given(standings())
def test_what_is_open_or_supervised_is_always_counted(standing):
    if standing.status not in ENDED or standing.supervision is not None:
        assert is_pending(standing)
    if standing.status == "withdrawn" and standing.supervision is None:
        assert not is_pending(standing)


CALLED = Callback(at(5), True, resolved=False)


@pytest.mark.parametrize(
    ("duty", "changes", "beside"),
    [
        (Duty.CLARIFY, {"status": Status.ACCEPTED}, {}),
        (Duty.CLARIFY, {"status": Status.RETURNED, "department": "roads"}, {}),
        (Duty.CLARIFY, {"status": Status.CONSULTING, "department": "roads"}, {}),
        (Duty.PERFORM, {"status": Status.DISPATCHED, "department": "roads"}, {}),
        (Duty.PERFORM, {"status": Status.SIGNED, "department": "roads"}, {}),
        (Duty.PERFORM, {"status": Status.HANDLING, "department": "roads"}, {}),
        (Duty.PERFORM, {"status": Status.ACCEPTED, "department": "roads"}, {}),
        (Duty.FULFIL, {"status": Status.REPLIED, "department": "roads"}, {}),
        (Duty.FULFIL, {"status": Status.CLOSED, "department": "roads"}, {}),
        (Duty.FULFIL, {"status": Status.ARCHIVED}, {}),
        (Duty.FULFIL, {"status": Status.WITHDRAWN}, {}),
        (Duty.SUPERVISE, {"status": Status.HANDLING, "department": "roads"}, {"red": True}),
        (Duty.SUPERVISE, {"status": Status.HANDLING, "reopenings": 1}, {}),
        (Duty.SUPERVISE, {"status": Status.REOPENED}, {}),
        (Duty.SUPERVISE, {"status": Status.CLOSED, "closed_at": at(1), "callback": CALLED}, {}),
        (Duty.SUPERVISE, {"status": Status.SIGNED, "supervision": Supervision.OPEN}, {}),
        (Duty.FULFIL, {"status": Status.CLOSED, "closed_at": at(9), "callback": CALLED}, {}),
        (Duty.FULFIL, {"status": Status.CLOSED, "reopenings": 1, "closed_at": at(9)}, {}),
        (
            Duty.ACCOUNT,
            {"status": Status.HANDLING, "supervision": Supervision.REFERRED},
            {"red": True},
        ),
        (Duty.ACCOUNT, {"status": Status.CLOSED, "supervision": Supervision.REFERRED}, {}),
    ],
)
def test_every_duty_is_reached_from_a_ticket(duty, changes, beside):
    assert duty_of(standing_of(ticket(**changes), **beside)) is duty


@given(st.integers(0, 400), st.integers(0, 9), st.sampled_from(list(Status)))
def test_nothing_but_the_present_state_is_asked(hours, moves, status):
    """How long ago, how often and through whose hands it came here is all the same."""
    one = ticket(status=status, department="roads", closed_at=at(3), callback=CALLED)
    other = replace(
        one, updated_at=at(hours), signed_at=at(hours), returns=moves, reassignments=moves,
        extensions=moves, original_due_at=at(hours), title="", text="", cooperating=("water",),
    )  # fmt: skip
    assert standing_of(one) == standing_of(other)


def test_a_closed_ticket_waits_for_a_call_of_its_own():
    closed = {"status": Status.CLOSED, "department": "roads", "closed_at": at(9)}
    assert standing_of(ticket(**closed)).waits
    assert standing_of(ticket(**closed, callback=CALLED)).waits, "it was called before that closing"
    called = Callback(at(9), False)
    assert not standing_of(ticket(**closed, callback=called)).waits, "reached or not"
    direct = ticket(status=Status.CLOSED, closed_at=at(9))
    assert not standing_of(direct).waits, "answered at once"
