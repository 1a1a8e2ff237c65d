"""Files as evidence: put beside what they show, and taken away for a reason.

A part of the kind `file` says where it belongs, what it is and the digest of its bytes; the bytes
are kept beside the incident. Taken away they are gone, and the part and its lines stay.
"""

from collections.abc import Iterable
from dataclasses import replace

from operations.errors import BadInput
from operations.response.asked import Asked
from operations.response.chain import findings_of, is_cleared_by
from operations.response.content import shown_name
from operations.response.incident import Change, Kind, Part, Signed, Whole
from operations.response.incident_actions import (
    Do,
    new_part,
    of_part,
    part_of,
    reason_of,
    refuse_ended,
)

LINE = "line"
"""A note: the number is that of its line in the timeline."""
PLACES = {
    "finding": Kind.FINDING,
    "measure": Kind.MEASURE,
    "task": Kind.TASK,
    "lesson": Kind.LESSON,
}
"""What a file may belong to beside a note, by the part it is about."""
OUTLIVE = (LINE, Kind.TASK, Kind.LESSON)
"""What goes on once an incident is closed, and may be proved then."""
KEPT, REMOVED = "kept", "removed"
LONGEST_GIVEN = 300
MOST_LINES = 2**50


def place_of(whole: Whole, asked: Asked) -> tuple[str, int]:
    """Give where a file belongs; raises BadInput where there is no such thing."""
    at = asked.one_of("at", (*PLACES, LINE))
    number = asked.whole("of", 1, MOST_LINES)
    is_there = number <= whole.head.seq if at == LINE else (PLACES[at], number) in whole.parts
    if not is_there:
        raise BadInput("of", f"there is no such {at}")
    return at, number


def attach(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Put a file beside a finding, a measure, a task, a note or a lesson."""
    at, number = place_of(whole, asked)
    if at not in OUTLIVE:
        refuse_ended(whole.head)
    content = asked.content
    if content is None:
        raise BadInput("file", "send the bytes of a file")
    standing = kept_files(whole.of(Kind.FILE))
    if len(standing) >= asked.most_files:
        raise BadInput("files", f"an incident has at most {asked.most_files} files")
    same = [one for one in standing if one.body["digest"] == content.digest]
    if any((one.body["at"], one.body["of"]) == (at, number) for one in same):
        raise BadInput("file", "it is there already")
    name = shown_name(asked.maybe("name", LONGEST_GIVEN), content.media)
    made = new_part(
        whole, asked, signed, Kind.FILE, detail=name, at=at, of=number, name=name,
        media=content.media, digest=content.digest, bytes=len(content.data),
        width=content.width, height=content.height, state=KEPT,
        owner=asked.own, at_us=signed.at_us, actor=signed.actor,
    )  # fmt: skip
    # compared with the whole: how many there are, and whether the same bytes are kept already
    return replace(made, seen_seq=whole.head.seq, kept=() if same else (content,))


def remove_file(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Take a file away for a reason; what it proved has to be taken back first."""
    part = part_of(whole, Kind.FILE, asked)
    if part.state != KEPT:
        raise BadInput("act", "it is taken away already")
    if not reason_of(asked):
        raise BadInput("reason", "say why")
    _refuse_proof(whole, part)
    digest = part.body["digest"]
    others = [one for one in kept_files(whole.of(Kind.FILE)) if one.number != part.number]
    used = any(one.body["digest"] == digest for one in others)
    made = of_part(
        whole, asked, signed, Kind.FILE, detail=str(part.body["name"]), state=REMOVED
    )  # fmt: skip
    return replace(made, seen_seq=whole.head.seq, dropped=() if used else (digest,))


def _refuse_proof(whole: Whole, part: Part) -> None:
    """Raise BadInput where a link would stay cleared without what cleared it."""
    if part.body["at"] != Kind.FINDING:
        return
    link = whole.parts[Kind.LINK, whole.parts[Kind.FINDING, part.body["of"]].body["link"]]
    if link.state != "cleared" or link.body["dropped"]:
        return
    left = Whole(whole.head, {name: one for name, one in whole.parts.items() if one is not part})
    if not any(is_cleared_by(left, one, link) for one in findings_of(left, link.number)):
        raise BadInput("proof", "it cleared its link: suspect the link first")


def kept_files(files: Iterable[Part]) -> list[Part]:
    """Give the files that are still there."""
    return [one for one in files if one.state == KEPT]


def owners_at(whole: Whole, asked: Asked) -> list[str]:
    """Give the departments whose own a file's place is."""
    at, number = place_of(whole, asked)
    if at == Kind.FINDING:
        at, number = Kind.LINK, whole.parts[Kind.FINDING, number].body["link"]
    if at in (Kind.LINK, Kind.MEASURE, Kind.TASK):
        return [str(whole.parts[Kind(at), number].body["owner"])]
    return [whole.head.lead, *(one.body["code"] for one in whole.of(Kind.PARTY))]


OF_FILES: dict[str, Do] = {"attach": attach, "remove_file": remove_file}
