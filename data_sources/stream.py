"""The tickets' way from the feeds to the worker: a Redis stream with one consumer group."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson
import redis

from data_sources.redis_server import ANSWER_S, reaching
from operations.ports import Entry, Refused
from operations.tickets.ticket import Ticket
from operations.tickets.wire import from_wire, to_wire

STREAM = "lianxin:tickets"
GROUP = "ledger"
CONSUMER = "worker"
TICKETS_AN_ENTRY = 100
ENTRIES_A_PIPELINE = 100


class RedisStream:
    """Keeps the promises of `operations.ports.TicketStream` on a Redis stream.

    An acknowledged entry is deleted by its id, so nothing unacknowledged can ever be
    trimmed, and the stream's length is what still waits.
    """

    def __init__(self, client: redis.Redis) -> None:
        self._redis = client
        # Entries handed out before and never acknowledged come first: at the start, and
        # again after an answer was lost on the line.
        self._handed_out_from: str | None = "0"

    def append(self, tickets: Sequence[Ticket]) -> None:
        """Keep tickets for the worker."""
        self._add("tickets", [to_wire(ticket) for ticket in tickets])

    def append_refused(self, refused: Sequence[Refused]) -> None:
        """Keep refused records for the worker."""
        self._add("refused", [refused_to_wire(one) for one in refused])

    def append_clock(self, now: datetime) -> None:
        """Say what time it is in the city."""
        self._add("clock", [now.isoformat()])

    def append_action(self, subject: str) -> None:
        """Say that a person acted on a subject."""
        self._add("actions", [subject])

    def _add(self, kind: str, items: list[Any]) -> None:
        bodies = [
            orjson.dumps(items[start : start + TICKETS_AN_ENTRY])
            for start in range(0, len(items), TICKETS_AN_ENTRY)
        ]
        for start in range(0, len(bodies), ENTRIES_A_PIPELINE):
            with reaching(), self._redis.pipeline(transaction=False) as line:
                for body in bodies[start : start + ENTRIES_A_PIPELINE]:
                    line.xadd(STREAM, {"kind": kind, "body": body})
                line.execute()

    def read(self, *, most_entries: int, wait_s: float) -> list[Entry]:
        """Give the next entries, first those handed out before."""
        try:
            with reaching():
                return self._read(most_entries, wait_s)
        except Exception:
            self._handed_out_from = "0"
            raise

    def _read(self, most: int, wait_s: float) -> list[Entry]:
        if self._handed_out_from is not None:
            found = self._read_group(self._handed_out_from, most, None)
            if found:
                self._handed_out_from = found[-1][0].decode()
                gone = [key for key, fields in found if not fields]
                if gone:  # deleted behind our back: only the group still remembers them
                    self._redis.xack(STREAM, GROUP, *gone)
                return [_entry(key, fields) for key, fields in found if fields]
            self._handed_out_from = None
        # The server may hold the answer back no longer than the line waits for one.
        block_ms = int(min(wait_s, ANSWER_S / 2) * 1000)
        found = self._read_group(">", most, max(block_ms, 1))
        return [_entry(key, fields) for key, fields in found]

    def _read_group(self, after: str, most: int, block_ms: int | None) -> list[Any]:
        try:
            answer: Any = self._redis.xreadgroup(
                GROUP, CONSUMER, {STREAM: after}, count=most, block=block_ms
            )
        except redis.ResponseError as error:
            if not str(error).startswith("NOGROUP"):
                raise
            # A new server, or one that was wiped: begin at the beginning.
            self._redis.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
            return self._read_group(after, most, block_ms)
        return answer[0][1] if answer else []

    def acknowledge(self, ids: Sequence[str]) -> None:
        """Drop entries that the ledger holds."""
        if not ids:
            return
        with reaching(), self._redis.pipeline() as line:
            line.xack(STREAM, GROUP, *ids)
            line.xdel(STREAM, *ids)
            line.execute()

    def waiting(self) -> int:
        """Count the entries not yet acknowledged."""
        with reaching():
            count: Any = self._redis.xlen(STREAM)
            return int(count)


def _entry(key: bytes, fields: dict[bytes, bytes]) -> Entry:
    """Read one entry; one that cannot be read comes out as refused and stops nothing."""
    name, body = key.decode(), fields.get(b"body", b"")
    try:
        return _READERS[fields[b"kind"]](name, orjson.loads(body))
    except UNREADABLE as error:
        return Entry(name, refused=(_unreadable(name, body, error),))


def _tickets(name: str, items: list[Any]) -> Entry:
    try:
        return Entry(name, tickets=tuple(map(from_wire, items)))
    except UNREADABLE:
        return _one_by_one(name, items)


def _one_by_one(name: str, items: list[Any]) -> Entry:
    """Read an entry in which some ticket cannot be read; the others come through."""
    tickets, refused = [], []
    for number, item in enumerate(items):
        try:
            tickets.append(from_wire(item))
        except UNREADABLE as error:
            if isinstance(item, dict):
                item.pop("caller_key", None)
            refused.append(_unreadable(f"{name}/{number}", orjson.dumps(item), error))
    return Entry(name, tuple(tickets), tuple(refused))


def _actions(name: str, items: list[Any]) -> Entry:
    if not (isinstance(items, list) and all(isinstance(subject, str) for subject in items)):
        raise TypeError("not a list of subjects")
    return Entry(name, actions=tuple(items))


UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)
_READERS: dict[bytes, Callable[[str, list[Any]], Entry]] = {
    b"tickets": _tickets,
    b"refused": lambda name, items: Entry(name, refused=tuple(map(refused_from_wire, items))),
    b"clock": lambda name, items: Entry(name, clock=datetime.fromisoformat(items[0])),
    b"actions": _actions,
}


def _unreadable(name: str, body: bytes, error: Exception) -> Refused:
    milliseconds = int(name.partition("-")[0])
    return Refused(
        key=f"stream/{name}",
        feed="stream",
        field="entry",
        reason=f"cannot be read: {error!r}"[:500],
        record=body.decode("utf-8", "replace")[:20_000],
        refused_at=datetime.fromtimestamp(milliseconds / 1000, UTC),
    )


def refused_to_wire(refused: Refused) -> dict[str, str]:
    """Write a refused record as JSON values."""
    return {
        "key": refused.key,
        "feed": refused.feed,
        "field": refused.field,
        "reason": refused.reason,
        "record": refused.record,
        "refused_at": refused.refused_at.isoformat(),
        "sealed": refused.sealed,
    }


def refused_from_wire(wire: dict[str, str]) -> Refused:
    """Read what `refused_to_wire` wrote."""
    return Refused(**wire | {"refused_at": datetime.fromisoformat(wire["refused_at"])})  # type: ignore[arg-type]
