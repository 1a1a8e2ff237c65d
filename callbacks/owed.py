"""The list of what is owed, as its address asks for it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import Dash, Input, Output, State
from dash.development.base_component import Component

from callbacks.asking import asked_language, everything_asked
from callbacks.climbed import climbed
from callbacks.desk import Desk
from callbacks.ticket_rows import named, reader_of, sight
from layouts import ids
from layouts import owed as page
from layouts.parts.ticket_page import address
from layouts.supervision_face import OwedFace, OwedRow
from layouts.ticket_face import Reader
from layouts.wording import Language
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.tickets.owed import (
    LINES,
    SUMMONS,
    Owed,
    OwedPage,
    Standing,
    read_owed,
    read_place,
    write_place,
)

A_PAGE = 60


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the page; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    face = _face(sources, desk, query, language)
    return page.owed(replace(face, climbed=climbed(sources, desk, language)))


def register(app: Dash, sources: Any, desk: Desk) -> None:
    """Register what draws the list anew."""

    @app.callback(
        Output(ids.OWED_LIST, "children"),
        Input(ids.OWED_ANEW, "n_clicks"),
        State(ids.ADDRESS, "search"),
        prevent_initial_call=True,
    )
    def list_anew(_pressed: Any, search: str) -> Any:
        language = asked_language(search or "", sources.settings.language)
        return page.rows(_face(sources, desk, search or "", language))


def _face(sources: Any, desk: Desk, query: str, language: Language) -> OwedFace:
    reader, asked = reader_of(sources, desk, language), everything_asked(query)
    try:
        return face_of(sources, desk, asked, language, A_PAGE)
    except BadInput:
        told = reader.words["owed_unknown"]
    except Unreachable:
        told = reader.words["owed_away"]
    return OwedFace(reader=reader, asked=asked, choices=_choices(sources, reader), told=told)


def face_of(
    sources: Any, desk: Desk, asked: Mapping[str, str], language: Language, most: int
) -> OwedFace:
    """Give the list that is asked for, at most so many lines; raises BadInput and Unreachable."""
    reader = reader_of(sources, desk, language)
    search = read_owed(lambda name: asked.get(name, "").strip())
    seen, now = sight(desk), desk.now()
    after = read_place(asked.get("after", ""))
    found: OwedPage = desk.beside(
        lambda: sources.owed_lists.owed(search, seen, now, most=most, after=after)
    )
    return OwedFace(
        reader=reader,
        asked=asked,
        choices=_choices(sources, reader),
        rows=[_row(one, sources, desk, reader) for one in found.rows],
        after="" if found.after is None else write_place(found.after),
    )


def _row(one: Owed, sources: Any, desk: Desk, reader: Reader) -> OwedRow:
    debt, language = one.debt, reader.language
    field = Field.CALLER if one.confidential else Field.TICKET
    holder = Subject(field, one.department, one.district, one.town)
    owner = Subject(field, debt.department, one.district, one.town)
    look = Subject(Field.TICKET, one.department, one.district, one.town)
    return OwedRow(
        path=address(one.source, one.external_id).removeprefix("/tickets/"),
        external_id=one.external_id,
        title=one.title,
        linked=sight(desk).holds(look, confidential=one.confidential),
        category=named(sources, "categories", one.category, language),
        district=named(sources, "districts", one.district, language),
        holder=named(sources, "departments", one.department, language)
        or reader.words["ticket_unassigned"],
        number=debt.number,
        line=debt.line,
        owner_code=debt.department,
        owner=named(sources, "departments", debt.department, language),
        standing=debt.standing(desk.now()).value,
        opened_at=debt.opened_at,
        due_at=debt.due_at,
        sign=debt.sign,
        lister=debt.lister,
        version=one.version,
        may_answer=debt.replied_at is None and desk.allows(Act.ANSWER, owner),
        may_rule=debt.line != SUMMONS and desk.allows(Act.SUPERVISE, holder),
    )


def _choices(sources: Any, reader: Reader) -> dict[str, list[tuple[str, str]]]:
    said, place = reader.words, 1 if reader.language == "en" else 0
    anything = ("", said["owed_any"])
    departments = [(code, pair[place]) for code, pair in sources.names.departments.items()]
    return {
        "line": [anything, *((line, said[f"supervision_line_{line}"]) for line in LINES)],
        "standing": [
            anything, *((one.value, said[f"supervision_standing_{one.value}"]) for one in Standing)
        ],
        "department": [anything, *departments],
    }  # fmt: skip
