"""What other sites may not make a browser do here: changes, callbacks and streams.

1. A request that a page of another site caused is refused, by what the browser says of it
   (`Sec-Fetch-Site`, `Origin`). Following a link to a page of ours is no such thing.
2. A change carries a token that only a page of ours can read: the cookie's value once more in
   a header, or in a form's field. It is signed, so that a neighbour who can plant a cookie
   cannot make one up.
3. What is let in by a bearer token instead of a cookie needs neither: no browser sends that by
   itself.
4. What is for everybody any page may read: it is the same whoever asks.
"""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass

import structlog
from flask import Request, Response

from api.answers import problem

log = structlog.get_logger()

COOKIE, HEADER, FIELD = "lianxin_csrf", "X-CSRF-Token", "csrf_token"
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
OWN_SITES = ("same-origin", "none")
"""`none`: typed by a person or opened by a program."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """Refuses what crosses from another site.

    `key` signs the tokens; `cookieless` are the paths that are opened by a bearer token alone,
    `for_everybody` is what the paths begin with that anybody may read.
    """

    key: bytes
    cookieless: Collection[str] = ()
    for_everybody: tuple[str, ...] = ()

    def refusal(self, asked: Request) -> Response | None:
        """Refuse a request that another site caused, or a change without the token."""
        if asked.method in SAFE_METHODS:
            if asked.path.startswith(self.for_everybody) or _is_link(asked) or _is_own(asked):
                return None
            reason = "another site's page asked for this; open ours"
            return _refused(asked, "Sec-Fetch-Site", reason)
        if asked.path in self.cookieless:
            return None
        if not _is_own(asked):
            return _refused(asked, "Origin", "another site's page asked for this change; use ours")
        given = asked.headers.get(HEADER) or _field(asked)
        kept = asked.cookies.get(COOKIE, "")
        if self.made(kept) and hmac.compare_digest(kept.encode(), given.encode()):
            return None
        reason = f"send the value of the cookie {COOKIE} in this header too; reload the page"
        return _refused(asked, HEADER, reason)

    def hand_out(self, asked: Request, response: Response) -> Response:
        """Give a page the token, unless the browser has a good one."""
        if response.mimetype == "text/html" and not self.made(asked.cookies.get(COOKIE, "")):
            response.set_cookie(COOKIE, self.token(), secure=asked.is_secure, samesite="Lax")
        return response

    def token(self) -> str:
        """Make a token."""
        seed = secrets.token_urlsafe(18)
        return f"{seed}.{self._signature(seed)}"

    def made(self, token: str) -> bool:
        """Tell whether a token was made here."""
        seed, dot, signature = token.partition(".")
        own = self._signature(seed).encode()
        return bool(seed and dot) and hmac.compare_digest(own, signature.encode())

    def _signature(self, seed: str) -> str:
        return hmac.new(self.key, f"csrf {seed}".encode(), hashlib.sha256).hexdigest()


def _refused(asked: Request, field: str, reason: str) -> Response:
    log.warning("crossing_refused", field=field, path=asked.path, client=asked.remote_addr)
    return problem(403, field, reason)


def _is_own(asked: Request) -> bool:
    """Tell whether a page of ours, or no page at all, caused a request."""
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None and site not in OWN_SITES:
        return False
    origin = asked.headers.get("Origin")
    return origin is None or origin == f"{asked.scheme}://{asked.host}"


def _is_link(asked: Request) -> bool:
    """Tell whether a person is being led to a page, in a window and not in a frame."""
    headers = asked.headers
    whole = headers.get("Sec-Fetch-Dest") == "document"
    return headers.get("Sec-Fetch-Mode") == "navigate" and whole


def _field(asked: Request) -> str:
    """Read the token of a plain form; no other body is read for it."""
    is_form = asked.mimetype == "application/x-www-form-urlencoded"
    return asked.form.get(FIELD, "") if is_form else ""
