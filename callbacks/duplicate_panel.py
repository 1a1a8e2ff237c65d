"""How a ticket stands among its duplicates, for its page: a few questions, never one for each."""

from collections.abc import Collection
from typing import Any

from callbacks.desk import Desk
from callbacks.ticket_rows import row_of, sight
from layouts.duplicates_face import DuplicatesFace, Like, Under
from layouts.ticket_face import Reader
from operations.people.permissions import Act, Field, Subject
from operations.tickets.distinct import standing
from operations.tickets.merging import Identity, MergeAct
from operations.tickets.ticket import Ticket

MOST_SHOWN = 8
MOST_LOOKED_AT = 30
"""So many are read, because who reads may not see all of them."""

Seen = dict[Identity, Ticket]


def duplicates_face(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> DuplicatesFace:
    """Tell the page how a ticket stands among its duplicates."""
    book, who = sources.merge_book, desk.signed_by(None)
    held = desk.beside(book.merge, *ticket.identity)
    merged = [] if held.main else desk.beside(book.under_lines, *ticket.identity)
    said = desk.beside(sources.distinct_book.lines, *ticket.identity)
    other = {line.other(ticket.identity): line for line in standing(said)}
    named = {one for one, _ in merged} | set(other) | ({held.main} if held.main else set())
    seen = seen_among(sources, desk, named)
    under = [_under(seen[one], line, sources, desk, reader) for one, line in merged if one in seen]
    main = None if held.main is None else seen.get(held.main)
    versions = {line.other(ticket.identity): line.version for line in said}
    return DuplicatesFace(
        reader=reader,
        row=row_of(ticket, sources, desk.now(), reader.language),
        text=ticket.text,
        address=ticket.address,
        channel=ticket.channel.value,
        version=held.version,
        own=None if main is None else _own(sources, desk, ticket, main, held.version, reader),
        hidden=held.main is not None and main is None,
        under=under,
        likes=[] if held.main else _likes(sources, desk, ticket, bool(merged), versions, reader),
        distinct=[
            _under(seen[one], line, sources, desk, reader)
            for one, line in other.items()
            if one in seen
        ],
        main_ended=not (main or ticket).is_open,
        may_decide=desk.allows(Act.DECIDE, subject_of(ticket)),
        **who,
    )


def seen_among(sources: Any, desk: Desk, named: Collection[Identity]) -> Seen:
    """Find tickets, as far as who asks sees them."""
    found: Seen = desk.beside(sources.history.tickets, named)
    return {identity: one for identity, one in found.items() if sees(desk, one)}


def subject_of(ticket: Ticket) -> Subject:
    """Give what a merge is decided on; a confidential ticket is for who may see who called."""
    field = Field.CALLER if ticket.confidential else Field.TICKET
    return Subject(field, ticket.department, ticket.district, ticket.town)


def sees(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether who asks sees a ticket."""
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return sight(desk).holds(subject, confidential=ticket.confidential)


def _own(
    sources: Any, desk: Desk, ticket: Ticket, main: Ticket, version: int, reader: Reader
) -> Under:
    lines = desk.beside(sources.merge_book.lines, *ticket.identity)
    last = next(line for line in reversed(lines) if line.act is MergeAct.MERGE)
    assert last.version == version, "a ticket that stands under a main was merged last"
    return _under(main, last, sources, desk, reader)


def _under(shown: Ticket, line: Any, sources: Any, desk: Desk, reader: Reader) -> Under:
    return Under(
        row=row_of(shown, sources, desk.now(), reader.language),
        channel=shown.channel.value,
        version=line.version,
        actor=line.actor,
        verified=line.verified,
        at=line.at,
        reason=line.reason,
    )


def _likes(
    sources: Any,
    desk: Desk,
    ticket: Ticket,
    is_main: bool,
    versions: dict[Identity, int],
    reader: Reader,
) -> list[Like]:
    found = desk.beside(lambda: sources.duplicates.of(*ticket.identity, most=MOST_LOOKED_AT))
    alike = [
        one
        for one in found
        if sees(desk, one.ticket) and one.ticket.confidential == ticket.confidential
    ]
    return [
        like_of(one, sources, desk, reader, takes=not is_main,
                pair=versions.get(one.ticket.identity, 0))
        for one in alike[:MOST_SHOWN]
    ]  # fmt: skip


def like_of(one: Any, sources: Any, desk: Desk, reader: Reader, *, takes: bool, pair: int) -> Like:
    """Tell of a suggested ticket; `takes`: it may be the main, `pair` the pair's version."""
    ticket, judged = one.ticket, one.likeness
    may = desk.allows(Act.DECIDE, subject_of(ticket))
    return Like(
        row=row_of(ticket, sources, desk.now(), reader.language),
        text=ticket.text,
        address=ticket.address,
        channel=ticket.channel.value,
        version=one.version,
        pair=pair,
        score=judged.score,
        nearness=judged.nearness.value,
        apart_m=judged.apart_m,
        apart_h=judged.apart_h,
        alike=judged.alike,
        same_category=judged.same_category,
        same_caller=judged.same_caller,
        takes=may and takes,
        comes=may and one.main is None and not one.leads,
        parts=may,
    )
