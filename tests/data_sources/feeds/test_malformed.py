"""Whatever is delivered, the parsers neither fall over nor let a bad ticket through."""

import copy
import gzip
import json
import os
import random
import re
from datetime import UTC, datetime
from math import isfinite
from typing import Any

import orjson
import pytest

from data_sources.feeds.intake import Delivery, Intake
from data_sources.feeds.reading import TicketReader
from data_sources.memory import MemoryStream
from data_sources.reference import load_reference
from operations.errors import BadInput
from operations.tickets.ticket import Ticket
from operations.tickets.wire import from_wire, to_wire
from settings import Settings
from tests.injections import WHOLE
from tests.sealing import SEALER

CASES = int(os.environ.get("LIANXIN_TEST_CASES", "500000" if WHOLE else "1500"))
LIMIT = 200_000
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
GOOD: dict[str, Any] = {
    "source": "12345", "external_id": "20261124-0001", "created_at": "2026-11-24T08:30:00+08:00",
    "updated_at": "2026-11-24T09:30:00+08:00", "status": "受理", "category": ["水", "水质发黄"],
    "type": "投诉", "channel": "电话", "urgency": "一般", "department": "市水务局",
    "cooperating": ["市城管局"], "district": "龙口市", "address": "龙口市东莱街道1号",
    "title": "水黄", "text": "自来水发黄", "latitude": 37.645, "longitude": 120.478,
    "returns": 1, "confidential": False, "caller": "13800000000", "parent": "20261123-0009",
    "callback": {"at": "2026-11-24T10:00:00+08:00", "reached": True, "satisfaction": "满意"},
}  # fmt: skip
ODD: list[Any] = [
    *(None, True, False, 0, -1, 1e308, -0.0, 10**40, -(10**400), 0.1, 2**63, float("nan")),
    *(
        float("inf"),
        "",
        " ",
        "\0",
        "\ud800",
        "\ufffe",
        "a" * 5000,
        "é" * 300,
        "\u202e\u200b",
        "=1+1",
    ),
    *([], {}, [[]], [None], {"": {}}, [[[[[[]]]]]], "9999-12-31T23:59:59+14:00", "0000-00-00"),
    *("2026-02-30T00:00:00Z", "2026-11-24T08:30:00", "1e5", "NaN", "90.0000001", "1" * 400),
    *("2026-11-24T08:30:00+99:99", "../../etc", "a/b", "'; DROP TABLE tickets; --", "\x1b[2J"),
]
BYTES = [
    *(b"{", b"}", b"[", b"]", b'"', b"\\", b",", b":", b"\n", b"\r\n", b"\0", b"\xff\xfe", b"\xc3"),
    *(b"\xef\xbb\xbf", b"\\ud800", b"\\u0000", b"NaN", b"-Infinity", b"1e999", b"nul", b"//", b" "),
]
TYPES = [
    *("application/json", "application/x-ndjson", "application/json; charset=gbk", "text/plain"),
    *("", "application/json; charset=\0", "application/xml", "application/json; charset=utf-16"),
]
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


pytestmark = pytest.mark.timeout(36_000 if WHOLE else 120)


@pytest.fixture(scope="module")
def intake() -> Intake:
    return Intake(
        TicketReader(load_reference(Settings()), b"key of this test", SEALER), MemoryStream()
    )


def odd_record(dice: random.Random) -> Any:
    """Change a good record in up to four places."""
    record = copy.copy(GOOD)
    for _ in range(dice.randint(0, 4)):
        name = dice.choice([*GOOD, "unknown", "due_at", "closed_at", "returns"])
        if dice.random() < 0.2:
            record.pop(name, None)
        elif name == "callback" and dice.random() < 0.5:
            record[name] = GOOD["callback"] | {
                dice.choice(["at", "reached", "x"]): dice.choice(ODD)
            }
        else:
            record[name] = dice.choice(ODD)
    return record if dice.random() < 0.95 else dice.choice(ODD)


def odd_body(dice: random.Random) -> tuple[bytes, str, str | None]:
    """Write records down, and spoil what was written in some of the cases."""
    records = [odd_record(dice) for _ in range(dice.choice([0, 1, 1, 1, 2, 3]))]
    lines = [json.dumps(one).encode() for one in records]
    kind = dice.choice(TYPES[:2]) if dice.random() < 0.85 else dice.choice(TYPES)
    body = b"\n".join(lines) if "ndjson" in kind else b"[" + b",".join(lines) + b"]"
    for _ in range(dice.choice([0, 0, 0, 1, 2, 5])):
        at = dice.randrange(len(body) + 1)
        spoilt = dice.choice([dice.choice(BYTES), bytes([dice.randrange(256)]), b""])
        body = body[:at] + spoilt + body[at + dice.choice([0, 1, 20]) :]
    encoding = None
    if dice.random() < 0.1:
        encoding = dice.choice(["gzip", "gzip", "br", "identity", "gzip, gzip"])
        body = gzip.compress(body, 1) if dice.random() < 0.8 else body
        if dice.random() < 0.3:
            body = body[: dice.randrange(len(body) + 1)]
    return body, kind, encoding


def is_good(ticket: Ticket) -> None:
    """Hold a ticket to what every later part relies on."""
    wire = orjson.dumps(to_wire(ticket))
    assert from_wire(orjson.loads(wire)) == ticket, "what is put on the stream comes off it"
    for value in (ticket.source, ticket.external_id, ticket.title, ticket.text or "",
                  ticket.category, ticket.department or "", ticket.address or ""):  # fmt: skip
        assert not CONTROLS.search(value), repr(value)
    assert 0 < len(ticket.external_id) <= 128
    assert 0 < len(ticket.source) <= 64
    assert "/" not in ticket.source
    for at in (ticket.created_at, ticket.updated_at, ticket.received_at):
        assert at.tzinfo is not None
        assert datetime(2000, 1, 1, tzinfo=UTC) <= at <= datetime(2026, 11, 25, 8, tzinfo=UTC)
    for degree, most in ((ticket.latitude, 90), (ticket.longitude, 180)):
        assert degree is None or (isfinite(degree) and abs(degree) <= most)
    assert (ticket.latitude is None) == (ticket.longitude is None)
    assert 0 <= ticket.returns <= 10_000
    assert "13800000000" not in wire.decode(), "no caller gets past the door"


def test_nothing_delivered_brings_the_parsers_down_or_becomes_a_bad_ticket(intake: Intake) -> None:
    dice = random.Random(12345)
    taken = set_aside = refused = 0
    for number in range(CASES):
        body, kind, encoding = odd_body(dice)
        try:
            delivery: Delivery = intake.read_body(
                body, content_type=kind, content_encoding=encoding, limit_bytes=LIMIT, now=NOW
            )
        except BadInput as error:
            refused += bool(error.field and error.reason)
            continue
        except Exception as error:
            raise AssertionError(f"case {number}: {body!r} {kind!r} {encoding!r}") from error
        for ticket in delivery.tickets:
            is_good(ticket)
        for line in delivery.refused:
            assert line.record.encode().find(0) < 0, "every database can keep it"
            assert line.field
            assert line.reason
        taken, set_aside = taken + len(delivery.tickets), set_aside + len(delivery.refused)
    assert min(taken, set_aside, refused) > CASES / 50, (taken, set_aside, refused)
