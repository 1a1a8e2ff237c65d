"""Matters of accountability: proposed, approved, issued and appealed against by people alone."""

import re
from datetime import date
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from api.answers import Done, acted, given, problem
from api.desk import told
from api.disputes import Said
from operations.errors import BadInput
from operations.response.accountability import MOST_EVIDENCE, Evidence, Kind
from operations.response.accountability_actions import Asked

LONGEST_SAID = 500
POINTING = (
    ("tickets", Kind.TICKET), ("incidents", Kind.INCIDENT), ("opinions", Kind.OPINION),
    ("attempts", Kind.ATTEMPT),
)  # fmt: skip
"""What evidence points to, and the field that names it: a list, or a text of lines."""

_told = partial(acted, none="no such matter")


class Accountability(Protocol):
    """Does what is asked for who asks; None where there is no such matter for them."""

    def listed(self, state: str, after: int | None) -> dict[str, Any] | None: ...

    def told(self, number: str) -> dict[str, Any] | None: ...

    def propose(
        self, department: str, asked: "Proposal", key: str, language: str
    ) -> Done | None: ...

    def act(
        self, number: str, act: str, asked: "Proposal", version: int, key: str, language: str
    ) -> Done | None: ...

    def version(self, number: str) -> int | None: ...

    def paper(self, number: str, paper: str, language: str) -> bytes | None: ...


class Proposal:
    """What is asked, and the figure the server is to work out as evidence: code, first, last."""

    def __init__(self, asked: Asked, figure: tuple[str, date, date] | None = None) -> None:
        self.asked, self.figure = asked, figure


def blueprint(matters: Accountability, *, language: str, zone: ZoneInfo) -> Blueprint:
    """Make the routes of accountability; `language` is that of who says none."""
    routes = Blueprint("accountability", __name__, url_prefix="/api/v1/accountability")
    _join_reads(routes, matters, language)

    @routes.post("/propose/<department>")
    @told
    def propose(department: str) -> Response:
        """Propose a matter against a department, on evidence."""
        said = Said(zone)
        asked = _asked(said)
        return _told(matters.propose(department, asked, said.text("key"), said.language))

    @routes.post("/<number>/<any(attach, withdraw, issue, close):act>")
    @routes.post("/<number>/<any(approve, decline, uphold, change, rescind):act>")
    @routes.post("/<number>/<any(appeal):act>")
    @told
    def act_on(number: str, act: str) -> Response:
        """Do an act in a matter as it was seen at `expected_version`; else 409."""
        said = Said(zone)
        asked = _asked(said)
        done = matters.act(number, act, asked, said.version, said.text("key"), said.language)
        return _told(done)

    return routes


def _join_reads(routes: Blueprint, matters: Accountability, language: str) -> None:
    @routes.get("")
    @told
    def get_matters() -> Response:
        """Give the matters that are for who asks, the newest first."""
        after = request.args.get("after", "")
        readable = after.isascii() and after.isdecimal() and len(after) < 10
        place = int(after) if readable else None
        return _given(matters.listed(request.args.get("state", ""), place))

    @routes.get("/<number>")
    @told
    def get_matter(number: str) -> Response:
        """Give a matter with its evidence, its approvals and its history."""
        return _given(matters.told(number))

    @routes.get("/<number>/version")
    @told
    def get_version(number: str) -> Response:
        """Tell how often a matter has changed."""
        version = matters.version(number)
        return _given(None if version is None else {"version": version})

    @routes.get("/<number>/papers/<paper>.pdf")
    @told
    def get_paper(number: str, paper: str) -> Response:
        """Give a paper to be printed."""
        asked = request.args.get("lang", language)
        found = matters.paper(number, paper, asked if asked in ("zh", "en") else language)
        if found is None:
            return problem(404, "number", "no such paper")
        headers = {"Content-Disposition": f'inline; filename="{paper}.pdf"',
                   "Cache-Control": "no-store"}  # fmt: skip
        return Response(found, mimetype="application/pdf", headers=headers)


def _given(found: dict[str, Any] | None) -> Response:
    return given(found, "no such matter", **{"Cache-Control": "no-store"})


def _asked(said: Said) -> Proposal:
    """Read what an act asks for; raises BadInput."""
    evidence = [
        Evidence(kind=kind, ref=ref) for name, kind in POINTING for ref in _lines(said, name)
    ]
    words = said.text("words").strip()
    if len(words) > LONGEST_SAID:
        raise BadInput("words", f"at most {LONGEST_SAID} characters")
    if words:
        evidence.append(Evidence(kind=Kind.WORDS, said=words))
    asked = Asked(
        step=said.text("step"), why=said.text("why"), evidence=tuple(evidence),
        reason=said.text("reason"),
    )  # fmt: skip
    return Proposal(asked, _figure(said))


def _lines(said: Said, name: str) -> list[str]:
    """Read a list of names; one text may hold several, apart by spaces, commas or lines."""
    found = [part for one in said.several(name) for part in re.split(r"[\s,，、;；]+", one) if part]
    if len(found) > MOST_EVIDENCE:
        raise BadInput("evidence", f"at most {MOST_EVIDENCE} pieces")
    return found


def _figure(said: Said) -> tuple[str, date, date] | None:
    code = said.text("figure")
    if not code:
        return None
    days = []
    for name in ("first", "last"):
        try:
            days.append(date.fromisoformat(said.text(name)))
        except ValueError as error:
            raise BadInput(name, "a day as 2026-11-24") from error
    return code, days[0], days[1]
