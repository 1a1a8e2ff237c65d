"""What the administrators' pages on people stand on: accounts, places, who acts, refusals."""

from collections.abc import Mapping
from typing import Any

from callbacks.asking import asked_language
from callbacks.desk import Desk
from layouts.face import Name
from layouts.keeping_face import PersonFace, Places, Rights
from layouts.wording import Language, words
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.account import Account
from operations.people.keeping import By, Place, standing
from operations.people.permissions import Act, Subject
from operations.people.person import Ring
from operations.pulse.windows import from_us

REFUSALS = {
    "login": "people_bad_login",
    "place": "people_bad_place",
    "department": "people_bad_department",
    "role": "people_bad_role",
    "password": "people_bad_password",
    "administrator": "people_bad_last",
    "own": "person_own",
    "retired": "person_retired",
}


def state_of(account: Account) -> str:
    """Tell how an account stands: retired, locked, never signed in, active."""
    if account.retired:
        return "retired"
    if account.locked:
        return "locked"
    return "active" if account.signed_in_us else "never"


def face_of(
    sources: Any,
    desk: Desk,
    account: Account,
    language: Language,
    *,
    second: bool,
    devices: int = 0,
) -> PersonFace:
    """Tell of an account what administrators see; `second` says that it has a passkey."""
    who, names = desk.who(), sources.names
    table = names.districts if account.ring is Ring.COUNTY else names.towns
    first = "first" if account.must_change else "own"
    return PersonFace(
        id=account.id,
        login=account.login,
        name=account.name,
        roles=sorted(account.roles),
        state=state_of(account),
        ring=account.ring.value,
        place=account.place or "",
        place_name=_called(table, account.place, language),
        department=account.department or "",
        department_name=_called(names.departments, account.department, language),
        second=second or account.totp is not None,
        signed_in=when(sources, account.signed_in_us),
        demo=account.demo,
        password="none" if account.password is None else first,
        made=when(sources, account.made_us),
        devices=devices,
        own=who is not None and who.account.id == account.id,
        seen=standing(account),
    )


def when(sources: Any, us: int) -> str:
    """Write a moment in the city's time; empty for never."""
    if not us:
        return ""
    return from_us(us).astimezone(sources.reference.zone).strftime("%Y-%m-%d %H:%M")


def _called(table: Mapping[str, tuple[str, str]], code: str | None, language: Language) -> str:
    if code is None:
        return ""
    pair = table.get(code)
    return code if pair is None else pair[1 if language == "en" else 0]


def rights_of(desk: Desk) -> Rights:
    """Tell what who looks may do with accounts."""
    return Rights(
        make=desk.allows(Act.MAKE_ACCOUNTS, Subject()), give=desk.allows(Act.GIVE_ROLES, Subject())
    )


def places_of(sources: Any) -> Places:
    """Give the places and departments there are to choose from."""
    names = sources.names
    return Places(*(_names(one) for one in (names.departments, names.districts, names.towns)))


def _names(table: Mapping[str, tuple[str, str]]) -> list[Name]:
    return [Name(code, *pair) for code, pair in table.items()]


def place_typed(sources: Any, department: str | None, ring: str | None, place: str | None) -> Place:
    """Read where somebody works, by code or by name; raises BadInput for what there is not."""
    names, chosen = sources.names, Ring(ring) if ring in set(Ring) else Ring.CITY
    table = names.districts if chosen is Ring.COUNTY else names.towns
    return Place(
        _code(names.departments, department, "department"), chosen, _code(table, place, "place")
    )


def _code(table: Mapping[str, tuple[str, str]], typed: str | None, field: str) -> str | None:
    """Give the code of what was typed; where there is no table any code can be."""
    said = (typed or "").strip()
    if not said:
        return None
    if said in table or not table:
        return said
    for code, pair in table.items():
        if said.casefold() in (one.casefold() for one in pair):
            return code
    raise BadInput(field, f"there is no {said!r}")


def by(desk: Desk) -> By:
    """Name who acts on an account, on which device, now."""
    who = desk.who()
    device = f"{who.session.address} {who.session.device}".strip()
    return By(who.person.login, desk.now_us(), device, who.account.id)


def refusal(error: OperationsError, language: Language) -> str:
    """Say in the person's language why an act was not done, and the cure."""
    said = words(language)
    if isinstance(error, Conflict):
        return said["people_conflict"]
    if isinstance(error, Unreachable):
        return said["people_away"]
    key = REFUSALS.get(error.field, "") if isinstance(error, BadInput) else ""
    return said[key or "went_wrong"]


def language_asked(sources: Any, search: str | None) -> Language:
    """Read the language of a page's address."""
    return asked_language(search or "", sources.settings.language)
