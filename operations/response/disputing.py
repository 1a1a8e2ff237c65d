"""What people do about a disputed matter is entered: compared, signed, written, told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from operations.errors import BadInput, Conflict, Unreachable
from operations.ports import TicketStream
from operations.response import clinic as clinics
from operations.response import dispute_actions as acts
from operations.response import opinion as opinions
from operations.response.clinic import Clinic, ClinicAct, ClinicAsked
from operations.response.dispute import (
    Act,
    Cause,
    Dispute,
    DisputeLine,
    Draft,
    Identity,
    State,
)
from operations.response.opinion import Opinion
from operations.response.ports import ClinicBook, DisputeBook, OpinionBook
from operations.tickets.handling import SUBJECT
from operations.tickets.handling_entering import actor_given, key_given, key_taken


@dataclass(frozen=True, slots=True)
class Office:
    """Where acts are entered: the books, the stream, the city's departments and its zone."""

    disputes: DisputeBook
    clinics: ClinicBook
    opinions: OpinionBook
    stream: TicketStream
    knows: Callable[[str], bool]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts and when; `verified` says that an account vouches for the actor."""

    actor: str
    verified: bool
    now: datetime


class Disputing:
    """Enters acts. Every one raises BadInput, Conflict with what is held, and Unreachable."""

    def __init__(self, office: Office, hand: Hand) -> None:
        self._office = office
        self._hand = replace(hand, actor=actor_given(hand.actor))
        self._table = acts.Table(hand.now, self._hand.actor, office.knows)

    def begin(self, ticket: Identity, cause: Cause, why: str) -> Dispute:
        """Open a dispute on a ticket."""
        made = acts.opened(ticket, cause, why, self._table)
        line = self._line(made, Act.OPEN, "/".join(ticket), why)
        return self._office.disputes.begin(made, line, self._year())

    def act(self, number: str, act: Act, asked: acts.Asked, *, expected_version: int) -> Dispute:
        """Do an act on a dispute as it was seen at a version."""
        held = self._seen(number, expected_version)
        after = acts.done(held, act, asked, self._table)
        line = self._line(after, act, acts.detail_of(act, asked, after), asked.reason)
        self._office.disputes.act(after, line)
        return after

    def plan(self, asked: ClinicAsked, *, key: str = "") -> Clinic:
        """Plan a clinic; the same key again gives the one that is there."""
        hand = self._hand
        named = key_given(hand.actor, key, "") if key else ""
        made = clinics.planned("", asked, hand.now, hand.actor, named)
        kept = self._office.clinics.plan(made, self._year(), verified=hand.verified)
        if not clinics.is_plan_of(kept, made):
            raise key_taken()
        return kept

    def act_on_clinic(
        self, number: str, act: ClinicAct, asked: ClinicAsked, *, expected_version: int
    ) -> Clinic:
        """Do an act on a clinic as it was seen at a version."""
        held = self._office.clinics.clinic(number)
        if held is None:
            raise BadInput("number", f"there is no clinic {number}")
        if held.version != expected_version:
            raise Conflict(f"clinic {number} has changed since you saw it", held)
        after = clinics.done(held, act, asked, self._hand.now, self._hand.actor)
        self._office.clinics.act(
            after, act, actor=self._hand.actor, verified=self._hand.verified,
            reason=asked.reason.strip(),
        )  # fmt: skip
        return after

    def sign(self, number: str, draft: Draft, *, expected_version: int) -> Opinion:
        """Sign the final opinion on a dispute as it was seen at a version: it binds at once."""
        held = self._seen(number, expected_version)
        heard = self._office.clinics.clinic(held.clinic) if held.clinic else None
        if heard is None:
            raise BadInput("clinic", "put it on the agenda of a clinic first")
        opinion = opinions.signed(held, heard, draft, self._table, verified=self._hand.verified)
        at = max(self._hand.now, held.changed_at)
        ruled = replace(held, state=State.RULED, version=held.version + 1, changed_at=at)
        line = self._line(ruled, Act.RULE, "", "")
        made = self._office.opinions.sign(opinion, ruled, line, self._year())
        self._tell(number)
        return made

    def _seen(self, number: str, expected_version: int) -> Dispute:
        held = self._office.disputes.dispute(number)
        if held is None:
            raise BadInput("number", f"there is no dispute {number}")
        if held.version != expected_version:
            raise Conflict(f"dispute {number} has changed since you saw it", held)
        return held

    def _line(self, after: Dispute, act: Act, detail: str, reason: str) -> DisputeLine:
        hand = self._hand
        return DisputeLine(
            after.version, after.changed_at, hand.actor, hand.verified, act, detail, reason.strip()
        )

    def _year(self) -> int:
        return self._hand.now.astimezone(self._office.zone).year

    def _tell(self, number: str) -> None:
        """Have the tickets an opinion binds reckoned at once; nothing else waits for the worker."""
        try:
            self._office.stream.append_action(SUBJECT)
        except Unreachable as error:
            raise Unreachable(
                f"what was done to {number} is written down; the screens will show it when the "
                f"stream answers again ({error})"
            ) from error
