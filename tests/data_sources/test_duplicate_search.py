"""Tickets of the same matter are found by bounded work, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from data_sources.duplicate_search import WAYS, WINDOW_US, DuplicateSearch, statement
from data_sources.ledger import SqlLedger
from data_sources.merge_book import SqlMergeBook
from data_sources.rows import us_of
from operations.tickets.duplicates import SUGGESTED
from operations.tickets.merging import Merge, MergeAct, MergeLine
from operations.tickets.ticket import Channel, Status
from tests.builders import NOW, at, ticket

ONE = ticket(town="370681104")
AGAIN = replace(
    ONE, external_id="T-2", channel=Channel.WECHAT, created_at=at(4), updated_at=at(4)
)  # fmt: skip


class Kept:
    def __init__(self, engine):
        self.engine, self.ledger = engine, SqlLedger(engine)
        self.search, self.book = DuplicateSearch(engine), SqlMergeBook(engine)

    def store(self, *tickets):
        self.ledger.store(tickets, clock=at(24))

    def found(self, number="T-1", most=9):
        return [one.ticket.external_id for one in self.search.of("demo", number, most=most)]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_the_same_matter_is_found_from_either_side_with_its_reasons(kept):
    kept.store(ONE, AGAIN)
    assert kept.found("T-1") == ["T-2"]
    (found,) = kept.search.of("demo", "T-2", most=9)
    assert found.ticket == kept.ledger.ticket("demo", "T-1")
    assert found.likeness.score >= SUGGESTED
    assert (found.likeness.apart_h, found.likeness.alike) == (4, 1)
    assert found.main is None


def test_another_category_is_found_by_the_town_and_no_town_by_the_category(kept):
    kept.store(
        ONE,
        replace(AGAIN, category="water_cut"),
        replace(AGAIN, external_id="T-3", town=None),
    )
    assert sorted(kept.found()) == ["T-2", "T-3"]


@pytest.mark.parametrize(
    "changed",
    [
        {"status": Status.WITHDRAWN},
        {"parent": "T-1"},
        {"latitude": 37.8},
        {"created_at": at(24 * 8)},
    ],
)
def test_what_is_withdrawn_joined_by_its_source_far_or_old_is_left_out(kept, changed):
    kept.store(ONE, replace(AGAIN, **changed))
    assert kept.found() == []


def test_what_is_merged_already_is_left_out_and_comes_back_when_it_is_apart(kept):
    kept.store(ONE, AGAIN, replace(AGAIN, external_id="T-3"))
    main = ONE.identity
    for number in ("T-2", "T-3"):
        line = MergeLine(1, NOW, "王", True, MergeAct.MERGE, main, "一样")
        kept.book.act("demo", number, Merge(1, main), line)
    assert kept.found("T-1") == []
    assert kept.found("T-2") == [], "neither its main nor what stands beside it"
    line = MergeLine(2, NOW, "王", True, MergeAct.UNMERGE, main, "不是")
    kept.book.act("demo", "T-2", Merge(2, None), line)
    assert kept.found("T-1") == ["T-2"]
    assert sorted(kept.found("T-2")) == ["T-1", "T-3"]


def test_no_more_are_given_than_asked_for_and_nothing_of_nothing(kept):
    kept.store(ONE, *(replace(AGAIN, external_id=f"T-{n}") for n in range(2, 9)))
    assert len(kept.found(most=3)) == 3
    assert kept.found("none") == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("placed", [False, True])
def test_the_ways_are_gone_by_their_indexes_whatever_there_is(kept, way, later, placed):
    """A year of sixty towns, as the planner of a city's database knows it."""
    kept.store(
        *(
            replace(
                ONE, external_id=f"T-{n}", created_at=at(-4 * n), updated_at=at(-4 * n),
                town=f"t{n % 60}", category=f"c{n * 7 % 60}",
            )
            for n in range(2_000)
        )
    )  # fmt: skip
    sqlite = kept.engine.dialect.name == "sqlite"
    plan = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
    middle = us_of(at(-4_000))
    asked = {way: f"{way[0]}7", "at": middle, "low": middle - WINDOW_US, "high": middle + WINDOW_US}
    asked |= {"south": 37.0, "north": 38.0, "west": 120.0, "east": 121.0} if placed else {}
    wanted = statement(way, later=later, placed=placed)
    with kept.engine.connect() as connection:
        if not sqlite:
            connection.exec_driver_sql("ANALYZE tickets")
        told = connection.execute(text(plan + wanted), asked).all()
    assert f"ix_tickets_{way}_created" in str(told), told
    assert "Seq Scan" not in str(told)
    assert "TEMP B-TREE" not in str(told)
