"""One protected field of one ticket, for a reason and for a while; and who has seen which."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog
from flask import Blueprint, Request, Response, request

from api.answers import answer, problem
from operations.errors import BadInput, OperationsError, Unreachable
from operations.people.reveal import USUAL_MIN, Reveal, reveal

log = structlog.get_logger()

MayReveal = Callable[[Request, str, str], str | None]
"""Who asks, by name, if they may see protected fields of this ticket; else None."""

KEEP_NOWHERE = {"Cache-Control": "no-store"}
LARGEST_BODY = 10_000


class Reveals(Protocol):
    """The book of who has seen what."""

    def show(self, asked: Reveal) -> str | None:
        """Write the line, then open the field; None where there is no such field."""

    def again(self, asked: Reveal) -> str | None:
        """Open the field of a line that is written already and still covers it."""

    def of(self, source: str, external_id: str) -> list[Reveal]:
        """Give who has seen a ticket, the newest first."""


def nobody(_asked: Request, _source: str, _external_id: str) -> None:
    """Let nobody see anything: without accounts nobody is known."""


@dataclass(frozen=True, slots=True)
class _Asking:
    """Answers who may see; its errors are the blueprint's."""

    reveals: Reveals
    life: Callable[[str, str], object | None]
    now: Callable[[], datetime]
    in_thread: Callable[..., Any]

    def show(self, who: str, source: str, external_id: str) -> Response:
        """Write the line and give the field."""
        if (request.content_length or 0) > LARGEST_BODY:
            return problem(413, "body", f"larger than {LARGEST_BODY:,} bytes")
        body = request.get_json(silent=True)
        if not isinstance(body, dict):
            return problem(400, "body", 'send a JSON object: {"field": "phone", "reason": "…"}')
        if self.in_thread(self.life, source, external_id) is None:
            return problem(404, "external_id", "no such ticket")
        asked = reveal(
            (source, external_id),
            body.get("field"),
            who=who,
            reason=body.get("reason"),
            now=self.now(),
            minutes=body.get("minutes", USUAL_MIN),
        )
        value = self.in_thread(self.reveals.show, asked)
        log.info("field_revealed", source=source, external_id=external_id, field=asked.field)
        told = {"field": asked.field, "value": value, "until": asked.until}
        return answer(200, told, **KEEP_NOWHERE)

    def seen(self, who: str, source: str, external_id: str) -> Response:
        """Give who has seen which field, or again a field whose time has not run out."""
        lines = self.in_thread(self.reveals.of, source, external_id)
        field = request.args.get("field")
        if field is not None:
            standing = [line for line in lines if line.covers(field, who, self.now())]
            if not standing:
                return problem(403, "field", "not shown to you now; POST the field with a reason")
            value = self.in_thread(self.reveals.again, standing[0])
            told = {"field": field, "value": value, "until": standing[0].until}
            return answer(200, told, **KEEP_NOWHERE)
        return answer(200, {"reveals": [asdict(line) for line in lines]}, **KEEP_NOWHERE)


def blueprint(
    reveals: Reveals,
    life: Callable[[str, str], object | None],
    *,
    now: Callable[[], datetime],
    in_thread: Callable[..., Any],
    may_reveal: MayReveal = nobody,
) -> Blueprint:
    """Make the routes under `/api/v1/tickets/<source>/<external_id>/reveal`."""
    routes = Blueprint("reveal", __name__, url_prefix="/api/v1")
    asking = _Asking(reveals, life, now, in_thread)

    @routes.route("/tickets/<source>/<path:external_id>/reveal", methods=["GET", "POST"])
    def reveals_of(source: str, external_id: str) -> Response:
        """Show a field (POST), who has seen one, or a field that stands shown (GET)."""
        who = may_reveal(request, source, external_id)
        if who is None:
            return problem(403, "reveal", "only who may see caller data; ask your administrator")
        try:
            do = asking.show if request.method == "POST" else asking.seen
            return do(who, source, external_id)
        except BadInput as error:
            return problem(422, error.field, error.reason)
        except Unreachable:
            return problem(503, "database", "cannot be read now; try again", retry_after_s=2)
        except OperationsError as error:  # a key that is missing, a message that was changed
            log.warning("field_unsealable", source=source, external_id=external_id)
            return problem(500, "sealed", str(error))

    return routes
