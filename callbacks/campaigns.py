"""The list of campaigns, and one of them, as their addresses ask for them."""

from datetime import timedelta
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.books import StoreBeside
from callbacks.campaign_days import days_of
from callbacks.campaign_rows import (
    burndown_face,
    campaign_row,
    for_reader,
    may_do,
    measure_row,
    scope_in_words,
    step_told,
)
from callbacks.desk import Desk
from callbacks.dispute_rows import Namer
from callbacks.ticket_rows import reader_of
from layouts import campaign as one_page
from layouts import campaigns as page
from layouts.campaigns_face import CampaignFace, CampaignsFace, PlanFace
from layouts.wording import Language
from operations.errors import Unreachable
from operations.people.permissions import Act as Permission
from operations.people.permissions import Field, Subject
from operations.people.person import Ring
from operations.response.campaign import Campaign, State

A_PAGE, USUAL_D = 20, 60


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the list; nothing for who may not look for tickets."""
    if not desk.allows(Permission.SEARCH, Subject(Field.TICKET)):
        return None
    reader = reader_of(sources, desk, language)
    try:
        return page.campaigns(_list(sources, desk, Namer(sources, reader), query))
    except Unreachable:
        told = reader.words["campaigns_away"]
        return page.campaigns(CampaignsFace(reader=reader, told=told))


def draw_one(sources: Any, desk: Desk, number: str, language: Language) -> Component | None:
    """Draw a campaign; nothing where there is none for who asks."""
    book: Any = StoreBeside(sources.campaign_book, desk)
    held: Campaign | None = book.campaign(number)
    if held is None or not for_reader(desk, held):
        return None
    name = Namer(sources, reader_of(sources, desk, language))
    days = days_of(sources, desk, held)
    today = desk.now().astimezone(sources.reference.zone).date()
    return one_page.campaign(
        CampaignFace(
            reader=name.reader,
            row=campaign_row(held, days, name),
            version=held.version,
            cooperating=name.units(held.cooperating),
            scope=scope_in_words(held, sources, name),
            planned_by=held.planned_by,
            planned_at=held.planned_at,
            burndown=burndown_face(held, days, name),
            measures=[measure_row(one, held, today, desk, name) for one in held.measures],
            lessons=held.lessons,
            acts=may_do(desk, held),
            departments=_departments(sources, name),
            last=str(held.last),
            steps=[step_told(one, name) for one in book.lines(number)],
        )
    )


def _list(sources: Any, desk: Desk, name: Namer, query: str) -> CampaignsFace:
    book: Any = StoreBeside(sources.campaign_book, desk)
    after = everything_asked(query).get("after", "")
    place = int(after) if after.isascii() and after.isdecimal() and len(after) < 10 else None
    found = book.listed(tuple(State), most=A_PAGE, after=place)
    rows = [one for one in found.rows if for_reader(desk, one)]
    return CampaignsFace(
        reader=name.reader,
        rows=[campaign_row(one, days_of(sources, desk, one), name) for one in rows],
        after="" if found.after is None else str(found.after),
        first=place is None,
        plan=_plan(sources, desk, name),
    )


def _plan(sources: Any, desk: Desk, name: Namer) -> PlanFace | None:
    """Give the form for who may plan one: of the whole city, or of their own district."""
    who, language = desk.who(), name.reader.language
    county = who is not None and who.person.ring is Ring.COUNTY
    own = (who.person.place or "") if county else ""
    subject = Subject(Field.AGGREGATE, district=own or None)
    if not desk.allows(Permission.CAMPAIGN, subject):
        return None
    today = desk.now().astimezone(sources.reference.zone).date()
    english = int(language == "en")
    names = sources.names
    return PlanFace(
        categories=[(code, both[english]) for code, both in names.categories.items()],
        districts=[
            (code, both[english]) for code, both in names.districts.items() if own in ("", code)
        ],
        departments=_departments(sources, name),
        first=str(today),
        last=str(today + timedelta(days=USUAL_D)),
        district=own,
    )


def _departments(sources: Any, name: Namer) -> list[tuple[str, str]]:
    return [(code, name.unit(code)) for code in sources.names.departments]
