"""The list of what is owed in pages: each by its address."""

from typing import Any

import pytest

from callbacks import owed
from data_sources.handling_book import SqlHandlingBook
from operations.people.roles import Role
from operations.tickets.handling import Handling, HandlingAct, HandlingLine
from operations.tickets.supervision import Line, Record, Watch
from tests.builders import NOW, at
from tests.callbacks.test_ticket import House


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put()
    records = tuple(
        Record(number=n, line=Line.INTERNAL, department=f"d{n}", opened_at=NOW, due_at=at(n),
               reason="x")
        for n in range(1, 6)
    )  # fmt: skip
    line = HandlingLine(1, NOW, "王", True, HandlingAct.SUPERVISE, "internal\nwater", "x")
    handled = Handling(version=1, changed_at=NOW, watch=Watch(records=records))
    SqlHandlingBook(sqlite_engine).act("12345", "T/1", handled, line)
    made.signed_in(Role.SUPERVISOR)
    return made


def test_pages_are_led_through_by_their_addresses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owed, "A_PAGE", 2)
    seen, query = [], "?lang=en&line=internal"
    for _ in range(3):
        page = house.page("/supervision", query)
        seen += [n for n in range(1, 6) if f'"data-owing": "d{n}"' in page]
        assert ('"data-page": "first"' in page) is ("after=" in query)
        if '"data-page": "next"' not in page:
            break
        link = page.split('"data-page": "next"')[0].rsplit("/supervision?", 1)[1]
        link = link if "after=" in link else page.split("/supervision?")[-1]
        query = "?" + link.split('"')[0]
        assert "line=internal" in query, "what was asked for stays asked for"
    assert seen == [1, 2, 3, 4, 5]


def test_a_place_that_is_none_is_told(house: House) -> None:
    assert "地址中的条件无效" in house.page("/supervision", "?after=x")
