"""From delivered records to the stream: good ones as tickets, bad ones to be set aside."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from data_sources.feeds.bodies import BadLine, read_body
from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.refusing import refusal_of_text
from operations.errors import BadInput
from operations.ports import Refused, TicketStream
from operations.tickets.ticket import Ticket

FEED = "intake"


@dataclass(slots=True)
class Delivery:
    """What one delivery was read into; its lists name records by their place in it."""

    tickets: list[Ticket] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    repaired: list[dict[str, Any]] = field(default_factory=list)

    def enter(self, index: int, read: ReadTicket | Refused) -> None:
        """Enter what one record was read into."""
        if isinstance(read, Refused):
            self.refused.append(read)
            self.rejected.append({"index": index, "field": read.field, "reason": read.reason})
            return
        self.tickets.append(read.ticket)
        self.repaired.extend(
            {"index": index, "field": repair.field, "rule": repair.rule} for repair in read.repairs
        )


class Intake:
    """Takes records of any feed; what it answers for is on the stream when it returns."""

    def __init__(self, reader: TicketReader, stream: TicketStream) -> None:
        self._reader, self._stream = reader, stream

    def read_body(
        self,
        body: bytes,
        *,
        content_type: str,
        content_encoding: str | None,
        limit_bytes: int,
        now: datetime,
    ) -> Delivery:
        """Read a request's body, without touching the stream, so that any thread may do it.

        Raises BadBody, which carries the HTTP status.
        """
        raws = read_body(body, content_type, content_encoding, limit_bytes)
        return self.read(raws, feed=FEED, now=now)

    def read(self, raws: Iterable[object], *, feed: str, now: datetime) -> Delivery:
        """Read records into tickets and refusals."""
        delivery = Delivery()
        for index, raw in enumerate(raws):
            if isinstance(raw, BadLine):
                error = BadInput("body", raw.reason)
                sealer = self._reader.sealer
                refused = refusal_of_text(raw.text, error, now=now, feed=feed, sealer=sealer)
                delivery.enter(index, refused)
            else:
                delivery.enter(index, self._reader.read(raw, now=now, feed=feed))
        return delivery

    def keep(self, delivery: Delivery) -> dict[str, Any]:
        """Put a delivery on the stream.

        Gives `{"accepted": n, "rejected": [{"index", "field", "reason"}],
        "repaired": [{"index", "field", "rule"}]}`. Raises Unreachable when the stream does not
        answer: then nothing may be counted on, and sending all of it again does no harm.
        """
        if delivery.tickets:
            self._stream.append(delivery.tickets)
        if delivery.refused:
            self._stream.append_refused(delivery.refused)
        return {
            "accepted": len(delivery.tickets),
            "rejected": delivery.rejected,
            "repaired": delivery.repaired,
        }

    def take(self, raws: Iterable[object], *, feed: str, now: datetime) -> dict[str, Any]:
        """Read records and put them on the stream; answers as `keep`."""
        return self.keep(self.read(raws, feed=feed, now=now))
