"""Acts on incidents from their pages: read, entered, and what came of them in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from callbacks.desk import Desk
from callbacks.incident_course import back_at_baseline
from callbacks.incident_starting import origin_of, origin_tickets
from callbacks.notices import tell
from callbacks.ticket_rows import sight
from layouts.incident_face import IncidentFace, Said
from layouts.parts.incident_lines import detail
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.people.permissions import Field, Subject
from operations.pulse.windows import to_us
from operations.response.asked import LONGEST_NAME, Asked
from operations.response.incident import Incident, Line, Part, Signed
from operations.response.incident_actions import OF_HEAD
from operations.response.incident_entering import (
    TAKE_IN,
    TAKE_OUT,
    Command,
    checked,
    enter,
    take_in,
    take_out,
)
from operations.response.incident_entering import tell as ring
from operations.response.incident_opening import opened, refuse_other

OF_WHOLE = frozenset({"open", *OF_HEAD})
"""What changes an incident as a whole."""
MOST_LOOKED_AT = 1_000
VISITS = ("give", "follow_up")
"""What may name a ticket whose caller is visited."""
NUMBERS = ("severity", "within_min", "link", "behind", "lesson")


@dataclass(frozen=True, slots=True)
class Done:
    """What came of an act: `seq` is how far the incident has come, `version` what is held.

    `field` names what did not fit, where it was not done.
    """

    done: bool
    words: str
    incident: str = ""
    seq: int = 0
    version: int | None = None
    field: str = "act"

    def told(self) -> dict[str, Any]:
        """Give it as an answer."""
        found = {"done": self.done, "told": self.words, "incident": self.incident, "seq": self.seq}
        if self.version is not None:
            found["version"] = self.version
        if not self.done:
            found["error"] = {"field": self.field, "reason": self.words}
        return found


def asked_of(said: Mapping[str, Any]) -> Asked:
    """Read an act as a page sends it; numbers that a field's text holds are read as numbers."""
    given = dict(said["given"])
    for name in NUMBERS:
        if isinstance(given.get(name), str) and given[name].isdecimal() and len(given[name]) < 9:
            given[name] = int(given[name])
    if said["act"] == "summon" and not given.get("party"):
        given["party"] = given.get("outside")
    typed_ms = said["typed_ms"]
    return Asked(
        act=said["act"],
        key=said["key"],
        given=given,
        number=said["number"],
        version=said["version"],
        reason=said["reason"] or str(given.get("reason") or given.get("unlisted") or ""),
        typed_us=None if typed_ms is None else typed_ms * 1000,
    )


def signed_now(desk: Desk) -> Signed:
    """Give who acts and when."""
    return Signed(**desk.signed_by(None), at_us=to_us(desk.now()))


def open_incident(
    sources: Any, desk: Desk, command: Command, origin: Mapping[str, str], said: Mapping[str, Any],
    face: IncidentFace,
) -> Done:  # fmt: skip
    """Open an incident from what the address names; whose that is was asked at the gate.

    Raises BadInput where the address names nothing that is there.
    """
    start = origin_of(sources, desk, origin)
    asked, signed = replace(asked_of(said), act="open"), signed_now(desk)
    given = {**asked.given, "exercise": asked.given.get("exercise") in (True, "1")}
    asked = replace(asked, given=given)
    try:
        checked(asked, signed)
        if not command.known(asked.text("lead")):
            raise BadInput("lead", "there is no such department")
        if told := asked.maybe("category", LONGEST_NAME):
            command.refuse_unknown_category(told)
        change = opened(asked, signed, start)
        year = desk.now().astimezone(sources.reference.zone).year
        found = origin_tickets(desk, start, change.head)
        head = command.book.begin(change, found, year=year)
        refuse_other(head, command.book.done(head.id, asked.key), change)
        ring(command, head.id, replace(change.line, seq=head.seq))
    except OperationsError as error:
        return refused(error, command, "", face)
    return Done(True, face.words["incident_done"], head.id, head.seq, head.version)


def act_on(
    sources: Any, desk: Desk, command: Command, incident: str, said: Mapping[str, Any],
    own: str | None, face: IncidentFace,
) -> Done | None:  # fmt: skip
    """Do what is asked; None where there is no such incident."""
    asked, signed = asked_of(said), signed_now(desk)
    if own is not None and own not in command.book.parties(incident):
        return None
    try:
        if asked.act in (TAKE_OUT, TAKE_IN) and own is None:
            if command.book.head(incident) is None:
                return None
            source, _, external_id = asked.text("ticket").partition("/")
            if asked.act == TAKE_IN:
                _refuse_unseen(sources, desk, (source, external_id), joins=True)
            move = take_in if asked.act == TAKE_IN else take_out
            line: Line | None = move(command, incident, (source, external_id), asked, signed)
        else:
            if asked.act in VISITS and own is None and (visited := asked.maybe("ticket")):
                source, _, external_id = visited.partition("/")
                _refuse_unseen(sources, desk, (source, external_id), joins=False)
            if asked.act == "close":
                asked = replace(asked, baseline_d=_evidence(sources, desk, command, incident))
            line = enter(command, incident, asked, signed, own=own)
    except OperationsError as error:
        return refused(error, command, incident, face)
    if line is None:
        return None
    return Done(True, face.words["incident_done"], incident, line.seq)


def _refuse_unseen(sources: Any, desk: Desk, identity: tuple[str, str], *, joins: bool) -> None:
    """Raise BadInput for a ticket that is not there for who asks.

    One that joins becomes everybody's who is in the incident: a confidential one does not.
    """
    ticket = desk.beside(sources.ledger.ticket, *identity)
    if ticket is not None and not (joins and ticket.confidential):
        at = Subject(Field.TICKET, ticket.department, ticket.district, ticket.town)
        if sight(desk).holds(at, confidential=ticket.confidential):
            return
    raise BadInput("ticket", "there is no such ticket, or not for you")


def _evidence(sources: Any, desk: Desk, command: Command, incident: str) -> int | None:
    """Give the days back at the baseline where they are enough to close on."""
    head = command.book.head(incident)
    back = None if head is None else back_at_baseline(head, sources, desk)
    return back if back is not None and back >= sources.settings.incident_baseline_d else None


def refused(error: OperationsError, command: Command, incident: str, face: IncidentFace) -> Done:
    """Say why an act was not done, in the person's language, with what is held then."""
    said = face.words
    if isinstance(error, Conflict):
        held = error.held
        if isinstance(held, Incident) and held.id != incident:
            return Done(False, said["incident_taken"].format(number=held.number), held.id)
        version = held.version if isinstance(held, Incident | Part) else None
        return Done(False, _overtaken(command, incident, held, face), incident, 0, version)
    if isinstance(error, Unreachable):
        return Done(False, said["incident_later"], incident)
    if isinstance(error, BadInput):
        told = said.get(f"incident_bad_{error.field}")
        field = said.get(f"incident_field_{error.field}", error.field)
        words = told or said["incident_bad_other"].format(field=field)
        return Done(False, words, incident, field=error.field)
    tell(error)
    return Done(False, said["went_wrong"], incident)


def _overtaken(command: Command, incident: str, held: object, face: IncidentFace) -> str:
    """Say who came first and what they did to what was seen."""
    line = _that_changed(command, incident, held)
    if line is None:
        return face.words["went_wrong"]
    shown = Said(line.seq, line.at_us, line.actor, line.act, line.detail, line.reason)
    return face.words["incident_conflict"].format(
        actor=line.actor, act=face.words[f"incident_act_{line.act}"], detail=detail(shown, face)
    )


def _that_changed(command: Command, incident: str, held: object) -> Line | None:
    """Find the line of what changed a part, or the incident as a whole; None: it is too long ago.

    Notes and tickets that joined belong to no part either, and change nothing of it.
    """
    if isinstance(held, Part):
        return command.book.line(incident, held.seq)
    newest = command.book.lines(incident, before=2**53, most=MOST_LOOKED_AT)
    return next((one for one in newest if one.act in OF_WHOLE), None)
