"""Merging and taking apart: what is refused, and that there are never chains or circles."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data_sources.memory import MemoryStream
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_merges import MemoryMergeBook
from operations.errors import BadInput, Conflict, Unreachable
from operations.tickets.merging import Merge, MergeAct, Merging, Signed
from tests.builders import NOW, ticket

SIGNED = Signed("王", True, NOW, "同一盏路灯")
A, B, C, D = (("demo", name) for name in "ABCD")


class Desk:
    """Tickets A to D, the book, and who may decide on what."""

    def __init__(self, **changes):
        self.tickets = {
            ("demo", name): ticket(external_id=name, **changes.get(name, {})) for name in "ABCD"
        }
        self.audit, self.stream, self.shut = MemoryAudit(), MemoryStream(), set()
        self.book = MemoryMergeBook(self.audit)
        self.merging = Merging(
            self.book, self.stream, self.tickets.get, lambda one: one.identity not in self.shut
        )

    def merge(self, one, into, version=None, signed=SIGNED):
        seen = self.book.merge(*one).version if version is None else version
        return self.merging.merge(one, into, seen, signed)

    def unmerge(self, one, version=None, signed=SIGNED):
        seen = self.book.merge(*one).version if version is None else version
        return self.merging.unmerge(one, seen, signed)

    def refused(self, act, *given, **more):
        before = [self.book.merge(*one) for one in self.tickets]
        with pytest.raises(BadInput) as error:
            act(*given, **more)
        assert [self.book.merge(*one) for one in self.tickets] == before
        return error.value.field


def test_a_merge_is_written_signed_audited_and_told():
    desk = Desk()
    assert desk.merge(B, A) == Merge(1, A)
    assert desk.book.under(*A) == [B]
    (line,) = desk.book.lines(*B)
    assert (line.version, line.act, line.main, line.reason) == (1, MergeAct.MERGE, A, "同一盏路灯")
    (written,) = [kept.line for kept in desk.audit.lines()]
    assert (written.act, written.subject) == ("ticket.merge", "demo/B")
    assert (written.before, written.after) == ("v0", "v1 · under demo/A")
    (entry,) = desk.stream.read(most_entries=9, wait_s=0)
    assert entry.actions == ("merge",)


def test_taking_apart_restores_what_was():
    desk = Desk()
    desk.merge(B, A)
    desk.merge(C, A)
    assert desk.unmerge(B) == Merge(2, None)
    assert desk.book.under(*A) == [C]
    assert desk.merge(B, A) == Merge(3, A)
    assert [line.act for line in desk.book.lines(*B)] == ["merge", "unmerge", "merge"]


def test_what_is_merged_into_a_merged_one_goes_to_its_main():
    desk = Desk()
    desk.merge(B, A)
    assert desk.merge(C, B).main == A


def test_a_main_is_not_merged_and_nothing_into_itself():
    desk = Desk()
    assert desk.refused(desk.merge, A, A) == "itself"
    desk.merge(B, A)
    assert desk.refused(desk.merge, A, C) == "main"
    assert desk.refused(desk.merge, A, B) == "itself"
    assert desk.refused(desk.merge, B, C) == "merged"
    assert desk.refused(desk.unmerge, A) == "apart"


@pytest.mark.parametrize("shut", [A, B])
def test_who_may_not_decide_on_both_may_do_neither(shut):
    desk = Desk()
    desk.shut = {shut}
    assert desk.refused(desk.merge, B, A) == "ticket"
    desk.shut = set()
    desk.merge(B, A)
    desk.shut = {shut}
    assert desk.refused(desk.unmerge, B) == "ticket"


def test_the_main_of_the_main_is_asked_about_too():
    desk = Desk()
    desk.merge(B, A)
    desk.shut = {A}
    assert desk.refused(desk.merge, C, B) == "ticket"


def test_what_is_not_there_is_refused_as_what_is_not_yours():
    desk = Desk()
    assert desk.refused(desk.merge, B, ("demo", "none")) == "ticket"


def test_a_confidential_ticket_is_merged_with_its_like_alone():
    desk = Desk(A={"confidential": True}, C={"confidential": True})
    assert desk.refused(desk.merge, B, A) == "confidential"
    assert desk.merge(C, A).main == A


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"reason": " "}, "reason"), ({"reason": "长" * 301}, "reason"), ({"actor": ""}, "actor")],
)
def test_an_act_has_an_actor_and_a_reason(changed, field):
    desk = Desk()
    given = {"actor": "王", "verified": True, "at": NOW, "reason": "一样"} | changed
    assert desk.refused(desk.merge, B, A, signed=Signed(**given)) == field


def test_of_two_desks_the_second_is_told():
    desk = Desk()
    desk.merge(B, A)
    with pytest.raises(Conflict) as error:
        desk.merge(B, C, version=0)
    assert error.value.held == Merge(1, A)


def test_where_the_stream_is_away_the_merge_is_written_all_the_same():
    desk = Desk()

    def away(_subject):
        raise Unreachable("away")

    desk.stream.append_action = away
    with pytest.raises(Unreachable, match="written down"):
        desk.merge(B, A)
    assert desk.book.merge(*B).main == A


class Merges(RuleBasedStateMachine):
    """Whatever is merged and taken apart, in whatever order: flat, and nothing is lost."""

    def __init__(self):
        super().__init__()
        self.desk = Desk()

    @rule(one=st.sampled_from([A, B, C, D]), into=st.sampled_from([A, B, C, D]))
    def merge(self, one, into):
        try:
            self.desk.merge(one, into)
        except BadInput:
            return
        assert self.desk.unmerge(one).main is None
        self.desk.merge(one, into)

    @rule(one=st.sampled_from([A, B, C, D]))
    def unmerge(self, one):
        others = {two: self.desk.book.merge(*two) for two in self.desk.tickets if two != one}
        try:
            self.desk.unmerge(one)
        except BadInput:
            return
        assert {other: self.desk.book.merge(*other) for other in others} == others

    @invariant()
    def no_chains(self):
        mains = {one: self.desk.book.merge(*one).main for one in self.desk.tickets}
        for one, main in mains.items():
            assert main is None or (main != one and mains[main] is None)
            for under in self.desk.book.under(*one):
                assert mains[under] == one


TestMerges = Merges.TestCase
