"""Every screen gets the newest picture and an honest beat, whatever is lost behind it."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from api.fanout import Fanout
from operations.errors import Unreachable
from operations.ports import WorkerWord
from tests.system import wait_until

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


class FakeBoard:
    """A board that can be lost."""

    def __init__(self) -> None:
        self.frames: dict[str, bytes] = {}
        self.news: set[str] = set()
        self.lost = False
        self.watches: list[str] = []
        self.last_word: WorkerWord | None = None

    def _answer(self) -> None:
        if self.lost:
            raise Unreachable("gone")

    def put(self, scope: str, seq: int) -> None:
        self.frames[scope] = json.dumps({"seq": seq, "as_of": NOW.isoformat()}).encode()
        self.news.add(scope)

    def newest(self, scope: str) -> bytes | None:
        self._answer()
        return self.frames.get(scope)

    def changed(self, *, wait_s: float) -> set[str]:
        self._answer()
        time.sleep(0.005)
        news = set()
        while self.news:  # one at a time: none that is put meanwhile is lost
            news.add(self.news.pop())
        return news

    def watch(self, scope: str, *, for_s: float) -> None:
        self._answer()
        self.watches.append(scope)

    def word(self) -> WorkerWord | None:
        return self.last_word


def word(age_s: float = 0.2, ticket_age_s: float | None = 1.0, up_s: float = 0.0) -> WorkerWord:
    ticket_at = None if ticket_age_s is None else NOW - timedelta(seconds=ticket_age_s)
    said_at = NOW - timedelta(seconds=age_s)
    return WorkerWord(said_at, said_at, 7, ticket_at, 0, NOW - timedelta(seconds=up_s))


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
def fanout(board: FakeBoard, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fanout]:
    monkeypatch.setattr("api.fanout.BEAT_S", 0.02)
    made = Fanout(board, demo=True, now=lambda: NOW)  # type: ignore[arg-type]
    yield made
    made.stop()


def events(stream: Iterator[bytes], kind: str) -> Iterator[dict[str, object]]:
    for chunk in stream:
        for block in chunk.decode().split("\n\n"):
            if block.startswith(f"event: {kind}\n"):
                yield json.loads(block.split("data: ", 1)[1])


def test_a_new_screen_gets_the_picture_that_is_there(board: FakeBoard, fanout: Fanout) -> None:
    board.put("city", 5)
    assert next(events(fanout.stream("city", gzip=False), "picture"))["seq"] == 5
    assert board.watches == ["city"]


def test_a_slow_screen_gets_the_newest_and_no_queue(board: FakeBoard, fanout: Fanout) -> None:
    board.put("city", 1)
    seen = events(fanout.stream("city", gzip=False), "picture")
    assert next(seen)["seq"] == 1
    fanout.start()
    for seq in range(2, 9):
        board.put("city", seq)
        time.sleep(0.02)
    wait_until(lambda: fanout.newest("city", wait_s=1) == board.frames["city"], 10)
    assert next(seen)["seq"] == 8


def test_the_beat_goes_on_while_redis_is_away_and_says_so(
    board: FakeBoard, fanout: Fanout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.fanout.LINK_LOST_S", 0.1)
    board.put("city", 3)
    board.last_word = word()
    fanout.start()
    beats = events(fanout.stream("city", gzip=False), "beat")
    good = next(beat for beat in beats if beat["seq"] == 3 and beat["worker_age_s"] is not None)
    assert good["links"] == {"redis": "ok", "worker": "ok", "source": "ok"}
    board.lost = True
    down = next(beat for beat in beats if beat["links"]["redis"] == "down")  # type: ignore[index]
    assert down["seq"] == 3
    board.lost = False
    board.frames["city"] = b'{"seq":4,"as_of":"x"}'  # changed while away: nobody announced it
    assert next(beat for beat in beats if beat["seq"] == 4)["links"]["redis"] == "ok"  # type: ignore[index]


@pytest.mark.parametrize(
    ("said", "links"),
    [
        (None, {"redis": "ok", "worker": "silent", "source": "silent"}),
        (word(age_s=3.5), {"redis": "ok", "worker": "silent", "source": "ok"}),
        (word(ticket_age_s=None), {"redis": "ok", "worker": "ok", "source": "ok"}),
        (word(ticket_age_s=None, up_s=900), {"redis": "ok", "worker": "ok", "source": "silent"}),
        (word(ticket_age_s=1000), {"redis": "ok", "worker": "ok", "source": "silent"}),
    ],
)
def test_a_beat_tells_the_links_apart(
    board: FakeBoard, fanout: Fanout, said: WorkerWord | None, links: dict[str, str]
) -> None:
    board.put("city", 1)
    board.last_word = said
    fanout.start()
    beats = events(fanout.stream("city", gzip=False), "beat")
    assert next(beat for beat in beats if beat["links"]["redis"] == "ok")["links"] == links  # type: ignore[index]


def test_a_source_is_silent_no_longer_than_somebody_has_listened(fanout: Fanout) -> None:
    fanout.word = word(ticket_age_s=None, up_s=1000)
    assert fanout.links()["source_age_s"] == 1000
    fanout.word = word(ticket_age_s=5, up_s=1000)
    assert fanout.links()["source_age_s"] == 5


def test_the_first_screen_hears_of_the_links_together_with_its_picture(
    board: FakeBoard, fanout: Fanout
) -> None:
    board.put("city", 5)
    for silent, said in (("ok", word()), ("silent", word(age_s=60))):
        fanout.word = said
        first = next(fanout.stream("city", gzip=False))
        beat = next(events(iter([first]), "beat"))
        assert beat["links"]["worker"] == silent, "a beat of this moment"  # type: ignore[index]


def test_ages_follow_the_city_clock_of_a_replay(board: FakeBoard, fanout: Fanout) -> None:
    long_ago = datetime(2011, 8, 28, 13, tzinfo=UTC)
    board.put("city", 1)
    board.last_word = WorkerWord(NOW - timedelta(seconds=2), long_ago, 1, NOW, 0, NOW)
    fanout.start()
    beats = events(fanout.stream("city", gzip=False), "beat")
    told = next(beat for beat in beats if beat["worker_age_s"] is not None)["now"]
    assert told == (long_ago + timedelta(seconds=2)).isoformat()


def test_a_closed_screen_is_forgotten(board: FakeBoard, fanout: Fanout) -> None:
    board.put("city", 1)
    stream = fanout.stream("city", gzip=True)
    next(stream)
    assert fanout.screens == 1
    stream.close()  # type: ignore[attr-defined]
    assert fanout.screens == 0


def test_asking_for_a_picture_waits_for_the_first(board: FakeBoard, fanout: Fanout) -> None:
    fanout.start()
    threading.Timer(0.05, board.put, ("district-370681", 9)).start()
    body = fanout.newest("district-370681", wait_s=2)
    assert body is not None
    assert json.loads(body)["seq"] == 9
    assert fanout.newest("district-370602", wait_s=0.02) is None


def test_of_a_scope_nobody_watched_an_old_picture_is_only_a_last_resort(
    board: FakeBoard, fanout: Fanout
) -> None:
    board.put("department-water", 1)
    board.news.clear()
    assert fanout.newest("department-water", wait_s=0.02) == board.frames["department-water"]
    board.put("department-health", 1)
    board.news.clear()
    fanout.start()
    threading.Timer(0.05, board.put, ("department-health", 2)).start()
    body = fanout.newest("department-health", wait_s=2)
    assert body is not None
    assert json.loads(body)["seq"] == 2


def test_a_scope_nobody_asks_for_any_more_is_forgotten(
    board: FakeBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]
    fanout = Fanout(board, demo=False, now=lambda: NOW, monotonic=lambda: clock[0])  # type: ignore[arg-type]
    held = fanout.stream("city", gzip=False)
    board.put("city", 1)
    next(held)
    for n in range(50):
        fanout.newest(f"district-{n}", wait_s=0)
    assert fanout.scopes == 51
    clock[0] = 60.0
    fanout.refresh(set())
    assert fanout.scopes == 1, "the one somebody looks at"
