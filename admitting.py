"""The web door's own door: accounts joined to the gate, the pages and the routes of signing in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

import flask
from dash import Dash
from flask import request

from api import passkeys, sign_in, sso
from api.door import Finders
from api.gate import Gate, current
from api.sign_in import Doorkeeper
from api.signed_in import COOKIE, Doorbook, SignedIn
from api.walls import Walls
from data_sources.connect import Sources
from layouts.refusal import lost_page, refusal_page
from operations.people.account import KEPT_AFTER_US
from operations.people.demo_accounts import make_demo_accounts
from operations.people.permissions import Act, Field, Subject, may
from operations.people.person import Person
from operations.pulse.windows import to_us
from operations.response.accountability import ACCOUNTABILITY
from operations.response.attending import as_called, subject_of
from operations.response.campaign import Campaign
from operations.response.case import Case
from operations.response.dispute_home import MOST_ASKED, home_of
from operations.response.incident_origin import watched


class Doormen:
    """Everything that decides who comes in, for one web process."""

    def __init__(
        self,
        sources: Sources,
        now: Callable[[], datetime],
        in_thread: Callable[..., Any],
        walls: Walls,
    ) -> None:
        self._sources, self._in_thread = sources, in_thread
        self.book = Doorbook(sources.sign_in, lambda: to_us(now()), in_thread)
        self._wired: Mapping[str, tuple[str, ...]] = {}
        self.gate = Gate(
            self.book,
            Finders(
                self._ticket,
                self._cluster,
                self._alarm,
                self._watched,
                self._dispute,
                self._incident,
                self._accountability,
                self._unit,
                self._campaign,
                self._case,
            ),
            self._given,
            refusal_page,
            lost_page,
            sources.metrics_token,
            walls,
        )

    def stand_before(self, server: flask.Flask) -> None:
        """Put the gate before a server and add the routes of signing in."""
        sources, settings = self._sources, self._sources.settings
        self.gate.stand_before(server)
        keeper = Doorkeeper(self.book, self._in_thread)
        provider = None
        if settings.oidc_issuer:
            provider = sso.Provider(
                settings.oidc_issuer, settings.oidc_client_id or "", settings.oidc_client_secret
            )
        for blueprint in (
            sign_in.blueprint(keeper, demo=settings.demo_accounts),
            passkeys.blueprint(keeper, sources.seal),
            sso.blueprint(keeper, sources.seal, provider),
        ):
            server.register_blueprint(blueprint)
        self._in_thread(self._prepare)

    def watch(self, dash: Dash) -> None:
        """Learn from Dash what each callback is given, once all of them are registered."""
        self._wired = wiring(dash)

    def who(self) -> SignedIn | None:
        """Give who asks."""
        return current()

    def beside(self, work: Callable[..., Any], *given: Any) -> Any:
        """Do slow work beside the event loop."""
        return self._in_thread(partial(work, *given))

    def now_us(self) -> int:
        """Tell the real time."""
        return self.book.now_us()

    def forget(self) -> None:
        """Look up anew who asks at the next request."""
        self.book.forget(request.cookies.get(COOKIE))

    def _given(self) -> Mapping[str, tuple[str, ...]]:
        return self._wired

    def _prepare(self) -> None:
        sources, now_us = self._sources, self.book.now_us()
        sources.accounts.forget_sessions(now_us - KEPT_AFTER_US)
        if sources.settings.demo_accounts:
            first = next(iter(sources.reference.departments), None)
            code = None if first is None else first.code
            make_demo_accounts(sources.sign_in, department=code, now_us=now_us)

    def _ticket(self, source: str, external_id: str) -> Subject | None:
        found = self._in_thread(self._sources.ledger.ticket, source, external_id)
        if found is None:
            return None
        field = Field.CALLER if found.confidential else Field.TICKET
        return Subject(field, found.department, found.district, found.town)

    def _cluster(self, name: str) -> Subject:
        found = self._in_thread(self._sources.watchbook.cluster, name)
        place = None if found is None else found.evidence.district
        return Subject(Field.AGGREGATE, district=place)

    def _dispute(self, number: str) -> Subject | None:
        """Find a dispute, in the district it is of: for a department that is asked, as its own."""
        book, ledger = self._sources.dispute_book, self._sources.ledger
        found = self._in_thread(book.dispute, number)
        if found is None:
            return None
        tickets = [self._in_thread(ledger.ticket, *one) for one in found.tickets[:MOST_ASKED]]
        where = Subject(Field.TICKET, district=home_of(found, tickets))
        return as_called(where, _own_department(), found.invited)

    def _accountability(self, number: str) -> Subject | None:
        """Find a matter of accountability: its department's own once it is issued."""
        found = self._in_thread(self._sources.accountability_book.matter, number)
        if found is None:
            return None
        whose = found.department if found.is_issued else None
        return Subject(Field.AGGREGATE, department=whose, district=found.district)

    def _unit(self, code: str) -> Subject | None:
        """Find a department, in the district it is of."""
        if code not in self._sources.names.departments:
            return None
        found = self._sources.reference.departments.named(code)
        return Subject(Field.AGGREGATE, department=code, district=found.district)

    def _campaign(self, number: str) -> Campaign | None:
        """Find a campaign."""
        found: Campaign | None = self._in_thread(self._sources.campaign_book.campaign, number)
        return found

    def _case(self, number: str) -> Case | None:
        """Find a case of the library."""
        found: Case | None = self._in_thread(self._sources.case_book.case, number)
        return found

    def _alarm(self, name: str) -> Subject:
        found = self._in_thread(self._sources.watchbook.alarm, name)
        place = None if found is None else found.district
        return Subject(Field.AGGREGATE, district=place)

    def _watched(self, asked: Mapping[str, Any]) -> Subject:
        found = self._in_thread(watched, asked, self._sources.watchbook)
        return Subject(Field.AGGREGATE, district=found.district)

    def _incident(self, name: str) -> Subject | None:
        """Find an incident: for a department that is called to it, as that department's own."""
        book = self._sources.incident_book
        found = self._in_thread(book.head, name)
        if found is None:
            return None
        return subject_of(found, self._in_thread(book.parties, name), _own_department())


def doormen_of(
    server: flask.Flask,
    sources: Sources,
    now: Callable[[], datetime],
    in_thread: Callable[..., Any],
    walls: Walls,
) -> Doormen | None:
    """Put the gate before a server where people sign in; None where there are no accounts."""
    if sources.settings.accounts != "on":
        return None
    doormen = Doormen(sources, now, in_thread, walls)
    doormen.stand_before(server)
    server.extensions["doormen"] = doormen
    return doormen


def named(*_asked: Any) -> str | None:
    """Name who asks, once the gate let them through; None where nobody is signed in."""
    who = current()
    return None if who is None else who.person.login


def _own_department() -> str | None:
    who = current()
    return None if who is None else who.person.department


def kept_back() -> str | None:
    """Name the acts of the audit log that are not for who asks: those of accountability."""
    who = current()
    sees = who is not None and may(who.person, Act.SEE_ACCOUNTABILITY, Subject(Field.AGGREGATE))
    return None if sees else ACCOUNTABILITY.name


def asking() -> Person | None:
    """Give who asks, once the gate let them through; None where nobody is signed in."""
    who = current()
    return None if who is None else who.person


def wiring(dash: Dash) -> dict[str, tuple[str, ...]]:
    """Give what each callback is given, in order, by its output."""
    return {
        output: tuple(
            f"{one['id']}.{one['property']}" for one in [*given["inputs"], *given["state"]]
        )
        for output, given in dash.callback_map.items()
    }
