"""The shipped nginx configuration in front of a running system, as a browser sees it."""

import itertools
import os
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from api.headers import HSTS
from tests.api import observatory
from tests.certificates import certificate
from tests.nginx_server import NoNginx, nginx
from tests.system import System, running
from tests.walls import let_in

pytestmark = pytest.mark.browser

# Seven lines are one more than a browser opens to a server that speaks HTTP/1.1.
SEVEN = """async () => {
  const lines = Array.from({length: 7}, () => new EventSource('/api/v1/live/city'));
  await Promise.all(lines.map((line) => new Promise((told) => {
    line.addEventListener('beat', told, {once: true}); })));
  const started = performance.now();
  const page = await fetch('/wall?lang=en', {cache: 'no-store'});
  await page.text();
  const took = performance.now() - started;
  lines.forEach((line) => line.close());
  return [page.status, took];
}"""


@dataclass(frozen=True)
class Site:
    """A system behind nginx."""

    system: System
    http: str
    https: str
    cert: Path
    wall: dict[str, str]

    def get(self, path: str) -> urllib.request.addinfourl:
        """Ask by TLS, trusting the site's own certificate."""
        trusting = ssl.create_default_context(cafile=str(self.cert))
        cookie = {"Cookie": "{name}={value}".format(**self.wall)}
        request = urllib.request.Request(self.https + path, headers=cookie)
        answer: urllib.request.addinfourl = urllib.request.urlopen(
            request, timeout=10, context=trusting
        )
        return answer


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    cert, key = certificate(folder)
    behind = {"LIANXIN_TRUSTED_PROXY": "127.0.0.1", "LIANXIN_ACCOUNTS": "on"}
    with running(folder / "var", "--no-demo", **behind) as system:
        try:
            with nginx(folder, system.port, cert, key) as (http, https):
                yield Site(system, http, https, cert, let_in(folder / "var"))
        except NoNginx:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("no nginx (package nginx-light)")


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(ignore_https_errors=True)
    context.add_cookies([site.wall | {"url": site.https}])
    yield context.new_page()
    context.close()


def test_a_wall_lives_over_http_2_and_seven_streams_do_not_block_it(page: Page, site: Site) -> None:
    page.goto(site.https + "/wall")
    page.wait_for_selector('main.wall:not([data-seq=""])')
    spoken = "performance.getEntriesByType('navigation')[0].nextHopProtocol"
    assert page.evaluate(spoken) == "h2"
    status, took_ms = page.evaluate(SEVEN)
    assert status == 200
    assert took_ms < 2000


def test_an_action_passes_from_page_to_server(page: Page, site: Site) -> None:
    page.goto(site.https + "/")
    page.wait_for_selector(".home")  # drawn by a callback: it carried the token and its origin
    (cookie,) = (one for one in page.context.cookies() if one["name"] == "lianxin_csrf")
    assert cookie["secure"] is True


def test_frames_arrive_as_they_are_made(site: Site) -> None:
    with site.get("/api/v1/live/city") as stream:
        assert "gzip" not in stream.headers.get("Content-Encoding", "")
        beats = []
        while len(beats) < 4:
            if stream.readline() == b"event: beat\n":
                beats.append(time.monotonic())
    gaps = [after - before for before, after in itertools.pairwise(beats)]
    assert max(gaps) < 1.6, "one a second, none held back"


def test_plain_http_leads_to_the_same_host_by_tls(site: Site) -> None:
    class Stay(urllib.request.HTTPRedirectHandler):
        """Follows nothing."""

        def redirect_request(self, *_args: object, **_named: object) -> None:
            """Stay."""

    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.build_opener(Stay).open(site.http + "/wall?lang=en", timeout=5)
    with told.value as moved:
        assert moved.code == 301
        assert moved.headers["Location"] == "https://localhost/wall?lang=en"


@pytest.mark.parametrize("path", ["/api/v1/alarms", "/api/v1/tickets", "/metrics"])
def test_a_program_is_not_led_from_plain_http(site: Site, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(site.http + path, timeout=5)
    with told.value as refused:
        assert refused.code == 403
        assert b"https" in refused.read()


@pytest.mark.parametrize("path", ["/wall", "/api/v1/alarms", "/assets/live.js"])
def test_what_comes_through_is_worth_the_best_grade(site: Site, path: str) -> None:
    with site.get(path) as answer:
        cookies = tuple(answer.headers.get_all("Set-Cookie") or ())
        headers = dict(answer.headers)
        assert answer.headers.get_all("Strict-Transport-Security") == [HSTS]
        text = answer.read().decode()
    seen = observatory.Seen(headers, cookies, text, plain_http="https")
    assert observatory.score(seen) >= 120


def test_what_nginx_says_itself_is_safe_too(site: Site) -> None:
    request = urllib.request.Request(site.https + "/api/v1/alarms", b"x" * 1_200_000)
    trusting = ssl.create_default_context(cafile=str(site.cert))
    with pytest.raises(urllib.error.HTTPError) as told:
        urllib.request.urlopen(request, timeout=10, context=trusting)
    with told.value as refused:
        assert refused.code == 413
        assert observatory.score(observatory.Seen(dict(refused.headers))) >= 120
