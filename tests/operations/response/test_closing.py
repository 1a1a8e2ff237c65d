"""Back at the baseline: counted day by day from the opening on."""

from datetime import date, timedelta

from operations.response.closing import course, days_back, first_day

OPENED = date(2026, 11, 16)  # a Monday


def counts(after, usual=4):
    start = first_day(OPENED)
    before = {start + timedelta(days=day): usual for day in range(9 * 7)}
    return before | {OPENED + timedelta(days=day): count for day, count in enumerate(after)}


def back(after, usual=4):
    return days_back(course(counts(after, usual), OPENED, OPENED + timedelta(days=len(after))))


def test_days_within_two_deviations_of_their_weekday_are_back() -> None:
    assert back([30, 20, 8, 8]) == 2
    assert back([30, 20, 8, 9]) == 0
    assert back([30, 8, 30, 8]) == 1


def test_the_day_that_is_not_over_counts_for_nothing() -> None:
    assert course(counts([30]), OPENED, OPENED) == []
    assert days_back([]) == 0


def test_the_week_before_does_not_raise_the_baseline() -> None:
    rising = {OPENED - timedelta(days=day): 50 for day in range(1, 8)}
    [first] = course(counts([30]) | rising, OPENED, OPENED + timedelta(days=1))
    assert (first.usual, first.bound, first.is_back) == (4.0, 8.0, False)


def test_where_nothing_is_usual_one_complaint_is_no_return() -> None:
    assert back([9, 1, 0], usual=0) == 2
    assert back([9, 2], usual=0) == 0


def test_each_weekday_has_its_own_usual() -> None:
    start = first_day(OPENED)
    weekly = {start + timedelta(weeks=week): 16 for week in range(10)}  # Mondays alone
    [monday, tuesday] = course(weekly | {OPENED: 20, OPENED + timedelta(days=1): 20}, OPENED,
                               OPENED + timedelta(days=2))  # fmt: skip
    assert (monday.usual, monday.is_back) == (16.0, True)
    assert (tuesday.usual, tuesday.is_back) == (0.0, False)
