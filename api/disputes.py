"""Acts on disputes and clinics; one request an act: the gate asks for each."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, request

from api.answers import Done, acted, answer, problem
from api.desk import told
from operations.errors import BadInput
from operations.legible import is_legible
from operations.response.clinic import ClinicAsked
from operations.response.dispute import Candidate, Draft
from operations.response.dispute_actions import Asked

LONGEST = 4_000
MOST_NAMED = 30

_told = partial(acted, none="no such dispute")


class Disputes(Protocol):
    """Does what is asked; waits beside the event loop. None where there is no such dispute."""

    def begin(self, ticket: tuple[str, str], why: str, language: str) -> Done | None: ...

    def act(
        self, number: str, act: str, asked: Asked, version: int, language: str
    ) -> Done | None: ...

    def sign(self, number: str, draft: Draft, version: int, language: str) -> Done | None: ...

    def plan(self, asked: ClinicAsked, key: str, language: str) -> Done | None: ...

    def act_on_clinic(
        self, number: str, act: str, asked: ClinicAsked, version: int, language: str
    ) -> Done | None: ...

    def version(self, number: str) -> int | None: ...

    def order(self, number: str, language: str) -> bytes | None: ...


def blueprint(disputes: Disputes, *, language: str, zone: ZoneInfo) -> Blueprint:
    """Make the routes of disputes, clinics and orders; `language` is that of who says none.

    A time without an offset is one of the city's `zone`.
    """
    routes = Blueprint("disputes", __name__, url_prefix="/api/v1")
    _join_acts(routes, disputes, zone)
    _join_signing(routes, disputes, zone)
    _join_clinics(routes, disputes, zone)

    @routes.get("/disputes/<number>/version")
    @told
    def get_version(number: str) -> Response:
        """Tell how often a dispute has changed."""
        version = disputes.version(number)
        if version is None:
            return problem(404, "number", "no such dispute")
        return answer(200, {"version": version})

    @routes.get("/orders/<number>.pdf")
    @told
    def get_order(number: str) -> Response:
        """Give an order (明责交办单) to be printed."""
        asked = request.args.get("lang", language)
        found = disputes.order(number, asked if asked in ("zh", "en") else language)
        if found is None:
            return problem(404, "number", "no such order")
        headers = {"Content-Disposition": f'inline; filename="{number}.pdf"',
                   "Cache-Control": "no-store"}  # fmt: skip
        return Response(found, mimetype="application/pdf", headers=headers)

    return routes


def _join_acts(routes: Blueprint, disputes: Disputes, zone: ZoneInfo) -> None:
    @routes.post("/disputes/open/<source>/<path:external_id>")
    @told
    def open_dispute(source: str, external_id: str) -> Response:
        """Open a dispute on a ticket: `{"reason": …}`."""
        said = Said(zone)
        return _told(disputes.begin((source, external_id), said.text("reason"), said.language))

    @routes.post("/disputes/<number>/<any(invite, prolong, agree, fail, schedule, put_off,"
                 " withdraw):act>")  # fmt: skip
    @told
    def act_on(number: str, act: str) -> Response:
        """Do an act on a dispute as it was seen at `expected_version`; else 409."""
        said = Said(zone)
        return _told(disputes.act(number, act, said.asked(), said.version, said.language))

    @routes.post("/disputes/<number>/<any(join, leave):act>/<source>/<path:external_id>")
    @told
    def move(number: str, act: str, source: str, external_id: str) -> Response:
        """Take a ticket into a dispute, or out of it."""
        said = Said(zone)
        asked = Asked(ticket=(source, external_id), reason=said.text("reason"))
        return _told(disputes.act(number, act, asked, said.version, said.language))

    @routes.post("/disputes/<number>/say/<department>")
    @told
    def say(number: str, department: str) -> Response:
        """Put down what a department says: its stance, its ground, whom it votes for."""
        said = Said(zone)
        asked = Asked(
            department=department, stance=said.text("stance"), said=said.text("said"),
            votes_for=said.text("votes_for"),
        )  # fmt: skip
        return _told(disputes.act(number, "say", asked, said.version, said.language))


def _join_signing(routes: Blueprint, disputes: Disputes, zone: ZoneInfo) -> None:
    @routes.post("/disputes/<number>/draft")
    @told
    def prepare(number: str) -> Response:
        """Prepare the final opinion for who signs it."""
        said = Said(zone)
        asked = Asked(draft=said.draft())
        return _told(disputes.act(number, "draft", asked, said.version, said.language))

    @routes.post("/disputes/<number>/sign")
    @told
    def sign(number: str) -> Response:
        """Sign the final opinion: it binds its tickets at once."""
        said = Said(zone)
        return _told(disputes.sign(number, said.draft(), said.version, said.language))


def _join_clinics(routes: Blueprint, disputes: Disputes, zone: ZoneInfo) -> None:
    @routes.post("/clinics")
    @told
    def plan_clinic() -> Response:
        """Plan a clinic: `{"at", "chair", "place"}`; once, where it has a `key`."""
        said = Said(zone)
        return _told(disputes.plan(said.clinic(), said.text("key"), said.language))

    @routes.post("/clinics/<number>/<any(move, hold, cancel):act>")
    @told
    def act_on_clinic(number: str, act: str) -> Response:
        """Move a clinic, write its minutes or a further note, or call it off, as it was seen."""
        said = Said(zone)
        done = disputes.act_on_clinic(number, act, said.clinic(), said.version, said.language)
        return _told(done)


class Said:
    """What a request's JSON says, field by field; raises BadInput for what cannot be."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        said = request.get_json(silent=True)
        if not isinstance(said, dict):
            raise BadInput("body", "a JSON object")
        self._said: Mapping[str, Any] = said

    @property
    def names(self) -> list[str]:
        """Give what it names."""
        return list(self._said)

    def text(self, name: str) -> str:
        """Give a text, empty where there is none."""
        found = self._said.get(name) or ""
        if not isinstance(found, str) or len(found) > LONGEST or not is_legible(found):
            raise BadInput(name, f"at most {LONGEST} characters")
        return found

    def several(self, name: str) -> tuple[str, ...]:
        """Give a list of texts; one alone is a list of one."""
        found = self._said.get(name) or []
        named = [found] if isinstance(found, str) else found
        fits = isinstance(named, list) and len(named) <= MOST_NAMED
        if not fits or not all(map(_is_text, named)):
            raise BadInput(name, f"a list of at most {MOST_NAMED} codes")
        return tuple(named)

    def moment(self, name: str) -> datetime | None:
        """Give a time, the city's own where it has no offset; None where there is none."""
        found = self.text(name)
        if not found:
            return None
        try:
            at = datetime.fromisoformat(found)
            return (at if at.tzinfo else at.replace(tzinfo=self._zone)).astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise BadInput(name, "a time as 2026-11-24 10:00") from error

    def asked(self) -> Asked:
        """Give what an act on a dispute asks for."""
        return Asked(
            departments=tuple(map(Candidate, self.several("departments"))),
            deadline=self.moment("deadline"), lead=self.text("lead"),
            cooperating=self.several("cooperating"), said=self.text("said"),
            clinic=self.text("clinic"), reason=self.text("reason"),
        )  # fmt: skip

    def draft(self) -> Draft:
        """Give what is to be signed."""
        return Draft(
            lead=self.text("lead"), cooperating=self.several("cooperating"),
            due_at=self.moment("due_at"), basis=self.text("basis"), decision=self.text("decision"),
        )  # fmt: skip

    def clinic(self) -> ClinicAsked:
        """Give what an act on a clinic asks for."""
        texts = {name: self.text(name) for name in ("chair", "place", "minutes", "reason")}
        return ClinicAsked(at=self.moment("at"), **texts)

    @property
    def version(self) -> int:
        """Give the version that was seen."""
        found = self._said.get("expected_version")
        if type(found) is not int or not 0 <= found < 2**31:
            raise BadInput("expected_version", "the number the page showed")
        return found

    @property
    def language(self) -> str:
        """Give the language of the page that asks."""
        return self.text("lang")


def _is_text(one: object) -> bool:
    return isinstance(one, str) and 0 < len(one) <= LONGEST and is_legible(one)
