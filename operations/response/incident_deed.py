"""What the audit log is told of an act on an incident: codes, states and numbers, no words."""

from operations.people.audit import Deed
from operations.response.incident import Incident, Line, Part


def incident_deed(
    before: Incident | None, after: Incident, parts: tuple[Part, ...], line: Line
) -> Deed:
    """Give the deed of an act; typed words stay in the incident, but for the reason."""
    return Deed(
        at_us=line.at_us,
        actor=line.actor,
        verified=line.verified,
        act=f"incident.{line.act}",
        subject=after.id,
        before="" if before is None else _in_words(before),
        after=" · ".join([_in_words(after), *map(_part_in_words, parts)]),
        reason=line.reason,
    )


def _in_words(head: Incident) -> str:
    mark = "exercise · " if head.exercise else ""
    told = f"{mark}{head.number} v{head.version} {head.state} {head.severity} {head.lead}"
    return f"{told} {head.category}".rstrip()


def _part_in_words(part: Part) -> str:
    named = [str(part.body[name]) for name in ("owner", "code") if part.body.get(name)]
    return " ".join([f"{part.kind} {part.number} v{part.version}", part.state, *named]).strip()
