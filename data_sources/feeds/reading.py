"""A delivered record in, a ticket out, or a refusal with field and reason.

Every rule is stated in `docs/feeds.md`. Reading raises for nothing that was delivered.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from data_sources.feeds import callers
from data_sources.feeds.places import MOST_SEEN, Place, PlaceReader
from data_sources.feeds.refusing import refusal
from data_sources.feeds.times import Times, read_times
from data_sources.feeds.unknown import (
    GrowingNames,
    NameKind,
    Unknown,
    growing_where_empty,
)
from data_sources.feeds.values import AHEAD, LONGEST_WORD, Repair, Values
from data_sources.feeds.words import (
    CHANNEL,
    KIND,
    NO_ANSWER,
    SATISFACTION,
    STATUS,
    URGENCY,
)
from data_sources.protecting import Person, guard
from data_sources.reference import Reference
from data_sources.sealing import Sealer
from operations.errors import BadInput
from operations.names import plain
from operations.people.masking import mask
from operations.ports import Refused
from operations.tickets.ticket import Callback, Channel, Kind, Ticket, Urgency

LONGEST_SOURCE = 64
LONGEST_ID = 128
LONGEST_TITLE, LONGEST_REASON = 300, 300
LONGEST_TEXT = 20_000
MOST_LEVELS = 3
MOST_COOPERATING = 20
OTHER = "other"
_NOT_ASKED = "\0"


@dataclass(frozen=True, slots=True)
class ReadTicket:
    """A ticket as it was understood, and what had to be put right for that."""

    ticket: Ticket
    repairs: tuple[Repair, ...] = ()


class TicketReader:
    """Reads records of one city. `caller_key` is the secret that callers are hashed with.

    What names a person, and the words as delivered, leave here sealed by `sealer`; the ticket
    shows masked copies. Every feed reads by this class, so that nothing goes around it.

    Without `unknown`, words the tables do not know are counted as `other`, but where the city
    has no table at all they become codes of their own, as far as `growing` admits them.
    """

    def __init__(
        self,
        reference: Reference,
        caller_key: bytes,
        sealer: Sealer,
        *,
        unknown: Unknown | None = None,
        growing: GrowingNames | None = None,
        crs: str = "WGS84",
    ) -> None:
        self.reference, self._caller_key, self.sealer = reference, caller_key, sealer
        self._unknown = unknown or growing_where_empty(reference)
        self._growing = growing or GrowingNames()
        adding = self._growing if self._unknown.district == "add" else None
        self._places = PlaceReader(reference, crs=crs, growing=adding)
        self._categories: dict[str, str | None] = {}
        self._departments: dict[str, str | None] = {}

    def with_rules(self, unknown: Unknown, crs: str) -> "TicketReader":
        """Give a reader of the same city for a feed with rules of its own."""
        given = (self.reference, self._caller_key, self.sealer)
        return TicketReader(*given, unknown=unknown, growing=self._growing, crs=crs)

    def read(self, raw: object, *, now: datetime, feed: str) -> ReadTicket | Refused:
        """Read one record delivered by `feed`; `now` bounds what can have happened already.

        Raises `Unreachable` where a name wants to be new and the ledger's cannot be asked for.
        """
        if not isinstance(raw, dict):
            return self._refuse(raw, BadInput("record", "must be a JSON object"), now, feed)
        repairs: list[Repair] = []
        try:
            ticket = self._ticket(Values(raw, now + AHEAD, repairs), now)
        except BadInput as error:
            return self._refuse(raw, error, now, feed)
        return ReadTicket(ticket, tuple(repairs))

    def _refuse(self, raw: object, error: BadInput, now: datetime, feed: str) -> Refused:
        return refusal(raw, error, now=now, feed=feed, sealer=self.sealer)

    def _ticket(self, values: Values, now: datetime) -> Ticket:
        status = values.word("status", STATUS)
        if status is None:
            raise _no_status(values)
        times = read_times(values, status, now)
        category, category_as_given = self._category(values)
        department, department_as_given = self._department(values)
        parent = values.given("parent")
        source = values.identity("source", LONGEST_SOURCE, forbidden="/")
        external_id = values.identity("external_id", LONGEST_ID)
        place = self._places.read(values)
        person = callers.read_person(values)
        known = person.known_words()
        reason = values.line("return_reason", LONGEST_REASON)
        guarded = self._guarded(values, (source, external_id), person, place)
        return Ticket(
            source=source,
            external_id=external_id,
            **times,
            **place,
            **guarded,
            status=status,
            category=category,
            kind=values.word_or("type", KIND, Kind.OTHER),
            channel=values.word_or("channel", CHANNEL, Channel.OTHER),
            urgency=values.word_or("urgency", URGENCY, Urgency.ROUTINE),
            confidential=values.flag("confidential") or False,
            department=department,
            cooperating=self._cooperating(values),
            returns=values.count("returns"),
            reassignments=values.count("reassignments"),
            extensions=values.count("extensions"),
            reopenings=values.count("reopenings"),
            return_reason="" if reason is None else mask(reason, known),
            callback=_callback(values, times),
            parent=None if parent is None else values.identity("parent", LONGEST_ID),
            category_as_given=category_as_given and mask(category_as_given, known),
            department_as_given=department_as_given and mask(department_as_given, known),
            reported_on_time=values.flag("reported_on_time"),
        )

    def _category(self, values: Values) -> tuple[str, str | None]:
        """Find the category by its most particular level that the tables know."""
        levels = _levels(values)
        for word in reversed(levels):
            code = self._known(self._categories, self.reference.categories, word)
            if code is not None:
                return code, None
        given = " > ".join(levels)[:LONGEST_WORD]
        if self._may_grow("category", levels[-1]):
            return levels[-1], given if len(levels) > 1 else None
        if self._unknown.category == "refuse":
            raise values.refuse("category", f"unknown '{given}'")
        values.note("category", f"unknown '{given}', counted as {OTHER}")
        return OTHER, given

    def _may_grow(self, kind: NameKind, word: str) -> bool:
        return getattr(self._unknown, kind) == "add" and self._growing.admit(kind, word)

    def _department(self, values: Values) -> tuple[str | None, str | None]:
        word = values.line("department")
        if word is None:
            return None, None
        code = self._known(self._departments, self.reference.departments, word)
        if code is not None:
            return code, None
        if self._may_grow("department", word):
            return word, None
        if self._unknown.department == "refuse":
            raise values.refuse("department", f"unknown '{word}'")
        values.note("department", f"unknown '{word}', counted as {OTHER}")
        return OTHER, word

    def _known(self, seen: dict[str, str | None], table: Any, word: str) -> str | None:
        """Ask a table once for each word; several threads may read at a time."""
        code = seen.get(word, _NOT_ASKED)
        if code is _NOT_ASKED:
            found = table.find(word)
            code = None if found is None else found.code
            if len(seen) >= MOST_SEEN:
                seen.clear()
            seen[word] = code
        return code

    def _cooperating(self, values: Values) -> tuple[str, ...]:
        given = values.given("cooperating")
        if given is None:
            return ()
        words = _list_of_words(values, "cooperating", given)
        codes: dict[str, None] = {}
        for word in words:
            code = self._known(self._departments, self.reference.departments, word)
            if code is None:
                code = word if self._may_grow("department", word) else OTHER
                if code == OTHER:
                    values.note("cooperating", f"unknown '{word}', counted as {OTHER}")
            codes[code] = None
        if len(codes) > MOST_COOPERATING:
            values.note("cooperating", f"cut at {MOST_COOPERATING} departments")
        return tuple(codes)[:MOST_COOPERATING]

    def _guarded(
        self, values: Values, identity: tuple[str, str], person: Person, place: Place
    ) -> dict[str, Any]:
        """Read the words: mask what is shown, seal what was delivered."""
        words = {
            "title": values.line("title", LONGEST_TITLE) or "",
            "text": values.text("text", LONGEST_TEXT),
            "address": place["address"],
        }
        phone = person.phone or person.contact_phone
        number = person.id_number or person.contact_id_number
        guarded = guard(
            self.sealer,
            identity,
            person,
            words,
            phone=callers.normal(phone) if phone else None,
            id_number=callers.normal(number) if number else None,
        )
        place["address"] = guarded.address
        caller = person.caller
        return {
            "title": guarded.title,
            "text": guarded.text,
            "caller_key": caller and callers.key_of(caller, self._caller_key),
            "sealed": guarded.sealed,
            "sealed_mark": guarded.sealed_mark,
        }


def _no_status(values: Values) -> BadInput:
    word = values.line("status")
    if word is None:
        return values.refuse("status", "missing")
    known = ", ".join(dict.fromkeys(member.value for member in STATUS.values()))
    return values.refuse("status", f"unknown '{word[:60]}'; known are {known} and their 中文")


def _levels(values: Values) -> list[str]:
    given = values.given("category")
    if given is None:
        raise values.refuse("category", "missing")
    if isinstance(given, list):
        levels = _list_of_words(values, "category", given)
        if len(levels) > MOST_LEVELS:
            raise values.refuse("category", f"has more than {MOST_LEVELS} levels")
    else:
        word = values.line("category")
        levels = [] if word is None else [word]
    if not levels:
        raise values.refuse("category", "missing")
    return levels


def _list_of_words(values: Values, name: str, given: object) -> list[str]:
    parts = given if isinstance(given, list) else [given]
    if isinstance(given, str):
        parts = given.translate(_SEPARATORS).split("|")
    if len(parts) > 100:
        raise values.refuse(name, "has more than 100 entries")
    words = []
    for part in parts:
        word = Values({name: part}, values.latest, values.repairs).line(name)
        if word is not None:
            words.append(word)
    return words


_SEPARATORS = str.maketrans(dict.fromkeys(",，、;；/", "|"))


def _callback(values: Values, times: Times) -> Callback | None:
    inner = values.within("callback")
    if inner is None:
        return None
    at, reached, resolved = inner.time("at"), inner.flag("reached"), inner.flag("resolved")
    satisfaction = inner.word("satisfaction", SATISFACTION)
    said = inner.line("satisfaction")
    if said is not None and satisfaction is None and plain(said) not in NO_ANSWER:
        inner.note("satisfaction", f"unknown '{said[:60]}'; counted as no answer")
    if at is None and reached is None and resolved is None and satisfaction is None:
        return None
    if at is None:
        at = times["updated_at"]
        inner.note("at", "missing; taken from updated_at")
    elif at < times["created_at"]:
        at = times["created_at"]
        inner.note("at", "before created_at; set to it")
    answered = resolved is not None or satisfaction is not None
    if reached is False and answered:
        inner.note("reached", "there is an answer, so the caller was reached")
    return Callback(at, bool(reached) or answered, resolved, satisfaction)
