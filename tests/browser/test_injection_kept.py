"""No text that administrators keep runs on any of their pages, whatever is written in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from callbacks import people, screens
from callbacks.audit import LINES_A_PAGE
from data_sources.connect import Sources
from data_sources.rows import us_of
from operations.people.account import Account
from operations.people.audit import Deed
from operations.people.reveal import Reveal
from operations.people.roles import Role
from operations.people.screens import Contact, Show, new_screen, pair
from settings import read_kept_settings
from tests.browser.accounts import sign_in, users
from tests.browser.guard import guarded, nothing_ran
from tests.injections import WHOLE, injections
from tests.system import System, running

SHOWN = 60
NOW = datetime.now(UTC)
SINGLE = 40 if WHOLE else 2
"""Pages of one account, beside the lists that show them all."""

pytestmark = [pytest.mark.browser, pytest.mark.timeout(7200 if WHOLE else 300)]


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a system with accounts, in which every kept text is one of the strings."""
    data = tmp_path_factory.mktemp("kept")
    with running(data, "--no-demo", LIANXIN_ACCOUNTS="on", LIANXIN_WATCH="false") as made:
        for login, role in (("sys", Role.SYSTEM_ADMIN), ("aud", Role.AUDIT_ADMIN),
                            ("cen", Role.CENTRE_STAFF)):  # fmt: skip
            users(made, "add", login, "--role", role.value)
        sources = Sources(read_kept_settings(made.data))
        for n, text in enumerate(injections()):
            keep(sources, n, text)
        sources.close()
        made.post([
            {"source": "test", "external_id": "1", "created_at": NOW.isoformat(), "status": "受理",
             "category": "自来水发黄", "text": "水发黄"}
        ])  # fmt: skip
        yield made


def keep(sources: Sources, n: int, text: str) -> None:
    """Keep a text wherever a person or their device can leave one."""
    now_us = us_of(NOW) + n
    deed = Deed(at_us=now_us, actor=text, verified=n % 2 == 0, device=text, act="people.text",
                subject=text, before=text, after=text, reason=text)  # fmt: skip
    named = Account(id=f"a{n}", login=f"p{n}", name=text[:SHOWN], roles=frozenset({Role.LEADER}),
                    made_us=now_us, department=text)  # fmt: skip
    sources.accounts.add(named, deed)
    asked = Reveal(source="test", external_id="1", field="phone", who=text, reason=text, at=NOW,
                   until=NOW + timedelta(minutes=5))  # fmt: skip
    sources.reveals.show(asked)
    code = f"{n:06d}".translate(str.maketrans("01", "ZY"))
    seen = new_screen(f"s{n}", code=code, secret=f"{n}", now_us=now_us)
    sources.screens.add(seen, Contact(now_us, text), forget_before_us=0, most=10**6)
    show = Show(room=text[:SHOWN])
    paired = pair(seen, name=text[:SHOWN], show=show, actor=text, now_us=now_us)
    sources.screens.change(replace(paired, paired_by=text))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    made = context.new_page()
    made.set_default_timeout(120_000)
    with guarded(made):
        yield made
    context.close()


def pages_of(size: int) -> range:
    """Give the numbers of all pages, of the first in the short form."""
    last = len(injections()) // size
    return range(1, (last if WHOLE else min(last, 1)) + 1)


def opened(page: Page, address: str, where: str) -> None:
    """Open a page, and see that none of its texts ran."""
    page.goto(address)
    page.wait_for_selector(where)
    nothing_ran(page)


def shown(page: Page, address: str, where: str) -> None:
    """Open a page of many texts, and see that it shows them and none of them ran."""
    opened(page, address, where)
    assert "ran" in page.locator("main").inner_text().lower(), "they are shown"


def test_people_and_walls(system: System, page: Page) -> None:
    sign_in(page, f"{system.url}/people", "sys")
    page.wait_for_selector("main")
    for number in pages_of(people.A_PAGE):
        shown(page, f"{system.url}/people?page={number}", ".keeping-table a[href*='/people/p']")
    for number in pages_of(screens.A_PAGE):
        shown(page, f"{system.url}/screens?page={number}", "#screens-list [href*='/screens/s']")
    for n in range(SINGLE):
        opened(page, f"{system.url}/people/p{n}", ".person-facts")
        opened(page, f"{system.url}/screens/s{n}", ".wall-revoke")


def test_the_audit_log(system: System, page: Page) -> None:
    sign_in(page, f"{system.url}/audit", "aud")
    page.wait_for_selector(".audit-table")
    for number in pages_of(LINES_A_PAGE):
        shown(page, f"{system.url}/audit?page={number}", ".audit-table")


def test_who_has_seen_a_ticket(system: System, page: Page) -> None:
    sign_in(page, f"{system.url}/tickets/test/1", "cen")
    page.wait_for_selector(".ticket-columns")
    shown(page, f"{system.url}/tickets/test/1", "#ticket-seen li, #ticket-seen tr")
