"""What is sealed in the database: opened, found, sealed anew, erased; on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from data_sources.erasing import Erasing
from data_sources.feeds.reading import TicketReader
from data_sources.ledger import SqlLedger
from data_sources.reveals import Reveals
from data_sources.sealed_book import SealedBook
from data_sources.sealing import Unsealable
from operations.errors import BadInput
from operations.people.retention import Due, Retention
from operations.people.reveal import reveal
from operations.tickets.reckoning import as_delivered
from operations.tickets.ticket import Status
from tests.builders import NOW, at
from tests.data_sources.feeds.conftest import city, record
from tests.sealing import sealer

PHONE = "13812345678"
NUMBER = "11010519491231002X"


class House:
    """A database with what stands around it."""

    def __init__(self, engine, folder):
        self.engine, self.sealer = engine, sealer(folder)
        self.ledger, self.book = SqlLedger(engine), SealedBook(engine, self.sealer)
        self.reader = TicketReader(city(), b"k" * 32, self.sealer)

    def deliver(self, name="T1", **changes):
        given = record(external_id=name, caller={"name": "王五", "phone": PHONE}, text="水黄")
        read = self.reader.read(given | changes, now=NOW, feed="test")
        self.ledger.store([read.ticket], clock=NOW)
        return read.ticket

    def refuse(self):
        refused = self.reader.read(record(status="?", caller=PHONE), now=NOW, feed="test")
        self.ledger.set_aside([refused])
        return refused

    def facts(self):
        return sorted(fact for batch in self.ledger.facts() for fact in batch)

    def sealed_rows(self):
        with self.engine.connect() as connection:
            return connection.execute(text("SELECT * FROM sealed ORDER BY ticket_id")).all()


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request, tmp_path):
    return House(request.getfixturevalue(f"{request.param}_engine"), tmp_path)


def test_what_was_delivered_is_sealed_beside_the_ticket(house):
    ticket = house.deliver()
    assert house.book.fields("12345", "T1") == {"name": "王五", "phone": PHONE, "text": "水黄"}
    assert house.book.fields("12345", "none") == {}
    held = house.ledger.ticket("12345", "T1")
    assert held is not None
    assert as_delivered(held) == replace(ticket, sealed=None)


def test_the_same_again_changes_nothing_though_its_bytes_differ(house):
    house.deliver()
    rows, revision = house.sealed_rows(), house.ledger.revision()
    house.deliver()
    assert (house.sealed_rows(), house.ledger.revision()) == (rows, revision)


def test_a_newer_delivery_seals_what_it_tells(house):
    house.deliver()
    house.deliver(updated_at=at(1).isoformat(), caller="13900000000", text="水清")
    assert house.book.fields("12345", "T1") == {"phone": "13900000000", "text": "水清"}
    house.deliver(updated_at=at(1.5).isoformat(), caller=None, text=None)
    assert house.book.fields("12345", "T1") == {}
    assert house.sealed_rows() == []


def test_tickets_are_found_by_a_whole_number_in_any_spelling(house):
    house.deliver("T1")
    house.deliver("T2", caller={"phone": "+86 138-1234-5678", "id_number": NUMBER})
    house.deliver("T3", caller="13812345679")
    assert house.book.find("phone", "138 1234 5678") == [("12345", "T2"), ("12345", "T1")]
    assert house.book.find("id_number", NUMBER.lower()) == [("12345", "T2")]
    assert house.book.find("phone", "1381234567") == []
    with pytest.raises(BadInput, match="whole number"):
        house.book.find("name", "王五")


def test_everything_is_sealed_anew_with_a_new_key(house):
    for number in range(7):
        house.deliver(f"T{number}")
    refused = house.refuse()
    before, old = house.facts(), house.sealer.keys.newest().id
    new = house.sealer.keys.add(NOW).id
    steps = []
    assert house.book.keys_used() == {old: 8}
    assert house.book.reseal(steps.append, most=3) == 8
    assert steps == [3, 3, 1, 1]
    assert house.book.keys_used() == {new: 8}
    assert house.book.reseal() == 0
    house.sealer.keys.forget({old})
    assert house.book.fields("12345", "T3")["phone"] == PHONE
    assert PHONE in house.book.record(refused.key)
    assert len(house.book.find("phone", PHONE)) == 7
    assert house.facts() == before
    house.deliver("T3")
    assert house.ledger.ticket("12345", "T3").sealed_mark is not None
    assert house.book.keys_used() == {new: 8}


def test_an_interrupted_rotation_is_gone_on_with(house):
    for number in range(5):
        house.deliver(f"T{number}")
    new = house.sealer.keys.add(NOW).id

    def stop(_done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        house.book.reseal(stop, most=2)
    assert house.book.keys_used()[new] == 2
    assert house.book.reseal() == 3
    assert house.book.keys_used() == {new: 5}


def closed(name, days, **changes):
    ended = at(-24 * days).isoformat()
    return {
        "name": name,
        "status": "办结",
        "created_at": at(-24 * days - 1).isoformat(),
        "closed_at": ended,
        "updated_at": ended,
        "received_at": ended,
    } | changes


RETENTION = Retention(person_d=10, words_d=100, set_aside_d=5)


def test_retention_erases_by_class_and_leaves_every_count(house):
    house.deliver(**closed("old", 200))
    house.deliver(**closed("middle", 50))
    house.deliver(**closed("fresh", 3))
    house.deliver("open", created_at=at(-24 * 300).isoformat())
    house.refuse()
    erasing, facts = Erasing(house.engine, house.sealer), house.facts()
    now = at(24 * 6)
    assert erasing.due(RETENTION, NOW) == Due(persons=2, words=1, refused=0)
    assert erasing.erase(RETENTION, now) == Due(persons=1, words=1, refused=1)
    assert erasing.erase(RETENTION, now) == Due()
    assert house.book.fields("12345", "old") == {}
    assert house.book.fields("12345", "middle") == {"text": "水黄"}
    assert house.book.fields("12345", "fresh")["phone"] == PHONE
    assert house.book.fields("12345", "open")["phone"] == PHONE
    assert sorted(house.book.find("phone", PHONE)) == [("12345", "fresh"), ("12345", "open")]
    [line] = house.ledger.list_set_aside(most=9)
    assert (line.refused.sealed, line.refused.record) == ("", "(erased)")
    assert house.book.record(line.refused.key) == ""
    assert house.facts() == facts
    assert house.ledger.ticket("12345", "old").text == "水黄"
    house.deliver(**closed("old", 200))
    assert house.book.fields("12345", "old") == {}, "the same again must not bring it back"
    assert (house.book.seal_plain(), house.book.seal_plain_refused()) == (0, 0)


def test_nothing_is_erased_where_all_is_kept_for_ever(house):
    house.deliver(**closed("old", 2000))
    house.refuse()
    for_ever = Retention(0, 0, 0)
    assert Erasing(house.engine, house.sealer).erase(for_ever, at(24 * 999)) == Due()
    assert house.book.fields("12345", "old")["phone"] == PHONE


def test_a_reveal_is_written_down_before_the_field_is_shown(house):
    house.deliver()
    reveals = Reveals(house.engine, house.book)
    first = reveal(("12345", "T1"), "phone", who="li", reason="回访核实", now=NOW)
    second = reveal(("12345", "T1"), "id_number", who="wu", reason="核对身份", now=at(1))
    assert reveals.of("12345", "T1") == []
    assert reveals.show(first) == PHONE
    assert reveals.show(second) is None
    assert reveals.of("12345", "T1") == [second, first]
    assert reveals.of("12345", "T2") == []


def test_what_cannot_be_opened_was_asked_for_all_the_same(house, tmp_path):
    house.deliver()
    (tmp_path / "other").mkdir()
    stranger = Reveals(house.engine, SealedBook(house.engine, sealer(tmp_path / "other")))
    asked = reveal(("12345", "T1"), "phone", who="li", reason="回访核实", now=NOW)
    with pytest.raises(Unsealable):
        stranger.show(asked)
    assert stranger.of("12345", "T1") == [asked]


def test_a_ticket_stored_in_plain_is_sealed_by_housekeeping_once(house):
    ticket = replace(house.deliver(), sealed=None, sealed_mark=None, text=f"回电{PHONE}")
    house.ledger.store([replace(ticket, external_id="P", status=Status.SIGNED)], clock=NOW)
    facts = house.facts()
    assert (house.book.seal_plain(), house.book.seal_plain()) == (1, 0)
    assert house.ledger.ticket("12345", "P").text == "回电138****5678"
    assert house.book.fields("12345", "P")["text"] == f"回电{PHONE}"
    assert house.facts() == facts
