"""Incidents as their pages take them: parts, lines and heads as plain values, codes by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from callbacks.desk import Desk
from callbacks.incident_course import Course
from callbacks.names import city_name
from callbacks.ticket_rows import named, reader_of
from layouts.incident import IncidentSeen
from layouts.incident_face import (
    BoardRow,
    EffectFace,
    Head,
    IncidentFace,
    Own,
    Piece,
    RemainingRow,
    Said,
)
from layouts.wording import Language
from operations.people.permissions import Act, Field, Subject
from operations.pulse.windows import to_us
from operations.response.chain import first_failing, in_order
from operations.response.escalation import FIRED, RANK, Standing, Whom
from operations.response.escalation_following import WHOLE
from operations.response.file_actions import LINE, kept_files
from operations.response.incident import LIFE, Incident, Kind, Line, Part, Whole
from operations.response.ports_incident import Joined, Remaining, Row
from operations.response.situation import report_due_us
from operations.response.standing import sooner

MAY = {
    "command": Act.COMMAND,
    "report": Act.REPORT_IN,
    "release": Act.RELEASE,
    "keep": Act.KEEP_CASES,
}


def shared_face(sources: Any, desk: Desk, language: Language, incident: str = "") -> IncidentFace:
    """Tell what is the same for everybody who looks: when, and what everything is called."""
    place = 1 if language == "en" else 0
    names = {code: pair[place] for code, pair in sources.names.departments.items()}
    partners = desk.beside(sources.partner_book.all)
    active = [(one.code, one.named(place)) for one in partners if one.active]
    chains = [(one.code, (one.name_zh, one.name_en)[place]) for one in sources.chains]
    districts, categories = (
        [(code, pair[place]) for code, pair in named.items()]
        for named in (sources.names.districts, sources.names.categories)
    )
    return IncidentFace(
        language=language,
        zone=sources.reference.zone,
        now_us=to_us(desk.now()),
        incident=incident,
        city=city_name(sources.reference).told(language),
        demo=sources.settings.demo,
        names={one.code: one.named(place) for one in partners} | names,
        telephones={one.code: one.telephone for one in partners if one.telephone},
        choices={
            "department": list(names.items()),
            "party": [*names.items(), *active],
            "chain": chains,
            "district": districts,
            "category": categories,
        },
    )


def face_of(
    sources: Any,
    desk: Desk,
    language: Language,
    subject: Subject | None = None,
    incident: str = "",
) -> IncidentFace:
    """Tell a page of incidents who looks, and what they may.

    Without a subject: whoever looks is asked of what they may open.
    """
    reader, who = reader_of(sources, desk, language), desk.who()
    at = subject or Subject(Field.AGGREGATE, district=_own_district(who))
    return replace(
        shared_face(sources, desk, language, incident),
        may=frozenset(name for name, act in MAY.items() if desk.allows(act, at)),
        own="" if who is None else who.person.department or "",
        signed_in=reader.own,
        mark=reader.name,
    )


def _own_district(who: Any) -> str | None:
    return None if who is None else who.person.place


Attached = Mapping[tuple[str, int], Sequence[Piece]]
"""Files by what they belong to: its kind and number."""


def attached(whole: Whole) -> Attached:
    """Give the files that are there, the oldest first, by what they belong to."""
    found: dict[tuple[str, int], list[Piece]] = {}
    for one in kept_files(whole.of(Kind.FILE)):
        place = (one.body["at"], one.body["of"])
        found.setdefault(place, []).append(Piece(one.number, one.version, one.body))
    return found


def pieces(
    parts: Iterable[Part],
    files: Attached,
    reached: Mapping[tuple[Kind, int], str],
    effects: Mapping[int, EffectFace] | None = None,
) -> list[Piece]:
    """Give parts as a page takes them: their files, their effect, who was told that they wait."""
    return [
        Piece(
            one.number, one.version, one.body, one.due_us, files.get((one.kind, one.number), ()),
            (effects or {}).get(one.number), reached.get((one.kind, one.number), ""),
        )
        for one in parts
    ]  # fmt: skip


def reached_of(standing: Iterable[Standing]) -> dict[tuple[Kind, int], str]:
    """Tell for each part the highest who was told that it waits too long."""
    found: dict[tuple[Kind, int], Whom] = {}
    for one in standing:
        place, before = (one.kind, one.number), found.get((one.kind, one.number))
        if one.reached and (before is None or RANK[one.reached] > RANK[before]):
            found[place] = one.reached
    return {place: whom.value for place, whom in found.items()}


def said_of(line: Line, whole: Whole, files: Attached) -> Said:
    """Give a line as a page takes it."""
    pin = whole.parts.get((Kind.PIN, line.seq))
    return Said(
        seq=line.seq,
        at_us=line.at_us,
        actor=line.actor,
        act=line.act,
        detail=line.detail,
        reason=line.reason,
        about=_about(line, whole) if line.act == FIRED else "",
        typed_us=line.typed_us,
        pinned=0 if pin is None else pin.version,
        stands=pin is not None and bool(pin.body["stands"]),
        files=files.get((LINE, line.seq), ()),
    )


def _about(line: Line, whole: Whole) -> str:
    """Give what a part is called: a task's title, a party's code."""
    part = whole.parts.get((Kind(line.kind), line.number))
    body = {} if part is None else part.body
    return str(body.get("title") or body.get("code") or "")


def head_of(
    head: Incident, sources: Any, language: Language, *, tickets: int, back: int | None = None
) -> Head:
    """Give a head as a page takes it; `back` are the days at the baseline, where it was asked."""
    wanted = sources.settings.incident_baseline_d
    closing = head.closing
    acts = [act for act in LIFE.open_acts(head.state) if _is_open(act, head, back, wanted)]
    closed = asked = None
    if closing is not None and head.is_living:
        asked = (closing.asked_by, closing.reason)
    elif closing is not None:
        closed = (closing.days, closing.reason, closing.asked_by, closing.confirmed_by)
    return Head(
        id=head.id,
        number=head.number,
        version=head.version,
        state=head.state,
        severity=head.severity,
        exercise=head.exercise,
        lead=head.lead,
        title=head.title,
        matter=head.category,
        category=named(sources, "categories", head.category or None, language),
        district=named(sources, "districts", head.district, language),
        cluster=head.cluster,
        opened_us=head.opened_us,
        report_us=report_due_us(head, sources.settings.report_every_min),
        tickets=tickets,
        released=head.released,
        closed_us=head.closed_us,
        acts=acts,
        baseline=None if back is None else (back, wanted),
        asked=asked,
        closed=closed,
    )


def _is_open(act: str, head: Incident, back: int | None, wanted: int) -> bool:
    """Tell whether an act's button is worth showing: what it needs is there."""
    if act == "close":
        return back is not None and back >= wanted
    return act != "confirm_close" or head.closing is not None


def board_row(row: Row, sources: Any, language: Language, *, climbed: int, now_us: int) -> BoardRow:
    """Give a row of the board as a page takes it."""
    head = head_of(row.head, sources, language, tickets=row.tickets)
    due = sooner(row.due, head.report_us, now_us)
    due_us, due_of = (None, "") if due is None else due
    return BoardRow(head, len(row.parties), due_us, due_of, row.overdue, climbed)


def remaining_row(one: Remaining) -> RemainingRow:
    """Give a task that outlives its incident as the board takes it."""
    head, body = one.head, one.task.body
    return RemainingRow(
        id=head.id, incident=head.number, matter=head.title, title=str(body["title"]),
        owner=str(body["owner"]), state=one.task.state, due_us=one.task.due_us or 0,
        of_lesson=bool(body.get("lesson")), exercise=head.exercise,
    )  # fmt: skip


def seen_of(
    whole: Whole,
    lines: Sequence[Line],
    pinned: Sequence[Line],
    sources: Any,
    language: Language,
    *,
    tickets: int,
    joined: Sequence[Joined] = (),
    course: Course,
    standing: Sequence[Standing] = (),
) -> IncidentSeen:
    """Give an incident as its page takes it; `lines` the newest first, `standing` its ladders."""
    links, files = in_order(whole.of(Kind.LINK)), attached(whole)
    reached = reached_of(standing)
    first = first_failing(links)
    head = head_of(whole.head, sources, language, tickets=tickets, back=course.back)
    return IncidentSeen(
        head=replace(
            head,
            reached=reached.get(WHOLE, ""),
            climbed=sum(one.climbed > 0 for one in standing),
            dues_us=sorted(one.due_us for one in whole.parts.values() if one.due_us is not None),
        ),
        seq=whole.head.seq,
        parts={
            kind.value: pieces(
                whole.of(kind), files, reached, course.told if kind is Kind.MEASURE else {}
            )
            for kind in Kind
        },
        links=pieces(links, files, {}),
        first=None if first is None else first.number,
        lines=[said_of(line, whole, files) for line in lines],
        pins=[said_of(line, whole, files) for line in pinned],
        tickets=[
            Own(*one.ticket, one.joined_us, one.joined_by, one.out, one.why) for one in joined
        ],
        course=course.face,
    )
