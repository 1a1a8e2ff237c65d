"""Who called: at the door a caller becomes a keyed hash and a sealed message, never more."""

import hmac
import re
import unicodedata

from data_sources.feeds.values import Values
from data_sources.feeds.words import NOBODY as NOBODY_WORDS
from data_sources.protecting import NOBODY, Person
from operations.names import plain

_PHONE = re.compile(r"[+\d\s\-().—–/]+")
_NOT_DIGITS = re.compile(r"\D+")
_COUNTRY = re.compile(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$)")
_IDENTITY = re.compile(r"[1-9]\d{16}[\dXx]")
LONGEST_CALLER = 200
LONGEST_NUMBER = 10**40
SHORTEST_NUMBER = 5
CONTACTS = ("contact_name", "contact_phone", "contact_id_number", "contact_address")


def normal(caller: str) -> str | None:
    """Bring a number or name into one form, None for nobody in particular.

    Full-width digits, blanks, dashes and the prefixes +86, 0086 and 86 do not make another
    caller.
    """
    caller = unicodedata.normalize("NFKC", caller).strip()
    if not caller or plain(caller) in NOBODY_WORDS:
        return None
    if _PHONE.fullmatch(caller):
        digits = _NOT_DIGITS.sub("", caller)
        if len(digits) >= SHORTEST_NUMBER:
            return _COUNTRY.sub("", digits)
    return " ".join(caller.casefold().split())


def key_of(caller: str, key: bytes) -> str | None:
    """Hash a caller with HMAC-SHA256: 16 hex characters, None for nobody in particular."""
    known = normal(caller[:LONGEST_CALLER])
    if known is None:
        return None
    return hmac.digest(key, known.encode("utf-8", "replace"), "sha256").hex()[:16]


def read_person(values: Values) -> Person:
    """Read `caller` (text, a number, or an object) and the `contact_` fields.

    What is neither is noted by field and costs nothing else.
    """
    given = values.given("caller")
    if given is None:
        found: dict[str, str] = {}
    elif isinstance(given, dict):
        inner = {name: _text(values, "caller", given.get(name)) for name in _CALLER_FIELDS}
        found = {name: text for name, text in inner.items() if text is not None}
    else:
        text = _text(values, "caller", given)
        found = {} if text is None else {_kind(text): text}
    contact = {name: _text(values, name, values.given(name)) for name in CONTACTS}
    if not found and not any(contact.values()):
        return NOBODY
    return _person(found, contact)


def _person(found: dict[str, str], contact: dict[str, str | None]) -> Person:
    name, phone = contact["contact_name"], contact["contact_phone"]
    id_number, of_contact = found.get("id_number"), contact["contact_id_number"]
    return Person(
        name=found.get("name"),
        phone=found.get("phone"),
        id_number=id_number,
        contact_name=None if name == found.get("name") else name,
        contact_phone=None if phone == found.get("phone") else phone,
        contact_id_number=None if of_contact == id_number else of_contact,
        contact_address=contact["contact_address"],
        caller=found.get("phone") or phone or id_number or of_contact or found.get("name"),
    )


_CALLER_FIELDS = ("name", "phone", "id_number")


def _kind(caller: str) -> str:
    """Tell what a caller written as one text is."""
    known = unicodedata.normalize("NFKC", caller).strip()
    if _IDENTITY.fullmatch(known):
        return "id_number"
    digits = len(_NOT_DIGITS.sub("", known))
    return "phone" if digits >= SHORTEST_NUMBER and _PHONE.fullmatch(known) else "name"


def _text(values: Values, name: str, given: object) -> str | None:
    """Take a text or a number; nobody in particular is nobody."""
    if given is None or given == "":
        return None
    if type(given) is int and abs(given) < LONGEST_NUMBER:
        given = str(given)
    if not isinstance(given, str):
        values.note(name, "neither text nor number; taken without a caller")
        return None
    text = given[:LONGEST_CALLER].encode("utf-8", "replace").decode().replace("\0", "").strip()
    return text if normal(text) is not None else None
