"""Tickets in: `POST /api/v1/tickets`."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from flask import Blueprint, Request, Response, request
from prometheus_client import Counter

from api.answers import answer, problem
from operations.errors import BadInput, Unreachable

log = structlog.get_logger()

TAKEN = Counter("lianxin_intake_tickets", "Tickets by what became of them", ["outcome"])
DRAIN, MOST_DRAINED = 1 << 16, 1 << 26
LARGE_BODY = 20_000  # bytes: about 50 tickets, or 2 ms


class Intake(Protocol):
    """Reads a request's body, and keeps what came of it."""

    def read_body(
        self,
        body: bytes,
        *,
        content_type: str,
        content_encoding: str | None,
        limit_bytes: int,
        now: datetime,
    ) -> Any:
        """Read a body into a delivery, in any thread; an error carries `status`."""

    def keep(self, delivery: Any) -> dict[str, Any]:
        """Keep it: `{"accepted": n, "rejected": [{"index", "field", "reason"}], …}`."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the intake takes anything: whose, how large, how often."""

    token: str
    body_limit_bytes: int
    wait_s: Callable[[str], float]
    """Counts a request of the token's holder: 0.0, or how long to wait first."""

    def refusal(self, asked: Request) -> Response | None:
        """Refuse a request before its body is read, or give None."""
        given = asked.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.token}".encode()):
            no = problem(401, "Authorization", "send `Authorization: Bearer <intake token>`")
            no.headers["WWW-Authenticate"] = "Bearer"
            return no
        wait_s = self.wait_s(self.token)
        if wait_s:
            return problem(429, "requests", "too many requests", retry_after_s=int(wait_s) + 1)
        if (asked.content_length or 0) > self.body_limit_bytes:
            limit = f"larger than {self.body_limit_bytes:,} bytes; send fewer tickets at once"
            _drain(asked)
            return problem(413, "body", limit)
        return None


def _drain(asked: Request) -> None:
    """Read on for a while: who is still sending when the line is closed never sees the answer."""
    for _ in range(MOST_DRAINED // DRAIN):
        if not asked.stream.read(DRAIN):
            return


def blueprint(
    intake: Intake, terms: Terms, *, now: Callable[[], datetime], in_thread: Callable[..., Any]
) -> Blueprint:
    """Make the intake's route; a body of many tickets is read `in_thread`, beside the streams."""
    routes = Blueprint("intake", __name__, url_prefix="/api/v1")

    def take(asked: Request) -> dict[str, Any]:
        # One byte more than allowed tells a chunked body that is too long from one that fits.
        body = asked.stream.read(terms.body_limit_bytes + 1)
        read = partial(
            intake.read_body,
            body,
            content_type=asked.content_type or "",
            content_encoding=asked.headers.get("Content-Encoding"),
            limit_bytes=terms.body_limit_bytes,
            now=now(),
        )
        # The stream's connections belong to this thread's event loop and stay in it.
        return intake.keep(in_thread(read) if len(body) > LARGE_BODY else read())

    @routes.post("/tickets")
    def post_tickets() -> Response:
        """Take one ticket, a list of them, or NDJSON."""
        refused = terms.refusal(request)
        if refused is not None:
            return refused
        try:
            said = take(request)
        except Unreachable as error:
            log.warning("intake_unreachable", error=str(error))
            return problem(503, "stream", "cannot keep tickets now; send again", retry_after_s=2)
        except BadInput as error:
            return problem(getattr(error, "status", 400), error.field, error.reason)
        TAKEN.labels("accepted").inc(said["accepted"])
        TAKEN.labels("rejected").inc(len(said["rejected"]))
        return answer(202 if said["accepted"] else 422, said)

    return routes
