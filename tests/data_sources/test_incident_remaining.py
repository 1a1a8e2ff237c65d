"""What outlives its incident, on SQLite and PostgreSQL: it is listed, and climbs its ladders."""

import pytest
from sqlalchemy import text

from data_sources.database import reading
from data_sources.escalation_book import SqlEscalationBook
from data_sources.incident_book import SqlIncidentBook
from data_sources.incident_remaining import TASKS, IncidentRemaining
from operations.response.incident import Kind
from tests.escalation import LADDERS, Climbing


class Kept(Climbing):
    """A climbing scene that is closed with a lesson, and what is read of it."""

    def __init__(self, engine):
        book = SqlIncidentBook(engine, ladders=LADDERS)
        super().__init__(book, SqlEscalationBook(engine, LADDERS))
        self.engine = engine
        self.remaining = IncidentRemaining(engine)

    def close(self):
        for act in ("assess", "respond", "control"):
            self.act(act)
        self.act("close", baseline_d=2)
        self.act("learn", text="旧管先查")

    def titles(self, most=9):
        return [one.task.body["title"] for one in self.remaining.tasks(most=most)]


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_tasks_that_wait_when_an_incident_ended_are_listed_until_they_are_done(kept):
    assert kept.titles() == []
    kept.act("give", title="采样", owner="health", within_min=300)
    assert kept.titles() == [], "somebody is at work on the incident"
    kept.close()
    kept.act("follow_up", title="改造旧管", owner="housing", within_min=30, lesson=1)
    kept.act("review")
    assert kept.titles() == ["改造旧管", "采样"], "the first due first"
    assert kept.titles(most=1) == ["改造旧管"]
    found = kept.remaining.tasks(most=1)[0]
    assert (found.head.number, found.head.state) == (kept.head.number, "reviewed")
    assert found.parties == (kept.head.lead,)
    kept.on(Kind.TASK, 2, "acknowledge")
    kept.on(Kind.TASK, 2, "finish", told="换了")
    kept.on(Kind.TASK, 1, "withdraw", reason="并入改造")
    assert kept.titles() == []


def test_tasks_come_page_by_page_each_once_also_where_they_are_due_at_once(kept):
    for number in range(5):
        kept.minute = 0
        kept.act("give", title=f"第{number}件", owner="health", within_min=300)
    kept.close()
    found, page = [], kept.remaining.tasks(most=2)
    while page:
        found += page
        page = kept.remaining.tasks(most=2, behind=page[-1])
    assert [one.task.number for one in found] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("kept", ["sqlite"], indirect=True)
def test_what_was_done_is_not_walked(kept):
    asked = {"most": 9, "due": -1, "incident": "", "number": 0}
    with reading(kept.engine) as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {TASKS}"), asked).all()
    steps = [row[3] for row in plan]
    assert any("ix_incident_parts_tasks" in step for step in steps)
    assert not any("SCAN" in step or "TEMP B-TREE" in step for step in steps), steps


def test_what_follows_from_a_lesson_climbs_and_what_was_given_before_does_not(kept):
    kept.act("give", title="采样", owner="health", within_min=30)
    kept.close()
    assert kept.escalation.due(2**62, most=9) == [], "nobody is at work on it"
    kept.act("follow_up", title="改造旧管", owner="housing", within_min=30, lesson=1)
    given = kept.minute
    kept.act("review")
    assert {one.number for one in kept.escalation.due(2**62, most=9)} == {2}
    assert kept.told(given) == ["unacknowledged 1 lead water_company"]
    assert kept.escalation.living() == [kept.id], "other ladders of a start reach it too"
    kept.on(Kind.TASK, 2, "acknowledge")
    kept.on(Kind.TASK, 2, "finish", told="换了")
    assert kept.escalation.due(2**62, most=9) == []
    assert kept.escalation.living() == []
