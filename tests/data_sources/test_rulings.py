"""Final opinions on SQLite and PostgreSQL: they bind at once, and nothing undoes them."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.backup import write_backup
from data_sources.database import connect_database, writing
from data_sources.handling_book import SqlHandlingBook
from data_sources.restore import opened, restore_tables
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.response.dispute import State
from operations.tickets.changes import Step
from operations.tickets.handling import Handling, HandlingAct, HandlingLine
from operations.tickets.ticket import Status
from tests.response import TICKET, City

MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def city(request):
    made = City(request.getfixturevalue(f"{request.param}_engine"))
    made.deliver()
    return made


def held(city):
    return city.ledger.ticket(*TICKET)


def blocked(city):
    lines = city.ledger.changes(*TICKET)
    return [line.now for line in lines if line.step is Step.BLOCKED]


def test_an_opinion_gives_the_ticket_to_its_lead(city):
    opinion = city.ruled()
    assert city.stream.told == ["handling"], "its tickets are reckoned at once"
    city.reckon()
    one = held(city)
    assert (one.department, one.cooperating, one.ruled_by) == (
        "drainage", ("water",), "MZ2026-0001",
    )  # fmt: skip
    assert one.due_at == opinion.due_at
    (line,) = [line for line in city.ledger.changes(*TICKET) if line.step is Step.RULED]
    assert (line.was, line.now, line.at) == ("water", "drainage", opinion.signed_at)
    moved = [line.why for line in city.ledger.changes(*TICKET) if line.step is Step.DUE]
    assert moved == ["ruling"]
    dispute = city.disputes.dispute(opinion.dispute)
    assert (dispute.state, dispute.opinion) == (State.RULED, opinion.number)
    assert city.opinions.opinion(opinion.number) == opinion


@pytest.mark.parametrize("reckoned", [True, False])
@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"status": Status.RETURNED, "returns": 1, "return_reason": "不属于我单位"}, "returned"),
        ({"department": "telecom", "reassignments": 1}, "telecom"),
        ({"department": None, "status": Status.ACCEPTED}, "unassigned"),
    ],
)
def test_what_a_source_asks_against_it_is_held_back_and_told(city, reckoned, changes, asked):
    city.ruled()
    if reckoned:
        city.reckon()
    city.now += MINUTE
    city.deliver(**changes)
    one = held(city)
    assert one.department == "drainage"
    assert one.status is not Status.RETURNED
    assert (one.returns, one.reassignments, one.return_reason) == (0, 0, "")
    assert blocked(city) == [asked]
    (attempt,) = city.opinions.attempts(most=5)
    assert (attempt.ticket, attempt.opinion, attempt.asked) == (TICKET, "MZ2026-0001", asked)
    assert attempt.reason == changes.get("return_reason", "")
    assert city.opinions.count_attempts(city.now) == 1
    (line,) = SqlAudit(city.engine).find(AuditSearch(act="ruling.blocked"), most=5)
    assert (line.subject, line.after, line.actor) == ("demo/T-1", asked, "source demo")


def test_the_same_delivery_again_is_no_second_attempt(city):
    city.ruled()
    city.now += MINUTE
    for _ in range(3):
        city.deliver(status=Status.RETURNED, returns=1)
    city.now += MINUTE
    city.deliver(status=Status.RETURNED, returns=1)  # it goes on saying so
    assert blocked(city) == ["returned"]
    assert city.opinions.count_attempts(city.now - timedelta(days=1)) == 1


def test_a_source_that_has_not_heard_of_it_attempts_nothing(city):
    city.ruled()
    city.now += MINUTE
    city.deliver(status=Status.HANDLING, signed_at=city.now)  # still names whom it named before
    city.now += MINUTE
    city.deliver(status=Status.CLOSED, closed_at=city.now, department="drainage")
    one = held(city)
    assert (one.department, one.status) == ("drainage", Status.CLOSED)
    assert blocked(city) == []


def test_a_newer_opinion_names_another_lead(city):
    city.ruled()
    city.reckon()
    newer = city.ruled(lead="telecom")
    city.reckon()
    assert newer.replaces == "MZ2026-0001"
    assert (held(city).department, held(city).ruled_by) == ("telecom", newer.number)
    city.now += MINUTE
    city.deliver(department="drainage")  # as the older opinion had it
    assert held(city).department == "telecom"
    assert blocked(city) == ["drainage"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE tickets SET department = 'telecom' WHERE external_id = 'T-1'",
        "UPDATE tickets SET department = NULL WHERE external_id = 'T-1'",
        "UPDATE tickets SET status = 'returned' WHERE external_id = 'T-1'",
        "UPDATE opinions SET lead = 'telecom'",
        "UPDATE opinions SET body = '{}'",
        "DELETE FROM opinions",
        "DELETE FROM locks",
        "UPDATE locks SET opinion_id = opinion_id",
        "UPDATE locks SET ticket_id = 99",
        "UPDATE lock_attempts SET asked = ''",
        "DELETE FROM lock_attempts",
        "UPDATE dispute_lines SET reason = ''",
        "DELETE FROM dispute_lines",
    ],
)
def test_the_database_itself_refuses_to_undo_it(city, statement):
    city.ruled()
    city.reckon()
    city.now += MINUTE
    city.deliver(department="roads")
    with pytest.raises(DBAPIError), writing(city.engine) as connection:
        connection.execute(text(statement))
    assert held(city).department == "drainage"


def copied(city, table, **changed):
    """Give the columns of a table, and what selects its first row with some changed."""
    columns = [one["name"] for one in inspect(city.engine).get_columns(table)]
    chosen = ", ".join(changed.get(name, name) for name in columns)
    return f"({', '.join(columns)}) SELECT {chosen} FROM {table}"


REPLACED = [
    ("tickets", {"department": "'telecom'"}),
    ("tickets", {"department": "NULL"}),
    ("tickets", {"status": "'returned'"}),
    ("tickets", {"id": "id + 99"}),
    ("tickets", {"external_id": "'T-9'"}),
    ("tickets", {"source": "'other'"}),
    ("handling", {"body": "'{}'"}),
    ("handling", {"body": "replace(body, 'drainage', 'water')"}),
]


@pytest.mark.parametrize("city", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "changed"), REPLACED)
def test_no_row_in_place_of_another_undoes_it(city, table, changed):
    city.ruled()
    city.reckon()
    before = held(city)
    statement = f"INSERT OR REPLACE INTO {table} {copied(city, table, **changed)}"
    with pytest.raises(DBAPIError, match="rul"), writing(city.engine) as connection:
        connection.execute(text(statement))
    city.now += MINUTE
    city.deliver(department="roads")
    assert held(city).department == before.department == "drainage"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM tickets",
        "DELETE FROM handling",
        "UPDATE tickets SET id = id + 99",
        "UPDATE tickets SET source = 'other'",
        "UPDATE tickets SET external_id = 'T-9'",
        "UPDATE handling SET ticket_id = 99",
        "UPDATE handling SET body = '{}'",
        "UPDATE handling SET body = replace(body, 'drainage', 'water')",
        "UPDATE handling SET body = replace(body, 'MZ2026-0001', 'MZ2026-0009')",
    ],
)
def test_neither_the_ticket_nor_the_decision_on_it_is_taken_from_the_lock(city, statement):
    city.ruled()
    city.reckon()
    with pytest.raises(DBAPIError, match="rul"), writing(city.engine) as connection:
        connection.execute(text(statement))
    city.now += MINUTE
    city.deliver(department="roads", status=Status.RETURNED, returns=1)
    assert held(city).department == "drainage"


@pytest.mark.parametrize("city", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["tickets", "handling"])
def test_no_table_that_a_lock_rests_on_is_emptied(city, table):
    with writing(city.engine) as connection:
        connection.execute(text(f"TRUNCATE {table}"))
    city.deliver()
    city.ruled()
    with pytest.raises(DBAPIError, match="rul"), writing(city.engine) as connection:
        connection.execute(text(f"TRUNCATE {table}"))


@pytest.mark.parametrize("city", ["sqlite"], indirect=True)
@pytest.mark.parametrize("change", ["id = 1", "external_id = 'T-1'"])
def test_no_other_ticket_takes_its_place(city, change):
    city.ruled()
    city.reckon()
    city.deliver("T-2")
    other = f"UPDATE OR REPLACE tickets SET {change} WHERE external_id = 'T-2'"
    with pytest.raises(DBAPIError, match="ruled ticket"), writing(city.engine) as connection:
        connection.execute(text(other))


def test_what_no_opinion_binds_is_as_free_as_before(city):
    city.ruled()
    city.deliver("T-2")
    with writing(city.engine) as connection:
        for statement in (
            "UPDATE tickets SET status = 'returned' WHERE external_id = 'T-2'",
            "UPDATE tickets SET external_id = 'T-3' WHERE external_id = 'T-2'",
            "DELETE FROM tickets WHERE external_id = 'T-3'",
        ):
            assert connection.execute(text(statement)).rowcount == 1


def test_who_decides_in_the_same_moment_as_an_opinion_is_told_what_is_held(city):
    city.ruled()
    book = SqlHandlingBook(city.engine)
    seen = Handling(version=1, changed_at=city.now, extension_d=3)
    line = HandlingLine(1, city.now, "王主任", True, HandlingAct.EXTEND, "3", "复杂")
    with pytest.raises(Conflict) as refused:
        book.act(*TICKET, seen, line)
    assert refused.value.held.ruling.lead == "drainage"


def test_a_ruled_ticket_comes_back_with_its_backup_also_before_it_was_reckoned(city, tmp_path):
    city.ruled()
    file = tmp_path / "backup.zip"
    write_backup(city.engine, file, keys={}, with_keys=False, now=city.now)
    engine = connect_database(f"sqlite:///{tmp_path}/restored.sqlite")
    with opened(file) as (packed, manifest):
        restore_tables(packed, manifest, engine)
    restored = City(engine)
    restored.now = city.now + MINUTE
    restored.reckon()
    assert held(restored).department == "drainage"
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(text("DELETE FROM tickets"))
    engine.dispose()


def test_nothing_else_of_a_ruled_ticket_is_refused(city):
    city.ruled()
    city.reckon()
    with writing(city.engine) as connection:
        connection.execute(text("UPDATE tickets SET department = 'drainage', status = 'handling'"))


def test_an_opinion_on_what_was_ruled_meanwhile_is_refused(city):
    seen = city.scheduled()
    first = city.sign(seen)
    with pytest.raises(Conflict):
        city.sign(seen, lead="telecom")
    assert city.opinions.opinions(most=5) == [first]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lead": ""}, "lead"),
        ({"lead": "drainage water"}, "lead"),
        ({"cooperating": ("drainage",)}, "cooperating"),
        ({"cooperating": ("nobody",)}, "cooperating"),
        ({"due_at": None}, "due_at"),
        ({"basis": " "}, "basis"),
        ({"decision": ""}, "decision"),
    ],
)
def test_what_is_missing_in_an_opinion_is_named(city, changes, field):
    seen = city.scheduled()
    hand = city.hand("李市长", after=timedelta(hours=2))
    with pytest.raises(BadInput) as refused:
        hand.sign(seen.number, replace(city.draft(), **changes), expected_version=seen.version)
    assert refused.value.field == field
    assert city.opinions.opinions(most=5) == []


def test_none_is_signed_before_its_clinic_begins(city):
    seen = city.scheduled()
    with pytest.raises(BadInput, match="has not begun"):
        city.hand("李市长").sign(seen.number, city.draft(), expected_version=seen.version)


def test_the_same_signature_again_is_one_opinion(city):
    seen = city.scheduled()
    city.now += timedelta(hours=2)
    hand = city.hand("李市长")
    first = hand.sign(seen.number, city.draft(), expected_version=seen.version)
    ruled = city.disputes.dispute(seen.number)
    line = city.disputes.lines(seen.number)[-1]
    again = replace(first, number="", replaces=None)
    assert city.opinions.sign(again, replace(ruled, opinion=None), line, 2026) == first
    assert city.opinions.opinions(most=5) == [first]


ATTEMPTS = 1_000


def test_no_attempt_of_many_at_once_gets_past_the_lock(city):
    """Deliveries that return it, move it, and the bare statement, from eight sides at once."""
    city.ruled()
    city.reckon()
    bare = text("UPDATE tickets SET department = 'telecom' WHERE external_id = 'T-1'")
    got_through, lock = [], threading.Lock()
    city.now += MINUTE
    start = threading.Barrier(8)

    def attack(side):
        start.wait()
        for turn in range(ATTEMPTS // 8):
            if side % 2:
                moved = {"department": ("telecom", "roads", None)[turn % 3], "returns": turn}
                back = (Status.RETURNED, Status.DISPATCHED)[turn % 2]
                at = city.now + timedelta(seconds=turn)
                city.deliver(**moved, status=back, updated_at=at)
            else:
                try:
                    with writing(city.engine) as connection:
                        connection.execute(bare)
                    with lock:
                        got_through.append(side)
                except DBAPIError:
                    pass

    sides = [threading.Thread(target=attack, args=(side,)) for side in range(8)]
    for one in sides:
        one.start()
    for one in sides:
        one.join()
    assert got_through == []
    assert (held(city).department, held(city).ruled_by) == ("drainage", "MZ2026-0001")
    assert held(city).status is not Status.RETURNED
    assert blocked(city)
