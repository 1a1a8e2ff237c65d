"""The web door's part that joins a leader's page: what it loads, what is kept of it offline."""

import json
from functools import partial
from hashlib import sha256
from pathlib import Path

from flask import Blueprint

from api import leader as routes
from bundling import ASSETS, Bundles
from callbacks import leader
from callbacks.desk import Desk
from data_sources.connect import Sources
from layouts.document import Shell
from layouts.refusal import lost_page
from layouts.shell import title

WORKER = "leader_worker.js"
SHEETS = ("00_fonts.css", "01_tokens.css", "02_page.css", "10_leader.css")
SCRIPTS = (
    *("numbers.js", "clock.js", "freshness.js", "stream.js", "trust.js", "pieces.js", "tables.js"),
    *("rows.js", "clusters.js", "alarms.js", "totals.js", "performance.js", "leader_kept.js"),
    *("session.js", "leader_figures.js", "leader_changes.js", "leader_rows.js"),
    *("leader_waits.js", "duty_age.js", "leader_duties.js", "leader.js"),
)
KEPT = ("/assets/fonts/lianxin-sans.woff2", "/assets/icons/lianxin-192.png")
"""What the page shows beside its sheets and scripts, and needs offline too."""


def shell_of(bundles: Bundles, assets: Path = ASSETS) -> Shell:
    """Give what the page loads; the version changes with what is behind it."""
    sheet, script = bundles.joined("leader", SHEETS), bundles.joined("leader", SCRIPTS)
    text = (assets / WORKER).read_text("utf-8")
    whole = sha256("\n".join((sheet, script, *KEPT, text)).encode()).hexdigest()[:16]
    return Shell((sheet,), (script,), whole)


def worker_of(shell: Shell, assets: Path = ASSETS) -> str:
    """Write the worker's script: what it is to keep, then what it does."""
    files = [*shell.sheets, *shell.scripts, *KEPT]
    head = f"const SHELL = {json.dumps({'version': shell.version, 'files': files})};\n"
    return head + (assets / WORKER).read_text("utf-8")


def leader_routes(sources: Sources, desk: Desk, bundles: Bundles) -> Blueprint:
    """Make the routes of the page."""
    shell = shell_of(bundles)
    language = sources.settings.language
    return routes.blueprint(
        routes.Page(
            draw=partial(leader.draw, sources, desk, shell),
            acknowledge=partial(leader.acknowledge, sources, desk),
            lost=lost_page,
            worker=worker_of(shell),
            name=title(language),
            language="zh-CN" if language == "zh" else "en",
        )
    )
