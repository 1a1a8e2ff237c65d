"""Pairs said to be two matters under one contract: in memory, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy import event

from data_sources.audit_log import SqlAudit
from data_sources.distinct_book import SqlDistinctBook
from data_sources.duplicate_search import DuplicateSearch
from data_sources.ledger import SqlLedger
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_distinct import MemoryDistinctBook
from operations.errors import Conflict
from operations.tickets.distinct import (
    UNSAID,
    DistinctAct,
    Distinction,
    DistinctLine,
    pair_of,
    standing,
)
from operations.tickets.ticket import Channel
from tests.builders import NOW, at, ticket

A, B, C = (("demo", f"T-{name}") for name in "ABC")
PAIR = pair_of(B, A)


def line(version=1, pair=PAIR, act=DistinctAct.DISTINCT, reason="两盏路灯"):
    return DistinctLine(pair, version, at(version), "王", True, act, reason)


class Kept:
    """A book, the audit log, and the ledger where there is one."""

    def __init__(self, engine=None):
        self.engine = engine
        self.audit = MemoryAudit() if engine is None else SqlAudit(engine)
        self.book = MemoryDistinctBook(self.audit) if engine is None else SqlDistinctBook(engine)
        if engine is not None:
            # C first: the pair's order is by name, the ledger's by number
            SqlLedger(engine).store([ticket(external_id=f"T-{n}") for n in "CBA"], clock=NOW)

    def distinct(self, pair=PAIR, version=1):
        self.book.act(pair, Distinction(version, True), line(version, pair))

    def back(self, version=2):
        said = line(version, act=DistinctAct.NOT_DISTINCT, reason="")
        self.book.act(PAIR, Distinction(version, False), said)


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request):
    if request.param == "memory":
        return Kept()
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_what_is_said_of_a_pair_its_line_and_the_audit_stand_together(kept):
    assert kept.book.distinction(PAIR) == UNSAID
    kept.distinct()
    assert kept.book.distinction(PAIR) == Distinction(1, True)
    assert kept.book.lines(*A) == kept.book.lines(*B) == [line()]
    assert kept.book.lines(*C) == []
    (written,) = [one.line for one in kept.audit.lines()]
    assert (written.act, written.subject) == ("ticket.distinct", "demo/T-A")
    assert (written.before, written.after) == ("v0", "v1 · demo/T-B")
    assert (written.actor, written.reason) == ("王", "两盏路灯")


def test_it_is_taken_back_and_said_again(kept):
    kept.distinct()
    kept.back()
    assert kept.book.distinction(PAIR) == Distinction(2, False)
    assert standing(kept.book.lines(*A)) == []
    kept.distinct(version=3)
    kept.distinct(pair_of(C, A))
    told = sorted(kept.book.lines(*A), key=lambda one: (one.at, one.pair))
    assert told == [
        line(), line(1, pair_of(A, C)), line(2, act=DistinctAct.NOT_DISTINCT, reason=""), line(3),
    ]  # fmt: skip
    assert {one.other(A) for one in standing(kept.book.lines(*A))} == {B, C}
    acts = [one.line.act for one in kept.audit.lines()]
    assert acts.count("ticket.not_distinct") == 1


def test_the_same_again_changes_nothing_and_an_old_version_is_refused(kept):
    kept.distinct()
    kept.distinct()
    assert len(kept.book.lines(*A)) == 1
    assert len(list(kept.audit.lines())) == 1
    with pytest.raises(Conflict):
        kept.back(version=3)
    with pytest.raises(Conflict):
        kept.book.act(PAIR, Distinction(1, False), line(act=DistinctAct.NOT_DISTINCT))
    assert kept.book.distinction(PAIR) == Distinction(1, True)
    assert len(list(kept.audit.lines())) == 1


def test_a_ticket_that_is_not_there_is_refused(stored):
    nowhere = pair_of(A, ("demo", "none"))
    assert stored.book.distinction(nowhere) == UNSAID
    with pytest.raises(Conflict):
        stored.distinct(nowhere)


def test_of_two_who_say_it_at_once_one_is_told(stored):
    ready, refused = threading.Barrier(2), []

    def say(reason):
        ready.wait()
        try:
            stored.book.act(PAIR, Distinction(1, reason == "a"), line(reason=reason))
        except Conflict:
            refused.append(reason)

    threads = [threading.Thread(target=say, args=(reason,)) for reason in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert len(stored.book.lines(*A)) == len(list(stored.audit.lines())) == 1


def test_nothing_is_written_where_the_audit_log_cannot_be(stored):
    class Away:
        def append(self, *_deed, **_within):
            raise RuntimeError("no disk")

    book = SqlDistinctBook(stored.engine, Away())
    with pytest.raises(RuntimeError):
        book.act(PAIR, Distinction(1, True), line())
    assert book.distinction(PAIR) == UNSAID
    assert book.lines(*A) == []


def test_such_a_pair_is_not_suggested_until_that_is_taken_back(stored):
    again = ticket(external_id="T-B", channel=Channel.WECHAT, created_at=at(1), updated_at=at(1))
    other = replace(again, external_id="T-C", created_at=at(2), updated_at=at(2))
    SqlLedger(stored.engine).store([again, other], clock=at(3))
    search = DuplicateSearch(stored.engine)

    def found(name):
        return sorted(one.ticket.external_id for one in search.of("demo", name, most=9))

    assert found("T-A") == ["T-B", "T-C"]
    stored.distinct()
    assert (found("T-A"), found("T-B"), found("T-C")) == (["T-C"], ["T-C"], ["T-A", "T-B"])
    stored.back()
    assert found("T-B") == ["T-A", "T-C"]


def test_the_lines_of_a_ticket_are_read_by_indexes(stored):
    said = []
    event.listen(
        stored.engine, "before_cursor_execute",
        lambda _c, _cursor, statement, values, *_more: said.append((statement, values)),
    )  # fmt: skip
    stored.book.lines(*A)
    DuplicateSearch(stored.engine).of(*A, most=9)
    asked = [one for one in said if "FROM distinct" in one[0] or "JOIN distinct" in one[0]]
    assert len(asked) == 2
    sqlite = stored.engine.dialect.name == "sqlite"
    for statement, values in asked:
        with stored.engine.connect() as connection:
            if not sqlite:
                connection.exec_driver_sql("SET enable_seqscan = off")
            plan = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
            told = str(connection.exec_driver_sql(plan + statement, values).all())
        assert "_high" in told, told
        assert "Seq Scan" not in told, told
        assert "SCAN distinct" not in told, told
