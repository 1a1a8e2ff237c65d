"""The ticket stream keeps one contract, in memory and on a real Valkey."""

import time
from datetime import datetime
from pathlib import Path

import pytest
import redis

from data_sources.memory import MemoryStream
from data_sources.redis_server import connect_redis
from data_sources.stream import GROUP, STREAM, RedisStream
from operations.errors import Unreachable
from operations.ports import Entry, Refused, TicketStream
from tests.builders import NOW, at, ticket
from tests.valkey_server import TOLD_S, ValkeyServer

SYNCED_S = 1.1
REFUSED = Refused("k", "api", "status", "nobody knows it", '{"status": "?"}', NOW)


@pytest.fixture(params=["memory", "valkey"])
def stream(request: pytest.FixtureRequest) -> TicketStream:
    if request.param == "memory":
        return MemoryStream()
    return RedisStream(request.getfixturevalue("valkey"))


def numbered(count: int) -> tuple[list[str], list]:
    numbers = [str(number) for number in range(count)]
    return numbers, [ticket(external_id=number) for number in numbers]


def read(stream: TicketStream, most: int = 9) -> list[Entry]:
    return stream.read(most_entries=most, wait_s=0.05)


def numbers_of(entries: list[Entry]) -> list[str]:
    return [one.external_id for entry in entries for one in entry.tickets]


def read_all(stream: TicketStream) -> list[str]:
    """Read and acknowledge until nothing waits; give the tickets' numbers as they came."""
    found: list[str] = []
    while stream.waiting():
        entries = read(stream, most=3)
        assert entries, "something waits and is not handed out"
        found += numbers_of(entries)
        stream.acknowledge([entry.id for entry in entries])
    return found


def test_tickets_come_out_in_order_a_hundred_to_an_entry(stream: TicketStream) -> None:
    numbers, tickets = numbered(1250)
    stream.append(tickets)
    assert stream.waiting() == 13
    assert read_all(stream) == numbers
    assert stream.waiting() == 0
    assert read(stream) == []


def test_everything_comes_out_as_it_was_put_in(stream: TicketStream) -> None:
    one = ticket(text="龙口市东莱街道 水发黄", due_at=NOW, cooperating=("a", "b"))
    stream.append([one])
    stream.append_refused([REFUSED])
    stream.append_clock(at(hours=1))
    stream.append_action("alarms")
    first, second, third, fourth = read(stream)
    assert first.tickets == (one,)
    assert second.refused == (REFUSED,)
    assert third.clock == at(hours=1)
    assert fourth == Entry(fourth.id, actions=("alarms",))


def test_nothing_to_say_adds_nothing(stream: TicketStream) -> None:
    stream.append([])
    stream.append_refused([])
    assert stream.waiting() == 0


def test_reading_ends_when_the_time_is_up(stream: TicketStream) -> None:
    started = time.monotonic()
    assert stream.read(most_entries=1, wait_s=0.1) == []
    assert 0.05 < time.monotonic() - started < 2


def test_a_wait_longer_than_the_line_waits_is_cut_short_not_an_error(valkey: redis.Redis) -> None:
    assert RedisStream(valkey).read(most_entries=1, wait_s=60) == []


def test_what_is_in_hand_is_not_handed_out_twice(stream: TicketStream) -> None:
    numbers, tickets = numbered(300)
    stream.append(tickets)
    assert numbers_of(read(stream, most=1) + read(stream)) == numbers


def test_what_is_not_acknowledged_comes_again_to_the_next_worker(valkey: redis.Redis) -> None:
    numbers, tickets = numbered(500)
    first = RedisStream(valkey)
    first.append(tickets)
    one, _two, three = read(first, most=3)
    first.acknowledge([one.id, three.id])
    # That worker died here, one of three entries in its hands, two never read.
    expected = numbers[100:200] + numbers[300:]
    assert read_all(RedisStream(valkey)) == expected


def test_acknowledging_trims_that_entry_and_no_other(valkey: redis.Redis) -> None:
    stream = RedisStream(valkey)
    stream.append(numbered(300)[1])
    entries = read(stream)
    stream.acknowledge([entries[2].id])
    left = [key.decode() for key, _fields in valkey.xrange(STREAM)]
    assert left == [entries[0].id, entries[1].id]


def test_an_entry_nobody_can_read_is_refused_and_stops_nothing(valkey: redis.Redis) -> None:
    stream = RedisStream(valkey)
    for fields in (
        {"kind": "tickets", "body": b"\xff{broken"},
        {"kind": "news", "body": b"[]"},
        {"kind": "clock", "body": b"[]"},
        {"kind": "tickets", "body": b"7"},
        {"kind": "actions", "body": b'"alarms"'},
        {"kind": "actions", "body": b"[7]"},
        {"nothing": "known"},
    ):
        valkey.xadd(STREAM, fields)
    stream.append([ticket(external_id="good")])
    entries = read(stream)
    assert [len(entry.refused) for entry in entries] == [1, 1, 1, 1, 1, 1, 1, 0]
    assert {entry.refused[0].feed for entry in entries[:7]} == {"stream"}
    assert entries[7].tickets[0].external_id == "good"


def test_one_ticket_nobody_can_read_does_not_take_its_entry_along(valkey: redis.Redis) -> None:
    stream = RedisStream(valkey)
    stream.append([ticket(external_id="1"), ticket(external_id="2")])
    body = valkey.xrange(STREAM)[0][1][b"body"].replace(b'"external_id":"1"', b'"external_ID":"1"')
    valkey.xadd(STREAM, {"kind": "tickets", "body": body})
    entry = read(stream)[1]
    assert numbers_of([entry]) == ["2"]
    assert "external_ID" in entry.refused[0].record
    assert "caller-1" not in entry.refused[0].record


def test_an_entry_deleted_in_somebodys_hands_is_forgotten(valkey: redis.Redis) -> None:
    stream = RedisStream(valkey)
    stream.append(numbered(200)[1])
    gone, kept = read(stream)
    valkey.xdel(STREAM, gone.id)
    assert [entry.id for entry in read(RedisStream(valkey))] == [kept.id]
    assert valkey.xpending(STREAM, GROUP)["pending"] == 1


def test_a_wiped_server_is_begun_anew(valkey: redis.Redis) -> None:
    stream = RedisStream(valkey)
    for number in ("1", "2"):
        stream.append([ticket(external_id=number)])
        assert read_all(stream) == [number]
        valkey.flushall()
    assert read(stream) == []


def test_a_killed_server_loses_nothing_it_answered_for(tmp_path: Path) -> None:
    numbers, tickets = numbered(500)
    with ValkeyServer(tmp_path) as server:
        stream = RedisStream(connect_redis(server.url))
        stream.append(tickets)
        in_hand = read(stream, most=2)
        server.end()
        _told_at_once(stream)
        server.start()
        assert numbers_of(in_hand) == numbers[:200]
        assert read_all(stream) == numbers, "what was in hand comes first again"


def test_a_server_killed_while_its_disk_is_busy_loses_nothing(tmp_path: Path) -> None:
    numbers, tickets = numbered(500)
    with ValkeyServer(tmp_path) as server:
        stream = RedisStream(connect_redis(server.url))
        server.hold_syncing()
        time.sleep(SYNCED_S)  # it would have the next change synced
        for at in range(0, 500, 100):
            stream.append(tickets[at : at + 100])
        server.end()
        server.start()
        assert read_all(stream) == numbers


def _told_at_once(stream: TicketStream) -> None:
    started = time.monotonic()
    with pytest.raises(Unreachable):
        stream.append([ticket(external_id="lost")])
    with pytest.raises(Unreachable):
        stream.read(most_entries=1, wait_s=0.1)
    with pytest.raises(Unreachable):
        stream.append_clock(datetime.now(NOW.tzinfo))
    with pytest.raises(Unreachable):
        stream.append_action("alarms")
    assert time.monotonic() - started < TOLD_S, "a lost server must be told at once"


def test_a_restarted_server_is_found_without_an_error_between(tmp_path: Path) -> None:
    with ValkeyServer(tmp_path) as server:
        stream = RedisStream(connect_redis(server.url))
        stream.append([ticket(external_id="1")])
        server.end()
        server.start()
        stream.append([ticket(external_id="2")])
        assert read_all(stream) == ["1", "2"]
