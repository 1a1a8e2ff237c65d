"""A backup: every table of the ledger as it was at one moment, in one packed file.

The file is a zip: `manifest.json`, `tables/<name>.jsonl` for each table, and, where they were
asked for, `keys/<name>`. It is written beside its name and moved there whole.
"""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection, Engine, text

from data_sources.backup_rows import Account, Progress, Shape, lines_of, quoted, shapes, untold
from data_sources.database import reading
from data_sources.migrate import held_revision
from operations.errors import BadInput, OperationsError, Unreachable

FORMAT = 1
MANIFEST = "manifest.json"
PACKING = 1  # zlib's fastest
KEY_ENDINGS = (".key", ".keys", ".token", ".pem")
FINGERPRINT = 16


@dataclass(frozen=True, slots=True)
class TableAccount:
    """What a backup says of a table: its shape, how many rows, and their checksum."""

    name: str
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    order: tuple[str, ...]
    rows: int
    checksum: str

    @property
    def shape(self) -> Shape:
        """The table's shape."""
        return Shape(self.name, self.columns, self.kinds, self.order)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    `revision` is that of the tables, `head` the audit log's (number:hash). `keys` are the keys of
    the data folder by name, each with the beginning of its SHA-256; `with_keys` tells whether
    they are in the backup.
    """

    made_at: str
    revision: str
    head: str
    tables: tuple[TableAccount, ...]
    keys: dict[str, str]
    with_keys: bool
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(table.rows for table in self.tables)


def keys_in(folder: Path) -> dict[str, Path]:
    """Give the keys and tokens that a data folder keeps, by name."""
    return {path.name: path for path in sorted(folder.iterdir()) if path.suffix in KEY_ENDINGS}


def fingerprint(path: Path) -> str:
    """Give what tells two keys apart and tells nothing of either."""
    return sha256(path.read_bytes()).hexdigest()[:FINGERPRINT]


def write_backup(
    engine: Engine,
    file: Path,
    *,
    keys: dict[str, Path],
    with_keys: bool,
    now: datetime,
    total: Progress = untold,
    progress: Progress = untold,
) -> Manifest:
    """Write every table as it is at one moment, while others go on writing.

    `total` is told how many rows there are, `progress` of each batch that is written. Raises
    BadInput where the file is there already, Unreachable.
    """
    if file.exists():
        raise BadInput("FILE", f"{file} is there already; choose another name")
    aside = file.with_name(file.name + ".part")
    try:
        with _writing_zip(aside) as packed, reading(engine) as connection:
            revision = held_revision(connection)
            if revision is None:
                raise BadInput("--data", "there is no ledger yet: nothing to keep")
            found = shapes(connection)
            total(sum(_count(connection, shape) for shape in found))
            tables = [_write_table(packed, connection, shape, progress) for shape in found]
            manifest = Manifest(
                now.isoformat(), revision, _head(connection, found), tuple(tables),
                {name: fingerprint(path) for name, path in keys.items()}, with_keys,
            )  # fmt: skip
            for name, path in keys.items() if with_keys else ():
                packed.writestr(f"keys/{name}", path.read_bytes())
            packed.writestr(MANIFEST, orjson.dumps(asdict(manifest)))
        aside.replace(file)
    except OSError as error:
        raise Unreachable(f"{file} cannot be written: {error.strerror}") from error
    finally:
        aside.unlink(missing_ok=True)
    return manifest


@contextmanager
def _writing_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Write a zip for its owner alone; it is on the disk when the block ends."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=PACKING) as packed:
            yield packed
        file.flush()
        os.fsync(file.fileno())


def _count(connection: Connection, shape: Shape) -> int:
    found = connection.execute(text(f"SELECT count(*) FROM {quoted(shape.name)}"))  # noqa: S608
    return int(found.scalar_one())


def _head(connection: Connection, found: list[Shape]) -> str:
    if not any(shape.name == "audit_head" for shape in found):
        return ""
    head = connection.execute(text("SELECT number, hash FROM audit_head")).one_or_none()
    return "" if head is None else f"{head[0]}:{head[1]}"


def _write_table(
    packed: zipfile.ZipFile, connection: Connection, shape: Shape, progress: Progress
) -> TableAccount:
    account = Account()
    with packed.open(f"tables/{shape.name}.jsonl", "w", force_zip64=True) as member:
        for lines in lines_of(connection, shape):
            account.add(lines)
            member.write(b"\n".join(lines) + b"\n")
            progress(len(lines))
    return TableAccount(**asdict(shape), rows=account.rows, checksum=account.checksum)


def read_manifest(packed: zipfile.ZipFile) -> Manifest:
    """Read what a backup says of itself; raises BadInput where it is none that is known here."""
    try:
        said: dict[str, Any] = orjson.loads(packed.read(MANIFEST))
        if said["format"] != FORMAT:
            raise BadInput("FILE", f"is a backup of format {said['format']}, known is {FORMAT}")
        tables = [
            TableAccount(**one | {name: tuple(one[name]) for name in ("columns", "kinds", "order")})
            for one in said["tables"]
        ]
        return Manifest(**said | {"tables": tuple(tables)})
    except (KeyError, TypeError, ValueError) as error:
        raise BadInput("FILE", f"is no backup of Lianxin ({error})") from error


class Damaged(OperationsError):
    """A backup or what was made of it is not what its manifest says."""
