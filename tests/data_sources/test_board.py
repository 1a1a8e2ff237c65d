"""The board keeps one contract, in memory and on a real Valkey."""

import subprocess
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest
import redis

from data_sources.board import RedisBoard
from data_sources.memory import MemoryBoard
from data_sources.redis_server import connect_redis
from operations.errors import Unreachable
from operations.ports import Board, WorkerWord
from tests.builders import NOW
from tests.valkey_server import TOLD_S, ValkeyServer


@pytest.fixture(params=["memory", "valkey"])
def board(request: pytest.FixtureRequest) -> Board:
    if request.param == "memory":
        return MemoryBoard()
    return RedisBoard(request.getfixturevalue("valkey"))


def news_within(board: Board, wait_s: float) -> set[str]:
    news: set[str] = set()
    until = time.monotonic() + wait_s
    while time.monotonic() < until:
        news |= board.changed(wait_s=0.05)
    return news


def test_the_newest_frame_is_kept_and_told(board: Board) -> None:
    assert board.newest("city") is None
    board.changed(wait_s=0.02)
    board.publish({"city": b"1", "department-供热/集团": b"2"})
    board.publish({"city": b"3"})
    assert news_within(board, 0.3) == {"city", "department-供热/集团"}
    assert board.newest("city") == b"3"
    assert board.newest("department-供热/集团") == b"2"
    assert board.changed(wait_s=0.02) == set()


def test_a_burst_is_one_answer(board: Board) -> None:
    board.changed(wait_s=0.02)
    for number in range(200):
        board.publish({f"district-{number % 10}": b"x"})
    time.sleep(0.05)
    assert board.changed(wait_s=1) == {f"district-{number}" for number in range(10)}
    assert board.changed(wait_s=0.02) == set()


def test_a_change_wakes_who_waits(board: Board) -> None:
    board.changed(wait_s=0.01)
    other = threading.Timer(0.05, board.publish, ({"city": b"1"},))
    other.start()
    started = time.monotonic()
    assert board.changed(wait_s=5) == {"city"}
    assert time.monotonic() - started < 3
    other.join()


def test_watching_ends_by_itself(valkey: redis.Redis) -> None:
    clock = [1000.0]
    for board in (MemoryBoard(clock=lambda: clock[0]), RedisBoard(valkey, clock=lambda: clock[0])):
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


def test_a_request_to_hold_ends_by_itself(board: Board) -> None:
    board.ask_to_hold(for_s=0.05)
    assert board.asked_to_hold()
    time.sleep(0.1)
    assert not board.asked_to_hold()


def test_a_lost_board_is_told_and_found_again(tmp_path: Path) -> None:
    with ValkeyServer(tmp_path) as server:
        board = RedisBoard(connect_redis(server.url))
        board.changed(wait_s=0.01)
        server.end()
        for _ in range(2):
            started = time.monotonic()
            with pytest.raises(Unreachable):
                board.changed(wait_s=9)
            with pytest.raises(Unreachable):
                board.newest("city")
            assert time.monotonic() - started < TOLD_S, "a lost server must be told at once"
        server.start()
        board.changed(wait_s=0.01)
        board.publish({"city": b"1"})
        assert board.changed(wait_s=1) == {"city"}


UNDER_GEVENT = """
from gevent import monkey
monkey.patch_all()
import sys, threading, time, gevent
from data_sources.board import RedisBoard
from data_sources.redis_server import connect_redis

ticks, news = [], set()
board = RedisBoard(connect_redis(sys.argv[1]))
board.changed(wait_s=0.01)

def tick():
    while True:
        ticks.append(time.monotonic())
        time.sleep(0.01)

def listen():
    while not news:
        news.update(board.changed(wait_s=5))

threading.Thread(target=tick, daemon=True).start()
listening = threading.Thread(target=listen)
listening.start()
time.sleep(0.3)
board.publish({"city": b"1"})
listening.join(10)
assert news == {"city"}, news
assert max(b - a for a, b in zip(ticks, ticks[1:])) < 2, "waiting held up the others"
"""


def test_waiting_for_news_holds_up_nobody_under_gevent(valkey_url: str) -> None:
    subprocess.run([sys.executable, "-c", UNDER_GEVENT, valkey_url], check=True, timeout=30)
