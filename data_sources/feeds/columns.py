"""A row of a table in, a record as the intake takes it out, by a mapping."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from data_sources.feeds.mapping import (
    COUNTS,
    FLAGS,
    LISTS,
    NUMBERS,
    REQUIRED,
    TIMES,
    Column,
    Mapping,
)
from operations.errors import BadInput

Row = dict[str, Any]
Read = Callable[[Row], Any]


class RowReader:
    """Turns rows (heading → cell) into records; what it cannot read it leaves as it stands.

    The ticket reader then refuses or repairs that field as it would for any other feed.
    """

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._empty = frozenset(mapping.formats.empty)
        self._fields: list[tuple[str, Read]] = []
        self._callback: list[tuple[str, Read]] = []
        for field, column in mapping.columns.items():
            outer, _, inner = field.partition(".")
            kept = self._callback if inner else self._fields
            kept.append((inner or outer, self._reader(field, column)))
        self._received = "received_at" in mapping.columns

    def read(self, row: Row) -> dict[str, Any]:
        """Make the record of one row."""
        record: dict[str, Any] = {"source": self._mapping.source}
        for name, read in self._fields:
            value = read(row)
            if value is not None:
                record[name] = value
        called_back = {}
        for name, read in self._callback:
            value = read(row)
            if value is not None:
                called_back[name] = value
        if called_back:
            record["callback"] = called_back
        # A row of history was received when it was made: so reading it twice gives the same.
        if not self._received:
            record["received_at"] = record.get("created_at")
        return record

    def _reader(self, field: str, column: Column) -> Read:
        if column.constant is not None:
            constant = column.constant
            return lambda _row: constant
        convert = self._converter(field)
        words = self._mapping.words_of(field)
        cells = [self._cell(headings, frozenset(words)) for headings in column.headings]
        if len(cells) == 1:
            only = cells[0]
            return lambda row: None if (value := only(row)) is None else convert(value)

        def levels(row: Row) -> list[Any] | None:
            values = (cell(row) for cell in cells)
            return [convert(value) for value in values if value is not None] or None

        def joined(row: Row) -> str | None:
            return column.join.join(map(str, levels(row) or ())) or None

        return levels if field in LISTS else joined

    def _cell(self, headings: Sequence[str], words: frozenset[str]) -> Read:
        """Give the first of several headings that has a value in this row."""
        empty = self._empty - words

        def first(row: Row) -> Any:
            for heading in headings:
                value = row.get(heading)
                if isinstance(value, str):
                    value = value.strip()
                    if not value or value in empty:
                        continue
                if value is not None:
                    return value
            return None

        return first

    def _converter(self, field: str) -> Callable[[Any], Any]:
        if field in TIMES:
            return self._time
        if field in NUMBERS:
            return _number
        if field in COUNTS:
            return _count
        if field in FLAGS:
            return self._flag(field)
        words = self._mapping.words_of(field)
        other = words.get("*")

        def word(value: Any) -> Any:
            if isinstance(value, dict | list):
                return value
            text = _as_text(value)
            return words.get(text, text if other is None else other) if words else text

        return word

    def _flag(self, field: str) -> Callable[[Any], Any]:
        flag = self._mapping.flags.get(field)
        if flag is None:
            return lambda value: value
        known = dict.fromkeys(flag.no, False) | dict.fromkeys(flag.yes, True)
        return lambda value: value if isinstance(value, bool) else known.get(_as_text(value), value)

    def _time(self, value: Any) -> Any:
        """Read a local time. The repeated hour of autumn is its first; a time in the hour
        that spring leaves out is moved on by that hour."""
        at = value
        if isinstance(value, str):
            at = self._parse(value)
        elif isinstance(value, date) and not isinstance(value, datetime):
            at = datetime.combine(value, time())
        if not isinstance(at, datetime):
            return value
        try:
            local = at if at.tzinfo else at.replace(tzinfo=self._mapping.zone)
            return local.astimezone(UTC)
        except (OverflowError, ValueError):
            return str(value)

    def _parse(self, text: str) -> datetime | None:
        for form in self._mapping.formats.times:
            try:
                if form == "iso":
                    return datetime.fromisoformat(text)
                return datetime.strptime(text, form)  # noqa: DTZ007 - the zone is the mapping's
            except ValueError:
                continue
        return None


def check_headings(mapping: Mapping, headings: Sequence[str], file: str) -> list[str]:
    """Tell which mapped columns a table does not have; raises BadInput for a required one."""
    present = set(headings)
    missing = []
    for field, column in mapping.columns.items():
        twice = [name for names in column.headings for name in names if headings.count(name) > 1]
        if twice:
            raise BadInput(file, f"has the column '{twice[0]}' twice; rename one of them")
        if column.headings and not any(present & set(names) for names in column.headings):
            if field in REQUIRED:
                raise _no_column(mapping, field, column, headings, file)
            missing.append(field)
    return missing


def _no_column(
    mapping: Mapping, field: str, column: Column, headings: Sequence[str], file: str
) -> BadInput:
    wanted = " or ".join(f"'{name}'" for names in column.headings for name in names)
    has = ", ".join(headings[:40])
    cure = f"name yours under [columns] in {mapping.path.name}"
    return BadInput(file, f"no column {wanted} for {field}; it has {has}; {cure}")


def _as_text(value: Any) -> str:
    """Write a cell as text; a spreadsheet keeps whole numbers as 20260001.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


def _number(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return value
    return value


def _count(value: Any) -> Any:
    number = _number(value)
    return int(number) if isinstance(number, float) and number.is_integer() else number
