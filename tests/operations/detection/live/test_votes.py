"""One caller, one vote in thirty days, in whatever order the reports are delivered."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from operations.detection.live.votes import MANY, Rows, Votes, rows_of
from operations.detection.live.windows import LONGEST_US

DAY_US = LONGEST_US // 30
Report = tuple[int, int, int, bool]
"""(time_us, address, caller, staff)"""

REPORTS = st.lists(
    st.tuples(
        st.integers(0, 8).map(lambda step: step * 10 * DAY_US),  # thirty days exactly is common
        st.integers(0, 3),
        st.integers(0, 3),
        st.booleans(),
    ),
    max_size=14,
)


def rows(reports: list[Report]) -> Rows:
    columns = zip(*reports, strict=True) if reports else ((), (), (), ())
    times, addresses, callers, staff = (list(column) for column in columns)
    return rows_of(
        np.array(times, np.int64),
        np.array(addresses, np.int64),
        np.array(callers, np.int64),
        np.array(staff, np.bool_),
        np.zeros(len(times), np.bool_),
    )


def judged(votes: Votes) -> list[tuple[Report, bool]]:
    return sorted(zip((row[:4] for row in votes.rows.tolist()), votes.counts.tolist(), strict=True))


def plainly(reports: list[Report]) -> list[tuple[Report, bool]]:
    """Judge one caller after another, as the rule says."""
    found: list[tuple[Report, bool]] = []
    for caller in {one[2] for one in reports}:
        last_us = None
        for one in sorted(one for one in reports if one[2] == caller):
            found.append((one, last_us is None or one[0] - last_us >= LONGEST_US))
            last_us = one[0]
    return sorted(found)


def after(changes: list[tuple[list[Report], list[Report]]]) -> Votes:
    votes = Votes()
    for gone, come in changes:
        votes.change(rows(gone), rows(come))
    return votes


def test_a_caller_who_urges_has_one_vote_until_thirty_days_are_quiet() -> None:
    days = (0, 1, 29, 58, 88)
    votes = after([([], [(day * DAY_US, 1, 7, False) for day in days])])
    assert votes.counts.tolist() == [True, False, False, False, True]


def test_two_callers_have_a_vote_each() -> None:
    votes = after([([], [(0, 1, 7, False), (0, 1, 8, False)])])
    assert votes.counts.tolist() == [True, True]


def test_what_is_not_there_cannot_be_taken_out() -> None:
    one = (0, 1, 7, False)
    votes = after([([], [one]), ([(0, 2, 7, False), (1, 1, 7, False)], [])])
    assert [row[:4] for row in votes.rows.tolist()] == [one]


def test_of_two_that_are_equal_one_is_taken_out() -> None:
    one = (0, 1, 7, False)
    assert judged(after([([], [one, one]), ([one], [])])) == [(one, True)]


def test_a_vote_goes_to_the_next_report_when_the_first_is_withdrawn() -> None:
    first, second = (0, 1, 7, False), (DAY_US, 1, 7, False)
    assert judged(after([([], [first, second]), ([first], [])])) == [(second, True)]


def test_forgetting_drops_what_is_older_and_nothing_else() -> None:
    votes = after([([], [(day * DAY_US, 1, day, False) for day in range(5)])])
    votes.forget(2 * DAY_US)
    assert votes.rows["caller"].tolist() == [2, 3, 4]
    assert len(votes.counts) == 3


def test_a_span_holds_both_its_ends() -> None:
    votes = after([([], [(day * DAY_US, 1, day, False) for day in range(5)])])
    assert votes.rows["caller"][votes.since(DAY_US, 3 * DAY_US)].tolist() == [1, 2, 3]


@given(REPORTS, st.randoms(use_true_random=False))
def test_any_order_and_any_batches_judge_alike(reports: list[Report], dice) -> None:
    shuffled = reports.copy()
    dice.shuffle(shuffled)
    cuts = sorted(dice.randint(0, len(reports)) for _ in range(3))
    edges = zip([0, *cuts], [*cuts, len(reports)], strict=True)
    votes = after([([], shuffled[start:end]) for start, end in edges])
    assert judged(votes) == plainly(reports)


@given(REPORTS, REPORTS, st.randoms(use_true_random=False))
def test_what_came_and_went_leaves_no_trace(stay: list[Report], go: list[Report], dice) -> None:
    both = stay + go
    dice.shuffle(both)
    half = len(go) // 2
    one_by_one = [([one], []) for one in go[:half]]
    votes = after([([], both), *one_by_one, (go[half:], [])])
    assert judged(votes) == plainly(stay)


@given(REPORTS)
def test_many_callers_at_once_are_judged_as_few_are(reports: list[Report]) -> None:
    crowd = [(50 * DAY_US, 9, 100 + one, False) for one in range(MANY + 1)]
    at_once = after([([], [*reports, *crowd])])
    singly = after([([], [one]) for one in [*crowd, *reports]])
    assert judged(at_once) == judged(singly) == plainly([*reports, *crowd])
