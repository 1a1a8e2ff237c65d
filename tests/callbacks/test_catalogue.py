"""The catalogue of duties as a page and a table; whose a ticket is on the ticket's own page."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from callbacks import catalogue as page
from callbacks.catalogue_sheets import CatalogueSheets
from callbacks.suggested import candidates
from operations.departments import DepartmentTable
from operations.errors import BadInput
from operations.people.person import Ring
from operations.people.roles import Role
from operations.pulse.sums import Slice
from operations.response.catalogue import Catalogue
from operations.response.suggesting import Suggester, Why
from tests.builders import NOW
from tests.callbacks.test_ticket import House
from tests.desk import SUGGESTER, YANTAI
from tests.duties import UNITS, duty
from tests.figures import MemoryFigures, sums

NAMES = {one.code: (one.name_zh, one.name_en) for one in UNITS}


def suggester(*duties: Any) -> Suggester:
    names = {code: tuple(pair) for code, pair in NAMES.items()}
    return Suggester(Catalogue(duties, UNITS, names), UNITS, YANTAI)


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.held["suggester"] = suggester(
        duty("SZ-1", keywords=("电信",), lead="telecom", cooperating=("urban", "government")),
        duty("SZ-2", basis=("《城市道路管理条例》第二十三条",), valid_from=date(2026, 1, 1)),
        duty("SZ-3", title_zh="路灯", title_en="Street lights", valid_until=date(2026, 1, 1)),
        duty("SZ-4", categories=("water_quality",), title_zh="供水<b>", level=Ring.CITY,
             basis=("《城市供水条例》",)),
    )  # fmt: skip
    made.signed_in(Role.CENTRE_STAFF)
    made.sources.names.departments.update(NAMES)
    return made


def listed(drawn: str) -> list[str]:
    return [f"SZ-{n}" for n in range(1, 5) if f'"data-duty": "SZ-{n}"' in drawn]


def test_the_catalogue_is_told_with_units_by_name_basis_and_version(house: House) -> None:
    drawn = house.page("/duties")
    held = house.held["suggester"].catalogue
    assert listed(drawn) == ["SZ-1", "SZ-2", "SZ-3", "SZ-4"]
    for word in (held.digest, "2026-01-01", "共 4 项", "通信运营企业", "关键词：电信",
                 "市城市管理局、属地区市政府（管委）", "《城市道路管理条例》第二十三条",
                 "2026-01-01 起", "不在有效期", "SZ-1 · 县级",
                 "/api/v1/duties.csv?lang=zh"):  # fmt: skip
        assert word in drawn, word
    drawn = house.page("/duties", "?lang=en")
    for word in ("Street lights", "Telecom Operators", "Legal basis", "not in force"):
        assert word in drawn, word


def test_it_is_narrowed_by_its_address_and_says_so_in_its_form(house: House) -> None:
    assert listed(house.page("/duties", "?words=路灯")) == ["SZ-3"]
    assert listed(house.page("/duties", "?words=sz-2")) == ["SZ-2"]
    drawn = house.page("/duties", "?department=telecom&words=井盖&lang=en")
    assert listed(drawn) == ["SZ-1"]
    assert "/api/v1/duties.csv?words=%E4%BA%95%E7%9B%96&department=telecom&lang=en" in drawn
    assert '"value": "井盖"' in drawn
    assert listed(house.page("/duties", "?category=water_quality")) == ["SZ-4"]


def test_pages_are_led_through_by_their_addresses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "A_PAGE", 2)
    first = house.page("/duties", "?category=manhole&lang=en")
    assert listed(first) == ["SZ-1", "SZ-2"]
    assert '"data-page": "first"' not in first
    assert "category=manhole&lang=en&after=2" in first
    second = house.page("/duties", "?category=manhole&lang=en&after=2")
    assert listed(second) == ["SZ-3"]
    assert '"data-page": "next"' not in second
    assert '"data-page": "first"' in second


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", f"?words={'x' * 61}"])
def test_what_cannot_be_read_is_told(house: House, query: str) -> None:
    drawn = house.page("/duties", query)
    assert "地址中的条件无效" in drawn
    assert listed(drawn) == []


def test_nothing_found_and_no_catalogue_are_told_apart(house: House) -> None:
    assert "没有符合条件的职责" in house.page("/duties", "?words=无此事")
    house.sources.suggester = SUGGESTER
    assert "还没有权责清单" in house.page("/duties")


def test_who_may_not_search_sees_no_catalogue(house: House) -> None:
    house.signed_in(Role.SYSTEM_ADMIN)
    assert "roll-" not in house.page("/duties")


def test_the_table_holds_every_page_of_what_is_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "A_PAGE", 1)
    sheets = CatalogueSheets(house.sources, house.desk)
    sheet = sheets.sheet({"category": "manhole", "after": "2", "lang": "en"})
    assert [row[0] for row in sheet.rows] == ["SZ-1", "SZ-2", "SZ-3"]
    assert len(sheet.heads) == len(sheet.rows[0])
    assert sheet.rows[0][3:7] == [
        "电信", "County", "Telecom Operators",
        "Urban Management Bureau, The district government",
    ]  # fmt: skip
    with pytest.raises(BadInput):
        sheets.sheet({"words": "x" * 61})


def test_a_ticket_tells_whose_it_may_be_and_why(house: House) -> None:
    house.put()
    figures = MemoryFigures()
    figures.put(date(2026, 11, 23), sums(handled=7), department="housing",
                category="water_quality", district="370681")  # fmt: skip
    figures.put(date(2026, 11, 23), sums(handled=3), department="urban",
                category="water_quality", district="370681")  # fmt: skip
    object.__setattr__(house.desk, "figures", figures)
    drawn = house.page()
    assert '"data-card": "owner"' in drawn
    order = [one.split('"')[0] for one in drawn.split('"data-owner": "')[1:]]
    assert order == ["housing", "urban", "water"]
    for word in ("牵头：供水<b>", "《城市供水条例》", "/duties?words=SZ-4&lang=zh", "正在承办",
                 "近 90 天本地同类 10 件，由其办结 7 件"):  # fmt: skip
        assert word in drawn, word
    english = house.page(query="?lang=en")
    assert "Finished 7 of 10 tickets like it here in 90 days" in english
    assert "Holds it now" in english


def test_a_ticket_nobody_can_be_named_for_says_so(house: House) -> None:
    house.sources.suggester = Suggester(Catalogue(), DepartmentTable(), YANTAI)
    house.put(department=None)
    drawn = house.page()
    assert "清单中没有对应职责" in drawn
    assert "data-owner" not in drawn


def test_candidates_are_read_through_the_page_s_kept_figures(house: House) -> None:
    asked = []

    class Kept:
        def by(self, axis: str, slice_: Slice, _period: Any) -> dict[str, Any]:
            asked.append((axis, slice_.codes()))
            return {}

    house.put()
    object.__setattr__(house.desk, "figures", Kept())
    life = house.held["history"].life("12345", "T/1")
    found = candidates(house.sources, house.desk, life.ticket, life.changes)
    assert asked == [("department", {"district": "370681", "category": "water_quality"})]
    assert found[0].reasons[0].why is Why.DUTY
    assert json.dumps([one.department for one in found])
    assert life.ticket.created_at == NOW


def test_a_duty_begins_with_the_citys_own_day(house: House) -> None:
    tonight = datetime(2027, 1, 31, 18, tzinfo=UTC)  # two in the morning of the first of February
    house.sources.suggester = suggester(duty("SZ-1", valid_from=date(2027, 2, 1)))
    house.desk = replace(house.desk, now=lambda: tonight)
    assert "不在有效期" not in house.page("/duties")
    house.desk = replace(house.desk, now=lambda: tonight - timedelta(hours=3))
    assert "不在有效期" in house.page("/duties")
