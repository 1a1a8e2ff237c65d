"""Every figure that stands in a report, against plain SQL over the tickets."""

import re
from datetime import date

import pytest

from operations.bulletin.issue import Issue, Kind
from operations.bulletin.units import IN_UNITS
from operations.pulse.figures import FIGURE
from papers import pdf
from papers.telling import paper_of
from reporting import made
from tests.papers.test_pdf import text
from tests.test_departments_counted import COUNTS, SHARES, City, expected, yantai

__all__ = ["yantai"]

ISSUES = (
    Issue(Kind.DAILY, date(2026, 11, 23)),
    Issue(Kind.WEEKLY, date(2026, 11, 16)),
    Issue(Kind.MONTHLY, date(2026, 10, 1)),
)


def squeezed(said: str) -> str:
    return re.sub(r"\s", "", said)


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.code)
def test_every_figure_on_paper_is_what_sql_counts(yantai: City, issue: Issue) -> None:
    told = made(yantai.sources, issue, yantai.now)
    said = text(pdf.write(paper_of(told, "zh")))
    period, found = issue.period, 0
    for code in COUNTS | SHARES:
        value, n = expected(yantai, code, period.first, period.last, "1 = 1")
        if value not in ("–", "0"):
            assert f"{FIGURE[code].zh}{value}{n.removeprefix('样本 ')}" in said, code
            found += 1
    assert found >= 10


@pytest.mark.parametrize("issue", ISSUES, ids=lambda issue: issue.code)
def test_every_department_on_paper_is_what_sql_counts(yantai: City, issue: Issue) -> None:
    told = made(yantai.sources, issue, yantai.now)
    said = text(pdf.write(paper_of(told, "zh")))
    period, found = issue.period, 0
    for code in yantai.departments():
        row = {
            one: expected(yantai, one, period.first, period.last, "department = :c", c=code)
            for one in ("opened", *IN_UNITS)
            if one in COUNTS | SHARES
        }
        unit = next((one for one in told.departments if one.code == code), None)
        if unit is None:
            assert row["opened"][0] == "0", code
            continue
        assert f"{unit.opened:,}" == row["opened"][0]
        name, found = told.name("department", code)[0], found + 1
        shares = [
            value if value == "–" else f"{value}({n.removeprefix('样本 ')})"
            for one, (value, n) in row.items()
            if one != "opened"
        ]
        pattern = rf"{re.escape(squeezed(name))}{unit.opened:,}[+−±\d,]*?"
        assert re.search(pattern + re.escape("".join(shares)), said), (code, shares)
    assert found > 5


def test_a_department_s_and_a_district_s_report_are_what_sql_counts(yantai: City) -> None:
    codes = [*yantai.departments()[:2], "370681"]
    for place, code in enumerate(codes):
        axis = "district" if place == 2 else "department"
        issue = Issue(Kind.WEEKLY, date(2026, 11, 16), f"{axis}-{code}")
        told = made(yantai.sources, issue, yantai.now)
        said, found = text(pdf.write(paper_of(told, "zh"))), 0
        assert squeezed(told.name(axis, code)[0]) in said
        assert "全市" not in said
        for one in COUNTS | SHARES:
            period = issue.period
            value, n = expected(yantai, one, period.first, period.last, f"{axis} = :c", c=code)
            if value not in ("–", "0"):
                assert f"{FIGURE[one].zh}{value}{n.removeprefix('样本 ')}" in said, (code, one)
                found += 1
        assert found >= 8
