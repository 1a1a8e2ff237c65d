"""The rows of any table as lines of text that SQLite and PostgreSQL write the same.

A line is a JSON list in the order of the columns; yes and no are 1 and 0, bytes are hexadecimal.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import orjson
from sqlalchemy import Connection, MetaData, Table, types

from operations.errors import OperationsError

ROWS_A_BATCH = 5_000
LARGE_ROWS = {"incident_files": 4}
"""Tables whose rows have megabytes each, and how many of them are in memory at once."""
NOT_KEPT = re.compile("alembic_version|ticket_words.*")
"""What is not of the ledger, and the index of words, which is each database's own and made anew."""
MODULUS = 1 << 128

Progress = Callable[[int], None]


def untold(_rows: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's name, its columns, what each holds (int, bool, float, text, bytes), their order.

    `order` are the whole numbers its key begins with: a table read in that order is written fast.
    """

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def batch(self) -> int:
        """Tell how many rows are read at once."""
        return LARGE_ROWS.get(self.name, ROWS_A_BATCH)


class Account:
    """Counts rows and sums them up, in whatever order they come.

    The sum is that of each line's BLAKE2b of 128 bits: two tables of the same rows have the same.
    """

    def __init__(self) -> None:
        self.rows, self._sum = 0, 0

    def add(self, lines: Sequence[bytes]) -> None:
        """Take lines in."""
        self.rows += len(lines)
        self._sum += sum(
            int.from_bytes(blake2b(line, digest_size=16).digest(), "big") for line in lines
        )

    @property
    def checksum(self) -> str:
        """The sum, as 32 hexadecimal digits."""
        return f"{self._sum % MODULUS:032x}"


def shapes(connection: Connection) -> list[Shape]:
    """Give the shape of every table, those that others refer to before those others."""
    found = MetaData()
    found.reflect(connection)
    return [_shape(table) for table in found.sorted_tables if not NOT_KEPT.fullmatch(table.name)]


def _shape(table: Table) -> Shape:
    kinds = {column.name: _kind(table.name, column) for column in table.columns}
    order = []
    for column in table.primary_key.columns:
        if kinds[column.name] != "int":
            break
        order.append(column.name)
    return Shape(table.name, tuple(kinds), tuple(kinds.values()), tuple(order))


def _kind(table: str, column: Any) -> str:
    known: dict[type, str] = {
        types.Boolean: "bool",
        types.Integer: "int",
        types.Float: "float",
        types.String: "text",
        types.LargeBinary: "bytes",
    }
    for kind, name in known.items():
        if isinstance(column.type, kind):
            return name
    raise OperationsError(f"a backup cannot hold {table}.{column.name}, a {column.type}")


def lines_of(connection: Connection, shape: Shape) -> Iterator[list[bytes]]:
    """Give a table's rows as lines, in batches."""
    for batch in _batches(connection, shape):
        yield [orjson.dumps(row) for row in batch]


def _batches(connection: Connection, shape: Shape) -> Iterator[list[Any]]:
    postgres = connection.dialect.name == "postgresql"
    spell = {
        "int": "{}::int8" if postgres else "{}",  # so that one width is read, whatever is kept
        "bool": "{}::int" if postgres else "{}",
        "bytes": "encode({}, 'hex')" if postgres else "iif({0} IS NULL, NULL, lower(hex({0})))",
    }
    listed = ", ".join(
        spell.get(kind, "{}").format(quoted(name))
        for name, kind in zip(shape.columns, shape.kinds, strict=True)
    )
    statement = f"SELECT {listed} FROM {quoted(shape.name)}"  # noqa: S608
    if shape.order:
        statement += " ORDER BY " + ", ".join(map(quoted, shape.order))
    cursor = connection.connection.cursor()
    if not postgres:
        cursor.execute(statement)
        while batch := cursor.fetchmany(shape.batch):
            yield list(batch)
        return
    types_of = {"int": "int8", "bool": "int4", "float": "float8"}
    with cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT BINARY)") as copy:
        copy.set_types([types_of.get(kind, "text") for kind in shape.kinds])
        yield from in_batches(copy.rows(), shape.batch)


def write_lines(connection: Connection, shape: Shape, lines: Iterable[list[bytes]]) -> None:
    """Write lines into a table that has none of them."""
    rows = ([_row(line, shape) for line in batch] for batch in lines)
    listed = ", ".join(map(quoted, shape.columns))
    cursor = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {quoted(shape.name)} ({listed}) FROM STDIN") as copy:
            for batch in rows:
                for row in batch:
                    copy.write_row(row)
        return
    marks = ", ".join("?" * len(shape.columns))
    for batch in rows:
        cursor.executemany(f"INSERT INTO {quoted(shape.name)} ({listed}) VALUES ({marks})", batch)  # noqa: S608


def _row(line: bytes, shape: Shape) -> list[Any]:
    row: list[Any] = orjson.loads(line)
    if "bytes" in shape.kinds:
        for place, kind in enumerate(shape.kinds):
            if kind == "bytes" and row[place] is not None:
                row[place] = bytes.fromhex(row[place])
    return row


def in_batches(rows: Iterable[Any], most: int) -> Iterator[list[Any]]:
    """Gather rows into batches."""
    batch = []
    for row in rows:
        batch.append(row)
        if len(batch) == most:
            yield batch
            batch = []
    if batch:
        yield batch


def quoted(name: str) -> str:
    """Write a name so that no database takes it for a word of its own."""
    return '"' + name.replace('"', '""') + '"'
