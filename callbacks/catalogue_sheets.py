"""The catalogue of duties to take away."""

from collections.abc import Mapping
from typing import Any

from callbacks.catalogue import found_of, row_of
from callbacks.desk import Desk
from callbacks.ticket_rows import reader_of, table_mark, taker
from layouts.catalogue_face import DutyRow
from layouts.ticket_face import Reader
from layouts.wording import Language, language_of
from operations.pulse.sheet import Sheet

HEADS = (
    *("code", "title", "category", "keyword", "level", "lead", "cooperating"),
    *("basis", "valid"),
)


class CatalogueSheets:
    """Gives the duties an address asks for, all pages of them, as a sheet."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def actor(self) -> tuple[str, bool]:
        """Name who asks, and whether an account vouches for that."""
        return taker(self._desk)

    def mark(self, asked: str | None) -> str:
        """Say in a language who takes it and when."""
        return table_mark(reader_of(self._sources, self._desk, self._language(asked)))

    def sheet(self, asked: Mapping[str, str]) -> Sheet:
        """Give the list; raises BadInput."""
        reader = reader_of(self._sources, self._desk, self._language(asked.get("lang")))
        said, day = reader.words, self._desk.now().astimezone(self._sources.reference.zone).date()
        found = found_of(self._sources, asked)
        rows = [_cells(row_of(one, self._sources, reader, day), reader) for one in found]
        held = self._sources.suggester.catalogue
        about = said["catalogue_version"].format(
            version=held.digest, dated=held.dated or said["catalogue_undated"],
            whole=len(held), found=len(rows),
        )  # fmt: skip
        heads = [said[f"catalogue_{name}"] for name in HEADS]
        return Sheet(said["catalogue_link"], about, heads, rows)

    def _language(self, asked: str | None) -> Language:
        return language_of(asked, self._sources.settings.language)


def _cells(row: DutyRow, reader: Reader) -> list[str]:
    return [
        row.code, row.title, row.categories, row.keywords,
        reader.words[f"catalogue_level_{row.level}"],
        row.lead, row.cooperating, row.basis, row.valid,
    ]  # fmt: skip
