"""The list of what is owed to take away."""

from collections.abc import Mapping
from typing import Any

from callbacks.desk import Desk
from callbacks.owed import face_of
from callbacks.ticket_rows import reader_of, table_mark, taker
from layouts.owed import HEADS, standing_of
from layouts.supervision_face import OwedRow
from layouts.ticket_face import Reader
from layouts.wording import Language, language_of
from operations.pulse.sheet import Sheet

MOST_EXPORTED = 1_000


class OwedSheets:
    """Gives what the list shows who asks, as a sheet."""

    def __init__(self, sources: Any, desk: Desk) -> None:
        self._sources, self._desk = sources, desk

    def actor(self) -> tuple[str, bool]:
        """Name who asks, and whether an account vouches for that."""
        return taker(self._desk)

    def mark(self, asked: str | None) -> str:
        """Say in a language who takes it and when."""
        return table_mark(reader_of(self._sources, self._desk, self._language(asked)))

    def sheet(self, asked: Mapping[str, str]) -> Sheet:
        """Give the list; raises BadInput and Unreachable."""
        language = self._language(asked.get("lang"))
        whole = {name: value for name, value in asked.items() if name != "after"}
        face = face_of(self._sources, self._desk, whole, language, MOST_EXPORTED)
        said = face.reader.words
        names = (*(said[f"owed_{name}"] for name in HEADS), said["owed_address"])
        about = said["owed_more"].format(n=len(face.rows)) if face.after else said["owed_link"]
        heads = [said["owed_number"], *names]
        return Sheet(said["owed_link"], about, heads, [_row(one, face.reader) for one in face.rows])

    def _language(self, asked: str | None) -> Language:
        return language_of(asked, self._sources.settings.language)


def _row(row: OwedRow, reader: Reader) -> list[str]:
    said = reader.words
    title = row.title or said["search_untitled"]
    line = said[f"supervision_line_{row.line}"]
    return [
        row.external_id,
        " · ".join(filter(None, (title, row.category, row.district))),
        " · ".join(filter(None, (line, row.sign, row.lister))),
        row.owner,
        said[standing_of(row)],
        reader.moment(row.due_at),
        row.holder,
        reader.moment(row.opened_at),
        f"/tickets/{row.path}" if row.linked else "",
    ]
