"""Figures of departments taken away: what stands on the page, numbers as numbers, written down."""

import csv
import io
import json
from itertools import pairwise
from typing import Any

import flask
import openpyxl
import pytest
from flask.testing import FlaskClient

from api import figure_export
from callbacks.department_sheets import DepartmentSheets
from data_sources.memory_audit import MemoryAudit
from data_sources.open_lists import Held
from operations.errors import Unreachable
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from tests.builders import LONGKOU, NOW, at
from tests.callbacks.test_departments import House

PICTURE = {
    "as_of": "2026-11-24T10:00:00+08:00",
    "sections": {
        "totals": {"state": "on", "data": {"open_now": 1234, "overdue_now": 7}},
        "duties": {
            "state": "on",
            "data": {"stages": [
                {"code": "perform", "tickets": 12, "median_h": 5.5, "overdue": 2},
            ]},
        },
        "departments": {
            "state": "on", "data": {"rows": [{"code": "water", "open_now": 31, "overdue_now": 4}]},
        },
    },
}  # fmt: skip


@pytest.fixture
def house() -> House:
    made = House()
    made.put("water", opened=4000, due=50, on_time=47, dispatched=30, returned=3)
    made.put("housing", opened=90, due=100, on_time=60, dispatched=80, returned=2)
    made.put("longkou", opened=10, due=10, on_time=10)
    return made


def client(house: House, audit: Any, picture: Any = PICTURE) -> FlaskClient:
    server = flask.Flask(__name__)
    body = None if picture is None else json.dumps(picture).encode()
    figures = DepartmentSheets(house.sources, house.desk, lambda _scope: body)
    work = figure_export.blueprint(
        figures, audit, lambda do, *given: do(*given), now=lambda: NOW
    )  # fmt: skip
    server.register_blueprint(work)
    return server.test_client()


def tables(answer: Any) -> tuple[str, dict[str, list[list[str]]]]:
    """Give who took it, and each table's lines under its title."""
    assert answer.status_code == 200, answer.get_json()
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    found: dict[str, list[list[str]]] = {}
    for before, row in pairwise(rows):
        if not before:
            title = row[0]
            found[title] = []
        elif row:
            found[title].append(row)
    return rows[0][0], found


def book(answer: Any) -> Any:
    assert answer.status_code == 200, answer.get_data()[:300]
    return openpyxl.load_workbook(io.BytesIO(answer.get_data()))


def test_the_table_of_departments_is_that_of_the_page(house: House) -> None:
    mark, found = tables(client(house, MemoryAudit()).get("/api/v1/departments.csv?lang=en"))
    assert "2026-11-24 10:01:00 Asia/Shanghai (UTC+8)" in mark
    about, heads, *rows = found["By department"]
    assert "2026-10-26 to 2026-11-24" in about[0]
    assert heads[:6] == [
        "Department", "Open now", "Overdue", "Accepted", "Closed on time · target 95.0%",
        "Closed on time n",
    ]  # fmt: skip
    assert [row[0] for row in rows] == ["Water", "Housing", "Longkou Government"]
    assert rows[0][1:6] == ["31", "4", "4000", "94.0%", "50"]
    assert rows[1][1:3] == ["", ""], "no picture tells of it"
    assert [row[-1] for row in rows] == ["C", "A", ""], "longkou rests on too little"


def test_a_step_is_narrowed_as_its_page_is(house: House) -> None:
    asked = f"?days=7&level=county&district={LONGKOU}&lang=zh"
    _, found = tables(client(house, MemoryAudit()).get(f"/api/v1/departments.csv{asked}"))
    assert [row[0] for row in found["按承办部门"][2:]] == ["龙口市政府"]
    assert "2026-11-18" in found["按承办部门"][0][0]


def test_figures_have_value_n_target_band_and_what_was_before(house: House) -> None:
    _, found = tables(client(house, MemoryAudit()).get("/api/v1/departments/water.csv?lang=en"))
    _about, heads, *rows = found["Figures"]
    by_name = {row[1]: dict(zip(heads, row, strict=True)) for row in rows}
    on_time = by_name["Closed on time"]
    assert (on_time["Value"], on_time["n"], on_time["Target"], on_time["Band"]) == (
        "94.0%", "50", "95.0%", "B",
    )  # fmt: skip
    assert by_name["Accepted"]["Value"] == "4000"
    assert on_time["Definition"].startswith("Of tickets due in the period")
    _, found = tables(client(house, MemoryAudit()).get("/api/v1/departments/longkou.csv?lang=en"))
    few = {row[1]: row for row in found["Figures"][2:]}["Closed on time"]
    assert "too few to judge" in few
    score = found["Score"][2]
    assert score[0] == "Score"
    assert len(score[2]) <= len("0.123"), "told to three places"


def test_in_a_workbook_numbers_are_numbers_and_shares_are_told_in_per_cent(house: House) -> None:
    made = book(client(house, MemoryAudit()).get("/api/v1/departments.xlsx?lang=en"))
    sheet = made["By department"]
    assert "not signed in" in sheet["A1"].value
    assert sheet.freeze_panes == "A4"
    accepted, share, n = (sheet.cell(4, column) for column in (4, 5, 6))
    assert (accepted.value, accepted.number_format) == (4000, "#,##0")
    assert (share.value, share.number_format) == (0.94, "0.0%")
    assert n.value == 50
    few = sheet.cell(6, 5)
    assert (few.value, few.font.color.rgb) == (1.0, "FF7F7F7F")
    assert share.font.color is None or share.font.color.rgb != "FF7F7F7F"
    assert made["Now"]["B4"].value == 1234


def test_a_number_of_this_moment_has_its_time_and_one_that_is_not_known_is_left_out(
    house: House,
) -> None:
    _, found = tables(client(house, MemoryAudit()).get("/api/v1/departments.csv?lang=en"))
    assert found["Now"][0][0].endswith("2026-11-24 10:00:00")
    stages = {row[0]: row[1:] for row in found["Now"][2:]}
    assert stages["Perform"] == ["12", "2", "5.5"]
    assert stages["Urgent"] == [""]
    _, found = tables(client(house, MemoryAudit(), None).get("/api/v1/departments.csv?lang=en"))
    assert "Now" not in found


def test_lists_of_tickets_are_taken_along_and_no_cell_is_a_formula(house: House) -> None:
    house.held["returned"] = [
        Held("demo", "T/1", "=cmd()", "water_quality", "water", LONGKOU, at(0), at(5), 2,
             ("housing",), "meter is private"),
    ]  # fmt: skip
    asked = client(house, MemoryAudit())
    _, found = tables(asked.get("/api/v1/departments/water.csv?lang=en"))
    [row] = found["Most returned"][2:]
    assert row[0] == "'=cmd()"
    assert row[2:4] == ["returned 2×", "returned by Housing because: meter is private"]
    assert row[4].startswith("/tickets/demo/T")
    assert found["Worst waits"][0][0].endswith("Nothing is open")
    made = book(asked.get("/api/v1/departments/water.xlsx?lang=en"))
    assert made["Most returned"]["A4"].value == "'=cmd()"
    assert made["Most returned"]["A4"].data_type == "s"


def test_a_handler_takes_the_own_department_alone(house: House) -> None:
    house.sign_in(Role.DEPARTMENT_HANDLER, department="water")
    audit = MemoryAudit()
    mark, found = tables(client(house, audit).get("/api/v1/departments.csv?days=7"))
    assert "王芳 (wang)" in mark
    assert [row[0] for row in found["按承办部门"][2:]] == ["市水务局"]
    [line] = audit.find(AuditSearch(), most=9)
    assert (line.actor, line.verified, line.act) == ("王芳 (wang)", True, figure_export.ACT)
    assert (line.subject, line.after) == ("departments", "csv: days 7")


def test_who_sees_no_figures_and_what_is_not_there_takes_nothing(house: House) -> None:
    audit = MemoryAudit()
    assert client(house, audit).get("/api/v1/departments/moon.csv").status_code == 404
    wrong = client(house, audit).get("/api/v1/departments.xlsx?days=8")
    assert (wrong.status_code, wrong.get_json()["error"]["field"]) == (400, "days")
    house.sign_in(Role.AUDIT_ADMIN)
    assert client(house, audit).get("/api/v1/departments.csv").status_code == 404
    assert audit.head().number == 0


def test_what_cannot_be_read_or_written_down_is_not_given(house: House) -> None:
    class Full:
        def append(self, *_given: Any) -> None:
            raise Unreachable("full")

    assert client(house, Full()).get("/api/v1/departments.csv").status_code == 503
    house.figures.away = True
    audit = MemoryAudit()
    assert client(house, audit).get("/api/v1/departments.xlsx").status_code == 503
    assert audit.head().number == 0


def test_the_page_leads_to_its_tables(house: House) -> None:
    page = house.page("/departments", "?days=7&level=city")
    links = [one["href"] for one in page if "/api/v1/" in one.get("href", "")]
    assert links == [
        f"/api/v1/departments.{form}?level=city&days=7&lang=zh" for form in ("csv", "xlsx")
    ]
