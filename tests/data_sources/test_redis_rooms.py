"""The stream and the board keep one contract, in memory and on a real Valkey."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from data_sources.board import RedisBoard
from data_sources.embedded import EmbeddedValkey
from data_sources.memory import MemoryBoard, MemoryStream
from data_sources.redis_server import connect_redis
from data_sources.stream import STREAM, RedisStream
from operations.errors import Unreachable
from operations.ports import Board, Refused, TicketStream, WorkerWord
from tests.builders import ticket

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
REFUSED = Refused("k", "api", "status", "nobody knows it", '{"status": "?"}', NOW)


class Server:
    """A Valkey of the tests' own that can be killed and come back."""

    def __init__(self, folder: Path) -> None:
        self.place = EmbeddedValkey(folder)
        self.url = self.place.url
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.place.command(), stdout=subprocess.DEVNULL)
        client = connect_redis(self.url)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                if client.ping():
                    return
            except redis.RedisError:
                time.sleep(0.01)
        raise TimeoutError

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("valkey"))
    yield made
    made.kill()


@pytest.fixture
def client(server: Server) -> Iterator[redis.Redis]:
    made = connect_redis(server.url)
    made.flushall()
    yield made
    made.close()


@pytest.fixture(params=["memory", "valkey"])
def stream(request: pytest.FixtureRequest) -> TicketStream:
    if request.param == "memory":
        return MemoryStream()
    return RedisStream(request.getfixturevalue("client"))


@pytest.fixture(params=["memory", "valkey"])
def board(request: pytest.FixtureRequest) -> Board:
    if request.param == "memory":
        return MemoryBoard()
    return RedisBoard(request.getfixturevalue("client"))


def read_all(stream: TicketStream) -> list[str]:
    """Read until nothing comes, acknowledging; give the tickets' numbers in their order."""
    found = []
    for _ in range(20):  # the first read of a fresh group only makes the group
        entries = stream.read(most_entries=3, wait_s=0.02)
        found += [one.external_id for entry in entries for one in entry.tickets]
        stream.acknowledge([entry.id for entry in entries])
    return found


def test_tickets_come_out_whole_and_in_order(stream: TicketStream) -> None:
    numbers = [str(n) for n in range(250)]
    stream.append([ticket(external_id=number) for number in numbers])
    assert stream.waiting() == 3
    assert read_all(stream) == numbers
    assert stream.waiting() == 0


def test_an_entry_is_equal_to_what_was_put_in(stream: TicketStream) -> None:
    one = ticket(text="龙口市东莱街道 水发黄", due_at=NOW, cooperating=("a", "b"))
    stream.append([one])
    stream.append_refused([REFUSED])
    stream.append_clock(NOW)
    entries = []
    while len(entries) < 3:
        entries += stream.read(most_entries=10, wait_s=0.05)
    assert [entry.tickets for entry in entries] == [(one,), (), ()]
    assert entries[1].refused == (REFUSED,)
    assert entries[2].clock == NOW


def test_nothing_to_say_adds_nothing(stream: TicketStream) -> None:
    stream.append([])
    stream.append_refused([])
    assert stream.waiting() == 0


def test_what_is_not_acknowledged_comes_again_to_the_next_worker(client: redis.Redis) -> None:
    first = RedisStream(client)
    first.append([ticket(external_id=str(n)) for n in range(300)])
    while not first.read(most_entries=2, wait_s=0.02):
        pass
    # That worker died here, two of three entries in its hands.
    assert read_all(RedisStream(client)) == [str(n) for n in range(300)]


def test_acknowledging_a_later_entry_keeps_an_earlier_one(client: redis.Redis) -> None:
    one = RedisStream(client)
    one.append([ticket(external_id=str(n)) for n in range(200)])
    entries: list = []
    while not entries:
        entries = one.read(most_entries=2, wait_s=0.02)
    one.acknowledge([entries[1].id])
    assert [entry.id for entry in RedisStream(client).read(most_entries=9, wait_s=0.02)] == [
        entries[0].id
    ]


def test_an_entry_nobody_can_read_is_refused_and_stops_nothing(client: redis.Redis) -> None:
    made = RedisStream(client)
    client.xadd(STREAM, {"kind": "tickets", "body": b"\xff{broken"})
    client.xadd(STREAM, {"kind": "news", "body": b"[]"})
    client.xadd(STREAM, {"kind": "tickets", "body": b'[{"source": "x"}]'})
    made.append([ticket(external_id="good")])
    entries: list = []
    while len(entries) < 4:
        entries += made.read(most_entries=9, wait_s=0.02)
    assert [len(entry.refused) for entry in entries] == [1, 1, 1, 0]
    assert entries[0].refused[0].feed == "stream"
    assert entries[3].tickets[0].external_id == "good"


def test_a_wiped_server_is_begun_anew(client: redis.Redis) -> None:
    made = RedisStream(client)
    made.append([ticket(external_id="1")])
    assert read_all(made) == ["1"]
    client.flushall()
    made.append([ticket(external_id="2")])
    assert read_all(made) == ["2"]


def test_a_killed_server_loses_nothing_it_answered_for(tmp_path: Path) -> None:
    own = Server(tmp_path)
    made = RedisStream(connect_redis(own.url))
    made.append([ticket(external_id=str(n)) for n in range(500)])
    own.kill()
    with pytest.raises(Unreachable):
        made.append([ticket(external_id="lost")])
    started = time.monotonic()
    with pytest.raises(Unreachable):
        made.read(most_entries=1, wait_s=0.1)
    assert time.monotonic() - started < 1.5, "a lost server must be told at once"
    own.start()
    assert read_all(made) == [str(n) for n in range(500)]
    own.kill()


def test_a_long_data_folder_still_gets_a_socket(tmp_path: Path) -> None:
    folder = tmp_path / ("deep " * 10) / ("folder " * 12)
    own = Server(folder)
    assert len(os.fsencode(own.place.socket)) < 108
    assert connect_redis(own.url).ping()
    own.kill()


def test_the_newest_frame_is_kept_and_told(board: Board) -> None:
    assert board.newest("city") is None
    board.changed(wait_s=0.02)
    board.publish({"city": b"1", "department-供热/集团": b"2"})
    board.publish({"city": b"3"})
    news: set[str] = set()
    until = time.monotonic() + 2
    while len(news) < 2 and time.monotonic() < until:
        news |= board.changed(wait_s=0.1)
    assert news == {"city", "department-供热/集团"}
    assert board.newest("city") == b"3"
    assert board.changed(wait_s=0.02) == set()


def test_a_change_wakes_who_waits(board: Board) -> None:
    board.changed(wait_s=0.01)
    threading.Timer(0.05, board.publish, ({"city": b"1"},)).start()
    started = time.monotonic()
    assert board.changed(wait_s=5) == {"city"}
    assert time.monotonic() - started < 1


def test_watching_ends_by_itself(client: redis.Redis) -> None:
    clock = [1000.0]
    for board in (MemoryBoard(clock=lambda: clock[0]), RedisBoard(client, clock=lambda: clock[0])):
        clock[0] = 1000.0
        board.watch("city", for_s=5)
        board.watch("district-370681", for_s=15)
        assert board.watched() == {"city", "district-370681"}
        clock[0] = 1006.0
        assert board.watched() == {"district-370681"}


def test_the_worker_s_word_is_read_as_it_was_said(board: Board) -> None:
    assert board.word() is None
    word = WorkerWord(NOW, NOW - timedelta(days=5000), 42, None, 3, NOW)
    board.say(word)
    assert board.word() == word


def test_holding_is_asked_answered_and_released(board: Board) -> None:
    assert not board.asked_to_hold()
    board.ask_to_hold(for_s=10)
    assert board.asked_to_hold()
    board.say_held(7)
    assert board.held() == 7
    board.release()
    board.say_held(None)
    assert not board.asked_to_hold()
    assert board.held() is None


def test_a_lost_board_is_told_and_found_again(tmp_path: Path) -> None:
    own = Server(tmp_path)
    board = RedisBoard(connect_redis(own.url))
    board.changed(wait_s=0.01)
    own.kill()
    with pytest.raises(Unreachable):
        board.changed(wait_s=0.05)
    own.start()
    board.changed(wait_s=0.01)
    board.publish({"city": b"1"})
    assert board.changed(wait_s=1) == {"city"}
    own.kill()
