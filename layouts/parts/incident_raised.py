"""That something of an incident has waited too long, and who was told of it."""

from dash import html
from dash.development.base_component import Component

from layouts.incident_face import IncidentFace, Said
from layouts.parts.marks import data


def raised(reached: str, face: IncidentFace) -> Component | None:
    """Draw who was told at the highest, None where nobody was."""
    if not reached:
        return None
    whom = face.words[f"escalation_whom_{reached}"]
    return html.Span(
        face.words["escalation_reached"].format(whom=whom),
        className="inc-raised",
        **data(reached=reached),
    )


def late_mark(due_us: int | None, face: IncidentFace) -> Component | None:
    """Draw that something is late; a page shows it from then on also where nobody acts."""
    if due_us is None:
        return None
    late = "yes" if face.is_late(due_us) else ""
    return html.Span(
        face.words["incident_late"], className="inc-late", **data(due_us=str(due_us), late=late)
    )


def step_said(line: Said, face: IncidentFace) -> str:
    """Tell a step that fired: what waits, which step it was, and who was told."""
    said = face.words
    cause, step, whom, *told = line.detail.split(" ", 3)
    words = said["escalation_said"].format(
        cause=said[f"escalation_cause_{cause}"],
        step=step,
        whom=said[f"escalation_whom_{whom}"],
        told=face.named(told[0]) if told else "",
    )
    about = face.named(line.about)
    return f"{about} · {words}".strip(" ·") if about else words.strip()
