"""History in: a table goes through the stream like everything else, and can be resumed."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path

from data_sources.feeds.mapping import Mapping
from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.refusing import refusal_of_text
from data_sources.feeds.table_file import BadRow, TableFile, TableRow
from operations.errors import BadInput
from operations.ports import Refused, TicketStream
from operations.tickets.ticket import Ticket

BATCH_ROWS = 2_000
MOST_WAITING = 200  # entries of up to 100 tickets: the worker is behind by some two seconds
WAIT_S = 0.05
_QUOTED = re.compile(r"'.*'|\b(?:row|line) \d+\b", re.DOTALL)


@dataclass(slots=True)
class Account:
    """What became of a table's rows: read = taken + set aside; taken = changed + unchanged.

    `unchanged` is known once the ledger has them all, None where nobody can tell.
    `set_aside` counts by "field: reason", `repaired` by "field: rule". `went_on_at` is the row
    an interrupted import went on from.
    """

    rows: int = 0
    taken: int = 0
    unchanged: int | None = None
    set_aside: Counter[str] = field(default_factory=Counter)
    repaired: Counter[str] = field(default_factory=Counter)
    missing_columns: list[str] = field(default_factory=list)
    went_on_at: int = 0


class Checkpoint:
    """Remembers in the data folder how far the import of one file by one mapping has come."""

    def __init__(self, folder: Path, path: Path, mapping: Mapping) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "blake2b").hexdigest()[:32]
        self._file = folder / f"import-{digest}-{mapping.digest}.json"

    def read(self) -> Account:
        """Give the account so far, an empty one where there is none."""
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            account = Account(**kept)
        except (OSError, ValueError, TypeError):
            return Account()
        account.set_aside, account.repaired = Counter(account.set_aside), Counter(account.repaired)
        account.went_on_at = account.rows
        return account

    def write(self, account: Account) -> None:
        """Keep the account; a crash leaves the old one or the new one."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        kept = {one.name: getattr(account, one.name) for one in fields(account)}
        new.write_text(json.dumps(kept), "utf-8")
        new.replace(self._file)

    def clear(self) -> None:
        """Forget: the import is complete."""
        self._file.unlink(missing_ok=True)


def reader_for(mapping: Mapping, reader: TicketReader) -> TicketReader:
    """Give the reader of a table; raises BadInput where the table is another city's."""
    city, here = mapping.city, reader.reference.city_code
    if city is not None and city.code != here:
        cure = f"start with --city mapping:{mapping.name} and a data folder of its own"
        raise BadInput("mapping", f"{mapping.name} is of {city.name_en}, not of {here}; {cure}")
    return reader.with_rules(mapping.unknown, mapping.crs)


def import_table(
    path: Path,
    mapping: Mapping,
    reader: TicketReader,
    stream: TicketStream,
    *,
    now: datetime,
    folder: Path,
    progress: Callable[[int], None],
    sleep: Callable[[float], None],
    unchanged: Callable[[], int] | None = None,
) -> Account:
    """Put every row of a table on the stream and account for it.

    `progress(rows)` is told how many more rows are done. `unchanged()` gives how many tickets
    the worker has found unchanged so far; it is asked at the beginning and, when the stream is
    drained, at the end. An import that was interrupted goes on at the row it had come to: rows
    may be sent twice, which changes nothing. Raises BadInput when the file breaks off.
    """
    table, checkpoint = TableFile(path, mapping), Checkpoint(folder, path, mapping)
    account = checkpoint.read()
    sender = _Sender(reader_for(mapping, reader), stream, account, now, mapping.name)
    progress(account.rows)
    before, done = unchanged() if unchanged else 0, account.rows
    rows = (row for row in table.rows() if row.number > done)
    for batch in _batches(rows):
        sender.send(batch)
        checkpoint.write(account)
        progress(len(batch))
        wait_for_room(stream, sleep)
    account.missing_columns = table.missing
    if unchanged:
        wait_for_room(stream, sleep, most=0)
        account.unchanged = unchanged() - before
    checkpoint.clear()
    return account


def _batches(rows: Iterator[TableRow]) -> Iterator[list[TableRow]]:
    """Cut rows into batches; a file that breaks off has rows before the break."""
    batch: list[TableRow] = []
    try:
        for row in rows:
            batch.append(row)
            if len(batch) >= BATCH_ROWS:
                yield batch
                batch = []
    except BadInput:
        yield batch
        raise
    yield batch


def read_row(
    row: TableRow, reader: TicketReader, account: Account, *, now: datetime, feed: str
) -> Ticket | Refused:
    """Read one row and enter it in the account."""
    account.rows += 1
    if isinstance(row.record, BadRow):
        error = BadInput("row", row.record.reason)
        read: ReadTicket | Refused = refusal_of_text(
            row.record.text, error, now=now, feed=feed, sealer=reader.sealer
        )
    else:
        read = reader.read(row.record, now=now, feed=feed)
    if isinstance(read, Refused):
        account.set_aside[_kind(read.field, read.reason)] += 1
        return read
    account.taken += 1
    account.repaired.update(_kind(one.field, one.rule) for one in read.repairs)
    return read.ticket


def _kind(name: str, said: str) -> str:
    """Name what happened without the value it happened to, so that it can be counted."""
    return f"{name}: {_QUOTED.sub('…', said)}"


def wait_for_room(
    stream: TicketStream, sleep: Callable[[float], None], *, most: int = MOST_WAITING
) -> None:
    """Wait until the worker has taken all but `most` entries."""
    while stream.waiting() > most:
        sleep(WAIT_S)


@dataclass(frozen=True, slots=True)
class _Sender:
    """Puts rows of one feed on the stream and enters them in the account."""

    reader: TicketReader
    stream: TicketStream
    account: Account
    now: datetime
    feed: str

    def send(self, rows: list[TableRow]) -> None:
        """Read rows; the good ones go on, the bad ones are set aside."""
        read = [
            read_row(row, self.reader, self.account, now=self.now, feed=self.feed) for row in rows
        ]
        tickets = [one for one in read if isinstance(one, Ticket)]
        refused = [one for one in read if isinstance(one, Refused)]
        if tickets:
            self.stream.append(tickets)
        if refused:
            self.stream.append_refused(refused)
