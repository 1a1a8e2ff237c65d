"""The library of cases: looked through, drafted from incidents, read, published, taken out."""

from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from api.answers import Done, acted, answer, given
from api.desk import told
from api.disputes import Said
from operations.response.case import Asked

_told = partial(acted, none="no such case")
_given = partial(given, none="no such case")


class Cases(Protocol):
    """Does what is asked for who asks; None where there is no such case for them."""

    def listed(
        self, words: str, category: str, chain: str, after: int | None
    ) -> dict[str, Any]: ...

    def told(self, number: str) -> dict[str, Any] | None: ...

    def version(self, number: str) -> int | None: ...

    def begin(self, incident: str, key: str, language: str) -> Done: ...

    def act(
        self, number: str, act: str, asked: Asked, version: int, key: str, language: str
    ) -> Done | None: ...


def blueprint(cases: Cases, zone: ZoneInfo) -> Blueprint:
    """Make the routes of cases."""
    routes = Blueprint("cases", __name__, url_prefix="/api/v1/cases")

    _join_reads(routes, cases)

    @routes.post("/of/<incident>")
    @told
    def draft_case(incident: str) -> Response:
        """Draft a case from an incident that was reviewed."""
        said = Said(zone)
        return _told(cases.begin(incident, said.text("key"), said.language))

    @routes.post("/<number>/<any(revise, publish, withdraw, discard):act>")
    @told
    def act_on(number: str, act: str) -> Response:
        """Do an act on a case as it was seen at `expected_version`; else 409."""
        said = Said(zone)
        texts = {name: said.text(name) for name in said.names if "/" in name}
        asked = Asked(texts=texts, read="yes" in said.several("read"), reason=said.text("reason"))
        done = cases.act(number, act, asked, said.version, said.text("key"), said.language)
        return _told(done)

    return routes


def _join_reads(routes: Blueprint, cases: Cases) -> None:
    @routes.get("")
    @told
    def get_cases() -> Response:
        """Give published cases by words, category and chain, the newest first."""
        words, category, chain = (
            request.args.get(name, "")[:200] for name in ("words", "category", "chain")
        )
        after = request.args.get("after", "")
        readable = after.isascii() and after.isdecimal() and len(after) < 10
        return answer(200, cases.listed(words, category, chain, int(after) if readable else None))

    @routes.get("/<number>")
    @told
    def get_case(number: str) -> Response:
        """Give a case: its figures, and its texts by their keys."""
        return _given(cases.told(number))

    @routes.get("/<number>/version")
    @told
    def get_case_version(number: str) -> Response:
        """Tell how often a case has changed."""
        version = cases.version(number)
        return _given(None if version is None else {"version": version})
