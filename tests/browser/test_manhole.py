"""The rattling manhole cover: three say it is not theirs, a final opinion ends that."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import grave
from tests.browser.story import keep
from tests.system import System, running

pytestmark = pytest.mark.browser

TICKET = "/tickets/12345/J-1"
ASKED = ("市城市管理局", "市住房和城乡建设局", "市生态环境局")
SHANGHAI = timedelta(hours=8)


def record(**changes: Any) -> dict[str, Any]:
    """Give the ticket as its source tells it now."""
    now = datetime.now(UTC)
    return {
        "source": "12345", "external_id": "J-1", "created_at": "2026-11-24T01:00:00Z",
        "dispatched_at": "2026-11-24T02:00:00Z", "updated_at": now.isoformat(),
        "status": "办理中", "category": "窨井盖响动破损", "department": "市城市管理局",
        "district": "芝罘区", "title": "井盖响动影响休息", "reassignments": 3,
        "text": "小区门口的井盖一过车就响，说了几次都说不归他们管。",
    } | changes  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with one ticket that has bounced."""
    data = tmp_path_factory.mktemp("manhole")
    with running(data, "--no-demo", LIANXIN_WATCH="false") as started:
        assert started.post([record()])["accepted"] == 1
        yield started


@pytest.fixture(scope="module")
def page(browser: Browser, house: System) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    made = context.new_page()
    made.set_default_timeout(60_000)
    for _ in range(60):
        made.goto(f"{house.url}{TICKET}?lang=zh")
        made.wait_for_selector("#screen h1")
        if made.locator("[data-card=ruling]").count():
            break
        time.sleep(0.5)
    yield made
    context.close()


def form(page: Page, act: str) -> Any:
    """Give the form of an act, opened where it is folded away."""
    found = page.locator(f".acting-form:has([data-act={act}])").first
    if not found.is_visible():
        page.locator(f"details:has(> .acting-form [data-act={act}]) > summary").first.click()
    return found


def press(page: Page, act: str, *, sure: bool = False) -> None:
    button = page.locator(f".acting-form [data-act={act}]").first
    button.click()
    if sure:
        expect(button).to_contain_text("再按一次确认")
        button.click()


def local(moment: datetime) -> str:
    return (moment + SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def test_a_dispute_opens_on_the_ticket_that_bounces(page: Page) -> None:
    opening = form(page, "open")
    press(page, "open")
    expect(opening.locator(".acting-told")).to_contain_text("请写明原因")
    opening.locator("[name=reason]").fill("三家都说井盖不归自己")
    press(page, "open")
    page.wait_for_url("**/disputes/ZY*")
    expect(page.locator("h1")).to_contain_text("争议 ZY")
    expect(page.locator(".dispute-head")).to_contain_text("因多次改派")
    expect(page.locator(".see-rings li[aria-current]")).to_have_text("待会商")
    assert grave(page) == []


def test_one_key_invites_who_is_suggested_and_whom_one_adds(page: Page) -> None:
    boxes = page.locator(".acting-box")
    expect(boxes.filter(has_text="市城市管理局")).to_contain_text("正在承办")
    expect(boxes.filter(has_text="市城市管理局")).to_contain_text("牵头")
    inviting = form(page, "invite")
    for box in boxes.all():
        if box.locator("strong").inner_text() not in ASKED:
            box.click()
            expect(box).to_have_attribute("aria-checked", "false")
    added = [unit for unit in ASKED if not boxes.filter(has_text=unit).count()]
    inviting.locator("select[name=departments]").select_option(label=added)
    press(page, "invite")
    expect(page.locator(".dispute-units > li")).to_have_count(3)
    expect(page.locator(".see-rings li[aria-current]")).to_have_text("会商中")


def test_each_says_it_is_not_theirs(page: Page) -> None:
    for unit in ASKED:
        name = page.locator("strong", has_text=unit)
        one = page.locator(".dispute-units > li", has=name)
        one.locator("summary").click()
        one.locator("[name=stance]").select_option("not_ours")
        one.locator("[data-act=say]").click()
        expect(one.locator(".acting-told")).to_contain_text("请写明依据")
        one.locator("[name=said]").fill("该井盖不在我单位管护名录")
        one.locator("[data-act=say]").click()
        expect(one).to_have_attribute("data-stance", "not_ours")
    keep(page, "manhole-consultation")
    expect(page.locator(".dispute-head .docket-next")).to_have_text("意见已齐，待归纳")


def test_what_is_not_agreed_goes_to_a_clinic(page: Page, house: System) -> None:
    form(page, "fail").locator("[name=reason]").fill("各执一词")
    press(page, "fail")
    expect(page.locator(".see-rings li[aria-current]")).to_have_text("会商未果")
    here = page.url
    page.goto(f"{house.url}/disputes?lang=zh")
    expect(page.locator(".docket-table tbody tr")).to_have_count(1)
    planning = form(page, "plan")
    planning.locator("[name=at]").fill(local(datetime.now(UTC)))
    planning.locator("[name=chair]").fill("李市长")
    press(page, "plan")
    page.wait_for_url("**/clinics/ZZ*")
    assert grave(page) == []
    page.goto(here)
    form(page, "schedule")
    press(page, "schedule")
    expect(page.locator(".see-rings li[aria-current]")).to_have_text("列入坐诊")


def test_a_final_opinion_names_one_lead_and_binds(page: Page, house: System) -> None:
    signing = form(page, "rule")
    signing.locator("[name=lead]").select_option(label="市住房和城乡建设局")
    signing.locator("[name=cooperating]").select_option(label=["市城市管理局"])
    press(page, "rule", sure=True)
    expect(signing.locator(".acting-told")).to_contain_text("请写明职责依据")
    signing.locator("[name=basis]").fill("权责清单：市政井盖由建设单位负责")
    signing.locator("[name=decision]").fill("由市住房和城乡建设局牵头更换井盖，市城市管理局配合")
    press(page, "rule", sure=True)
    expect(page.locator(".ruling-lock")).to_have_text("首接负责，不予回退")
    expect(page.locator(".see-rings li[aria-current]")).to_have_text("已终诊")
    assert grave(page) == []
    keep(page, "manhole-opinion")
    order = page.locator("a[href*='/api/v1/orders/']").first.get_attribute("href")
    answer = page.request.get(f"{house.url}{order}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_a_return_is_blocked_and_told(page: Page, house: System) -> None:
    back = record(status="退单", returns=1, return_reason="不属于我单位职责")
    assert house.post([back])["accepted"] == 1
    page.goto(f"{house.url}{TICKET}?lang=zh")
    history = page.locator("#ticket-history")
    for _ in range(60):
        if "不予回退" in history.inner_text():
            break
        time.sleep(0.5)
        page.reload()
        page.wait_for_selector("#ticket-history")
    expect(history).to_contain_text("不予回退：拦下“退单”")
    expect(history).to_contain_text("终诊明责")
    expect(page.locator("[data-card=ruling]")).to_contain_text("市住房和城乡建设局")
    keep(page, "manhole-blocked")
    page.goto(f"{house.url}/disputes?state=all&lang=zh")
    expect(page.locator("[data-kpi=blocked_attempts] strong")).to_have_text("1")
    expect(page.locator(".docket-side")).to_contain_text("不属于我单位职责")
    assert grave(page) == []
    keep(page, "manhole-docket")


def test_it_is_solved_and_called_back(page: Page, house: System) -> None:
    now = datetime.now(UTC).isoformat()
    done = record(status="办结", closed_at=now, department="市住房和城乡建设局",
                  callback={"at": now, "reached": True, "resolved": True})  # fmt: skip
    assert house.post([done])["accepted"] == 1
    page.goto(f"{house.url}{TICKET}?lang=zh")
    for _ in range(60):
        if "回访" in page.locator("#ticket-history").inner_text():
            break
        time.sleep(0.5)
        page.reload()
        page.wait_for_selector("#ticket-history")
    expect(page.locator("#ticket-history")).to_contain_text("回访")
    expect(page.locator("[data-kpi=blocked_attempts]")).to_have_count(0)


def test_more_tickets_of_the_matter_come_into_a_dispute(page: Page, house: System) -> None:
    more = [record(external_id=f"J-{n}", title=f"井盖又响{n}") for n in (2, 3, 4)]
    assert house.post(more)["accepted"] == 3
    chosen = "source=12345&external_id=J-2&more=12345%2FJ-3"
    gather = page.locator(".dispute-gather")
    for _ in range(60):
        page.goto(f"{house.url}/disputes?lang=zh&{chosen}")
        page.wait_for_selector(".docket-counts")
        if gather.locator("[data-ticket]").count() == 2:
            break
        time.sleep(0.5)
    gather.locator("[data-gather=open]").click()
    expect(gather.locator(".acting-told").first).to_contain_text("请写明原因")
    assert grave(page) == []
    gather.locator("input[name=reason]").fill("同一处井盖")
    gather.locator("[data-gather=open]").click()
    page.wait_for_url("**/disputes/ZY*")
    tickets = page.locator(".docket-list > li:has([data-act=leave])")
    expect(tickets).to_have_count(2)
    page.locator("summary", has_text="并入工单").click()
    page.locator(".dispute-find input").fill("J-4")
    page.keyboard.press("Enter")
    page.locator(".dispute-found [data-act=join]").click()
    expect(tickets).to_have_count(3)
    expect(page.locator(".dispute-found > li")).to_have_count(0)
    leaving = tickets.filter(has_text="井盖又响4")
    leaving.locator("summary").click()
    leaving.locator("[name=reason]").fill("另一处井盖")
    leaving.locator("[data-act=leave]").click()
    leaving.locator("[data-act=leave]").click()
    expect(tickets).to_have_count(2)
    expect(page.locator(".timeline, ol, ul").filter(has_text="另一处井盖").first).to_be_visible()
