"""What may be told of a matter to people who were not in it: nobody is to be found by it.

Beyond what `mask` hides, the days go, and every word that is known to name somebody or some place
of the matter. Rules find neither every name nor every place: `doubtful` points at what a reader
has to look at.
"""

import re
from collections.abc import Iterable

from operations.people.masking import SHORTEST_KNOWN, mask

HIDDEN = "*"
MOST_DOUBTS = 12
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAYS = (
    re.compile(
        r"(?<!\d)(?:19|20)\d{2}[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月]\d{1,2}[日号]?|月)?(?!\d)"
    ),
    re.compile(r"(?<!\d)(?:0?[1-9]|1[0-2])月(?:[12]\d|3[01]|0?[1-9])[日号]?"),
    re.compile(
        rf"(?<![0-9A-Za-z])(?:[0-3]?\d ?(?:{_MONTHS})[a-z]*|(?:{_MONTHS})[a-z]* [0-3]?\d)"
        r"(?![0-9A-Za-z])(?: 20\d\d)?"
    ),
)
_MATTERS = re.compile(r"(?<![A-Za-z])(?:SJ-|YL-|ZY|ZZ|MZ|GJ|WZ|WS|AL)20\d{2}-\d{4,}")
"""Numbers of incidents, drills, disputes, clinics, orders, campaigns, matters and papers of
accountability, cases."""
_PARTLY = re.compile(r"\d+\*{3,}\d+[Xx]?")
"""What `mask` leaves of a number for who works with its ticket."""
_PLACES = re.compile(
    r"[\u4e00-\u9fffA-Za-z0-9]{2,6}(?:小区|片区|园区|花园|家园|公寓|大厦|广场|社区|村|学校|小学|中学|幼儿园|"
    r"医院|街道|镇|路|街|巷|厂|公司|号楼)"
)
_NUMBERS = re.compile(r"(?<![\d.])\d{5,}(?![\d.])")
_LATIN = re.compile(r"\b[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}\b")

_ASIDE = re.compile(r"（[^）]*）$")
_KIND_OF_PLACE = re.compile(r"(?:供水区|供热区|自治县|街道|开发区|区|市|县|镇|乡)$")


def places(names: Iterable[str]) -> set[str]:
    """Give names of places, and each as people say it for short: 龙口 for 龙口市."""
    given = {_ASIDE.sub("", one) for one in names if one}
    return given | {_KIND_OF_PLACE.sub("", one) for one in given}


def anonymous(text: str, known: Iterable[str] = ()) -> str:
    """Hide who, where and when of a text; as long as the text, and the same when done again.

    `known` are the names and numbers of the matter: hidden wherever they stand, the longest first.
    """
    words = sorted({one for one in known if len(one) >= SHORTEST_KNOWN}, key=len, reverse=True)
    while (hidden := _hidden_once(text, words)) != text:  # what was hidden may uncover a pattern
        text = hidden
    return text


def _hidden_once(text: str, words: Iterable[str]) -> str:
    for pattern in _DAYS:
        text = pattern.sub(lambda found: re.sub(r"[0-9A-Za-z]", HIDDEN, found[0]), text)
    for word in words:
        text = text.replace(word, HIDDEN * len(word))
    for pattern in (_MATTERS, _PARTLY):
        text = pattern.sub(lambda found: HIDDEN * len(found[0]), text)
    return mask(text)


def doubtful(text: str) -> tuple[str, ...]:
    """Give what in a text might still tell who or where, in its order, for a person to look at."""
    found = [
        (one.start(), one[0]) for rule in (_PLACES, _NUMBERS, _LATIN) for one in rule.finditer(text)
    ]
    return tuple(dict.fromkeys(word for _, word in sorted(found)))[:MOST_DOUBTS]
