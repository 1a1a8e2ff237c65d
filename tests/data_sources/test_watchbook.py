"""The watchbook's promises, the same in memory, on SQLite and on PostgreSQL."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from data_sources.audit_log import SqlAudit
from data_sources.database import connect_database, writing
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_watchbook import MemoryWatchbook
from data_sources.migrate import migrate
from data_sources.watchbook import SqlWatchbook
from operations.detection.cluster import Coverage, Extent, Phase, Turn
from operations.errors import Conflict, OperationsError, Unreachable
from operations.people.audit import AuditLine, verify
from operations.ports import Watched
from operations.pulse.alarm import AlarmLine, AlarmState, AlarmStep, Cause, Reason, Seen, Severity
from tests.builders import NOW_US
from tests.postgres_server import running_postgres
from tests.watched import HOUR_US, MINUTE_US, alarm, cluster, cluster_line, evidence

NAME = alarm().id
NASTY = "停水 \0 \ud83d '\"\\ %s :id {}"


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def audited(request):
    """Give a watchbook and the audit log it writes to."""
    if request.param == "memory":
        audit = MemoryAudit()
        return MemoryWatchbook(audit), audit
    engine = request.getfixturevalue(f"{request.param}_engine")
    audit = SqlAudit(engine)
    return SqlWatchbook(engine, audit), audit


@pytest.fixture
def book(audited):
    return audited[0]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def line(version=1, step=AlarmStep.RAISED, **changes):
    values = {"alarm": NAME, "at_us": NOW_US, "severity": Severity.HIGH, "version": version}
    return AlarmLine(step=step, **(values | changes))


def next_version(before, **changes):
    return replace(before, version=before.version + 1, **changes)


def acknowledged(before, actor="王"):
    state = {"state": AlarmState.ACKNOWLEDGED, "actor": actor, "acknowledged_us": NOW_US + 5}
    after = next_version(before, **state)
    return after, line(after.version, AlarmStep.ACKNOWLEDGED, actor=actor)


def keep(book, *alarms, lines=()):
    return book.keep(Watched(alarms=alarms, alarm_lines=tuple(lines)))


FULL_CLUSTER = cluster(
    phase=Phase.MERGED,
    evidence=evidence(
        extent=Extent.ZONE, place="longkou_waterworks", recurrence_d=float("inf"), p=1 / 3,
        coverage=(Coverage("a", 0.75), Coverage("b", 0.1)), bulk=True, town=None,
    ),
    quiet_since_us=NOW_US - 7,
    ended_us=NOW_US,
    parent="c-0",
    into="c-2",
)  # fmt: skip
FULL_ALARM = alarm(
    reasons=(
        Reason(Cause.CATEGORY, "water"),
        Reason(Cause.CLUSTER, "c-1"),
        Reason(Cause.LOOSE_END, "orphans", Seen("2026-11-24", 9, 5, (("roads", 4), ("w", 1)))),
    ),
    state=AlarmState.CLEARED,
    flooded=True,
    actor=NASTY,
    acknowledged_us=1,
    shelved_until_us=2,
    cleared_us=3,
    category=None,
    told=None,
    announced_us=None,
)


def test_everything_comes_back_as_it_was(book):
    lines = (line(), line(note=NASTY, actor="王", verified=True, step=AlarmStep.SHELVED))
    turns = (cluster_line(), cluster_line(turn=Turn.MERGED, other="c-2", at_us=NOW_US))
    assert book.keep(Watched((FULL_CLUSTER,), turns, (FULL_ALARM,), lines)) == []
    assert book.cluster("c-1") == FULL_CLUSTER
    assert book.cluster_lines("c-1") == list(turns)
    assert book.alarm(NAME) == FULL_ALARM
    assert book.alarm_lines(NAME) == list(lines)
    for value in (book.cluster("c-1"), book.alarm(NAME)):
        assert hash(value), "lists where tuples belong would not have one"


def test_nothing_is_found_in_an_empty_book(book):
    assert book.keep(Watched()) == []
    assert (book.cluster("c-1"), book.alarm(NAME)) == (None, None)
    assert book.living() == ([], [])
    assert book.standing() == []
    for found in (book.cluster_lines("c-1"), book.alarm_lines(NAME), book.alarms_of("c-1"),
                  book.clusters_of("water", most=9), book.cleared(most=9)):  # fmt: skip
        assert found == []


def test_next_version_replaces_the_last(book):
    keep(book, alarm(), lines=[line()])
    worse = next_version(alarm(), severity=Severity.CRITICAL)
    assert keep(book, worse, lines=[line(2, AlarmStep.WORSENED)]) == []
    assert book.alarm(NAME) == worse
    assert [one.step for one in book.alarm_lines(NAME)] == ["raised", "worsened"]


def test_alarm_a_person_wrote_first_is_given_back_and_the_rest_is_kept(book):
    other = alarm(id="a-20261124-020000-2", group="other")
    keep(book, alarm(), other)
    theirs, their_line = acknowledged(alarm())
    book.act(theirs, their_line)
    mine = (next_version(alarm(), flooded=True), next_version(other, flooded=True))
    lines = [line(2, AlarmStep.WORSENED), line(2, AlarmStep.WORSENED, alarm=other.id)]
    assert keep(book, *mine, lines=lines) == [theirs]
    assert book.alarm(NAME) == theirs
    assert book.alarm_lines(NAME) == [their_line]
    assert book.alarm(other.id) == mine[1]
    assert book.alarm_lines(other.id) == lines[1:]


@pytest.mark.parametrize("version", [1, 3, 4])
def test_no_version_is_left_out_or_written_over(book, version):
    held = alarm(version=2)
    keep(book, held)
    assert keep(book, alarm(version=version, flooded=True)) == ([] if version == 3 else [held])
    assert book.alarm(NAME).version == (3 if version == 3 else 2)


def test_look_repeated_after_a_lost_answer_changes_nothing(book):
    watched = Watched(
        (cluster(),), (cluster_line(),), (alarm(),), (line(), line(step=AlarmStep.JOINED))
    )
    assert [book.keep(watched) for _ in range(3)] == [[], [], []]
    assert book.cluster_lines("c-1") == [cluster_line()]
    assert book.alarm_lines(NAME) == list(watched.alarm_lines)
    assert book.living() == ([cluster()], [alarm()])


def test_action_repeated_after_a_lost_answer_changes_nothing(book):
    keep(book, alarm())
    after, signed = acknowledged(alarm())
    for _ in range(3):
        book.act(after, signed)
    assert (book.alarm(NAME), book.alarm_lines(NAME)) == (after, [signed])


def test_action_on_a_version_that_is_no_longer_is_refused_with_what_is(book):
    keep(book, alarm())
    first, signed = acknowledged(alarm(), "李")
    book.act(first, signed)
    with pytest.raises(Conflict, match=f"alarm {NAME} has changed") as refused:
        book.act(*acknowledged(alarm(), "王"))
    assert refused.value.held == first
    assert book.alarm_lines(NAME) == [signed]


def test_action_on_an_alarm_nobody_keeps_is_refused(book):
    with pytest.raises(Conflict, match="not there") as refused:
        book.act(*acknowledged(alarm()))
    assert (refused.value.held, book.alarm(NAME), book.alarm_lines(NAME)) == (None, None, [])


def test_of_those_who_write_one_version_one_has_it(book):
    held = alarm()
    keep(book, held)
    start = threading.Barrier(4)

    def person(actor):
        start.wait(10)
        try:
            book.act(*acknowledged(held, actor))
        except Conflict as refused:
            return refused.held
        return None

    def worker():
        start.wait(10)
        mine = next_version(held, changed_us=held.changed_us + 9, actor=None)
        theirs = keep(book, mine, lines=[line(mine.version, AlarmStep.JOINED)])
        return theirs[0] if theirs else None

    for _ in range(10):
        with ThreadPoolExecutor(4) as pool:
            told = [pool.submit(person, actor) for actor in "甲乙丙"] + [pool.submit(worker)]
            told = [one.result(30) for one in told]
        won = book.alarm(NAME)
        assert won.version == held.version + 1
        assert sorted(told, key=lambda one: one is None) == [won, won, won, None]
        assert len([one for one in book.alarm_lines(NAME) if one.version == won.version]) == 1
        held = won


def test_two_workers_for_a_moment_do_not_wait_for_each_other(book):
    alarms = [alarm(id=f"a-20261124-020000-{number}") for number in range(20)]
    keep(book, *alarms)
    start = threading.Barrier(2)

    def work(ordered):
        start.wait(10)
        for version in range(2, 12):
            keep(book, *(replace(one, version=version) for one in ordered))

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work, alarms), pool.submit(work, alarms[::-1])]:
            done.result(30)
    assert {one.version for one in book.living()[1]} == {11}


def test_only_what_lives_and_stands_is_living(book):
    young, old = cluster(id="c-2", born_us=NOW_US), cluster()
    ended = cluster(id="c-3", phase=Phase.ENDED)
    second = alarm(id="a-20261124-020000-2", state=AlarmState.SHELVED)
    tenth = alarm(id="a-20261124-020000-10", state=AlarmState.ACKNOWLEDGED)
    cleared = alarm(state=AlarmState.CLEARED, cleared_us=NOW_US)
    book.keep(Watched(clusters=(young, old, ended), alarms=(tenth, second, cleared)))
    assert book.living() == ([old, young], [second, tenth])
    assert book.standing() == [second, tenth]
    book.keep(Watched(clusters=(replace(old, phase=Phase.ENDED),)))
    keep(book, next_version(second, state=AlarmState.CLEARED, cleared_us=NOW_US + 1))
    assert book.living() == ([young], [tenth])


def test_cleared_alarms_come_newest_first(book):
    at = {"a": 3, "b": 9, "c": 6, "d": None}
    keep(book, *(
        alarm(id=name, cleared_us=us, state=AlarmState.CLEARED if us else AlarmState.RAISED)
        for name, us in at.items()
    ))  # fmt: skip
    assert [one.id for one in book.cleared(most=9)] == ["b", "c", "a"]
    assert [one.id for one in book.cleared(most=2)] == ["b", "c"]
    keep(book, next_version(book.alarm("b"), state=AlarmState.RAISED, cleared_us=None))
    assert [one.id for one in book.cleared(most=2)] == ["c", "a"]


def test_alarms_of_a_cluster_are_all_it_ever_was_a_reason_of(book):
    keep(book, alarm())
    keep(book, next_version(alarm(), reasons=(Reason(Cause.CATEGORY, "c-9"),)))
    later = alarm(id="a-20261124-030000-1", raised_us=NOW_US + HOUR_US)
    keep(book, later)
    assert [one.id for one in book.alarms_of("c-1")] == [later.id, NAME]
    assert book.alarms_of("c-9") == [], "a category is no cluster"


def test_reason_of_a_version_that_was_refused_is_no_reason(book):
    keep(book, alarm(version=2))
    keep(book, alarm(version=2, reasons=(Reason(Cause.CLUSTER, "c-9"),)))
    assert book.alarms_of("c-9") == []


def test_clusters_of_a_category_come_newest_first(book):
    born = {"c-1": 5, "c-2": 9, "c-3": 7}
    noise = cluster(id="c-4", category="noise", born_us=99)
    clusters = [cluster(id=name, born_us=us, phase=Phase.ENDED) for name, us in born.items()]
    book.keep(Watched(clusters=(*clusters, noise)))
    assert [one.id for one in book.clusters_of("water_quality", most=2)] == ["c-2", "c-3"]


def test_clusters_that_ended_since_come_last_first_without_what_merged(book):
    def past(name, days, **changes):
        at_us = NOW_US - days * 24 * HOUR_US
        return cluster(id=name, phase=Phase.ENDED, ended_us=at_us, changed_us=at_us, **changes)

    merged = past("merged", 1, into="old")
    kept = (past("old", 31), past("a", 2), past("b", 1), merged, cluster(id="living"))
    book.keep(Watched(clusters=kept))
    since_us = NOW_US - 30 * 24 * HOUR_US
    assert [one.id for one in book.ended(since_us=since_us, most=9)] == ["b", "a"]
    assert [one.id for one in book.ended(since_us=since_us, most=1)] == ["b"]


def test_lines_of_one_moment_stay_as_they_were_written(book):
    steps = [AlarmStep.LEFT, AlarmStep.JOINED, AlarmStep.CLEARED, AlarmStep.ANNOUNCED]
    keep(book, alarm(version=2), lines=[line(2, step) for step in steps])
    earlier = [line(1, AlarmStep.RAISED, at_us=NOW_US + MINUTE_US)]
    keep(book, lines=earlier)
    assert [one.step for one in book.alarm_lines(NAME)] == ["raised", *steps]
    turns = [Turn.SPLIT, Turn.GREW, Turn.MOVED]
    book.keep(Watched(cluster_lines=tuple(cluster_line(turn=turn) for turn in turns)))
    book.keep(Watched(cluster_lines=(cluster_line(turn=Turn.BORN, at_us=1),)))
    assert [one.turn for one in book.cluster_lines("c-1")] == [Turn.BORN, *turns]


def test_cluster_told_late_does_not_replace_a_newer_one(book):
    book.keep(Watched(clusters=(cluster(),)))
    book.keep(Watched(clusters=(cluster(changed_us=NOW_US - 1, phase=Phase.ENDED),)))
    assert book.cluster("c-1") == cluster()


def test_everything_is_there_after_a_restart(engine):
    watched = Watched((cluster(),), (cluster_line(),), (alarm(),), (line(),))
    SqlWatchbook(engine).keep(watched)
    engine.dispose()
    again = connect_database(engine.url.render_as_string(hide_password=False))
    book = SqlWatchbook(again)
    assert book.living() == ([cluster()], [alarm()])
    assert (book.cluster_lines("c-1"), book.alarm_lines(NAME)) == ([cluster_line()], [line()])
    again.dispose()


def test_look_that_fails_half_way_is_not_there_at_all(engine):
    book = SqlWatchbook(engine)
    bad = line(alarm="\ud800")
    with pytest.raises(UnicodeEncodeError):
        book.keep(Watched((cluster(),), (cluster_line(),), (alarm(),), (bad,)))
    assert (book.living(), book.cluster_lines("c-1")) == (([], []), [])
    assert book.keep(Watched((cluster(),), (), (alarm(),))) == []


def test_database_that_does_not_answer_is_unreachable_and_later_goes_on(tmp_path):
    folder = tmp_path / "later"
    engine = connect_database(f"sqlite:///{folder}/ledger.sqlite")
    book = SqlWatchbook(engine)
    for asking in (book.living, lambda: keep(book, alarm()), lambda: book.alarm(NAME)):
        with pytest.raises(Unreachable, match="unable to open"):
            asking()
    folder.mkdir()
    migrate(engine)
    assert keep(book, alarm()) == []
    engine.dispose()


def test_book_goes_on_when_postgresql_is_back(postgresql_engine):
    book = SqlWatchbook(postgresql_engine)
    keep(book, alarm())
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    book.act(*acknowledged(alarm()))
    assert book.alarm(NAME).version == 2


def test_server_killed_under_the_book_is_unreachable():
    with running_postgres() as url:
        engine = connect_database(url)
        migrate(engine)
        book = SqlWatchbook(engine)
        keep(book, alarm())
    for asking in (book.living, lambda: book.act(*acknowledged(alarm()))):
        with pytest.raises(Unreachable):
            asking()
    engine.dispose()


def test_what_a_person_did_is_in_the_audit_log_once(audited):
    book, audit = audited
    keep(book, alarm(), lines=[line()])
    assert list(audit.lines()) == [], "what the system does is told by the alarm's own history"
    after, told = acknowledged(alarm())
    book.act(after, told)
    book.act(after, told)
    with pytest.raises(Conflict):
        book.act(*acknowledged(alarm(), actor="李"))
    assert [kept.line for kept in audit.lines()] == [
        AuditLine(
            number=1, at_us=NOW_US, actor="王", verified=False, device="",
            act="alarm.acknowledge", subject=NAME, before="raised v1", after="acknowledged v2",
            reason="",
        )
    ]  # fmt: skip
    assert verify(audit.lines()) == audit.head()


def test_action_is_not_done_where_it_cannot_be_written_down(engine):
    book = SqlWatchbook(engine)
    keep(book, alarm())
    with writing(engine) as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(OperationsError):
        book.act(*acknowledged(alarm()))
    assert book.alarm(NAME) == alarm()
    assert book.alarm_lines(NAME) == []
