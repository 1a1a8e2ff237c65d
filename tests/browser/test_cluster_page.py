"""The evidence on a cluster in a browser: acted on, renewed, printed, reached and left again."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data_sources.database import connect_database
from data_sources.ledger import SqlLedger
from data_sources.migrate import migrate
from data_sources.rows import us_of
from data_sources.watchbook import SqlWatchbook
from operations.ports import Watched
from operations.pulse.alarm import AlarmState
from tests.browser.inside import history_past
from tests.builders import ticket
from tests.clusters import CENTRE, HOUR_US, cluster, line
from tests.system import ROOT, free_port, wait_until
from tests.valkey_server import ValkeyServer
from tests.watched import alarm

pytestmark = pytest.mark.browser

STATE = ".alarm-state"
TOLD = ".act-told"


@dataclass(frozen=True)
class Web:
    """A web process alone, and the watchbook it reads: nobody but the test changes it."""

    url: str
    book: SqlWatchbook
    now_us: int

    def keep(self, **changes: Any) -> str:
        """Keep a cluster of twelve callers with its raised alarm, and give its page's address."""
        name = f"c-{us_of(datetime.now(UTC))}"
        told = cluster(
            id=name, category="water_yellow", members=tuple(("demo", f"T-{n}") for n in range(12)),
            start_us=self.now_us - 6 * HOUR_US, newest_us=self.now_us, as_of_us=self.now_us,
            born_us=self.now_us - HOUR_US, changed_us=self.now_us, **changes,
        )  # fmt: skip
        raised = alarm(id=f"a-{name}", reasons=(replace(alarm().reasons[0], subject=name),),
                       raised_us=self.now_us, changed_us=self.now_us)  # fmt: skip
        born = line(cluster=name, at_us=self.now_us - HOUR_US, start_us=told.evidence.start_us)
        self.book.keep(Watched(clusters=(told,), cluster_lines=(born,), alarms=(raised,)))
        return f"{self.url}/clusters/{name}"

    def grow(self, page: str, callers: int) -> None:
        """Let a cluster grow."""
        held = self.book.cluster(page.rsplit("/", 1)[1])
        assert held is not None
        said = replace(held.evidence, callers=callers)
        self.book.keep(
            Watched(clusters=(replace(held, evidence=said, changed_us=held.changed_us + 1),))
        )


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer) -> Iterator[Web]:
    data = tmp_path_factory.mktemp("page")
    engine = connect_database(f"sqlite:///{data}/ledger.sqlite")
    migrate(engine)
    now = datetime.now(UTC)
    around = [
        ticket(external_id=f"T-{n}", caller_key=f"c{n}", category="water_yellow",
               created_at=now - timedelta(minutes=20 * n + 1), department="water_bureau",
               latitude=CENTRE[0], longitude=CENTRE[1] + (n % 2) * 0.002)
        for n in range(12)
    ]  # fmt: skip
    past = [
        ticket(external_id=f"P-{n}", caller_key=f"p{n}", category="water_yellow",
               created_at=now - timedelta(days=n + 1), latitude=CENTRE[0] + 0.02)
        for n in range(40)
    ]  # fmt: skip
    SqlLedger(engine).store([*around, *past], clock=now)
    port = free_port()
    env = {"REDIS_URL": valkey_server.url, "PORT": str(port), "LIANXIN_DATA_DIR": str(data)}
    with (Path(data) / "web.out").open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py", "web"], env=os.environ | env, cwd=ROOT,
            stdout=out, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            url = f"http://127.0.0.1:{port}"
            wait_until(lambda: _answers(f"{url}/clusters"), 60, process)
            yield Web(url, SqlWatchbook(engine), us_of(now))
        finally:
            process.terminate()
            process.wait(10)
            engine.dispose()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False


def open_page(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}{query}")
    page.wait_for_selector("main.dossier .course svg")
    page.evaluate("window.neverReloaded = true")


def test_acknowledge_shelve_and_take_back(page: Page, web: Web) -> None:
    open_page(page, web.keep())
    expect(page.locator(STATE)).to_contain_text("未确认")
    page.locator(".act-acknowledge").click()
    expect(page.locator(TOLD)).to_contain_text("已确认")
    expect(page.locator(STATE)).to_contain_text("值班员")
    expect(page.locator(".act-acknowledge")).to_be_hidden()
    page.locator("#act-note").fill("等水厂回复")
    page.locator(".act-2h").click()
    expect(page.locator(STATE)).to_contain_text("已搁置")
    expect(page.locator("#act-note")).to_have_value("")
    expect(page.locator(".part-history")).to_contain_text("等水厂回复")
    expect(page.locator(".part-history")).to_contain_text("未核实")
    page.locator(".act-unshelve").click()
    expect(page.locator(STATE)).to_contain_text("未确认")
    assert page.evaluate("window.neverReloaded") is True


def test_second_of_two_is_told_and_loses_nothing_typed(
    page: Page, browser: Browser, web: Web
) -> None:
    address = web.keep()
    open_page(page, address)
    other = browser.new_page()
    try:
        open_page(other, address)
        page.locator("#act-actor").fill("王建国")
        page.locator("#act-note").fill("已通知水务")
        page.locator("#shelve-hours").fill("1.5")
        other.locator("#act-actor").fill("李敏")
        other.locator(".act-acknowledge").click()
        expect(other.locator(STATE)).to_contain_text("已确认")
    finally:
        other.close()
    page.locator(".act-other").click()
    expect(page.locator(TOLD)).to_contain_text("没有执行")
    expect(page.locator(TOLD)).to_contain_text("李敏")
    expect(page.locator("#act-note")).to_have_value("已通知水务")
    expect(page.locator("#shelve-hours")).to_have_value("1.5")
    expect(page.locator(STATE)).to_contain_text("已确认")
    page.locator(".act-other").click()
    expect(page.locator(STATE)).to_contain_text("已搁置")
    held = web.book.alarm(f"a-{address.rsplit('/', 1)[1]}")
    assert held is not None
    assert (held.state, held.actor) == (AlarmState.SHELVED, "王建国")


def test_news_comes_by_itself_and_waits_for_who_is_typing(page: Page, web: Web) -> None:
    address = web.keep()
    open_page(page, address)
    past = history_past(page)
    page.evaluate("document.querySelector('.map').marked = true")
    web.grow(address, 15)
    number = page.locator('[data-kpi="callers"]')
    expect(number).to_have_text("15")
    assert page.evaluate("document.querySelector('.map').marked") is True, "the map stays"
    page.locator("#act-note").fill("正在写")
    web.grow(address, 18)
    expect(page.locator(".news")).to_be_visible()
    expect(number).to_have_text("15")
    page.locator(".news").click()
    expect(number).to_have_text("18")
    expect(page.locator("#act-note")).to_have_value("正在写")
    assert page.evaluate("window.neverReloaded") is True
    assert history_past(page) - past < 12, "presses and keys are kept by the renderer, no more"


def test_page_says_how_fresh_it_is(page: Page, web: Web) -> None:
    open_page(page, web.keep())
    before = page.locator(".fresh-as-of").inner_text()
    expect(page.locator(".fresh-as-of")).not_to_have_text(before)
    expect(page.locator(".fresh-as-of")).to_contain_text("Asia/Shanghai")


def test_page_talks_to_its_own_server_alone_and_says_no_private_word(page: Page, web: Web) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    open_page(page, web.keep())
    page.wait_for_timeout(6000)
    assert [url for url in asked if not url.startswith((web.url, "data:", "blob:"))] == []
    assert errors == []
    everything = page.content()
    for private in ("T-1", "caller", "南山街道", "家里的自来水"):
        assert private not in everything.replace("callers", "")


def test_way_back_is_the_wall_as_it_was(page: Page, web: Web) -> None:
    address = web.keep()
    page.goto(f"{web.url}/wall?measure=overdue")
    page.evaluate(f"location.assign('{address}')")
    page.wait_for_selector("main.dossier .course svg")
    page.locator("[data-way-back]").click()
    page.wait_for_url("**/wall?measure=overdue")


def test_a_server_that_is_gone_is_said(page: Page, web: Web) -> None:
    open_page(page, web.keep())
    page.context.set_offline(True)
    try:
        expect(page.locator('main[data-state="dead"]')).to_have_count(1)
        expect(page.locator(".fresh-words")).to_contain_text("连不上服务器")
        expect(page.locator('[data-kpi="callers"]')).to_have_text("12")
    finally:
        page.context.set_offline(False)
    expect(page.locator('main[data-state="fresh"]')).to_have_count(1)


def test_a_database_that_is_away_is_said(page: Page, web: Web) -> None:
    open_page(page, web.keep())
    away = "**/api/v1/clusters/*/version"
    page.route(away, lambda route: route.fulfill(status=503, json={"error": {}}))
    expect(page.locator('main[data-state="late"]')).to_have_count(1)
    expect(page.locator(".fresh-words")).to_contain_text("数据库")
    expect(page.locator('[data-kpi="callers"]')).to_have_text("12")
    page.unroute(away)
    expect(page.locator('main[data-state="fresh"]')).to_have_count(1)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_page_reflows_and_its_targets_are_large(page: Page, web: Web, language: str) -> None:
    open_page(page, web.keep(), f"?lang={language}")
    for width in (320, 390, 768, 1024, 1920, 3840):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """[...document.querySelectorAll('main.dossier :is(button, a, input, summary)')]
            .map((one) => [one.className || one.id || one.textContent, one.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.height < 44 || box.width < 24))
            .map(([name]) => name)"""
        )
        assert small == [], width


def test_list_leads_to_the_page_and_keeps_its_filter_in_the_address(page: Page, web: Web) -> None:
    address = web.keep()
    page.goto(f"{web.url}/clusters")
    page.wait_for_selector(".cluster-rows")
    page.get_by_role("link", name="自来水发黄", exact=True).click()
    page.wait_for_url("**category=water_yellow**")
    page.locator(f'a[href^="{address.removeprefix(web.url)}"]').click()
    page.wait_for_selector("main.dossier .course svg")
    page.go_back()
    page.wait_for_url("**category=water_yellow**")
    page.wait_for_selector(".cluster-rows")


def test_paper_has_a_line_that_says_whose_it_is(page: Page, web: Web) -> None:
    open_page(page, web.keep())
    page.emulate_media(media="print")
    expect(page.locator(".watermark")).to_be_visible()
    expect(page.locator(".watermark")).to_contain_text("内部资料")
    expect(page.locator(".act-form")).to_be_hidden()
    white = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert white == "rgb(255, 255, 255)"
