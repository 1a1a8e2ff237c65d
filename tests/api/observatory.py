"""Mozilla's HTTP Observatory, its published scoring, applied to one answer.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring: a hundred points, less
the penalties; bonuses count where the penalties leave at least ninety.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
LEAKY = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
SIX_MONTHS_S = 15_768_000
FOR_BONUSES = 90


@dataclass(frozen=True)
class Seen:
    """One answer over HTTPS: its headers, its cookies, its text, where plain HTTP leads."""

    headers: Mapping[str, str]
    cookies: tuple[str, ...] = ()
    body: str = ""
    plain_http: str | None = None
    """None: nothing listens there; "https": it leads to the same host by TLS; else the worst."""


def csp(seen: Seen) -> int:
    """Score the Content-Security-Policy."""
    rules = _policy(seen)
    if not rules:
        return -25
    default = rules.get("default-src", {"*"})
    script, style, objects = (
        set(rules.get(name, default)) for name in ("script-src", "style-src", "object-src")
    )
    for one in (script, style):
        if any(source.startswith(("'sha", "'nonce-")) for source in one):
            one.discard("'unsafe-inline'")
    active = script.union(
        *(found for name, found in rules.items() if name not in ("img-src", "media-src"))
    )
    passive = rules.get("img-src", default) | rules.get("media-src", default)
    if script & (BROAD | INLINE) or objects & BROAD:
        return -20
    if any(source.startswith(("http:", "ftp:")) for source in active):
        return -20
    if "'unsafe-eval'" in script | style:
        return -10
    if any(source.startswith(("http:", "ftp:")) for source in passive):
        return -10
    if style & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def _policy(seen: Seen) -> dict[str, set[str]]:
    rules: dict[str, set[str]] = {}
    for rule in seen.headers.get("Content-Security-Policy", "").split(";"):
        name, *sources = rule.split() or [""]
        if name:
            rules.setdefault(name.lower(), set(sources))
    return rules


def hsts(seen: Seen) -> int:
    """Score Strict-Transport-Security, without the preload list's five points."""
    said = seen.headers.get("Strict-Transport-Security")
    age = re.search(r"max-age=(\d+)", said or "")
    if age is None:
        return -20
    return 0 if int(age[1]) >= SIX_MONTHS_S else -10


def cookies(seen: Seen) -> int:
    """Score the cookies."""
    if not seen.cookies:
        return 0
    scores = []
    guarded = hsts(seen) == 0
    for line in seen.cookies:
        for name, cookie in SimpleCookie(line).items():
            session = any(word in name.lower() for word in ("login", "sess"))
            same_site = cookie["samesite"].lower()
            if same_site not in ("", "lax", "strict", "none"):
                scores.append(-20)
            if not cookie["secure"]:
                scores.append((-10 if guarded else -40) if session else (-5 if guarded else -20))
            if session and not cookie["httponly"]:
                scores.append(-30)
            if "csrf" in name.lower() and not same_site:
                scores.append(-20)
            scores.append(5 if same_site else 0)
    return min(scores)


def cors(seen: Seen) -> int:
    """Score what other origins may read."""
    opened = seen.headers.get("Access-Control-Allow-Origin")
    sends = seen.headers.get("Access-Control-Allow-Credentials", "").lower() == "true"
    return -50 if opened not in (None, "*") and sends else 0


def redirection(seen: Seen) -> int:
    """Score where plain HTTP leads."""
    return 0 if seen.plain_http in (None, "https") else -20


def referrer(seen: Seen) -> int:
    """Score the Referrer-Policy: of a list the last word a browser knows counts."""
    said = seen.headers.get("Referrer-Policy")
    if said is None:
        return 0
    last = said.rpartition(",")[2].strip().lower()
    return 5 if last in PRIVATE else -5


def integrity(seen: Seen) -> int:
    """Score Subresource Integrity, which scripts of the same server do not need."""
    if not seen.headers.get("Content-Type", "").startswith("text/html"):
        return 0
    scores = [0]
    for tag in re.findall(r"<script\b[^>]*>", seen.body):
        source = re.search(r'src="([^"]*)"', tag)
        whole = "integrity=" in tag
        if source is None:
            continue
        if source[1].startswith(("http:", "//")):
            scores.append(-20 if whole else -50)
        elif source[1].startswith("https:"):
            scores.append(5 if whole else -5)
        else:
            scores.append(5 if whole else 0)
    return min(scores) if min(scores) < 0 else max(scores)


def content_type(seen: Seen) -> int:
    """Score X-Content-Type-Options."""
    return 0 if seen.headers.get("X-Content-Type-Options", "").lower() == "nosniff" else -5


def framing(seen: Seen) -> int:
    """Score who may put the page into a frame."""
    ancestors = _policy(seen).get("frame-ancestors", {"*"})
    if not ancestors & BROAD:
        return 5
    said = seen.headers.get("X-Frame-Options", "").upper()
    return 0 if said in ("DENY", "SAMEORIGIN") else -20


def resources(seen: Seen) -> int:
    """Score Cross-Origin-Resource-Policy."""
    said = seen.headers.get("Cross-Origin-Resource-Policy")
    known = {None: 0, "cross-origin": 0, "same-site": 10, "same-origin": 10}
    return known.get(said, -5)


TESTS = (
    *(csp, hsts, cookies, cors, redirection, referrer, integrity, content_type, framing),
    resources,
)


def score(seen: Seen) -> int:
    """Give the score of one answer."""
    found = [test(seen) for test in TESTS]
    without = 100 + sum(one for one in found if one < 0)
    bonuses = sum(one for one in found if one > 0)
    return max(without + bonuses if without >= FOR_BONUSES else without, 0)
