"""A table of tickets: what is in it, who took it, and that this is written down first."""

import csv
import io
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import ticket_export
from callbacks.ticket_table import COLUMNS, TicketTable
from data_sources.memory_audit import MemoryAudit
from operations.errors import Unreachable
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from tests.builders import NOW, at, ticket
from tests.callbacks.test_ticket import NAME, PHONE, House


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    return House(sqlite_engine)


def client(house: House, audit: Any) -> FlaskClient:
    server = flask.Flask(__name__)
    table = TicketTable(house.sources, house.desk)
    work = ticket_export.blueprint(table, audit, lambda do, *given: do(*given), now=lambda: NOW)
    server.register_blueprint(work)
    return server.test_client()


def rows(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.get_json()
    assert answer.headers["Cache-Control"] == "no-store"
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_a_table_says_who_took_it_and_holds_masked_words(house: House) -> None:
    house.put()
    house.put(external_id="T-2", department="housing")
    house.signed_in(Role.DEPARTMENT_HANDLER, department="water")
    audit = MemoryAudit()
    found = rows(client(house, audit).get("/api/v1/tickets.csv?words=漏水"))
    assert "王芳 (wang)" in found[0][0]
    assert "2026-11-24 10:01:00 Asia/Shanghai (UTC+8)" in found[0][0]
    assert len(found[1]) == len(COLUMNS)
    [row] = found[2:]
    assert row[1] == "T/1"
    assert "138****5678" in row[12]
    assert not [cell for cell in row if PHONE in cell or NAME in cell]
    [line] = audit.find(AuditSearch(), most=9)
    assert (line.actor, line.verified, line.act) == ("王芳 (wang)", True, "tickets.export")
    assert line.after == "1 rows: words 漏水"


def test_what_was_looked_for_is_written_down_without_a_number_of_a_person(house: House) -> None:
    audit = MemoryAudit()
    client(house, audit).get(f"/api/v1/tickets.csv?words={PHONE}")
    [line] = audit.find(AuditSearch(), most=9)
    assert line.after == "0 rows: words 138****5678"
    assert (line.actor, line.verified) == ("值班员", False)


def test_a_table_is_in_the_order_that_was_on_the_screen(house: House) -> None:
    for number, hours in (("A", 2), ("B", 1), ("C", 3)):
        house.put(external_id=number, due_at=at(hours))
    found = rows(client(house, MemoryAudit()).get("/api/v1/tickets.csv?sort=due&order=asc"))
    assert [row[1] for row in found[2:]] == ["B", "A", "C"]


def test_a_cell_is_no_formula(house: House) -> None:
    house.ledger.store([ticket(title="=HYPERLINK(1)")], clock=NOW)
    found = rows(client(house, MemoryAudit()).get("/api/v1/tickets.csv?lang=en"))
    assert found[2][10] == "'=HYPERLINK(1)"
    assert "not signed in" in found[0][0]


def test_what_cannot_be_written_down_is_not_given(house: House) -> None:
    class Full:
        def append(self, *_given: Any) -> None:
            raise Unreachable("full")

    house.put()
    answer = client(house, Full()).get("/api/v1/tickets.csv")
    assert answer.status_code == 503
    assert "停水" not in answer.get_data(as_text=True)


def test_what_cannot_be_looked_for_is_named(house: House) -> None:
    audit = MemoryAudit()
    answer = client(house, audit).get("/api/v1/tickets.csv?status=lost")
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (400, "status")
    assert audit.head().number == 0
