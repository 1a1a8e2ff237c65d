"""The page of reports: those of the city, a district or a department."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import asked
from callbacks.desk import Desk
from callbacks.report_scopes import scopes_of
from layouts.reports import KINDS, ReportLine, ReportsFace, reports
from layouts.ticket_face import when
from layouts.wording import Language, words
from operations.bulletin.issue import CITY
from operations.errors import Unreachable

MOST_LINES = 31
"""Of each kind: a month of days; older ones are taken by their address."""


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw what was made, the newest period first; nothing for a scope that is not for who asks."""
    scope, scopes = asked(query, "scope") or CITY, scopes_of(sources, desk, language)
    if scope not in scopes:
        return None
    settings, zone = sources.settings, sources.reference.zone
    yesterday = desk.now().astimezone(zone).date() - timedelta(days=1)
    by_itself = scope == CITY or scope in map(str.strip, settings.reports_scopes.split(","))
    at = settings.reports_at if settings.reports and by_itself else ""
    face = ReportsFace(
        language, zone.key, at, yesterday.isoformat(), signed_in=desk.who() is not None,
        scope=scope, scopes=scopes, demo=settings.demo,
    )  # fmt: skip
    try:
        found = desk.beside(sources.report_shelf.listed)
    except (OSError, Unreachable):
        return reports(replace(face, told=words(language)["reports_away"]))
    lines: dict[str, list[ReportLine]] = {kind: [] for kind in KINDS}
    for issue, made_at in found:
        period, listed = issue.period, lines[issue.kind.value]
        days = period.first.isoformat()
        if period.days > 1:
            days = f"{issue.code} ({days} – {period.last.isoformat()})"
        if issue.scope == scope and len(listed) < MOST_LINES:
            listed.append(ReportLine(issue.code, days, when(made_at, zone)))
    return reports(replace(face, lines=lines))
