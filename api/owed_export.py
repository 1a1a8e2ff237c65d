"""What is owed on tickets as a table: masked, watermarked, written down before it goes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from flask import Blueprint, Response, request

from api.desk import told
from api.sheets import given
from api.ticket_export import headers
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.pulse.sheet import Sheet
from operations.pulse.windows import to_us
from operations.tickets.owed import CONDITIONS

ACT = "supervision.export"


class Lists(Protocol):
    """Gives the list for who asks; waits beside the event loop."""

    def actor(self) -> tuple[str, bool]: ...

    def mark(self, asked: str | None) -> str: ...

    def sheet(self, asked: Mapping[str, str]) -> Sheet: ...


def blueprint(
    lists: Lists, audit: Audit, in_thread: Callable[..., Any], *, now: Callable[[], datetime]
) -> Blueprint:
    """Make the routes `/api/v1/supervision.csv` and `.xlsx`."""
    routes = Blueprint("owed_export", __name__, url_prefix="/api/v1")

    @routes.get("/supervision.<any(csv, xlsx):form>")
    @told
    def get_table(form: str) -> Response:
        """Give what is owed, what is due first on top, narrowed as the list is."""
        asked = request.args.to_dict()
        sheet = lists.sheet(asked)
        step = ", ".join(f"{name} {asked[name]}" for name in CONDITIONS if asked.get(name))
        actor, verified = lists.actor()
        line = Deed(
            at_us=to_us(now()), actor=actor, verified=verified, act=ACT, subject="supervision",
            after=f"{len(sheet.rows)} rows: {step or 'everything'}",
        )  # fmt: skip
        in_thread(audit.append, line)
        mark = lists.mark(asked.get("lang"))
        return given([sheet], mark, headers(form, "supervision"), in_thread)

    return routes
