"""Yellow tap water in Longkou, from the first ticket to the review of its incident."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import grave
from tests.browser.lived_city import LivedCity
from tests.browser.story import keep
from tests.system import System, running, wait_until

pytestmark = pytest.mark.browser

BEGIN = datetime(2026, 11, 17, 22, tzinfo=UTC)
"""Six in the morning of a Wednesday in Yantai."""

BASELINE_D = 2
CALLED = ("市卫生健康委员会", "龙口市住房和城乡建设局", "龙口市政府", "市生态环境局")
OUTSIDE = ("南山水厂", "东莱街道办事处")
LED_BY = "龙口市供水公司"
TOLD = ("龙口", "东莱", "南山", *CALLED[1:3], *OUTSIDE)
"""Words by which the place could be told."""


@dataclass
class House:
    """A running system, the city that lives on it, a desk's page on it and a wall's."""

    system: System
    city: LivedCity
    page: Page
    wall: Page
    home: str = ""

    def goto(self, address: str) -> None:
        self.page.goto(f"{self.system.url}{address}")


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    lived: list[LivedCity] = []
    with running(
        tmp_path_factory.mktemp("yellow"), "--no-demo",
        first=lambda system: lived.append(LivedCity(system, BEGIN, history_d=65)),
        LIANXIN_CLOCK="stream", LIANXIN_INCIDENT_BASELINE_D=str(BASELINE_D),
    ) as system:  # fmt: skip
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        page = context.new_page()
        page.set_default_timeout(30_000)
        wall = context.new_page()
        wall.set_viewport_size({"width": 1920, "height": 1080})
        yield House(system, lived[0], page, wall)
        context.close()


def form(page: Page, button: Locator, **filled: str) -> None:
    """Press a button, fill its form, send it."""
    name = button.get_attribute("data-form")
    button.click()
    box = page.locator(f'.inc-form[data-form="{name}"]')
    for field, value in filled.items():
        control = box.locator(f'[data-field="{field}"]')
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(label=value)
        else:
            control.fill(value)
    box.locator("[data-send]").click()
    expect(box).to_be_hidden()


def act(page: Page, name: str, *, sure: bool = False, within: str = ".inc-page") -> None:
    """Press the first button of an act, twice where it asks."""
    button = page.locator(f'{within} button[data-act="{name}"]').first
    button.click()
    if sure:
        expect(button).to_contain_text("再按一次")
        button.click()


def link(page: Page, number: int) -> Locator:
    return page.locator(f'.inc-link[data-link="{number}"]')


def stage(page: Page) -> Locator:
    return page.locator(".inc-steps [aria-current=step]")


def test_the_first_tickets_raise_an_alarm(house: House) -> None:
    house.city.play("yellow_water", timedelta(hours=1))
    house.city.live(4.5)
    wait_until(lambda: bool(found(house)), 120)
    house.wall.goto(f"{house.system.url}/wall?scene=clusters&lang=zh")
    expect(house.wall.locator("main.wall")).to_contain_text("自来水发黄")
    keep(house.wall, "yellow-alarm")


def found(house: House) -> list[dict[str, Any]]:
    """Give the alarms of a cluster of yellow water."""
    told: Any = house.system.get("/api/v1/alarms")
    return [
        one for one in told["alarms"]
        if one["category"] == "water_yellow"
        and any(why["cause"] == "cluster" for why in one["reasons"])
    ]  # fmt: skip


def test_an_incident_is_opened_from_the_cluster(house: House) -> None:
    page = house.page
    why = next(one for one in found(house)[0]["reasons"] if one["cause"] == "cluster")
    house.goto(f"/clusters/{why['subject']}?lang=zh")
    page.locator("a[href^='/incidents?cluster=']").click()
    opening = page.locator(".inc-open")
    expect(opening.locator('[data-field="title"]')).to_have_value("龙口市自来水发黄")
    opening.locator('[data-field="severity"]').select_option(label="较大")
    opening.locator('[data-field="lead"]').select_option(label=LED_BY)
    opening.locator("[data-open_incident], [data-open-incident]").click()
    page.wait_for_url("**/incidents/*")
    house.home = page.url
    expect(page.locator("h1")).to_have_text("龙口市自来水发黄")
    expect(stage(page)).to_have_text("监测")
    expect(page.locator(".inc-link")).to_have_count(4)


def test_six_parties_are_called_and_check_in_beside_the_lead(house: House) -> None:
    page = house.page
    for name in CALLED:
        form(page, page.locator('button[data-act="summon"]'), party=name, task="查明发黄原因")
    for name in OUTSIDE:
        form(page, page.locator('button[data-act="summon"]'), outside=name, unlisted="供这一片的水",
             task="查明发黄原因")  # fmt: skip
    parties = page.locator(".inc-parties > li")
    expect(parties).to_have_count(7)
    for name in (LED_BY, *CALLED, *OUTSIDE):
        one = parties.filter(has_text=name)
        one.locator('button[data-act="check_in"]').click()
        expect(one).to_have_attribute("data-state", "present")
    act(page, "assess")
    expect(stage(page)).to_have_text("研判")


def test_the_chain_is_examined_link_by_link(house: House) -> None:
    page = house.page
    find = 'button[data-act="find"]'
    form(page, link(page, 4).locator(find), text="入户取水，水样呈黄色",
         quantity="浑浊度", value="6.2", unit="NTU", limit="1")  # fmt: skip
    act(page, "suspect", within='.inc-link[data-link="4"]')
    form(page, link(page, 3).locator(find), text="小区进水口取样，与户内一致",
         quantity="浑浊度", value="5.8", unit="NTU", limit="1")  # fmt: skip
    form(page, link(page, 2).locator(find), text="管网末梢取样，锰随流程不再升高",
         quantity="锰", value="0.31", unit="mg/L", limit="0.1")  # fmt: skip
    form(page, link(page, 1).locator(find), text="出厂水锰超限，原水锰升高",
         quantity="锰", value="0.30", unit="mg/L", limit="0.1")  # fmt: skip
    act(page, "fail", within='.inc-link[data-link="1"]')
    expect(link(page, 1)).to_have_attribute("data-first", "yes")
    expect(link(page, 1)).to_contain_text("问题首先出在这里")
    act(page, "respond")
    expect(stage(page)).to_have_text("响应")


def test_the_plant_and_the_ends_of_the_pipes_are_seen_to(house: House) -> None:
    page = house.page
    form(page, link(page, 1).locator('button[data-act="plan"]'), title="水厂投加高锰酸钾，强化除锰",
         owner=LED_BY, within_min="1 天", effect="出厂水锰降到 0.1 mg/L 以下")  # fmt: skip
    form(page, link(page, 2).locator('button[data-act="plan"]'), title="管网末梢排放冲洗",
         owner=LED_BY, within_min="1 天", effect="末梢浑浊度降到 1 NTU 以下")  # fmt: skip
    form(page, page.locator('button[data-act="give"]'), title="逐户上门说明并取样",
         owner=CALLED[2], within_min="1 天")  # fmt: skip
    form(page, page.locator('button[data-act="decide"]'), text="冲洗期间向南山片区送水",
         basis="供水应急预案")  # fmt: skip
    form(page, page.locator('button[data-act="report"]'),
         situation="龙口南山片区多个小区自来水发黄", done="六家单位到场，逐环节取样",
         next="水厂调整工艺，末梢冲洗", needs="送水车四辆")  # fmt: skip
    for number in (1, 2):
        act(page, "begin", within=f'.inc-link[data-link="{number}"]')
        expect(link(page, number).locator(".inc-measures > li")).to_have_attribute(
            "data-state", "running"
        )
    assert grave(page) == []
    keep(page, "yellow-responding")


def test_the_wall_shows_it_and_what_was_typed_only_once_released(house: House) -> None:
    page, wall, words = house.page, house.wall, "南山片区供水抢修，今晚恢复"
    wall.goto(f"{house.system.url}/wall?scene=incidents&lang=zh")
    case = wall.locator("[data-matter=case]")
    expect(case.locator("[data-matter=title]")).to_have_text("自来水发黄")
    expect(case.locator("[data-matters=chain] > li").first).to_contain_text("问题首先出在这里")
    assert OUTSIDE[0] not in wall.content()
    form(page, page.locator('button[data-act="release"]'), released=words)
    expect(case.locator("[data-matter=title]")).to_have_text(words)
    keep(wall, "yellow-incident-wall")


def test_what_comes_in_joins_by_itself(house: House) -> None:
    page = house.page
    before = tickets(page)
    house.city.live(5)
    expect(page.locator(".inc-of-head")).not_to_contain_text(f"工单{before}", timeout=90_000)
    assert tickets(page) > before


def tickets(page: Page) -> int:
    row = page.locator(".inc-facts > div", has=page.locator("dt", has_text="工单"))
    return int(row.locator("dd").inner_text())


def test_measured_clear_it_is_declared_controlled(house: House) -> None:
    page = house.page
    house.city.live(12, step=timedelta(hours=4))
    act(page, "acknowledge")
    form(page, page.locator('.inc-tasks button[data-act="finish"]'), told="走访 64 户，均已说明")
    for number, said in ((1, "出厂水锰达标"), (2, "末梢冲洗后达标"), (3, "小区进水口达标"),
                         (4, "入户复测清澈")):  # fmt: skip
        if number < 3:
            act(page, "complete", sure=True, within=f'.inc-link[data-link="{number}"]')
        form(page, link(page, number).locator('button[data-act="find"]'), text=said,
             quantity="浑浊度", value="0.4", unit="NTU", limit="1")  # fmt: skip
        act(page, "clear", within=f'.inc-link[data-link="{number}"]')
        expect(link(page, number)).to_have_attribute("data-state", "cleared")
    act(page, "control", sure=True)
    expect(stage(page)).to_have_text("受控")


def test_back_at_the_baseline_it_is_closed_and_reviewed(house: House) -> None:
    page = house.page
    house.city.live(24 * (BASELINE_D + 1), step=timedelta(hours=6))
    wait_until(lambda: offered(house), 60)
    expect(page.locator(".inc-of-series")).to_contain_text("1 天高于基线")
    keep(page, "yellow-baseline")
    act(page, "close", sure=True)
    expect(stage(page)).to_have_text("关闭")
    form(page, page.locator('button[data-act="learn"]'),
         text="原水锰升高要先预警到水厂，不等投诉", owner=LED_BY)  # fmt: skip
    expect(page.locator(".inc-of-lessons")).to_contain_text("不等投诉")
    act(page, "review", sure=True)
    expect(stage(page)).to_have_text("复盘")
    expect(link(page, 1).locator('button[data-act="find"]')).to_be_hidden()
    assert grave(page) == []
    keep(page, "yellow-reviewed")


def test_what_it_taught_is_told_in_the_library_without_names(house: House) -> None:
    page = house.page
    page.locator('.inc-of-stages a[href^="/cases"]').click()
    page.locator('[data-act="begin"]').click()
    page.wait_for_url("**/cases/AL2026-0001**")
    passages = page.locator(".case-passage textarea")
    expect(passages.first).to_be_visible()
    kept = "\n".join(passages.evaluate_all("nodes => nodes.map((node) => node.value)"))
    assert "预警到水厂" in kept
    shown = kept.replace("南山片区", "") + page.locator(".case-facts").inner_text()
    assert [word for word in TOLD if word in shown] == [], "南山片区 stands in no list of places"
    for passage in page.locator(".case-passage", has=page.locator(".case-doubts")).all():
        typed = passage.locator("textarea")
        typed.fill(typed.input_value().replace("南山片区", "受影响片区"))
    keep(page, "yellow-draft")
    summary = page.locator('[data-passage="summary/0"] textarea')
    summary.fill("东莱街道一带水黄，源头锰高，冲洗后恢复")
    page.locator('[data-act="publish"]').click()
    page.locator('[data-act="publish"]').click()
    expect(page.locator(".acting-told", has_text="请先保存")).to_be_visible()
    page.locator('[data-act="revise"]').click()
    expect(summary).to_have_value("****一带水黄，源头锰高，冲洗后恢复")
    page.locator('[data-box="read"]').click()
    page.locator('[data-act="publish"]').click()
    page.locator('[data-act="publish"]').click()
    expect(page.locator(".docket-state")).to_have_text("已收录")
    expect(page.locator('.case-chain > [data-began="yes"]')).to_contain_text("源头")
    assert [word for word in TOLD if word in page.locator(".case-body").inner_text()] == []
    assert grave(page) == []
    keep(page, "yellow-case")
    house.goto("/cases?lang=zh&words=锰")
    expect(page.locator(".case-cards > li")).to_have_count(1)


def offered(house: House) -> bool:
    """Tell whether the page offers to close it on the figures."""
    house.page.goto(house.home)
    house.page.wait_for_selector(".inc-steps")
    back = f"最近 {BASELINE_D + 1} 天在基线内"  # every whole day but that of the opening
    told = house.page.locator(".inc-of-series").inner_text()
    return back in told and house.page.locator('button[data-act="close"]').count() > 0
