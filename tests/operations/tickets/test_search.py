"""A search is read from an address, and refused with the field that is wrong."""

from datetime import timedelta

import pytest

from operations.errors import BadInput
from operations.tickets.search import TicketSearch, read_page, read_search
from tests.builders import NOW


def test_an_address_without_a_query_asks_for_the_last_thirty_days() -> None:
    asked = read_search({"lang": "zh", "words": None})
    assert asked == TicketSearch()
    assert asked.since(NOW) == NOW - timedelta(days=30)
    assert asked.asked() == {}


def test_what_was_asked_is_said_again() -> None:
    query = {"words": "发黄", "department": "water", "status": "closed", "days": "0"}
    asked = read_search(query)
    assert asked.asked() == query
    assert asked.since(NOW) is None


def test_a_number_is_looked_for_in_any_period() -> None:
    assert read_search({"number": " T-1 ", "days": "7"}).since(NOW) is None
    assert read_search({"number": " T-1 "}).number == "T-1"


@pytest.mark.parametrize(
    ("name", "value"),
    [("words", "水" * 129), ("number", "a\0b"), ("status", "lost"), ("days", "8"), ("days", "x")],
)
def test_what_cannot_be_looked_for_is_named(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_search({name: value})
    assert refused.value.field == name


@pytest.mark.parametrize("value", ["0", "-1", "201", "1e3", "二", "9999"])
def test_a_page_is_a_number(value: str) -> None:
    with pytest.raises(BadInput, match="page"):
        read_page({"page": value})
    assert read_page({}) == 1
    assert read_page({"page": "200"}) == 200
