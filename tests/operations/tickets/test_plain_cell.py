"""A cell that begins like a formula is text to every spreadsheet; everything else stays."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.plain_cell import BEFORE, FORMULA, plain_cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 138", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", " =1", "\ufeff=1",
     '"=1"', "'=1", '=HYPERLINK("http://x?"&A1)', "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_what_begins_like_a_formula_is_marked_as_text(text: str) -> None:
    assert plain_cell(text) == "'" + text


@pytest.mark.parametrize(
    "value", ["路灯不亮", "", " ", "a=b", "12345", "'90s", "8-10楼", None, -2, 2.5]
)
def test_everything_else_stays_as_it_is(value: object) -> None:
    assert plain_cell(value) == value


@given(st.text(alphabet=[*FORMULA, *BEFORE, "1", "a", ","], max_size=8))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    made = plain_cell(text)
    assert not made.startswith(FORMULA)
    assert made.removeprefix("'") == text or made == text
    written = io.StringIO()
    csv.writer(written).writerow([made])
    if "\0" not in made and "\r" not in made:
        assert next(csv.reader(io.StringIO(written.getvalue(), newline=""))) == [made]


def test_a_workbook_holds_it_as_text() -> None:
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    sheet["A1"] = plain_cell("=1+1")
    assert sheet["A1"].data_type == "s"
