"""Whose word about a request's origin is taken: the declared proxy's, and nobody else's."""

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

from api.answers import problem
from api.headers import SafeHeaders

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class KnownProxies:
    """Reads `X-Forwarded-For`, `-Proto` and `-Host` of one hop, from these networks alone.

    Where a proxy is declared, nobody else is answered in the clear but this machine.
    """

    def __init__(
        self, app: "WSGIApplication", proxies: Sequence[IPv4Network | IPv6Network]
    ) -> None:
        self._app, self._proxies = app, proxies
        self._behind = ProxyFix(app, x_for=1, x_proto=1, x_host=1, x_port=0, x_prefix=0)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request."""
        if not self._proxies:
            return self._app(environ, start_response)
        try:
            peer = ip_address(environ.get("REMOTE_ADDR", ""))
            peer = getattr(peer, "ipv4_mapped", None) or peer  # as a server on :: sees them
        except ValueError:
            return self._app(environ, start_response)
        if any(peer in network for network in self._proxies):
            return self._behind(environ, start_response)
        if not peer.is_loopback and environ.get("wsgi.url_scheme") != "https":
            refused = problem(403, "address", "this server is reached through its HTTPS proxy")
            return SafeHeaders().put_on(refused, secure=False)(environ, start_response)
        return self._app(environ, start_response)
