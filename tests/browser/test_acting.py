"""Who is signed in acts under their own account, in a real Chromium."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from data_sources.connect import Sources
from data_sources.rows import us_of
from operations.ports import Watched
from operations.pulse.alarm import AlarmState
from settings import read_kept_settings
from tests.browser.accounts import sign_in, users
from tests.clusters import HOUR_US, cluster, line
from tests.system import System, running
from tests.watched import alarm

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Give a running system with accounts: one who handles alarms, one who only looks."""
    data = tmp_path_factory.mktemp("acting")
    settings = {"LIANXIN_ACCOUNTS": "on", "LIANXIN_WATCH": "false"}
    with running(data, "--no-demo", **settings) as started:
        users(started, "add", "wang", "--name", "王芳", "--role", "centre_staff")
        users(started, "add", "head", "--name", "赵局", "--role", "leader")
        yield started


@pytest.fixture(scope="module")
def sources(house: System) -> Iterator[Sources]:
    made = Sources(read_kept_settings(house.data))
    yield made
    made.close()


@pytest.fixture
def name(sources: Sources) -> str:
    """Keep a cluster with its raised alarm, and give its name."""
    now_us = us_of(datetime.now(UTC))
    name = f"c-{now_us}"
    told = cluster(id=name, start_us=now_us - 6 * HOUR_US, newest_us=now_us, as_of_us=now_us,
                   born_us=now_us - HOUR_US, changed_us=now_us)  # fmt: skip
    raised = alarm(id=f"a-{name}", reasons=(replace(alarm().reasons[0], subject=name),),
                   raised_us=now_us, changed_us=now_us)  # fmt: skip
    born = line(cluster=name, at_us=now_us - HOUR_US, start_us=told.evidence.start_us)
    sources.watchbook.keep(Watched(clusters=(told,), cluster_lines=(born,), alarms=(raised,)))
    return name


def test_an_alarm_is_acknowledged_by_an_account(
    house: System, sources: Sources, page: Page, name: str
) -> None:
    page.context.clear_cookies()
    sign_in(page, f"{house.url}/clusters/{name}")
    page.wait_for_selector("main.dossier")
    assert page.locator("#act-actor").get_attribute("readonly") is not None
    expect(page.locator("#act-actor")).to_have_value("王芳 (wang)")
    page.fill("#act-note", "已通知水务")
    page.click(".act-acknowledge")
    expect(page.locator(".act-told")).to_contain_text("已确认", timeout=20_000)
    held = sources.watchbook.alarm(f"a-{name}")
    assert held is not None
    assert held.state is AlarmState.ACKNOWLEDGED
    *_, last = sources.audit.lines()
    assert (last.line.actor, last.line.verified) == ("王芳 (wang)", True)
    assert name in last.line.subject


def test_who_only_looks_is_offered_nothing(house: System, page: Page, name: str) -> None:
    page.context.clear_cookies()
    sign_in(page, f"{house.url}/clusters/{name}", login="head")
    page.wait_for_selector("main.dossier .part-history")
    expect(page.locator(".part-alarm")).to_contain_text("由值班人员确认")
    expect(page.locator(".act-acknowledge, #act-note")).to_have_count(0)
