"""Whatever a server can do of pages and filters, every request of a span is given."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data_sources.feeds.open311.spans import NotUnderstood, rows_of

BEGIN = datetime(2026, 11, 23, tzinfo=UTC)
END = BEGIN + timedelta(days=1)


class Served:
    """A server of so many requests, one a few seconds; `pages` and `updates` it may not know."""

    def __init__(
        self, many: int, *, pages: bool = True, updates: bool = True, most: int = 1_000
    ) -> None:
        self.pages, self.updates, self.most, self.asked = pages, updates, most, 0
        step = (END - BEGIN) / many
        self.rows = [self.row(number, BEGIN + number * step) for number in range(many)]

    @staticmethod
    def row(number: int, at: datetime, **more: str) -> dict[str, str]:
        said = at.isoformat(timespec="seconds")
        times = {"requested_datetime": said, "updated_datetime": said}
        return {"service_request_id": str(number), "status": "open"} | times | more

    def find(self, asked: Mapping[str, str]) -> list[Any]:
        self.asked += 1
        names = ("start_date", "end_date")
        if self.updates and "updated_after" in asked:
            names = ("updated_after", "updated_before")
        since, until = (datetime.fromisoformat(asked[name]) if name in asked else None
                        for name in names)  # fmt: skip
        found = [
            row for row in reversed(self.rows)
            if (since is None or datetime.fromisoformat(row["requested_datetime"]) >= since)
            and (until is None or datetime.fromisoformat(row["requested_datetime"]) <= until)
        ]  # fmt: skip
        size = min(int(asked["page_size"]), self.most) if self.pages else self.most
        first = (int(asked["page"]) - 1) * size if self.pages else 0
        return found[first : first + size]


def numbers(server: Served, clock: Any = "created") -> list[str]:
    return [
        row["service_request_id"] for rows in rows_of(server, clock, BEGIN, END) for row in rows
    ]


@pytest.mark.parametrize("clock", ["created", "updated"])
@pytest.mark.parametrize(
    ("many", "pages", "most"),
    [(4, True, 1_000), (1_200, True, 1_000), (1_200, True, 50), (4, False, 1_000),
     (999, False, 1_000), (5_000, False, 1_000)],
)  # fmt: skip
def test_every_request_of_a_span_is_given(clock: Any, many: int, pages: bool, most: int) -> None:
    found = numbers(Served(many, pages=pages, most=most), clock)
    assert {int(one) for one in found} == set(range(many))
    assert len(found) < many * 3  # a cut answer is kept, and asked for again in halves


def test_a_quiet_span_costs_two_calls_at_most() -> None:
    for many in (1, 40):
        server = Served(many)
        numbers(server)
        assert server.asked <= 2
    empty = Served(1)
    empty.rows = []
    assert numbers(empty) == []
    assert empty.asked == 1


def test_a_server_that_does_not_look_at_updates_is_found_out() -> None:
    server = Served(10, updates=False)
    server.rows[0]["updated_datetime"] = "2026-10-01T00:00:00+00:00"
    with pytest.raises(NotUnderstood):
        numbers(server, "updated")


def test_a_closed_request_tells_when_it_was_closed_and_proves_nothing() -> None:
    server = Served(2)
    server.rows[0] |= {"status": "closed", "updated_datetime": "2026-10-01T00:00:00+00:00"}
    assert len(numbers(server, "updated")) == 2


def test_more_in_one_second_than_a_server_gives_ends_all_the_same() -> None:
    server = Served(1, pages=False)
    server.rows = [Served.row(number, BEGIN + timedelta(hours=3)) for number in range(2_000)]
    assert len(set(numbers(server))) == 1_000
    assert server.asked < 100


def test_rows_without_a_number_are_given_once_each() -> None:
    server = Served(1, pages=False)
    server.rows = [{"requested_datetime": BEGIN.isoformat(), "x": "1"}]
    assert [row for rows in rows_of(server, "created", BEGIN, END) for row in rows] == server.rows
