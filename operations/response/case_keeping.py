"""What people do with a case of the library is entered: compared, signed, written down."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from operations.errors import BadInput, Conflict
from operations.legible import is_legible
from operations.people.anonymity import anonymous
from operations.response.case import (
    CASE,
    LONGEST,
    NEEDED,
    Act,
    Asked,
    Case,
    CaseLine,
    Passage,
    State,
)
from operations.response.case_drafting import Material, drafted
from operations.response.ports_case import CaseBook
from operations.tickets.handling_entering import (
    actor_given,
    key_given,
    key_taken,
    reason_given,
)


@dataclass(frozen=True, slots=True)
class Library:
    """Where acts are entered: the book, and what an incident gives for its case."""

    book: CaseBook
    material: Callable[[str], Material | None]
    zone: ZoneInfo


class Keeping:
    """Enters one person's acts. Each raises BadInput, Conflict with what is held, Unreachable."""

    def __init__(self, library: Library, actor: str, now: datetime, *, verified: bool) -> None:
        self._library, self._now, self._verified = library, now, verified
        self._actor = actor_given(actor)

    def begin(self, incident: str, *, key: str) -> Case:
        """Draft a case from an incident; the same key again gives the one that is there."""
        made = drafted(self._material(incident), actor=self._actor, now=self._now)
        line = self._line(made, Act.BEGIN, Asked(), key_given(self._actor, key, ""))
        year = self._now.astimezone(self._library.zone).year
        begun = self._library.book.begin(made, line, year)
        if begun.incident != incident:
            raise key_taken()
        return begun

    def act(
        self, number: str, act: Act, asked: Asked, *, expected_version: int, key: str = ""
    ) -> Case:
        """Do an act on a case as it was seen at a version."""
        book = self._library.book
        held = book.case(number)
        if held is None:
            raise BadInput("number", f"there is no case {number}")
        named = key_given(self._actor, key, f"{number}/{expected_version}/{act}")
        before = next((one for one in book.lines(number) if one.key == named), None)
        if before is not None:
            self._refuse_other(before, held, act, asked)
            return held
        if held.version != expected_version:
            raise Conflict(f"case {number} has changed since you saw it", held)
        after = self._done(held, act, asked)
        return book.act(after, self._line(after, act, asked, named))

    def _refuse_other(self, before: CaseLine, held: Case, act: Act, asked: Asked) -> None:
        """Raise BadInput where a key is another act's, or its texts are not those that were kept.

        Where somebody acted since, what was kept then can no longer be told: it raises Conflict.
        """
        if (before.act, before.reason) != (act, asked.reason.strip()):
            raise key_taken()
        if act is Act.REVISE:
            if held.version != before.version:
                raise Conflict(f"case {held.number} has changed since you saw it", held)
            if self._revised(held, asked.texts) != held.passages:
                raise key_taken()

    def _done(self, held: Case, act: Act, asked: Asked) -> Case:
        move = CASE.move(held.state, act)
        if move.needs_reason:
            reason_given(asked.reason)
        after = replace(held, state=State(move.target), version=held.version + 1)
        if act is Act.REVISE:
            return replace(after, passages=self._revised(held, asked.texts))
        if act is Act.PUBLISH:
            self._refuse_unread(held, asked)
            return replace(after, read_by=self._actor, published_at=self._now)
        return after

    def _revised(self, held: Case, texts: Mapping[str, str]) -> tuple[Passage, ...]:
        """Give the passages with other texts, in each of which what tells too much is hidden."""
        unknown = texts.keys() - {one.key for one in held.passages}
        if unknown:
            raise BadInput("texts", f"there is no passage {min(unknown)}")
        known = self._material(held.incident).known()
        return tuple(
            replace(one, text=anonymous(_fitting(one, texts.get(one.key, one.text)), known))
            for one in held.passages
        )

    def _refuse_unread(self, held: Case, asked: Asked) -> None:
        """Raise BadInput unless what would be published is what somebody says they have read."""
        if self._revised(held, asked.texts) != held.passages:
            raise BadInput("texts", "save them first, and read what was kept")
        for of in NEEDED:
            if not held.texts(of):
                raise BadInput(of.value, "a case cannot do without it")
        if not asked.read:
            raise BadInput("read", "say that you have read every text")

    def _material(self, incident: str) -> Material:
        found = self._library.material(incident)
        if found is None:
            raise BadInput("incident", "there is no such incident")
        return found

    def _line(self, after: Case, act: Act, asked: Asked, key: str) -> CaseLine:
        return CaseLine(
            version=after.version, at=self._now, actor=self._actor, verified=self._verified,
            act=act, reason=asked.reason.strip(), key=key,
        )  # fmt: skip


def _fitting(passage: Passage, text: str) -> str:
    most = LONGEST[passage.of]
    if len(text) > most or not is_legible(text):
        raise BadInput(passage.of.value, f"at most {most} characters")
    return text.replace("\r\n", "\n").strip()
