"""The library of cases, and one of them, as their addresses ask for them."""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.attending import board_of, looked_through
from callbacks.books import StoreBeside
from callbacks.case_rows import (
    case_row,
    kept_from,
    lasted,
    links_seen,
    may_keep,
    measures_seen,
    step_told,
)
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.ticket_rows import reader_of
from layouts import case as one_page
from layouts import cases as page
from layouts.cases_face import CaseFace, CaseRow, CasesFace, DaySeen, PassageSeen, ReviewedRow
from layouts.parts.cases import day_told
from layouts.wording import Language
from operations.errors import Unreachable
from operations.people.anonymity import doubtful
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.pulse.windows import to_us
from operations.response.case import CASE, LONGEST, Case, Of, Sought, State

A_PAGE, MOST_DRAFTS, MOST_REVIEWED, MOST_ALIKE = 20, 50, 100, 5
LONGEST_WORDS = 60
LEAST_USUAL = 0.05
"""What is usual of a day and reads as 0.0 below."""
NUMBERED = (Of.LINK, Of.FINDING, Of.MEASURE, Of.DECISION, Of.LESSON)


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the library; nothing for who may not look for tickets."""
    if not desk.allows(Permission.SEARCH, Subject(Field.TICKET)):
        return None
    name = Namer(sources, reader_of(sources, desk, language))
    try:
        return page.cases(_library(sources, desk, name, everything_asked(query)))
    except Unreachable:
        told = name.reader.words["cases_away"]
        return page.cases(CasesFace(reader=name.reader, told=told))


def draw_one(sources: Any, desk: Desk, number: str, language: Language) -> Component | None:
    """Draw a case; nothing where there is none for who asks."""
    book: Any = StoreBeside(sources.case_book, desk)
    held: Case | None = book.case(number)
    if held is None:
        return None
    head = kept_from(sources, desk, held.incident)
    if head is None and held.state is not State.PUBLISHED:
        return None
    name = Namer(sources, reader_of(sources, desk, language))
    lines = book.lines(number) if head else []
    withdrawn = lines[-1].reason if held.state is State.WITHDRAWN else ""
    published = None if held.published_at is None else (held.read_by, held.published_at)
    return one_page.case(
        CaseFace(
            reader=name.reader,
            row=case_row(held, sources, name),
            version=held.version,
            facts=_facts(held, sources, name),
            links=links_seen(held, name),
            elsewhere=measures_seen(held, 0, name),
            decisions=held.texts(Of.DECISION),
            lessons=held.texts(Of.LESSON),
            days=[DaySeen(one.day, one.count, one.is_above) for one in held.facts.days],
            days_told=_days_told(held, name),
            passages=_passages(held, name) if held.state is State.DRAFT else (),
            acts=frozenset(CASE.open_acts(held.state)) if head else frozenset(),
            source=(head.number, f"/incidents/{head.id}?lang={language}") if head else None,
            published=published,
            withdrawn=withdrawn,
            alike=_alike(held, sources, book, name),
            steps=[step_told(one, name) for one in lines],
        )
    )


def _library(sources: Any, desk: Desk, name: Namer, asked: Mapping[str, str]) -> CasesFace:
    book: Any = StoreBeside(sources.case_book, desk)
    after = asked.get("after", "")
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    words, category, chain = (asked.get(one, "").strip()[:LONGEST_WORDS] for one in page.NARROWED)
    sought = Sought(words=words.split(), category=category, chain=chain)
    found = book.listed((State.PUBLISHED,), sought, most=A_PAGE, after=place)
    whole = bool(found.rows) or bool(book.listed((State.PUBLISHED,), Sought(), most=1).rows)
    english = int(name.reader.language == "en")
    return CasesFace(
        reader=name.reader,
        asked=asked,
        choices={
            "category": [(code, both[english]) for code, both in sources.names.categories.items()],
            "chain": [(one.code, (one.name_zh, one.name_en)[english]) for one in sources.chains],
        },
        rows=[case_row(one, sources, name) for one in found.rows],
        after="" if found.after is None else str(found.after),
        whole=whole,
        drafts=_drafts(sources, desk, book, name),
        reviewed=_reviewed(sources, desk, book),
    )


def _drafts(sources: Any, desk: Desk, book: Any, name: Namer) -> list[CaseRow]:
    found = book.listed((State.DRAFT,), Sought(), most=MOST_DRAFTS).rows
    return [case_row(one, sources, name) for one in found if kept_from(sources, desk, one.incident)]


def _reviewed(sources: Any, desk: Desk, book: Any) -> list[ReviewedRow]:
    """Give the incidents who asks may draft a case from."""
    incidents: Any = StoreBeside(sources.incident_book, desk)
    ended = looked_through(
        board_of(incidents, to_us(desk.now()), living=False), most=MOST_REVIEWED,
        wanted=lambda one: one.head.state == "reviewed" and not one.head.exercise
        and may_keep(desk, one.head),
    )  # fmt: skip
    heads = [one.head for one in ended]
    told = book.of_incidents([one.id for one in heads]) if heads else {}
    return [ReviewedRow(one.id, one.number, one.title) for one in heads if one.id not in told]


def _facts(held: Case, sources: Any, name: Namer) -> list[tuple[str, str]]:
    said, facts = name.reader.words, held.facts
    row = case_row(held, sources, name)
    others = name.units(facts.units)
    if facts.local:
        others.append(said["case_local_n"].format(n=facts.local))
    if facts.outside:
        others.append(said["case_outside"].format(n=facts.outside))
    least = sources.settings.least_callers
    few = said["case_tickets_few"].format(n=least)
    told = {
        "category": row.category,
        "severity": said[f"incident_severity_{facts.severity}"],
        "month": facts.month,
        "lasted": lasted(facts.lasted_h, name),
        "lead": row.lead,
        "units": said["ticket_list"].join(others) or said["case_nobody"],
        "tickets": few if facts.tickets is None else said["case_tickets_n"].format(n=facts.tickets),
    }
    return [(said[f"case_fact_{key}"], value) for key, value in told.items() if value]


def _days_told(held: Case, name: Namer) -> str:
    days = held.facts.days
    if not days:
        return ""
    peak = max(days, key=lambda one: one.count or 0)
    said = name.reader.words
    usual = sum(one.usual for one in days) / len(days)
    of_usual = "case_usual" if usual >= LEAST_USUAL else "case_usual_none"
    return said["case_course_told"].format(
        most=peak.count or 0,
        day=day_told(peak.day, said),
        usual=said[of_usual].format(n=f"{usual:.1f}"),
        end=_end_told(held, said),
    )


def _end_told(held: Case, said: Mapping[str, str]) -> str:
    days = held.facts.days
    known = takewhile(lambda one: one.count is not None, reversed(days))
    back = sum(1 for _ in takewhile(lambda one: not one.is_above, known))
    if back:
        return said["case_end_back" if back > 1 else "case_end_back_one"].format(n=back)
    return said["case_end_unknown" if days[-1].count is None else "case_end_above"]


def _passages(held: Case, name: Namer) -> list[PassageSeen]:
    said = name.reader.words
    return [
        PassageSeen(
            one.key,
            said[f"case_of_{one.of}"] + (f" {one.number}" if one.of in NUMBERED else ""),
            one.text, LONGEST[one.of], doubtful(one.text),
        )
        for one in held.passages
    ]  # fmt: skip


def _alike(held: Case, sources: Any, book: Any, name: Namer) -> list[CaseRow]:
    """Give published cases of the same category, then of the same chain."""
    found: dict[str, Case] = {}
    for sought in (Sought(category=held.facts.category), Sought(chain=held.facts.chain)):
        if sought != Sought():
            rows = book.listed((State.PUBLISHED,), sought, most=MOST_ALIKE + 1).rows
            found = {**found, **{one.number: one for one in rows if one.number not in found}}
    found.pop(held.number, None)
    return [case_row(one, sources, name) for one in list(found.values())[:MOST_ALIKE]]
