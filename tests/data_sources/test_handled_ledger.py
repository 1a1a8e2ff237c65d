"""Rules, decisions and deliveries in one ledger: in memory, on SQLite and on PostgreSQL."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_sources.handling_book import SqlHandlingBook
from data_sources.ledger import SqlLedger
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_handling import MemoryHandlingBook
from data_sources.memory_ledger import MemoryLedger
from operations.errors import Conflict
from operations.tickets.changes import Change, Step
from operations.tickets.handling import UNTOUCHED, Handling, HandlingAct, HandlingLine, Pause
from operations.tickets.reckoning import Reckoner, basis_of
from operations.tickets.ruling import ruling_of
from operations.tickets.ticket import Status, Triage, Urgency
from tests.builders import NOW, at, ticket
from tests.rules import RECKONER

SENT = ticket(department="water", dispatched_at=NOW, status=Status.DISPATCHED)
DUE = at(7 * 24)
"""Tuesday ten in the morning and five working days."""


class Kept:
    """A ledger and the book of decisions beside it."""

    def __init__(self, engine=None, reckoner=RECKONER):
        self.audit = MemoryAudit()
        if engine is None:
            self.book = MemoryHandlingBook(self.audit)
            self.ledger = MemoryLedger(reckoner, self.book)
        else:
            self.book = SqlHandlingBook(engine)
            self.ledger = SqlLedger(engine, reckoner)
            self.reckon()  # the first look notes the rules

    def store(self, *tickets):
        return self.ledger.store(tickets, clock=NOW)

    def reckon(self, clock=NOW):
        done = []
        while (stored := self.ledger.reckon(clock=clock, most=100)) is not None:
            done.append(stored)
        return done

    def decide(self, act=HandlingAct.TRIAGE, **changes):
        before = self.book.handling("demo", "T-1")
        after = replace(before, version=before.version + 1, **{"changed_at": NOW, **changes})
        line = HandlingLine(after.version, after.changed_at, "王", True, act, "", "因为")
        self.book.act("demo", "T-1", after, line)

    def ticket(self):
        return self.ledger.ticket("demo", "T-1")

    def due_lines(self):
        moved = (Step.DUE, Step.EXTENDED)
        lines = self.ledger.changes("demo", "T-1")
        return [line for line in lines if line.step in moved or "due_at=" in (line.was or "")]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request):
    if request.param == "memory":
        return Kept()
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def test_rules_give_the_due_time_a_source_does_not_deliver(kept):
    stored = kept.store(SENT)
    held = kept.ticket()
    assert (held.due_at, held.original_due_at) == (DUE, DUE)
    assert held.due_by == "rule test/ordinary"
    assert stored.after[0].due_us == int(DUE.timestamp() * 1_000_000)


def test_a_due_time_the_source_delivers_stands(kept):
    kept.store(replace(SENT, due_at=at(1), original_due_at=at(1)))
    assert (kept.ticket().due_at, kept.ticket().due_by) == (at(1), None)


def test_a_later_delivery_never_overwrites_what_people_decided(kept):
    kept.store(SENT)
    kept.decide(triage=Triage.HARD, triage_reason="多部门")
    kept.decide(HandlingAct.EXTEND, extension_d=3)
    kept.reckon()
    kept.store(replace(SENT, status=Status.HANDLING, updated_at=at(2)))
    held = kept.ticket()
    assert held.triage is Triage.HARD
    assert held.status is Status.HANDLING
    assert held.due_at == at((21 + 3 + 2 - 2) * 24), "18 working days over three weekends"
    assert held.original_due_at == at(21 * 24)
    assert str(basis_of(held.due_by)) == "rule test/hard extended 3"


def test_a_decision_moves_the_due_time_with_a_line_that_says_why(kept):
    kept.store(SENT)
    kept.decide(HandlingAct.EXTEND, extension_d=5, changed_at=at(3))
    (stored,) = kept.reckon()
    assert (stored.before[0].due_us, stored.after[0].due_us) == tuple(
        int(one.timestamp() * 1_000_000) for one in (DUE, at(14 * 24))
    )
    line = Change(at(3), Step.DUE, DUE.isoformat(), at(14 * 24).isoformat(), "extension")
    assert kept.due_lines() == [line]
    assert kept.reckon() == []


def test_while_the_clock_stands_there_is_no_due_time(kept):
    kept.store(SENT)
    kept.decide(HandlingAct.PAUSE, pauses=(Pause(at(1), None, "等材料"),), changed_at=at(1))
    kept.reckon()
    assert (kept.ticket().due_at, kept.ticket().original_due_at) == (None, DUE)
    pauses = (Pause(at(1), at(3), "等材料"),)  # 11 to 13 o'clock
    kept.decide(HandlingAct.RESUME, pauses=pauses, changed_at=at(3))
    kept.reckon()
    assert kept.ticket().due_at == DUE + (at(3) - at(1))
    assert [line.why for line in kept.due_lines()] == ["pause", "pause"]


def test_of_two_decisions_on_one_version_the_second_is_refused(kept):
    kept.store(SENT)
    kept.decide(triage=Triage.HARD)
    second = Handling(version=1, triage=Triage.DISPUTED, changed_at=NOW)
    line = HandlingLine(1, NOW, "李", True, HandlingAct.TRIAGE, "disputed", "")
    with pytest.raises(Conflict) as refused:
        kept.book.act("demo", "T-1", second, line)
    assert refused.value.held.triage is Triage.HARD
    assert len(kept.book.lines("demo", "T-1")) == 1
    held = kept.book.handling("demo", "T-1")
    kept.book.act("demo", "T-1", held, kept.book.lines("demo", "T-1")[0])  # the same again
    assert len(kept.book.lines("demo", "T-1")) == 1


def test_decisions_on_a_ticket_that_is_not_there_are_refused(engine):
    with pytest.raises(Conflict, match="not there"):
        Kept(engine).decide(triage=Triage.HARD)


def test_decisions_come_back_as_they_were(kept):
    kept.store(SENT)
    assert kept.book.handling("demo", "T-1") == UNTOUCHED
    pauses = (Pause(at(1), at(2), "a"), Pause(at(3), None, "b"))
    kept.decide(
        HandlingAct.PAUSE,
        triage=Triage.URGENT,
        triage_reason="因",
        extension_d=2,
        extension_reason="果",
        pauses=pauses,
    )
    assert kept.book.handling("demo", "T-1") == Handling(
        version=1,
        changed_at=NOW,
        triage=Triage.URGENT,
        triage_reason="因",
        extension_d=2,
        extension_reason="果",
        pauses=pauses,
    )
    (line,) = kept.book.lines("demo", "T-1")
    assert line == HandlingLine(1, NOW, "王", True, HandlingAct.PAUSE, "", "因为")


def test_an_audit_line_is_written_with_the_decision(engine):
    kept = Kept(engine)
    kept.store(SENT)
    kept.decide(triage=Triage.HARD)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT actor, act, subject, before, after, reason FROM audit"
        ).all()
    assert [tuple(row) for row in rows] == [
        ("王", "ticket.triage", "demo/T-1", "v0", "v1 · triage hard", "因为")
    ]


def test_other_rules_move_every_due_time_with_a_line(engine):
    old = Kept(engine)
    others = [replace(SENT, external_id=f"T-{number}") for number in range(2, 250)]
    old.store(SENT, *others)
    strict = replace(
        RECKONER.deadlines.rules, clocks=(replace(RECKONER.deadlines.rules.clocks[1],
                                                  categories=frozenset()),)
    )  # fmt: skip
    clock = RECKONER.deadlines.clock
    new = Kept(engine, Reckoner(type(RECKONER.deadlines)(strict, clock.calendar, clock.zone)))
    assert new.ticket().due_at == at(2 * 24)
    (line,) = new.due_lines()
    assert line.why == "rules"
    with engine.connect() as connection:
        moved = connection.exec_driver_sql("SELECT count(*) FROM changes WHERE why = 'rules'")
        assert moved.scalar_one() == 249
    assert new.reckon() == [], "what is done is noted, so that a start does not do it again"


STATES = [
    SENT,
    replace(SENT, category="heating_cold", updated_at=at(1)),
    replace(SENT, urgency=Urgency.URGENT, updated_at=at(2)),
    replace(SENT, returns=2, updated_at=at(3)),
    replace(SENT, due_at=at(40), original_due_at=at(40), updated_at=at(4)),
    replace(SENT, reopenings=1, dispatched_at=at(5), updated_at=at(5)),
    replace(SENT, extensions=1, updated_at=at(6)),
]
DECISIONS = [
    {"triage": Triage.DISPUTED},
    {"triage": None},
    {"extension_d": 4},
    {"pauses": (Pause(at(1), None, "x"),)},
    {"pauses": (Pause(at(1), at(30), "x"),)},
    {"pauses": (Pause(at(1), at(30), "x"), Pause(at(31), at(40), "y"))},
]
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.sampled_from(STATES)),
        st.tuples(st.just("decide"), st.sampled_from(DECISIONS)),
        st.tuples(st.just("reckon"), st.none()),
    ),
    max_size=14,
)


def live(kept, moves):
    """Live through moves; check after each that a due time that moved has a line of its own."""
    kept.store(SENT)
    for number, (move, what) in enumerate(moves):
        before, lines = kept.ticket(), kept.due_lines()
        if move == "deliver":
            kept.store(what)
        elif move == "decide":
            kept.decide(**what, changed_at=at(50 + number))
        else:
            kept.reckon(at(50 + number))
        after = kept.ticket()
        if after.due_at != before.due_at:
            new = [line for line in kept.due_lines() if line not in lines]
            told = [line for line in new if line.why]
            assert told, f"{before.due_by} {before.due_at} → {after.due_by} {after.due_at}"
    kept.reckon(at(99))


@given(MOVES)
@settings(max_examples=300, deadline=None)
def test_a_due_time_never_moves_without_a_line_that_says_why(moves):
    live(Kept(), moves)


NUMBERS = itertools.count()


@given(st.permutations(STATES), st.integers(1, len(STATES)))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_deliveries_in_any_order_end_in_the_same_state(engine, states, at_once):
    kept, ends = Kept(engine), []
    for order in (states, STATES, states[::-1]):
        name = f"T-{next(NUMBERS)}"
        named = [replace(one, external_id=name) for one in order]
        for start in range(0, len(named), at_once):
            kept.store(*named[start : start + at_once])
        ends.append(replace(kept.ledger.ticket("demo", name), external_id=""))
    assert ends[0] == ends[1] == ends[2]


def test_decisions_and_deliveries_in_any_order_end_in_the_same_state(engine):
    ends = set()
    handling = Handling(version=1, changed_at=at(9), triage=Triage.HARD, extension_d=2)
    line = HandlingLine(1, at(9), "王", True, HandlingAct.TRIAGE, "hard", "")
    for number, order in enumerate(itertools.permutations(["a", "b", "decide", "reckon"])):
        kept, name = Kept(engine), f"T-{number}"
        first, later = (replace(one, external_id=name) for one in (SENT, STATES[3]))
        kept.store(first)
        for move in order:
            if move == "decide":
                kept.book.act("demo", name, handling, line)
            elif move == "reckon":
                kept.reckon()
            else:
                kept.store(first if move == "a" else later)
        kept.reckon()
        ends.add(replace(kept.ledger.ticket("demo", name), external_id=""))
    (end,) = ends
    assert end.triage is Triage.HARD
    assert end.due_by == "rule test/hard extended 2"


def test_a_ruling_holds_what_comes_after_and_says_so(kept):
    kept.store(SENT)
    ruling = ruling_of(SENT, None, opinion="MZ2026-0001", lead="roads", cooperating=(),
                       at=at(1), due_at=at(99))  # fmt: skip
    kept.decide(HandlingAct.RULE, ruling=ruling, changed_at=at(1))
    kept.reckon()
    for _ in range(2):
        kept.store(replace(SENT, status=Status.RETURNED, returns=1, updated_at=at(2)))
    kept.store(replace(SENT, department="telecom", updated_at=at(3)))
    held = kept.ticket()
    assert (held.department, held.status, held.returns) == ("roads", Status.DISPATCHED, 0)
    lines = kept.ledger.changes("demo", "T-1")
    assert [line for line in lines if line.step in (Step.RULED, Step.BLOCKED)] == [
        Change(at(1), Step.RULED, "water", "roads"),
        Change(at(2), Step.BLOCKED, None, "returned"),
        Change(at(3), Step.BLOCKED, None, "telecom"),
    ]
    assert not [line for line in lines if line.step in (Step.RETURNED, Step.REASSIGNED)]
