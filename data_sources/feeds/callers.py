"""Who called: at the door a caller becomes a keyed hash, and is not seen again."""

import hmac
import re
import unicodedata

from data_sources.feeds.words import NOBODY
from operations.names import plain

_PHONE = re.compile(r"[+\d\s\-().—–/]+")
_NOT_DIGITS = re.compile(r"\D+")
_COUNTRY = re.compile(r"^(?:00)?86(?=1\d{10}$|0\d{9,11}$)")
LONGEST_CALLER = 200
SHORTEST_NUMBER = 5


def normal(caller: str) -> str | None:
    """Bring a number or name into one form, None for nobody in particular.

    Full-width digits, blanks, dashes and the prefixes +86, 0086 and 86 do not make another
    caller.
    """
    caller = unicodedata.normalize("NFKC", caller).strip()
    if not caller or plain(caller) in NOBODY:
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
