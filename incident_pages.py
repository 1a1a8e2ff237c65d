"""The web door's part that joins incidents: what their pages load, their stream, their routes."""

from functools import partial

from flask import Blueprint, Flask

from api import incidents as routes
from api.incident_files import add_files
from api.incident_live import IncidentLive
from bundling import Bundles
from callbacks.desk import Desk
from callbacks.incident_files import IncidentFiles
from callbacks.incidents import Incidents
from data_sources.connect import Sources
from data_sources.incident_bell import RedisBell
from layouts.document import Shell
from layouts.refusal import lost_page

OWN = "incident"
"""What the names of assets hold that are on these pages alone."""
SHEETS = ("00_fonts.css", "01_tokens.css", "02_page.css", "17_incident.css")
SCRIPTS = (
    *("clock.js", "stream.js", "press.js", "leader_kept.js", "session.js", "fault.js"),
    *("incident_drawn.js", "incident_notes.js", "incident_acts.js", "incident_files.js"),
    *("incident_course.js", "incident_map.js", "incident_board.js", "incident_day.js"),
    "incident.js",
)


def shell_of(bundles: Bundles, page: str = "incident", scripts: tuple[str, ...] = SCRIPTS) -> Shell:
    """Give what the pages load."""
    return Shell((bundles.joined(page, SHEETS),), (bundles.joined(page, scripts),), "")


def incident_routes(server: Flask, sources: Sources, desk: Desk, bundles: Bundles) -> Blueprint:
    """Make the routes of incidents; who starts the server starts `server.extensions` too."""
    bell = RedisBell(sources.redis)
    incidents = Incidents(sources, desk, shell_of(bundles), bell.ring)
    seqs = partial(desk.beside, sources.incident_book.seqs)
    live = IncidentLive(bell, incidents.changes, seqs, desk.now)
    server.extensions["incidents"] = live
    made = routes.blueprint(incidents, live, lost_page)
    add_files(made, IncidentFiles(sources, desk, incidents.command))
    return made
