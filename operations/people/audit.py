"""The audit log as a chain: every line's hash covers the line before it, so none can be changed.

A hash is SHA-256 over the hash before, a line feed and the line as canonical JSON (keys in
order, no spaces, ASCII). Whoever changes, drops or inserts a line breaks every hash behind it;
whoever makes all hashes anew, or cuts the end off, is found out by a head kept elsewhere.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any

from operations.errors import BadInput

LONGEST_TEXT = 4_000
LONGEST_TERM = 200
"""Of what is looked for in the log."""

MOST_EXPORTED = 100_000
"""Lines of the log that are taken away at once."""

NO_HASH = "0" * 64
"""The hash before the first line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What somebody did, to be written down.

    `act` is a dotted verb ("alarm.acknowledge"), `subject` what it was done to. `before` and
    `after` tell the state in few words or JSON. `verified` says that an account vouches for
    the actor. Never holds a secret, a caller or a ticket's text.
    """

    at_us: int
    actor: str
    act: str
    subject: str
    verified: bool = False
    device: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One line of the audit log; numbers count from 1 without a gap."""

    number: int
    at_us: int
    actor: str
    verified: bool
    device: str
    act: str
    subject: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line with the hash it was written with."""

    line: AuditLine
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: the last line's number and hash."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


EMPTY = Head(0, NO_HASH)


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first line that does not fit, and why."""

    number: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.number}: {self.reason}"


class Unfit(Exception):
    """A store came upon a line that cannot be read as one; carries the flaw."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"line {number}: {reason}")
        self.flaw = Flaw(number, reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditSearch:
    """What lines are looked for; None asks for nothing. `act` also finds what it begins.

    "alarm" finds "alarm.shelve". `from_us` is included, `to_us` is not. `without` leaves out an act
    and what it begins: not every reader of the log may see every matter.
    """

    actor: str | None = None
    act: str | None = None
    subject: str | None = None
    from_us: int | None = None
    to_us: int | None = None
    without: str | None = None

    def finds(self, line: AuditLine) -> bool:
        """Tell whether a line is looked for."""
        return (
            self.actor in (None, line.actor)
            and (self.act is None or f"{line.act}.".startswith(f"{self.act}."))
            and self.subject in (None, line.subject)
            and (self.from_us is None or line.at_us >= self.from_us)
            and (self.to_us is None or line.at_us < self.to_us)
            and (self.without is None or not f"{line.act}.".startswith(f"{self.without}."))
        )


_TEXTS = ("actor", "device", "act", "subject", "before", "after", "reason")
_FIELDS = tuple(field.name for field in fields(AuditLine))


def line_of(deed: Deed, number: int) -> AuditLine:
    """Make the line of a deed, in texts that every store keeps as they are."""
    values = asdict(deed)
    return AuditLine(number=number, **values | {name: _kept(values[name]) for name in _TEXTS})


def _kept(text: str) -> str:
    """Leave out what no database holds (NUL, half a surrogate pair), and cut what is too long."""
    text = text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"


def canonical(line: AuditLine) -> str:
    """Write a line in the one way its hash is taken of."""
    return json.dumps(asdict(line), sort_keys=True, separators=(",", ":"))


def chained(line: AuditLine, before: str) -> KeptLine:
    """Give a line its hash behind the hash before."""
    return KeptLine(line, hashlib.sha256(f"{before}\n{canonical(line)}".encode()).hexdigest())


def head_said(text: str) -> Head:
    """Read a head as a person kept it, `number:hash`; raises BadInput."""
    number, _, found = text.strip().partition(":")
    if not number.isdecimal() or not re.fullmatch("[0-9a-f]{64}", found):
        raise BadInput("--head", "give it as check --audit printed it: number:hash")
    return Head(int(number), found)


def head_of(kept: KeptLine) -> Head:
    """Give the head of a chain that ends with this line."""
    return Head(kept.line.number, kept.hash)


def checked(values: dict[str, Any]) -> AuditLine:
    """Make a line of what a store held, each field of exactly its type; raises ValueError."""
    kinds = {"number": int, "at_us": int, "verified": bool}
    if set(values) != set(_FIELDS):
        raise ValueError("fields are missing or strange")
    for name, value in values.items():
        if type(value) is not kinds.get(name, str):
            raise ValueError(f"{name} is no {kinds.get(name, str).__name__}")
    return AuditLine(**values)


def written(kept: KeptLine) -> str:
    """Write a kept line as one line of text, without its end."""
    return f"{kept.hash} {canonical(kept.line)}"


def read_back(text: str) -> KeptLine:
    """Read a written line; raises ValueError unless it is what `written` writes, byte for byte."""
    found, _, body = text.partition(" ")
    try:
        kept = KeptLine(checked(dict(json.loads(body))), found)
    except (TypeError, RecursionError) as error:
        raise ValueError("is no line of an audit log") from error
    if written(kept) != text:
        raise ValueError("is not written as an audit line is")
    return kept


def verify(lines: Iterable[KeptLine], *anchors: Head) -> Flaw | Head:
    """Go through a chain from its first line; give the first flaw, or the head where there is none.

    `anchors` are heads of this chain that were kept elsewhere: the chain must come by each. A
    chain that ends before one was cut off.
    """
    head, hashes = EMPTY, {one.number: one.hash for one in anchors}
    try:
        for kept in lines:
            flaw = _misfit(kept, head, hashes)
            if flaw is not None:
                return flaw
            head = head_of(kept)
    except Unfit as error:
        return error.flaw
    longest = max(hashes, default=0)
    if head.number < longest:
        return Flaw(head.number + 1, f"is missing: the log once came to line {longest}")
    return head


def _misfit(kept: KeptLine, before: Head, hashes: dict[int, str]) -> Flaw | None:
    number = kept.line.number
    if number != before.number + 1:
        return Flaw(before.number + 1, f"is missing or out of order: line {number} is found there")
    if chained(kept.line, before.hash) != kept:
        return Flaw(number, "its hash is not that of what it says")
    if hashes.get(number, kept.hash) != kept.hash:
        return Flaw(number, "is not the line the kept head tells of: hashes were made anew")
    return None


def compare(first: Iterable[KeptLine], second: Iterable[KeptLine]) -> Flaw | None:
    """Give the first line in which two keepings of one log differ, None where they are the same.

    `first` is the database, `second` what was written beside it.
    """
    try:
        for number, (one, other) in enumerate(_pairs(first, second), 1):
            if one != other:
                return Flaw(number, _difference(one, other))
    except Unfit as error:
        return error.flaw
    return None


def _pairs(
    first: Iterable[KeptLine], second: Iterable[KeptLine]
) -> Iterator[tuple[KeptLine | None, KeptLine | None]]:
    ones, others = iter(first), iter(second)
    while True:
        pair = (next(ones, None), next(others, None))
        if pair == (None, None):
            return
        yield pair


def _difference(one: KeptLine | None, other: KeptLine | None) -> str:
    if one is None:
        return "is in the second keeping and no longer in the database"
    if other is None:
        return "is in the database and not in the second keeping"
    return "is not the same in the database and in the second keeping"
