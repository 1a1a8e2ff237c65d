"""Back at the baseline: counted day by day from the opening on."""

from datetime import date, timedelta

from operations.response.closing import course, days_back, first_day

OPENED = date(2026, 11, 16)  # a Monday


def counts(after, usual=4):
    start = first_day(OPENED)
    before = {start + timedelta(days=day): usual for day in range(9 * 7)}
    return before | {OPENED + timedelta(days=day): count for day, count in enumerate(after)}


def back(after, usual=4):
    heard = {day: count for day, count in counts(after, usual).items() if count is not None}
    return days_back(course(heard, OPENED, OPENED + timedelta(days=len(after))))


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


def test_a_day_nothing_came_on_is_unknown_and_no_recovery() -> None:
    assert back([30, None, None]) == 0, "a silent source"
    assert back([30, 5, None]) == 0
    assert back([30, 5, None, 5, 6]) == 2, "what is known of the last days"
    heard = {day: count for day, count in counts([30, None, 5]).items() if count is not None}
    [above, unknown, known] = course(heard, OPENED, OPENED + timedelta(days=3))
    assert (unknown.count, unknown.is_back, unknown.is_above) == (None, False, False)
    assert (above.is_above, known.is_back) == (True, True)


def test_what_was_not_heard_is_no_part_of_what_is_usual() -> None:
    heard = {day: count for day, count in counts([30]).items() if day >= OPENED - timedelta(21)}
    assert course(heard, OPENED, OPENED + timedelta(days=1))[0].usual == 4.0
    assert course({OPENED: 2}, OPENED, OPENED + timedelta(days=1))[0].bound == 1.0


def test_each_weekday_has_its_own_usual() -> None:
    start = first_day(OPENED)
    weekly = dict.fromkeys((start + timedelta(days=day) for day in range(70)), 0)
    weekly |= {start + timedelta(weeks=week): 16 for week in range(10)}  # Mondays alone
    [monday, tuesday] = course(weekly | {OPENED: 20, OPENED + timedelta(days=1): 20}, OPENED,
                               OPENED + timedelta(days=2))  # fmt: skip
    assert (monday.usual, monday.is_back) == (16.0, True)
    assert (tuesday.usual, tuesday.is_back) == (0.0, False)
