"""Names that grow from tickets, and the bound that stops them."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from data_sources.feeds.reading import TicketReader
from data_sources.feeds.unknown import MOST_HELD, GrowingNames, Unknown
from operations.errors import Unreachable
from tests.data_sources.feeds.conftest import NOW, city, mapped_city, record
from tests.sealing import SEALER


def reader(growing: GrowingNames, *, mapped: bool = True) -> TicketReader:
    reference = mapped_city("boston311") if mapped else city()
    return TicketReader(reference, b"k", SEALER, growing=growing)


def read(of: TicketReader, **changes: object):
    return of.read(record(**changes), now=NOW, feed="t")


def test_a_name_beyond_the_bound_counts_as_other_and_is_kept_beside():
    growing = reader(GrowingNames(most=2))
    codes = [read(growing, category=word).ticket.category for word in ("a", "b", "c", "a")]
    assert codes == ["a", "b", "other", "a"]
    beyond = read(growing, category="c")
    assert beyond.ticket.category_as_given == "c"
    assert [repair.field for repair in beyond.repairs] == ["category"]


def test_each_kind_has_a_bound_of_its_own():
    growing = reader(GrowingNames(most=1))
    first = read(growing, category="a", department="x", district="d").ticket
    assert (first.category, first.department, first.district) == ("a", "x", "d")
    second = read(growing, category="b", department="y", cooperating=["z"], district="e")
    found = second.ticket
    assert (found.category, found.department, found.cooperating) == ("other", "other", ("other",))
    assert (found.department_as_given, found.district) == ("y", None)
    assert {repair.field for repair in second.repairs} == {
        *("category", "department", "cooperating", "district")
    }


def test_names_the_ledger_has_are_known_and_count():
    asked: list[tuple[str, int]] = []

    def held(kind: str, most: int) -> list[str]:
        asked.append((kind, most))
        return ["old"] if kind == "category" else []

    growing = reader(GrowingNames(held, most=2))
    codes = [read(growing, category=word).ticket.category for word in ("new", "newer", "old")]
    assert codes == ["new", "other", "old"]
    assert asked == [("category", MOST_HELD)]


def test_names_the_ledger_has_stay_where_the_bound_is_lower() -> None:
    growing = GrowingNames(lambda _kind, most: ["a", "b", "c"][:most], most=2)
    assert all(growing.admit("category", word) for word in "abc")
    assert not growing.admit("category", "d")


def test_a_feed_with_rules_of_its_own_shares_the_bound():
    growing = reader(GrowingNames(most=1), mapped=False)
    feed = growing.with_rules(Unknown("add", "add", "add"), "WGS84")
    other_feed = growing.with_rules(Unknown("add", "add", "add"), "WGS84")
    assert read(feed, category="first").ticket.category == "first"
    assert read(other_feed, category="second").ticket.category == "other"
    assert read(other_feed, category="水质问题").ticket.category == "water_quality"


def test_a_ledger_that_does_not_answer_is_asked_again():
    away = [True]

    def held(_kind: str, _most: int) -> list[str]:
        if away:
            away.clear()
            raise Unreachable("the database does not answer")
        return ["old", "older"]

    growing = GrowingNames(held, most=2)
    with pytest.raises(Unreachable):
        growing.admit("category", "new")
    assert growing.admit("category", "old")
    assert not growing.admit("category", "new")


def test_threads_together_stay_within_the_bound():
    growing = GrowingNames(most=50)
    with ThreadPoolExecutor(8) as threads:
        admitted = list(
            threads.map(lambda n: growing.admit("category", f"name {n % 400}"), range(4_000))
        )
    first = {f"name {n % 400}" for n, yes in enumerate(admitted) if yes}
    assert len(first) == 50
