"""A page of another site cannot act here, in a browser that would send it the cookies."""

import http.server
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.system import System

pytestmark = pytest.mark.browser

# What a hostile page can make a browser do without asking: send a form, open a frame.
SEND_FORM = """url => { const form = document.createElement('form'); form.method = 'POST';
  form.action = url; form.enctype = 'text/plain'; document.body.append(form); form.submit(); }"""
OPEN_FRAME = """url => { const frame = document.createElement('iframe'); frame.src = url;
  document.body.append(frame); }"""


class Elsewhere(http.server.BaseHTTPRequestHandler):
    """Another site with an empty page."""

    def do_GET(self) -> None:
        """Give the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>elsewhere</title>")

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("trick", "path"),
    [(SEND_FORM, "/_dash-update-component"), (OPEN_FRAME, "/api/v1/live/city"),
     (OPEN_FRAME, "/wall")],
)  # fmt: skip
def test_another_site_s_page_is_refused(
    page: Page, system: System, elsewhere: str, trick: str, path: str
) -> None:
    page.goto(system.url + "/")
    page.wait_for_selector(".home")
    page.goto(elsewhere)
    with page.expect_response(f"**{path}") as told:
        page.evaluate(trick, system.url + path)
    assert told.value.status == 403


def test_a_link_from_another_site_leads_to_a_page_that_works(
    page: Page, system: System, elsewhere: str
) -> None:
    page.goto(elsewhere)
    page.evaluate(
        "url => { const link = document.createElement('a'); link.href = url;"
        " document.body.append(link); link.click(); }",
        system.url + "/",
    )
    page.wait_for_selector(".home")
