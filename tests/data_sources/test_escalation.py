"""Escalation under one contract: in memory, on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.escalation_book import SqlEscalationBook
from data_sources.incident_book import SqlIncidentBook
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_escalation import MemoryEscalationBook
from data_sources.memory_incidents import MemoryIncidentBook
from operations.people.audit import AuditSearch
from operations.response.escalation import ACTOR, Cause, Ladder, Ladders, Step, Whom
from operations.response.incident import Kind
from tests.escalation import LADDERS, Climbing
from tests.incidents import MINUTE_US, T0_US

LATER_US = T0_US + 10_000 * MINUTE_US
REPORT = {"situation": "一", "done": "二", "next": "三", "needs": "四"}


class Kept(Climbing):
    """A climbing scene in one of the books."""

    def __init__(self, engine=None, ladders=LADDERS, **more):
        self.engine = engine
        if engine is None:
            self.audit = MemoryAudit()
            book = MemoryIncidentBook(self.audit, ladders=ladders)
            escalation = MemoryEscalationBook(book)
        else:
            self.audit = SqlAudit(engine)
            book = SqlIncidentBook(engine, self.audit, ladders=ladders)
            escalation = SqlEscalationBook(engine, ladders, self.audit)
        super().__init__(book, escalation, **more)

    def another(self, **more):
        """Give another incident in the same books."""
        other = object.__new__(Kept)
        other.engine, other.audit = self.engine, self.audit
        Climbing.__init__(other, self.book, self.escalation, **more)
        return other

    def deeds(self):
        found = self.audit.find(AuditSearch(act="incident.escalate"), most=99)
        return [line.subject for line in found]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def engine(request):
    return None if request.param == "memory" else request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def kept(engine):
    return Kept(engine)


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_a_task_climbs_step_by_step_and_each_fires_once(kept):
    kept.only_task()  # at minute 2, within an hour
    assert kept.told(2) == ["unacknowledged 1 lead water_company"]
    assert kept.told(2) == []
    assert kept.told(31) == []
    assert kept.told(32) == ["unacknowledged 2 commander water_company"], "the lead commands"
    assert kept.told(61) == []
    assert set(kept.told(62)) == {"unacknowledged 3 leader", "task_late 1 lead water_company"}
    assert kept.told(63) == []


def test_a_step_its_line_and_the_audit_stand_together(kept):
    kept.only_task()
    [line] = kept.at(2)
    assert (line.actor, line.verified, line.act) == (ACTOR, False, "escalate")
    assert (line.kind, line.number, line.seq) == ("task", 1, kept.head.seq)
    assert kept.book.line(kept.id, line.seq) == line
    assert kept.deeds() == [kept.id]
    assert kept.head.version == 1, "nobody who works on the head is disturbed"


def test_the_commander_is_told_by_name_once_one_is_appointed(kept):
    kept.only_task()
    kept.act("appoint", role="commander", person="李")
    kept.act("appoint", role="deputy", person="赵")
    assert kept.told(32)[-1] == "unacknowledged 2 commander 李"


def test_it_stops_when_the_cause_is_gone_and_begins_anew_on_another_occasion(kept):
    kept.only_task()
    kept.at(32)
    assert [one.climbed for one in kept.escalation.standing(kept.id)] == [2]
    kept.on(Kind.TASK, 1, "acknowledge")
    assert kept.escalation.standing(kept.id) == []
    assert kept.told(61) == []
    kept.on(Kind.TASK, 1, "withdraw", reason="另派")
    assert kept.told(200) == []
    kept.on(Kind.TASK, 1, "give_again", reason="再派", within_min=60)
    assert kept.told(kept.minute) == ["unacknowledged 1 lead water_company"]


def test_what_was_told_before_it_was_taken_up_again_is_not_told_twice(kept):
    kept.act("plan", title="冲洗", owner="health", within_min=10)  # due at minute 11
    kept.on(Kind.PARTY, 1, "check_in")
    assert kept.told(41) == ["measure_late 1 lead water_company",
                             "measure_late 2 commander water_company"]  # fmt: skip
    for act in ("assess", "respond", "control"):
        kept.act(act)
    kept.act("close", baseline_d=3)
    assert kept.escalation.standing(kept.id) == []
    assert kept.told(500) == []
    kept.act("reopen", reason="又来了")
    assert kept.told(501) == ["measure_late 3 leader"]


def test_a_party_that_does_not_come_and_a_report_that_does_not_either(kept):
    assert kept.told(30) == ["absent 1 lead water_company", "absent 2 commander water_company"]
    kept.on(Kind.PARTY, 1, "check_in")
    assert kept.told(239) == []
    assert kept.told(240) == ["report_late 1 lead water_company"]
    kept.act("report", **REPORT)
    assert kept.escalation.standing(kept.id) == []
    assert kept.told(kept.minute + 239) == []
    assert kept.told(kept.minute + 1) == ["report_late 1 lead water_company"]


def test_a_graver_severity_climbs_faster_and_says_nothing_twice(kept):
    kept.only_task()
    kept.at(2)
    kept.act("grade", severity=1)
    assert kept.told(12) == ["unacknowledged 2 commander water_company"]
    kept.act("grade", severity=4)  # whose ladder has no third step
    assert kept.told(61) == []
    kept.act("grade", severity=2)
    assert "unacknowledged 3 leader" in kept.told(64)


def test_a_worker_that_was_away_tells_each_step_in_its_order(kept):
    kept.only_task()
    details = [one for one in kept.told(2000) if one.startswith("unacknowledged")]
    assert [one.split()[1] for one in details] == ["1", "2", "3"]


def test_a_drill_climbs_and_reaches_no_leader_s_figures(kept):
    drill = kept.another(exercise=True)
    kept.at(2000)
    assert {line.detail for line in drill.book.lines(drill.id, before=99, most=99)} >= {
        "absent 3 leader", "report_late 3 leader"
    }  # fmt: skip
    heads = {one.head.id for one in kept.escalation.for_leaders(most=9)}
    assert heads == {kept.id}
    late = kept.escalation.late_reports(T0_US + 2000 * MINUTE_US, most=9)
    assert [one.head.id for one in late] == [kept.id]
    assert kept.escalation.late_reports(T0_US, most=9) == []
    assert kept.escalation.counts([kept.id, drill.id, "sj-nobody"]) == {kept.id: 2, drill.id: 2}
    assert kept.escalation.counts([]) == {}


def test_what_leaders_are_told_is_there_until_its_cause_is_gone(kept):
    kept.only_task()
    kept.at(62)
    [told] = kept.escalation.for_leaders(most=9)
    assert (told.head, told.standing.cause, told.standing.reached) == (
        kept.head, Cause.UNACKNOWLEDGED, Whom.LEADER
    )  # fmt: skip
    kept.on(Kind.TASK, 1, "acknowledge")
    assert kept.escalation.for_leaders(most=9) == []


def over_supervisors(engine):
    """Give a scene whose ladders lead over the supervisors, after half an hour, to the leaders."""
    steps = (Step(Whom.LEAD, (0, 0, 0, 0)), Step(Whom.SUPERVISOR, (10, 20, 30, 40)),
             Step(Whom.LEADER, (20, 40, 60)))  # fmt: skip
    return Kept(engine, Ladders({one: Ladder(one, steps) for one in Cause}))


def test_what_supervisors_are_told_is_there_from_their_step_on_until_its_cause_is_gone(engine):
    kept = over_supervisors(engine)

    def waits():
        found = kept.escalation.for_supervisors(most=9)
        return [(one.head, one.standing.cause, one.standing.reached) for one in found]

    kept.only_task()  # at minute 2
    kept.at(31)
    assert waits() == []
    kept.at(32)
    assert waits() == [(kept.head, Cause.UNACKNOWLEDGED, Whom.SUPERVISOR)]
    kept.at(62)
    told = (kept.head, Cause.UNACKNOWLEDGED, Whom.LEADER)
    assert told in waits(), "leaders know it as well"
    kept.on(Kind.TASK, 1, "acknowledge")
    assert Cause.UNACKNOWLEDGED not in [cause for _, cause, _ in waits()]


def test_a_ladder_that_leads_past_them_is_none_of_theirs(kept):
    kept.at(2000)
    assert kept.escalation.for_leaders(most=9)
    assert kept.escalation.for_supervisors(most=9) == []


def test_supervisors_are_told_of_drills_after_all_that_is_real_and_the_longest_first(engine):
    kept = over_supervisors(engine)
    drill = kept.another(exercise=True)
    kept.at(2000)
    found = kept.escalation.for_supervisors(most=9)
    assert [one.head.exercise for one in found] == sorted(one.head.exercise for one in found)
    assert {one.head.id for one in found} == {kept.id, drill.id}
    real = [one.standing.since_us for one in found if not one.head.exercise]
    assert real == sorted(real)
    assert kept.escalation.for_supervisors(most=1) == found[:1]


def test_a_step_that_was_seen_before_somebody_acted_does_not_fire(kept):
    kept.only_task()
    [seen] = kept.escalation.due(T0_US + 2 * MINUTE_US, most=9)
    kept.on(Kind.TASK, 1, "acknowledge")
    assert kept.escalation.fire(seen, LATER_US) is None
    assert kept.deeds() == []


def test_what_is_due_is_given_the_longest_due_first_and_no_more_than_asked(kept):
    kept.only_task()
    found = kept.escalation.due(LATER_US, most=2)
    assert [one.cause for one in found] == [Cause.UNACKNOWLEDGED, Cause.TASK_LATE]
    assert kept.escalation.due(T0_US - 1, most=9) == []


def test_other_ladders_at_the_next_start_take_the_place_of_these(stored):
    stored.only_task()
    stored.at(2)
    none = SqlEscalationBook(stored.engine, Ladders())
    assert none.living() == [stored.id]
    none.reckon(stored.id)
    assert none.due(LATER_US, most=9) == []
    again = SqlEscalationBook(stored.engine, LADDERS)
    again.reckon(stored.id)
    stored.escalation = again
    assert stored.told(32)[-1] == "unacknowledged 2 commander water_company"


def test_a_step_seen_under_other_ladders_waits_for_those_that_hold_now(stored):
    stored.only_task()
    [seen] = stored.escalation.due(T0_US + 2 * MINUTE_US, most=9)
    none = SqlEscalationBook(stored.engine, Ladders())
    assert none.fire(seen, LATER_US) is None
    assert none.due(T0_US + 2 * MINUTE_US, most=9) == []


def test_incidents_of_a_version_without_ladders_get_theirs_at_the_next_start(stored):
    stored.only_task()
    with writing(stored.engine) as connection:
        connection.execute(text("DELETE FROM incident_ladders"))
    assert stored.told(9) == []
    stored.escalation.reckon(stored.id)
    assert stored.told(9) == ["unacknowledged 1 lead water_company"]


@pytest.mark.parametrize(
    ("stored", "statement"),
    [
        *((kind, f"{act} incident_steps {more}") for kind in ("sqlite", "postgresql")
          for act, more in (("UPDATE", "SET whom = 'x'"), ("DELETE FROM", ""))),
        ("sqlite", "INSERT OR REPLACE INTO incident_steps SELECT * FROM incident_steps"),
        ("postgresql", "TRUNCATE incident_steps"),
    ],
    indirect=["stored"],
)  # fmt: skip
def test_no_step_is_ever_unsaid_whoever_asks(stored, statement):
    stored.only_task()
    stored.at(2)
    with pytest.raises(DBAPIError, match="never changed"), writing(stored.engine) as connection:
        connection.execute(text(statement))


def test_of_all_workers_that_fire_at_once_one_does(stored):
    stored.only_task()
    stored.act("give", title="冲洗", owner="housing", within_min=30)
    begin, now_us = threading.Event(), T0_US + 2000 * MINUTE_US

    def work(_number):
        book = SqlEscalationBook(stored.engine, LADDERS, stored.audit)
        begin.wait(10)
        fired = 0
        while due := book.due(now_us, most=99):
            fired += sum(book.fire(one, now_us) is not None for one in due)
        return fired

    with ThreadPoolExecutor(8) as hands:
        told = [hands.submit(work, number) for number in range(8)]
        begin.set()
        fired = sum(one.result(120) for one in told)
    lines = [one for one in stored.book.lines(stored.id, before=999, most=999)
             if one.act == "escalate"]  # fmt: skip
    with reading(stored.engine) as connection:
        steps = connection.execute(text("SELECT COUNT(*) FROM incident_steps")).scalar_one()
    assert fired == len(lines) == len({one.key for one in lines}) == steps == len(stored.deeds())
    assert len(lines) == 15, "two tasks, unacknowledged and late, and the report: three steps each"


def test_an_act_and_a_step_at_once_both_hold(stored):
    stored.only_task()
    now_us = T0_US + 2000 * MINUTE_US

    def fire(_number):
        return [stored.escalation.fire(one, now_us)
                for one in stored.escalation.due(now_us, most=99)]  # fmt: skip

    def note(number):
        return stored.act("note", text=f"第{number}条", version=0)

    with ThreadPoolExecutor(8) as hands:
        waiting = [hands.submit((fire, note)[number % 2], number) for number in range(24)]
        for one in waiting:
            one.result(120)
    seqs = [line.seq for line in stored.book.lines(stored.id, before=999, most=999)]
    assert seqs == list(range(stored.head.seq, 0, -1))
