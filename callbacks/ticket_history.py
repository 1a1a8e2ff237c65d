"""A ticket's history in words: what its source told, what moved, and what people decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from callbacks.desk import Desk
from callbacks.dispute_rows import Namer, asked_in_words
from callbacks.supervision_words import SUPERVISING, act_of_supervision
from callbacks.ticket_rows import named
from layouts.ticket_face import Reader, Step
from operations.tickets.changes import Change
from operations.tickets.changes import Step as Kind
from operations.tickets.handling import Handling, HandlingAct, HandlingLine
from operations.tickets.handling_actions import Case
from operations.tickets.reckoning import as_delivered
from operations.tickets.ruling import RETURNED
from operations.tickets.ticket import Ticket

PLACES = {
    "department": "departments", "category": "categories", "district": "districts", "town": "towns"
}  # fmt: skip


class Look:
    """A ticket with its decisions, reckoned as both are now: the worker may not have come yet."""

    def __init__(self, sources: Any, desk: Desk, life: Any) -> None:
        book, self.reckoner = sources.handling_book, sources.reckoner
        self.handling: Handling = desk.beside(book.handling, *life.ticket.identity)
        self.lines: list[HandlingLine] = desk.beside(book.lines, *life.ticket.identity)
        self.delivered = as_delivered(life.ticket)
        self.ticket: Ticket = self.reckoner.reckon(self.delivered, self.handling)
        self.changes = life.changes

    def case(self, now: datetime) -> Case:
        """Give what a decision is made on."""
        return Case(self.ticket, self.handling, self.reckoner.deadlines, now)


def steps_of(found: "Look", sources: Any, reader: Reader, more: Sequence[Step] = ()) -> list[Step]:
    """Give the whole history: what the source told, what moved, and what people decided.

    `more` are the lines of what it was merged with.
    """
    # At one moment first what was decided, then what it moved.
    told = [*more]
    told += [Step(line.at, _in_words(line, sources, reader)) for line in found.lines]
    told += [_step(change, sources, reader) for change in found.changes]
    return sorted(told, key=lambda step: step.at)


def act_in_words(line: HandlingLine, sources: Any, reader: Reader) -> str:
    """Say what somebody decided or did."""
    said = reader.words
    if line.act in SUPERVISING:
        return act_of_supervision(line, sources, reader)
    detail = said.get(f"ticket_triage_{line.detail}", line.detail)
    if line.act is HandlingAct.RULE:
        number, _, lead = line.detail.partition("\n")
        detail = f"{number} · {named(sources, 'departments', lead, reader.language)}"
    return said[f"clock_line_{line.act.value}"].format(detail=detail)


def _in_words(line: HandlingLine, sources: Any, reader: Reader) -> str:
    said = reader.words
    actor = line.actor + ("" if line.verified else said["clock_unverified"])
    word = "clock_line" if line.reason else "clock_line_bare"
    step = act_in_words(line, sources, reader)
    return said[word].format(step=step, reason=line.reason, actor=actor)


def _step(change: Change, sources: Any, reader: Reader) -> Step:
    said, key = reader.words, f"ticket_step_{change.step.value}"
    was, now = change.was, change.now
    if change.step is Kind.CORRECTED:
        return Step(change.at, _because(_corrected(change, sources, reader), change.why, said))
    if change.step is Kind.TRIAGED:
        was, now = (said.get(f"ticket_triage_{name}", name or "") for name in (was, now))
    elif change.step is Kind.RINGED:
        was, now = (said[f"ticket_ring_{name}"] for name in (was, now))
    elif change.step in (Kind.EXTENDED, Kind.DUE):
        was, now = _when(was, reader), _when(now, reader)
    elif change.step is Kind.BLOCKED:
        now = asked_in_words(now or RETURNED, Namer(sources, reader))
    elif change.step in (Kind.DISPATCHED, Kind.RETURNED, Kind.REASSIGNED, Kind.RULED):
        was, now = (
            named(sources, "departments", code, reader.language) or None for code in (was, now)
        )
    for ending, ready in (("from", was and now), ("to", now), ("by", was)):
        if ready and f"{key}_{ending}" in said:
            key = f"{key}_{ending}"
            break
    return Step(change.at, _because(said[key].format(was=was, now=now), change.why, said))


def _because(step: str, why: str, said: Mapping[str, str]) -> str:
    """Add to a step by what it came about, where the history says so."""
    if not why:
        return step
    whys = said["ticket_list"].join(said[f"ticket_because_{one}"] for one in why.split(","))
    return said["ticket_because"].format(step=step, why=whys)


def _corrected(change: Change, sources: Any, reader: Reader) -> str:
    """Say which field was put right; free text is named and not repeated."""
    said = reader.words
    if change.was is None or "=" not in change.was:
        field = said.get(f"ticket_field_{change.now}", change.now or "")
        return said["ticket_step_corrected"].format(field=field)
    name, _, was = change.was.partition("=")
    now = (change.now or "").partition("=")[2]
    told = [_value(name, value, sources, reader) or said["ticket_none"] for value in (was, now)]
    field = said.get(f"ticket_field_{name}", name)
    return said["ticket_step_corrected_to"].format(field=field, was=told[0], now=told[1])


def _value(name: str, value: str, sources: Any, reader: Reader) -> str:
    if name in PLACES:
        return named(sources, PLACES[name], value or None, reader.language)
    if name.endswith("_at"):
        return _when(value, reader) or value
    word = f"channel_{value}" if name == "channel" else f"ticket_{name}_{value}"
    return reader.words.get(word, value)


def _when(iso: str | None, reader: Reader) -> str | None:
    if not iso:
        return None
    try:
        return reader.moment(datetime.fromisoformat(iso))
    except ValueError:  # cut short by the ledger
        return iso
