"""The web server's process: gunicorn with gevent, what it listens on, whom it waits for."""

import gc
import time
from collections import Counter
from collections.abc import Callable
from socket import socket
from ssl import SSLSocket
from typing import Any

from flask import Response
from gevent import get_hub
from gunicorn import util
from gunicorn.app.base import BaseApplication
from gunicorn.workers.ggevent import GeventWorker

from api.headers import SafeHeaders
from data_sources import embedded
from data_sources.connect import Sources
from settings import Settings
from webserver import create_app

CONNECTIONS = 4000
MOST_EACH = 2000
"""Connections of one address: it cannot take them all."""
HANDSHAKE_S, BODY_S, SEND_S = 10.0, 60.0, 60.0


class PatientWorker(GeventWorker):  # type: ignore[misc]
    """Serves each connection in a greenlet, and waits for nobody without end.

    For a request's head gunicorn waits as long as it keeps a connection (`keepalive`); for a
    body, and for a screen that takes nothing more, the times are above.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open: Counter[str] = Counter()

    def handle(self, listener: Any, client: socket, addr: Any) -> None:
        """Serve one connection, unless its address has too many already."""
        who = addr[0] if isinstance(addr, tuple) else ""
        if self._open[who] >= MOST_EACH:
            client.close()
            return
        self._open[who] += 1
        try:
            super().handle(listener, client, addr)
        finally:
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    def handle_request(self, listener_name: Any, req: Any, sock: Any, addr: Any) -> None:
        """Serve one request; its whole body has to arrive in time, however it is cut up."""
        until, receive = time.monotonic() + BODY_S, req.unreader.chunk

        def receive_in_time(*size: int) -> bytes:
            sock.settimeout(max(until - time.monotonic(), 0.001))
            try:
                got: bytes = receive(*size)
            finally:
                sock.settimeout(SEND_S)
            return got

        sock.settimeout(SEND_S)
        req.unreader.chunk = receive_in_time
        try:
            super().handle_request(listener_name, req, sock, addr)
        finally:
            req.unreader.chunk = receive
            sock.settimeout(None)


def write_error(line: socket, status: int, reason: str, _why: str) -> None:
    """Answer a request that could not be read, in place of gunicorn's own bare page."""
    body = f"{status} {reason}\n"
    made = Response(body, status, mimetype="text/plain", headers={"Connection": "close"})
    SafeHeaders().put_on(made, secure=isinstance(line, SSLSocket))
    head = "".join(f"{name}: {value}\r\n" for name, value in made.headers)
    util.write_nonblock(line, f"HTTP/1.1 {status} {reason}\r\n{head}\r\n{body}".encode())


def tls_in_time(_config: Any, default: Callable[[], Any]) -> Any:
    """Make the TLS context, which waits for a handshake no longer than it should take."""
    context = default()
    wrap = context.wrap_socket

    def wrap_in_time(plain: socket, *args: Any, **kwargs: Any) -> Any:
        plain.settimeout(HANDSHAKE_S)
        return wrap(plain, *args, **kwargs)

    context.wrap_socket = wrap_in_time
    return context


def options(settings: Settings) -> dict[str, Any]:
    """Say what differs from gunicorn's defaults."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    said: dict[str, Any] = {
        "bind": f"{host}:{settings.port}",
        "worker_class": PatientWorker,
        "workers": 1,
        "worker_connections": CONNECTIONS,
        "timeout": 60,
        "graceful_timeout": 1,
        "keepalive": 75,
        "limit_request_line": 4094,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        # Whom to believe about a request's origin is decided in one place, by the settings.
        "forwarded_allow_ips": "",
        "proc_name": "lianxin web",
        "loglevel": "warning",
        "control_socket_disable": True,
        "post_fork": die_with_parent,
    }
    if settings.tls_cert:
        said |= {"certfile": str(settings.tls_cert), "keyfile": str(settings.tls_key)}
        said["ssl_context"] = tls_in_time
    return said


def serve(settings: Settings) -> None:
    """Serve until told to stop: one gunicorn process with gevent; the caller has patched."""

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn, told everything here and nothing by files or arguments."""

        def load_config(self) -> None:
            """Set what differs from gunicorn's defaults."""
            for name, value in options(settings).items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Any:
            """Make the application inside the worker process, after the fork."""
            pool = get_hub().threadpool
            server = create_app(
                Sources(settings), in_thread=lambda function, *args: pool.apply(function, args)
            )
            for stream in ("fanout", "incidents"):
                server.extensions[stream].start()
            pass_by_what_stays()
            return server

    util.write_error = write_error  # gunicorn has no setting for it
    Server().run()


def pass_by_what_stays() -> None:
    """Keep the collector from walking again and again over what lives as long as the process.

    A page makes a hundred thousand values. At Python's own thresholds every fifth of a department
    set off a walk over all modules and tables, 120 ms in which nobody else was answered.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def die_with_parent(_server: object, _worker: object) -> None:
    """Ask the kernel to end this process when gunicorn's master is killed."""
    embedded.die_with_parent()
