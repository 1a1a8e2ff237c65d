"""Acts on cases of the library, told in the person's language; behind the interface."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from callbacks.books import StoreBeside
from callbacks.case_rows import kept_from
from callbacks.desk import Desk
from callbacks.refusing import Done, refused
from callbacks.ticket_rows import reader_of
from layouts.wording import language_of
from operations.errors import OperationsError
from operations.response.case import Act, Asked, Case, Sought, State
from operations.response.case_keeping import Keeping, Library

A_PAGE = 50


class CaseActs:
    """Does what the gate let pass; it has asked whether who acts may."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk
        self._book: Any = StoreBeside(sources.case_book, desk)

    def listed(self, words: str, category: str, chain: str, after: int | None) -> dict[str, Any]:
        """Give a page of what stands in the library."""
        sought = Sought(words=words.split(), category=category, chain=chain)
        found = self._book.listed((State.PUBLISHED,), sought, most=A_PAGE, after=after)
        return {"rows": [_short(one) for one in found.rows], "after": found.after}

    def told(self, number: str) -> dict[str, Any] | None:
        """Give a case: its figures, and its texts by their keys."""
        held = self._held(number)
        if held is None:
            return None
        texts = {one.key: one.text for one in held.passages if one.text}
        return {**_short(held), "facts": asdict(held.facts), "texts": texts}

    def version(self, number: str) -> int | None:
        """Tell how often a case has changed; None where it is not for who asks."""
        held = self._held(number)
        return None if held is None else held.version

    def begin(self, incident: str, key: str, language: str) -> Done:
        """Draft a case from an incident."""
        return self._done(lambda hand: hand.begin(incident, key=key), language)

    def act(
        self, number: str, act: str, asked: Asked, version: int, key: str, language: str
    ) -> Done | None:
        """Do an act on a case as it was seen at a version."""
        if self._held(number) is None:
            return None
        return self._done(
            lambda hand: hand.act(number, Act(act), asked, expected_version=version, key=key),
            language,
        )

    def _held(self, number: str) -> Case | None:
        held: Case | None = self._book.case(number)
        if held is None or held.state is State.PUBLISHED:
            return held
        return held if kept_from(self._sources, self._desk, held.incident) else None

    def _done(self, work: Callable[[Keeping], Case], language: str) -> Done:
        sources, desk = self._sources, self._desk
        reader = reader_of(sources, desk, language_of(language, sources.settings.language))
        library = Library(
            self._book,
            lambda incident: desk.beside(sources.case_material, incident, desk.now()),
            sources.reference.zone,
        )  # fmt: skip
        by = desk.signed_by(None)
        try:
            after = work(Keeping(library, by["actor"], desk.now(), verified=bool(by["verified"])))
        except OperationsError as error:
            return refused(error, reader.words, "case", self._last)
        there = {"number": after.number, "version": after.version, "href": f"/cases/{after.number}"}
        return True, reader.words["case_told_done"], there

    def _last(self, held: Case) -> tuple[str, str]:
        """Give who acted last, and what they did."""
        one = self._book.lines(held.number)[-1]
        return one.actor, one.act.value


def _short(case: Case) -> dict[str, Any]:
    return {
        "number": case.number, "state": case.state.value, "version": case.version,
        "category": case.facts.category, "chain": case.facts.chain, "month": case.facts.month,
        "published_at": None if case.published_at is None else case.published_at.isoformat(),
    }  # fmt: skip
