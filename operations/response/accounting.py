"""What people do in a matter of accountability is entered: compared, signed, written down.

No code proposes anything: `Accounting` is made for a person who asks, at a door, and for nobody
else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from operations.errors import BadInput, Conflict
from operations.response import accountability_actions as acts
from operations.response.accountability import (
    AccountabilityLine,
    Act,
    Evidence,
    Matter,
    Signatory,
)
from operations.response.accountability_paper import AccountabilityPaper, lowered, paper_of
from operations.response.accountability_steps import Steps
from operations.response.ports_accountability import AccountabilityBook
from operations.tickets.handling_entering import actor_given, key_given, key_taken


@dataclass(frozen=True, slots=True)
class Chamber:
    """Where acts are entered: the book, the steps, the city's departments and its zone.

    `finds` tells whether what a piece of evidence points to is there for who attaches it.
    """

    book: AccountabilityBook
    steps: Steps
    knows: Callable[[str], bool]
    finds: Callable[[Evidence], bool]
    zone: ZoneInfo


class Accounting:
    """Enters one person's acts. Each raises BadInput, Conflict with what is held, Unreachable."""

    def __init__(self, chamber: Chamber, by: Signatory, now: datetime) -> None:
        if not by.person:
            raise BadInput("person", "sign in: two people have to be told apart")
        self._chamber, self._now = chamber, now
        self._by = replace(by, name=actor_given(by.name))
        self._table = acts.Table(now, self._by, chamber.steps, chamber.knows, chamber.finds)

    def propose(
        self, department: str, district: str | None, asked: acts.Asked, *, key: str
    ) -> Matter:
        """Propose a matter against a department; the same key again gives the one that is there."""
        book, steps = self._chamber.book, self._chamber.steps
        standing = book.standing(department, self._now)
        made = acts.proposed(department, district, asked, standing, self._table)
        line = self._line(made, Act.PROPOSE, asked, key_given(self._by.person, key, ""))
        guard = partial(steps.refuse_skipped, made.step, now=self._now)
        begun = book.begin(made, line, self._year(), guard)
        if not acts.is_proposal_of(begun, made, book.lines(begun.number)[0]):
            raise key_taken()
        return begun

    def act(
        self, number: str, act: Act, asked: acts.Asked, *, expected_version: int, key: str = ""
    ) -> Matter:
        """Do an act in a matter as it was seen at a version."""
        book, steps = self._chamber.book, self._chamber.steps
        held = book.matter(number)
        if held is None:
            raise BadInput("number", f"there is no matter {number}")
        named = key_given(self._by.person, key, f"{number}/{expected_version}/{act}")
        before = next((one for one in book.lines(number) if one.key == named), None)
        if before is not None:
            if not acts.is_same(before, held, act, asked):
                raise key_taken()
            return held
        if held.version != expected_version:
            raise Conflict(f"matter {number} has changed since you saw it", held)
        after = acts.done(held, act, asked, self._table)
        line = self._line(after, act, asked, named)
        guard = partial(steps.refuse_skipped, held.step, now=self._now)
        return book.act(
            after, line, paper=self._paper(held, act, asked), year=self._year(),
            guard=guard if act is Act.ISSUE else None,
        )  # fmt: skip

    def _paper(self, held: Matter, act: Act, asked: acts.Asked) -> AccountabilityPaper | None:
        steps, by, now = self._chamber.steps, self._by, self._now
        if act is Act.ISSUE:
            return paper_of(held, steps, by, now)
        if act is Act.CHANGE:
            return lowered(held, steps, asked.step, by, now, asked.reason.strip())
        return None

    def _line(self, after: Matter, act: Act, asked: acts.Asked, key: str) -> AccountabilityLine:
        return AccountabilityLine(
            version=after.version, at=after.changed_at, by=self._by, act=act,
            detail=acts.detail_of(act, asked, after), reason=asked.reason.strip(), key=key,
        )  # fmt: skip

    def _year(self) -> int:
        return self._now.astimezone(self._chamber.zone).year
