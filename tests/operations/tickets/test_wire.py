"""The internal JSON form loses nothing."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.ticket import Callback, Satisfaction, Status, Ticket
from operations.tickets.wire import from_wire, to_wire

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


def least(**more: object) -> Ticket:
    return Ticket(
        **{
            "source": "hotline",
            "external_id": "1",
            "created_at": NOON,
            "updated_at": NOON,
            "received_at": NOON,
            "status": Status.ACCEPTED,
            "category": "water",
        }
        | more
    )


def test_smallest_ticket_is_seven_fields():
    assert sorted(to_wire(least())) == sorted(
        ["source", "external_id", "created_at", "updated_at", "received_at", "status", "category"]
    )


def test_zero_and_false_survive_where_they_differ_from_the_default():
    ticket = least(latitude=0.0, reported_on_time=False, confidential=True, returns=2)
    assert from_wire(to_wire(ticket)) == ticket
    assert to_wire(ticket)["reported_on_time"] is False


def test_wrong_wire_is_told():
    with pytest.raises(TypeError):
        from_wire({"source": "hotline"})


times = st.datetimes(datetime(2000, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC))
callbacks = st.builds(
    Callback,
    times,
    st.booleans(),
    st.none() | st.booleans(),
    st.none() | st.sampled_from(Satisfaction),
)


@given(
    st.builds(
        Ticket,
        created_at=times,
        updated_at=times,
        received_at=times,
        occurred_at=st.none() | times,
        dispatched_at=st.none() | times,
        signed_at=st.none() | times,
        due_at=st.none() | times,
        original_due_at=st.none() | times,
        replied_at=st.none() | times,
        closed_at=st.none() | times,
        latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180),
        callback=st.none() | callbacks,
        cooperating=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    )
)
def test_nothing_is_lost_through_json(ticket: Ticket):
    assert from_wire(orjson.loads(orjson.dumps(to_wire(ticket)))) == ticket


def test_times_keep_their_microseconds():
    ticket = least(closed_at=NOON + timedelta(microseconds=1))
    assert from_wire(to_wire(ticket)).closed_at == NOON + timedelta(microseconds=1)
