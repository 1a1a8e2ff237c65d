"""Partners: utilities and plants outside the city's offices, whom incidents call upon."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
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

    `version` grows with every change; one that is new has 0 until it is written.
    """

    code: str
    name_zh: str
    name_en: str
    kind: str
    telephone: str
    department: str
    active: bool = True
    version: int = 0

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
        changes nothing. Raises `Conflict` with the partner that is held, and `BadInput` where
        there would be too many.
        """


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


def _in_words(one: Partner) -> str:
    told = [f"v{one.version} {one.name_zh}", one.kind, one.department, one.telephone]
    return " · ".join([*told, *([] if one.active else ["not active"])])
