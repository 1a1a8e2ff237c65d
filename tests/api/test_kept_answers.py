"""Kept answers: asked for once however many ask at the same moment, and never told wrongly."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import flask
import pytest

from answering import RedisShelf
from api.kept_answers import ANSWERS, KeptAnswers
from data_sources.redis_server import connect_redis
from tests.kept import DictShelf, kept


class Sources:
    """Sources with nothing but Redis."""

    def __init__(self, redis):
        self.redis = redis


class Asked:
    """A question that takes a while, counted."""

    def __init__(self, takes_s=0.2):
        self.times, self._takes_s, self._lock = 0, takes_s, threading.Lock()

    def __call__(self):
        with self._lock:
            self.times += 1
        time.sleep(self._takes_s)
        return {"n": 7, "rows": [["甲", 1.5], ["乙", None]]}


def how_often(read, how):
    return ANSWERS.labels(read, how)._value.get()


def processes(redis_url, count):
    """Give the kept answers of so many web processes on one server."""
    return [
        KeptAnswers(
            RedisShelf(flask.Flask("test"), Sources(connect_redis(redis_url))), lambda ask: ask()
        )
        for _ in range(count)
    ]


def test_a_kept_answer_is_not_asked_for_again_and_the_counters_say_so():
    answers, ask = kept(), Asked(0)
    told = [answers.answer("once", "k", ask) for _ in range(4)]
    assert told == [{"n": 7, "rows": [["甲", 1.5], ["乙", None]]}] * 4
    assert ask.times == 1
    assert (how_often("once", "asked"), how_often("once", "kept")) == (1, 3)


def test_an_answer_of_nothing_is_an_answer():
    shelf, times = DictShelf(), []
    for _ in range(2):
        assert kept(shelf).answer("nothing", "k", lambda: times.append(1)) is None
    assert times == [1]


def test_another_key_or_read_is_another_question():
    answers, ask = kept(), Asked(0)
    for read, key in (("a", "k"), ("a", "l"), ("b", "k"), ("a", "k")):
        answers.answer(read, key, ask)
    assert ask.times == 3


def test_all_who_ask_at_once_are_answered_by_one_question():
    answers, ask = kept(), Asked()
    with ThreadPoolExecutor(20) as pool:
        told = list(pool.map(lambda _: answers.answer("together", "k", ask), range(20)))
    assert ask.times == 1
    assert all(one == told[0] for one in told)
    assert how_often("together", "asked") == 1
    assert how_often("together", "shared") + how_often("together", "kept") == 19


def test_processes_that_ask_at_once_are_answered_by_one_question(valkey_url):
    several, ask = processes(valkey_url, 4), Asked(0.4)
    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(lambda n: several[n % 4].answer("all", "k", ask), range(12)))
    assert ask.times == 1
    assert all(one == told[0] for one in told)
    assert several[0].answer("all", "k", ask) == told[0]
    assert ask.times == 1


def test_a_process_that_died_at_work_keeps_nobody_waiting_for_ever(valkey_url, valkey, monkeypatch):
    monkeypatch.setattr("api.kept_answers.LONGEST_WORK_S", 0.5)
    valkey.set("lianxin:working:dead:k", "somebody gone", px=60_000)
    (answers,), ask = processes(valkey_url, 1), Asked(0)
    started = time.monotonic()
    assert answers.answer("dead", "k", ask)["n"] == 7
    assert 0.4 < time.monotonic() - started < 5


def test_what_goes_wrong_reaches_all_who_waited_and_is_not_kept():
    answers, gate, times = kept(), threading.Event(), []

    def fail():
        times.append(1)
        gate.wait(5)
        raise ValueError("away")

    def look(_):
        with pytest.raises(ValueError, match="away"):
            answers.answer("failing", "k", fail)

    with ThreadPoolExecutor(5) as pool:
        waiting = [pool.submit(look, n) for n in range(5)]
        time.sleep(0.2)
        gate.set()
        for one in waiting:
            one.result()
    assert times == [1]
    assert answers.answer("failing", "k", lambda: 3) == 3


def test_without_redis_everything_is_asked_anew(tmp_path):
    (answers,), ask = processes(f"unix://{tmp_path}/nobody.sock", 1), Asked(0)
    for _ in range(3):
        assert answers.answer("away", "k", ask)["n"] == 7
    assert ask.times == 3
