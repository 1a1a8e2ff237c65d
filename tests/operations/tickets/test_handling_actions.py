"""What a person decides on a ticket, and what is refused."""

from dataclasses import replace

import pytest

from data_sources.memory import MemoryStream
from data_sources.memory_handling import MemoryHandlingBook
from operations.errors import BadInput, Conflict, Unreachable
from operations.tickets.handling import UNTOUCHED, HandlingAct, Pause
from operations.tickets.handling_actions import MOST_PAUSES, Case, decide
from operations.tickets.reckoning import Reckoner
from operations.tickets.ticket import Status, Triage
from tests.builders import NOW, at, ticket
from tests.rules import DEADLINES, RECKONER

SENT = ticket(department="water", dispatched_at=NOW, status=Status.DISPATCHED)
A = HandlingAct


class Desk:
    """Decides one after another on one ticket, as a page does."""

    def __init__(self, delivered=SENT, reckoner=RECKONER, stream=None):
        self.book, self.stream = MemoryHandlingBook(), stream or MemoryStream()
        self.delivered, self.reckoner = delivered, reckoner

    @property
    def handling(self):
        return self.book.handling(*SENT.identity)

    @property
    def ticket(self):
        return self.reckoner.reckon(self.delivered, self.handling)

    def do(self, act, detail="", reason="因为", now=NOW, version=None, actor="王"):
        case = Case(self.ticket, self.handling, self.reckoner.deadlines, now)
        seen = self.handling.version if version is None else version
        return decide(
            self.book, self.stream, case, act,
            expected_version=seen, actor=actor, verified=True, detail=detail, reason=reason,
        )  # fmt: skip

    def refused(self, *what, **how):
        with pytest.raises(BadInput) as error:
            self.do(*what, **how)
        assert self.book.versions() == ({} if not self.handling.version else self.book.versions())
        return error.value.field


def test_a_decision_is_written_signed_and_told():
    desk = Desk()
    after = desk.do(A.TRIAGE, "hard", "三个部门都说不是自己的", now=at(1))
    assert (after.triage, after.triage_reason) == (Triage.HARD, "三个部门都说不是自己的")
    (line,) = desk.book.lines(*SENT.identity)
    assert (line.version, line.at, line.actor, line.verified) == (1, at(1), "王", True)
    assert (line.act, line.detail, line.reason) == (A.TRIAGE, "hard", "三个部门都说不是自己的")
    (entry,) = desk.stream.read(most_entries=9, wait_s=0)
    assert entry.actions == ("handling",)


def test_a_class_is_taken_back_and_the_table_decides_again():
    desk = Desk()
    desk.do(A.TRIAGE, "hard")
    assert desk.ticket.triage is Triage.HARD
    desk.do(A.WITHDRAW_TRIAGE, reason="")
    assert desk.ticket.triage is Triage.ORDINARY
    assert desk.refused(A.WITHDRAW_TRIAGE) == "triage"


@pytest.mark.parametrize("act", [A.TRIAGE, A.PAUSE, A.EXTEND])
@pytest.mark.parametrize("reason", ["", "  ", "长" * 301])
def test_what_changes_a_tickets_way_or_time_needs_a_reason(act, reason):
    assert Desk().refused(act, "hard" if act is A.TRIAGE else "3", reason) == "reason"


def test_a_pause_and_its_end():
    desk = Desk()
    desk.do(A.PAUSE, reason="等申请人补材料", now=at(1))
    assert desk.ticket.due_at is None
    assert desk.refused(A.PAUSE) == "stands"
    assert desk.refused(A.EXTEND, "3") == "stands"
    after = desk.do(A.RESUME, reason="", now=at(2))
    assert after.pauses == (Pause(at(1), at(2), "等申请人补材料"),)
    assert desk.ticket.due_at == at(7 * 24 + 1)
    assert desk.refused(A.RESUME) == "clock"


def test_an_extension_once_and_at_most_ten_working_days():
    desk = Desk()
    for days in ("0", "11", "-1", "two", "", "９"):
        assert desk.refused(A.EXTEND, days) == "days"
    desk.do(A.EXTEND, "10")
    assert desk.ticket.due_at == at(21 * 24)
    assert desk.refused(A.EXTEND, "1") == "extended"
    desk.do(A.WITHDRAW_EXTENSION, reason="按错了")
    assert desk.ticket.due_at == at(7 * 24)
    assert desk.refused(A.WITHDRAW_EXTENSION) == "extension"
    desk.do(A.EXTEND, "2")


def test_what_the_source_put_off_is_not_put_off_again():
    assert Desk(replace(SENT, extensions=1)).refused(A.EXTEND, "3") == "extended"


@pytest.mark.parametrize("act", [A.PAUSE, A.EXTEND])
@pytest.mark.parametrize(
    ("delivered", "now", "why"),
    [
        (replace(SENT, due_at=at(50)), NOW, "source"),
        (replace(SENT, status=Status.CLOSED, closed_at=at(1)), at(2), "open"),
        (ticket(), NOW, "clock"),
        (SENT, at(7 * 24, seconds=1), "late"),
    ],
)
def test_where_no_clock_of_ours_runs_it_is_neither_stopped_nor_put_off(act, delivered, now, why):
    assert Desk(delivered).refused(act, "3", now=now) == why


def test_without_rules_only_the_class_is_decided():
    desk = Desk(reckoner=Reckoner())
    assert desk.refused(A.EXTEND, "3") == "rules"
    assert desk.do(A.TRIAGE, "disputed").triage is Triage.DISPUTED


def test_a_clock_is_not_stopped_for_ever():
    desk = Desk()
    for _ in range(MOST_PAUSES):
        desk.do(A.PAUSE)
        desk.do(A.RESUME)
    assert desk.refused(A.PAUSE) == "pauses"


@pytest.mark.parametrize("triage", ["", "later", "ordinary "])
def test_only_the_four_ways_are_known(triage):
    desk = Desk()
    if triage.strip():
        assert desk.do(A.TRIAGE, "ordinary").triage is Triage.ORDINARY
        assert desk.refused(A.TRIAGE, "ordinary") == "triage"
    else:
        assert desk.refused(A.TRIAGE, triage) == "triage"


def test_of_two_people_at_once_the_second_is_told_who_came_first():
    desk = Desk()
    desk.do(A.TRIAGE, "hard", actor="李")
    with pytest.raises(Conflict, match="triage by 李") as told:
        desk.do(A.EXTEND, "3", version=0)
    assert told.value.held == desk.handling


class Overtaken(MemoryHandlingBook):
    """A book somebody else writes into between the look and the deed."""

    def act(self, source, external_id, handling, line):
        super().act(source, external_id, replace(handling, triage_reason="先"), line)
        super().act(source, external_id, handling, line)


def test_whoever_comes_second_by_a_moment_is_told_too():
    desk = Desk()
    desk.book = Overtaken()
    with pytest.raises(Conflict, match="since you saw it"):
        desk.do(A.TRIAGE, "hard")


def test_a_word_the_stream_did_not_take_leaves_the_decision_written():
    class Broken(MemoryStream):
        def append_action(self, subject):
            raise Unreachable("no server")

    desk = Desk(stream=Broken())
    with pytest.raises(Unreachable, match="written down"):
        desk.do(A.TRIAGE, "hard")
    assert desk.handling.triage is Triage.HARD


def test_an_actor_signs():
    assert Desk().refused(A.TRIAGE, "hard", actor=" ") == "actor"


def test_a_clock_that_runs_back_does_not_make_a_decision_older_than_the_last():
    desk = Desk()
    desk.do(A.PAUSE, now=at(5))
    after = desk.do(A.RESUME, now=at(3))
    assert (after.changed_at, after.pauses[0].until) == (at(5), at(5))
    assert desk.handling != UNTOUCHED
    assert DEADLINES.rules.extension.times == 1
