"""Partners: utilities and plants outside the city's offices, whom incidents call upon."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Protocol

from operations.errors import BadInput, Conflict
from operations.people.audit import Deed
from operations.response.incident import Signed

KINDS = (
    *("water", "gas", "heating", "power", "telecom", "sanitation", "transit", "property"),
    "other",
)
COLUMNS = ("code", "name_zh", "name_en", "kind", "telephone", "department", "active")
"""The columns of a registry as a table, in their order."""

LONGEST_CODE, LONGEST_NAME, LONGEST_TELEPHONE = 40, 80, 40
MOST = 2_000
"""So many partners a registry holds."""
_YES, _NO = ("1", "yes", "true", "是"), ("0", "no", "false", "否", "")
_TELEPHONE = frozenset("0123456789+-() /转,;#*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """A partner; `department` answers for it, `active` False keeps it out of new incidents.

    `version` grows with every change; one that is new has 0 until it is written. `released` tells
    whether its names may stand on walls; a name that is written anew may not.
    """

    code: str
    name_zh: str
    name_en: str
    kind: str
    telephone: str
    department: str
    active: bool = True
    version: int = 0
    released: bool = False

    def named(self, place: int) -> str:
        """Give its name: the Chinese one for 0, the English one for 1, where it has one."""
        return (self.name_zh, self.name_en or self.name_zh)[place]

    def as_row(self) -> dict[str, str]:
        """Give it as a row of a table."""
        told = asdict(self) | {"active": "1" if self.active else "0"}
        return {name: str(told[name]) for name in COLUMNS}


class PartnerBook(Protocol):
    """The registry; part of the ledger. Errors: `Unreachable`."""

    def all(self) -> list[Partner]:
        """Give every partner, by code."""

    def keep(self, partners: list[Partner], signed: Signed) -> list[Partner]:
        """Write partners and the audit log's lines, all of them or none; give those that changed.

        Each is written where its version is the one held (0: none is). What says the same
        changes nothing. Nothing is released by it, and what has another name is released no more.
        Raises `Conflict` with the partner that is held, and `BadInput` where there would be too
        many.
        """

    def release(self, code: str, *, version: int, released: bool, signed: Signed) -> Partner | None:
        """Let a partner's names onto walls or take them off, with a line of the audit log.

        Gives it as it is held then, None where there is none. What is so already stays as it is.
        Raises `Conflict` with the partner that is held where it is another version.
        """

    def released(self) -> dict[str, tuple[str, str]]:
        """Give the names that may stand on walls by code, Chinese and English."""


def partner_of(given: Mapping[str, str], is_department: Callable[[str], bool]) -> Partner:
    """Read a partner from its columns; raises BadInput naming the column."""
    code = _text(given, "code", LONGEST_CODE).lower()
    if not code or not all(one.isascii() and (one.isalnum() or one in "_-") for one in code):
        raise BadInput("code", f"1 to {LONGEST_CODE} letters, digits, _ or -")
    if is_department(code):
        raise BadInput("code", "a department is called so already")
    name_zh = _text(given, "name_zh", LONGEST_NAME)
    if not name_zh:
        raise BadInput("name_zh", "every partner has a name")
    kind = _text(given, "kind", LONGEST_CODE)
    if kind not in KINDS:
        raise BadInput("kind", f"one of {', '.join(KINDS)}")
    department = _text(given, "department", LONGEST_NAME)
    if not is_department(department):
        raise BadInput("department", "name the department that answers for it")
    active = _text(given, "active", LONGEST_CODE).lower() if "active" in given else "1"
    if active not in (*_YES, *_NO):
        raise BadInput("active", "1 or 0")
    return Partner(
        code=code,
        name_zh=name_zh,
        name_en=_text(given, "name_en", LONGEST_NAME),
        kind=kind,
        telephone=_telephone(given),
        department=department,
        active=active in _YES,
    )


def _text(given: Mapping[str, str], name: str, most: int) -> str:
    found = (given.get(name) or "").strip()
    if len(found) > most or not found.isprintable():
        raise BadInput(name, f"at most {most} characters on one line")
    return found


def _telephone(given: Mapping[str, str]) -> str:
    found = _text(given, "telephone", LONGEST_TELEPHONE)
    if not set(found) <= _TELEPHONE:
        raise BadInput("telephone", "digits, and + - ( ) / # *")
    return found


def written_over(before: Partner | None, given: Partner) -> Partner | None:
    """Give a partner as it is to be written over what is held, None where both say the same.

    Raises `Conflict` where something else is held than was seen.
    """
    if before is None:
        stays = False
    else:
        named = (before.name_zh, before.name_en) == (given.name_zh, given.name_en)
        stays = before.released and named
        if replace(given, version=before.version, released=stays) == before:
            return None
    if given.version != (0 if before is None else before.version):
        raise overtaken(before)
    return replace(given, version=given.version + 1, released=stays)


def released_as(held: Partner, version: int, *, released: bool) -> Partner:
    """Give a partner with its names let onto walls or taken off; raises `Conflict`."""
    if held.released is released:
        return held
    if held.version != version:
        raise overtaken(held)
    return replace(held, version=version + 1, released=released)


def released_names(partners: Iterable[Partner]) -> dict[str, tuple[str, str]]:
    """Give the names that may stand on walls by code, Chinese and English."""
    return {one.code: (one.named(0), one.named(1)) for one in partners if one.released}


def overtaken(held: Partner | None) -> Conflict:
    """Say that somebody changed what was seen."""
    return Conflict("this partner has changed there since it was seen", held)


def partner_deed(before: Partner | None, after: Partner, signed: Signed) -> Deed:
    """Tell the audit log of a partner that was written."""
    return Deed(
        at_us=signed.at_us,
        actor=signed.actor,
        verified=signed.verified,
        act="partner.keep",
        subject=after.code,
        before="" if before is None else _in_words(before),
        after=_in_words(after),
    )


def release_deed(before: Partner, after: Partner, signed: Signed) -> Deed:
    """Tell the audit log of names that were let onto walls, or taken off."""
    return Deed(
        at_us=signed.at_us,
        actor=signed.actor,
        verified=signed.verified,
        act="partner.release" if after.released else "partner.withdraw",
        subject=after.code,
        before=_standing(before),
        after=_standing(after),
    )


def _standing(one: Partner) -> str:
    names = " · ".join(name for name in (one.name_zh, one.name_en) if name)
    return f"v{one.version} {names} · {'on walls' if one.released else 'not on walls'}"


def _in_words(one: Partner) -> str:
    told = [f"v{one.version} {one.name_zh}", one.kind, one.department, one.telephone]
    told += [] if one.active else ["not active"]
    return " · ".join([*told, *(["on walls"] if one.released else [])])
