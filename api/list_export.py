"""Lists as tables: all pages of what is shown, watermarked, written down before they go."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Listed:
    """One kind of list: its name in the address, the file and the audit log; what narrows it."""

    name: str
    conditions: tuple[str, ...]

    @property
    def act(self) -> str:
        """Give what the audit log calls taking it away."""
        return f"{self.name}.export"


OWED = Listed("supervision", CONDITIONS)
DUTIES = Listed("duties", ("words", "department", "category"))


class Lists(Protocol):
    """Gives a list for who asks; waits beside the event loop."""

    def actor(self) -> tuple[str, bool]: ...

    def mark(self, asked: str | None) -> str: ...

    def sheet(self, asked: Mapping[str, str]) -> Sheet: ...


def blueprint(
    listed: Listed,
    lists: Lists,
    audit: Audit,
    in_thread: Callable[..., Any],
    *,
    now: Callable[[], datetime],
) -> Blueprint:
    """Make the routes `/api/v1/<name>.csv` and `.xlsx` of a list."""
    routes = Blueprint(f"{listed.name}_export", __name__, url_prefix="/api/v1")

    @routes.get(f"/{listed.name}.<any(csv, xlsx):form>")
    @told
    def get_table(form: str) -> Response:
        """Give the list in its order, narrowed as its page is."""
        asked = request.args.to_dict()
        sheet = lists.sheet(asked)
        step = ", ".join(f"{name} {asked[name]}" for name in listed.conditions if asked.get(name))
        actor, verified = lists.actor()
        line = Deed(
            at_us=to_us(now()), actor=actor, verified=verified, act=listed.act,
            subject=listed.name, after=f"{len(sheet.rows)} rows: {step or 'everything'}",
        )  # fmt: skip
        in_thread(audit.append, line)
        mark = lists.mark(asked.get("lang"))
        return given([sheet], mark, headers(form, listed.name), in_thread)

    return routes
