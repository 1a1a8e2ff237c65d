"""What was merged, taken apart and said of pairs, as lines of a ticket's history."""

from typing import Any

from callbacks.desk import Desk
from callbacks.duplicate_panel import seen_among
from layouts.ticket_face import Reader, Step
from operations.tickets.merging import Identity, MergeAct
from operations.tickets.ticket import Ticket


def pairing_steps(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> list[Step]:
    """Give the lines of a ticket: four questions, however many lines there are.

    A ticket that who reads may not see is told of without its number.
    """
    own = ticket.identity
    merges = desk.beside(sources.merge_book.lines, *own)
    into = desk.beside(sources.merge_book.lines_into, *own)
    pairs = desk.beside(sources.distinct_book.lines, *own)
    told = [(line, line.main, f"duplicates_step_{line.act}") for line in merges]
    told += [
        (line, one, "duplicates_step_taken" if line.act is MergeAct.MERGE else
         "duplicates_step_left")
        for one, line in into
    ]  # fmt: skip
    told += [(line, line.other(own), f"duplicates_step_{line.act}") for line in pairs]
    seen = seen_among(sources, desk, {other for _, other, _ in told})
    return [_step(line, other, key, other in seen, reader) for line, other, key in told]


def _step(line: Any, other: Identity, key: str, seen: bool, reader: Reader) -> Step:
    said = reader.words
    number = other[1] if seen else said["duplicates_step_unseen"]
    actor = line.actor + ("" if line.verified else said["clock_unverified"])
    word = "clock_line" if line.reason else "clock_line_bare"
    step = said[key].format(number=number)
    return Step(line.at, said[word].format(step=step, reason=line.reason, actor=actor))
