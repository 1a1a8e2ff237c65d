"""Another city's Open311 server: asked at its own address and nowhere else, within bounds."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import requests

from data_sources.feeds.open311.answers import read_rows
from operations.errors import BadInput, Unreachable

CONNECT_S, READ_S, WHOLE_S = 10.0, 30.0, 120.0
MOST_BYTES = 50_000_000
PIECE = 1 << 16
LONGEST_WAIT_S = 3600.0
AGENT = "Lianxin-Open311/1"


class Busy(Unreachable):
    """The server does not answer as it should now; `wait_s` is how long it asks to be left."""

    def __init__(self, message: str, wait_s: float = 0.0) -> None:
        super().__init__(message)
        self.wait_s = wait_s


class Declined(BadInput):
    """The server answers that it will not: asking the same again would not help."""


def _session() -> requests.Session:
    session = requests.Session()
    # No proxy, password or certificate of the surroundings: only what the settings name.
    session.trust_env = False
    session.headers["User-Agent"] = AGENT
    return session


@dataclass
class Endpoint:
    """One server. Redirects are not followed: they would lead elsewhere."""

    url: str
    form: str = "json"
    jurisdiction: str = ""
    monotonic: Callable[[], float] = time.monotonic
    session: requests.Session = field(default_factory=_session)

    @property
    def name(self) -> str:
        """What its tickets are told to come from."""
        return self.jurisdiction or (urlsplit(self.url).hostname or "")

    def find(self, asked: Mapping[str, str]) -> list[Any]:
        """Ask for requests.

        Raises Busy when trying again can help, Declined or BadInput when it cannot.
        """
        named = {"jurisdiction_id": self.jurisdiction} if self.jurisdiction else {}
        return read_rows(self._get(f"requests.{self.form}", named | dict(asked)), self.form)

    def _get(self, path: str, asked: Mapping[str, str]) -> bytes:
        try:
            with self.session.get(
                f"{self.url}/{path}",
                params=dict(asked),
                timeout=(CONNECT_S, READ_S),
                allow_redirects=False,
                stream=True,
            ) as answer:
                self._check(answer)
                return self._body(answer)
        except requests.RequestException as error:
            raise Busy(f"{self.url} does not answer: {type(error).__name__}") from error

    def _check(self, answer: requests.Response) -> None:
        status = answer.status_code
        if status == 200:
            return
        if status in (429, 500, 502, 503, 504):
            wait_s = _wait_s(answer.headers.get("Retry-After"), datetime.now(UTC))
            raise Busy(f"{self.url} answers {status}", wait_s)
        led = "; it leads elsewhere, and is not followed" if 300 <= status < 400 else ""
        raise Declined("answer", f"{self.url} answers {status}{led}")

    def _body(self, answer: requests.Response) -> bytes:
        """Read a body piece by piece, within a size as unpacked and a time for the whole."""
        until = self.monotonic() + WHOLE_S
        body = bytearray()
        for piece in answer.iter_content(PIECE):
            body += piece
            if len(body) > MOST_BYTES:
                raise Declined("answer", f"is larger than {MOST_BYTES:,} bytes")
            if self.monotonic() > until:
                raise Busy(f"{self.url} takes longer than {WHOLE_S:.0f} s to answer")
        return bytes(body)


def _wait_s(said: str | None, now: datetime) -> float:
    """Read `Retry-After`: seconds, or a date; at most an hour is believed."""
    if not said:
        return 0.0
    said = said.strip()
    if said.isascii() and said.isdecimal():
        return min(float(said[:9]), LONGEST_WAIT_S)
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(max((at - now).total_seconds(), 0.0), LONGEST_WAIT_S)
