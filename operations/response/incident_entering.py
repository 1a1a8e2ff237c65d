"""An act on an incident is entered: once by its key, compared, written with its line, told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from operations.errors import BadInput, Conflict, Unreachable
from operations.ports import TicketStream
from operations.response.asked import Asked
from operations.response.chain_actions import ALONG_THE_CHAIN
from operations.response.file_actions import OF_FILES, owners_at
from operations.response.incident import SUBJECT, Change, Kind, Line, Signed, Whole
from operations.response.incident_actions import OF_HEAD, Do, line_of, reason_of, refuse_ended
from operations.response.party_actions import BY_PARTIES
from operations.response.ports_incident import Identity, IncidentBook
from operations.tickets.handling_entering import actor_given, key_taken

ACTS: Mapping[str, Do] = {**OF_HEAD, **ALONG_THE_CHAIN, **BY_PARTIES, **OF_FILES}
"""Every act on an incident that changes parts, and what it makes."""

TAKE_OUT, TAKE_IN = "take_out", "take_in"
RELEASES = frozenset({"release"})
"""What lets words onto the wall."""

OWN_PARTS: Mapping[str, tuple[Kind, str]] = {
    "check_in": (Kind.PARTY, "code"),
    "acknowledge": (Kind.TASK, "owner"),
    "finish": (Kind.TASK, "owner"),
    "begin": (Kind.MEASURE, "owner"),
    "complete": (Kind.MEASURE, "owner"),
    "find": (Kind.LINK, "owner"),
    "note": (Kind.PARTY, "code"),
    "attach": (Kind.FILE, "owner"),
    "remove_file": (Kind.FILE, "owner"),
}
"""What a department may do as itself, and which part has to be its own."""

MOST_KEY = 64
MOST_TRIES = 20
NAMES = {
    "hand_over": "lead",
    "give": "owner",
    "follow_up": "owner",
    "plan": "owner",
    "summon": "party",
}


@dataclass(frozen=True, slots=True)
class Command:
    """What acts on incidents are entered with.

    `known` tells whether a code is a department's, `partner` whether it is that of a partner that
    may be called, `category` whether it is a category's.
    """

    book: IncidentBook
    stream: TicketStream
    known: Callable[[str], bool]
    ring: Callable[[str, int], None] = lambda _incident, _seq: None
    partner: Callable[[str], bool] = lambda _code: False
    category: Callable[[str], bool] = lambda _code: False

    def refuse_unknown_category(self, code: str) -> None:
        """Raise BadInput for a code that is no category's."""
        if not self.category(code):
            raise BadInput("category", "there is no such category: choose one of the list")


def checked(asked: Asked, signed: Signed) -> None:
    """Refuse an act without a key of its own or without somebody who acts."""
    actor_given(signed.actor)
    if not (16 <= len(asked.key) <= MOST_KEY and asked.key.isascii() and asked.key.isalnum()):
        raise BadInput("key", f"16 to {MOST_KEY} letters and digits that no other act has")


def enter(
    command: Command, incident: str, asked: Asked, signed: Signed, *, own: str | None = None
) -> Line | None:
    """Do what is asked; give the timeline's line. None: there is no such incident.

    `own` acts as a department, on what is its own alone. Raises BadInput, Conflict with what is
    held, and Unreachable; where the stream alone is away all is written down.
    """
    checked(asked, signed)
    if (before := command.book.done(incident, asked.key)) is not None:
        return _same(before, asked, signed)
    for _ in range(MOST_TRIES):
        whole = command.book.whole(incident)
        if whole is None:
            return None
        change = change_of(command, whole, asked, signed, own)
        try:
            line = command.book.act(incident, replace(change, seen_state=whole.head.state))
        except Conflict:
            if _stands(command.book, whole):
                raise
            continue  # somebody else did something else meanwhile: what it rests on is read anew
        tell(command, incident, line)
        return line
    raise Conflict("too many act at once; try again", None)


def _stands(book: IncidentBook, whole: Whole) -> bool:
    """Tell whether an incident is still as it was seen."""
    held = book.head(whole.head.id)
    return held is None or held.seq == whole.head.seq


def change_of(
    command: Command, whole: Whole, asked: Asked, signed: Signed, own: str | None
) -> Change:
    """Work out what an act makes of an incident; raises BadInput and Conflict."""
    do = ACTS.get(asked.act)
    if do is None:
        raise BadInput("act", f"one of {', '.join(ACTS)}")
    if own is not None:
        _refuse_others(whole, asked, own)
    if asked.act == "classify":
        command.refuse_unknown_category(asked.text("category"))
    name = NAMES.get(asked.act)
    if name is not None:
        _refuse_unknown(command, asked, name)
    return do(whole, asked, signed)


def _refuse_unknown(command: Command, asked: Asked, name: str) -> None:
    """Raise BadInput for a lead that is no department, and for an owner that is no partner either.

    Whoever is in no registry is called by its own name, with the reason why.
    """
    code = asked.text(name)
    if command.known(code) or (name != "lead" and command.partner(code)):
        return
    if name != "party":
        raise BadInput(name, "there is no such department")
    if not reason_of(asked):
        raise BadInput("unlisted", "it is in no registry: say why it is called all the same")


def _refuse_others(whole: Whole, asked: Asked, own: str) -> None:
    """Raise BadInput where a department acts on what is not its own."""
    if asked.act not in OWN_PARTS:
        raise BadInput("act", f"a department may {', '.join(OWN_PARTS)}")
    kind, field = OWN_PARTS[asked.act]
    if asked.act == "attach":
        owners = owners_at(whole, asked)
    elif asked.act == "note":
        owners = [one.body[field] for one in whole.of(kind)] + [whole.head.lead]
    else:
        number = asked.given.get("link") if asked.act == "find" else asked.number
        part = whole.parts.get((kind, number)) if isinstance(number, int) else None
        owners = [] if part is None else [part.body[field]]
    if own not in owners:
        raise BadInput("owner", "this is not your department's")


def take_in(
    command: Command, incident: str, ticket: Identity, asked: Asked, signed: Signed
) -> Line:
    """Let a ticket into an incident by hand, where somebody is at work on it."""
    checked(asked, signed)
    if (before := command.book.done(incident, asked.key)) is not None:
        return _same(before, asked, signed)
    head = command.book.head(incident)
    if head is not None:
        refuse_ended(head)
    line = line_of(replace(asked, act=TAKE_IN), signed, detail="/".join(ticket))
    state = "" if head is None else head.state
    kept = command.book.take_in(incident, ticket, Change(line=line, seen_state=state))
    tell(command, incident, kept)
    return kept


def take_out(
    command: Command, incident: str, ticket: Identity, asked: Asked, signed: Signed
) -> Line:
    """Take a ticket out of an incident, with a reason; it does not join again by itself."""
    checked(asked, signed)
    if (before := command.book.done(incident, asked.key)) is not None:
        return _same(before, asked, signed)
    if not reason_of(asked):
        raise BadInput("reason", "say why")
    line = line_of(replace(asked, act=TAKE_OUT), signed, detail="/".join(ticket))
    kept = command.book.take_out(incident, ticket, Change(line=line))
    tell(command, incident, kept)
    return kept


def _same(before: Line, asked: Asked, signed: Signed) -> Line:
    """Give the line of the same act, after an answer was lost; raises BadInput for another's."""
    if (before.act, before.actor) != (asked.act, signed.actor):
        raise key_taken()
    return before


def tell(command: Command, incident: str, line: Line) -> None:
    """Tell the screens and the worker; what is written stays written where they cannot be told."""
    try:
        command.ring(incident, line.seq)
        command.stream.append_action(SUBJECT)
    except Unreachable as error:
        raise Unreachable(
            f"it is written down; the screens will show it when the stream answers again ({error})"
        ) from error
