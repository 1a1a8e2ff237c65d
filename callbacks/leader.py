"""A leader's page: which scope it shows, who may open what from it, and acknowledging there."""

import hmac
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from callbacks.accountability import to_approve
from callbacks.asking import asked_language
from callbacks.attending import own_department
from callbacks.books import Books
from callbacks.cluster import acted, refusal
from callbacks.desk import Desk, face
from callbacks.leader_waits import escalated
from callbacks.names import (
    city_name,
    department_names,
    district_names,
    names_by_kind,
    place_name,
    short_names,
)
from callbacks.ticket_rows import named
from layouts.document import Shell
from layouts.face import Name
from layouts.leader import leader
from layouts.leader_face import LeaderFace, ToSign
from layouts.ticket_face import when
from layouts.wording import LANGUAGES, Language, words
from operations.errors import OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.people.person import Person, Ring
from operations.response.dispute import State

CITY = "city"
MARK = 16
MOST_TO_SIGN = 5


def own_scope(sources: Any, person: Person | None) -> str:
    """Give the scope somebody's page begins with: their district in a county's or town's ring."""
    if person is None or person.place is None or person.ring is Ring.CITY:
        return CITY
    district = person.place
    if person.ring is Ring.TOWN:
        towns = {one.code: one.district for one in sources.reference.towns}
        district = towns.get(person.place, "")
    known = sources.reference.knows("district", district)
    return f"district-{district}" if district and known else CITY


def draw(sources: Any, desk: Desk, shell: Shell, scope: str | None, query: str) -> str | None:
    """Write a scope's page, or that of who asks; None where there is no such scope."""
    who = desk.who()
    shown = scope or own_scope(sources, None if who is None else who.person)
    place = place_name(sources.reference, shown)
    if place is None:
        return None
    language = asked_language(query, sources.settings.language)
    district = shown.partition("-")[2] if shown.startswith("district-") else None
    subject = Subject(Field.AGGREGATE, district=district)
    return leader(
        LeaderFace(
            scope=shown,
            language=language,
            city=city_name(sources.reference),
            place=place,
            zone=sources.reference.zone.key,
            scopes=scopes_of(sources, desk),
            demo=sources.settings.demo,
            reader=reader_of(sources.page_key, who),
            until_ms=None if who is None else who.session.until_us // 1000,
            as_role=None if who is None else who.person.as_role,
            signed_in=who is not None,
            studies=desk.allows(Act.STUDY, subject),
            searches=desk.allows(Act.SEARCH, Subject(Field.TICKET)),
            acts=desk.allows(Act.HANDLE, subject),
            names=names_by_kind(sources.reference, language),
            targets={
                name: sources.reference.targets[f"{name}_rate"]
                for name in ("on_time", "satisfaction")
                if f"{name}_rate" in sources.reference.targets
            },
            few=sources.settings.few_cases,
            short_names=short_names(sources.reference, language),
            to_sign=[*to_sign(sources, desk, language), *to_approve(sources, desk, language)],
            escalated=escalated(sources, desk, language),
        ),
        shell,
    )


def to_sign(sources: Any, desk: Desk, language: Language) -> list[ToSign]:
    """Give the final opinions that wait for who asks: heard, and not signed yet.

    What a ticket says stays on its own page: this one is kept on the device.
    """
    if not desk.allows(Act.SIGN, Subject(Field.TICKET)):
        return []
    books, now, found = Books(sources, desk), desk.now(), list[ToSign]()
    try:
        waiting = books.disputes.listed([State.SCHEDULED], most=MOST_TO_SIGN).rows
        for one in waiting:
            clinic, ticket = books.clinics.clinic(one.clinic), books.ledger.ticket(*one.tickets[0])
            if clinic is None or ticket is None or clinic.at > now:
                continue
            kinds = (("categories", ticket.category), ("districts", ticket.district))
            about = [named(sources, kind, code, language) for kind, code in kinds]
            heard = when(clinic.at, sources.reference.zone)
            found.append(ToSign(one.number, " · ".join(filter(None, about)), heard))
    except Unreachable:  # the page stands without it, as it does without a picture
        return []
    return found


def reader_of(key: bytes, who: Any) -> str:
    """Give the mark a device keeps a person's last look under; nobody can be told from it."""
    account = "" if who is None else who.account.id
    return hmac.new(key, f"leader {account}".encode(), sha256).hexdigest()[:MARK]


def scopes_of(sources: Any, desk: Desk) -> tuple[tuple[str, Name], ...]:
    """Name the scopes whose page whoever asks may open: the city, districts, their department."""
    whole = (words(language)["leader_whole_city"] for language in LANGUAGES)
    own = own_department(desk)
    departments = (one for one in department_names(sources.reference) if one.code == own)
    places: list[tuple[str, Name, dict[str, str]]] = [
        (CITY, Name(CITY, *whole), {}),
        *_places("district", district_names(sources.reference)),
        *_places("department", departments),
    ]
    return tuple(
        (scope, name)
        for scope, name, where in places
        if desk.allows(Act.LOOK, Subject(Field.AGGREGATE, **where))
    )


def _places(kind: str, names: Iterable[Name]) -> Iterator[tuple[str, Name, dict[str, str]]]:
    return ((f"{kind}-{one.code}", one, {kind: one.code}) for one in names)


def acknowledge(sources: Any, desk: Desk, alarm: str, version: int, query: str) -> tuple[bool, str]:
    """Acknowledge an alarm as it was seen; tell whether that was done, and what to say."""
    try:
        seen = {"id": alarm, "version": version}
        said = acted(sources, desk, "acknowledge", seen, query, actor=None, note=None, hours=None)
    except OperationsError as error:
        language = asked_language(query, sources.settings.language)
        return False, refusal(error, face(sources, desk, language))
    return True, said
