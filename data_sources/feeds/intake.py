"""From delivered records to the stream: good ones as tickets, bad ones to be set aside."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from data_sources.feeds.bodies import BadLine, read_body
from data_sources.feeds.reading import ReadTicket, TicketReader
from data_sources.feeds.refusing import refusal_of_text
from operations.errors import BadInput
from operations.ports import Refused, TicketStream
from operations.tickets.ticket import Ticket

FEED = "intake"


class Intake:
    """Takes records of any feed; what it answers for is on the stream when it returns."""

    def __init__(self, reader: TicketReader, stream: TicketStream) -> None:
        self._reader, self._stream = reader, stream

    def take_body(
        self,
        body: bytes,
        *,
        content_type: str,
        content_encoding: str | None,
        limit_bytes: int,
        now: datetime,
    ) -> dict[str, Any]:
        """Take a request's body; raises BadBody, which carries the HTTP status."""
        raws = read_body(body, content_type, content_encoding, limit_bytes)
        return self.take(raws, feed=FEED, now=now)

    def take(self, raws: Iterable[object], *, feed: str, now: datetime) -> dict[str, Any]:
        """Read records and put them on the stream.

        Gives `{"accepted": n, "rejected": [{"index", "field", "reason"}],
        "repaired": [{"index", "field", "rule"}]}`. Raises Unreachable when the stream does not
        answer: then nothing may be counted on, and sending all of it again does no harm.
        """
        tickets: list[Ticket] = []
        refused: list[Refused] = []
        rejected: list[dict[str, Any]] = []
        repaired: list[dict[str, Any]] = []
        for index, raw in enumerate(raws):
            read: ReadTicket | Refused
            if isinstance(raw, BadLine):
                error = BadInput("body", raw.reason)
                read = refusal_of_text(raw.text, error, now=now, feed=feed)
            else:
                read = self._reader.read(raw, now=now, feed=feed)
            if isinstance(read, Refused):
                refused.append(read)
                rejected.append({"index": index, "field": read.field, "reason": read.reason})
                continue
            tickets.append(read.ticket)
            repaired.extend(
                {"index": index, "field": repair.field, "rule": repair.rule}
                for repair in read.repairs
            )
        if tickets:
            self._stream.append(tickets)
        if refused:
            self._stream.append_refused(refused)
        return {"accepted": len(tickets), "rejected": rejected, "repaired": repaired}
