"""What may be asked of requests, and within which bounds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.open311.query import LONGEST_SPAN, MOST_DEEP, MOST_ROWS, read_query
from tests.builders import NOW


def test_nothing_asked_is_ninety_days_and_a_thousand_rows() -> None:
    for asked in ({}, {"status": " ", "start_date": "", "service_code": ""}):
        query = read_query(asked, NOW)
        assert query.since == NOW - timedelta(days=90)
        assert (query.until > NOW, query.page_size, query.skip) == (True, 1_000, 0)
        assert (query.numbers, query.codes, query.open) == (None, (), None)


def test_dates_bound_the_time_a_request_was_made() -> None:
    asked = {"start_date": "2026-05-24T00:00:00Z", "end_date": "2026-06-24T08:00:00+08:00"}
    query = read_query(asked, NOW)
    assert (query.since, query.until) == (
        datetime(2026, 5, 24, tzinfo=UTC), datetime(2026, 6, 24, tzinfo=UTC),
    )  # fmt: skip
    assert query.clock == "created"
    alone = read_query({"end_date": "2026-06-24T00:00:00Z"}, NOW)
    assert alone.until - alone.since == LONGEST_SPAN
    begun = read_query({"start_date": "2026-05-24T00:00:00Z"}, NOW)
    assert begun.until - begun.since == LONGEST_SPAN


def test_an_offset_whose_plus_became_a_blank_is_read() -> None:
    asked = {"start_date": "2026-11-24T00:00:00 08:00"}
    assert read_query(asked, NOW).since == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_what_changed_is_asked_for_by_its_own_names() -> None:
    query = read_query({"updated_after": "2026-11-23T00:00:00Z"}, NOW)
    assert (query.clock, query.since) == ("updated", datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}, "end_date"),
        ({"start_date": "2026-11-02T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"}, "end_date"),
        ({"start_date": "2026-11-01"}, "start_date"),
        ({"start_date": "2026-11-01T00:00:00"}, "start_date"),
        ({"end_date": "yesterday"}, "end_date"),
        ({"start_date": "0001-01-01T00:00:00Z"}, "start_date"),
        ({"start_date": "9999-12-31T23:00:00-23:00"}, "start_date"),
        (
            {"start_date": "2026-11-01T00:00:00Z", "updated_after": "2026-11-01T00:00:00Z"},
            "updated_after",
        ),
        ({"status": "done"}, "status"),
        ({"page": "0"}, "page"),
        ({"page": "x"}, "page"),
        ({"page_size": "1001"}, "page_size"),
        ({"page": "51"}, "page"),
        ({"service_code": ",".join("a" * 60)}, "service_code"),
        ({"service_request_id": ",".join(["1"] * 1_001)}, "service_request_id"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_name(asked: dict[str, str], field: str) -> None:
    with pytest.raises(BadInput) as error:
        read_query(asked, NOW)
    assert error.value.field == field


def test_lists_are_parted_by_commas_and_what_is_no_number_is_nobody_s() -> None:
    query = read_query({"service_request_id": "3, 1,abc,-2,3,0,9" + "9" * 30}, NOW)
    assert query.numbers == (3, 1)
    assert read_query({"service_code": "a, b,,a"}, NOW).codes == ("a", "b")
    states = {"open": True, "closed": False, "open,closed": None, "Closed": False}
    assert {said: read_query({"status": said}, NOW).open for said in states} == states


@given(
    st.dictionaries(
        st.sampled_from(
            ["start_date", "end_date", "updated_after", "updated_before", "status", "page",
             "page_size", "service_code", "service_request_id"]
        ),
        st.one_of(
            st.text(max_size=40),
            st.integers().map(str),
            st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        ),
    )
)  # fmt: skip
def test_no_query_reads_more_than_it_may(asked: dict[str, str]) -> None:
    try:
        query = read_query(asked, NOW)
    except BadInput:
        return
    assert timedelta() <= query.until - query.since <= LONGEST_SPAN + timedelta(days=1)
    assert 1 <= query.page_size <= MOST_ROWS
    assert query.skip + query.page_size <= MOST_DEEP
    assert len(query.numbers or ()) <= MOST_ROWS
