"""The catalogue of duties, as its address asks for it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.desk import Desk
from callbacks.suggested import title_of, unit_name
from callbacks.ticket_rows import named, reader_of
from layouts import catalogue as page
from layouts.catalogue_face import CatalogueFace, DutyRow
from layouts.ticket_face import Reader
from layouts.wording import Language
from operations.errors import BadInput
from operations.people.permissions import Act, Field, Subject
from operations.response.catalogue import Catalogue, Duty

A_PAGE = 40
LONGEST_WORDS, LONGEST_CODE = 60, 128


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the page; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    reader, asked = reader_of(sources, desk, language), everything_asked(query)
    try:
        return page.catalogue(
            face_of(sources, reader, asked, desk.now().astimezone(sources.reference.zone).date())
        )
    except BadInput:
        told = reader.words["catalogue_unknown"]
        return page.catalogue(_face(sources, reader, asked, told=told))


def face_of(sources: Any, reader: Reader, asked: Mapping[str, str], day: date) -> CatalogueFace:
    """Give a page of what an address asks for; raises BadInput."""
    begins = read_place(asked.get("after", ""))
    found = found_of(sources, asked)
    shown = found[begins : begins + A_PAGE]
    ends = begins + len(shown)
    rows = [row_of(one, sources, reader, day) for one in shown]
    after = str(ends) if ends < len(found) else ""
    return _face(sources, reader, asked, found=len(found), rows=rows, after=after)


def found_of(sources: Any, asked: Mapping[str, str]) -> list[Duty]:
    """Give the duties an address asks for; raises BadInput."""
    words, unit, category = (asked.get(name, "").strip() for name in page.NARROWED)
    if len(words) > LONGEST_WORDS:
        raise BadInput("words", f"at most {LONGEST_WORDS} characters")
    for name, code in (("department", unit), ("category", category)):
        if len(code) > LONGEST_CODE:
            raise BadInput(name, f"at most {LONGEST_CODE} characters")
    held: Catalogue = sources.suggester.catalogue
    return held.search(words, unit, category)


def read_place(given: str) -> int:
    """Read a place in the list, 0 for its head; raises BadInput."""
    if not given:
        return 0
    if not (given.isascii() and given.isdecimal() and len(given) < 9):
        raise BadInput("after", "as the page before gave it")
    return int(given)


def row_of(duty: Duty, sources: Any, reader: Reader, day: date) -> DutyRow:
    """Give a duty as a line of a list."""
    said, mark = reader.words, reader.words["ticket_list"]

    def units(codes: Sequence[str]) -> str:
        return mark.join(unit_name(sources, code, reader) for code in codes)

    ends = {"from": duty.valid_from, "until": duty.valid_until}
    valid = [said[f"catalogue_valid_{end}"].format(day=at) for end, at in ends.items() if at]
    categories = (named(sources, "categories", one, reader.language) for one in duty.categories)
    return DutyRow(
        code=duty.code,
        title=title_of(duty, reader),
        categories=mark.join(categories),
        keywords=mark.join(duty.keywords),
        level=duty.level.value,
        lead=units([duty.lead]),
        cooperating=units(duty.cooperating),
        basis="；".join(duty.basis),
        valid=" ".join(valid),
        in_force=duty.holds_on(day),
    )


def _face(sources: Any, reader: Reader, asked: Mapping[str, str], **more: Any) -> CatalogueFace:
    held: Catalogue = sources.suggester.catalogue
    place, anything = 1 if reader.language == "en" else 0, ("", reader.words["catalogue_any"])
    names = sources.names
    return CatalogueFace(
        reader=reader,
        asked=asked,
        choices={
            "department": [anything, *((code, pair[place])
                                       for code, pair in names.departments.items())],
            "category": [anything, *((code, pair[place])
                                     for code, pair in names.categories.items())],
        },
        version=held.digest,
        dated="" if held.dated is None else held.dated.isoformat(),
        whole=len(held),
        **more,
    )  # fmt: skip
