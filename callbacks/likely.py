"""The list of likely pairs, as its address asks for it."""

import math
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import everything_asked
from callbacks.desk import Desk
from callbacks.duplicate_panel import like_of, subject_of
from callbacks.ticket_rows import reader_of, row_of, sight
from layouts import likely as page
from layouts.duplicates_face import DuplicatesFace
from layouts.likely_face import LikelyFace, PairFace
from layouts.parts.ticket_page import address
from layouts.ticket_face import Reader
from layouts.wording import Language
from operations.errors import BadInput, Unreachable
from operations.people.permissions import Act, Field, Subject

A_PAGE = 20


def draw(sources: Any, desk: Desk, query: str, language: Language) -> Component | None:
    """Draw the page; nothing for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return None
    reader, told = reader_of(sources, desk, language), ""
    pairs, after = list[Any](), None
    try:
        begins = read_place(everything_asked(query).get("after", ""))
        seen = sight(desk)
        found = desk.beside(lambda: sources.likely_pairs.page(seen, most=A_PAGE, after=begins))
        pairs, after = found.pairs, found.after
    except BadInput:
        told = reader.words["likely_unknown"]
    except Unreachable:
        told = reader.words["likely_away"]
    faces = [_pair(one, sources, desk, reader) for one in pairs]
    then = "" if after is None else write_place(after)
    first = not everything_asked(query).get("after")
    return page.likely(LikelyFace(reader, faces, then, first=first, told=told))


def write_place(place: tuple[float, int, int]) -> str:
    """Write a place in the list as an address carries it: exactly."""
    return "_".join(map(repr, place))


def read_place(given: str) -> tuple[float, int, int] | None:
    """Read a place in the list, None for its head; raises BadInput."""
    if not given:
        return None
    try:
        score, high, low = given[:100].split("_")
        place = (float(score), int(high), int(low))
    except ValueError as error:
        raise BadInput("after", "as the page before gave it") from error
    if not math.isfinite(place[0]) or not all(0 <= one < 2**63 for one in place[1:]):
        raise BadInput("after", "as the page before gave it")
    return place


def _pair(one: Any, sources: Any, desk: Desk, reader: Reader) -> PairFace:
    older, younger = one.older, one.younger
    may = desk.allows(Act.DECIDE, subject_of(older.ticket))
    suggested = _Suggested(one)
    like = like_of(suggested, sources, desk, reader, takes=True, pair=one.version)
    return PairFace(
        face=DuplicatesFace(
            reader=reader,
            row=row_of(older.ticket, sources, desk.now(), reader.language),
            text=older.ticket.text,
            address=older.ticket.address,
            channel=older.ticket.channel.value,
            version=older.merged.version,
        ),
        like=like,
        older=address(*older.ticket.identity).removeprefix("/tickets/"),
        younger=address(*younger.ticket.identity).removeprefix("/tickets/"),
        may_decide=may and like.parts,
        older_comes=older.merged.main is None and not older.merged.leads,
    )


class _Suggested:
    """The younger ticket of a pair, as a page tells of what may be one with its own."""

    def __init__(self, pair: Any) -> None:
        self.ticket, self.likeness = pair.younger.ticket, pair.likeness
        self.main, self.version = pair.younger.merged.main, pair.younger.merged.version
        self.leads = pair.younger.merged.leads
