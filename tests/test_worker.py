"""A ticket's way through the worker: once, in order, whatever breaks around it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from city_clock import CityClock
from data_sources.memory import MemoryBoard, MemoryStream
from data_sources.memory_handling import MemoryHandlingBook
from data_sources.memory_ledger import MemoryLedger
from operations.errors import Unreachable
from operations.ports import Entry, Refused
from operations.pulse.city import City
from operations.pulse.picture import Draughtsman, Names
from operations.response.standing import OpenIncidents
from operations.tickets.handling import SUBJECT, HandlingAct, HandlingLine
from operations.tickets.ticket import Status, Ticket, Triage
from publishing import Publisher
from tests.builders import ticket
from worker import Worker

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
NAMES = Names({}, {}, {}, {})


class House:
    """A worker with every store in memory, and a hand on each of them."""

    def __init__(self, ledger: MemoryLedger | None = None, clock: CityClock | None = None) -> None:
        self.stream, self.board = MemoryStream(), MemoryBoard()
        self.ledger = ledger or MemoryLedger()
        self.seconds = 0.0
        self.worker = self.new_worker(clock)

    def new_worker(self, clock: CityClock | None = None, **more: Any) -> Worker:
        publisher = Publisher(
            self.board,
            Draughtsman(NAMES, least_callers=1),
            monotonic=lambda: self.seconds,
            wall_ms=lambda: int(self.seconds * 1000),
        )
        return Worker(
            stream=self.stream,
            ledger=self.ledger,
            board=self.board,
            publisher=publisher,
            new_city=lambda now: City(SHANGHAI, now=now),
            clock=clock or CityClock(False, None),
            monotonic=lambda: self.seconds,
            **more,
        )

    def step(self, seconds: float = 1.0) -> None:
        self.seconds += seconds
        self.worker.step()

    def shown(self, scope: str = "city") -> dict[str, Any]:
        frame = self.board.newest(scope)
        assert frame is not None
        return json.loads(frame)["sections"]["totals"]["data"]


def now_ticket(**changes: Any) -> Ticket:
    now = datetime.now(UTC) - timedelta(seconds=5)
    times = {"created_at": now, "updated_at": now, "received_at": now, "status": Status.ACCEPTED}
    return ticket(**times | {"department": None, "due_at": None} | changes)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worker.READ_WAIT_S", 0.0)


def test_a_ticket_ends_in_ledger_and_picture_and_leaves_the_stream() -> None:
    house = House()
    house.stream.append([now_ticket(external_id="1")])
    house.step()
    assert house.ledger.revision() == 1
    assert house.shown()["open_now"] == 1
    assert house.stream.waiting() == 0
    word = house.board.word()
    assert word is not None
    assert word.newest_ticket_at is not None


def test_the_same_ticket_again_changes_nothing() -> None:
    house = House()
    one = now_ticket(external_id="1")
    for _ in range(3):
        house.stream.append([one])
        house.step()
    assert house.ledger.revision() == 1
    assert house.shown()["open_now"] == house.shown()["opened_today"] == 1


def test_an_entry_is_not_acknowledged_before_the_ledger_holds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.stream.append([now_ticket(external_id="1")])
    real, fails = house.ledger.store, [True, True, False]

    def store(*args: Any, **kwargs: Any) -> Any:
        if fails.pop(0):
            raise Unreachable("database away")
        return real(*args, **kwargs)

    monkeypatch.setattr(house.ledger, "store", store)
    for _ in range(2):
        with pytest.raises(Unreachable):
            house.step()
        assert house.stream.waiting() == 1
    house.step()
    assert house.stream.waiting() == 0
    assert house.shown()["open_now"] == 1


def test_a_board_that_is_away_costs_no_ticket_and_none_is_counted_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    real, fails = house.board.publish, [True, False, False]

    def publish(frames: dict[str, bytes]) -> None:
        if fails.pop(0):
            raise Unreachable("Redis away")
        real(frames)

    monkeypatch.setattr(house.board, "publish", publish)
    house.stream.append([now_ticket(external_id="1")])
    with pytest.raises(Unreachable):
        house.step()
    house.step()
    assert house.shown()["open_now"] == 1
    assert house.stream.waiting() == 0


def test_a_new_worker_comes_back_from_the_ledger_exactly() -> None:
    house = House()
    house.stream.append([now_ticket(external_id=str(n), district="370681") for n in range(7)])
    house.step()
    before = house.shown()
    house.stream.restart()
    house.worker = house.new_worker()
    house.step(2)
    assert house.shown() == before


def test_one_ticket_the_database_will_not_have_does_not_stop_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    real = house.ledger.store

    def store(tickets: list[Ticket], **kwargs: Any) -> Any:
        if any(one.external_id == "bad" for one in tickets):
            raise ValueError("no such thing")
        return real(tickets, **kwargs)

    monkeypatch.setattr(house.ledger, "store", store)
    caller = "0123456789abcdef"
    house.stream.append(
        [now_ticket(external_id=name, caller_key=caller) for name in ("1", "bad", "2")]
    )
    house.step()
    assert house.shown()["open_now"] == 2
    (line,) = house.ledger.list_set_aside(most=9)
    assert "no such thing" in line.refused.reason
    assert caller not in line.refused.record


def test_refused_records_end_in_the_set_aside_list() -> None:
    house = House()
    house.stream.append_refused([Refused("k", "intake", "status", "unknown", "{}", NOW)])
    house.step()
    assert [line.refused.field for line in house.ledger.list_set_aside(most=9)] == ["status"]
    assert house.stream.waiting() == 0


def test_a_city_that_failed_to_follow_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    house.step()
    with monkeypatch.context() as broken:
        broken.setattr(City, "fold", lambda *_: 1 / 0)
        house.stream.append([now_ticket(external_id="1")])
        with pytest.raises(ZeroDivisionError):
            house.step()
    house.step()
    assert house.shown()["open_now"] == 1


def test_a_burst_goes_up_at_most_four_times_a_second() -> None:
    house = House()
    published: list[float] = []
    real = house.board.publish
    house.board.publish = lambda frames: (published.append(house.seconds), real(frames))  # type: ignore[assignment, func-returns-value, return-value]
    for n in range(100):
        house.stream.append([now_ticket(external_id=str(n))])
        house.step(0.02)
    assert 7 <= len(published) <= 9
    assert published[0] == pytest.approx(0.02), "the first after quiet goes at once"


def test_other_scopes_only_while_somebody_watches() -> None:
    house = House()
    house.stream.append([now_ticket(external_id="1", district="370681")])
    house.step()
    assert house.board.newest("district-370681") is None
    house.board.watch("district-370681", for_s=60)
    house.step()
    house.step()
    assert house.shown("district-370681")["open_now"] == 1


def test_holding_shows_every_scope_at_one_moment_and_lets_go() -> None:
    house = House()
    house.stream.append([now_ticket(external_id="1", district="370681", department="water")])
    house.step()
    said: list[int | None] = []
    house.board.say_held = said.append  # type: ignore[assignment, method-assign]
    house.board.ask_to_hold(for_s=0.5)
    house.step()
    assert said == [1, None]
    assert house.shown("district-370681") == house.shown("department-water")


def test_a_city_on_the_stream_s_clock_waits_to_be_told_the_time() -> None:
    house = House(clock=CityClock(True, None))
    long_ago = datetime(2011, 8, 28, 16, tzinfo=UTC)
    house.step()
    assert house.board.newest("city") is None
    house.stream.append_clock(long_ago)
    house.stream.append([now_ticket(external_id="1", created_at=long_ago, updated_at=long_ago)])
    house.step()
    assert house.shown()["opened_today"] == 1
    house.stream.append_clock(long_ago - timedelta(days=1))
    house.step()
    word = house.board.word()
    assert word is not None
    assert word.clock == long_ago, "a clock never runs backwards"


def test_a_real_clock_does_not_listen_to_the_stream() -> None:
    clock = CityClock(False, None)
    clock.hear([Entry("1", clock=datetime(2011, 1, 1, tzinfo=UTC))])
    assert (datetime.now(UTC) - clock.now()).total_seconds() < 1


def test_a_commit_whose_answer_was_lost_is_counted_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.step()
    real, fails = house.ledger.store, [True, False]

    def store(*args: Any, **kwargs: Any) -> Any:
        stored = real(*args, **kwargs)
        if fails.pop(0):
            raise Unreachable("the line broke after the commit")
        return stored

    monkeypatch.setattr(house.ledger, "store", store)
    house.stream.append([now_ticket(external_id="1")])
    with pytest.raises(Unreachable):
        house.step()
    house.step()
    house.step()
    assert house.shown()["open_now"] == 1


def test_a_database_lost_among_single_tickets_costs_no_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.step()
    real, singles = house.ledger.store, []

    def store(tickets: list[Ticket], **kwargs: Any) -> Any:
        if len(tickets) > 1 and not singles:
            raise ValueError("not all together")
        singles.append(tickets)
        if len(singles) == 2:
            raise Unreachable("away after the first single one")
        return real(tickets, **kwargs)

    monkeypatch.setattr(house.ledger, "store", store)
    house.stream.append([now_ticket(external_id=str(n)) for n in range(3)])
    with pytest.raises(Unreachable):
        house.step()
    house.step()
    house.step()
    assert house.shown()["open_now"] == 3


def test_what_comes_before_the_first_time_mark_is_not_lost() -> None:
    house = House(clock=CityClock(True, None))
    house.stream.append_refused([Refused("k", "boston311", "row", "cut off", "{}", NOW)])
    house.step()
    assert [line.refused.key for line in house.ledger.list_set_aside(most=9)] == ["k"]
    house.stream.append([ticket(external_id="1", created_at=NOW, updated_at=NOW)])
    house.step()
    assert house.shown()["open_now"] == 1
    assert house.stream.waiting() == 0


def test_the_worker_speaks_while_it_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House()
    house.step()
    said: list[object] = []
    monkeypatch.setattr(house.board, "say", said.append)

    def sleep(seconds: float) -> None:
        house.seconds += 1.0
        if house.seconds > 6:
            house.board.release()

    monkeypatch.setattr("worker.time.sleep", sleep)
    house.board.ask_to_hold(for_s=60)
    house.step()
    assert len(said) >= 4, "a worker that stands still for a while is not a silent one"


def decided(house: House, book: MemoryHandlingBook, triage: Triage) -> None:
    before = book.handling("demo", "1")
    now = datetime.now(UTC)
    after = replace(before, version=before.version + 1, changed_at=now, triage=triage)
    line = HandlingLine(after.version, now, "王", True, HandlingAct.TRIAGE, triage.value, "因为")
    book.act("demo", "1", after, line)


def test_a_decision_reaches_the_picture_by_its_word_and_without_one_within_a_second() -> None:
    book = MemoryHandlingBook()
    house = House(MemoryLedger(None, book))
    house.stream.append([now_ticket(external_id="1")])
    house.step()
    assert house.shown()["open_by_triage"]["ordinary"] == 1
    decided(house, book, Triage.HARD)
    house.stream.append_action(SUBJECT)
    house.step(0.3)
    assert house.shown()["open_by_triage"]["hard"] == 1
    decided(house, book, Triage.DISPUTED)  # the stream did not take the word
    house.step()
    house.step()
    assert house.shown()["open_by_triage"]["disputed"] == 1
    assert house.ledger.revision() == 3


class Teller:
    """Tells of incidents what a test says, and notes that somebody acted."""

    def __init__(self) -> None:
        self.told: OpenIncidents | None = None
        self.acts = 0

    def acted(self) -> None:
        self.acts += 1

    def look(self, now_us: int) -> OpenIncidents | None:
        assert now_us > 0
        return self.told


def test_what_is_told_of_incidents_goes_up_without_waiting_for_a_quiet_second() -> None:
    house, teller = House(), Teller()
    house.worker = house.new_worker(incidents=teller)
    house.step()
    section = json.loads(house.board.newest("city") or b"")["sections"]["incidents"]
    assert (section["state"], teller.acts) == ("off", 0)
    house.stream.append_action("incident")
    teller.told = OpenIncidents(baseline_d=7)
    house.step(0.3)
    section = json.loads(house.board.newest("city") or b"")["sections"]["incidents"]
    assert (section["state"], section["data"]["baseline_d"], teller.acts) == ("fresh", 7, 1)
