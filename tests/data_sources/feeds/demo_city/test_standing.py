"""How the demo city stands on an ordinary day: open, overdue, on time, satisfied."""

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
    assert 12_000 < len(open_now) < 18_500
    overdue = sum(bool(state.due and state.due < AT) for _, _, state in open_now)
    assert 0.03 < overdue / len(open_now) < 0.085


def test_a_few_are_unassigned_and_a_few_dozen_urgent(open_now):
    assert 10 < sum(state.department is None for _, _, state in open_now) < 150
    assert 15 < sum(births.urgency[n] > 0 for births, n, _ in open_now) < 100


def test_nine_of_ten_are_on_time_and_departments_differ(due):
    assert 0.88 < share_on_time(due) < 0.95
    by_department = defaultdict(list)
    for state in due:
        by_department[state.department].append(state)
    rates = [share_on_time(own) for own in by_department.values() if len(own) >= 200]
    assert min(rates) < 0.72
    assert max(rates) > 0.97


def test_callers_are_mostly_satisfied_and_some_matters_are_opened_again(states):
    answers = [answer_of(state.answer) for _, _, state in states if state.answer >= ANSWERED]
    assert 0.78 < sum(said < 3 for _, _, said in answers) / len(answers) < 0.92
    assert 0.8 < sum(bool(solved) for _, solved, _ in answers) / len(answers) < 0.95
    called = [state for _, _, state in states if state.called]
    assert 0.6 < len(answers) / len(called) < 0.9
    assert 0.01 < sum(state.reopenings > 0 for state in called) / len(called) < 0.1


def test_some_are_answered_at_once_some_returned_some_extended(states):
    dispatched = [state for _, _, state in states if state.dispatched]
    direct = [state for _, _, state in states if state.closed and not state.dispatched]
    assert 0.07 < len(direct) / len(states) < 0.2
    assert 0.02 < sum(state.returns > 0 for state in dispatched) / len(dispatched) < 0.1
    assert 0.01 < sum(state.extensions > 0 for state in dispatched) / len(dispatched) < 0.1
