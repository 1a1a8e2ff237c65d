"""Every page: open to people who cannot see or point, and within its own policy."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from data_sources.campaign_book import SqlCampaignBook
from data_sources.database import connect_database
from data_sources.incident_book import SqlIncidentBook
from data_sources.incident_files import SqlIncidentFiles
from operations.response.campaign import Act, Asked
from operations.response.campaigning import Campaigning, Staff
from operations.response.incident import Kind
from tests.accountability import WORDS, Room, evidence
from tests.browser.accounts import sign_in, users
from tests.browser.axe import grave
from tests.browser.hours import bad, on_stage
from tests.browser.test_policy import NOTED
from tests.campaigns import asked as campaign
from tests.cases import Shelf, reviewed
from tests.data_sources.test_pictures import picture
from tests.incidents import Scene
from tests.sealing import sealer
from tests.system import System, running
from tests.turns import in_turn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROLES = ("centre_staff", "leader", "security_admin", "audit_admin", "system_admin")
NOBODY = ""
LIVE = "main.wall[data-seq]:not([data-seq=''])"
PAGES = {
    "/login": (NOBODY, "#login-name"),
    "/pair": (NOBODY, "main"),
    "/": ("centre_staff", ".home"),
    "/wall": ("centre_staff", LIVE),
    "/wall?scene=map": ("centre_staff", LIVE),
    "/wall?scene=departments": ("centre_staff", LIVE),
    "/wall?scene=clusters": ("centre_staff", LIVE),
    "/wall?scene=alarm-a-water": ("centre_staff", LIVE),
    "/clusters": ("centre_staff", "main"),
    "/clusters/c-water": ("centre_staff", "main"),
    "/desk": ("centre_staff", ".desk-title"),
    "/supervision": ("centre_staff", ".owed-none"),
    "/duties": ("centre_staff", ".roll-table"),
    "/disputes": ("centre_staff", ".docket-counts"),
    "/tickets/demo/T-1": ("centre_staff", ".ticket-columns"),
    "/incidents": ("centre_staff", ".inc-board"),
    "/incidents/sj-bad": ("centre_staff", ".inc-link[data-first=yes]"),
    "/partners": ("centre_staff", ".inc-series"),
    "/account": ("centre_staff", "main"),
    "/nowhere": ("centre_staff", "main"),
    "/leader": ("leader", "main"),
    "/departments": ("leader", "main"),
    "/campaigns": ("leader", "main table"),
    "/campaigns/GJ2026-0001": ("leader", ".campaign-chart svg"),
    "/cases": ("centre_staff", ".case-cards"),
    "/cases/AL2026-0001": ("leader", ".case-chain"),
    "/cases/AL2026-0002": ("centre_staff", "[data-act=publish]"),
    "/accountability": ("leader", ".account-ladder"),
    "/accountability/WZ2026-0001": ("leader", "[data-act=approve]"),
    "/reports": ("leader", "main"),
    "/departments/water": ("leader", "main"),
    "/people": ("security_admin", "main table"),
    "/people/leader": ("security_admin", "main"),
    "/audit": ("audit_admin", "main table"),
    "/screens": ("system_admin", "main"),
}
TICKET: dict[str, object] = {
    "source": "demo", "external_id": "T-1", "created_at": "2026-11-24T10:00:00+08:00",
    "status": "办理中", "category": "供水管道漏水", "title": "水管漏水", "caller": "13812345678",
    "department": "water", "due_at": "2026-12-01T10:00:00+08:00",
}  # fmt: skip


@dataclass(frozen=True)
class House:
    """A running system in a bad hour, and a browser for each role that signed in there."""

    system: System
    browsers: dict[str, BrowserContext]


@pytest.fixture(scope="module")
def house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("accessible")
    with ExitStack() as held:
        system = held.enter_context(running(folder, "--no-demo", LIANXIN_ACCOUNTS="on"))
        system.post([TICKET])
        # Before the worker is held, which may keep the database to itself at that moment.
        browsers = {role: signed_in(browser, system, role) for role in (NOBODY, *ROLES)}
        _open_incident(folder)
        _propose(folder)
        held.enter_context(on_stage(folder)).show(bad)
        yield House(system, browsers)


def _open_incident(folder: Path) -> None:
    """Keep an incident with a failing link and something of every kind."""
    engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
    files = SqlIncidentFiles(engine, sealer(folder))
    scene = Scene(SqlIncidentBook(engine, files=files), name="sj-bad", files=files)
    scene.act("find", link=1, text="看了", quantity="铁", value=0.9, unit="mg/L", limit=0.3)
    scene.on(Kind.LINK, 1, "fail")
    scene.act("plan", title="冲洗", owner="water_company", link=1, within_min=30)
    scene.on(Kind.MEASURE, 1, "begin")
    scene.act("give", title="采样", owner="health", within_min=30)
    for name, at in ((b"one", "finding"), (b"two", "measure"), (b"three", "task")):
        scene.attach(at=at, data=picture() + name)
    scene.act("summon", party="health", task="采样")
    scene.act("appoint", role="commander", person="王")
    scene.act("decide", text="先冲洗")
    scene.act("report", situation="黄水", done="采样", next="冲洗", needs="水车")
    scene.act("pin", number=scene.act("note", text="水厂来电").seq)
    engine.dispose()


def _propose(folder: Path) -> None:
    """Keep a matter of accountability that waits, a campaign that runs, cases of the library."""
    engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
    Room(engine).proposed(evidence=(evidence(), WORDS))
    zone, now = ZoneInfo("Asia/Shanghai"), datetime.now(UTC)
    staff = Staff(SqlCampaignBook(engine), lambda *_: True, zone)
    people, today = Campaigning(staff, "王", now, verified=True), now.astimezone(zone).date()
    period = {"first": today - timedelta(days=2), "last": today + timedelta(days=20)}
    held = people.plan(campaign(**period), None, key="k")
    held = people.act(held.number, Act.BEGIN, Asked(), expected_version=1)
    wanted = Asked(title="冲洗", owner="water", due=today)
    people.act(held.number, Act.ADD, wanted, expected_version=2)
    incidents = SqlIncidentBook(engine)
    shelf = Shelf(engine, reviewed(book=incidents, name="sj-told"))
    shelf.published()
    shelf.draft(shelf.another(book=incidents, name="sj-draft"))
    engine.dispose()


def signed_in(browser: Browser, system: System, role: str) -> BrowserContext:
    """Give a browser in which somebody of a role is signed in."""
    made = browser.new_context(viewport={"width": 1366, "height": 900})
    if role == NOBODY:
        return made
    users(system, "add", role, "--name", "王芳", "--role", role)
    page = made.new_page()
    sign_in(page, f"{system.url}/account", role)
    page.wait_for_url("**/account*")
    page.close()
    return made


@pytest.mark.parametrize(("path", "language"), in_turn(PAGES, ("zh", "en")))
def test_nothing_grave_is_found(house: House, path: str, language: str) -> None:
    role, stands = PAGES[path]
    page = house.browsers[role].new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(NOTED)
    opened = page.goto(f"{house.system.url}{path}{'&' if '?' in path else '?'}lang={language}")
    assert opened is not None
    expect(page.locator(stands).first).to_be_visible(timeout=30_000)
    _settle(page)
    broken = page.evaluate("window.broken")
    found = grave(page)
    page.close()
    assert found == []
    assert broken == []
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def _settle(page: Page) -> None:
    page.wait_for_load_state("load")
    page.wait_for_timeout(700)  # what is written into the page after it is drawn
