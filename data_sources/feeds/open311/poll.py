"""Tickets taken from another city's Open311 server, a poll at a time.

1. What was updated since the last poll, with an overlap, is asked for day by day; the first time
   that is everything of the days back. After each day the place is kept, so that an end of the
   process costs a day read twice at most, which changes nothing.
2. Where a server shows that it does not look at when requests were updated, the span is that of
   when they were made, and the overlap is a day.
3. Each poll reads one older day again, in turn, so that what came late or changed unseen is
   found as well: all of them once in as many polls as there are days back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from data_sources.feeds.columns import RowReader
from data_sources.feeds.importing import reader_for, wait_for_room
from data_sources.feeds.mapping import Mapping
from data_sources.feeds.open311.place import Place, PlaceFile
from data_sources.feeds.open311.spans import Clock, NotUnderstood, Server, rows_of
from data_sources.feeds.reading import ReadTicket, TicketReader
from operations.ports import Refused, TicketStream

log = structlog.get_logger()

DAY = timedelta(days=1)
OVERLAP: dict[Clock, timedelta] = {"updated": timedelta(minutes=15), "created": DAY}


@dataclass(slots=True)
class PollAccount:
    """What became of the rows of one poll: read = taken + set aside."""

    rows: int = 0
    taken: int = 0
    set_aside: int = 0
    repaired: int = 0


@dataclass(frozen=True, slots=True)
class Taking:
    """Reads rows of one server by one mapping and puts them on the stream."""

    name: str
    mapping: Mapping
    reader: TicketReader
    stream: TicketStream
    sleep: Callable[[float], None]
    _rows: RowReader = field(init=False)
    _tickets: TicketReader = field(init=False)

    def __post_init__(self) -> None:
        """Make the readers once; raises BadInput where the mapping is another city's."""
        object.__setattr__(self, "_rows", RowReader(self.mapping))
        object.__setattr__(self, "_tickets", reader_for(self.mapping, self.reader))

    def take(self, rows: list[Any], account: PollAccount, now: datetime) -> None:
        """Take rows: the good ones go on, the broken ones are set aside."""
        read = [self._read(row, now) for row in rows]
        good = [one for one in read if isinstance(one, ReadTicket)]
        bad = [one for one in read if isinstance(one, Refused)]
        if good:
            self.stream.append([one.ticket for one in good])
        if bad:
            self.stream.append_refused(bad)
        account.rows += len(rows)
        account.taken += len(good)
        account.set_aside += len(bad)
        account.repaired += sum(len(one.repairs) for one in good)
        wait_for_room(self.stream, self.sleep)

    def _read(self, row: Any, now: datetime) -> ReadTicket | Refused:
        record = row
        if isinstance(row, dict):
            ended = str(row.get("status")).strip().casefold() == "closed"
            told: dict[str, Any] = {"jurisdiction": self.name}
            if ended:
                told["closed_datetime"] = row.get("updated_datetime")
            record = self._rows.read(row | told)
        return self._tickets.read(record, now=now, feed=f"open311:{self.name}"[:64])


@dataclass(slots=True)
class Poller:
    """Polls one server; `back_d` are the days that are read at first and again in turn."""

    server: Server
    taking: Taking
    file: PlaceFile
    back_d: int
    now: Callable[[], datetime]

    def once(self) -> PollAccount:
        """Poll once; raises what the server's client raises, with the place kept so far."""
        account, place = PollAccount(), self.file.read()
        try:
            self._poll(place, account)
        except NotUnderstood:
            log.info("open311_without_updates", server=self.taking.name)
            place = Place(by_update=False)
            self.file.write(place)
            self._poll(place, account)
        return account

    def _poll(self, place: Place, account: PollAccount) -> None:
        now, clock = self.now(), _clock_of(place)
        earliest = now - self.back_d * DAY
        begin = earliest if place.upto is None else max(place.upto - OVERLAP[clock], earliest)
        first = place.upto is None or place.upto < now - DAY
        for since, until in _days(begin, now):
            self._take(clock, since, until, account, told=first)
            place = replace(place, upto=until)
            self.file.write(place)
        if first:
            return
        # Moved on before it is tried: a day that cannot be read keeps no other from its turn.
        back = place.again % self.back_d
        self.file.write(replace(place, again=back + 1))
        until = now - back * DAY
        self._take(clock, until - DAY, until, account)

    def _take(
        self, clock: Clock, since: datetime, until: datetime, account: PollAccount,
        *, told: bool = False,
    ) -> None:  # fmt: skip
        for rows in rows_of(self.server, clock, since, until):
            self.taking.take(rows, account, self.now())
        if told:
            log.info("open311_read", until=until.isoformat(), rows=account.rows)


def _clock_of(place: Place) -> Clock:
    return "updated" if place.by_update else "created"


def _days(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    while since < until:
        end = min(since + DAY, until)
        yield since, end
        since = end
