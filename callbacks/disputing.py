"""Acts on disputes and clinics, told in the person's language; behind the interface."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from callbacks.books import Books
from callbacks.desk import Desk
from callbacks.dispute import MOST_SHOWN, line_in_words
from callbacks.dispute_candidates import reasons_of, told
from callbacks.dispute_rows import Namer, concerns, sees
from callbacks.notices import tell
from callbacks.ticket_rows import reader_of
from layouts.ticket_face import Reader
from layouts.wording import language_of
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.response.clinic import Clinic, ClinicAct, ClinicAsked
from operations.response.dispute import Act, Candidate, Cause, Dispute, Draft
from operations.response.dispute_actions import Asked
from operations.response.disputing import Disputing, Hand, Office
from operations.response.opinion import Opinion
from operations.tickets.loose_ends import BOUNCES
from operations.tickets.ticket import Status

Done = tuple[bool, str, dict[str, Any]]
Printed = Callable[[Opinion, list[str], Reader], bytes]
"""Writes an opinion as an order: with the titles of its tickets, for who reads."""


class DisputeActs:
    """Does what the gate let pass; it has asked whether who acts may."""

    def __init__(self, sources: Any, desk: Desk, printed: Printed) -> None:
        self._sources, self._desk, self._printed = sources, desk, printed
        self._books = Books(sources, desk)

    def begin(self, ticket: tuple[str, str], why: str, language: str) -> Done | None:
        """Open a dispute on a ticket; the cause is told by how the ticket stands."""
        reader = self._reader(language)

        def work(hand: Disputing) -> Done | None:
            held = self._books.ledger.ticket(*ticket)
            if held is None:
                return None
            cause = Cause.RETURN if held.status is Status.RETURNED else Cause.HAND
            if held.reassignments >= BOUNCES:
                cause = Cause.BOUNCING
            opened = hand.begin(ticket, cause, why)
            return True, reader.words["dispute_done"], there(opened)

        return self._done(work, reader)

    def act(self, number: str, act: str, asked: Asked, version: int, language: str) -> Done | None:
        """Do an act on a dispute; whom one invites carries the reason it is asked for."""
        reader = self._reader(language)

        def work(hand: Disputing) -> Done | None:
            held = self._books.disputes.dispute(number)
            if held is None:
                return None
            named = asked
            if act == Act.INVITE:
                why = reasons_of(self._sources, self._desk, self._books, held)
                named = replace(asked, departments=tuple(
                    replace(one, reasons=told(why.get(one.department, ())))
                    for one in asked.departments))  # fmt: skip
            after = hand.act(number, Act(act), named, expected_version=version)
            return True, reader.words["dispute_done"], there(after)

        return self._done(work, reader)

    def sign(self, number: str, draft: Draft, version: int, language: str) -> Done | None:
        """Sign the final opinion on a dispute."""
        reader = self._reader(language)

        def work(hand: Disputing) -> Done | None:
            if self._books.disputes.dispute(number) is None:
                return None
            made = hand.sign(number, draft, expected_version=version)
            said = f"{reader.words['dispute_done']} · {made.number}"
            return True, said, {"number": number, "order": made.number}

        return self._done(work, reader)

    def plan(self, asked: ClinicAsked, key: str, language: str) -> Done | None:
        """Plan a clinic; once by its key."""
        reader = self._reader(language)

        def work(hand: Disputing) -> Done:
            return True, reader.words["dispute_done"], at_clinic(hand.plan(asked, key=key))

        return self._done(work, reader)

    def act_on_clinic(
        self, number: str, act: str, asked: ClinicAsked, version: int, language: str
    ) -> Done | None:
        """Move a clinic, keep its minutes, or call it off."""
        reader = self._reader(language)

        def work(hand: Disputing) -> Done | None:
            if self._books.clinics.clinic(number) is None:
                return None
            after = hand.act_on_clinic(number, ClinicAct(act), asked, expected_version=version)
            return True, reader.words["dispute_done"], at_clinic(after)

        return self._done(work, reader)

    def version(self, number: str) -> int | None:
        """Tell how often a dispute has changed; None where it is not for who asks."""
        held: Dispute | None = self._books.disputes.dispute(number)
        return held.version if held is not None and self._concerns(held) else None

    def order(self, number: str, language: str) -> bytes | None:
        """Write an order to be printed; None where it is not for who asks."""
        opinion: Opinion | None = self._books.opinions.opinion(number)
        held = None if opinion is None else self._books.disputes.dispute(opinion.dispute)
        if opinion is None or held is None or not self._concerns(held, opinion):
            return None
        found = [self._books.ledger.ticket(*one) for one in opinion.tickets]
        seen = [one is not None and sees(self._desk, one) for one in found]
        titles = [one.title if shown else "" for one, shown in zip(found, seen, strict=True)]
        reader = self._reader(language)
        return self._desk.beside(self._printed, opinion, titles, reader)  # type: ignore[no-any-return]

    def _concerns(self, held: Dispute, opinion: Opinion | None = None) -> bool:
        named = held.invited if opinion is None else {opinion.lead, *opinion.cooperating}
        found = [self._books.ledger.ticket(*one) for one in held.tickets[:MOST_SHOWN]]
        tickets = [one for one in found if one is not None]
        more = tuple(map(Candidate, sorted(named - held.invited)))
        return concerns(self._desk, replace(held, candidates=(*held.candidates, *more)), tickets)

    def _reader(self, language: str) -> Reader:
        usual = self._sources.settings.language
        return reader_of(self._sources, self._desk, language_of(language, usual))

    def _done(self, work: Callable[[Disputing], Done | None], reader: Reader) -> Done | None:
        sources, desk = self._sources, self._desk
        books, known = self._books, sources.names.departments.__contains__
        office = Office(
            books.disputes, books.clinics, books.opinions, desk.stream, known,
            sources.reference.zone,
        )  # fmt: skip
        hand = Hand(now=desk.now(), **desk.signed_by(None))
        try:
            return work(Disputing(office, hand))
        except OperationsError as error:
            return self._refusal(error, reader)

    def _refusal(self, error: OperationsError, reader: Reader) -> Done:
        """Say why an act was not done, in the person's language, and who came first."""
        said = reader.words
        if isinstance(error, Conflict):
            return False, self._overtaken(error, reader), _now_of(error)
        if isinstance(error, Unreachable):
            written = "written down" in str(error)
            return written, said["dispute_later" if written else "clock_away"], {}
        if isinstance(error, BadInput):
            return False, said[f"dispute_bad_{error.field}"], {"field": error.field}
        tell(error)
        return False, said["went_wrong"], {}

    def _overtaken(self, error: Conflict, reader: Reader) -> str:
        said, held = reader.words, error.held
        if isinstance(held, Clinic):
            return said["clinic_conflict"]
        if not isinstance(held, Dispute):
            return said["went_wrong"]
        if _is_taken(error):
            return said["dispute_taken"].format(number=held.number)
        last = self._books.disputes.lines(held.number)[-1]
        act = line_in_words(last, Namer(self._sources, reader))
        return said["dispute_conflict"].format(actor=last.actor, act=act)


def _is_taken(error: Conflict) -> bool:
    """Tell whether the ticket is in another dispute, which is no word of the one acted on."""
    return "is in dispute" in str(error)


def _now_of(error: Conflict) -> dict[str, Any]:
    """Tell what the next try acts on: the version there is now."""
    if _is_taken(error):
        return {"field": "ticket"}
    return {"version": error.held.version} if isinstance(error.held, Dispute) else {}


def there(held: Dispute) -> dict[str, Any]:
    """Tell where a dispute is and how it stands."""
    return {"number": held.number, "version": held.version, "href": f"/disputes/{held.number}"}


def at_clinic(held: Clinic) -> dict[str, Any]:
    """Tell where a clinic is and how it stands."""
    return {"number": held.number, "version": held.version, "href": f"/clinics/{held.number}"}
