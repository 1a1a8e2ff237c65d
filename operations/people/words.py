"""Single words and whole records of which nobody knows what they hold: shown only where safe."""

import re
from typing import Any

from operations.people.masking import mask
from operations.people.naming import looks_like_name

UNSHOWN = "…"
_QUOTED = re.compile(r"'(.*)'", re.DOTALL)  # to the last quote: a quoted word may hold some
_SAFE = re.compile(
    r"[a-z][a-z_]{0,29}"  # a code
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}[0-9:.]{0,10}(?:Z|[+-][0-9:]{4,5})?)?"
    r"|[0-9]{1,6}|-?[0-9]{1,3}\.[0-9]{1,9}"  # a small number, a coordinate
    r"|[\u4e00-\u9fff/、]{1,10}",  # a word of a form, such as 待核实
)
MOST_FIELDS = 80
MOST_PARTS = 3
MOST_DEEP = 3
CALLER, CONTACT = "caller", "contact_"
KEPT_WHOLE = frozenset({"source", "external_id"})
"""What a record is found by; its people are masked like those of a text."""


def shown_word(word: str) -> str:
    """Give a word where it can be no person, number or address, else an ellipsis."""
    word = word.strip()
    if _SAFE.fullmatch(word) and mask(word) == word and not looks_like_name(word):
        return word
    return UNSHOWN if word else word


def shown_reason(reason: str) -> str:
    """Give a reason whose quoted words are shown only where that is safe."""
    return _QUOTED.sub(lambda found: f"'{shown_word(found[1])}'", reason)


def shown_record(record: Any, deep: int = 0) -> Any:
    """Give a delivered record with its field names, and values only where that is safe."""
    if isinstance(record, dict):
        if deep >= MOST_DEEP:
            return UNSHOWN
        fields = list(record.items())[:MOST_FIELDS]
        return {_name(name): _shown_field(str(name), value, deep) for name, value in fields}
    if isinstance(record, list):
        if deep >= MOST_DEEP:
            return UNSHOWN
        return [shown_record(part, deep + 1) for part in record[:MOST_PARTS]]
    if isinstance(record, str):
        return shown_word(record)
    if isinstance(record, bool) or record is None:
        return record
    shown_whole = isinstance(record, int | float) and shown_word(str(record)) != UNSHOWN
    return record if shown_whole else UNSHOWN


def _name(name: object) -> str:
    """Give a field's name; a record's keys can hold anything too."""
    word = str(name)
    return word if re.fullmatch(r"[a-z_.]{1,30}", word) else shown_word(word)


def _shown_field(name: str, value: Any, deep: int) -> Any:
    if name == CALLER or name.startswith(CONTACT):  # whatever it looks like, it tells who called
        return dict.fromkeys(map(_name, value), UNSHOWN) if isinstance(value, dict) else UNSHOWN
    if name in KEPT_WHOLE and isinstance(value, str | int):
        return mask(str(value)[:128])
    return shown_record(value, deep + 1)
