"""The catalogue of duties, read from CSV; every row that cannot be used is named with its cure.

The columns stand in docs/catalogue.md. What is several in one cell is parted by semicolons,
`;` or `；`. Units and categories are named by code, name or alias. Lines before the heads that
begin with `#` are remarks.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data_sources.reference import Reference
from operations.errors import BadInput
from operations.names import NameTable
from operations.people.person import Ring
from operations.response.catalogue import Catalogue, Duty

SETTING = "LIANXIN_DUTIES"
FILE = "duties.csv"
NEEDED = ("code", "title_zh", "categories", "lead")
COLUMNS = (
    *("code", "title_zh", "title_en", "categories", "keywords", "level", "lead"),
    *("cooperating", "basis", "valid_from", "valid_until"),
)
LEVELS = {"": Ring.CITY, "city": Ring.CITY, "市级": Ring.CITY,
          "county": Ring.COUNTY, "县级": Ring.COUNTY}  # fmt: skip
LONGEST_CODE, LONGEST_CELL, MOST_ROWS = 40, 2_000, 100_000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row: its line, the column, and what would put it right."""

    line: int
    column: str
    cure: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.column}: {self.cure}"


class _Wrong(Exception):
    def __init__(self, column: str, cure: str) -> None:
        super().__init__(cure)
        self.column, self.cure = column, cure


def load_catalogue(given: Path | None, reference: Reference) -> Catalogue:
    """Read the catalogue a setting names, else the city's own; a city without one has no duties.

    Raises BadInput with the first faulty row and how many more there are.
    """
    own = None if reference.folder is None else reference.folder / FILE
    path = given or own
    if path is None or (given is None and not path.is_file()):
        return catalogue_of((), reference)
    duties, faults = read_duties(path, reference)
    if faults:
        more = len(faults) - 1
        rest = f" (and {more} more: `python app.py duties check {path}` lists them)" if more else ""
        raise BadInput(f"{SETTING}: {path}" if given else str(path), f"{faults[0]}{rest}")
    return catalogue_of(duties, reference)


def catalogue_of(duties: Iterable[Duty], reference: Reference) -> Catalogue:
    """Make a catalogue of a city's duties, searchable by the city's names."""
    names: dict[str, tuple[str, ...]] = {}
    for one in (*reference.categories, *reference.departments):
        known = names.get(one.code, ())
        names[one.code] = (*known, one.name_zh, one.name_en, *one.aliases)
    return Catalogue(duties, reference.departments, names)


def read_duties(path: Path, reference: Reference) -> tuple[list[Duty], list[Fault]]:
    """Read a file; give the rows that can be used and what is wrong with the others.

    Raises BadInput where it is no such file at all.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = file.readlines()
        remarks = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
        rows = csv.DictReader(lines[remarks:])
        _check_heads(path, rows.fieldnames or ())
        return _Reading(reference).all(rows, remarks)
    except OSError as error:
        raise BadInput(str(path), f"cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(str(path), f"is not CSV in UTF-8: {error}; save it as such") from error


def _check_heads(path: Path, heads: Iterable[str]) -> None:
    given = [(head or "").strip() for head in heads]
    if missing := [name for name in NEEDED if name not in given]:
        reason = f"has no column {', '.join(missing)}; the first line names: {', '.join(COLUMNS)}"
        raise BadInput(str(path), reason)
    if unknown := [name for name in given if name not in COLUMNS]:
        raise BadInput(str(path), f"has the column '{unknown[0]}'; known are {', '.join(COLUMNS)}")


class _Reading:
    """One reading of a file: what was met before decides whether a code is there twice."""

    def __init__(self, reference: Reference) -> None:
        self._units = reference.departments
        self._categories = _Found(reference.categories)
        self._departments = _Found(reference.departments)
        self._lines: dict[str, int] = {}

    def all(self, rows: "csv.DictReader[str]", remarks: int) -> tuple[list[Duty], list[Fault]]:
        duties: list[Duty] = []
        faults: list[Fault] = []
        for row in rows:
            line = remarks + rows.line_num
            if len(duties) + len(faults) >= MOST_ROWS:
                faults.append(Fault(line, "code", f"a catalogue has at most {MOST_ROWS} rows"))
                break
            try:
                told = _cells(row)
                if any(told.values()):
                    duties.append(self._duty(told, line))
            except _Wrong as wrong:
                faults.append(Fault(line, wrong.column, wrong.cure))
        return duties, faults

    def _duty(self, row: Mapping[str, str], line: int) -> Duty:
        for column, cell in row.items():
            if len(cell) > LONGEST_CELL:
                raise _Wrong(column, f"is longer than {LONGEST_CELL} characters")
        for column in NEEDED:
            if not row[column]:
                raise _Wrong(column, "is empty; say it")
        code = self._new_code(row["code"], line)
        level = LEVELS.get(row.get("level", ""))
        if level is None:
            raise _Wrong("level", f"'{row['level']}' is no level; use city or county")
        lead = self._unit("lead", row["lead"])
        begins, ends = (_day(row, column) for column in ("valid_from", "valid_until"))
        if begins and ends and ends < begins:
            raise _Wrong("valid_until", f"{ends} is before valid_from {begins}")
        return Duty(
            code=code,
            title_zh=row["title_zh"],
            title_en=row.get("title_en") or row["title_zh"],
            categories=tuple(self._category(name) for name in _several(row, "categories")),
            lead=lead,
            level=level,
            keywords=tuple(_keyword(word) for word in _several(row, "keywords")),
            cooperating=tuple(
                self._unit("cooperating", name) for name in _several(row, "cooperating")
            ),
            basis=tuple(_several(row, "basis")),
            valid_from=begins,
            valid_until=ends,
        )

    def _new_code(self, code: str, line: int) -> str:
        if len(code) > LONGEST_CODE:
            raise _Wrong("code", f"is longer than {LONGEST_CODE} characters")
        if (before := self._lines.setdefault(code, line)) != line:
            raise _Wrong("code", f"'{code}' is there already, in line {before}; give another")
        return code

    def _category(self, name: str) -> str:
        found = self._categories.code(name)
        if found is None:
            cure = f"there is no category '{name}'; use a code or name of the city's categories"
            raise _Wrong("categories", cure)
        return found

    def _unit(self, column: str, name: str) -> str:
        found = self._departments.code(name)
        if found is not None:
            return found
        if name not in self._units.kinds:
            kinds = ", ".join(sorted(self._units.kinds - {one.code for one in self._units}))
            also = f", or {kinds}" if kinds else ""
            raise _Wrong(column, f"there is no department '{name}'; use a code or name{also}")
        return name


class _Found:
    """Codes by any name of a table, each looked up once; without a table a name is a code."""

    def __init__(self, table: NameTable[Any]) -> None:
        self._table, self._known = table, dict[str, str | None]()

    def code(self, name: str) -> str | None:
        """Give the code of a name."""
        if name not in self._known:
            one = self._table.find(name)
            self._known[name] = one.code if one is not None else None if len(self._table) else name
        return self._known[name]


def _cells(row: Mapping[str | None, str | None]) -> dict[str, str]:
    """Give the cells of a row by column; what lies beyond the last column stands under None."""
    if None in row:
        raise _Wrong(COLUMNS[-1], "there are more cells than columns; quote what holds a comma")
    return {str(column).strip(): (cell or "").strip() for column, cell in row.items()}


def _several(row: Mapping[str, str], column: str) -> Iterator[str]:
    """Give what is in a cell, each once."""
    parts = (one.strip() for one in row.get(column, "").replace("；", ";").split(";"))
    yield from dict.fromkeys(filter(None, parts))


def _keyword(word: str) -> str:
    if len(word) < 2:
        raise _Wrong("keywords", f"'{word}' is one character, which stands everywhere; use two")
    return word


def _day(row: Mapping[str, str], column: str) -> date | None:
    if not (given := row.get(column, "")):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise _Wrong(column, f"'{given}' is no date such as 2027-01-31") from error
