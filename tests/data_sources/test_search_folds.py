"""Merged tickets stand under their mains at the desk, on both databases, by bounded work."""

import pytest
from sqlalchemy import event, text

from data_sources import search_question
from data_sources.merge_book import SqlMergeBook
from data_sources.search_folds import ALONE, Fold
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.merging import Merge, MergeAct, MergeLine
from operations.tickets.search import SORTS, Order, TicketSearch
from tests.builders import NOW, at
from tests.data_sources.test_ticket_search import NEWEST, Shelf, in_every_way, plan_of, somebody

EACH = TicketSearch(merged="each")
MAIN = ("demo", "T-1")


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def shelf(engine):
    """A main, two tickets that are merged into it, one that was, and one of its own."""
    made = Shelf(engine)
    made.book = SqlMergeBook(engine)
    made.put("T-1", department="water")
    made.put("T-2", department="water", created_at=at(1))
    made.put("T-3", department="housing", created_at=at(2), title="路灯不亮")
    made.put("T-4", department="water", created_at=at(3))
    made.put("T-5", department="water", created_at=at(4))
    for name in ("T-2", "T-3", "T-4"):
        merge(made, name)
    line = MergeLine(2, NOW, "王", True, MergeAct.UNMERGE, MAIN, "不是")
    made.book.act("demo", "T-4", Merge(2, None), line)
    return made


def merge(shelf, name, main=MAIN):
    line = MergeLine(1, NOW, "王", True, MergeAct.MERGE, main, "同一诉求")
    shelf.book.act("demo", name, Merge(1, main), line)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["T-5", "T-4", "T-1"]),
        ({"merged": "each"}, ["T-5", "T-4", "T-3", "T-2", "T-1"]),
        ({"department": "water"}, ["T-5", "T-4", "T-1"]),
        ({"department": "housing"}, ["T-3"]),  # its main is not found: nothing stands for it
        ({"words": "路灯"}, ["T-3"]),
        ({"number": "T-2"}, ["T-2"]),  # who asks for a number means that ticket
        ({"number": "T-1"}, ["T-1"]),
        ({"number": "T-1", "merged": "each"}, ["T-3", "T-2", "T-1"]),
        ({"number": "T-9", "merged": "each"}, []),
    ],
)
def test_a_merged_ticket_stands_under_a_main_that_is_found_as_well(
    shelf, monkeypatch, asked, expected
):
    assert shelf.found(TicketSearch(**asked)) == expected
    if "number" not in asked:
        gathered, walked = in_every_way(
            shelf, monkeypatch, TicketSearch(**asked), WITHOUT_ACCOUNTS, NEWEST, 2
        )
        assert gathered == walked == expected
    count = shelf.finder.count(TicketSearch(**asked), WITHOUT_ACCOUNTS, NOW)
    assert (count.found, count.whole) == (len(expected), True)


@pytest.mark.parametrize("by", SORTS)
def test_in_every_order_alike(shelf, by):
    assert sorted(shelf.found(order=Order(by, True), most=2)) == ["T-1", "T-4", "T-5"]


def test_a_main_out_of_sight_hides_nothing_and_is_not_named(shelf):
    housing = somebody(Role.DEPARTMENT_HANDLER, department="housing")
    assert shelf.found(sight=housing) == ["T-3"]
    (number,) = numbers(shelf, "T-3")
    assert shelf.finder.folds([number], housing)[number] == Fold(1, True, None, 0)
    water = somebody(Role.DEPARTMENT_HANDLER, department="water")
    (main,) = numbers(shelf, "T-1")
    assert shelf.finder.folds([main], water)[main].under == 1, "T-3 is not theirs to see"


def numbers(shelf, *names):
    page = shelf.finder.page(EACH, NEWEST, WITHOUT_ACCOUNTS, NOW, most=99)
    return [number for name in names for number, one in page.tickets if one.external_id == name]


def test_how_the_tickets_of_a_page_stand_is_two_questions(shelf, engine):
    names = ("T-1", "T-2", "T-4", "T-5")
    page, said = numbers(shelf, *names), []
    event.listen(engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    found = shelf.finder.folds(page, WITHOUT_ACCOUNTS)
    asked = [one for one in said if one.startswith("SELECT merges")]
    assert len(asked) == 2
    expected = (Fold(under=2), Fold(1, True, MAIN), Fold(2), ALONE)
    assert dict(zip(names, (found[one] for one in page), strict=True)) == dict(
        zip(names, expected, strict=True)
    )
    assert shelf.finder.folds([], WITHOUT_ACCOUNTS) == {}


def test_folding_is_two_keys_a_ticket_and_never_a_walk_over_merges(shelf, engine, monkeypatch):
    """As many merges as years bring: PostgreSQL would join them, were it let."""
    monkeypatch.setattr(search_question, "FEW", -1)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO merges (ticket_id, version, main_id)"
            " WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)"
            " SELECT i, 1, i - 1 FROM n"
        )
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
    said = []

    def note(_connection, _cursor, statement, values, *_more):
        if "FROM merges" in statement:
            said.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    shelf.found()
    shelf.finder.count(TicketSearch(), WITHOUT_ACCOUNTS, NOW)
    event.remove(engine, "before_cursor_execute", note)
    assert len(said) >= 2
    for plan in (plan_of(engine, *one) for one in said):
        assert "SCAN merges" not in plan, plan
        assert "Hash" not in plan, plan
        assert "merges_pkey" in plan or "SEARCH merges USING INTEGER PRIMARY KEY" in plan, plan
