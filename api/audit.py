"""The audit log for the audit administrator alone: searched page by page, or as a table."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.tables import MARK, written
from operations.errors import BadInput, Unreachable
from operations.people.audit import LONGEST_TERM, MOST_EXPORTED, AuditLine, AuditSearch, Deed
from operations.people.ports import Audit
from operations.pulse.windows import iso, to_us

LINES_A_PAGE = 100
MOST_PAGES = 100_000
NO_STORE = {"Cache-Control": "no-store"}

MayRead = Callable[[], str | None]
"""Names who asks where that is an audit administrator, None for anybody else."""


def nobody() -> str | None:
    """Let nobody read the audit log."""
    return None


def nothing() -> str | None:
    """Keep nothing back."""
    return None


def blueprint(
    audit: Audit,
    in_thread: Callable[..., Any],
    *,
    now: Callable[[], datetime],
    may_read: MayRead = nobody,
    kept_back: Callable[[], str | None] = nothing,
) -> Blueprint:
    """Make the routes `/api/v1/audit` and `/api/v1/audit.csv`.

    `in_thread(function, *arguments)` runs what waits for a database outside the event loop.
    `kept_back` names the acts that are not for who asks.
    """
    routes = Blueprint("audit", __name__, url_prefix="/api/v1")

    @routes.get("/audit")
    def get_audit() -> Response:
        """Give a page of the lines that are looked for, the newest first."""
        return _guarded(
            may_read,
            lambda _reader: answer(
                200, in_thread(_read, audit, asked(kept_back()), _page()), **NO_STORE
            ),
        )

    @routes.get("/audit.csv")
    def get_table() -> Response:
        """Give the lines that are looked for as a table, the newest first."""
        headers = NO_STORE | {"Content-Disposition": 'attachment; filename="audit.csv"'}
        return _guarded(
            may_read,
            lambda reader: Response(
                in_thread(_export, audit, asked(kept_back()), reader, now()),
                mimetype="text/csv", headers=headers,
            )
        )  # fmt: skip

    return routes


def _guarded(may_read: MayRead, give: Callable[[str], Response]) -> Response:
    """Give it to an audit administrator, named; say to anybody else and to errors why not."""
    reader = may_read()
    if reader is None:
        return problem(403, "account", "only the audit administrator may read the audit log")
    try:
        return give(reader)
    except BadInput as error:
        return problem(400, error.field, error.reason)
    except Unreachable:
        return problem(503, "database", "cannot be read now; try again", retry_after_s=2)


def _read(audit: Audit, search: AuditSearch, page: int) -> dict[str, Any]:
    found = audit.find(search, most=LINES_A_PAGE, skip=(page - 1) * LINES_A_PAGE)
    total = audit.count(search)
    return {
        "lines": [told(line) for line in found],
        "page": page,
        "pages": max(-(-total // LINES_A_PAGE), 1),
        "total": total,
    }


def _export(audit: Audit, search: AuditSearch, reader: str, at: datetime) -> str:
    """Make a table; it is written down before it is given, so that none leaves untold."""
    found = audit.find(search, most=MOST_EXPORTED)
    audit.append(
        Deed(at_us=to_us(at), actor=reader, verified=True, act="audit.export", subject="audit",
             after=f"{len(found)} lines: {said(search)}")
    )  # fmt: skip
    return "".join(table(found))


def asked(without: str | None = None) -> AuditSearch:
    """Read a search from the request; raises BadInput."""
    terms = {name: request.args.get(name) or None for name in ("actor", "act", "subject")}
    for name, term in terms.items():
        if term is not None and (len(term) > LONGEST_TERM or "\0" in term):
            raise BadInput(name, f"at most {LONGEST_TERM} characters")
    return AuditSearch(**terms, from_us=_moment("from"), to_us=_moment("to"), without=without)


def _moment(name: str) -> int | None:
    given = request.args.get(name)
    if not given:
        return None
    try:  # in an address a + that nobody wrote as %2B arrives as a space
        at = datetime.fromisoformat(given.replace(" ", "+") if "T" in given else given)
        return to_us(at if at.tzinfo else at.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        reason = "give a time as ISO 8601, such as 2026-11-24T10:00:00+08:00; without offset UTC"
        raise BadInput(name, reason) from error


def _page() -> int:
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdecimal() and len(given) < 7 and int(given) > 0):
        raise BadInput("page", f"a number from 1 to {MOST_PAGES}")
    return min(int(given), MOST_PAGES)


def told(line: AuditLine) -> dict[str, Any]:
    """Give a line with its time in ISO 8601."""
    values = asdict(line)
    return {"number": values.pop("number"), "at": iso(values.pop("at_us")), **values}


def said(search: AuditSearch) -> str:
    """Say in few words what was looked for."""
    asked_for = ((name, value) for name, value in asdict(search).items() if value is not None)
    return ", ".join(f"{name} {value}" for name, value in asked_for) or "everything"


def table(lines: list[AuditLine]) -> Iterator[str]:
    """Write lines as a table that spreadsheets open."""
    yield MARK + written([["number", "at", *[field.name for field in fields(AuditLine)][2:]]])
    for line in lines:
        yield written([told(line).values()])
