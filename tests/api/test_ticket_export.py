"""A table of tickets: what is in it, who took it, and that this is written down first."""

import csv
import io
from typing import Any

import flask
import openpyxl
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


def sheet(answer: Any) -> Any:
    assert answer.status_code == 200, answer.get_data()[:300]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].endswith('"tickets.xlsx"')
    return openpyxl.load_workbook(io.BytesIO(answer.get_data())).active


def test_a_workbook_has_the_same_rows_and_the_same_line_in_the_audit_log(house: House) -> None:
    house.put()
    house.put(external_id="T-2", department="housing")
    audit = MemoryAudit()
    asked = client(house, audit)
    plain = rows(asked.get("/api/v1/tickets.csv?lang=en"))
    book = sheet(asked.get("/api/v1/tickets.xlsx?lang=en"))
    found = [["" if cell is None else cell for cell in row] for row in book.values]
    assert found[0][0] == plain[0][0]
    assert [row[: len(COLUMNS)] for row in found[1:]] == plain[1:]
    assert book.freeze_panes == "A3"
    first, second = audit.find(AuditSearch(), most=9)
    assert (first.act, first.after) == (second.act, second.after)


def test_in_a_workbook_every_cell_is_text_whatever_stands_in_it(house: House) -> None:
    titles = ["=HYPERLINK(1)", "https://elsewhere.test", "00123", "a\u0001b", "<b>&"]
    house.ledger.store(
        [ticket(external_id=f"T-{n}", title=title) for n, title in enumerate(titles)], clock=NOW
    )
    book = sheet(client(house, MemoryAudit()).get("/api/v1/tickets.xlsx"))
    cells = [row[10] for row in book.iter_rows(min_row=3)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert {"'=HYPERLINK(1)", "https://elsewhere.test", "00123", "<b>&"} < {
        cell.value for cell in cells
    }


def test_a_workbook_is_written_piece_by_piece(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticket_export, "ROWS_A_PIECE", 2)
    many = [ticket(external_id=f"T-{number}") for number in range(5)]
    house.ledger.store(many, clock=NOW)
    book = sheet(client(house, MemoryAudit()).get("/api/v1/tickets.xlsx"))
    assert {row[1].value for row in book.iter_rows(min_row=3)} == {one.external_id for one in many}


def test_what_cannot_be_written_down_is_not_given(house: House) -> None:
    class Full:
        def append(self, *_given: Any) -> None:
            raise Unreachable("full")

    house.put()
    for form in ("csv", "xlsx"):
        answer = client(house, Full()).get(f"/api/v1/tickets.{form}")
        assert answer.status_code == 503
        assert "停水" not in answer.get_data(as_text=True)


def test_what_cannot_be_looked_for_is_named(house: House) -> None:
    audit = MemoryAudit()
    answer = client(house, audit).get("/api/v1/tickets.csv?status=lost")
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (400, "status")
    assert audit.head().number == 0
