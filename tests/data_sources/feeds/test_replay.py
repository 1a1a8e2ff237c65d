"""A table lived again, on a clock that only moves where somebody sleeps."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.moments import moments, shifted, state_at
from data_sources.feeds.reading import TicketReader
from data_sources.feeds.replay import Clocks, read_timeline, replay
from operations.errors import BadInput
from operations.tickets.ticket import Callback, Status
from tests.builders import at, ticket
from tests.data_sources.feeds.conftest import NOW, Clock, mapped_city
from tests.sealing import SEALER

HEADINGS = "case_enquiry_id,open_dt,target_dt,closed_dt,ontime,case_status,reason,type,department"
TABLE = [
    "1,2011-07-01 08:00:00,2011-07-02 08:00:00,2011-07-01 12:00:00,ONTIME,Closed,a,b,PWDx",
    "2,2011-07-01 10:00:00,2011-07-01 18:00:00,,OVERDUE,Open,a,b,ISD",
    "3,2011-07-01 11:00:00,,2011-07-03 11:00:00,ONTIME,Closed,a,c,PWDx",
    "bad,never,,,,Open,a,b,PWDx",
]


def utc(day, hour):
    """Give an hour of July 2011 in Boston."""
    return datetime(2011, 7, day, 4, tzinfo=UTC) + timedelta(hours=hour)


class Watched:
    """A stream that remembers when what was put on it; nothing ever waits on it."""

    def __init__(self, clock):
        self.clock, self.marks, self.delivered, self.refused = clock, [], [], []

    def append(self, tickets):
        self.delivered += [(self.clock.now_s, self.marks[-1][1], one) for one in tickets]

    def append_refused(self, refused):
        self.refused += refused

    def append_clock(self, now):
        self.marks.append((self.clock.now_s, now))

    def waiting(self):
        return 0


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def watched(clock):
    return Watched(clock)


@pytest.fixture
def timeline(tmp_path, watched):
    def read(shift="none"):
        path = tmp_path / "boston.csv"
        path.write_text("\n".join([HEADINGS, *TABLE]) + "\n")
        reader = TicketReader(mapped_city("boston311"), b"k", SEALER)
        return read_timeline(path, read_mapping("boston311"), reader, watched, now=NOW, shift=shift)

    return read


def lived(timeline, watched, clock, **more):
    clocks = Clocks(clock.monotonic, clock.sleep)
    return replay(timeline, watched, clocks=clocks, **({"speed": 3600} | more))


def test_each_ticket_comes_when_it_came_and_changes_when_it_changed(timeline, watched, clock):
    end = lived(timeline(), watched, clock)
    assert [
        (one.external_id, one.updated_at, one.status, one.reported_on_time)
        for _, _, one in watched.delivered
    ] == [
        ("1", utc(1, 8), Status.ACCEPTED, None),
        ("2", utc(1, 10), Status.HANDLING, None),
        ("3", utc(1, 11), Status.ACCEPTED, None),
        ("1", utc(1, 12), Status.CLOSED, True),
        ("2", utc(1, 18), Status.HANDLING, False),
    ]
    assert end == utc(2, 11)  # a day after the last came in; 3 is still open then
    assert len(watched.refused) == 1


def test_real_time_is_the_files_time_divided_by_the_speed(timeline, watched, clock):
    lived(timeline(), watched, clock)
    for real_s, mark, one in watched.delivered:
        hours = (one.updated_at - utc(1, 8)).total_seconds() / 3600
        assert hours - 1e-6 <= real_s <= hours + 0.2
        assert one.updated_at <= mark  # never before its time


def test_the_clock_is_marked_all_the_time_and_never_backwards(timeline, watched, clock):
    lived(timeline(), watched, clock)
    real = [real_s for real_s, _ in watched.marks]
    city = [mark for _, mark in watched.marks]
    assert max(b - a for a, b in pairwise(real)) <= 0.25
    assert city == sorted(city)


def test_as_fast_as_it_is_taken_gives_the_same(timeline, watched, clock):
    lived(timeline(), watched, clock, speed=math.inf)
    assert len(watched.delivered) == 5
    assert clock.now_s < 1


def test_what_was_before_the_start_comes_at_once_as_it_stood(timeline, watched, clock):
    lived(timeline(), watched, clock, start=utc(1, 15), stop=utc(1, 20))
    first = [one for real_s, _, one in watched.delivered if real_s == 0]
    assert {(one.external_id, one.status) for one in first} == {
        ("1", Status.CLOSED),
        ("2", Status.HANDLING),
        ("3", Status.ACCEPTED),
    }
    assert [one.external_id for *_, one in watched.delivered[3:]] == ["2"]


def test_the_citys_time_stands_still_while_the_worker_is_behind(timeline, watched, clock):
    behind = iter([10_000] * 100)
    watched.waiting = lambda: next(behind, 0)
    lived(timeline(), watched, clock)
    held_s = 100 * 0.05
    assert watched.delivered[-1][0] >= 10 + held_s - 1e-6


@pytest.mark.parametrize(("shift", "number"), [("first", 0), ("last", 2)])
def test_shifted_to_now_by_whole_days(timeline, shift, number):
    plain, moved = timeline(), timeline(shift)
    by = moved.tickets[0].created_at - plain.tickets[0].created_at
    assert by % timedelta(days=1) == timedelta(0)
    mark = moved.tickets[number].created_at
    assert NOW - timedelta(days=1) < mark <= NOW
    assert moved.tickets[1].due_at - plain.tickets[1].due_at == by


def test_a_start_after_the_end_is_refused(timeline, watched, clock):
    with pytest.raises(BadInput):
        lived(timeline(), watched, clock, start=utc(9, 0), stop=utc(8, 0))
    with pytest.raises(BadInput):
        lived(timeline(), watched, clock, speed=0)


def test_every_step_of_a_full_ticket_is_lived():
    full = ticket(
        status=Status.CLOSED,
        dispatched_at=at(1),
        signed_at=at(2),
        replied_at=at(3),
        closed_at=at(4),
        due_at=at(9),
        updated_at=at(6),
        returns=1,
        callback=Callback(at(5), True, True),
    )
    known = moments(full)
    states = [state_at(full, moment, last=known[-1]) for moment in known]
    assert [one.status for one in states] == [
        Status.ACCEPTED,
        Status.DISPATCHED,
        Status.SIGNED,
        Status.REPLIED,
        Status.CLOSED,
        Status.CLOSED,
        Status.CLOSED,
    ]
    assert [one.callback is not None for one in states] == [False] * 5 + [True] * 2
    assert [one.updated_at for one in states] == known
    assert all(one.updated_at > before.updated_at for before, one in pairwise(states))
    assert states[1].signed_at is None
    assert states[-1] == full


def test_shifting_moves_every_time():
    full = ticket(closed_at=at(4), callback=Callback(at(5), True))
    moved = shifted(full, timedelta(days=2))
    assert moved.closed_at - full.closed_at == timedelta(days=2)
    assert moved.callback.at - full.callback.at == timedelta(days=2)
    assert moved.received_at - full.received_at == timedelta(days=2)
    assert shifted(full, timedelta()) is full
