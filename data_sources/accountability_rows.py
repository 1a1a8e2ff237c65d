"""Matters of accountability as rows of the ledger, and back; what the audit log says of them."""

from typing import Any

import orjson
from pydantic import TypeAdapter

from data_sources.rows import time_of, us_of
from operations.people.audit import Deed
from operations.response.accountability import AccountabilityLine, Act, Matter, Signatory
from operations.response.accountability_paper import AccountabilityPaper

_MATTER, _PAPER = TypeAdapter(Matter), TypeAdapter(AccountabilityPaper)


def matter_row(row: int, matter: Matter) -> dict[str, Any]:
    """Write a matter."""
    return {
        "id": row, "number": matter.number, "version": matter.version,
        "state": matter.state.value, "department": matter.department,
        "district": matter.district, "proposer": matter.proposed_by.person,
        "issued": matter.is_issued, "body": orjson.dumps(matter).decode(),
    }  # fmt: skip


def matter_of(body: str) -> Matter:
    """Read a matter."""
    return _MATTER.validate_json(body)


def paper_row(row: int, matter: int, paper: AccountabilityPaper) -> dict[str, Any]:
    """Write a paper."""
    return {
        "id": row, "number": paper.number, "matter": matter, "department": paper.department,
        "step": paper.step, "issued_us": us_of(paper.issued_at),
        "until_us": us_of(paper.stands_until), "body": orjson.dumps(paper).decode(),
    }  # fmt: skip


def paper_of_body(body: str) -> AccountabilityPaper:
    """Read a paper."""
    return _PAPER.validate_json(body)


def line_row(matter: int, line: AccountabilityLine) -> dict[str, Any]:
    """Write a line."""
    return {
        "matter": matter, "version": line.version, "at_us": us_of(line.at),
        "person": line.by.person, "actor": line.by.name, "verified": line.by.verified,
        "act": line.act.value, "detail": line.detail, "reason": line.reason, "key": line.key,
    }  # fmt: skip


def line_of_row(row: Any) -> AccountabilityLine:
    """Read a line."""
    return AccountabilityLine(
        version=row.version, at=time_of(row.at_us),
        by=Signatory(row.person, row.actor, bool(row.verified)), act=Act(row.act),
        detail=row.detail, reason=row.reason, key=row.key,
    )  # fmt: skip


def deed_of(before: Matter | None, after: Matter, line: AccountabilityLine,
            paper: AccountabilityPaper | None) -> Deed:  # fmt: skip
    """Tell the audit log of an act: by number and state alone.

    Against which department and on what ground stands in the matter, which few may see.
    """
    told = [_in_words(after), *([] if paper is None else [paper.number, paper.digest])]
    return Deed(
        at_us=us_of(line.at),
        actor=line.by.name,
        verified=line.by.verified,
        act=f"accountability.{line.act}",
        subject=after.number,
        before="" if before is None else _in_words(before),
        after=" · ".join(told),
    )


def _in_words(matter: Matter) -> str:
    return f"v{matter.version} · {matter.state} · {len(matter.approvals)} approved"
