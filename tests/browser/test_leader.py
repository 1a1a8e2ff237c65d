"""A leader's tablet in Chromium: what changed, what waits, and the time without a network."""

import json
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data_sources.connect import Sources
from operations.ports import Watched
from operations.pulse.alarm import Severity
from settings import read_kept_settings
from tests.browser.accounts import sign_in, users
from tests.browser.guard import nothing_ran
from tests.browser.hours import Stage, bad, on_stage, ordinary
from tests.browser.test_policy import NOTED
from tests.system import System, running, wait_until
from tests.watched import alarm

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000
FRESH = 'main.leader[data-state="fresh"]'
TICKET: dict[str, object] = {
    "source": "demo", "external_id": "T-1", "created_at": "2026-11-24T10:00:00+08:00",
    "status": "办理中", "category": "供水管道漏水", "title": "水管漏水", "caller": "13812345678",
}  # fmt: skip
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const store = await caches.open(name);
    for (const request of await store.keys()) {
      const answer = await store.match(request);
      const text = /json|html/.test(answer.headers.get("content-type")) ? await answer.text() : "";
      found.push([name, new URL(request.url).pathname, text]);
    }
  }
  return found;
}"""
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with accounts: a leader, one to be locked, and the centre's staff."""
    data = tmp_path_factory.mktemp("leader")
    with running(data, "--no-demo", LIANXIN_ACCOUNTS="on") as started:
        for login, role in (("lead", "leader"), ("gone", "leader"), ("desk", "centre_staff")):
            users(started, "add", login, "--name", "王芳", "--role", role)
        started.post([TICKET])
        sources = Sources(read_kept_settings(data))
        critical = alarm(id="a-water", severity=Severity.CRITICAL, district="370681")
        sources.watchbook.keep(Watched(alarms=(critical,)))
        sources.close()
        yield started


@pytest.fixture(scope="module")
def stage(house: System) -> Iterator[Stage]:
    with on_stage(house.data) as made:
        yield made


@pytest.fixture
def tablet(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


def opened(tablet: BrowserContext, system: System, login: str, path: str = "/leader") -> Page:
    """Sign in and open the page."""
    page = tablet.new_page()
    page.add_init_script(NOTED)
    sign_in(page, system.url + path, login)
    page.wait_for_selector(FRESH)
    return page


@contextmanager
def without_server(system: System) -> Iterator[None]:
    """Let the web server neither answer nor refuse, as a network does that is only half there."""
    parent = psutil.Process(system.process.pid)
    web = [one for one in parent.children(recursive=True) if "web" in one.cmdline()]
    assert web
    for one in web:
        os.kill(one.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for one in web:
            os.kill(one.pid, signal.SIGCONT)


def kept_page(page: Page) -> None:
    """Wait until the device holds the page and a picture."""

    def both() -> bool:
        paths = {path for _, path, _ in page.evaluate(KEPT)}
        return {"/leader/page", "/leader/last-picture"} <= paths

    wait_until(both, 60)


def test_changes_are_told_survive_a_reload_and_are_taken_back(
    tablet: BrowserContext, house: System, stage: Stage
) -> None:
    stage.show(ordinary)
    page = opened(tablet, house, "lead", "/leader/city")
    changed = page.locator(".leader-changed")
    expect(changed.locator("[data-nothing]")).to_contain_text("第一次在这台设备上查看")
    expect(page.locator(".leader-waits [data-nothing]")).to_contain_text("没有等待处理")
    stage.show(bad)
    rows = changed.locator(".leader-row")
    expect(rows.first).to_contain_text("新的聚集")
    expect(page.locator(".leader-waiting")).to_contain_text("由值班人员确认")
    assert page.locator(".leader-waiting button").count() == 0, "a leader acknowledges nothing"
    page.reload()
    expect(rows.first).to_contain_text("新的聚集")
    told = rows.count()
    page.tap("[data-seen]")
    expect(rows).to_have_count(0)
    page.tap("[data-undo]")
    expect(rows).to_have_count(told)
    page.tap("[data-seen]")
    expect(rows).to_have_count(0)
    page.reload()
    page.wait_for_selector(FRESH)
    expect(changed.locator("[data-nothing]")).to_contain_text("没有需要留意的变化")
    nothing_ran(page)


def test_without_a_network_the_last_picture_stands_with_its_time(
    tablet: BrowserContext, house: System, stage: Stage
) -> None:
    stage.show(bad)
    page = opened(tablet, house, "lead")
    kept_page(page)
    numbers = page.locator("[data-figure-value]").all_text_contents()
    with without_server(house):
        page.reload()
        page.wait_for_selector('main.leader[data-kept="1"]')
        expect(page.locator(".leader-offline")).to_contain_text("现在连不上服务器")
        expect(page.locator(".leader-offline")).to_contain_text("的画面")
        assert page.locator("[data-figure-value]").all_text_contents() == numbers
        assert page.get_attribute("main.leader", "data-state") in ("late", "dead")
        expect(page.locator("[data-seen]")).to_be_disabled()
    page.wait_for_selector(FRESH)
    expect(page.locator(".leader-offline")).to_be_hidden()
    assert page.get_attribute("main.leader", "data-kept") == ""
    nothing_ran(page)


def test_a_device_keeps_aggregates_and_marks_and_nothing_else(
    tablet: BrowserContext, house: System, stage: Stage
) -> None:
    stage.show(bad)
    page = opened(tablet, house, "lead")
    kept_page(page)
    found: list[Any] = page.evaluate(KEPT)
    assert {name.rpartition("-")[0] for name, _, _ in found} == {
        "lianxin-leader-shell", "lianxin-leader",
    }  # fmt: skip
    paths = {path for _, path, _ in found if not path.startswith("/assets/")}
    assert paths == {"/leader/page", "/leader/last-picture"}
    (picture,) = (json.loads(text) for _, path, text in found if path == "/leader/last-picture")
    assert set(picture["picture"]["sections"]) == {
        "totals", "departments", "clusters", "alarms", "duties",
    }  # fmt: skip
    assert set(picture["picture"]["sections"]["duties"]["data"]) == {"stages"}
    stores = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    everything = stores + "".join(text for _, _, text in found)
    for said in ("王芳", 'lead"', "13812345678", "水管漏水", "T-1"):
        assert said not in everything
    assert stores.isascii(), "marks are numbers and codes"
    nothing_ran(page)


def test_signing_out_drops_the_picture(tablet: BrowserContext, house: System, stage: Stage) -> None:
    stage.show(bad)
    page = opened(tablet, house, "lead")
    kept_page(page)
    assert page.evaluate(WORKERS) == [f"{house.url}/leader"]
    page.tap(".leader-foot form button")
    page.wait_for_url("**/login?told=out")
    wait_until(lambda: page.evaluate(KEPT) == [] and page.evaluate(WORKERS) == [], 60)
    with without_server(house), pytest.raises(Exception, match="Timeout"):
        page.goto(f"{house.url}/leader", timeout=6_000)


def test_an_ended_session_drops_the_picture_too(
    tablet: BrowserContext, house: System, stage: Stage
) -> None:
    stage.show(bad)
    page = opened(tablet, house, "gone")
    kept_page(page)
    users(house, "lock", "gone")
    expect(page).to_have_url(re.compile(r"/login\?"))
    wait_until(lambda: page.evaluate(KEPT) == [] and page.evaluate(WORKERS) == [], 60)


def test_staff_acknowledge_with_a_press_and_another(
    tablet: BrowserContext, house: System, stage: Stage
) -> None:
    stage.show(bad)
    page = opened(tablet, house, "desk")
    waiting = page.locator(".leader-waiting")
    waiting.get_by_role("button", name="确认收到").tap()
    waiting.get_by_role("button", name="取消").tap()
    waiting.get_by_role("button", name="确认收到").tap()
    waiting.locator(".leader-sure").tap()
    expect(waiting.get_by_role("status")).not_to_be_empty()
    sources = Sources(read_kept_settings(house.data))
    wait_until(lambda: bool(sources.watchbook.alarm_lines("a-water")), 20)
    line = sources.watchbook.alarm_lines("a-water")[-1]
    sources.close()
    assert (line.step.value, line.actor, line.verified) == ("acknowledged", "王芳 (desk)", True)
    nothing_ran(page)
