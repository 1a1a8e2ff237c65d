"""The worker's watch: nothing lost, nothing twice, and nothing of it stops the worker."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from data_sources.memory_watchbook import MemoryWatchbook
from list_watch import ListWatch
from operations.detection.cluster import Cluster, Phase, Turn
from operations.detection.live.signals import signals_of
from operations.detection.live.tracking import Turns
from operations.errors import Unreachable
from operations.ports import Watched
from operations.pulse.alarm import COUNTED, Alarm, AlarmState, AlarmStep, Cause, Signal
from operations.pulse.alarm_actions import acknowledge
from operations.pulse.alarms import Alarms
from operations.pulse.city import City
from operations.pulse.gathered import Gathered
from operations.pulse.long_lists import Held, Lists
from operations.pulse.windows import from_us
from operations.tickets.fact import Fact
from operations.tickets.loose_ends import LooseEnd
from tests.builders import NOW, NOW_US, fact
from tests.watched import CATEGORY, HOUR_US, MINUTE_US, cluster, cluster_line, signal
from unwatched import UNWATCHED
from vigil import RETRY_US, Vigil

A, B = fact(external_id="A"), fact(external_id="B")
CLUSTER = cluster(born_us=NOW_US - HOUR_US)


class Thread:
    """Does at once what is handed to it, or when it is told to."""

    def __init__(self) -> None:
        self.at_once = True
        self.waiting: list[Callable[[], None]] = []

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        future: Future[Any] = Future()

        def do() -> None:
            try:
                future.set_result(work())
            except Exception as error:
                future.set_exception(error)

        self.waiting.append(do)
        if self.at_once:
            self.do_it()
        return future

    def do_it(self) -> None:
        while self.waiting:
            self.waiting.pop(0)()

    def shutdown(self, **_: Any) -> None:
        self.waiting.clear()


@dataclass
class Watch:
    """Plays a watch: knows what was folded, and tells what a test puts into its mouth."""

    held: list[Fact] = field(default_factory=list)
    adopted: list[Cluster] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)
    chores: list[Any] = field(default_factory=list)
    answers: list[tuple[Any, Any]] = field(default_factory=list)
    breaks: Exception | None = None
    is_loading: bool = False
    waiting: int = 0
    looks: int = 0
    alerts_per_week: float = 1.0
    ready: tuple[int, int] = (1, 1)
    registry: Any = field(default_factory=lambda: SimpleNamespace(lookouts={}))
    far_above: list[Signal] = field(default_factory=list)
    excesses: Any = field(default_factory=lambda: SimpleNamespace(seen=dict))

    def fold(self, before: Any, after: Any) -> None:
        for one in before:
            self.held.remove(one)
        self.held += after

    def adopt(self, clusters: list[Cluster]) -> None:
        self.adopted += clusters

    def adopt_alarms(self, alarms: list[Alarm]) -> None:
        self.far_above += [
            signal(one.group, reason, severity=one.severity, category=one.category)
            for one in alarms
            for reason in one.reasons
            if reason.cause in COUNTED
        ]

    def signals(self, now_us: int) -> list[Signal]:
        return [*signals_of(self.standing(), now_us), *self.far_above]

    def look(self, now_us: int) -> Turns:
        self.looks += 1
        if self.breaks is not None:
            raise self.breaks
        turns, self.turns = self.turns, Turns()
        return turns

    def living(self) -> Iterator[Any]:
        return ((one, SimpleNamespace(hours=(0,) * 24)) for one in self.clusters)

    def standing(self) -> list[Cluster]:
        return [*self.adopted, *self.clusters]

    def chore(self, now_us: int) -> Any:
        return self.chores.pop(0) if self.chores else None

    def answer(self, chore: Any, result: Any, now_us: int) -> None:
        self.answers.append((chore.category, result))

    def failed(self, chore: Any, now_us: int) -> None:
        self.answers.append((chore.category, "failed"))


class House:
    """A vigil with a hand on everything it stands on; `ledger` is what the database holds."""

    def __init__(self, book: MemoryWatchbook | None = None) -> None:
        self.book, self.thread = book or MemoryWatchbook(), Thread()
        self.ledger: list[list[Fact]] = []
        self.watches: list[Watch] = []
        self.make: Callable[[], Watch] = Watch
        self.now_us = NOW_US
        self.vigil = Vigil(
            self.book, Alarms, make=self._make, read=self._read, thread=self.thread  # type: ignore[arg-type]
        )  # fmt: skip

    def _make(self) -> Any:
        self.watches.append(self.make())
        return self.watches[-1]

    def _read(self) -> Iterator[list[Fact]]:
        snapshot = [list(batch) for batch in self.ledger]
        yield from snapshot

    @property
    def watch(self) -> Watch:
        return self.watches[-1]

    def look(self, after_us: int = 1_000_000) -> Gathered | None:
        self.now_us += after_us
        city = City(ZoneInfo("Asia/Shanghai"), now=NOW)
        city.advance(from_us(self.now_us))
        return self.vigil.look(city)

    def store(self, before: list[Fact], after: list[Fact]) -> None:
        """Store a batch and let the vigil follow, as the worker does."""
        for batch in self.ledger:
            batch[:] = [one for one in batch if one not in before]
        self.ledger.append(list(after))
        self.vigil.fold(before, after)

    def begun(self) -> "House":
        self.vigil.begin()
        for _ in range(len(self.ledger) + 2):
            self.look()
        assert not self.watch.is_loading
        return self

    def tell(self, *clusters: Cluster, turn: Turn = Turn.BORN) -> None:
        self.watch.clusters = [one for one in clusters if one.is_living]
        lines = [cluster_line(cluster=one.id, turn=turn, at_us=self.now_us) for one in clusters]
        self.watch.turns = Turns({one.id: one for one in clusters}, lines)

    def steps(self, alarm: str) -> list[AlarmStep]:
        return [line.step for line in self.book.alarm_lines(alarm)]


def away(*_: Any, **__: Any) -> Any:
    raise Unreachable("the database is away")


def test_before_the_watch_is_made_nothing_is_watched() -> None:
    house = House()
    assert house.look() is None
    house.thread.at_once = False
    house.vigil.begin()
    assert house.look() is None
    house.thread.do_it()
    assert house.look() == Gathered(ready=1, wanted=1)


def test_the_past_is_read_a_batch_a_look_and_then_watched() -> None:
    house = House()
    house.ledger = [[A], [B]]
    house.vigil.begin()
    held = []
    for _ in range(4):
        house.look()
        held.append((len(house.watch.held), house.watch.is_loading))
    assert held == [(1, True), (2, True), (2, False), (2, False)]


def test_it_is_behind_until_all_is_worked_in() -> None:
    house = House()
    house.ledger = [[A], [B]]
    house.vigil.begin()
    behind = []
    for _ in range(4):
        house.look()
        behind.append(house.vigil.is_behind)
    assert behind == [True, True, False, False]
    house.watch.waiting = 1
    assert house.vigil.is_behind


def test_the_past_waits_until_what_was_read_is_worked_in() -> None:
    house = House()
    house.ledger = [[A], [B]]
    house.make = lambda: Watch(waiting=1)
    house.vigil.begin()
    for _ in range(3):
        house.look()
    assert house.watch.held == []


@pytest.mark.parametrize("looks", range(5))
def test_what_is_stored_at_any_moment_of_the_start_is_held_once(looks: int) -> None:
    house = House()
    house.ledger = [[A], [B]]
    house.thread.at_once = False
    house.vigil.begin()
    closed, new = A._replace(status="closed"), fact(external_id="C")
    for at in range(8):
        if at == 1:
            house.thread.do_it()
            house.thread.at_once = True
        if at == looks:
            house.store([A], [closed, new])
        house.look()
    assert sorted(house.watch.held) == sorted([closed, B, new])


def test_a_past_that_breaks_off_is_read_again_from_its_beginning(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    house.ledger = [[A], [B]]

    def cut() -> Iterator[list[Fact]]:
        yield [A]
        away()

    monkeypatch.setattr(house.vigil, "_read", cut)
    house.vigil.begin()
    house.look()
    with pytest.raises(Unreachable):
        house.look()
    monkeypatch.setattr(house.vigil, "_read", house._read)
    for _ in range(4):
        house.look()
    assert len(house.watches) == 2
    assert house.watch.held == [A, B]
    assert not house.watch.is_loading


def test_a_cluster_and_its_alarm_are_written_and_gathered() -> None:
    house = House().begun()
    house.tell(CLUSTER)
    gathered = house.look()
    assert gathered is not None
    (alarm,) = gathered.alarms
    assert [one.cluster.id for one in gathered.clusters] == ["c-1"]
    assert house.book.living() == ([CLUSTER], [alarm])
    assert [line.turn for line in house.book.cluster_lines("c-1")] == [Turn.BORN]
    assert house.steps(alarm.id) == [AlarmStep.RAISED]


def long_orphans(city: City) -> Lists:
    return Lists(city.now_us, "2026-11-24", 9, {end: Held(200) for end in LooseEnd})


def test_a_long_list_is_an_alarm_beside_the_watch_s_own_and_outlives_a_restart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("list_watch.lists", long_orphans)
    house = House().begun()
    house.look(11 * MINUTE_US)
    gathered = house.look()
    assert gathered is not None
    assert len(gathered.alarms) == len(LooseEnd)
    assert {reason.cause for one in gathered.alarms for reason in one.reasons} == {Cause.LOOSE_END}
    assert {seen.tickets for seen in gathered.seen.values()} == {200}
    again = House(house.book)
    again.now_us = house.now_us
    again.begun()
    assert again.book.living()[1] == house.book.living()[1], "the same alarms, of the same version"


def test_what_lists_held_is_kept_when_a_day_ends_and_a_full_disk_stops_nothing() -> None:
    kept: list[Any] = []

    def keep(days: Any) -> None:
        kept.append(dict(days))
        raise OSError("full")

    watch = ListWatch(keep=keep)
    city = City(ZoneInfo("Asia/Shanghai"), now=NOW)
    watch.look(city)
    assert kept == []
    city.advance(NOW + timedelta(days=1))
    watch.look(city)
    assert [list(days) for days in kept] == [["2026-11-24"]]


def test_what_could_not_be_written_is_written_once_when_the_book_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House().begun()
    house.tell(CLUSTER)
    with monkeypatch.context() as lost:
        lost.setattr(house.book, "keep", away)
        lost.setattr(house.book, "living", away)
        for _ in range(3):
            with pytest.raises(Unreachable):
                house.look(MINUTE_US)
    house.look(MINUTE_US)
    house.look(MINUTE_US)
    clusters, alarms = house.book.living()
    assert clusters == [CLUSTER]
    assert len(house.book.cluster_lines("c-1")) == 1
    assert [house.steps(alarm.id) for alarm in alarms] == [[AlarmStep.RAISED]]


@pytest.mark.parametrize("when", ["before", "after"])
def test_an_alarm_is_raised_once_whenever_the_book_goes_away(
    when: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House().begun()
    keep = house.book.keep
    lost: list[bool] = []

    def keep_and_lose(watched: Watched) -> Any:
        others = keep(watched) if when == "after" or not watched.alarms else []
        if watched.alarms and not lost:
            lost.append(True)
            away()
        return others

    monkeypatch.setattr(house.book, "keep", keep_and_lose)
    house.tell(CLUSTER)
    with pytest.raises(Unreachable):
        house.look()
    monkeypatch.undo()
    gathered = [house.look(MINUTE_US) for _ in range(3)][-1]
    assert gathered is not None
    _, alarms = house.book.living()
    assert list(gathered.alarms) == alarms
    assert [house.steps(alarm.id) for alarm in alarms] == [[AlarmStep.RAISED]]


def test_what_a_person_did_is_read_at_the_next_look() -> None:
    house = House().begun()
    house.tell(CLUSTER)
    house.look()
    (raised,) = house.book.living()[1]
    house.book.act(*acknowledge(raised, actor="王", verified=False, now_us=NOW_US))
    before = house.look()
    house.vigil.acted()
    after = house.look()
    assert before is not None
    assert after is not None
    assert before.alarms[0].state is AlarmState.RAISED
    assert after.alarms[0].state is AlarmState.ACKNOWLEDGED


def test_an_alarm_is_cleared_when_its_cluster_has_ended() -> None:
    house = House().begun()
    house.tell(CLUSTER)
    house.look()
    house.tell(replace(CLUSTER, phase=Phase.ENDED, changed_us=NOW_US + HOUR_US), turn=Turn.ENDED)
    gathered = house.look()
    assert gathered is not None
    assert gathered.alarms == ()
    assert house.book.living() == ([], [])


def test_a_restart_clears_no_alarm_of_a_cluster_that_goes_on() -> None:
    first = House().begun()
    first.tell(CLUSTER)
    first.look()
    again = House(first.book).begun()
    assert again.watch.adopted == [CLUSTER]
    again.watch.adopted, again.watch.clusters = [], [CLUSTER]
    again.look()
    (alarm,) = again.book.living()[1]
    assert again.steps(alarm.id) == [AlarmStep.RAISED]


def test_a_restart_clears_no_alarm_of_a_count_that_goes_on() -> None:
    first = House().begun()
    first.watch.far_above = [signal("water_quality|", CATEGORY)]
    first.look()
    again = House(first.book).begun()
    again.look(HOUR_US)
    (alarm,) = again.book.living()[1]
    assert again.steps(alarm.id) == [AlarmStep.RAISED]
    again.watch.far_above = []
    again.look()
    again.look(11 * MINUTE_US)
    assert again.book.living()[1] == []


def test_a_crash_between_a_cluster_and_its_alarm_costs_neither() -> None:
    first = House()
    first.book.keep(Watched(clusters=(CLUSTER,), cluster_lines=(cluster_line(),)))
    again = House(first.book).begun()
    (alarm,) = again.book.living()[1]
    assert [reason.subject for reason in alarm.reasons] == ["c-1"]


def test_what_waited_to_be_written_is_there_before_a_new_watch_adopts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House().begun()
    house.tell(CLUSTER)
    with monkeypatch.context() as lost:
        lost.setattr(house.book, "keep", away)
        with pytest.raises(Unreachable):
            house.look()
    house.begun()
    assert house.watch.adopted == [CLUSTER]


def test_a_chore_s_answer_is_handed_back_and_the_next_is_begun() -> None:
    house = House().begun()
    house.watch.chores = [
        SimpleNamespace(category=name, run=lambda name=name: f"{name} done") for name in "ab"
    ]
    for _ in range(3):
        house.look()
    assert house.watch.answers == [("a", "a done"), ("b", "b done")]


def test_a_chore_that_fails_stops_nobody() -> None:
    house = House().begun()

    def fail() -> None:
        raise ZeroDivisionError

    house.watch.chores = [
        SimpleNamespace(category="a", run=fail),
        SimpleNamespace(category="b", run=lambda: 1),
    ]
    for _ in range(3):
        assert house.look() is not None
    assert house.watch.answers == [("a", "failed"), ("b", 1)]


def test_a_watch_that_breaks_is_made_anew_after_a_minute_and_stops_nobody() -> None:
    house = House()
    house.ledger = [[A]]
    house.begun()
    house.tell(CLUSTER)
    house.look()
    house.watch.breaks = IndexError("out of range")
    assert house.look() is None
    house.store([A], [B])
    assert house.look(RETRY_US - 1) is None
    for _ in range(4):
        house.look()
    assert len(house.watches) == 2
    assert house.watch.held == [B]
    assert house.watch.adopted == [CLUSTER]
    assert house.look() is not None


def test_a_watch_that_cannot_be_made_is_tried_again_and_stops_nobody() -> None:
    house = House()

    def fail() -> Watch:
        raise OSError("no space left")

    house.make = fail
    house.vigil.begin()
    assert house.look() is None
    house.make = Watch
    assert house.look(RETRY_US) is not None


def test_a_full_disk_costs_what_is_remembered_and_not_the_watch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House().begun()

    def fail(_: Watch) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(house.vigil, "_remember", fail)
    house.watch.chores = [SimpleNamespace(category="a", run=lambda: 1)]
    for _ in range(3):
        assert house.look() is not None
    assert len(house.watches) == 1


def test_a_city_without_a_watch_is_as_it_was() -> None:
    UNWATCHED.begin()
    UNWATCHED.fold((), [A])
    UNWATCHED.acted()
    assert UNWATCHED.look(City(ZoneInfo("UTC"), now=NOW)) is None
    UNWATCHED.close()


def test_it_lets_its_thread_go() -> None:
    house = House()
    house.thread.at_once = False
    house.vigil.begin()
    house.vigil.close()
    assert house.thread.waiting == []


def test_in_a_burst_it_looks_once_a_second_and_catches_up() -> None:
    house = House().begun()
    moment = [100.0]
    house.vigil._monotonic = lambda: moment[0]
    house.look()
    looked = house.watch.looks
    city = City(ZoneInfo("Asia/Shanghai"), now=NOW)
    for _ in range(10):
        moment[0] += 0.05
        assert house.vigil.look(city, busy=True) is not None
    assert house.watch.looks == looked
    moment[0] += 1.0
    house.vigil.look(city, busy=True)
    assert house.watch.looks == looked + 1
    house.vigil.look(city)
    assert house.watch.looks == looked + 2
