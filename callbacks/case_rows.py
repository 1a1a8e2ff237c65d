"""Cases of the library as pages take them: for whom they are, and in words."""

from typing import Any

from callbacks.books import StoreBeside
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.ticket_rows import named
from layouts.cases_face import CaseRow, LinkSeen, MeasureSeen
from layouts.incident_face import limit_said
from layouts.parts.incident_effect import interval
from layouts.ticket_face import Step
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.response.case import LOCAL, Case, CaseFinding, CaseLine, CaseMeasure, Of
from operations.response.incident import Incident


def kept_from(sources: Any, desk: Desk, incident: str) -> Incident | None:
    """Give the incident of a case to who keeps it, nothing to anybody else."""
    book: Any = StoreBeside(sources.incident_book, desk)
    head: Incident | None = book.head(incident)
    return head if head is not None and may_keep(desk, head) else None


def may_keep(desk: Desk, head: Incident) -> bool:
    """Tell whether who asks keeps the case of an incident."""
    return desk.allows(Permission.KEEP_CASES, Subject(Field.AGGREGATE, district=head.district))


def case_row(case: Case, sources: Any, name: Namer) -> CaseRow:
    """Give a case as a line of a list."""
    facts, language = case.facts, name.reader.language
    return CaseRow(
        number=case.number,
        state=case.state.value,
        title=case.text(Of.TITLE),
        summary=case.text(Of.SUMMARY),
        category=named(sources, "categories", facts.category, language) if facts.category else "",
        lead=office(facts.lead, name),
        month=facts.month,
        lasted=lasted(facts.lasted_h, name),
    )


def office(code: str, name: Namer) -> str:
    """Name an office; one of a district by its kind alone, nobody for nobody."""
    if code == LOCAL:
        return name.reader.words["case_local"]
    return name.unit(code) if code else ""


def lasted(hours: int, name: Namer) -> str:
    """Say how long, in days from two of them on."""
    said = name.reader.words
    if hours < 48:
        return said["case_hours"].format(n=hours)
    return said["case_days"].format(n=round(hours / 24))


def links_seen(case: Case, name: Namer) -> list[LinkSeen]:
    """Give the chain as it was examined, with what was found at each link and done there."""
    return [
        LinkSeen(
            name=_link_name(case, one.number, (one.name_zh, one.name_en), name),
            owner=office(one.owner, name),
            verdict="failed" if one.failed else "cleared" if one.cleared else "unknown",
            cleared=one.cleared,
            began_here=one.began_here,
            findings=[
                told
                for finding in case.facts.findings
                if finding.link == one.number and (told := _finding(case, finding, name))
            ],
            measures=measures_seen(case, one.number, name),
        )
        for one in case.facts.links
    ]


def _link_name(case: Case, number: int, names: tuple[str, str], name: Namer) -> str:
    said = name.reader.words["case_link_n"].format(n=number)
    return names[name.reader.language == "en"] or case.text(Of.LINK, number) or said


def _finding(case: Case, one: CaseFinding, name: Namer) -> tuple[str, str] | None:
    """Give a finding: its measurement and its text; None where its text was left out."""
    text = case.text(Of.FINDING, one.number)
    if not text:
        return None
    if one.value is None:
        return "", text
    measured = f"{one.quantity} {one.value:g} {one.unit}".strip()
    if one.limit is not None:
        measured += f" ({limit_said(one.limit, one.bound, name.reader.words)})"
    return measured, text


def measures_seen(case: Case, link: int, name: Namer) -> list[MeasureSeen]:
    """Give the measures at a link, 0 for those at none; one whose text was left out is not told."""
    found = [
        (one, case.text(Of.MEASURE, one.number)) for one in case.facts.measures if one.link == link
    ]
    return [_measure(one, title, name) for one, title in found if title]


def _measure(one: CaseMeasure, title: str, name: Namer) -> MeasureSeen:
    said = name.reader.words
    days = [
        said[word].format(n=day)
        for word, day in (("case_began", one.began_d), ("case_done", one.done_d))
        if day is not None
    ]
    return MeasureSeen(
        title, " · ".join(filter(None, (office(one.owner, name), *days))), _effect(one, name)
    )


def _effect(one: CaseMeasure, name: Namer) -> str:
    """Say what went along with a measure; nothing where it cannot be told."""
    if one.verdict in ("", "early", "unheard", "none"):
        return ""
    return interval(one.verdict, (one.ratio, one.low, one.high), name.reader.words)


def step_told(one: CaseLine, name: Namer) -> Step:
    """Give a line of the history in words."""
    said = name.reader.words
    word = "clock_line" if one.reason else "clock_line_bare"
    actor = one.actor + ("" if one.verified else said["clock_unverified"])
    step = said[f"case_act_{one.act.value}"]
    return Step(one.at, said[word].format(step=step, reason=one.reason, actor=actor))
