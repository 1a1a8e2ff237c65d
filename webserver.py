"""The web half of the door: one Flask server with the screens, the interfaces and the streams."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import flask
import structlog
from plotly.io import json as plotly_json

import callbacks
from admitting import asking, doormen_of, kept_back, named
from answering import Answering
from api import (
    alarms,
    audit,
    basemap,
    clusters,
    described,
    desk_deciding,
    desk_views,
    figure_export,
    health,
    intake,
    list_export,
    live,
    pairing,
    reveal,
    screens,
    supervising,
    ticket_export,
    tickets,
)
from api import desk as api_desk
from api.crossing import COOKIE, HEADER, Crossing
from api.doorkeeper import Doorkeeper
from api.fanout import Fanout
from api.headers import SafeHeaders
from api.open311.routes import POSTS
from api.proxies import KnownProxies
from api.rates import Bound, Rates, bounds_of
from api.walls import Walls
from bundling import ASSETS, Bundles
from callbacks import notices
from callbacks.catalogue_sheets import CatalogueSheets
from callbacks.department_sheets import DepartmentSheets
from callbacks.desk import Desk
from callbacks.desk_deciding import DeskDecisions
from callbacks.desk_pairing import DeskPairing
from callbacks.desk_table import DeskTable
from callbacks.lean import LeanDash
from callbacks.owed_sheets import OwedSheets
from callbacks.supervising import Supervising
from callbacks.ticket_table import TicketTable
from data_sources.connect import Sources
from guarding import INTAKE, keep_safe, refuse_what_harms
from incident_pages import OWN, incident_routes
from layouts import shell
from leading import WORKER, leader_routes
from opening import open311_routes, public_bound, public_paths
from partnering import partner_routes
from printing import report_routes
from responding import accountability_routes, campaign_routes, case_routes, dispute_routes

log = structlog.get_logger()

OPENAPI = Path(__file__).with_name("docs") / "openapi.json"
VERSION = "0.1.0"
COOKIELESS = (INTAKE, *POSTS)
"""What a token or a key opens, and no cookie."""
PICTURE_S = 2.0
"""How long who takes a table away waits for the numbers of this moment."""


def now() -> datetime:
    """Read the clock of this machine."""
    return datetime.now(UTC)


def create_app(
    sources: Sources, *, in_thread: Callable[..., Any] = lambda function, *args: function(*args)
) -> flask.Flask:
    """Join screens, interfaces and streams into one server; the caller starts the fan-out.

    `in_thread` runs what waits for a disk or a database without stopping the streams.
    """
    settings = sources.settings
    server = flask.Flask("lianxin", static_folder=None)
    fanout = Fanout(sources.board, demo=settings.demo, least_callers=settings.least_callers)
    server.extensions["fanout"] = fanout
    answering, rates = Answering(server, sources, in_thread), Rates(sources.rate_store)
    crossing = Crossing(sources.page_key, COOKIELESS, public_paths(settings))
    reads = Bound.per_minute("reads", settings.reads_per_minute)
    bounds = partial(bounds_of, reads=reads, public=public_bound(settings))
    # before the gate, which reads accounts
    refuse_what_harms(server, crossing, rates, bounds, settings.known_names)
    door = Doorkeeper(sources.screens, now)
    doormen = doormen_of(server, sources, now, in_thread, Walls(door, in_thread))
    for blueprint in interfaces(sources, fanout, answering, rates, door, in_thread):
        server.register_blueprint(blueprint)
    book: Any = Beside(sources.watchbook, in_thread)
    walls: Any = Beside(door, in_thread)
    desk = Desk(
        answering.dossiers, book, sources.stream, fanout.clock, settings.actor,
        figures=answering.figures, people=doormen, walls=walls, software=VERSION, clock=now,
        in_thread=in_thread,
    )  # fmt: skip
    bundles = Bundles()
    taken = exports(sources, desk, fanout, in_thread)
    pages = pages_of(server, sources, desk, bundles)
    for blueprint in (*taken, *desk_routes(sources, desk), *pages):
        server.register_blueprint(blueprint)
    hashes = add_screens(server, sources, desk, bundles)
    keep_safe(server, crossing, SafeHeaders(hashes, settings.tile_url))
    server.wsgi_app = KnownProxies(server.wsgi_app, settings.proxies)  # type: ignore[method-assign]
    return server


def exports(
    sources: Sources, desk: Desk, fanout: Fanout, in_thread: Callable[..., Any]
) -> tuple[flask.Blueprint, ...]:
    """Make what gives away as a table what is on screen."""
    pictures = partial(fanout.newest, wait_s=PICTURE_S)
    table, figures = TicketTable(sources, desk), DepartmentSheets(sources, desk, pictures)
    duties = sources.suggester.catalogue  # read now: a faulty file stops the start, not a page
    log.info("catalogue_read", duties=len(duties), version=duties.digest)
    return (
        ticket_export.blueprint(table, sources.audit, in_thread, now=now),
        figure_export.blueprint(figures, sources.audit, in_thread, now=now),
        list_export.blueprint(
            list_export.DUTIES, CatalogueSheets(sources, desk), sources.audit, in_thread, now=now
        ),
        list_export.blueprint(
            list_export.OWED, OwedSheets(sources, desk), sources.audit, in_thread, now=now
        ),
    )


def interfaces(
    sources: Sources,
    fanout: Fanout,
    answering: Answering,
    rates: Rates,
    door: Doorkeeper,
    in_thread: Callable[..., Any],
) -> tuple[flask.Blueprint, ...]:
    """Make what other programs and the pages' scripts speak to."""
    settings = sources.settings
    return (
        health.blueprint(fanout, now, sources.reference.calendar.last_known_day),
        live.blueprint(fanout, sources.knows_scope),
        basemap.blueprint(sources.basemap.layer, sources.basemap.etag),
        tickets.blueprint(sources.history.life, answering.narrowed_map, in_thread, fanout.clock),
        reveal.blueprint(
            sources.reveals, sources.history.life, now=now, in_thread=in_thread, may_reveal=named
        ),
        clusters.blueprint(answering.dossiers, fanout.clock),
        described.blueprint(OPENAPI.read_bytes()),
        alarms.blueprint(
            sources.watchbook, in_thread, sources.names, least_callers=settings.least_callers
        ),
        audit.blueprint(sources.audit, in_thread, now=now, may_read=named, kept_back=kept_back),
        screens.blueprint(door, in_thread, may_manage=named),
        intake.blueprint(
            sources.intake, intake_terms(sources, rates), now=now, in_thread=in_thread
        ),
        open311_routes(sources, rates, clock=fanout.clock, in_thread=in_thread),
    )


def pages_of(
    server: flask.Flask, sources: Sources, desk: Desk, bundles: Bundles
) -> tuple[flask.Blueprint, ...]:
    """Make the pages that are no screens of Dash, and what all pages load."""
    return (
        bundles.blueprint(),
        leader_routes(sources, desk, bundles),
        report_routes(sources, desk),
        incident_routes(server, sources, desk, bundles),
        partner_routes(sources, desk, bundles),
    )


def desk_routes(sources: Sources, desk: Desk) -> tuple[flask.Blueprint, ...]:
    """Make what the desk speaks to: its table, its views, and acts on tickets."""
    return (
        api_desk.blueprint(DeskTable(sources, desk)),
        desk_deciding.blueprint(DeskDecisions(sources, desk)),
        pairing.blueprint(DeskPairing(sources, desk)),
        supervising.blueprint(Supervising(sources, desk)),
        dispute_routes(sources, desk),
        accountability_routes(sources, desk),
        campaign_routes(sources, desk),
        case_routes(sources, desk),
        desk_views.blueprint(sources.views, desk.in_thread, now=now, who=asking),
    )


class Beside:
    """A store whose every call runs beside the event loop, which goes on meanwhile."""

    def __init__(self, store: object, in_thread: Callable[..., Any]) -> None:
        self._store, self._in_thread = store, in_thread

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._store, name)
        return lambda *given, **named: self._in_thread(partial(call, *given, **named))


def intake_terms(sources: Sources, rates: Rates) -> intake.Terms:
    """Make the intake's terms from the settings."""
    settings = sources.settings
    limit_bytes = int(settings.body_limit_mb * 1_000_000)
    bound = Bound.per_minute("intake", settings.intake_per_minute)

    def wait_s(token: str) -> float:
        # A key in Redis may be read by more people than the token's file.
        return rates.wait_s(bound, hashlib.sha256(token.encode()).hexdigest()[:16])

    return intake.Terms(sources.intake_token, limit_bytes, wait_s)


def add_screens(
    server: flask.Flask, sources: Sources, desk: Desk, bundles: Bundles
) -> tuple[str, ...]:
    """Let Dash serve the screens; give the hashes of the scripts their document has inline."""
    language = sources.settings.language
    # Its other engine first walks every part of a page in Python: a third of a long page's time.
    plotly_json.config.default_engine = "json"
    dash = LeanDash(
        "lianxin",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ASSETS),
        assets_ignore=".",  # `load` has them whole; what it leaves out is on pages that name it
        title=shell.title(language),
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        index_string=shell.index_string(language),
        on_error=notices.tell,
        csrf_token_name=COOKIE,
        csrf_header_name=HEADER,
    )
    dash.load(*(bundles.all_but("screens", kind, WORKER, OWN) for kind in ("css", "js")))
    dash.layout = shell.page
    callbacks.register_all(dash, sources, desk)
    return tuple(dash.csp_hashes())
