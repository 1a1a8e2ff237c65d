"""Saying that two tickets are not one matter: what is refused, and what stands."""

import pytest

from data_sources.memory_audit import MemoryAudit
from data_sources.memory_distinct import MemoryDistinctBook
from data_sources.memory_merges import MemoryMergeBook
from operations.errors import BadInput, Conflict
from operations.tickets.distinct import Distinction, Distinguishing, pair_of, standing
from operations.tickets.merging import Merge, MergeAct, MergeLine, Signed
from tests.builders import NOW, ticket

SIGNED = Signed("王", True, NOW)
A, B, C = (("demo", name) for name in "ABC")


class Desk:
    """Tickets A to C, both books, and who may decide on what."""

    def __init__(self):
        self.tickets = {("demo", name): ticket(external_id=name) for name in "ABC"}
        self.audit, self.shut = MemoryAudit(), set()
        self.book, self.merges = MemoryDistinctBook(self.audit), MemoryMergeBook()
        self.acts = Distinguishing(
            self.book, self.merges, self.tickets.get, lambda one: one.identity not in self.shut
        )

    def refused(self, act, *given):
        with pytest.raises(BadInput) as error:
            act(*given)
        return error.value.field

    def merge(self, one, main):
        line = MergeLine(1, NOW, "王", True, MergeAct.MERGE, main, "x")
        self.merges.act(*one, Merge(1, main), line)


def test_it_is_said_signed_audited_and_taken_back_whichever_is_named_first():
    desk = Desk()
    assert desk.acts.distinct(B, A, 0, SIGNED) == Distinction(1, True)
    (line,) = desk.book.lines(*A)
    assert (line.pair, line.other(A), line.reason) == (pair_of(A, B), B, "")
    assert desk.acts.take_back(A, B, 1, Signed("李", True, NOW, " 看错了 ")) == Distinction(2)
    assert desk.book.lines(*B)[-1].reason == "看错了"
    assert standing(desk.book.lines(*A)) == []
    acts = [one.line.act for one in desk.audit.lines()]
    assert acts == ["ticket.distinct", "ticket.not_distinct"]


def test_what_the_rules_refuse_is_refused():
    desk = Desk()
    act, back = desk.acts.distinct, desk.acts.take_back
    assert desk.refused(act, A, A, 0, SIGNED) == "itself"
    assert desk.refused(act, A, ("demo", "none"), 0, SIGNED) == "ticket"
    assert desk.refused(back, A, B, 0, SIGNED) == "not_distinct"
    assert desk.refused(act, A, B, 0, Signed(" ", True, NOW)) == "actor"
    assert desk.refused(act, A, B, 0, Signed("王", True, NOW, "x" * 301)) == "reason_long"
    act(A, B, 0, SIGNED)
    assert desk.refused(act, A, B, 1, SIGNED) == "distinct"
    desk.shut = {B}
    assert desk.refused(back, A, B, 1, SIGNED) == "ticket", "who may decide on one alone"


def test_of_what_is_merged_it_is_not_said():
    desk = Desk()
    desk.merge(B, A)
    desk.merge(C, A)
    for one, other in ((A, B), (B, C)):
        assert desk.refused(desk.acts.distinct, one, other, 0, SIGNED) == "together"


def test_of_two_who_act_the_second_is_told():
    desk = Desk()
    desk.acts.distinct(A, B, 0, SIGNED)
    with pytest.raises(Conflict) as error:
        desk.acts.distinct(B, A, 0, SIGNED)
    assert error.value.held == Distinction(1, True)
