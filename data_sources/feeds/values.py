"""One field at a time: a delivered value in, a clean value out, with a note of each repair."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from data_sources.feeds.words import FLAG
from operations.errors import BadInput
from operations.names import plain

Word = TypeVar("Word", bound=StrEnum)

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST_DUE = datetime(2100, 1, 1, tzinfo=UTC)
AHEAD = timedelta(hours=24)  # a source's clock may run ahead, and its zone may be set wrong
MOST_COUNT = 10_000
LONGEST_WORD = 200
LARGEST = 10**40

_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS_OF_A_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROLS_OF_A_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]+")


class Repair(NamedTuple):
    """What was put right in a delivered record, and by which rule."""

    field: str
    rule: str


def shown(value: object) -> str:
    """Show a delivered value in a reason: short, safe to print, and never what is inside it."""
    if isinstance(value, str):
        text = value if len(value) <= 60 else value[:59] + "…"
    elif (
        value is None
        or isinstance(value, bool | float | datetime)
        or (isinstance(value, int) and abs(value) < LARGEST)
    ):
        text = str(value)
    else:
        text = {dict: "an object", list: "a list", int: "a huge number"}.get(type(value), "?")
    return "'" + _CONTROLS_OF_A_LINE.sub(" ", _SURROGATES.sub("\ufffd", text)) + "'"


class Values:
    """Reads the fields of one delivered record and collects the repairs.

    Nothing delivered, null and the empty text are the same: absent. Every method raises
    BadInput where its rule says that the record cannot be taken.
    """

    __slots__ = ("_prefix", "_raw", "latest", "repairs")

    def __init__(
        self, raw: Mapping[str, Any], latest: datetime, repairs: list[Repair], prefix: str = ""
    ) -> None:
        self._raw, self.latest, self.repairs, self._prefix = raw, latest, repairs, prefix

    def given(self, name: str) -> Any:
        """Give a value as delivered, None where there is none."""
        value = self._raw.get(name)
        return None if value == "" else value

    def note(self, name: str, rule: str) -> None:
        """Note a repair."""
        self.repairs.append(Repair(self._prefix + name, rule))

    def refuse(self, name: str, reason: str) -> BadInput:
        """Make the error that refuses the record for this field."""
        return BadInput(self._prefix + name, reason)

    def within(self, name: str) -> "Values | None":
        """Read an object inside the record."""
        value = self.given(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.refuse(name, f"must be an object, got {shown(value)}")
        return Values(value, self.latest, self.repairs, f"{self._prefix}{name}.")

    def line(self, name: str, most: int = LONGEST_WORD) -> str | None:
        """Read one line of text: no control characters, cut at `most` characters."""
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        if type(value) is str and len(value) <= most and value.isprintable():
            return value.strip() or None
        return self.clean(name, value, most, _CONTROLS_OF_A_LINE) or None

    def text(self, name: str, most: int) -> str:
        """Read a text of several lines, cut at `most` characters."""
        value = self._raw.get(name)
        if value is None or value == "":
            return ""
        if type(value) is str and len(value) <= most and value.isprintable():
            return value
        return self.clean(name, value, most, _CONTROLS_OF_A_TEXT)

    def clean(self, name: str, value: object, most: int, controls: re.Pattern[str]) -> str:
        """Repair a text that is not plainly good."""
        if type(value) is int:
            self.note(name, "a whole number was written out as text")
            value = _written_out(self, name, value)
        if not isinstance(value, str):
            raise self.refuse(name, f"must be text, got {shown(value)}")
        cut = value[: most * 2]  # a text of millions of characters is not searched to its end
        whole = _SURROGATES.sub("\ufffd", cut)
        if whole != cut:
            self.note(name, "broken characters (lone surrogates) were replaced by U+FFFD")
        kept = controls.sub(" " if controls is _CONTROLS_OF_A_LINE else "", whole)
        if kept != whole:
            self.note(name, "control characters were taken out")
        kept = kept.strip()
        if len(kept) > most or len(value) > most * 2:
            self.note(name, f"cut at {most:,} characters")
            kept = kept[:most]
        return kept

    def identity(self, name: str, most: int, *, forbidden: str = "") -> str:
        """Read a part of a ticket's identity, which is never repaired but by outer blanks."""
        value = self.given(name)
        if value is None:
            raise self.refuse(name, "missing")
        if type(value) is int:
            self.note(name, "a whole number was written out as text")
            value = _written_out(self, name, value)
        if not isinstance(value, str):
            raise self.refuse(name, f"must be text, got {shown(value)}")
        value = value.strip()
        if not value:
            raise self.refuse(name, "missing")
        if len(value) > most:
            raise self.refuse(name, f"longer than {most} characters")
        if not value.isprintable() or (forbidden and forbidden in value):
            raise self.refuse(name, "has characters that are not allowed in an identity")
        return value

    def time(self, name: str, *, due: bool = False) -> datetime | None:
        """Read a time: ISO 8601 with an offset, within the years a hotline can mean."""
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        try:
            at = value if isinstance(value, datetime) else datetime.fromisoformat(value.strip())
            if at.tzinfo is None:
                raise self.refuse(
                    name, f"{shown(value)} has no UTC offset; write e.g. 2026-03-01T08:00:00+08:00"
                )
            at = at.astimezone(UTC)
        except (ValueError, OverflowError, AttributeError, TypeError):
            raise self.refuse(
                name, f"{shown(value)} is not an ISO 8601 time such as 2026-03-01T08:00:00+08:00"
            ) from None
        if at < EARLIEST:
            raise self.refuse(name, f"{shown(value)} lies before the year 2000")
        if at > (LATEST_DUE if due else self.latest):
            end = "the year 2100" if due else "24 hours from now"
            raise self.refuse(name, f"{shown(value)} lies after {end}")
        return at

    def number(self, name: str) -> float | None:
        """Read a finite number; a number written as text is read, and that is noted."""
        value = self.given(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= 40:
            try:
                value = float(value)
            except ValueError:
                raise self.refuse(name, f"{shown(value)} is not a number") from None
            self.note(name, "a number written as text was read")
        if type(value) not in (int, float):
            raise self.refuse(name, f"must be a number, got {shown(value)}")
        try:
            value = float(value)
        except OverflowError:
            value = math.inf
        if not math.isfinite(value):
            raise self.refuse(name, "must be a finite number")
        return value

    def count(self, name: str) -> int:
        """Read how often something happened; absent is never."""
        value = self._raw.get(name)
        if value is None or value == "":
            return 0
        if type(value) is not int:
            number = self.number(name) or 0.0
            if number != int(number):
                raise self.refuse(name, f"{shown(value)} is not a whole number")
            value = int(number)
        if not 0 <= value <= MOST_COUNT:
            raise self.refuse(name, f"must lie between 0 and {MOST_COUNT:,}")
        return value

    def flag(self, name: str) -> bool | None:
        """Read a yes or no: true and false, 1 and 0, or a word for either."""
        value = self.given(name)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str | int):
            said = FLAG.get(plain(str(value)[:20]))
            if said is not None:
                return said
        raise self.refuse(name, f"{shown(value)} is neither yes nor no")

    def word(self, name: str, table: Mapping[str, Word]) -> Word | None:
        """Look a word up; None both where nothing was delivered and where nobody knows it."""
        value = self._raw.get(name)
        if value is None or value == "":
            return None
        found = table.get(value) if type(value) is str else None
        return found or table.get(plain(self.line(name) or ""))

    def word_or(self, name: str, table: Mapping[str, Word], else_: Word) -> Word:
        """Look a word up; an unknown one becomes `else_`, and that is noted."""
        found = self.word(name, table)
        if found is None and self.line(name) is not None:
            self.note(name, f"unknown {shown(self.given(name))}, taken as {else_}")
        return else_ if found is None else found


def _written_out(values: Values, name: str, value: int) -> str:
    if abs(value) >= LARGEST:
        raise values.refuse(name, "is a number too large to be meant")
    return str(value)
