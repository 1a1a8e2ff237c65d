"""The catalogue of duties as a table: all pages of what is shown, written down before it goes."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, request

from api.desk import told
from api.owed_export import Lists
from api.sheets import given
from api.ticket_export import headers
from operations.people.audit import Deed
from operations.people.ports import Audit
from operations.pulse.windows import to_us

ACT = "duties.export"
CONDITIONS = ("words", "department", "category")


def blueprint(
    lists: Lists, audit: Audit, in_thread: Callable[..., Any], *, now: Callable[[], datetime]
) -> Blueprint:
    """Make the routes `/api/v1/duties.csv` and `.xlsx`."""
    routes = Blueprint("catalogue_export", __name__, url_prefix="/api/v1")

    @routes.get("/duties.<any(csv, xlsx):form>")
    @told
    def get_table(form: str) -> Response:
        """Give the duties in the catalogue's order, narrowed as the page is."""
        asked = request.args.to_dict()
        sheet = lists.sheet(asked)
        step = ", ".join(f"{name} {asked[name]}" for name in CONDITIONS if asked.get(name))
        actor, verified = lists.actor()
        line = Deed(
            at_us=to_us(now()), actor=actor, verified=verified, act=ACT, subject="duties",
            after=f"{len(sheet.rows)} rows: {step or 'everything'}",
        )  # fmt: skip
        in_thread(audit.append, line)
        return given([sheet], lists.mark(asked.get("lang")), headers(form, "duties"), in_thread)

    return routes
