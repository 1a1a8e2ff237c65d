"""What every answer tells the browser it must not do: the security headers.

A page may load scripts, styles, fonts and data from its own server alone. Nothing is written
inline but what is listed here by its hash, and nothing may turn text into code. An answer that
is no page may load nothing at all. docs/security.md has the same table in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Response

NOTHING = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
"""The hash of no text: a style element is put into the page empty and then filled."""

STYLE_EXCEPTIONS: Mapping[str, tuple[str, ...]] = {
    "Leaflet: the map's panes and controls": (
        "'sha256-Su7lkWyrR39ozUimPZSARr9qtPsgwvk98P/VAGbG6v8='",
    ),
    "dash-leaflet: full screen": (
        "'sha256-ceeoylCL0ld4NwOaXf4vG0Z8pEknXXuzJ5ZV0Ir6ft4='",
        "'sha256-vEFWWSptvAnmTyDLqu3LdoYyHTq0QbynLLSzYwyFY4A='",
    ),
    "dash-leaflet: gestures": ("'sha256-BvJwtF3ZgG8gcdZQ022TX/OW+AK0Sm8Fw++80SG4tXU='",),
    "dash-leaflet: GeoJSON's groups": ("'sha256-zmLg9fAzhthkQar0HsYlPE8MMx315AMYJ5uAXv1DH+k='",),
    "dcc: its colours and distances": ("'sha256-X2TqJwnIiE/ceDVeAdr7v7BOWBU6CEzE6qxlNzBzvBk='",),
    "dcc.Button": ("'sha256-ITR5T9OwskhdqdsliUJRmgp9ltOFAHgXe1F7eRvGnmQ='",),
    "dcc.Checklist": (
        "'sha256-0IJGrxhCP5NUIafylLkj5118xkZH1kp5FmNio7NOckI='",
        "'sha256-Z8VokGxeiKThZOEmkdUgfW+jxbvItBwAXC8M1c4wqAM='",
    ),
    "dcc.Input": ("'sha256-VUA+tqvhK3niMn7AdszqidMFPRh9FLqxB2iINUrsiTw='",),
    "dcc.RadioItems": ("'sha256-Aq43X0SlmB69maWGob4rp/UuSHhwePalkRRExtsxOJ8='",),
    "dcc.Slider": ("'sha256-SkhFDxgIcEjMhRh19uSHWrkdnAlZ9rlskgr9yLsipa8='",),
    "dcc.Tabs": ("'sha256-uDiOZWps1U7E8/0BTaQrclYMhVhRVE4dT0vb5X6nXOw='",),
    "dcc.Textarea": ("'sha256-+QoPrsxO0auPnxSulD3bAr9CoDGgzv7YRfYE0vfxeQI='",),
    "dcc.Tooltip": ("'sha256-MJs2ke1SA6Cy3tTCZu2QH0rj0r//iNqU0idy9bM4leg='",),
    "dash-renderer: undo and redo": ("'sha256-Do5Z9ZqsPvCQTUBQS9BnDm/2+on7omuzuLYk5sbA+2s='",),
}
"""Style elements a library makes by itself, by the component that needs them.

They are those of the versions in requirements.in; of another version the browser's console
names the new hash, and tests/browser/test_policy.py fails.
"""

SAFE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in (
            *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
            *("magnetometer", "microphone", "midi", "payment", "usb"),
        )
    ),
}
HSTS = "max-age=63072000"
"""Two years. Not for other hosts below this name: those are not ours to speak for."""

BARE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


FOR_EVERYBODY: Mapping[str, str] = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What any site's page may read. The star opens it without cookies, and nothing else."""


@dataclass(frozen=True, slots=True)
class SafeHeaders:
    """Makes the headers of every answer.

    `script_hashes` are those of the scripts the pages' document carries inline, `tile_url` is
    the template of map tiles that come from another server.
    """

    script_hashes: tuple[str, ...] = ()
    tile_url: str | None = None
    _page: str = field(init=False)

    def __post_init__(self) -> None:
        """Write the policy of a page once."""
        object.__setattr__(self, "_page", page_policy(self.script_hashes, self._tiles()))

    def put_on(self, response: Response, *, secure: bool, for_everybody: bool = False) -> Response:
        """Put the headers on an answer; `secure` tells that it travels by TLS."""
        is_page = response.mimetype == "text/html"
        if for_everybody and not is_page:
            response.headers.update(FOR_EVERYBODY)
        for name, value in SAFE.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault(
            "Content-Security-Policy", self._page if is_page else BARE_POLICY
        )
        # Another server's tiles need not say that they may be embedded; they come without cookies.
        embeds = "credentialless" if self._tiles() else "require-corp"
        response.headers.setdefault("Cross-Origin-Embedder-Policy", embeds)
        if not is_page:  # a page tells nothing of the city before it has asked for more
            response.headers.setdefault("Cache-Control", "no-store")
        if secure:
            response.headers.setdefault("Strict-Transport-Security", HSTS)
        return response

    def _tiles(self) -> str | None:
        """Give where tiles come from, None where that is this server."""
        parts = urlsplit(self.tile_url or "")
        # A template may leave the server's name open: `https://{s}.example.org/…`.
        host = parts.netloc.replace("{s}", "*")
        return f"{parts.scheme}://{host}" if parts.scheme and host else None


def page_policy(script_hashes: Iterable[str], tiles: str | None) -> str:
    """Write the Content-Security-Policy of a page."""
    styles = (one for hashes in STYLE_EXCEPTIONS.values() for one in hashes)
    rules: dict[str, Iterable[str | None]] = {
        "default-src": ("'none'",),
        "script-src": ("'self'", *script_hashes),
        "style-src": ("'self'", NOTHING, *styles),
        "img-src": ("'self'", "data:", tiles),
        "font-src": ("'self'",),
        "connect-src": ("'self'",),
        "manifest-src": ("'self'",),
        "object-src": ("'none'",),
        "base-uri": ("'none'",),
        "form-action": ("'self'",),
        "frame-ancestors": ("'self'",),
    }
    return "; ".join(
        f"{name} {' '.join(one for one in sources if one)}" for name, sources in rules.items()
    )
