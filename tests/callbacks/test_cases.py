"""What pages and programs see of the library: readers what was published, keepers their drafts."""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Engine

from callbacks.case_acting import CaseActs
from callbacks.pages import screen
from data_sources.case_material import material_of
from operations.people.person import Ring
from operations.people.roles import Role
from operations.pulse.windows import from_us
from operations.response.case import Act, Asked
from operations.response.closing import Day
from operations.response.course import day_of
from tests.builders import LONGKOU, NOW
from tests.callbacks.test_accountability import Signed
from tests.cases import PLANTED, ZONE, Shelf
from tests.desk import desk, sources
from tests.figures import MemoryFigures, sums
from tests.incidents import WATER

READER = Signed(Role.LEADER, ring=Ring.CITY)
KEEPER = Signed(Role.CENTRE_STAFF, ring=Ring.CITY)


class House:
    """A city with its library, its pages, and who asks."""

    def __init__(self, engine: Engine) -> None:
        self.shelf = Shelf(engine)
        self.people: Any = None
        self.sources = sources(
            case_book=self.shelf.book, incident_book=self.shelf.scene.book, chains=(WATER,)
        )
        self.sources.figures = MemoryFigures()
        self.sources.case_material = lambda incident, now: material_of(
            incident, self.sources, now, least=5
        )
        self.sources.names.departments.update(
            water_company=("市水务集团", "Water Company"), health=("市卫健委", "Health")
        )
        self.sources.names.categories.update(water_yellow=("水发黄", "Yellow water"))

    def page(self, path: str, query: str = "?lang=zh") -> str:
        """Draw a page, as JSON."""
        drawn = screen(self.sources, desk(people=self.people), path, query)
        return json.dumps(
            drawn.to_plotly_json(), ensure_ascii=False, default=lambda one: one.to_plotly_json()
        )

    def acts(self) -> CaseActs:
        """Give the acts of who asks."""
        return CaseActs(self.sources, desk(people=self.people))


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


def test_an_empty_library_says_how_cases_come_and_offers_what_was_reviewed(house: House) -> None:
    house.people = READER
    page = house.page("/cases")
    assert "案例库还是空的" in page
    assert "整理成案例" not in page.replace("可以整理成案例", "")
    house.people = KEEPER
    page = house.page("/cases")
    assert f"/api/v1/cases/of/{house.shelf.scene.id}" in page
    house.shelf.draft()
    assert "/api/v1/cases/of/" not in house.page("/cases"), "it has its draft"


def test_a_draft_is_there_for_its_keepers_alone(house: House) -> None:
    held = house.shelf.draft()
    for people, is_there in ((KEEPER, True), (READER, False), (None, True)):
        house.people = people
        assert ("逐条通读" in house.page(f"/cases/{held.number}")) is is_there
        assert (held.number in house.page("/cases")) is is_there
        assert (house.acts().told(held.number) is not None) is is_there
        assert (house.acts().version(held.number) is not None) is is_there
    house.people = Signed(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    assert "逐条通读" not in house.page(f"/cases/{held.number}"), "it is another district's"


def test_a_published_case_is_told_whole_and_nobody_is_in_it(house: House) -> None:
    held = house.shelf.published()
    house.people = READER
    page = house.page(f"/cases/{held.number}")
    for words in (
        *("问题出在这里", "曾不合格，后排除", "余氯 0.02 mg/L (限值 ≥ 0.05)", "定期冲洗"),
        *("诉求 −87 %（95% 区间 −95 % 至 −60 %）", "第 0 天完成", "外部单位 1 家", "区市单位 1 家"),
        *("市水务集团", "市卫健委", "40 件", "最多一天 30 件"),
    ):
        assert words in page
    told = json.dumps(house.acts().told(held.number), ensure_ascii=False)
    for one in (page, told, house.page("/cases"), house.page(f"/cases/{held.number}", "?lang=en")):
        assert [word for word in (*PLANTED, house.shelf.scene.id) if word in one] == []
    assert "It began here".lower() in house.page(f"/cases/{held.number}", "?lang=en").lower()
    house.people = KEEPER
    assert house.shelf.scene.head.number in house.page(f"/cases/{held.number}")


def test_what_was_left_out_of_a_draft_is_not_told(house: House) -> None:
    held = house.shelf.do(house.shelf.draft(), Act.REVISE, finding_2="", measure_1="")
    house.shelf.do(held, Act.PUBLISH, read=True)
    page = house.page(f"/cases/{held.number}")
    assert "余氯" not in page
    assert "87 %" not in page
    assert "浊度 0.3 NTU" in page


def test_a_withdrawn_case_is_gone_for_readers(house: House) -> None:
    held = house.shelf.published()
    house.shelf.do(held, Act.WITHDRAW, reason="还能认出人")
    house.people = READER
    assert "定期冲洗" not in house.page(f"/cases/{held.number}")
    assert house.acts().told(held.number) is None
    assert house.acts().act(held.number, "revise", Asked(), 3, "k", "zh") is None
    house.people = KEEPER
    assert "已撤下：还能认出人" in house.page(f"/cases/{held.number}")


def test_it_is_searched_by_words_category_and_chain(house: House) -> None:
    held = house.shelf.published()
    house.people = READER
    for query, found in (("words=冲洗", True), ("words=供暖", False),
                         ("category=water_yellow", True),
                         ("chain=water&words=余氯", True), ("chain=heating", False)):  # fmt: skip
        page = house.page("/cases", f"?lang=zh&{query}")
        assert (f"/cases/{held.number}" in page) is found
        assert ("没有符合条件的案例" in page) is not found
    assert [one["number"] for one in house.acts().listed("冲洗", "", "", None)["rows"]] == [
        held.number
    ]


def test_cases_like_one_are_those_of_its_category_and_chain(house: House) -> None:
    first = house.shelf.published()
    second = house.shelf.published(house.shelf.another(book=house.shelf.scene.book))
    page = house.page(f"/cases/{second.number}")
    assert f"/cases/{first.number}?" in page
    assert "还没有同类案例" not in page


def test_acts_are_told_in_words(house: House) -> None:
    done, _, there = house.acts().begin(house.shelf.scene.id, "k", "zh")
    assert (done, there["href"]) == (True, "/cases/AL2026-0001")
    assert house.acts().begin(house.shelf.scene.id, "other", "zh")[2] == {"field": "incident"}
    done, told, there = acted(house, "publish", Asked(), 1)
    assert (done, there) == (False, {"field": "read"})
    assert "勾选" in told
    done, told, _ = acted(house, "publish", Asked(read=True), 7)
    assert not done
    assert "整理成案例" in told, "who came first, and what they did"
    assert acted(house, "publish", Asked(read=True), 1)[0]


def acted(house: House, act: str, asked: Asked, version: int) -> tuple[bool, str, Any]:
    """Act on the first case."""
    found = house.acts().act("AL2026-0001", act, asked, version, f"{act} {version}", "zh")
    assert found is not None
    return found


def test_what_a_case_is_drafted_from_hides_the_city_s_own_names(house: House) -> None:
    found = house.sources.case_material(house.shelf.scene.id, NOW)
    assert found is not None
    assert {"龙口市", "龙口", "Longkou", "芦头镇", "芦头", "松泉花园"} <= found.known()
    assert {"李建国", "三和物业", house.shelf.scene.head.number} <= found.known()
    assert "water_company" not in found.known()
    assert house.sources.case_material("none", NOW) is None


def test_a_case_of_a_long_matter_tells_its_whole_course_and_its_peak(house: House) -> None:
    scene, day_us = house.shelf.scene, 86_400_000_000
    head = replace(scene.head, closed_us=scene.head.opened_us + 45 * day_us)
    first = day_of(head.opened_us, ZONE)
    for n in range(-75, 60):
        count = sums(opened=max(5, 80 - 4 * n) if n >= 0 else 5)
        codes = {"category": head.category, "district": head.district or ""}
        house.sources.figures.put(first + timedelta(days=n), count, **codes)
    whole, book = replace(scene.whole, head=head), house.sources.incident_book
    house.sources.incident_book = SimpleNamespace(
        whole=lambda _one: whole, tickets=lambda _one, most: [], count_tickets=lambda _one: 40,
        head=lambda _one: head,
    )  # fmt: skip
    found = house.sources.case_material(scene.id, from_us(head.opened_us + 60 * day_us))
    house.sources.incident_book = book
    assert [(one.day - first).days for one in found.days] == list(range(-14, 46))
    assert max(one.count for one in found.days) == 80
    house.people = KEEPER
    house.sources.case_material = lambda _incident, _now: found
    assert house.acts().begin(scene.id, "k", "zh")[0]
    page = house.page("/cases/AL2026-0001")
    assert "最多一天 80 件（立案当天），平时每天约 5.0 件；最后连续 " in page
    assert all(word in page for word in ("高于平时", "平时范围内", "色淡：立案前", "立案前 14 天"))


@pytest.mark.parametrize(
    ("counts", "usual", "told"),
    [
        ((9, 3), 0.0, "最多一天 9 件（立案前 1 天），平时几乎没有；到最后一天仍高于平时"),
        ((9, None), 0.04, "最多一天 9 件（立案前 1 天），平时几乎没有；最后一天情况不明"),
        ((9, 1), 0.05, "最多一天 9 件（立案前 1 天），平时每天约 0.1 件；最后一天正常"),
        ((0, 1), 2.0, "最多一天 1 件（立案当天），平时每天约 2.0 件；最后连续 2 天正常"),
    ],
)
def test_a_course_is_told_in_words_that_make_sense_of_nothing_too(
    house: House, counts: tuple[int | None, ...], usual: float, told: str
) -> None:
    first = day_of(house.shelf.scene.head.opened_us, ZONE) - timedelta(days=1)
    days = [Day(first + timedelta(days=n), one, usual, 2.0) for n, one in enumerate(counts)]
    material = house.sources.case_material(house.shelf.scene.id, NOW)
    house.sources.case_material = lambda _incident, _now: replace(material, days=days)
    house.people = KEEPER
    assert house.acts().begin(house.shelf.scene.id, "k", "zh")[0]
    assert told in house.page("/cases/AL2026-0001")
