"""A poll takes what changed, sets aside what is broken, and goes on where it was."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from data_sources.feeds.mapping import read_mapping
from data_sources.feeds.open311.place import Place, PlaceFile
from data_sources.feeds.open311.poll import Poller, Taking
from data_sources.feeds.reading import TicketReader
from data_sources.memory import MemoryStream
from operations.errors import BadInput, Unreachable
from operations.ports import Refused
from operations.tickets.ticket import Status, Ticket
from tests.builders import NOW
from tests.data_sources.feeds.conftest import Reading

DAY = timedelta(days=1)


def row(number: int, hours_ago: float = 1, **more: Any) -> dict[str, Any]:
    at = (NOW - timedelta(hours=hours_ago)).isoformat()
    return {
        "service_request_id": number, "status": "open", "service_code": "roads",
        "service_name": "道路", "requested_datetime": at, "updated_datetime": at,
        "description": "电话13812345678", "lat": 37.6461, "long": 120.4778, "media_url": None,
    } | more  # fmt: skip


@dataclass
class Served:
    """A server of these rows; `updates` says whether it looks at when they were updated."""

    rows: list[Any]
    updates: bool = True
    fails_at: int | None = None
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def find(self, asked: Mapping[str, str]) -> list[Any]:
        self.asked.append(asked)
        if len(self.asked) == self.fails_at:
            raise Unreachable("away")
        return self.rows if asked["page"] == "1" else []


@dataclass
class House:
    """A poller with everything it stands on."""

    server: Served
    reader: TicketReader
    folder: Path
    stream: MemoryStream = field(default_factory=MemoryStream)
    now: Any = NOW

    def once(self) -> Any:
        taking = Taking(
            "city.test", read_mapping("open311"), self.reader, self.stream, lambda _s: None
        )
        file = PlaceFile(self.folder, "https://city.test", "open311")
        return Poller(self.server, taking, file, 3, lambda: self.now).once()

    def taken(self) -> tuple[list[Ticket], list[Refused]]:
        entries = self.stream.read(most_entries=1_000, wait_s=0)
        self.stream.acknowledge([one.id for one in entries])
        return (
            [ticket for one in entries for ticket in one.tickets],
            [refused for one in entries for refused in one.refused],
        )


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(Served([row(1)]), Reading().reader, tmp_path)


def test_a_request_becomes_a_ticket_of_the_other_city(house: House) -> None:
    house.once()
    ticket = house.taken()[0][0]
    assert (ticket.source, ticket.external_id, ticket.status) == (
        "city.test", "1", Status.ACCEPTED,
    )  # fmt: skip
    assert (ticket.category, ticket.text, ticket.title) == (
        "roads", "电话138****5678", "道路",
    )  # fmt: skip
    assert (ticket.latitude, ticket.updated_at) == (37.6461, NOW - timedelta(hours=1))


def test_a_closed_request_was_closed_when_it_says(house: House) -> None:
    house.server.rows = [row(1, status="Closed"), row(2, status="closed", updated_datetime=None)]
    house.once()
    first, second = house.taken()[0][:2]
    assert (first.status, first.closed_at) == (Status.CLOSED, NOW - timedelta(hours=1))
    assert second.closed_at == second.created_at


def test_broken_rows_are_set_aside_with_field_and_reason(house: House) -> None:
    broken = [
        row(2, requested_datetime="soon"), row(3, status="dreaming"), "no row",
        {"status": "open"}, row(4, service_request_id={"x": 1}),
    ]  # fmt: skip
    house.server.rows = [row(1), *broken]
    account = house.once()
    _, refused = house.taken()
    assert {one.field for one in refused} == {"created_at", "status", "record", "external_id"}
    assert {one.feed for one in refused} == {"open311:city.test"}
    assert account.rows == account.taken + account.set_aside
    assert (account.taken, account.set_aside) == (3, 15)  # three days, asked once each


def test_the_first_poll_goes_back_and_the_next_ones_go_on(house: House) -> None:
    house.server.rows = []
    house.once()
    spans = [(one["updated_after"], one["updated_before"]) for one in house.server.asked
             if one["page"] == "1"]  # fmt: skip
    assert spans == [
        ("2026-11-21T02:00:00Z", "2026-11-22T02:00:00Z"),
        ("2026-11-22T02:00:00Z", "2026-11-23T02:00:00Z"),
        ("2026-11-23T02:00:00Z", "2026-11-24T02:00:00Z"),
    ]
    again = []
    for minutes in (5, 10, 15, 20):
        house.server.asked.clear()
        house.now = NOW + timedelta(minutes=minutes)
        house.once()
        near, far = [one for one in house.server.asked if one["page"] == "1"]
        begun = NOW + timedelta(minutes=minutes - 5 - 15)
        assert near["updated_after"] == f"{begun:%Y-%m-%dT%H:%M:%SZ}"
        again.append(far["updated_after"][:10])
    assert again == ["2026-11-23", "2026-11-22", "2026-11-21", "2026-11-23"]


def test_what_fails_is_gone_on_with_at_the_day_it_had_come_to(house: House) -> None:
    house.server.fails_at = 3  # the first day took two calls
    with pytest.raises(Unreachable):
        house.once()
    place = PlaceFile(house.folder, "https://city.test", "open311").read()
    assert place.upto == NOW - 2 * DAY
    house.server.asked.clear()
    house.server.fails_at = None
    house.once()
    assert house.server.asked[0]["updated_after"] == "2026-11-22T01:45:00Z"


def test_a_server_that_does_not_look_at_updates_is_asked_by_when_they_were_made(
    house: House,
) -> None:
    house.server.rows = [row(1), row(2, hours_ago=24 * 50)]
    house.once()
    place = PlaceFile(house.folder, "https://city.test", "open311").read()
    assert (place.by_update, place.upto) == (False, NOW)
    house.server.asked.clear()
    house.now = NOW + timedelta(minutes=5)
    house.once()
    assert house.server.asked[0]["start_date"] == "2026-11-23T02:00:00Z"
    assert all("updated_after" not in one for one in house.server.asked)


def test_a_long_sleep_is_caught_up_with_and_no_further_back_than_asked(house: House) -> None:
    house.once()
    house.server.asked.clear()
    house.now = NOW + 30 * DAY
    house.once()
    assert house.server.asked[0]["updated_after"] == "2026-12-21T02:00:00Z"


@pytest.mark.parametrize("kept", ["", "{}", "[]", '{"upto": "x", "again": 0, "by_update": true}'])
def test_a_broken_place_is_the_beginning(tmp_path: Path, kept: str) -> None:
    file = PlaceFile(tmp_path, "https://city.test", "open311")
    file.write(Place(NOW, 2, by_update=False))
    assert file.read() == Place(NOW, 2, by_update=False)
    assert PlaceFile(tmp_path, "https://other.test", "open311").read() == Place()
    next(tmp_path.glob("open311-*.json")).write_text(kept)
    assert file.read() == Place()


def test_a_mapping_of_another_city_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="boston"):
        Taking("x", read_mapping("boston311"), house.reader, house.stream, lambda _s: None)
