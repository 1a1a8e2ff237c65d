"""Acts of accountability, told in the person's language; behind the interface.

This is the only door by which anything is proposed: a signed-in person stands before it.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from callbacks.accountability import AccountBooks
from callbacks.accountability_rows import for_reader, signatory, within
from callbacks.desk import Desk
from callbacks.dispute_rows import sees
from callbacks.refusing import Done, refused
from callbacks.ticket_rows import reader_of
from layouts.ticket_face import Reader
from layouts.wording import language_of
from operations.errors import BadInput, OperationsError
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.pulse.figures import FIGURES
from operations.pulse.sums import Period, Slice
from operations.response.accountability import Act, Evidence, Kind, Matter, Reckoned, State
from operations.response.accountability_actions import Asked
from operations.response.accountability_paper import AccountabilityPaper
from operations.response.accounting import Accounting, Chamber

Printed = Callable[[AccountabilityPaper, Reader], bytes]
A_PAGE, LONGEST_D = 50, 366


class AccountabilityActs:
    """Does what the gate let pass; it has asked whether who acts may.

    Where nobody signs in, two people cannot be told apart: there is no accountability there.
    """

    def __init__(self, sources: Any, desk: Desk, printed: Printed) -> None:
        self._sources, self._desk, self._printed = sources, desk, printed
        self._books = AccountBooks(sources, desk)

    def listed(self, state: str, after: int | None) -> dict[str, Any] | None:
        """Give a page of the matters that are for who asks."""
        scope = within(self._desk)
        if scope is None:
            return None
        states = (State(state),) if state in set(State) else tuple(State)
        found = self._books.matters.listed(states, scope, most=A_PAGE, after=after)
        rows = [_short(one) for one in found.rows if for_reader(self._desk, one)]
        return {"rows": rows, "after": found.after}

    def told(self, number: str) -> dict[str, Any] | None:
        """Give a matter with its history."""
        held = self._held(number)
        if held is None:
            return None
        lines = self._books.matters.lines(number)
        return {
            **_short(held),
            "why": held.why,
            "evidence": [{"kind": one.kind, "ref": one.ref, "said": one.said} for one in
                         held.evidence],
            "proposed_by": held.proposed_by.name,
            "approved_by": [one.by.name for one in held.approvals],
            "appeal": held.appeal,
            "lines": [
                {"at": one.at.isoformat(), "act": one.act, "actor": one.by.name,
                 "reason": one.reason, "detail": one.detail}
                for one in lines
            ],
        }  # fmt: skip

    def propose(self, department: str, asked: Any, key: str, language: str) -> Done | None:
        """Propose a matter against a department."""
        unit = self._sources.reference.departments.named(department)
        if signatory(self._desk) is None:
            return None

        def work(hand: Accounting) -> Matter:
            wanted = self._with_figure(asked, department)
            return hand.propose(department, unit.district, wanted, key=key)

        return self._done(work, self._reader(language))

    def act(
        self, number: str, act: str, asked: Any, version: int, key: str, language: str
    ) -> Done | None:
        """Do an act in a matter as it was seen at a version."""
        held = self._held(number)
        if held is None:
            return None

        def work(hand: Accounting) -> Matter:
            wanted = self._with_figure(asked, held.department)
            return hand.act(number, Act(act), wanted, expected_version=version, key=key)

        return self._done(work, self._reader(language))

    def version(self, number: str) -> int | None:
        """Tell how often a matter has changed; None where it is not for who asks."""
        held = self._held(number)
        return None if held is None else held.version

    def paper(self, number: str, paper: str, language: str) -> bytes | None:
        """Write a paper to be printed; None where it is not for who asks."""
        found: AccountabilityPaper | None = self._books.matters.paper(paper)
        if self._held(number) is None or found is None or found.matter != number:
            return None
        reader = self._reader(language)
        return self._desk.beside(self._printed, found, reader)  # type: ignore[no-any-return]

    def _held(self, number: str) -> Matter | None:
        held: Matter | None = self._books.matters.matter(number)
        return held if for_reader(self._desk, held) else None

    def _reader(self, language: str) -> Reader:
        usual = self._sources.settings.language
        return reader_of(self._sources, self._desk, language_of(language, usual))

    def _with_figure(self, asked: Any, department: str) -> Asked:
        """Give what is asked with the figure that is wanted as evidence, worked out here."""
        wanted: Asked = asked.asked
        if asked.figure is None:
            return wanted
        code, first, last = asked.figure
        figure = self._reckoned(code, first, last, department)
        piece = Evidence(kind=Kind.FIGURE, ref=code, figure=figure)
        return replace(wanted, evidence=(*wanted.evidence, piece))

    def _reckoned(self, code: str, first: date, last: date, department: str) -> Reckoned:
        figure = next((one for one in FIGURES if one.code == code), None)
        figures = self._desk.figures
        if figure is None or figures is None:
            raise BadInput("figure", f"there is no figure {code!r}")
        yesterday = self._desk.now().astimezone(self._sources.reference.zone).date()
        yesterday -= timedelta(days=1)
        if not first <= last <= yesterday or (last - first).days >= LONGEST_D:
            raise BadInput("period", f"at most {LONGEST_D} days that ended by {yesterday}")
        found = figure.exact(figures.totals(Slice(department=department), Period(first, last)))
        return Reckoned(
            first=first, last=last, value=found.value, n=found.n, unit=figure.unit.value,
            name=(figure.zh, figure.en), means=(figure.means_zh, figure.means_en),
        )  # fmt: skip

    def _finds(self, one: Evidence) -> bool:
        """Tell whether what evidence points to is there for who attaches it."""
        books, desk = self._books, self._desk
        match one.kind:
            case Kind.TICKET:
                source, _, number = one.ref.partition("/")
                ticket = books.ledger.ticket(source, number)
                return ticket is not None and sees(desk, ticket)
            case Kind.INCIDENT:
                found = books.evidence.incident(one.ref)
                head = None if found is None else books.incidents.head(found)
                if head is None or head.exercise:
                    return False
                subject = Subject(Field.AGGREGATE, head.lead, head.district)
                return desk.allows(Permission.ATTEND, subject)
            case Kind.OPINION:
                return books.opinions.opinion(one.ref) is not None
            case Kind.ATTEMPT:
                return bool(books.evidence.was_attempted(one.ref))
        return True

    def _done(self, work: Callable[[Accounting], Matter], reader: Reader) -> Done | None:
        sources, by = self._sources, signatory(self._desk)
        if by is None:
            return None
        known = sources.names.departments.__contains__
        chamber = Chamber(
            self._books.matters, sources.accountability_steps, known, self._finds,
            sources.reference.zone,
        )  # fmt: skip
        try:
            after = work(Accounting(chamber, by, self._desk.now()))
        except OperationsError as error:
            return refused(error, reader.words, "accountability", self._last)
        return True, reader.words["accountability_done"], there(after)

    def _last(self, held: Matter) -> tuple[str, str]:
        """Give who acted last, and what they did."""
        one = self._books.matters.lines(held.number)[-1]
        return one.by.name, one.act.value


def there(held: Matter) -> dict[str, Any]:
    """Tell where a matter is and how it stands."""
    return {
        "number": held.number, "version": held.version, "href": f"/accountability/{held.number}",
        **({"paper": held.paper} if held.paper else {}),
    }  # fmt: skip


def _short(held: Matter) -> dict[str, Any]:
    return {
        "number": held.number, "version": held.version, "state": held.state,
        "department": held.department, "step": held.step,
        "proposed_at": held.proposed_at.isoformat(), "evidence_n": len(held.evidence),
        "paper": held.paper,
        "appeal_until": None if held.appeal_until is None else held.appeal_until.isoformat(),
    }  # fmt: skip
