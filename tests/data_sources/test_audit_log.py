"""The audit log's promises, the same in memory, on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.database import connect_database, reading, writing
from data_sources.memory_audit import MemoryAudit
from operations.errors import OperationsError
from operations.people.audit import EMPTY, AuditSearch, Deed, Flaw, verify
from tests.builders import NOW_US

NASTY = "停水 \0 \ud83d '\"\\ %s :id {}"
WRITERS, DEEDS = 20, 50
REST = "at_us, actor, verified, device, act, subject, before, after, reason, hash"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def audit(request):
    if request.param == "memory":
        return MemoryAudit()
    return SqlAudit(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def deed(**changes):
    values = {"at_us": NOW_US, "actor": "王", "act": "alarm.acknowledge", "subject": "a-1"}
    return Deed(**(values | changes))


def numbers(lines):
    return [line.number for line in lines]


def test_everything_comes_back_as_it_was(audit):
    whole = deed(verified=True, device="d", before="raised", after="x", reason="因为\n")
    line = audit.append(whole)
    assert {name: value for name, value in asdict(line).items() if name != "number"} == asdict(
        whole
    )
    nasty = audit.append(deed(actor=NASTY, reason=NASTY))
    assert [kept.line for kept in audit.lines()] == [line, nasty]
    assert audit.find(AuditSearch(), most=9) == [nasty, line]
    head = verify(audit.lines())
    assert head == audit.head()
    assert head.number == 2


def test_empty_log(audit):
    assert audit.head() == EMPTY
    assert list(audit.lines()) == []
    assert audit.find(AuditSearch(), most=9) == []
    assert audit.count(AuditSearch()) == 0


def test_lines_behind_a_number(audit):
    for n in range(5):
        audit.append(deed(subject=f"a-{n}"))
    assert [kept.line.number for kept in audit.lines(after=3)] == [4, 5]


def test_search_finds_what_the_rule_says(audit):
    acts = ("alarm.shelve", "alarm", "alarms", "alarm-x", "alarm/x", "login", "alarm.shelve.x")
    lines = [
        audit.append(deed(actor=actor, act=act, subject=subject, at_us=NOW_US + n))
        for n, (actor, act, subject) in enumerate(
            (actor, act, subject) for actor in "王李" for act in acts for subject in ("a", "b")
        )
    ]
    for search in (
        AuditSearch(),
        AuditSearch(actor="王"),
        AuditSearch(without="alarm"),
        AuditSearch(without="alarm.shelve", actor="王"),
        AuditSearch(act="alarm"),
        AuditSearch(act="alarm.shelve"),
        AuditSearch(subject="b"),
        AuditSearch(from_us=NOW_US + 3),
        AuditSearch(to_us=NOW_US + 3),
        AuditSearch(actor="李", act="alarm", subject="a", from_us=NOW_US, to_us=NOW_US + 20),
        AuditSearch(actor="' OR 1=1 --"),
    ):
        expected = [line for line in reversed(lines) if search.finds(line)]
        assert audit.find(search, most=99) == expected, search
        assert audit.find(search, most=2, skip=1) == expected[1:3]
        assert audit.count(search) == len(expected)


def test_thousand_appends_at_once_make_one_unbroken_chain(audit):
    together = threading.Barrier(WRITERS)

    def write(writer):
        together.wait()
        return [audit.append(deed(actor=f"w{writer}", subject=str(n))) for n in range(DEEDS)]

    with ThreadPoolExecutor(WRITERS) as pool:
        written = list(pool.map(write, range(WRITERS)))
    assert verify(audit.lines()) == audit.head()
    assert sorted(n for lines in written for n in numbers(lines)) == list(
        range(1, WRITERS * DEEDS + 1)
    )
    for lines in written:
        assert numbers(lines) == sorted(numbers(lines)), "a writer's own deeds keep their order"


def test_line_within_a_transaction_is_kept_or_lost_with_it(engine):
    audit = SqlAudit(engine)
    with writing(engine) as connection:
        audit.append(deed(subject="kept"), within=connection)
        audit.append(deed(subject="kept too"), within=connection)
    with suppress(RuntimeError), writing(engine) as connection:
        audit.append(deed(subject="lost"), within=connection)
        raise RuntimeError
    audit.append(deed(subject="next"))
    assert [kept.line.subject for kept in audit.lines()] == ["kept", "kept too", "next"]
    assert verify(audit.lines()) == audit.head()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'x' WHERE number = 1",
        "UPDATE audit SET actor = actor",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit",
        f"INSERT INTO audit SELECT number + 1, {REST} FROM audit WHERE number = 2",
        f"INSERT INTO audit SELECT number - 1, {REST} FROM audit WHERE number = 1",
    ],
)
def test_database_itself_lets_lines_be_added_alone(engine, statement):
    audit = SqlAudit(engine)
    for n in range(3):
        audit.append(deed(subject=str(n)))
    before = list(audit.lines())
    with pytest.raises(DBAPIError, match="audit log"), writing(engine) as connection:
        connection.execute(text(statement))
    assert list(audit.lines()) == before


def test_sqlite_replaces_no_line(sqlite_engine):
    audit = SqlAudit(sqlite_engine)
    audit.append(deed())
    with pytest.raises(DBAPIError, match="audit log"), writing(sqlite_engine) as connection:
        connection.execute(text("INSERT OR REPLACE INTO audit SELECT * FROM audit"))


def test_postgresql_truncates_nothing(postgresql_engine):
    audit = SqlAudit(postgresql_engine)
    audit.append(deed())
    with pytest.raises(DBAPIError, match="audit log"), writing(postgresql_engine) as connection:
        connection.execute(text("TRUNCATE audit"))
    assert audit.head().number == 1


def test_log_goes_on_after_a_restart(engine):
    SqlAudit(engine).append(deed())
    again = connect_database(engine.url.render_as_string(hide_password=False))
    audit = SqlAudit(again)
    audit.append(deed(subject="later"))
    assert verify(audit.lines()) == audit.head()
    assert audit.head().number == 2
    again.dispose()


def test_lost_head_is_told_in_words(engine):
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(OperationsError, match="check --audit"):
        SqlAudit(engine).append(deed())


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at_us", NOW_US ^ 1), ("actor", "玉"), ("verified", True), ("device", "x"),
        ("act", "alarm.shelve"), ("subject", "a-3"), ("before", "x"), ("after", "x"),
        ("reason", "x"), ("hash", "0" * 64), ("number", 9),
    ],
)  # fmt: skip
def test_changed_row_is_named(engine, column, value):
    audit = SqlAudit(engine)
    for _ in range(4):
        audit.append(deed())
    without_triggers(engine)
    with writing(engine) as connection:
        connection.execute(
            text(f'UPDATE audit SET "{column}" = :value WHERE number = 3'), {"value": value}
        )
    assert verify(audit.lines()).number == 3


def test_flipped_byte_of_any_column_in_sqlite_is_named(sqlite_engine):
    audit = SqlAudit(sqlite_engine)
    for n in range(3):
        audit.append(deed(device="desk", before="raised", after="shelved", reason=f"r{n}"))
    without_triggers(sqlite_engine)
    flips = 0
    with reading(sqlite_engine) as connection:
        row = connection.execute(text("SELECT * FROM audit WHERE number = 2")).mappings().one()
    for column, value in row.items():
        if not isinstance(value, str):
            continue
        whole = value.encode()
        for place in range(len(whole)):
            broken = bytearray(whole)
            broken[place] ^= 0x80 if place % 2 else 1
            flips += 1
            set_bytes(sqlite_engine, column, bytes(broken))
            found = verify(audit.lines())
            assert isinstance(found, Flaw), (column, place)
            assert found.number == 2
        set_bytes(sqlite_engine, column, whole)
    assert flips > 90
    assert verify(audit.lines()) == audit.head(), "all was put back"


def set_bytes(engine, column, value):
    with writing(engine) as connection:
        connection.execute(
            text(f'UPDATE audit SET "{column}" = CAST(:value AS TEXT) WHERE number = 2'),
            {"value": value},
        )


def without_triggers(engine):
    """Take the database's own protection away, as somebody who owns it can."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
            return
        found = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in found.scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
