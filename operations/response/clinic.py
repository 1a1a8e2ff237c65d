"""A clinic (领导坐诊): a session at which a leader hears what departments could not settle."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from operations.errors import BadInput
from operations.response.machine import Machine, Move
from operations.tickets.handling_entering import actor_given, reason_given

LONGEST_PLACE = 100
LONGEST_MINUTES = 4_000
MOST_NOTES = 20
FURTHEST = timedelta(days=180)
BEGUN = timedelta(days=1)
"""A session called at once is often written down when it has begun."""


class Session(StrEnum):
    """How far a clinic has come."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class ClinicAct(StrEnum):
    """What is done to a clinic."""

    PLAN = "plan"
    MOVE = "move"
    HOLD = "hold"  # its minutes are written; then a further note beside them
    CANCEL = "cancel"


CLINIC = Machine(
    "clinic",
    Session.PLANNED,
    [
        Move(ClinicAct.MOVE, (Session.PLANNED,), Session.PLANNED, needs_reason=True),
        Move(ClinicAct.HOLD, (Session.PLANNED, Session.HELD), Session.HELD),
        Move(ClinicAct.CANCEL, (Session.PLANNED,), Session.CANCELLED, needs_reason=True),
    ],
)


@dataclass(frozen=True, slots=True)
class Note:
    """What was written beside the minutes later."""

    at: datetime
    actor: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinic:
    """One session: `at` is when, `chair` who hears; its agenda are the disputes that name it.

    `key` is what who planned it calls the act; empty where it was not named.
    """

    number: str
    version: int
    state: Session
    at: datetime
    chair: str
    place: str = ""
    minutes: str = ""
    notes: tuple[Note, ...] = ()
    planned_by: str = ""
    key: str = ""
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicAsked:
    """What somebody asks of a clinic."""

    at: datetime | None = None
    chair: str = ""
    place: str = ""
    minutes: str = ""
    reason: str = ""


def planned(number: str, asked: ClinicAsked, now: datetime, actor: str, key: str = "") -> Clinic:
    """Plan a session; raises BadInput for a time that is past and for no chair."""
    return Clinic(
        number=number, version=1, state=Session.PLANNED, at=_when(asked.at, now),
        chair=_chair(asked.chair), place=_place(asked.place), planned_by=actor, key=key,
        changed_at=now,
    )  # fmt: skip


def is_plan_of(held: Clinic, made: Clinic) -> bool:
    """Tell whether a clinic that is there is one somebody plans again; it may have moved since."""
    same = (held.at, held.chair, held.place) == (made.at, made.chair, made.place)
    return same or held.version > 1


def move(held: Clinic, asked: ClinicAsked, now: datetime, _actor: str) -> Clinic:
    """Hold it at another time, with another chair or elsewhere."""
    chair = _chair(asked.chair) if asked.chair else held.chair
    place = _place(asked.place) if asked.place else held.place
    return replace(held, at=_when(asked.at or held.at, now), chair=chair, place=place)


def hold(held: Clinic, asked: ClinicAsked, now: datetime, actor: str) -> Clinic:
    """Write the minutes of what was said, not before it began; once they stand, a further note."""
    if now < held.at:
        raise BadInput("at", "it has not begun yet")
    minutes = asked.minutes.strip()
    if not 0 < len(minutes) <= LONGEST_MINUTES:
        raise BadInput("minutes", f"1 to {LONGEST_MINUTES} characters")
    if held.state is Session.PLANNED:
        return replace(held, minutes=minutes)
    if len(held.notes) >= MOST_NOTES:
        raise BadInput("notes", f"at most {MOST_NOTES} further notes")
    return replace(held, notes=(*held.notes, Note(now, actor, minutes)))


def cancel(held: Clinic, _asked: ClinicAsked, _now: datetime, _actor: str) -> Clinic:
    """Call it off; what is on its agenda waits for another."""
    return held


ACTIONS: dict[ClinicAct, Callable[[Clinic, ClinicAsked, datetime, str], Clinic]] = {
    ClinicAct.MOVE: move,
    ClinicAct.HOLD: hold,
    ClinicAct.CANCEL: cancel,
}


def done(held: Clinic, act: ClinicAct, asked: ClinicAsked, now: datetime, actor: str) -> Clinic:
    """Do an act on a clinic; raises BadInput where the state or what is asked refuses it."""
    step = CLINIC.move(held.state, act)
    if step.needs_reason:
        reason_given(asked.reason)
    after = ACTIONS[act](held, asked, now, actor)
    at = max(now, held.changed_at)
    return replace(after, state=Session(step.target), version=held.version + 1, changed_at=at)


def _when(at: datetime | None, now: datetime) -> datetime:
    if at is None or not now - BEGUN <= at <= now + FURTHEST:
        raise BadInput("at", "a time from a day ago to half a year on")
    return at


def _chair(name: str) -> str:
    try:
        return actor_given(name)
    except BadInput as error:
        raise BadInput("chair", error.reason) from error


def _place(name: str) -> str:
    place = name.strip()
    if len(place) > LONGEST_PLACE:
        raise BadInput("place", f"at most {LONGEST_PLACE} characters")
    return place
