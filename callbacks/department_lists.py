"""Open tickets of a step that somebody should look at, as far as who asks sees them."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from callbacks.desk import Desk
from callbacks.ticket_rows import named, reader_of, sight
from layouts.departments_face import TicketLine, TicketList
from layouts.parts.ticket_page import DESK, address
from layouts.values import told
from layouts.wording import Language, words
from operations.people.permissions import Act, Field, Subject
from operations.pulse.sums import Slice

MOST = 8
MINUTE_S = 60


def lists_of(sources: Any, desk: Desk, slice_: Slice, language: Language) -> list[TicketList]:
    """Give the lists; none for who sees no tickets at all."""
    seen = sight(desk)
    if not all(seen.tickets):
        return []
    now = desk.now()
    found = desk.beside(partial(sources.open_lists.read, slice_, seen, now, most=MOST))
    said = words(language)
    tell = _Telling(sources, desk, language, of_one=slice_.department is not None)
    return [
        TicketList(
            name,
            said[f"departments_list_{name}"],
            said[f"departments_list_no_{name}"],
            [tell.line(name, held) for held in found[name]],
        )
        for name in ("soon_late", "waits", "returned")
    ]


def search_of(desk: Desk, slice_: Slice, language: Language) -> str:
    """Give where all tickets of a slice are looked for; empty for who may not look for tickets."""
    if not desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        return ""
    return f"{DESK}?{urlencode({**slice_.codes(), 'lang': language})}"


class _Telling:
    """Says of a ticket what a list has to say; `of_one`: all of them are of one department."""

    def __init__(self, sources: Any, desk: Desk, language: Language, *, of_one: bool) -> None:
        self._of_one = of_one
        self._sources, self._language, self._now = sources, language, desk.now()
        self._said, self._reader = words(language), reader_of(sources, desk, language)

    def line(self, name: str, held: Any) -> TicketLine:
        """Give a ticket's line in a list."""
        late = held.due_at is not None and held.due_at < self._now
        note, reasons = getattr(self, f"_{name}")(held)
        where = self._names(
            ("categories", held.category),
            ("departments", None if self._of_one else held.department),
            ("districts", held.district),
        )
        return TicketLine(
            href=f"{address(held.source, held.external_id)}?lang={self._language}",
            name=held.title or self._said["search_untitled"],
            where=" · ".join(where),
            note=note,
            late=late,
            reasons=reasons,
        )

    def _soon_late(self, held: Any) -> tuple[str, list[str]]:
        without_year = self._reader.moment(held.due_at)[5:]
        return self._said["departments_due"].format(time=without_year), []

    def _waits(self, held: Any) -> tuple[str, list[str]]:
        minutes = (self._now - held.created_at).total_seconds() / MINUTE_S
        age = told(minutes, "minutes", self._language)
        return self._said["departments_waiting"].format(age=age), []

    def _returned(self, held: Any) -> tuple[str, list[str]]:
        note = self._said["departments_returned_n"].format(n=held.returns)
        by = self._names(*(("departments", code) for code in held.returned_by))
        told = [self._said["departments_returned_by"].format(names=" → ".join(by))] if by else []
        reason = held.return_reason or self._said["departments_returned_silent"]
        return note, [*told, self._said["departments_returned_why"].format(reason=reason)]

    def _names(self, *codes: tuple[str, str | None]) -> list[str]:
        found: Iterable[str] = (
            named(self._sources, kind, code, self._language) for kind, code in codes
        )
        return [name for name in found if name]
