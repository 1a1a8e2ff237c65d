"""What waits for a leader beside alarms: what has climbed to them, and opinions to sign."""

from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from layouts.leader_face import LeaderFace
from layouts.parts.marks import aria


def escalated(face: LeaderFace) -> Component | None:
    """Draw what of incidents has waited so long that leaders were told."""
    if not face.escalated:
        return None
    said = face.words
    links = [
        html.A(
            [html.Strong(f"{said['escalation_leaders']} · {one.cause}"), html.Span(one.about),
             html.Span(said["escalation_since"].format(time=one.since), className="leader-note")],
            href=f"/incidents/{quote(one.incident, safe='')}?lang={face.language}",
            className="leader-sign",
        )
        for one in face.escalated
    ]  # fmt: skip
    return html.Nav(links, **aria(label=said["escalation_leaders"]))


def signing(face: LeaderFace) -> Component | None:
    """Draw what waits for a signature; each leads to the page that says why."""
    if not face.to_sign:
        return None
    links = [
        html.A(
            [html.Strong(face.words[one.word]), html.Span(one.about),
             html.Span(f"{one.dispute} · {one.heard}", className="leader-note")],
            href=f"{one.path}/{quote(one.dispute)}?lang={face.language}", className="leader-sign",
        )
        for one in face.to_sign
    ]  # fmt: skip
    return html.Nav(links, **aria(label=face.words["leader_signatures"]))
