"""The desk's page, drawn as its address asks; its table fills itself."""

from collections.abc import Sequence
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.desk import Desk
from callbacks.ticket_rows import reader_of
from layouts import search as page
from layouts.ticket_face import SearchFace, View
from layouts.wording import Language, words
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.people.sight import extents
from operations.tickets import search as asking
from operations.tickets.duties import Duty
from operations.tickets.loose_ends import LooseEnd
from operations.tickets.rings import LADDER
from operations.tickets.search import EVER, MOST_EXPORTED, PERIODS_D, TicketSearch
from operations.tickets.ticket import Status
from operations.tickets.views import ORDER


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the desk; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    asked = everything_asked(query)
    told, views = _refused(asked, language), tuple[View, ...]()
    try:
        views = _views(sources, desk)
    except Unreachable:
        told = words(language)["search_away"]
    return page.search(
        SearchFace(
            reader=reader_of(sources, desk, language),
            asked={name: asked.get(name, "") for name in (*TicketSearch.__slots__, *ORDER)},
            choices=choices(sources, language),
            views=views,
            told=told,
            keeps=desk.who() is not None,
            acts=_decides(desk),
            most_exported=MOST_EXPORTED,
        )
    )


def _decides(desk: Desk) -> bool:
    """Tell whether who asks may decide on tickets anywhere: the gate asks for each."""
    who = desk.who()
    if who is None:
        return desk.people is None
    return any(group for group in extents(who.person, Act.DECIDE, Field.TICKET))


def _views(sources: Any, desk: Desk) -> tuple[View, ...]:
    who = desk.who()
    if who is None:
        return ()
    saved = desk.beside(sources.views.of, who.person.id)
    return tuple(View(one.id, one.name, one.asked) for one in saved)


def _refused(asked: dict[str, str], language: Language) -> str:
    """Say what of an address cannot be looked for, nothing where all can."""
    try:
        asking.read_search(asked)
        asking.read_order(asked)
    except BadInput as error:
        return _wrong(error, language)
    return ""


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
    told["department"] = [
        anything, (asking.NOBODY, said["ticket_unassigned"]), *told["department"][1:]
    ]  # fmt: skip
    states = [(one.value, said[f"ticket_status_{one.value}"]) for one in Status]
    periods = [(str(n), said["search_days"].format(n=n)) for n in PERIODS_D if n != EVER]
    return told | {
        "status": [anything, (asking.OPEN, said["search_open"]), *states],
        "due": [
            anything,
            (asking.LATE, said["search_late"]),
            (asking.DUE_SOON, said["search_soon"]),
        ],
        "urgency": [anything, (asking.URGENT, said["search_urgent"])],
        "ring": [anything, *((ring, said[f"ticket_ring_{ring}"]) for ring in LADDER)],
        "watched": [anything, *((name, said[f"watched_{name}"]) for name in asking.WATCHED)],
        "duty": [
            anything,
            *((one.value, said[f"duty_{one}"]) for one in Duty),
            *((one.value, said[f"end_{one}"]) for one in LooseEnd),
        ],
        "merged": [("", said["merged_folded"]), (asking.EACH, said["merged_each"])],
        "days": [("", said["search_ever"]), *periods],
    }


def _wrong(error: BadInput, language: Language) -> str:
    said = words(language)
    if error.field == "words":
        return said["search_bad_words"]
    names = {
        "number": said["search_number"], "category": said["ticket_category"],
        "department": said["ticket_department"], "district": said["ticket_district"],
        "status": said["ticket_status"], "days": said["search_period"],
        "due": said["search_due"], "urgency": said["search_urgency"],
        "ring": said["search_ring"], "watched": said["search_watched"],
        "duty": said["search_duty"], "merged": said["search_merged"],
        "sort": said["search_sort"], "order": said["search_sort"],
    }  # fmt: skip
    return said["search_bad_other"].format(name=names.get(error.field, error.field))
