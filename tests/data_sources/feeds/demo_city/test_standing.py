"""How the demo city stands on an ordinary day: open, overdue, on time, satisfied."""

import statistics
from collections import defaultdict
from datetime import timedelta

import pytest

from data_sources.feeds.demo_city.course import ANSWERED, Event, answer_of
from tests.data_sources.feeds.demo_city.conftest import NOW

ENDED = {Event.CLOSED, Event.ARCHIVED, Event.WITHDRAWN}
AT = int(NOW.timestamp())
MONTH_AGO = AT - 29 * 86_400


@pytest.fixture(scope="module")
def states(demo):
    """The state now of every ordinary ticket that can still be open or was due this month."""
    found = []
    for back in range(demo.rates.lives_d + 2):
        batch = demo.day(demo.local_date(NOW) - timedelta(days=back))
        births = batch.births
        found += [(births, n, batch.state_at(n, AT)) for n in batch.alive(AT).tolist()]
    return found


@pytest.fixture(scope="module")
def open_now(states):
    return [(births, n, state) for births, n, state in states if state.event not in ENDED]


@pytest.fixture(scope="module")
def due(states):
    return [
        state
        for _, _, state in states
        if state.due and MONTH_AGO <= state.due <= AT and state.event != Event.WITHDRAWN
    ]


def share_on_time(states) -> float:
    return sum(bool(one.closed and one.closed <= one.due) for one in states) / len(states)


def test_open_and_overdue(open_now):
    assert 10_000 < len(open_now) < 16_000
    overdue = sum(bool(state.due and state.due < AT) for _, _, state in open_now)
    assert 0.004 < overdue / len(open_now) < 0.03


def test_a_few_are_unassigned_and_a_few_dozen_urgent(open_now):
    assert 10 < sum(state.department is None for _, _, state in open_now) < 150
    assert 15 < sum(births.urgency[n] > 0 for births, n, _ in open_now) < 100


def test_nine_of_ten_are_on_time_and_departments_differ(due):
    assert 0.9 < share_on_time(due) < 0.97
    by_department = defaultdict(list)
    for state in due:
        by_department[state.department].append(state)
    rates = [share_on_time(own) for own in by_department.values() if len(own) >= 200]
    assert min(rates) < 0.72
    assert max(rates) > 0.97


def test_callers_are_mostly_satisfied_and_some_matters_are_opened_again(states):
    answers = [answer_of(state.answer) for _, _, state in states if state.answer >= ANSWERED]
    assert 0.78 < sum(said < 3 for _, _, said in answers) / len(answers) < 0.92
    assert 0.95 < sum(bool(solved) for _, solved, _ in answers) / len(answers) < 0.997
    called = [state for _, _, state in states if state.called]
    assert 0.6 < len(answers) / len(called) < 0.9
    assert 0.03 < sum(state.reopenings > 0 for state in called) / len(called) < 0.1


def test_some_are_answered_at_once_some_returned_some_extended(states):
    dispatched = [state for _, _, state in states if state.dispatched]
    direct = [state for _, _, state in states if state.closed and not state.dispatched]
    assert 0.07 < len(direct) / len(states) < 0.2
    assert 0.02 < sum(state.returns > 0 for state in dispatched) / len(dispatched) < 0.1
    assert 0.01 < sum(state.extensions > 0 for state in dispatched) / len(dispatched) < 0.1


def test_next_to_nothing_lies_about(states, open_now):
    """A well-run city: what is late is urged, and what is not solved is opened again."""
    late = [state for _, _, state in open_now if state.due and state.due < AT - 2 * 86_400]
    still = [state for _, _, state in open_now if state.updated < AT - 14 * 86_400]
    unsolved = [
        state
        for _, _, state in states
        if state.event in (Event.CLOSED, Event.ARCHIVED)
        and (state.called or 0) >= (state.closed or 0)
        and answer_of(state.answer)[1] is False
    ]
    bouncing = [state for _, _, state in open_now if state.reassignments >= 2]
    assert 0 < len(late) < 100
    assert len(still) < 50
    assert 0 < len(unsolved) < 150
    assert 0 < len(bouncing) < 100


def test_what_is_not_solved_is_opened_again_at_once_and_seen_to_within_days(states):
    again = [state for _, _, state in states if state.reopenings]
    assert len(again) > 1000
    ended = [state for state in again if state.event in ENDED]
    assert len(ended) / len(again) > 0.85
    weeks_ago = [
        state for births, n, state in states
        if state.reopenings and births.created[n] < AT - 21 * 86_400
    ]  # fmt: skip
    assert sum(state.event in ENDED for state in weeks_ago) / len(weeks_ago) > 0.98


def test_what_a_caller_told_before_is_answered_within_hours(states):
    def hours(is_known) -> list[float]:
        return [
            (state.closed - births.created[n]) / 3600
            for births, n, state in states
            if state.dispatched
            and state.closed
            and not state.returns
            and births.known[n] == is_known
        ]

    known, others = hours(True), hours(False)
    assert len(known) > 10_000
    assert statistics.median(known) < 4
    assert statistics.median(others) > 20
