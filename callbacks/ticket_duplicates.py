"""Duplicates of a ticket: what may be one with it, merging and taking apart from its page."""

from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update

from callbacks.asking import asked_language, parts_of
from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.duplicate_panel import duplicates_face, seen_among, subject_of
from callbacks.notices import tell
from callbacks.ticket_rows import reader_of
from layouts import ids
from layouts.parts.duplicates import duplicates
from layouts.ticket_face import Reader
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.permissions import Act
from operations.tickets.distinct import Distinguishing, pair_of
from operations.tickets.merging import Identity, Merge, Merging, Signed
from operations.tickets.ticket import Ticket


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what a press on a merge does."""

    @app.callback(
        output=(
            Output(ids.DUPLICATES_TOLD, "children"),
            Output(ids.DUPLICATES, "children"),
            Output(ids.TICKET_MERGED, "data"),
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
            return no_update, no_update, no_update
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
    """Do what a button of a ticket's page says, and show how it stands then.

    The last of the three has the history drawn anew.
    """
    reader = reader_of(sources, desk, asked_language(search or "", sources.settings.language))
    parts = parts_of(pathname or "")
    here = (parts[1], "/".join(parts[2:]))
    ticket = _seen(sources, desk, here)
    if ticket is None:
        return no_update, no_update, no_update
    act, (source, _, number) = str(button["twin"]), str(button["ticket"]).partition("/")
    other, version, why = (source, number), int(button["version"]), reason or ""
    if act in ("distinct", "back"):
        why = "" if why == reader.words["duplicates_usual"] else why  # it is why they are one
        told = said_of(
            sources, desk, reader, here, other, version,
            stands=act == "distinct", reason=why, actor=actor,
        )[1]  # fmt: skip
    else:
        told = merged(
            sources, desk, reader, other if act != "there" else here,
            {"here": here, "there": other}.get(act), version, reason=why, actor=actor,
        )[1]  # fmt: skip
    panel = duplicates(duplicates_face(sources, desk, ticket, reader))
    return told, panel, f"{act} {number} {version}"


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
    book: Any = StoreBeside(sources.merge_book, desk)
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


def said_of(
    sources: Any,
    desk: Desk,
    reader: Reader,
    one: Identity,
    other: Identity,
    version: int,
    *,
    stands: bool,
    reason: str,
    actor: str | None = None,
) -> tuple[bool, str, int]:
    """Say that two tickets are not one matter, or take that back.

    Gives whether it is done, that in words, and the pair's version then.
    """
    book: Any = StoreBeside(sources.distinct_book, desk)
    merges: Any = StoreBeside(sources.merge_book, desk)
    acts = Distinguishing(
        book, merges, lambda one: _seen(sources, desk, one),
        lambda one: desk.allows(Act.DECIDE, subject_of(one)),
    )  # fmt: skip
    signed = Signed(**desk.signed_by(actor), at=desk.now(), reason=reason)
    word = reader.words["duplicates_distinct_done" if stands else "duplicates_back_done"]
    try:
        act = acts.distinct if stands else acts.take_back
        return True, word, act(one, other, version, signed).version
    except OperationsError as error:
        held = version if one == other else book.distinction(pair_of(one, other)).version
        return False, _refusal(error, reader, written=False), held


def _seen(sources: Any, desk: Desk, identity: Identity) -> Ticket | None:
    return seen_among(sources, desk, [identity]).get(identity)


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
