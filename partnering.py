"""The web door's part that joins the registry of partners."""

from functools import partial

from flask import Blueprint

from api import partners as routes
from bundling import Bundles
from callbacks.desk import Desk
from callbacks.partners import Partners
from data_sources.connect import Sources
from data_sources.partner_book import read_partners
from incident_pages import shell_of

SCRIPTS = (
    *("leader_kept.js", "session.js", "fault.js", "incident_notes.js", "incident_acts.js"),
    "partners.js",
)


def partner_routes(sources: Sources, desk: Desk, bundles: Bundles) -> Blueprint:
    """Make the page of partners and its interfaces."""
    known = sources.names.departments.__contains__
    read = partial(read_partners, is_department=known)
    shell = shell_of(bundles, "partners", SCRIPTS)
    return routes.blueprint(Partners(sources, desk, shell, read))
