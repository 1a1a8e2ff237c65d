"""The audit log's page: the search an address asks for, read and told in plain values."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dash.development.base_component import Component

from callbacks.account import device_name
from callbacks.asking import asked
from callbacks.desk import Desk
from layouts import audit as page
from layouts.audit_face import AuditFace, AuditRow, Chain
from layouts.wording import WORDS, Language, words
from operations.errors import BadInput, Unreachable
from operations.people.audit import (
    LONGEST_TERM,
    MOST_EXPORTED,
    AuditLine,
    AuditSearch,
    Flaw,
    verify,
)
from operations.people.permissions import Act, Field, Subject
from operations.people.ports import Audit
from operations.pulse.windows import from_us, iso, to_us
from operations.response.accountability import ACCOUNTABILITY

LINES_A_PAGE = 50
MOST_VERIFIED = 5_000
"""Lines that are checked at every look: some tenths of a second beside the event loop."""


def draw(sources: Any, desk: Desk, search: str, language: Language) -> Component:
    """Draw the page of the log that the address asks for."""
    zone, given = sources.reference.zone, _terms(search)
    offset = desk.now().astimezone(zone).strftime("%z")
    face = AuditFace(
        language=language, zone=zone.key, offset=f"UTC{offset[:3]}:{offset[3:]}", asked=given,
        most_exported=MOST_EXPORTED, most_verified=MOST_VERIFIED,
    )  # fmt: skip
    try:
        wanted = replace(search_of(given, zone), without=kept_back(desk))
        found = desk.beside(_read, sources.audit, wanted, _page(search), zone)
    except BadInput as error:
        return page.audit(replace(face, told=_told(error, language)))
    except Unreachable:
        return page.audit(replace(face, told=words(language)["audit_away"]))
    left_out = wanted.without is not None
    return page.audit(replace(face, export=export_of(wanted), left_out=left_out, **found))


def kept_back(desk: Desk) -> str | None:
    """Name the acts that are not for who reads: those of accountability."""
    sees = desk.allows(Act.SEE_ACCOUNTABILITY, Subject(Field.AGGREGATE))
    return None if sees else ACCOUNTABILITY.name


def _terms(search: str) -> dict[str, str]:
    """Read what is asked for, as it was typed."""
    typed = {name: (asked(search, name) or "").strip() for name in page.TERMS}
    return {name: value for name, value in typed.items() if value}


def _page(search: str) -> int:
    given = asked(search, "page") or "1"
    return int(given) if given.isascii() and given.isdecimal() and 0 < len(given) < 7 else 1


def search_of(given: Mapping[str, str], zone: ZoneInfo) -> AuditSearch:
    """Make a search of what was typed; raises BadInput with the name of the field."""
    for name in ("actor", "act", "subject"):
        if len(given.get(name, "")) > LONGEST_TERM or "\0" in given.get(name, ""):
            raise BadInput(name, f"at most {LONGEST_TERM} characters")
    return AuditSearch(
        actor=given.get("actor"),
        act=given.get("act"),
        subject=given.get("subject"),
        from_us=moment("from", given.get("from"), zone),
        to_us=moment("to", given.get("to"), zone),
    )


def moment(name: str, said: str | None, zone: ZoneInfo) -> int | None:
    """Read a time in the city's zone or with an offset; a day alone ends with its last moment."""
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said)
        if len(said) == len("2026-11-24") and name == "to":
            at += timedelta(days=1)
        return to_us((at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise BadInput(name, "give a time such as 2026-11-24 10:00") from error


def _read(audit: Audit, wanted: AuditSearch, number: int, zone: ZoneInfo) -> dict[str, Any]:
    """Read a page of lines, and check the chain where that is cheap."""
    total = audit.count(wanted)
    pages = max(-(-total // LINES_A_PAGE), 1)
    number = min(max(number, 1), pages)
    lines = audit.find(wanted, most=LINES_A_PAGE, skip=(number - 1) * LINES_A_PAGE)
    rows = [row_of(line, zone) for line in lines]
    return {"rows": rows, "page": number, "pages": pages, "total": total, "chain": chain_of(audit)}


def chain_of(audit: Audit, *, most: int = MOST_VERIFIED) -> Chain:
    """Check the whole chain against its head, unless it is too long for a look."""
    head = audit.head()
    if head.number > most:
        return Chain("long", head.number, str(head))
    found = verify(audit.lines(), head)
    if isinstance(found, Flaw):
        return Chain("flaw", found.number, str(head))
    return Chain("fits", found.number, str(found))


def row_of(line: AuditLine, zone: ZoneInfo) -> AuditRow:
    """Tell a line in the city's time, its device as people know it."""
    address, _, agent = line.device.partition(" ")
    if "/" in address:  # a browser's own words, without an address before them
        address, agent = "", line.device
    device = " · ".join(filter(None, (address, device_name(agent) if agent else "")))
    return AuditRow(
        number=line.number,
        at=from_us(line.at_us).astimezone(zone).strftime("%Y-%m-%d %H:%M:%S"),
        actor=line.actor,
        verified=line.verified,
        device=device,
        act=line.act,
        subject=line.subject,
        before=line.before,
        after=line.after,
        reason=line.reason,
    )


def export_of(wanted: AuditSearch) -> str:
    """Give the address of the same search as a table."""
    terms = {"actor": wanted.actor, "act": wanted.act, "subject": wanted.subject}
    times = {"from": wanted.from_us, "to": wanted.to_us}
    query = {name: value for name, value in terms.items() if value}
    query |= {name: iso(us) for name, us in times.items() if us is not None}
    return f"/api/v1/audit.csv?{urlencode(query)}"


def _told(error: BadInput, language: Language) -> str:
    said, name = words(language), WORDS[f"audit_{error.field}"][language]
    key = "audit_bad_time" if error.field in ("from", "to") else "audit_bad_term"
    return said[key].format(name=name, n=LONGEST_TERM)
