"""The worker's follower of incidents: what changed alone is read, and nothing waits for it."""

from concurrent.futures import Future
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from data_sources.connect import Sources
from data_sources.memory_incidents import MemoryIncidentBook
from incident_telling import BEAT_S, GAP_S, IncidentTelling, telling_of
from operations.errors import Unreachable
from operations.pulse.windows import to_us
from operations.response.closing import Day
from operations.response.incident import Kind
from operations.response.standing import OpenIncidents
from settings import Settings
from tests.builders import ticket
from tests.incidents import Scene

NOW_US = 1_795_000_100_000_000
DAYS = (Day(date(2026, 11, 24), 3, 1.0, 3.0),)


class Counted(MemoryIncidentBook):
    """A book that notes what is read of it, and can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.reads: list[tuple[str, Any]] = []
        self.away = False

    def standing(self, *, most: int) -> list[tuple[str, int]]:
        if self.away:
            raise Unreachable("the database is away")
        return super().standing(most=most)

    def briefs(self, incidents: Any) -> Any:
        self.reads.append(("briefs", list(incidents)))
        return super().briefs(incidents)

    def whole(self, incident: str) -> Any:
        self.reads.append(("whole", incident))
        return super().whole(incident)

    def changes(self, incident: str, since: int, *, most: int) -> Any:
        self.reads.append(("changes", (incident, since)))
        return super().changes(incident, since, most=most)


class AtOnce:
    """A thread that has done its work before it is asked for it."""

    def submit(self, do: Any, *given: Any) -> "Future[Any]":
        done: Future[Any] = Future()
        try:
            done.set_result(do(*given))
        except Exception as error:
            done.set_exception(error)
        return done


class House:
    """A follower over one book, whose clock is moved by hand."""

    def __init__(self) -> None:
        self.book, self.s = Counted(), 100.0
        self.days: Any = DAYS
        self.asked: list[str] = []
        self.names: dict[str, tuple[str, str]] = {}
        self.telling = self.new()

    def new(self) -> IncidentTelling:
        thread: Any = AtOnce()
        return IncidentTelling(
            self.book, self.counted, OpenIncidents(baseline_d=3), thread=thread,
            monotonic=lambda: self.s, partners=lambda: dict(self.names),
        )  # fmt: skip

    def counted(self, head: Any, _now_us: int) -> tuple[Day, ...]:
        self.asked.append(head.id)
        found: tuple[Day, ...] = self.days
        return found

    def opened(self, name: str, **more: Any) -> Scene:
        return Scene(self.book, name=name, **more)

    def look(self, after_s: float = BEAT_S) -> OpenIncidents | None:
        """Let it read, then take what it read."""
        self.s += after_s
        self.telling.look(NOW_US)
        return self.telling.look(NOW_US)


@pytest.fixture
def house() -> House:
    return House()


def test_the_first_look_waits_for_nothing_and_knows_nothing(house: House) -> None:
    house.opened("sj-a")
    assert house.telling.look(NOW_US) is None
    told = house.telling.look(NOW_US)
    assert told is not None
    assert [one.head.id for one in told.briefs] == ["sj-a"]
    assert told.full["sj-a"].days == DAYS
    assert told.baseline_d == 3


def test_while_nothing_changed_the_same_value_is_told_and_nothing_read(house: House) -> None:
    house.opened("sj-a")
    told = house.look()
    house.book.reads.clear()
    assert house.look() is told
    assert house.book.reads == []


def test_of_one_that_went_on_only_what_changed_is_read(house: House) -> None:
    a, _ = house.opened("sj-a"), house.opened("sj-b")
    house.look()
    house.book.reads.clear()
    seen = a.head.seq
    a.on(Kind.LINK, 2, "fail")
    house.book.reads.clear()  # the act itself reads
    house.telling.acted()
    told = house.look(GAP_S)
    assert house.book.reads == [("briefs", ["sj-a"]), ("changes", ("sj-a", seen))]
    assert told is not None
    assert told.full["sj-a"].whole == a.whole


def test_an_act_is_heard_without_a_beat_and_a_lost_word_costs_one(house: House) -> None:
    a = house.opened("sj-a")
    before = house.look()
    a.act("note", text="一")
    assert house.look(GAP_S) is before, "nobody told it"
    house.telling.acted()
    assert house.look(GAP_S) is not before
    after = house.look(GAP_S)
    a.act("note", text="二")
    assert house.look(BEAT_S) is not after


def test_a_name_that_was_released_or_taken_back_is_told_at_the_next_beat(house: House) -> None:
    house.opened("sj-a")
    before = house.look()
    house.names = {"plant": ("净水厂", "Waterworks")}
    told = house.look()
    assert told is not before
    assert told is not None
    assert told.partners == house.names
    assert house.look() is told
    house.names = {}
    told = house.look()
    assert told is not None
    assert told.partners == {}


def test_what_is_closed_is_told_no_longer(house: House) -> None:
    a, _ = house.opened("sj-a"), house.opened("sj-b")
    house.look()
    for act in ("assess", "respond", "control"):
        a.act(act)
    a.act("close", baseline_d=3)
    told = house.look()
    assert told is not None
    assert [one.head.id for one in told.briefs] == list(told.full) == ["sj-b"]


def test_a_start_reads_all_of_it_again(house: House) -> None:
    a = house.opened("sj-a")
    a.on(Kind.LINK, 2, "fail")
    before = house.look()
    house.telling = house.new()
    assert house.look() == before


def test_while_the_book_is_away_the_last_stands_and_nothing_is_forgotten(house: House) -> None:
    a = house.opened("sj-a")
    before = house.look()
    house.book.away = True
    a.act("note", text="一")
    assert house.look() is before
    house.book.away = False
    told = house.look()
    assert told is not None
    assert told.full["sj-a"].whole == a.whole


def test_what_broke_half_way_is_told_at_the_next_read(house: House) -> None:
    a = house.opened("sj-a")
    before = house.look()
    a.on(Kind.LINK, 2, "fail")

    def broken(_head: Any, _now_us: int) -> tuple[Day, ...]:
        raise Unreachable("the cubes are away")

    house.telling._reader._days = broken
    assert house.look() is before
    house.telling._reader._days = house.counted
    told = house.look()
    assert told is not None
    assert told.full["sj-a"].whole == a.whole


def test_days_are_read_of_all_that_are_new_then_one_at_a_time(house: House) -> None:
    for name in "abc":
        house.opened(f"sj-{name}")
    house.look()
    assert house.asked == ["sj-a", "sj-b", "sj-c"]
    house.asked.clear()
    for _ in range(4):
        house.look()
    assert house.asked == ["sj-a", "sj-b", "sj-c", "sj-a"]


def test_two_hundred_open_incidents_cost_an_act_on_one_of_them_one_read(house: House) -> None:
    scenes = [house.opened(f"sj-{n:03d}", severity=1 + n % 4) for n in range(200)]
    house.look()
    scenes[150].act("note", text="一")
    house.book.reads.clear()
    house.look()
    assert house.book.reads == [("briefs", ["sj-150"])], "it is none of the gravest"


def test_the_citys_follower_counts_the_matter_by_day(tmp_path: Any) -> None:
    sources = Sources(Settings(data_dir=tmp_path, demo=False))
    sources.migrate()
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    scene = Scene(sources.incident_book)
    head = scene.head
    opened = datetime.fromtimestamp(head.opened_us / 1e6, UTC)
    sources.ledger.store(
        [
            ticket(external_id=f"T-{n}", category="water_yellow", district="370602",
                   created_at=opened + timedelta(minutes=n))
            for n in range(3)
        ],
        clock=max(now, opened + timedelta(hours=1)),
    )  # fmt: skip
    telling = telling_of(sources)
    now_us = to_us(opened + timedelta(hours=1))
    while (told := telling.look(now_us)) is None:
        pass
    telling.close()
    days = told.full[scene.id].days
    assert days[-1].count == 3
    assert days[-1].day == opened.astimezone(sources.reference.zone).date()
    assert ("源头", "Source and plant") in told.links
    assert told.report_every_min == (60, 120, 240, 1440)
    sources.close()
