"""An incident's page in browsers: live for everybody, nothing typed is lost, offline notes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data_sources.database import connect_database
from data_sources.incident_book import SqlIncidentBook
from tests.browser.test_accessible import signed_in
from tests.data_sources.test_pictures import picture
from tests.incidents import Scene
from tests.system import System, running

ROLE = "centre_staff"
LIVE_MS = 1_000


@dataclass(frozen=True)
class House:
    """A running system, two browsers in which people are signed in, and a hand on the book."""

    system: System
    one: BrowserContext
    other: BrowserContext
    book: SqlIncidentBook


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("incident")
    with running(folder, "--no-demo", LIANXIN_ACCOUNTS="on") as system:
        one = signed_in(browser, system, ROLE)
        state = one.storage_state()
        other = browser.new_context(viewport={"width": 1024, "height": 768}, storage_state=state)
        engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
        yield House(system, one, other, SqlIncidentBook(engine))
        engine.dispose()


@pytest.fixture
def pages(house: House, request: pytest.FixtureRequest) -> Iterator[tuple[Page, Page]]:
    name = f"sj-{crc32(request.node.name.encode())}"
    Scene(house.book, name=name)
    opened = []
    for context, language in ((house.one, "zh"), (house.other, "en")):
        page = context.new_page()
        page.goto(f"{house.system.url}/incidents/{name}?lang={language}")
        expect(page.locator(".inc-line")).to_have_text({"zh": "实时", "en": "Live"}[language])
        opened.append(page)
    opened[1].wait_for_timeout(1_500)  # until its line stands
    yield opened[0], opened[1]
    for page in opened:
        page.close()


def test_an_act_is_on_the_other_screen_within_a_second(pages: tuple[Page, Page]) -> None:
    one, other = pages
    one.click('.inc-card [data-act="give"]')
    form = one.locator('.inc-form[data-form="give"]')
    form.locator('[data-field="title"]').fill("入户采样")
    form.locator('[data-field="owner"]').select_option(index=1)
    form.locator("[data-send]").click()
    expect(form).to_be_hidden()
    expect(one.locator('[data-slot="task-1"]')).to_contain_text("待签收")
    expect(other.locator('[data-slot="task-1"]')).to_contain_text("入户采样", timeout=LIVE_MS)
    other.click('[data-slot="task-1"] [data-act="acknowledge"]')
    expect(one.locator('[data-slot="task-1"]')).to_contain_text("办理中", timeout=2 * LIVE_MS)


def test_when_another_day_begins_all_of_it_is_drawn_anew_and_what_is_typed_stays(
    house: House, pages: tuple[Page, Page]
) -> None:
    page, asked = pages[0], []
    now = datetime.now(UTC)
    moments = (now, now + timedelta(days=1), now + timedelta(days=1, minutes=1))
    beats = "".join(f'event: beat\ndata: {{"now": "{at.isoformat()}"}}\n\n' for at in moments)
    page.route("**/live?*", lambda route: route.fulfill(
        content_type="text/event-stream", body=beats))  # fmt: skip
    page.route("**/changes?since=0*", lambda route: (asked.append(1), route.continue_()))
    page.add_init_script("""addEventListener("DOMContentLoaded", () => {
      document.querySelector(".inc-of-stages").id = "of-yesterday"; });""")
    page.reload()
    page.fill("[data-note]", "半句话")
    expect(page.locator("#of-yesterday")).to_have_count(0)
    expect(page.locator(".inc-of-stages")).to_have_count(1)
    expect(page.locator("[data-note]")).to_have_value("半句话")
    page.wait_for_timeout(3_000)  # the line is opened again and again, and tells of the same day
    assert len(asked) == 1


def test_the_second_is_told_what_changed_and_keeps_what_was_typed(
    pages: tuple[Page, Page],
) -> None:
    one, other = pages
    for page, name in ((one, "甲"), (other, "乙")):
        page.click('[data-act="retitle"]')
        page.locator('[data-form="retitle"] [data-field="title"]').fill(name)
    one.locator('[data-form="retitle"] [data-send]').click()
    expect(other.locator("h1")).to_have_text("甲", timeout=2 * LIVE_MS)
    form = other.locator('.inc-form[data-form="retitle"]')
    form.locator("[data-send]").click()
    expect(form.locator(".inc-told")).to_contain_text("came first: Rename (甲)")
    expect(form.locator('[data-field="title"]')).to_have_value("乙")
    form.locator("[data-send]").click()
    expect(one.locator("h1")).to_have_text("乙", timeout=2 * LIVE_MS)


def test_notes_typed_offline_are_sent_in_order_once_the_line_is_back(
    house: House, pages: tuple[Page, Page]
) -> None:
    one, other = pages
    house.other.set_offline(True)
    for text in ("一号阀已开", "二号阀已开"):
        other.fill("[data-note]", text)
        other.click("[data-note-send]")
    expect(other.locator(".inc-waiting li")).to_have_text(["一号阀已开", "二号阀已开"])
    house.other.set_offline(False)
    expect(other.locator(".inc-waiting li")).to_have_count(0, timeout=20_000)
    said = one.locator('[data-list="line"] [data-act="note"] .inc-said span')
    expect(said).to_have_text(["二号阀已开", "一号阀已开"])


def test_a_photograph_is_sent_and_stands_on_the_other_screen(
    house: House, pages: tuple[Page, Page]
) -> None:
    one, other = pages
    one.click('.inc-link[data-link="1"] [data-act="find"]')
    form = one.locator('.inc-form[data-form="find"]')
    form.locator('[data-field="text"]').fill("出厂水黄")
    form.locator("[data-send]").click()
    one.click(".inc-findings [data-attach]")
    sender = one.locator(".inc-sender")
    broken = {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": b"<script>alert(1)</script>"}
    taken = {"name": "水样.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(400, 300))}
    sender.locator('input[type="file"]').last.set_input_files([broken, taken])
    rows = sender.locator(".inc-sending li")
    expect(rows.nth(0).locator(".inc-told")).to_contain_text("只收照片")
    expect(rows.nth(1)).to_contain_text("已收到")
    sender.locator("[data-cancel]").click()
    link = other.locator('.inc-findings a[data-file="picture"]')
    expect(link).to_have_text("水样.jpg", timeout=2 * LIVE_MS)
    shown = link.locator("img")
    link.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 320)
    link.press("Enter")
    large = other.locator(".inc-view img")
    expect(large).to_have_js_property("naturalWidth", 400)
    other.keyboard.press("Escape")
    expect(other.locator(".inc-view")).to_be_hidden()
    expect(link).to_be_focused()
    frame = other.locator("[data-map]")
    frame.scroll_into_view_if_needed()
    expect(other.locator("[data-map-told]")).to_have_text("No ticket whose place can be shown.")
    before = other.locator(".inc-map-drawn").get_attribute("viewBox")
    frame.press("+")
    assert other.locator(".inc-map-drawn").get_attribute("viewBox") != before
