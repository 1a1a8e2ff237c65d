"""Tickets that come to a cluster join its incident by themselves, each once, whatever is away."""

from dataclasses import replace
from typing import Any

import pytest

from data_sources.memory_incidents import MemoryIncidentBook
from incident_watch import AGAIN_S, IncidentWatch
from operations.errors import Unreachable
from operations.response.incident_entering import take_out
from tests.incidents import Scene, asked, signed
from tests.watched import cluster

A, B, C = (("demo", f"T-{name}") for name in "ABC")
NOW_US = 1_795_000_100_000_000


class Counted(MemoryIncidentBook):
    """A book that counts what is asked of it, and can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.reads, self.joins = 0, []
        self.away = False

    def following(self) -> dict[str, str]:
        if self.away:
            raise Unreachable("the database is away")
        self.reads += 1
        return super().following()

    def join(self, incident: str, tickets: Any, *, by: str, at_us: int) -> int:
        if self.away:
            raise Unreachable("the database is away")
        self.joins.append(list(tickets))
        return super().join(incident, tickets, by=by, at_us=at_us)


class House:
    """A watch over one cluster that has an incident."""

    def __init__(self) -> None:
        self.now_s, self.rung = 0.0, []
        self.clusters = {"c-1": cluster(id="c-1", members=(A,))}
        self.scene = Scene(Counted(), cluster="c-1", tickets=[A])
        self.book = self.scene.book
        self.watch = IncidentWatch(
            self.book, self.clusters.get, lambda *said: self.rung.append(said),
            monotonic=lambda: self.now_s,
        )  # fmt: skip

    def grows(self, *members: tuple[str, str], **more: Any) -> None:
        self.clusters["c-1"] = replace(self.clusters["c-1"], members=members, **more)
        self.watch.look([self.clusters["c-1"]], NOW_US)

    def tickets(self) -> set[tuple[str, str]]:
        return {one.ticket for one in self.book.tickets(self.scene.id, most=99) if not one.out}


@pytest.fixture
def house() -> House:
    return House()


def test_what_is_new_joins_and_the_screens_are_told(house: House) -> None:
    house.grows(A, B)
    assert house.tickets() == {A, B}
    assert house.rung == [(house.scene.id, house.scene.head.seq)]


def test_only_what_is_new_is_written(house: House) -> None:
    house.grows(A, B)
    house.book.joins.clear()
    house.grows(A, B)
    assert house.book.joins == []
    house.grows(B, C)
    assert house.book.joins == [[C]]


def test_a_cluster_without_an_incident_costs_nothing(house: House) -> None:
    house.watch.look([], NOW_US)
    house.book.joins.clear()
    reads = house.book.reads
    for number in range(50):
        house.watch.look([cluster(id=f"c-{number + 2}", members=(B,))], NOW_US)
    assert (house.book.reads, house.book.joins) == (reads, [])


def test_what_was_taken_out_does_not_join_again(house: House) -> None:
    house.grows(A, B)
    take_out(house.scene.command, house.scene.id, B, asked("take_out", reason="不是"), signed())
    house.watch.acted()
    house.grows(A, B, C)
    assert house.tickets() == {A, C}


def test_an_incident_that_is_opened_takes_what_came_meanwhile(house: House) -> None:
    house.watch.look([], NOW_US)
    house.clusters["c-9"] = cluster(id="c-9", members=(B, C))
    later = Scene(house.book, cluster="c-9", tickets=[B])
    house.watch.acted()
    house.watch.look([], NOW_US)
    assert house.book.count_tickets(later.id) == 2


def test_a_lost_word_costs_a_minute(house: House) -> None:
    house.watch.look([], NOW_US)
    house.clusters["c-9"] = cluster(id="c-9", members=(B, C))
    later = Scene(house.book, cluster="c-9")
    house.watch.look([], NOW_US)
    assert house.book.count_tickets(later.id) == 0
    house.now_s += AGAIN_S
    house.watch.look([], NOW_US)
    assert house.book.count_tickets(later.id) == 2


def test_what_cannot_be_written_now_is_written_when_the_book_is_back(house: House) -> None:
    house.watch.look([], NOW_US)
    house.book.away = True
    house.grows(A, B)
    assert house.tickets() == {A}
    house.book.away = False
    house.watch.look([], NOW_US)
    assert house.tickets() == {A, B}


def test_it_goes_on_with_the_cluster_its_own_merged_into(house: House) -> None:
    house.grows(A, into="c-2")
    assert house.scene.head.cluster == "c-2"
    house.clusters["c-2"] = cluster(id="c-2", members=(A, C))
    house.watch.look([house.clusters["c-2"]], NOW_US)
    assert house.tickets() == {A, C}


def test_screens_that_cannot_be_told_stop_nothing(house: House) -> None:
    def away(_incident: str, _seq: int) -> None:
        raise Unreachable("Redis is away")

    house.watch._ring = away
    house.grows(A, B)
    assert house.tickets() == {A, B}
