"""A leader's page, what makes it installable, and the one thing that is done on it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from api.answers import answer, problem

SCOPE = "/leader"
WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the page's worker may do: ask this server, nothing else."""

NO_STORE = {"Cache-Control": "no-store"}
ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))


@dataclass(frozen=True, slots=True)
class Page:
    """What the routes give out.

    `draw(scope, query)` writes a page, scope None being that of who asks, and gives None for an
    unknown scope; `acknowledge(alarm, version, query)` tells whether it was done and what to say;
    `worker` is the text of the script that keeps the page for the time offline.
    """

    draw: Callable[[str | None, str], str | None]
    acknowledge: Callable[[str, int, str], tuple[bool, str]]
    lost: Callable[[], str]
    worker: str
    name: str
    language: str


def blueprint(page: Page) -> Blueprint:
    """Make the routes below `/leader`."""
    routes = Blueprint("leader", __name__, url_prefix=SCOPE)

    def drawn(scope: str | None) -> Response:
        written = page.draw(scope, _query())
        if written is None:
            return Response(page.lost(), 404, mimetype="text/html")
        return Response(written, mimetype="text/html", headers=NO_STORE)

    @routes.get("", strict_slashes=False)
    def get_own() -> Response:
        """Give the page of who asks."""
        return drawn(None)

    @routes.get("/<scope>")
    def get_scope(scope: str) -> Response:
        """Give the page of a scope."""
        return drawn(scope)

    @routes.post("/alarms/<name>/acknowledge")
    def post_acknowledged(name: str) -> Response:
        """Acknowledge an alarm as it was seen: `{"version": 3}`."""
        return _acknowledged(page, name)

    _add_installing(routes, page)
    return routes


def _acknowledged(page: Page, name: str) -> Response:
    said = request.get_json(silent=True)
    version = said.get("version") if isinstance(said, dict) else None
    if type(version) is not int:
        return problem(400, "version", "say the version of the alarm that was seen")
    done, told = page.acknowledge(name, version, _query())
    return answer(200 if done else 409, {"done": done, "told": told}, **NO_STORE)


def _query() -> str:
    return request.query_string.decode("utf-8", "replace")


def _add_installing(routes: Blueprint, page: Page) -> None:
    @routes.get("/manifest.webmanifest")
    def get_manifest() -> Response:
        """Tell a browser how the page is installed."""
        return Response(
            json.dumps(manifest(page), ensure_ascii=False),
            mimetype="application/manifest+json",
            headers={"Cache-Control": "no-cache"},
        )

    @routes.get("/worker.js")
    def get_worker() -> Response:
        """Give the script that keeps the page; it reaches no further than the page itself."""
        headers = {
            "Service-Worker-Allowed": SCOPE,
            "Content-Security-Policy": WORKER_POLICY,
            "Cache-Control": "no-cache",
        }
        return Response(page.worker, mimetype="text/javascript", headers=headers)


def manifest(page: Page) -> dict[str, Any]:
    """Say what the installed page is called, where it begins and what it looks like."""
    return {
        "id": SCOPE,
        "name": page.name,
        "short_name": page.name.partition(" ")[0],
        "lang": page.language,
        "start_url": SCOPE,
        "scope": SCOPE,
        "display": "standalone",
        "background_color": "#10151b",
        "theme_color": "#10151b",
        "icons": [
            {
                "src": f"/assets/icons/lianxin-{'mask-' if use == 'maskable' else ''}{size}.png",
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": use,
            }
            for size, use in ICONS
        ],
    }
