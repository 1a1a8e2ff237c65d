"""A search is read from an address, and refused with the field that is wrong."""

from datetime import timedelta

import pytest

from operations.errors import BadInput
from operations.tickets.search import (
    After,
    Order,
    TicketSearch,
    read_after,
    read_order,
    read_search,
)
from tests.builders import NOW


def test_an_address_without_a_query_asks_for_everything_newest_first() -> None:
    asked = read_search({"lang": "zh", "words": None})
    assert asked == TicketSearch()
    assert asked.since(NOW) is None
    assert asked.asked() == {}
    assert read_order({}) == Order("created", down=True)
    assert read_after({}) is None


def test_what_was_asked_is_said_again() -> None:
    query = {"words": "发黄", "department": "water", "status": "closed", "days": "7",
             "due": "late", "urgency": "urgent", "ring": "county", "watched": "listed"}  # fmt: skip
    asked = read_search(query)
    assert asked.asked() == query
    assert asked.since(NOW) == NOW - timedelta(days=7)


def test_a_number_is_looked_for_in_any_period() -> None:
    assert read_search({"number": " T-1 ", "days": "7"}).since(NOW) is None
    assert read_search({"number": " T-1 "}).number == "T-1"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words", "水" * 129),
        ("number", "a\0b"),
        ("status", "lost"),
        ("days", "8"),
        ("days", "x"),
        ("ring", "village"),
        ("watched", "yes"),
    ],
)
def test_what_cannot_be_looked_for_is_named(name: str, value: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_search({name: value})
    assert refused.value.field == name


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"sort": "due"}, Order("due", down=False)),
        ({"sort": "due", "order": "desc"}, Order("due", down=True)),
        ({"sort": "updated"}, Order("updated", down=True)),
        ({"sort": "status"}, Order("status", down=False)),
    ],
)
def test_an_order_has_a_usual_direction(asked: dict[str, str], expected: Order) -> None:
    assert read_order(asked) == expected


@pytest.mark.parametrize("asked", [{"sort": "caller"}, {"order": "up"}])
def test_an_order_nobody_knows_is_refused(asked: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        read_order(asked)


@pytest.mark.parametrize(
    "place", [After(None, 5, 7), After("水务", -1, 2**62), After("due", 2**62, 1)]
)
def test_a_place_comes_back_as_it_was_told(place: After) -> None:
    assert read_after({"after": place.told()}) == place


@pytest.mark.parametrize(
    "said", ["x", "!!!", "W10", "WzEsMiwzXQ", "W251bGwsIjEiLDFd", "W251bGwsdHJ1ZSwxXQ", "e30",
             "WyJhXHUwMDAwIiwxLDFd", "A" * 5000],
)  # fmt: skip
def test_a_place_that_nobody_told_is_refused(said: str) -> None:
    with pytest.raises(BadInput, match="after"):
        read_after({"after": said})


def test_open_only_is_what_says_so_or_is_due() -> None:
    assert not TicketSearch().open_only
    assert not TicketSearch(status="closed").open_only
    for asked in (TicketSearch(status="open"), TicketSearch(status="signed"),
                  TicketSearch(due="late")):  # fmt: skip
        assert asked.open_only
