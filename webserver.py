"""The web half of the door: one Flask server with the screens, the interfaces and the streams."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import flask
import structlog
from dash import Dash
from flask_caching import Cache

import callbacks
from admitting import doormen_of
from api import alarms, basemap, clusters, health, intake, live, tickets
from api.dossiers import Dossiers
from api.fanout import Fanout
from api.narrowed import NarrowedMap
from callbacks import notices
from callbacks.desk import Desk
from data_sources import embedded
from data_sources.connect import Sources
from data_sources.redis_server import reaching
from layouts import shell
from operations.detection.evidence.dossier import Terms
from operations.errors import Unreachable
from settings import Settings

log = structlog.get_logger()

ASSETS = Path(__file__).with_name("assets")
CACHE_S = 60
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


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
    fanout = Fanout(sources.board, demo=settings.demo)
    server.extensions["fanout"] = fanout
    doormen = doormen_of(server, sources, now, in_thread)
    cache = Answers(server, sources)
    dossiers = dossiers_of(sources, cache, in_thread)
    for blueprint in (
        health.blueprint(fanout, now),
        live.blueprint(fanout, sources.knows_scope),
        basemap.blueprint(sources.basemap.layer, sources.basemap.etag),
        tickets.blueprint(
            sources.history.life, narrowed_map(sources, cache, in_thread), in_thread, fanout.clock
        ),
        clusters.blueprint(dossiers, fanout.clock),
        alarms.blueprint(sources.watchbook, in_thread, least_callers=settings.least_callers),
        intake.blueprint(sources.intake, intake_terms(sources), now=now, in_thread=in_thread),
    ):
        server.register_blueprint(blueprint)
    book: Any = Beside(sources.watchbook, in_thread)
    actor = settings.actor
    desk = Desk(dossiers, book, sources.stream, fanout.clock, actor, doormen)
    add_screens(server, sources, desk)

    @server.after_request
    def keep_safe(response: flask.Response) -> flask.Response:
        for name, value in SAFE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return server


class Answers:
    """Answers kept in Redis for all web processes; while it is away everything is asked anew."""

    def __init__(self, server: flask.Flask, sources: Sources) -> None:
        config = {
            "CACHE_TYPE": "RedisCache",
            "CACHE_REDIS_HOST": sources.redis,
            "CACHE_KEY_PREFIX": "lianxin:cache:",
            "CACHE_DEFAULT_TIMEOUT": CACHE_S,
        }
        self._cache = Cache(server, config=config)

    def get(self, key: str) -> Any:
        """Give a kept answer, None where there is none."""
        with suppress(Unreachable), reaching():
            return self._cache.get(key)
        return None

    def set(self, key: str, value: Any) -> None:
        """Keep an answer for a minute."""
        with suppress(Unreachable), reaching():
            self._cache.set(key, value)


class Beside:
    """A store whose every call runs beside the event loop, which goes on meanwhile."""

    def __init__(self, store: object, in_thread: Callable[..., Any]) -> None:
        self._store, self._in_thread = store, in_thread

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._store, name)
        return lambda *given, **named: self._in_thread(partial(call, *given, **named))


def narrowed_map(sources: Sources, cache: Answers, in_thread: Callable[..., Any]) -> NarrowedMap:
    """Make the map's drill-down."""
    return NarrowedMap(
        sources.history,
        cache,
        least_callers=sources.settings.least_callers,
        in_thread=in_thread,
    )


def dossiers_of(sources: Sources, cache: Answers, in_thread: Callable[..., Any]) -> Dossiers:
    """Make the reader of the evidence on clusters."""
    settings = sources.settings
    terms = Terms(
        zone=sources.reference.zone,
        zones=sources.reference.zones,
        least_callers=settings.least_callers,
        raised_d=7 / settings.alerts_per_week,
    )
    return Dossiers(sources.watchbook, sources.reports, cache, terms, in_thread=in_thread)


def intake_terms(sources: Sources) -> intake.Terms:
    """Make the intake's terms from the settings."""
    settings = sources.settings
    limit_bytes = int(settings.body_limit_mb * 1_000_000)
    return intake.Terms(
        sources.intake_token, limit_bytes, intake.RateLimit(settings.intake_per_minute)
    )


def add_screens(server: flask.Flask, sources: Sources, desk: Desk) -> None:
    """Let Dash serve the screens."""
    language = sources.settings.language
    dash = Dash(
        "lianxin",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ASSETS),
        title=shell.title(language),
        update_title="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        index_string=shell.index_string(language),
        on_error=notices.tell,
    )
    dash.layout = shell.page
    callbacks.register_all(dash, sources, desk)


def serve(settings: Settings) -> None:
    """Serve until told to stop: one gunicorn process with gevent; the caller has patched."""
    from gevent import get_hub  # noqa: PLC0415 - only this process lives on gevent
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, told everything here and nothing by files or arguments."""

        def load_config(self) -> None:
            """Set what differs from gunicorn's defaults."""
            for name, value in {
                "bind": f"{settings.host}:{settings.port}",
                "worker_class": "gevent",
                "workers": 1,
                "worker_connections": 4000,
                "timeout": 60,
                "graceful_timeout": 1,
                "keepalive": 75,
                "proc_name": "lianxin web",
                "loglevel": "warning",
                "control_socket_disable": True,
                "post_fork": die_with_parent,
            }.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> flask.Flask:
            """Make the application inside the worker process, after the fork."""
            pool = get_hub().threadpool
            server = create_app(
                Sources(settings), in_thread=lambda function, *args: pool.apply(function, args)
            )
            server.extensions["fanout"].start()
            return server

    Server().run()


def die_with_parent(_server: object, _worker: object) -> None:
    """Ask the kernel to end this process when gunicorn's master is killed."""
    embedded.die_with_parent()
