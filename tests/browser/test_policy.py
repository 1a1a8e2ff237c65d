"""No page breaks its own policy: what a browser is told to refuse, no page of ours needs."""

import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page

from api.headers import BARE_POLICY, SAFE
from tests.browser.hours import Stage, bad, on_stage
from tests.system import running, wait_until

pytestmark = pytest.mark.browser

NOTED = """window.broken = []; document.addEventListener('securitypolicyviolation', (event) =>
  window.broken.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`))"""
# In a task of its own: what the debugger itself evaluates may do anything.
TEXT_INTO_CODE = """() => new Promise((_, no) => setTimeout(() => {
  try { new Function('1')(); } catch (error) { no(error); } }))"""
PAGES = {
    "/wall/district-370681": "main.wall",
    "/wall?scene=clusters&lang=en": 'main.wall[data-state="fresh"]',
    "/desk?words=%E6%B0%B4%E7%AE%A1": "[data-joined]",
    "/tickets/demo/T-1": ".ticket-columns",
}
"""Where nobody signs in; every page of those who do is asked the same in `test_accessible`."""

TICKET: dict[str, object] = {
    "source": "demo", "external_id": "T-1", "created_at": "2026-11-24T10:00:00+08:00",
    "status": "办理中", "category": "供水管道漏水", "title": "水管漏水", "caller": "13812345678",
}  # fmt: skip


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10):
            return True
    except urllib.error.HTTPError:
        return False


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Stage]]:
    folder = tmp_path_factory.mktemp("policy")
    with running(folder, "--no-demo") as system:
        system.post([TICKET])
        record = f"{system.url}/api/v1/tickets/demo/T-1"
        wait_until(lambda: answers(record), 20)
        with on_stage(folder) as made:
            made.show(bad)
            yield system.url, made


@pytest.mark.parametrize("path", PAGES)
def test_no_page_breaks_its_policy(page: Page, stage: tuple[str, Stage], path: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.add_init_script(NOTED)
    page.goto(stage[0] + path)
    page.wait_for_selector(PAGES[path])
    page.wait_for_load_state("load")
    page.wait_for_timeout(1200)  # what is loaded late: chunks of components, fonts, the map
    assert page.evaluate("window.broken") == []
    assert [line for line in said if "Content Security Policy" in line or "Error" in line] == []


def test_a_script_written_into_a_page_does_not_run(page: Page, stage: tuple[str, Stage]) -> None:
    page.add_init_script(NOTED)
    page.goto(stage[0] + "/")
    page.wait_for_selector(".home")
    page.evaluate("""() => {
      const made = document.createElement('script');
      made.textContent = 'window.ran = true';
      document.body.append(made);
      document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.ran = true">');
    }""")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    assert len(page.evaluate("window.broken")) >= 2
    with pytest.raises(Error, match="unsafe-eval"):
        page.evaluate(TEXT_INTO_CODE)


def test_the_event_stream_carries_the_headers_too(stage: tuple[str, Stage]) -> None:
    with urllib.request.urlopen(f"{stage[0]}/api/v1/live/city", timeout=10) as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        assert stream.headers["Content-Security-Policy"] == BARE_POLICY
        assert {*stream.headers.keys()} >= {*SAFE}
