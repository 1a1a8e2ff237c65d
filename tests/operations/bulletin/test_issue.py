"""Numbers of a bulletin: which days they are of, what they are called and compared with."""

from datetime import date, timedelta

import pytest

from operations.bulletin.issue import (
    Issue,
    Kind,
    checked,
    issue_of,
    newest,
    newest_of_all,
    read_issue,
    read_kind,
)
from operations.errors import BadInput

DAYS = [date(2015, 12, 1) + timedelta(days=number) for number in range(20 * 365)]


@pytest.mark.parametrize("kind", list(Kind))
def test_every_day_of_twenty_years_lies_in_one_number_and_numbers_follow_one_another(kind):
    for day in DAYS:
        issue = issue_of(kind, day)
        period = issue.period
        assert period.first <= day <= period.last
        assert issue.before.period.last == period.first - timedelta(days=1)
        assert issue_of(kind, period.last) == issue


@pytest.mark.parametrize("kind", list(Kind))
def test_a_code_reads_back_as_its_number(kind):
    for day in DAYS:
        issue = issue_of(kind, day)
        assert read_issue(kind, issue.code) == issue
        assert read_issue(kind, day.isoformat()) == issue


@pytest.mark.parametrize("kind", list(Kind))
def test_numbers_count_up_from_one_within_a_year(kind):
    for day in DAYS:
        issue = issue_of(kind, day)
        after = issue_of(kind, issue.period.last + timedelta(days=1))
        assert (after.year, after.number) in ((issue.year, issue.number + 1), (issue.year + 1, 1))


def test_the_year_before_is_the_same_day_week_or_month():
    def year_before(kind, code):
        return read_issue(kind, code).year_before.code

    assert year_before(Kind.DAILY, "2026-11-24") == "2025-11-24"
    assert year_before(Kind.DAILY, "2028-02-29") == "2027-02-28"
    assert year_before(Kind.WEEKLY, "2026-W48") == "2025-W48"
    assert year_before(Kind.WEEKLY, "2026-W53") == "2025-W52"
    assert year_before(Kind.MONTHLY, "2026-02") == "2025-02"


def test_only_what_is_over_and_not_too_long_ago_is_reported():
    today = date(2026, 11, 24)
    assert checked(Issue(Kind.DAILY, date(2026, 11, 23)), today).code == "2026-11-23"
    refused = (
        Issue(Kind.DAILY, today),
        Issue(Kind.WEEKLY, date(2026, 11, 23)),
        Issue(Kind.MONTHLY, date(2026, 11, 1)),
        Issue(Kind.DAILY, date(2020, 1, 1)),
    )
    for issue in refused:
        with pytest.raises(BadInput):
            checked(issue, today)


@pytest.mark.parametrize("kind", list(Kind))
def test_the_newest_number_is_the_last_that_is_over(kind):
    for day in DAYS[:800]:
        issue = newest(kind, day)
        assert issue.is_over(day)
        assert not issue_of(kind, issue.period.last + timedelta(days=1)).is_over(day)


def test_the_newest_of_all_kinds():
    found = [issue.code for issue in newest_of_all(date(2026, 11, 24), 2)]
    assert found == ["2026-11-23", "2026-11-22", "2026-W47", "2026-W46", "2026-10", "2026-09"]


@pytest.mark.parametrize(
    "said",
    ["", "yesterday", "2026-13", "2026-W54", "2026-W47-1x", "11/24/2026", "9999-12", "0001-01-01"],
)
@pytest.mark.parametrize("kind", list(Kind))
def test_what_names_no_number_is_refused(kind, said):
    with pytest.raises(BadInput):
        read_issue(kind, said)


def test_a_kind_is_one_of_three():
    assert read_kind("weekly") is Kind.WEEKLY
    with pytest.raises(BadInput):
        read_kind("yearly")
