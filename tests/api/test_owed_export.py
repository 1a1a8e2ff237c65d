"""What is owed, taken away: the list as it is narrowed, masked, written down before it goes."""

import csv
import io
from typing import Any

import flask
import openpyxl
import pytest
from flask.testing import FlaskClient

from api import list_export, supervising
from callbacks.owed_sheets import OwedSheets
from callbacks.supervising import Supervising
from data_sources.memory_audit import MemoryAudit
from operations.errors import Unreachable
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from tests.api.test_supervising import asked, post
from tests.builders import LONGKOU, NOW
from tests.callbacks.test_ticket import House


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put(district=LONGKOU, town="370681104")
    made.signed_in(Role.SUPERVISOR)
    return made


def client(house: House, audit: Any) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(supervising.blueprint(Supervising(house.sources, house.desk)))
    lists = OwedSheets(house.sources, house.desk)
    server.register_blueprint(
        list_export.blueprint(
            list_export.OWED, lists, audit, lambda do, *given: do(*given), now=lambda: NOW
        )
    )
    return server.test_client()


def opened(here: FlaskClient) -> None:
    said = asked("supervise", line="internal", within=3)
    assert post(here, "watch", said) is not None


def rows(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200, answer.get_json()
    said = answer.get_data(as_text=True).removeprefix("\ufeff")
    return [row for row in csv.reader(io.StringIO(said)) if row]


def test_the_list_goes_with_who_took_it_and_leaves_its_line(house: House) -> None:
    audit = MemoryAudit()
    here = client(house, audit)
    opened(here)
    mark, title, _, heads, row = rows(here.get("/api/v1/supervision.csv?line=internal&lang=en"))
    assert "王芳 (wang)" in mark[0]
    assert title == ["Supervision"]
    assert heads[:5] == ["Number", "Ticket", "Kind", "Owed by", "State"]
    assert row[0] == "T/1"
    assert row[1] == "反映停水 · Yellow water · Longkou", "the masked copy"
    assert row[4] == "reply due"
    assert row[-1].startswith("/tickets/12345/")
    [line] = audit.find(AuditSearch(act=list_export.OWED.act), most=9)
    assert (line.subject, line.after) == ("supervision", "1 rows: line internal")
    book = openpyxl.load_workbook(
        io.BytesIO(here.get("/api/v1/supervision.xlsx?lang=en").get_data())
    )
    assert book["Supervision"]["A4"].value == "T/1"


def test_it_is_narrowed_as_the_list_is(house: House) -> None:
    here = client(house, MemoryAudit())
    opened(here)
    assert len(rows(here.get("/api/v1/supervision.csv?standing=late"))) == 4
    wrong = here.get("/api/v1/supervision.csv?standing=lost")
    assert (wrong.status_code, wrong.get_json()["error"]["field"]) == (400, "standing")
    house.signed_in(Role.DEPARTMENT_HANDLER, department="housing")
    assert len(rows(client(house, MemoryAudit()).get("/api/v1/supervision.csv"))) == 4


def test_what_cannot_be_written_down_is_not_given(house: House) -> None:
    class Full:
        def append(self, *_given: Any) -> None:
            raise Unreachable("full")

    here = client(house, Full())
    opened(here)
    answer = here.get("/api/v1/supervision.xlsx")
    assert answer.status_code == 503
