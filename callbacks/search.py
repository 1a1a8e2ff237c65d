"""The search for tickets, drawn as its address asks; and its results as a table."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.desk import Desk
from callbacks.ticket_rows import reader_of, row_of, sight
from layouts import search as page
from layouts.ticket_face import Row, SearchFace
from layouts.wording import Language, words
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.tickets.search import (
    A_PAGE,
    EVER,
    MOST_EXPORTED,
    MOST_PAGES,
    PERIODS_D,
    USUAL_D,
    TicketSearch,
    read_page,
    read_search,
)
from operations.tickets.ticket import Status


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the search; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    asked = everything_asked(query)
    said, told, page_number = words(language), "", 1
    rows: list[Row] | None = None
    try:
        search, page_number = read_search(asked), read_page(asked)
        rows = found(sources, desk, search, page_number, language)
    except BadInput as error:
        told = _wrong(error, language)
    except Unreachable:
        told = said["search_away"]
    return page.search(
        SearchFace(
            reader=reader_of(sources, desk, language),
            asked={name: asked.get(name, "") for name in TicketSearch.__slots__},
            choices=choices(sources, language),
            rows=None if rows is None else rows[:A_PAGE],
            told=told,
            page=page_number,
            first=(page_number - 1) * A_PAGE + 1,
            more=rows is not None and len(rows) > A_PAGE,
            last_page=page_number == MOST_PAGES,
            most_exported=MOST_EXPORTED,
        )
    )


def found(
    sources: Any, desk: Desk, search: TicketSearch, page_number: int, language: Language
) -> list[Row]:
    """Give one page of what was found, and one ticket more where there is one."""
    now, skip = desk.now(), (page_number - 1) * A_PAGE
    find = partial(sources.finder.find, search, sight(desk), now, most=A_PAGE + 1, skip=skip)
    tickets = desk.beside(find)
    return [row_of(ticket, sources, now, language) for ticket in tickets]


def choices(sources: Any, language: Language) -> dict[str, Sequence[tuple[str, str]]]:
    """Give what each condition can be, by code and name."""
    said, place = words(language), 1 if language == "en" else 0
    anything = ("", said["search_any"])
    tables = {
        "category": sources.names.categories,
        "department": sources.names.departments,
        "district": sources.names.districts,
    }
    told: dict[str, Sequence[tuple[str, str]]] = {
        kind: [anything, *((code, pair[place]) for code, pair in table.items())]
        for kind, table in tables.items()
    }
    states = [(one.value, said[f"ticket_status_{one.value}"]) for one in Status]
    periods = [
        ("" if n == USUAL_D else str(n), said["search_days"].format(n=n))
        for n in PERIODS_D
        if n != EVER
    ]
    ever = (str(EVER), said["search_ever"])
    return told | {"status": [anything, *states], "days": [*periods, ever]}


def _wrong(error: BadInput, language: Language) -> str:
    said = words(language)
    if error.field == "words":
        return said["search_bad_words"]
    names = {
        "number": said["search_number"], "category": said["ticket_category"],
        "department": said["ticket_department"], "district": said["ticket_district"],
        "status": said["ticket_status"], "days": said["search_period"],
    }  # fmt: skip
    return said["search_bad_other"].format(name=names.get(error.field, error.field))
