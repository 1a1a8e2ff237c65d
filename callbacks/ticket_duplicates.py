"""Duplicates of a ticket: what may be one with it, merging and taking apart from its page."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.asking import asked_language, parts_of
from callbacks.desk import Desk
from callbacks.notices import tell
from callbacks.ticket_rows import reader_of, row_of, sight
from layouts import ids
from layouts.duplicates_face import DuplicatesFace, Like, Under
from layouts.parts.duplicates import duplicates
from layouts.ticket_face import Reader
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.tickets.merging import (
    Identity,
    Merge,
    MergeAct,
    MergeBook,
    MergeLine,
    Merging,
    Signed,
)
from operations.tickets.ticket import Ticket

MOST_SHOWN = 8
MOST_LOOKED_AT = 30
"""So many are read, because who reads may not see all of them."""


def duplicates_face(sources: Any, desk: Desk, ticket: Ticket, reader: Reader) -> DuplicatesFace:
    """Tell the page how a ticket stands among its duplicates."""
    book, who = sources.merge_book, desk.signed_by(None)
    held = desk.beside(book.merge, *ticket.identity)
    under = [] if held.main else _all_under(sources, desk, ticket.identity, reader)
    main = None if held.main is None else _seen(sources, desk, held.main)
    return DuplicatesFace(
        reader=reader,
        row=row_of(ticket, sources, desk.now(), reader.language),
        text=ticket.text,
        address=ticket.address,
        channel=ticket.channel.value,
        version=held.version,
        own=None
        if main is None
        else _under(sources, desk, main, ticket.identity, held.version, reader),
        hidden=held.main is not None and main is None,
        under=under,
        likes=[] if held.main else _likes(sources, desk, ticket, bool(under), reader),
        main_ended=not (main or ticket).is_open,
        may_decide=desk.allows(Act.DECIDE, subject_of(ticket)),
        **who,
    )


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what a press on a merge does."""

    @app.callback(
        output=(
            Output(ids.DUPLICATES_TOLD, "children"),
            Output(ids.DUPLICATES, "children"),
        ),
        inputs={"presses": Input(ids.twin(ALL, ALL, ALL), "n_clicks")},
        state={
            "pathname": State(ids.ADDRESS, "pathname"),
            "search": State(ids.ADDRESS, "search"),
            "reason": State(ids.DUPLICATES_REASON, "value"),
            "actor": State(ids.DUPLICATES_ACTOR, "value"),
        },
        prevent_initial_call=True,
    )
    def merge_on_page(
        presses: list[int], pathname: str, search: str, reason: str | None, actor: str | None
    ) -> Any:
        if not any(presses):
            return no_update, no_update
        return pressed(sources, desk, ctx.triggered_id, pathname, search, reason, actor)


def pressed(
    sources: Any,
    desk: Desk,
    button: Any,
    pathname: str,
    search: str,
    reason: str | None,
    actor: str | None,
) -> Any:
    """Merge or take apart as a button of a ticket's page says, and show how it stands then."""
    reader = reader_of(sources, desk, asked_language(search or "", sources.settings.language))
    parts = parts_of(pathname or "")
    here = (parts[1], "/".join(parts[2:]))
    ticket = _seen(sources, desk, here)
    if ticket is None:
        return no_update, no_update
    act, (source, _, number) = str(button["twin"]), str(button["ticket"]).partition("/")
    other, version = (source, number), int(button["version"])
    told = merged(
        sources, desk, reader, other if act != "there" else here,
        {"here": here, "there": other}.get(act), version,
        reason=reason or "", actor=actor,
    )[1]  # fmt: skip
    return told, duplicates(duplicates_face(sources, desk, ticket, reader))


def merged(
    sources: Any,
    desk: Desk,
    reader: Reader,
    ticket: Identity,
    into: Identity | None,
    version: int,
    *,
    reason: str,
    actor: str | None = None,
) -> tuple[bool, str, Merge]:
    """Merge a ticket, or take it apart where it goes nowhere.

    Gives whether it is done, that in words, and how it stands then.
    """
    book = BookBeside(sources.merge_book, desk)
    merging = Merging(
        book, desk.stream, lambda one: _seen(sources, desk, one),
        lambda one: desk.allows(Act.DECIDE, subject_of(one)),
    )  # fmt: skip
    signed = Signed(**desk.signed_by(actor), at=desk.now(), reason=reason)
    try:
        if into is None:
            return (
                True,
                reader.words["duplicates_unmerged"],
                merging.unmerge(ticket, version, signed),
            )
        return True, reader.words["duplicates_merged"], merging.merge(ticket, into, version, signed)
    except OperationsError as error:
        held = book.merge(*ticket)
        written = isinstance(error, Unreachable) and held.version > version
        return written, _refusal(error, reader, written=written), held


class BookBeside:
    """The book of merges, whose database is waited for beside the event loop."""

    def __init__(self, book: MergeBook, desk: Desk) -> None:
        self._book, self._desk = book, desk

    def merge(self, source: str, external_id: str) -> Merge:
        """Give under which main a ticket stands."""
        held: Merge = self._desk.beside(self._book.merge, source, external_id)
        return held

    def under(self, source: str, external_id: str) -> list[Identity]:
        """Give what stands under a ticket."""
        under: list[Identity] = self._desk.beside(self._book.under, source, external_id)
        return under

    def lines(self, source: str, external_id: str) -> list[MergeLine]:
        """Give the merges of a ticket and their ends, oldest first."""
        lines: list[MergeLine] = self._desk.beside(self._book.lines, source, external_id)
        return lines

    def act(self, source: str, external_id: str, merge: Merge, line: MergeLine) -> None:
        """Write a merge or its end."""
        self._desk.beside(self._book.act, source, external_id, merge, line)


def subject_of(ticket: Ticket) -> Subject:
    """Give what a merge is decided on; a confidential ticket is for who may see who called."""
    field = Field.CALLER if ticket.confidential else Field.TICKET
    return Subject(field, ticket.department, ticket.district, ticket.town)


def sees(desk: Desk, ticket: Ticket) -> bool:
    """Tell whether who asks sees a ticket."""
    subject = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
    return sight(desk).holds(subject, confidential=ticket.confidential)


def _seen(sources: Any, desk: Desk, identity: Identity) -> Ticket | None:
    life = desk.beside(sources.history.life, *identity)
    return None if life is None or not sees(desk, life.ticket) else life.ticket


def _all_under(sources: Any, desk: Desk, main: Identity, reader: Reader) -> list[Under]:
    found = desk.beside(sources.merge_book.under, *main)
    seen = [one for one in (_seen(sources, desk, each) for each in found) if one is not None]
    return [
        _under(sources, desk, one, one.identity,
               desk.beside(sources.merge_book.merge, *one.identity).version, reader)
        for one in seen
    ]  # fmt: skip


def _under(
    sources: Any, desk: Desk, shown: Ticket, merged_one: Identity, version: int, reader: Reader
) -> Under:
    lines = desk.beside(sources.merge_book.lines, *merged_one)
    last = next(line for line in reversed(lines) if line.act is MergeAct.MERGE)
    return Under(
        row=row_of(shown, sources, desk.now(), reader.language),
        channel=shown.channel.value,
        version=version,
        actor=last.actor,
        verified=last.verified,
        at=last.at,
        reason=last.reason,
    )


def _likes(sources: Any, desk: Desk, ticket: Ticket, is_main: bool, reader: Reader) -> list[Like]:
    found = desk.beside(lambda: sources.duplicates.of(*ticket.identity, most=MOST_LOOKED_AT))
    alike = [
        one
        for one in found
        if sees(desk, one.ticket) and one.ticket.confidential == ticket.confidential
    ]
    return [_like(sources, desk, one, is_main, reader) for one in alike[:MOST_SHOWN]]


def _like(sources: Any, desk: Desk, one: Any, is_main: bool, reader: Reader) -> Like:
    ticket, judged = one.ticket, one.likeness
    may = desk.allows(Act.DECIDE, subject_of(ticket))
    held = desk.beside(sources.merge_book.merge, *ticket.identity)
    has_others = bool(desk.beside(sources.merge_book.under, *ticket.identity))
    return Like(
        row=row_of(ticket, sources, desk.now(), reader.language),
        text=ticket.text,
        address=ticket.address,
        channel=ticket.channel.value,
        version=held.version,
        score=judged.score,
        nearness=judged.nearness.value,
        apart_m=judged.apart_m,
        apart_h=judged.apart_h,
        alike=judged.alike,
        same_category=judged.same_category,
        same_caller=judged.same_caller,
        takes=may and not is_main,
        comes=may and held.main is None and not has_others,
    )


def _refusal(error: OperationsError, reader: Reader, *, written: bool) -> str:
    """Say why it was not done, in the person's language."""
    said = reader.words
    if isinstance(error, Conflict):
        return said["duplicates_conflict"]
    if isinstance(error, Unreachable):
        return said["duplicates_later" if written else "duplicates_away"]
    if isinstance(error, BadInput):
        return said[f"duplicates_bad_{error.field}"]
    tell(error)
    return said["went_wrong"]
