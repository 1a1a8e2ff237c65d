"""The life of a ticket: stations in order, states that can be, records a reader takes."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from data_sources.feeds.demo_city.course import Event
from data_sources.feeds.reading import ReadTicket
from operations.tickets.ticket import ENDED, Status
from tests.data_sources.feeds.demo_city.conftest import NOW

MAY_FOLLOW = {
    Event.ACCEPTED: {Event.DISPATCHED, Event.WITHDRAWN, Event.REPLIED},
    Event.DISPATCHED: {Event.SIGNED},
    Event.SIGNED: {Event.HANDLING, Event.RETURNED},
    Event.RETURNED: {Event.DISPATCHED, Event.CONSULTING},
    Event.CONSULTING: {Event.DISPATCHED},
    Event.HANDLING: {Event.REPLIED, Event.EXTENDED},
    Event.EXTENDED: {Event.REPLIED},
    Event.REPLIED: {Event.CLOSED},
    Event.CLOSED: {Event.CALLED_BACK, Event.ARCHIVED},
    Event.CALLED_BACK: {Event.REOPENED, Event.ARCHIVED},
    Event.REOPENED: {Event.HANDLING},
    Event.ARCHIVED: set(),
    Event.WITHDRAWN: set(),
}


@pytest.fixture(scope="module")
def batch(demo):
    return demo.day(date(2026, 11, 2))


@pytest.fixture(scope="module")
def told(demo):
    """Every ticket of a fortnight ago, with its scenes, and what it looks like now."""
    lives = demo.tickets_of_day(date(2026, 11, 11))
    return [(life, life.at(NOW)) for life in lives]


def test_every_course_is_one_that_can_be(batch):
    course = batch.course
    for low, high in zip(course.first[:-1], course.first[1:], strict=True):
        events = [Event(one) for one in course.event[low:high].tolist()]
        assert events[0] is Event.ACCEPTED
        for one, following in pairwise(events):
            assert following in MAY_FOLLOW[one], events
        assert not MAY_FOLLOW[events[-1]], events


def test_times_rise_and_end_within_the_bound(batch, demo):
    course = batch.course
    inside = np.diff(course.at)[
        np.diff(np.repeat(np.arange(len(batch)), np.diff(course.first))) == 0
    ]
    assert (inside > 0).all()
    longest = course.at[course.first[1:] - 1] - batch.births.created
    assert longest.max() <= (demo.rates.lives_d + 1) * 86_400


def test_nothing_is_told_before_it_happened(told):
    for life, _ in told[:300]:
        moments = life.moments
        assert life.at(moments[0] - timedelta(seconds=1)) is None
        for moment in moments:
            assert life.at(moment)["updated_at"] == moment
            assert life.at(moment + timedelta(milliseconds=999))["updated_at"] == moment


def test_every_record_is_taken_as_it_is(told, reader):
    for life, _ in told[::7]:
        for moment in life.moments:
            read = reader.read(life.at(moment), now=moment, feed="test")
            assert isinstance(read, ReadTicket), read
            assert not read.repairs, read.repairs


def test_states_agree_with_times_and_hands(told, reader):
    for life, record in told:
        ticket = reader.read(record, now=NOW, feed="test").ticket
        assert (ticket.closed_at is not None) == (ticket.status in ENDED)
        unheld = ticket.status in {Status.ACCEPTED, Status.RETURNED, Status.CONSULTING}
        direct = life.batch.births.direct[life.number] or ticket.status is Status.WITHDRAWN
        assert (ticket.department is None) == bool(unheld or direct)
        assert ticket.updated_at <= NOW
        if ticket.status is Status.RETURNED:
            assert ticket.returns


def test_records_arrive_as_a_chinese_hotline_delivers_them(told, demo, reader):
    record = next(one for _, one in told if "latitude" in one and "town" in one)
    assert record["crs"] == "GCJ-02"
    assert record["status"] in {"已派单", "已签收", "办理中", "已答复", "办结", "归档", "重办"}
    read = reader.read(record, now=NOW, feed="test").ticket
    metres = np.hypot(read.latitude - record["latitude"], read.longitude - record["longitude"])
    assert 300 < metres * 111_195 < 700  # GCJ-02 is some 500 m off in Yantai
    assert record["caller"] not in repr(read)


def test_urgent_matters_are_due_within_a_day(told):
    for _, record in told:
        if record["dispatched_at"] and not record["returns"] and not record["extensions"]:
            allowed = record["original_due_at"] - record["dispatched_at"]
            if record["urgency"] != "一般":
                assert allowed <= timedelta(hours=24)
            else:
                assert allowed >= timedelta(days=5)


def test_reopened_tickets_get_a_new_due_time_and_keep_the_first(told):
    reopened = [one for _, one in told if one["reopenings"]]
    assert len(reopened) > 50
    assert all(one["due_at"] >= one["original_due_at"] for one in reopened)
    assert any(one["due_at"] > one["original_due_at"] for one in reopened)
