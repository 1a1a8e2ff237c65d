"""Merged tickets under one contract: in memory, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace

import pytest

from data_sources.audit_log import SqlAudit
from data_sources.ledger import SqlLedger
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_merges import MemoryMergeBook
from data_sources.merge_book import SqlMergeBook
from operations.errors import Conflict
from operations.tickets.merging import APART, MOST_UNDER, Merge, MergeAct, MergeLine
from operations.tickets.ticket import Status
from tests.builders import NOW, at, ticket

A, B, C = (("demo", f"T-{name}") for name in "ABC")


def line(version=1, main=A, act=MergeAct.MERGE):
    return MergeLine(version, NOW, "王", True, act, main, "同一盏路灯")


class Kept:
    """A book, the audit log, and the ledger where there is one."""

    def __init__(self, engine=None):
        self.engine = engine
        self.audit = MemoryAudit() if engine is None else SqlAudit(engine)
        self.book = MemoryMergeBook(self.audit) if engine is None else SqlMergeBook(engine)
        if engine is not None:
            self.ledger = SqlLedger(engine)
            self.ledger.store([ticket(external_id=f"T-{one}") for one in "ABC"], clock=NOW)

    def merge(self, one, main=A, version=1):
        self.book.act(*one, Merge(version, main), line(version, main))

    def unmerge(self, one, main=A, version=2):
        self.book.act(*one, Merge(version, None), line(version, main, MergeAct.UNMERGE))


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request):
    if request.param == "memory":
        return Kept()
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_a_merge_its_line_and_the_audit_stand_together(kept):
    assert kept.book.merge(*B) == APART
    kept.merge(B)
    kept.merge(C)
    assert kept.book.merge(*B) == Merge(1, A)
    assert kept.book.under(*A) == [B, C]
    assert kept.book.lines(*B) == [line()]
    written = [one.line for one in kept.audit.lines()]
    assert [one.subject for one in written] == ["demo/T-B", "demo/T-C"]
    assert (written[0].act, written[0].after) == ("ticket.merge", "v1 · under demo/T-A")


def test_taking_apart_leaves_nothing_but_the_lines(kept):
    kept.merge(B)
    kept.unmerge(B)
    assert kept.book.merge(*B) == Merge(2, None)
    assert kept.book.under(*A) == []
    assert [one.act for one in kept.book.lines(*B)] == [MergeAct.MERGE, MergeAct.UNMERGE]
    kept.merge(A, main=B)
    assert kept.book.under(*B) == [A], "what was under nobody may be under anybody again"


def test_the_same_again_changes_nothing(kept):
    kept.merge(B)
    kept.merge(B)
    assert len(kept.book.lines(*B)) == 1
    assert len(list(kept.audit.lines())) == 1


@pytest.mark.parametrize(
    ("one", "main", "version"),
    [(C, B, 1), (A, C, 1), (B, C, 3), (B, A, 3), (C, C, 1)],
)
def test_chains_circles_and_old_versions_are_refused_whoever_asks(kept, one, main, version):
    kept.merge(B)
    with pytest.raises(Conflict):
        kept.merge(one, main, version)
    assert kept.book.merge(*B) == Merge(1, A)
    assert [kept.book.merge(*other) for other in (A, C)] == [APART, APART]
    assert len(list(kept.audit.lines())) == 1


def test_a_ticket_that_is_not_there_is_refused(stored):
    for one, main in ((("demo", "none"), A), (B, ("demo", "none"))):
        with pytest.raises(Conflict):
            stored.merge(one, main)


def test_no_delivery_undoes_a_merge(stored):
    stored.merge(B)
    before = stored.ledger.ticket(*B)
    moved = replace(
        before, updated_at=at(5), received_at=at(5), status=Status.CLOSED, closed_at=at(5),
        parent="T-9",
    )  # fmt: skip
    stored.ledger.store([moved], clock=at(5))
    assert stored.ledger.ticket(*B) == moved
    assert stored.book.merge(*B) == Merge(1, A)
    stored.unmerge(B)
    assert stored.ledger.ticket(*B) == moved


def test_nothing_that_is_counted_moves_when_tickets_are_merged(stored):
    before = [list(facts) for facts in stored.ledger.facts()]
    stored.merge(B)
    assert [list(facts) for facts in stored.ledger.facts()] == before


def test_of_two_merges_that_would_make_a_circle_one_is_refused(stored):
    ready, refused = threading.Barrier(2), []

    def merge(one, main):
        ready.wait()
        try:
            stored.merge(one, main)
        except Conflict:
            refused.append(one)

    threads = [threading.Thread(target=merge, args=pair) for pair in ((A, B), (B, A))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    mains = [stored.book.merge(*one).main for one in (A, B)]
    assert mains.count(None) == 1


def test_what_stands_under_a_main_is_read_by_its_index(stored):
    assert MOST_UNDER == 200
    plan = "EXPLAIN QUERY PLAN " if stored.engine.dialect.name == "sqlite" else "EXPLAIN "
    with stored.engine.connect() as connection:
        if stored.engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        told = connection.exec_driver_sql(
            f"{plan}SELECT ticket_id FROM merges WHERE main_id = 7"
        ).all()
    assert "ix_merges_main" in str(told)
