"""Tables as cities export them: .csv, .csv.gz, .xlsx and NDJSON, row by row."""

import codecs
import csv
import gzip
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import openpyxl
import orjson

from data_sources.feeds.columns import Row, RowReader, check_headings
from data_sources.feeds.mapping import Mapping
from operations.errors import BadInput

LONGEST_CELL = 10_000_000
PROBE = 1 << 20
HEADING_WITHIN = 10  # exports often begin with a title line or two


class BadRow(NamedTuple):
    """A row that could not be taken apart."""

    text: str
    reason: str


class TableRow(NamedTuple):
    """One row: its number in the file (the first below the headings is 1), and its record."""

    number: int
    record: dict[str, Any] | BadRow


class TableFile:
    """One table read by one mapping. `missing` names mapped columns that it does not have."""

    def __init__(self, path: Path, mapping: Mapping) -> None:
        self.path, self.mapping = path, mapping
        self.missing: list[str] = []
        if not path.is_file():
            raise BadInput(str(path), "no such file")

    def rows(self) -> Iterator[TableRow]:
        """Give the rows in their order; raises BadInput when the file itself is broken."""
        reader = RowReader(self.mapping)
        number = 0
        try:
            for row in self._raw_rows():
                number += 1
                if isinstance(row, BadRow):
                    yield TableRow(number, row)
                else:
                    yield TableRow(number, reader.read(row))
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            reason = f"breaks off after row {number}: {error}; get the file again and go on"
            raise BadInput(str(self.path), reason) from error

    def _raw_rows(self) -> Iterator[Row | BadRow]:
        name = self.path.name.lower().removesuffix(".gz")
        if name.endswith((".xlsx", ".xlsm")):
            return self._table(self._sheet_lines())
        if name.endswith((".ndjson", ".jsonl")):
            return self._json_rows()
        if name.endswith((".csv", ".txt", ".tsv")):
            return self._table(self._csv_lines())
        raise BadInput(str(self.path), "unknown kind; known are .csv, .csv.gz, .xlsx and .ndjson")

    def _table(self, lines: Iterator[Sequence[Any] | BadRow]) -> Iterator[Row | BadRow]:
        """Find the headings among the first lines, then give rows under them."""
        headings = self._headings(lines)
        width = len(headings)
        for line in lines:
            if isinstance(line, BadRow):
                yield line
            elif not any(cell not in (None, "") for cell in line):
                continue
            elif len(line) == width or _ends_blank(line, width):
                yield dict(zip(headings, line, strict=False))
            else:
                text = ",".join(str(cell) for cell in line)
                many = f"{len(line)} cells under {width} headings"
                yield BadRow(text, f"has {many}; is a quotation mark missing?")

    def _headings(self, lines: Iterator[Sequence[Any] | BadRow]) -> list[str]:
        wanted = {name for names in self.mapping.columns["external_id"].headings for name in names}
        first: list[str] | None = None
        for _ in range(HEADING_WITHIN):
            line = next(lines, None)
            if line is None:
                break
            if isinstance(line, BadRow):
                continue
            names = ["" if cell is None else str(cell).strip() for cell in line]
            first = first or names
            if wanted & set(names):
                first = names
                break
        if not first:
            raise BadInput(str(self.path), "is empty")
        self.missing = check_headings(self.mapping, first, str(self.path))
        return first

    def _csv_lines(self) -> Iterator[Sequence[Any] | BadRow]:
        csv.field_size_limit(LONGEST_CELL)
        encoding = self._encoding()
        with self._open() as raw:
            text = io.TextIOWrapper(raw, encoding, errors="surrogateescape", newline="")
            reader = csv.reader(text, delimiter=self.mapping.delimiter)
            while True:
                try:
                    line = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    yield BadRow("", f"line {reader.line_num} is not CSV: {error}")
                    continue
                yield line

    def _sheet_lines(self) -> Iterator[Sequence[Any]]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that nobody reads here
            try:
                book = openpyxl.load_workbook(self.path, read_only=True, data_only=True)
            except (KeyError, ValueError) as error:
                raise BadInput(str(self.path), f"is no workbook: {error}") from error
            try:
                yield from self._sheet(book).iter_rows(values_only=True)
            finally:
                book.close()

    def _sheet(self, book: Any) -> Any:
        if self.mapping.sheet is None:
            return book.worksheets[0]
        if self.mapping.sheet not in book.sheetnames:
            has = ", ".join(book.sheetnames)
            raise BadInput(str(self.path), f"no sheet '{self.mapping.sheet}'; it has {has}")
        return book[self.mapping.sheet]

    def _json_rows(self) -> Iterator[Row | BadRow]:
        with self._open() as raw:
            for number, line in enumerate(raw, start=1):
                if not line.strip():
                    continue
                try:
                    row = orjson.loads(line.removeprefix(codecs.BOM_UTF8))
                except orjson.JSONDecodeError as error:
                    text = line.decode("utf-8", "replace")
                    yield BadRow(text, f"line {number} is not JSON: {error.msg}")
                    continue
                yield row if isinstance(row, dict) else BadRow("", f"line {number} is no object")

    def _open(self) -> BinaryIO:
        raw = self.path.open("rb")
        if raw.read(2) == b"\x1f\x8b":
            raw.close()
            return cast("BinaryIO", gzip.open(self.path, "rb"))
        raw.seek(0)
        return raw

    def _encoding(self) -> str:
        """Give the first of the mapping's encodings that the beginning of the file is in."""
        with self._open() as raw:
            begins = raw.read(PROBE)
        for encoding in self.mapping.encodings:
            try:
                codecs.getincrementaldecoder(encoding)("strict").decode(begins)
            except UnicodeDecodeError:
                continue
            except LookupError as error:
                raise BadInput(
                    str(self.mapping.path), f"encodings: '{encoding}' is no encoding; try utf-8-sig"
                ) from error
            return encoding
        return self.mapping.encodings[0]


def _ends_blank(line: Sequence[Any], width: int) -> bool:
    """Spreadsheets go on with blank cells to the right; a shifted row is not that."""
    return len(line) > width and not any(cell not in (None, "") for cell in line[width:])
