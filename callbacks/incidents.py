"""Incidents as who asks may see them: the board, a page, what changed in it, acts on it."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from callbacks.asking import asked, asked_language, everything_asked
from callbacks.attending import board_of, looked_through, may_look_at
from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.incident_acting import Done, act_on, open_incident
from callbacks.incident_course import course_of
from callbacks.incident_map import places_of
from callbacks.incident_rows import (
    attached,
    board_row,
    face_of,
    remaining_row,
    said_of,
    seen_of,
    shared_face,
)
from callbacks.incident_starting import start_of
from layouts import incident as page
from layouts.document import Shell, document, tree
from layouts.incident import IncidentSeen
from layouts.incident_face import BoardRow, IncidentFace, RemainingRow
from layouts.incidents import board, board_page
from layouts.parts.incident_lines import said_line
from layouts.parts.incident_parties import task
from layouts.parts.incident_remaining import MOST_REMAINING
from layouts.wording import Language, language_of
from operations.people.permissions import Field, Subject
from operations.pulse.windows import to_us
from operations.response.content import ENDINGS
from operations.response.escalation import FIRED
from operations.response.file_actions import LINE
from operations.response.incident import Incident, Kind, Line, Part, Whole
from operations.response.incident_entering import Command

SHOWN_LINES = 60
SHOWN_TICKETS = 20
MOST_PINNED = 20
MOST_ROWS = 300
SCRIPT_WORDS = (
    *("incident_line_ok", "incident_line_cut", "incident_away", "incident_not_yours"),
    "incidents_overdue",
    *("incidents_not_joined", "incidents_go_on", "incident_visit_title"),
    *("incident_waiting_n", "incident_sure", "seconds", "minutes", "hours", "days"),
    *("incident_file_hint", "incident_file_sending", "incident_file_sent", "incident_file_again"),
    *("incident_bad_file", "incident_bad_large", "incident_bad_media", "incident_act_choose_file"),
    *("incident_act_take_photo", "incident_map_told", "incident_map_none", "incident_map_away"),
    *("incident_map_unplaced", "incident_map_withheld"),
)
WHOLE_NEW = "board"


class Incidents:
    """Everything the routes of incidents give out; the gate has asked whether who asks may."""

    def __init__(
        self, sources: Any, desk: Desk, shell: Shell, ring: Callable[[str, int], None]
    ) -> None:
        self._sources, self._desk, self._shell = sources, desk, shell
        self._book = StoreBeside(sources.incident_book, desk)
        self._ladders = StoreBeside(sources.escalation_book, desk)
        self._remaining = StoreBeside(sources.incident_remaining, desk)
        known = sources.names.departments.__contains__
        bounds = sources.settings.file_bounds
        self._files = {"most_bytes": bounds.most_bytes, "media": list(ENDINGS)}
        partners = StoreBeside(sources.partner_book, desk)
        self.command = Command(
            self._book, desk.stream, known, ring,
            lambda code: any(one.active and one.code == code for one in partners.all()),
            lambda code: code in sources.names.categories,
        )  # fmt: skip

    def page(self, incident: str | None, query: str) -> str | None:
        """Write the page of one incident, or of the list; None where there is none."""
        language = asked_language(query, self._sources.settings.language)
        if incident is None:
            return self._board_page(language, query)
        whole = self._book.whole(incident)
        if whole is None:
            return None
        face = self._face(language, whole.head)
        seen = self._seen(whole, language)
        body = page.incident(seen, face, self._facts(face))
        return self._written(body, face, f"{whole.head.title} · {whole.head.number}")

    def _board_page(self, language: Language, query: str) -> str:
        face, ended = face_of(self._sources, self._desk, language), asked(query, "ended") == "1"
        start = start_of(self._sources, self._desk, everything_asked(query), language)
        rows, facts = self._rows(language, ended), self._facts(face)
        body = board_page(rows, face, facts, ended=ended, start=start, still=self._still())
        return self._written(body, face, face.words["incidents_title"])

    def _written(self, body: Component, face: IncidentFace, title: str) -> str:
        return document(body, self._shell, language=face.language, title=title)

    def _facts(self, face: IncidentFace) -> Component:
        said = {name: face.words[name] for name in SCRIPT_WORDS}
        facts = {"words": said, "now_ms": face.now_us // 1000, "zone": face.zone.key,
                 "files": self._files}  # fmt: skip
        return html.Script(json.dumps(facts), id="incident-facts", type="application/json")

    def _face(self, language: Language, head: Incident) -> IncidentFace:
        subject = Subject(Field.AGGREGATE, district=head.district)
        return face_of(self._sources, self._desk, language, subject, head.id)

    def _seen(self, whole: Whole, language: Language) -> IncidentSeen:
        incident = whole.head.id
        lines = self._book.lines(incident, before=whole.head.seq + 1, most=SHOWN_LINES)
        return seen_of(
            whole, lines, self._pinned(whole), self._sources, language,
            tickets=self._book.count_tickets(incident),
            joined=self._book.tickets(incident, most=SHOWN_TICKETS),
            course=course_of(whole, self._sources, self._desk),
            standing=self._ladders.standing(incident),
        )  # fmt: skip

    def _pinned(self, whole: Whole) -> list[Line]:
        pins = [one.number for one in whole.of(Kind.PIN) if one.body["stands"]]
        found = [self._book.line(whole.head.id, one) for one in pins[-MOST_PINNED:]]
        return [line for line in found if line is not None][::-1]

    def board(self, language: str, *, ended: bool) -> dict[str, Any]:
        """Give the list as data, and as the page draws it."""
        told = language_of(language, self._sources.settings.language)
        rows = self._rows(told, ended)
        face = face_of(self._sources, self._desk, told)
        return {
            "incidents": [_row_told(one) for one in rows],
            "drawn": {
                WHOLE_NEW: [
                    tree(one) for one in board(rows, face, ended=ended, still=self._still())
                ]
            },
        }

    def _still(self) -> list[RemainingRow]:
        """Give what is still to be done after the end, of incidents who asks may look at."""
        found = looked_through(
            lambda last, most: self._remaining.tasks(most=most, behind=last),
            most=MOST_REMAINING + 1,
            wanted=lambda one: may_look_at(self._desk, one.head, one.parties),
        )
        return [remaining_row(one) for one in found]

    def _rows(self, language: Language, ended: bool) -> list[BoardRow]:
        now_us = to_us(self._desk.now())
        seen = looked_through(
            board_of(self._book, now_us, living=not ended), most=MOST_ROWS,
            wanted=lambda one: may_look_at(self._desk, one.head, one.parties),
        )  # fmt: skip
        climbed = self._ladders.counts([one.head.id for one in seen])
        return [
            board_row(
                one, self._sources, language, climbed=climbed.get(one.head.id, 0), now_us=now_us
            )
            for one in seen
        ]

    def whole(self, incident: str) -> dict[str, Any] | None:
        """Give an incident as data: its head, its parts, its newest lines."""
        whole = self._book.whole(incident)
        if whole is None:
            return None
        lines = self._book.lines(incident, before=whole.head.seq + 1, most=SHOWN_LINES)
        return {
            "head": whole.head,
            "tickets": self._book.count_tickets(incident),
            "parts": list(whole.parts.values()),
            "lines": lines,
            **course_of(whole, self._sources, self._desk).as_data(),
        }

    def changes(self, incident: str, since: int, language: str) -> dict[str, Any] | None:
        """Give what changed behind a `seq`, drawn: slots, and lines oldest first.

        Behind 0 that is all of it, as another day asks for. The same for everybody: what somebody
        may press is told by their own page.
        """
        found = self._book.changes(incident, since, most=SHOWN_LINES)
        if found is None or since >= found.head.seq:
            return None if found is None else _nothing(found.head.seq)
        whole = self._book.whole(incident)
        if whole is None:
            return None
        told = language_of(language, self._sources.settings.language)
        face = shared_face(self._sources, self._desk, told, incident)
        seen = self._seen(whole, told)
        steps = [one for one in found.lines if one.act == FIRED]
        kinds = {one.kind.value for one in found.parts} | {one.kind for one in steps}
        beside = {name for one in found.lines for name in page.WITH_LINES.get(one.act, ())}
        names = [
            name for name, shows in page.SECTIONS.items()
            if not since or name in page.ALWAYS or name in beside or kinds.intersection(shows)
        ]  # fmt: skip
        slots = {name: tree(page.slot(name, seen, face)) for name in names}
        moved = {one for part in found.parts for one in touched(part)}
        moved |= {(one.kind, one.number) for one in steps}
        for one in seen.parts["task"]:
            if (Kind.TASK, one.number) in moved or (one.reached and not found.whole):
                slots[f"task-{one.number}"] = tree(task(one, face))
        lines, files = [*found.lines, *self._redrawn(incident, moved, since)], attached(whole)
        drawn = {
            f"line-{one.seq}": tree(said_line(said_of(one, whole, files), face)) for one in lines
        }
        return {"since": since, "seq": whole.head.seq, "slots": slots, "lines": drawn,
                "whole": found.whole}  # fmt: skip

    def _redrawn(self, incident: str, moved: set[tuple[str, int]], since: int) -> list[Line]:
        """Give the older lines whose pin or files have changed."""
        seqs = {number for kind, number in moved if kind in (Kind.PIN, LINE) and number <= since}
        found = [self._book.line(incident, one) for one in sorted(seqs)]
        return [line for line in found if line is not None]

    def lines(self, incident: str, before: int, language: str) -> dict[str, Any] | None:
        """Give the lines before a `seq`, drawn, the newest first."""
        whole = self._book.whole(incident)
        if whole is None:
            return None
        told = language_of(language, self._sources.settings.language)
        face, files = shared_face(self._sources, self._desk, told, incident), attached(whole)
        found = self._book.lines(incident, before=before, most=SHOWN_LINES)
        return {
            "lines": [tree(said_line(said_of(one, whole, files), face)) for one in found],
            "last": found[-1].seq if found else 0,
        }

    def places(self, incident: str) -> dict[str, Any] | None:
        """Give the map of an incident, as who asks may see it."""
        head = self._book.head(incident)
        return None if head is None else places_of(head, self._sources, self._desk)

    def open(self, origin: Mapping[str, str], said: Mapping[str, Any]) -> Done:
        """Open an incident."""
        language = language_of(said["lang"], self._sources.settings.language)
        face = face_of(self._sources, self._desk, language)
        return open_incident(self._sources, self._desk, self.command, origin, said, face)

    def act(self, incident: str, said: Mapping[str, Any], own: str | None) -> Done | None:
        """Act on an incident, as who runs it or as a department."""
        language = language_of(said["lang"], self._sources.settings.language)
        face = face_of(self._sources, self._desk, language)
        return act_on(self._sources, self._desk, self.command, incident, said, own, face)


def touched(part: Part) -> set[tuple[str, int]]:
    """Name what is drawn otherwise after a part has changed: itself, and what a file belongs to."""
    own = {(part.kind.value, part.number)}
    return own | {(part.body["at"], part.body["of"])} if part.kind is Kind.FILE else own


def _nothing(seq: int) -> dict[str, Any]:
    return {"since": seq, "seq": seq, "slots": {}, "lines": {}, "whole": True}


def _row_told(row: BoardRow) -> dict[str, Any]:
    one = row.head
    return {
        "id": one.id, "number": one.number, "state": one.state, "severity": one.severity,
        "exercise": one.exercise, "lead": one.lead, "title": one.title, "tickets": one.tickets,
        "opened_us": one.opened_us, "due_us": row.due_us, "overdue": row.overdue,
        "report_due_us": one.report_us, "parties": row.parties,
    }  # fmt: skip
