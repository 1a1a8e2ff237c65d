"""What is done to see a ticket through, and the states no sequence of acts can reach."""

from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_sources.memory import MemoryStream
from data_sources.memory_handling import MemoryHandlingBook
from operations.errors import BadInput, Conflict, Unreachable
from operations.people.person import Ring
from operations.tickets.handling import HandlingAct
from operations.tickets.owed import Standing, debts_of
from operations.tickets.reckoning import Reckoner
from operations.tickets.rings import LADDER
from operations.tickets.supervising import Office, see_through
from operations.tickets.supervision import Line, Outcome
from operations.tickets.supervision_actions import ACTIONS, MOST_ENTRIES, Asked
from operations.tickets.ticket import Status, Supervision
from operations.work_clock import WorkClock
from tests.builders import NOW, at, ticket
from tests.rules import CALENDAR, SHANGHAI

SENT = ticket(town="370681104", department="water", status=Status.HANDLING)
CLOSED = replace(SENT, status=Status.CLOSED, closed_at=at(1))
A = HandlingAct
INTERNAL = Asked(line="internal", departments=("water",), within=3)
LISTED = Asked(departments=("water",), within=5, sign="督〔2026〕7号", lister="市政府办")
SUMMON = Asked(departments=("water", "health"), within=2)


class Desk:
    """Acts one after another on one ticket."""

    def __init__(self, delivered=SENT, stream=None):
        self.book, self.stream = MemoryHandlingBook(), stream or MemoryStream()
        self.delivered, self.reckoner = delivered, Reckoner()
        clock = WorkClock(CALENDAR, SHANGHAI, time(8, 30), time(17, 30))
        knows = {"water", "health"}.__contains__
        self.office = Office(self.book, self.stream, clock, knows)

    @property
    def handling(self):
        return self.book.handling(*SENT.identity)

    @property
    def watch(self):
        return self.handling.watch

    @property
    def ticket(self):
        return self.reckoner.reckon(self.delivered, self.handling)

    def do(self, act, asked=None, reason="因为", now=NOW, version=None):
        seen = self.handling.version if version is None else version
        return see_through(
            self.office, self.ticket, self.handling, act, asked or Asked(),
            reason=reason, expected_version=seen, actor="王", verified=True, now=now,
        )  # fmt: skip

    def refused(self, *what, **how):
        before = self.handling
        with pytest.raises(BadInput) as error:
            self.do(*what, **how)
        assert self.handling == before
        return error.value.field


def test_a_report_goes_up_ring_by_ring_and_is_taken_back():
    desk = Desk()
    desk.do(A.REPORT)
    assert desk.ticket.ring is Ring.COUNTY
    desk.do(A.REPORT)
    assert desk.ticket.ring is Ring.CITY
    assert desk.refused(A.REPORT) == "ring"
    assert desk.refused(A.TAKE_BACK, reason=" ") == "reason"
    desk.do(A.TAKE_BACK, reason="镇里能办")
    assert desk.ticket.ring is Ring.COUNTY
    desk.do(A.TAKE_BACK)
    assert desk.ticket.ring is Ring.TOWN
    assert desk.refused(A.TAKE_BACK) == "report"
    assert [(line.act, line.detail) for line in desk.book.lines(*SENT.identity)] == [
        (A.REPORT, "county"), (A.REPORT, "city"), (A.TAKE_BACK, "city"), (A.TAKE_BACK, "county"),
    ]  # fmt: skip


def test_a_record_is_due_by_the_calendar_and_ends_by_an_accepted_reply():
    desk = Desk()
    desk.do(A.SUPERVISE, INTERNAL)
    (record,) = desk.watch.records
    assert record.due_at == at(3 * 24)
    assert desk.ticket.supervision is Supervision.OPEN
    assert desk.refused(A.ACCEPT, Asked(number=1)) == "reply"
    assert desk.refused(A.REPLY, Asked(number=1, departments=("health",))) == "department"
    own = Asked(number=1, departments=("water",))
    desk.do(A.REPLY, own, "管道已冲洗", now=at(5))
    assert desk.refused(A.REPLY, own) == "replied"
    desk.do(A.SEND_BACK, Asked(number=1), "没有说明原因")
    assert (desk.watch.records[0].reply, desk.watch.records[0].sent_back) == ("", 1)
    assert desk.refused(A.ACCEPT, Asked(number=1)) == "reply"
    desk.do(A.REPLY, own, "上游施工，已冲洗", now=at(6))
    desk.do(A.ACCEPT, Asked(number=1), "已回访")
    (record,) = desk.watch.records
    assert (record.outcome, record.reply) == (Outcome.ACCEPTED, "上游施工，已冲洗")
    assert desk.ticket.supervision is None
    for act in (A.ACCEPT, A.SEND_BACK, A.REPLY, A.WITHDRAW):
        assert desk.refused(act, own) == "record"


def test_working_days_of_a_record_begin_when_offices_open():
    desk = Desk()
    desk.do(A.SUPERVISE, replace(INTERNAL, within=1), now=at(12))  # ten at night
    assert desk.watch.records[0].due_at == at(46.5)


def test_a_debt_is_due_then_late_then_waits_for_a_word():
    desk = Desk()
    desk.do(A.SUPERVISE, INTERNAL)
    (debt,) = debts_of(desk.watch)
    assert debt.standing(at(72)) is Standing.DUE
    assert debt.standing(at(72, seconds=1)) is Standing.LATE
    assert desk.watch.records[0].is_late(at(73))
    desk.do(A.REPLY, Asked(number=1, departments=("water",)), now=at(80))
    (debt,) = debts_of(desk.watch)
    assert debt.standing(at(99)) is Standing.REPLIED
    assert desk.watch.records[0].is_late(at(81)), "the reply came late, and stays so"


def test_a_listed_case_has_number_and_name_and_leaves_by_an_outcome_alone():
    desk = Desk()
    assert desk.refused(A.LIST, replace(LISTED, sign="")) == "sign"
    assert desk.refused(A.LIST, replace(LISTED, lister="长" * 41)) == "lister"
    desk.do(A.LIST, LISTED)
    assert desk.refused(A.LIST, replace(LISTED, sign="8号")) == "twice"
    assert desk.refused(A.WITHDRAW, Asked(number=1)) == "listed"
    desk.do(A.REPLY, Asked(number=1, departments=("water",)))
    assert desk.refused(A.ACCEPT, Asked(number=1), reason="") == "reason"
    desk.do(A.ACCEPT, Asked(number=1), "水质达标")
    assert desk.watch.records[0].ruling == "水质达标"
    assert desk.refused(A.LIST, LISTED) == "taken", "a number is given once"


def test_a_summons_waits_for_each_and_shows_who_came_late():
    desk = Desk()
    desk.do(A.REPORT)
    desk.do(A.SUMMON, SUMMON)
    assert desk.watch.summonses[0].ring is Ring.COUNTY
    assert [debt.department for debt in debts_of(desk.watch)] == ["water", "health"]
    desk.do(A.CHECK_IN, Asked(number=1, departments=("water",)), "", now=at(1))
    came = Asked(number=1, departments=("water",))
    assert desk.refused(A.CHECK_IN, came) == "came"
    assert desk.refused(A.CHECK_IN, Asked(number=1, departments=("police",))) == "department"
    desk.do(A.CHECK_IN, Asked(number=1, departments=("health",)), "", now=at(3))
    assert [line.detail for line in desk.book.lines(*SENT.identity)][-2:] == [
        "water\n", "health\nlate",
    ]  # fmt: skip
    assert not desk.watch.summonses[0].is_open
    assert desk.refused(A.WITHDRAW_SUMMONS, Asked(number=1)) == "record"
    assert desk.ticket.supervision is None, "a summons supervises nobody"


def test_a_summons_is_withdrawn():
    desk = Desk()
    desk.do(A.SUMMON, SUMMON)
    desk.do(A.WITHDRAW_SUMMONS, Asked(number=1), "按错了")
    assert debts_of(desk.watch) == []


def test_a_referral_stands_until_it_is_taken_back():
    desk = Desk()
    assert desk.refused(A.REFER, reason="") == "reason"
    desk.do(A.REFER)
    assert desk.ticket.supervision is Supervision.REFERRED
    assert desk.refused(A.REFER) == "referred"
    desk.do(A.WITHDRAW_REFERRAL)
    assert desk.ticket.supervision is None
    assert desk.refused(A.WITHDRAW_REFERRAL) == "referral"


@pytest.mark.parametrize(
    ("act", "asked", "field"),
    [
        (A.SUPERVISE, replace(INTERNAL, line="listed"), "line"),
        (A.SUPERVISE, replace(INTERNAL, line=""), "line"),
        (A.SUPERVISE, replace(INTERNAL, within=0), "days"),
        (A.SUPERVISE, replace(INTERNAL, within=61), "days"),
        (A.SUPERVISE, replace(INTERNAL, departments=()), "department"),
        (A.SUPERVISE, replace(INTERNAL, departments=("police",)), "department"),
        (A.SUPERVISE, replace(INTERNAL, departments=("water", "health")), "department"),
        (A.SUMMON, replace(SUMMON, departments=("water", "water")), "department"),
        (A.SUMMON, replace(SUMMON, within=73), "hours"),
        (A.CHECK_IN, Asked(number=1, departments=("water",)), "record"),
        (A.ACCEPT, Asked(number=9), "record"),
    ],
)
def test_what_cannot_be_is_refused_by_name(act, asked, field):
    assert Desk().refused(act, asked) == field


@pytest.mark.parametrize("act", [A.REPORT, A.SUMMON])
def test_a_closed_ticket_is_neither_reported_nor_summoned_to(act):
    assert Desk(CLOSED).refused(act, SUMMON) == "open"
    Desk(CLOSED).do(A.SUPERVISE, INTERNAL)


def test_of_two_people_on_one_version_the_second_is_told_who_came_first():
    desk = Desk()
    desk.do(A.REPORT)
    with pytest.raises(Conflict, match="report by 王") as error:
        desk.do(A.SUPERVISE, INTERNAL, version=0)
    assert error.value.held == desk.handling


def test_where_the_stream_is_away_the_act_is_written_down():
    class Away(MemoryStream):
        def append_action(self, subject):
            raise Unreachable("no Redis")

    desk = Desk(stream=Away())
    with pytest.raises(Unreachable, match="written down"):
        desk.do(A.REPORT)
    assert desk.ticket.ring is Ring.COUNTY


def test_the_entries_of_a_ticket_are_bounded():
    desk = Desk()
    for number in range(1, MOST_ENTRIES + 1):
        desk.do(A.SUPERVISE, INTERNAL)
        desk.do(A.WITHDRAW, Asked(number=number))
    assert desk.refused(A.SUPERVISE, INTERNAL) == "many"


asks = st.builds(
    Asked,
    number=st.integers(0, 5),
    line=st.sampled_from([*Line, ""]),
    departments=st.sampled_from([(), ("water",), ("health",), ("water", "health"), ("police",)]),
    within=st.integers(-1, 80),
    sign=st.sampled_from(["", "1号", "2号"]),
    lister=st.sampled_from(["", "市政府办"]),
)
presses = st.lists(st.tuples(st.sampled_from(list(ACTIONS)), asks, st.sampled_from(["", "因为"])))


@given(presses)
@settings(max_examples=300, deadline=None)
def test_no_sequence_of_acts_reaches_a_forbidden_state(pressed):
    desk, hours = Desk(), 0
    for act, asked, reason in pressed:
        ring, version = desk.ticket.ring, desk.handling.version
        try:
            desk.do(act, asked, reason, now=at(hours))
        except BadInput:
            assert desk.handling.version == version
            continue
        hours += 1
        last = desk.book.lines(*SENT.identity)[-1]
        lower = LADDER.index(desk.ticket.ring) < LADDER.index(ring)
        assert not lower or (last.act is A.TAKE_BACK and last.reason)
    watch = desk.watch
    for one in watch.records:
        assert one.reply or one.outcome is not Outcome.ACCEPTED
        assert (one.outcome is None) is one.is_open
        assert not (one.line is Line.LISTED and one.outcome is Outcome.WITHDRAWN)
        assert one.ruling or one.is_open
    open_lines = [one.line for one in watch.records if one.is_open]
    assert len(open_lines) == len(set(open_lines))
    numbers = sorted(one.number for one in (*watch.records, *watch.summonses))
    assert numbers == list(range(1, len(numbers) + 1))
    expected = Supervision.OPEN if open_lines else None
    assert desk.ticket.supervision is (Supervision.REFERRED if watch.referral else expected)
