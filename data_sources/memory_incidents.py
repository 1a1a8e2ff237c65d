"""Incidents in plain Python, for tests: the same promises, kept by dictionaries."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from data_sources.incident_reads import BY_CLUSTER
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_incident_files import MemoryIncidentFiles
from data_sources.memory_ladders import MemoryLadders
from operations.errors import BadInput, Conflict
from operations.people.ports import Audit
from operations.response.escalation import Ladders
from operations.response.incident import (
    Change,
    Changes,
    Incident,
    Kind,
    Line,
    Part,
    Whole,
    overtaken,
)
from operations.response.incident_deed import incident_deed
from operations.response.ports_incident import Identity, IncidentFiles, Joined, Row
from operations.response.standing import Brief, Due, gravity


class MemoryIncidentBook:
    """`ports_incident.IncidentBook` for one process; every ticket is there."""

    def __init__(
        self, audit: Audit | None = None, files: IncidentFiles | None = None,
        ladders: Ladders | None = None,
    ) -> None:  # fmt: skip
        self._audit = audit or MemoryAudit()
        self._files = files or MemoryIncidentFiles()
        self.ladders = MemoryLadders(ladders or Ladders())
        self._held: dict[str, Whole] = {}
        self._lines: dict[str, list[Line]] = {}
        self._joined: dict[str, dict[Identity, Joined]] = {}
        self.one_writer = threading.RLock()

    def begin(self, change: Change, tickets: Sequence[Identity], *, year: int) -> Incident:
        """Write a new incident, numbered within its year, with the tickets that are its own."""
        assert change.head is not None
        with self.one_writer:
            if (held := self.head(change.head.id)) is not None:
                return held
            self._refuse_second(change.head)
            prefix = f"{'YL' if change.head.exercise else 'SJ'}-{year}-"
            given = sum(one.head.number.startswith(prefix) for one in self._held.values())
            head = replace(change.head, number=f"{prefix}{given + 1:04d}")
            parts = {(one.kind, one.number): replace(one, seq=head.seq) for one in change.parts}
            self._held[head.id] = Whole(head, parts)
            line = replace(change.line, seq=head.seq)
            self._lines[head.id], self._joined[head.id] = [line], {}
            self._join(head.id, tickets, line.actor, line.at_us)
            self.ladders.follow(self._held[head.id], None, ())
            self._audit.append(incident_deed(None, head, change.parts, line))
        return head

    def act(self, incident: str, change: Change) -> Line:
        """Write a change; give its line as it is kept."""
        with self.one_writer:
            held = self._there(incident)
            if (kept := self.done(incident, change.line.key)) is not None:
                return kept
            return self._written(held, change)

    def _written(self, held: Whole, change: Change) -> Line:
        before, seq = held.head, held.head.seq + 1
        change.refuse_overtaken(before)
        after = before if change.head is None else change.head
        if change.head is not None and change.head.version != before.version + 1:
            raise overtaken(before.id, before)
        if after.is_living and not before.is_living:
            self._refuse_second(after)
        parts = tuple(self._next(held, replace(part, seq=seq)) for part in change.parts)
        for content in change.kept:
            self._files.keep(before.id, content)
        for digest in change.dropped:
            self._files.drop(before.id, digest)
        of_part = parts and change.line.kind
        number = parts[0].number if of_part else change.line.number
        line = replace(change.line, seq=seq, number=number)
        reported = any(part.kind is Kind.REPORT for part in parts)
        reported_us = line.at_us if reported else before.reported_us
        head = replace(after, seq=seq, reported_us=reported_us)
        made = {(part.kind, part.number): part for part in parts}
        self._held[head.id] = Whole(head, {**held.parts, **made})
        self._lines[head.id].append(line)
        self.ladders.follow(self._held[head.id], before, parts)
        self._audit.append(incident_deed(before, head, parts, line))
        return line

    @staticmethod
    def _next(held: Whole, part: Part) -> Part:
        if part.number == 0:
            part = replace(part, number=max([0, *(one.number for one in held.of(part.kind))]) + 1)
        before = held.parts.get((part.kind, part.number))
        if (0 if before is None else before.version) != part.version - 1:
            raise overtaken(held.head.id, before)
        return part

    def join(self, incident: str, tickets: Sequence[Identity], *, by: str, at_us: int) -> int:
        """Let tickets join; give how many did."""
        with self.one_writer:
            joined = self._join(incident, tickets, by, at_us)
            if joined:
                self._note(incident, "join", str(joined), at_us)
        return joined

    def follow(self, incident: str, cluster: str, *, at_us: int) -> None:
        """Let an incident follow the cluster that its own has merged into."""
        with self.one_writer:
            held = self._there(incident)
            if held.head.cluster == cluster or self.of_cluster(cluster) is not None:
                return
            self._held[incident] = Whole(replace(held.head, cluster=cluster), held.parts)
            self._note(incident, "follow", cluster, at_us)

    def take_in(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Let a ticket in by hand, also one that was taken out."""
        with self.one_writer:
            held = self._there(incident)
            if (kept := self.done(incident, change.line.key)) is not None:
                return kept
            joined = self._joined[incident].get(ticket)
            if joined is not None and not joined.out:
                raise BadInput("ticket", "it is in this incident already")
            line = self._written(held, change)
            self._joined[incident][ticket] = Joined(ticket, line.at_us, line.actor, False, "")
            return line

    def of_ticket(self, ticket: Identity) -> list[Incident]:
        """Give the incidents a ticket is in, the newest first."""
        joined = [(self._held[name].head, held.get(ticket)) for name, held in self._joined.items()]
        found = [head for head, one in joined if one is not None and not one.out]
        return sorted(found, key=lambda head: (-head.opened_us, head.id))

    def take_out(self, incident: str, ticket: Identity, change: Change) -> Line:
        """Take a ticket out for good."""
        with self.one_writer:
            held = self._there(incident)
            if (kept := self.done(incident, change.line.key)) is not None:
                return kept
            joined = self._joined[incident].get(ticket)
            if joined is None or joined.out:
                raise BadInput("ticket", "it is not in this incident")
            out = joined._replace(out=True, why=change.line.reason)
            self._joined[incident][ticket] = out
            return self._written(held, change)

    def append(self, held: Whole, line: Line) -> None:
        """Write a line that changes no part, and the audit log's."""
        head = replace(held.head, seq=line.seq)
        self._held[head.id] = Whole(head, held.parts)
        self._lines[head.id].append(line)
        self._audit.append(incident_deed(held.head, head, (), line))

    def _there(self, incident: str) -> Whole:
        held = self._held.get(incident)
        if held is None:
            raise Conflict(f"incident {incident} is not there", None)
        return held

    def _refuse_second(self, head: Incident) -> None:
        other = None if head.cluster is None or head.exercise else self.of_cluster(head.cluster)
        if other is not None and other.id != head.id:
            raise Conflict(f"{other.number} is open for this cluster already", other)

    def _join(self, incident: str, tickets: Sequence[Identity], by: str, at_us: int) -> int:
        held = self._joined[incident]
        fresh = [one for one in dict.fromkeys(tickets) if one not in held]
        held.update({one: Joined(one, at_us, by, False, "") for one in fresh})
        return len(fresh)

    def _note(self, incident: str, act: str, detail: str, at_us: int) -> None:
        held = self._held[incident]
        seq = held.head.seq + 1
        line = Line(
            at_us=at_us, actor=BY_CLUSTER, verified=False, act=act, key=f"{act}{seq}", seq=seq,
            detail=detail,
        )  # fmt: skip
        self._held[incident] = Whole(replace(held.head, seq=seq), held.parts)
        self._lines[incident].append(line)

    def done(self, incident: str, key: str) -> Line | None:
        """Give the line of an act that is written already."""
        found = (line for line in self._lines.get(incident, ()) if line.key == key)
        return next(found, None)

    def whole(self, incident: str) -> Whole | None:
        """Give an incident with all its parts."""
        return self._held.get(incident)

    def part(self, incident: str, kind: Kind, number: int) -> Part | None:
        """Give one part."""
        held = self._held.get(incident)
        return None if held is None else held.parts.get((kind, number))

    def head(self, incident: str) -> Incident | None:
        """Give the head of an incident."""
        held = self._held.get(incident)
        return None if held is None else held.head

    def numbered(self, number: str) -> Incident | None:
        """Give the head of the incident that has a number."""
        return next((one.head for one in self._held.values() if one.head.number == number), None)

    def parties(self, incident: str) -> tuple[str, ...]:
        """Give the codes of those that lead or were called to it."""
        held = self._held.get(incident)
        if held is None:
            return ()
        called = [one.body["code"] for one in held.of(Kind.PARTY)]
        return tuple(dict.fromkeys([held.head.lead, *called]))

    def changes(self, incident: str, since: int, *, most: int) -> Changes | None:
        """Give what changed behind a `seq`."""
        held = self._held.get(incident)
        if held is None:
            return None
        parts = sorted(
            (one for one in held.parts.values() if one.seq > since), key=lambda one: one.seq
        )
        lines = [line for line in self._lines[incident] if line.seq > since]
        return Changes(held.head, parts, lines[-most:], len(lines) <= most)

    def lines(self, incident: str, *, before: int, most: int) -> list[Line]:
        """Give the lines before a `seq`, the newest first."""
        found = [line for line in self._lines.get(incident, ()) if line.seq < before]
        return found[::-1][:most]

    def line(self, incident: str, seq: int) -> Line | None:
        """Give one line."""
        found = (line for line in self._lines.get(incident, ()) if line.seq == seq)
        return next(found, None)

    def board(
        self, now_us: int, *, living: bool, most: int, behind: Incident | None = None
    ) -> list[Row]:
        """Give the incidents somebody is at work on, or the others, the newest first."""
        last = (-(2**62), "") if behind is None else (-behind.opened_us, behind.id)
        found = {(-one.head.opened_us, one.head.id): one for one in self._held.values()
                 if (one.head.closed_us is None) == living}  # fmt: skip
        return [self._row(found[one], now_us) for one in sorted(found) if one > last][:most]

    def _row(self, held: Whole, now_us: int) -> Row:
        one = self._brief(held)
        next_due, late = one.next_due(now_us, None), one.late(now_us)
        return Row(one.head, one.parties, one.tickets, next_due, late)

    def standing(self, *, most: int) -> list[tuple[str, int]]:
        """Give the open incidents and how far each has come, in the order of `gravity`."""
        heads = [one.head for one in self._held.values() if one.head.closed_us is None]
        return [(head.id, head.seq) for head in sorted(heads, key=gravity)[:most]]

    def briefs(self, incidents: Sequence[str]) -> list[Brief]:
        """Give some incidents in brief."""
        return [self._brief(self._held[one]) for one in incidents if one in self._held]

    def _brief(self, held: Whole) -> Brief:
        incident = held.head.id
        dues = [
            Due(one.due_us, one.kind.value) for one in held.parts.values() if one.due_us is not None
        ]
        parties, joined = self.parties(incident), self.count_tickets(incident)
        return Brief(held.head, parties, joined, tuple(sorted(dues)))

    def seqs(self, incidents: Sequence[str]) -> dict[str, int]:
        """Tell how far each of some incidents has come."""
        return {one: self._held[one].head.seq for one in incidents if one in self._held}

    def of_cluster(self, cluster: str) -> Incident | None:
        """Find the incident somebody is at work on for a cluster."""
        found = (self._held[one].head for name, one in self.following().items() if name == cluster)
        return next(found, None)

    def following(self) -> dict[str, str]:
        """Give the clusters whose tickets join an incident by themselves, and which one."""
        heads = [one.head for one in self._held.values()]
        return {
            one.cluster: one.id
            for one in heads
            if one.cluster is not None and one.closed_us is None and not one.exercise
        }

    def tickets(self, incident: str, *, most: int) -> list[Joined]:
        """Give the tickets of an incident, the last to join first."""
        found = enumerate(self._joined.get(incident, {}).values())
        ranked = sorted(found, key=lambda one: (-one[1].joined_us, -one[0]))
        return [joined for _, joined in ranked[:most]]

    def count_tickets(self, incident: str) -> int:
        """Count the tickets of an incident."""
        return sum(not one.out for one in self._joined.get(incident, {}).values())
