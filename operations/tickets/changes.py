"""What happened to a ticket, worked out from one delivered state to the next."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from operator import attrgetter
from typing import Any

from operations.tickets.reckoning import as_delivered, stands_still, why_due_moved
from operations.tickets.rings import why_ring_moved
from operations.tickets.ruling import Attempt
from operations.tickets.ticket import Status, Ticket


class Step(StrEnum):
    """The kinds of change in a ticket's history, in the order of a ticket's life."""

    ACCEPTED = "accepted"  # 受理
    DISPATCHED = "dispatched"  # 派单
    SIGNED = "signed"  # 签收
    RETURNED = "returned"  # 退单
    REASSIGNED = "reassigned"  # 改派
    CONSULTED = "consulted"  # 会商
    EXTENDED = "extended"  # 延期
    REPLIED = "replied"  # 答复
    REOPENED = "reopened"  # 重办
    CLOSED = "closed"  # 办结
    CALLED_BACK = "called_back"  # 回访
    ARCHIVED = "archived"  # 归档
    WITHDRAWN = "withdrawn"  # 撤回
    CORRECTED = "corrected"  # 更正: category, place or another field was put right
    TRIAGED = "triaged"  # 定责: it goes another of the four ways
    DUE = "due"  # 时限: a due time of the city's own rules moved
    RINGED = "ringed"  # 环: another level holds it
    RULED = "ruled"  # 终诊: a final opinion names the lead
    BLOCKED = "blocked"  # 不予回退: its source asked against the opinion


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a ticket's history; `was` and `now` are set where a value moved.

    DISPATCHED, RETURNED, REASSIGNED and RULED name departments, BLOCKED what `ruling.Attempt` asks,
    EXTENDED and DUE the due times, TRIAGED the classes, RINGED the rings, CORRECTED `field=value`
    (the field's name alone for free text, which the history does not repeat). `why` stands on every
    line by which a due time or the ring moved: "source" where the source moved it, else what of the
    ticket or of the city's decisions did, parted by commas.
    """

    at: datetime
    step: Step
    was: str | None = None
    now: str | None = None
    why: str = ""


_RANK = {status: rank for rank, status in enumerate(Status)}
_ORDER = {step: order for order, step in enumerate(Step)}

_At = Callable[[Ticket], datetime | None]
_TIMED: tuple[tuple[Step, str, _At], ...] = (
    (Step.SIGNED, "signed_at", attrgetter("signed_at")),
    (Step.REPLIED, "replied_at", attrgetter("replied_at")),
    (Step.CLOSED, "closed_at", attrgetter("closed_at")),
)
_ENTERED = {
    Status.CONSULTING: Step.CONSULTED,
    Status.ARCHIVED: Step.ARCHIVED,
    Status.WITHDRAWN: Step.WITHDRAWN,
}
_RECKONED = ("triage", "due_by", "ring", "ring_by", "supervision", "ruled_by")
_CODED = ("category", "kind", "channel", "urgency", "district", "town", "parent")
_FREE = ("title", "text", "address", "latitude", "longitude")
_coded = attrgetter(*_CODED)
_free = attrgetter(*_FREE)


def is_newer(candidate: Ticket, held: Ticket) -> bool:
    """Tell whether a delivered state replaces the one held.

    The later `updated_at` wins; at equal times the state further along in life; then the
    larger digest of the content. The rule is a total order of states, so whatever order
    deliveries come in, and however often, the same state is held at the end.
    """
    if candidate.updated_at != held.updated_at:
        return candidate.updated_at > held.updated_at
    if candidate.status != held.status:
        return _RANK[candidate.status] > _RANK[held.status]
    return _digest(candidate) > _digest(held)


def version_of(ticket: Ticket) -> tuple[datetime, int, bytes]:
    """Give what `is_newer` compares, for sorting states oldest first."""
    return (ticket.updated_at, _RANK[ticket.status], _digest(ticket))


def _digest(ticket: Ticket) -> bytes:
    """Digest the content; when it was received is not part of what was said.

    Nor is what was reckoned here, nor the sealed message, whose bytes are new at every sealing:
    its mark stands for it.
    """
    content = asdict(as_delivered(ticket))
    for name in ("received_at", "sealed", *_RECKONED):
        del content[name]
    text = json.dumps(content, default=datetime.isoformat, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).digest()


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Sort a history oldest first, each line once; at equal times in the order of life."""
    once: dict[tuple[datetime, int, str, str], Change] = {}
    for change in changes:
        once.setdefault(_place_in_history(change), change)
    return [once[place] for place in sorted(once)]


def _place_in_history(change: Change) -> tuple[datetime, int, str, str]:
    return (change.at, _ORDER[change.step], change.was or "", change.now or "")


def changes_between(
    before: Ticket | None, after: Ticket, *, decided_at: datetime | None = None
) -> list[Change]:
    """Work out the lines of history that lead from one state to a newer one, oldest first.

    Both are reckoned. `decided_at` is when the city's own people or its rules moved what the
    source did not deliver anew.

    Steps with a time of their own (accepted, dispatched, signed, replied, closed, called back)
    stand at that time, so a ticket first seen when it is closed has the same lines as one that
    was followed. Steps that sources only count stand at the latest moment they can have
    happened, once per delivery that tells of them.
    """
    found = _first_seen(after) if before is None else _moved(before, after, decided_at)
    return sorted(found, key=_place_in_history)


def blocked(attempt: Attempt) -> Change:
    """Give the line of what a source asked against a final opinion."""
    return Change(attempt.at, Step.BLOCKED, None, attempt.asked)


def _first_seen(after: Ticket) -> Iterator[Change]:
    yield Change(after.created_at, Step.ACCEPTED)
    if after.dispatched_at is not None:
        # Where it was first sent to is known only while it was not sent on.
        first = after.department if after.reassignments == 0 else None
        yield Change(after.dispatched_at, Step.DISPATCHED, None, first)
    for step, _name, time_of in _TIMED:
        at = time_of(after)
        if at is not None:
            yield Change(at, step)
    if after.callback is not None:
        yield Change(after.callback.at, Step.CALLED_BACK)
    if after.status in _ENTERED:
        yield Change(after.updated_at, _ENTERED[after.status])
    yield from _counted_at_first(after)


def _counted_at_first(after: Ticket) -> Iterator[Change]:
    latest = _latest(after)
    if after.returns or after.status is Status.RETURNED:
        yield Change(latest, Step.RETURNED)
    if after.reassignments:
        yield Change(latest, Step.REASSIGNED, None, after.department)
    moved = after.original_due_at is not None and after.original_due_at != after.due_at
    if after.extensions or moved:
        yield Change(latest, Step.EXTENDED, _iso(after.original_due_at), _iso(after.due_at))
    if after.reopenings or after.status is Status.REOPENED:
        yield Change(latest, Step.REOPENED)


def _moved(before: Ticket, after: Ticket, decided_at: datetime | None) -> Iterator[Change]:
    yield from _timed_again(before, after)
    latest = decided_at or _latest(after)
    if after.ruled_by == before.ruled_by:
        yield from _hands(before, after)
    else:  # a ruling moves it, whatever its source says of hands
        yield Change(latest, Step.RULED, before.department, after.department)
    if after.triage is not before.triage:
        yield Change(latest, Step.TRIAGED, before.triage.value, after.triage.value)
    if after.ring is not before.ring and before.ring_by:  # given for the first time: no move
        why = why_ring_moved(before, after)
        yield Change(latest, Step.RINGED, before.ring.value, after.ring.value, why)
    if after.due_at != before.due_at or after.extensions > before.extensions:
        yield from _due_moved(before, after, latest)
    if after.reopenings > before.reopenings or _entered(Status.REOPENED, before, after):
        yield Change(latest, Step.REOPENED)
    if after.status is not before.status and after.status in _ENTERED:
        yield Change(after.updated_at, _ENTERED[after.status])
    if _coded(before) != _coded(after) or _free(before) != _free(after):
        yield from _corrected(before, after)


def _timed_again(before: Ticket, after: Ticket) -> Iterator[Change]:
    """Yield steps with a new time: later is the step taken again, earlier a correction."""
    if after.created_at != before.created_at:
        yield _correction(after, "created_at", before.created_at, after.created_at)
    for step, name, time_of in _TIMED:
        was, at = time_of(before), time_of(after)
        if at is None or at == was:
            continue
        yield _correction(after, name, was, at) if was and at < was else Change(at, step)
    if after.callback is not None and after.callback != before.callback:
        if before.callback is None or after.callback.at > before.callback.at:
            yield Change(after.callback.at, Step.CALLED_BACK)
        else:
            yield Change(after.updated_at, Step.CORRECTED, None, "callback")


def _hands(before: Ticket, after: Ticket) -> Iterator[Change]:
    """Yield how the ticket went from hand to hand: sent out, sent back, sent on."""
    was, now = before.department, after.department
    at, latest = after.dispatched_at, _latest(after)
    if at is not None and (before.dispatched_at is None or at > before.dispatched_at):
        first = now if after.reassignments == before.reassignments else None
        yield Change(at, Step.DISPATCHED, None, first)
    elif at is not None and at != before.dispatched_at:
        yield _correction(after, "dispatched_at", before.dispatched_at, at)
    if after.returns > before.returns or _entered(Status.RETURNED, before, after):
        yield Change(latest, Step.RETURNED, was)
    sent_on = was is not None and now is not None and was != now
    if sent_on or after.reassignments > before.reassignments:
        yield Change(latest, Step.REASSIGNED, was, now)


def _due_moved(before: Ticket, after: Ticket, latest: datetime) -> Iterator[Change]:
    was, now, why = before.due_at, after.due_at, why_due_moved(before, after)
    later = was is not None and now is not None and now > was
    ours = before.due_by is not None or after.due_by is not None
    if after.extensions > before.extensions or (later and not ours):
        yield Change(latest, Step.EXTENDED, _iso(was), _iso(now), why)
    elif was is None and not stands_still(before):
        return  # a due time given for the first time is no change of one
    elif ours:
        yield Change(latest, Step.DUE, _iso(was), _iso(now), why)
    else:
        yield replace(_correction(after, "due_at", was, now), why=why)


def _corrected(before: Ticket, after: Ticket) -> Iterator[Change]:
    for name, was, now in zip(_CODED, _coded(before), _coded(after), strict=True):
        if was != now and was is not None:
            yield _correction(after, name, was, now)
    free = zip(_FREE, _free(before), _free(after), strict=True)
    for name in sorted(name for name, was, now in free if was != now and was not in (None, "")):
        yield Change(after.updated_at, Step.CORRECTED, None, name)


def _correction(after: Ticket, name: str, was: Any, now: Any) -> Change:
    return Change(after.updated_at, Step.CORRECTED, f"{name}={_said(was)}", f"{name}={_said(now)}")


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _entered(status: Status, before: Ticket, after: Ticket) -> bool:
    return after.status is status and before.status is not status


def _latest(after: Ticket) -> datetime:
    """Give the latest moment a step before the end can have happened."""
    if after.closed_at is not None and not after.is_open:
        return min(after.closed_at, after.updated_at)
    return after.updated_at
