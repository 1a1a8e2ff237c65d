"""The ledger's promises, the same in memory, on SQLite and on PostgreSQL."""

import threading
from dataclasses import replace

import pytest

from data_sources.ledger import SqlLedger
from data_sources.memory_ledger import MemoryLedger
from operations.ports import Refused, Stored
from operations.tickets.changes import Change, Step, version_of
from operations.tickets.reckoning import as_delivered
from operations.tickets.ticket import Callback, GeoQuality, Satisfaction, Status, Triage, Urgency
from tests.builders import NOW, at, fact, ticket


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def ledger(request):
    if request.param == "memory":
        return MemoryLedger()
    return SqlLedger(request.getfixturevalue(f"{request.param}_engine"))


@pytest.fixture(params=["sqlite", "postgresql"])
def sql_ledger(request):
    return SqlLedger(request.getfixturevalue(f"{request.param}_engine"))


def all_facts(ledger):
    return sorted(fact for batch in ledger.facts() for fact in batch)


EVERYTHING = ticket(
    created_at=at(-48, microseconds=1),
    occurred_at=at(-50),
    dispatched_at=at(-47),
    signed_at=at(-46),
    due_at=at(24),
    original_due_at=at(10),
    replied_at=at(-3),
    closed_at=at(-2),
    updated_at=at(-1),
    received_at=at(0, microseconds=999_999),
    status=Status.CLOSED,
    urgency=Urgency.CRITICAL,
    confidential=True,
    department="water",
    cooperating=("health", "住建局"),
    returns=1,
    reassignments=2,
    extensions=3,
    reopenings=4,
    return_reason="不属于本单位职责",
    town="南山街道",
    parent="T-0",
    category_as_given="自来水",
    department_as_given="水务局",
    reported_on_time=False,
    callback=Callback(at(-1), reached=True, resolved=False, satisfaction=Satisfaction.DISSATISFIED),
    text="家里的水😀\n'\"\\ \t\\N {}",
)


def test_ticket_comes_back_as_it_was(ledger):
    ledger.store([EVERYTHING], clock=NOW)
    held = ledger.ticket("demo", "T-1")
    assert as_delivered(held) == EVERYTHING
    assert held.triage is Triage.URGENT
    assert ledger.ticket("demo", "T-2") is None
    assert ledger.changes("demo", "T-2") == []


def test_new_ticket_is_after_without_before(ledger):
    stored = ledger.store([ticket(geo_quality=GeoQuality.NONE, caller_key="k")], clock=NOW)
    placed = {"latitude": ticket().latitude, "longitude": ticket().longitude}
    assert stored == Stored([], [fact(caller="k", ring="county", **placed)], 0, 1)


def test_changed_ticket_is_before_and_after(ledger):
    ledger.store([ticket(latitude=None)], clock=NOW)
    stored = ledger.store(
        [ticket(latitude=None, status=Status.CLOSED, closed_at=at(1), updated_at=at(1))], clock=NOW
    )
    assert [one.status for one in stored.before] == ["accepted"]
    assert [one.status for one in stored.after] == ["closed"]
    assert stored.revision == 2


def test_facts_are_what_store_told(ledger):
    stored = ledger.store(
        [EVERYTHING, ticket(external_id="T-2"), ticket(source="other", caller_key=None)], clock=NOW
    )
    assert all_facts(ledger) == sorted(stored.after)
    assert all_facts(ledger)[0].satisfied == False  # noqa: E712 - SQLite answers 0
    assert all_facts(ledger)[0].urgent == True  # noqa: E712
    assert all_facts(ledger)[1].satisfied is None
    assert all_facts(ledger)[0].cell is not None


def test_duplicate_changes_nothing_and_is_counted(ledger):
    ledger.store([EVERYTHING], clock=NOW)
    again = replace(EVERYTHING, received_at=at(5))
    assert ledger.store([again, again], clock=at(1)) == Stored([], [], 2, 1)
    assert as_delivered(ledger.ticket("demo", "T-1")) == EVERYTHING
    assert ledger.clock() == at(1)


def test_late_delivery_changes_nothing(ledger):
    ledger.store([ticket(updated_at=at(5), status=Status.SIGNED)], clock=NOW)
    stored = ledger.store([ticket(updated_at=at(4), status=Status.CLOSED)], clock=NOW)
    assert stored == Stored([], [], 1, 1)


@pytest.mark.parametrize("texts", [["one", "other"], ["other", "one"]])
def test_of_two_contents_of_one_time_the_same_is_held_in_either_order(ledger, texts):
    for text in texts:
        ledger.store([ticket(text=text)], clock=NOW)
    newest = max([ticket(text="one"), ticket(text="other")], key=version_of)
    assert as_delivered(ledger.ticket("demo", "T-1")) == newest


def test_same_ticket_thrice_in_a_batch_keeps_every_step(ledger):
    sent = ticket(status=Status.DISPATCHED, dispatched_at=at(1), updated_at=at(1), department="a")
    back = replace(sent, status=Status.RETURNED, returns=1, updated_at=at(2))
    on = replace(back, status=Status.DISPATCHED, department="b", reassignments=1, updated_at=at(3))
    stored = ledger.store([sent, back, sent, on], clock=NOW)
    assert (len(stored.before), len(stored.after), stored.unchanged) == (0, 1, 1)
    assert stored.after[0].department == "b"
    assert [(line.at, line.step) for line in ledger.changes("demo", "T-1")] == [
        (NOW, Step.ACCEPTED), (at(1), Step.DISPATCHED), (at(2), Step.RETURNED),
        (at(3), Step.REASSIGNED),
    ]  # fmt: skip


def test_history_in_one_batch_equals_history_in_many(ledger):
    life = [
        ticket(),
        ticket(updated_at=at(1), status=Status.DISPATCHED, dispatched_at=at(1), department="a"),
        ticket(updated_at=at(2), status=Status.CLOSED, closed_at=at(2), dispatched_at=at(1)),
    ]
    ledger.store([replace(one, source="many") for one in life], clock=NOW)
    for one in life:
        ledger.store([one], clock=NOW)
    assert ledger.changes("demo", "T-1") == ledger.changes("many", "T-1")


def test_step_told_twice_is_one_line(ledger):
    closed = ticket(status=Status.CLOSED, closed_at=at(1), updated_at=at(1))
    undone = replace(closed, status=Status.HANDLING, closed_at=None, updated_at=at(2))
    ledger.store([closed], clock=NOW)
    ledger.store([undone], clock=NOW)
    ledger.store([replace(closed, updated_at=at(3))], clock=NOW)
    lines = ledger.changes("demo", "T-1")
    assert lines.count(Change(at(1), Step.CLOSED)) == 1


def test_replay_after_a_crash_between_commit_and_acknowledgement_changes_nothing(ledger):
    batch = [ticket(external_id=f"T-{number}") for number in range(50)]
    ledger.store(batch, clock=NOW)
    facts, lines = all_facts(ledger), ledger.changes("demo", "T-7")
    assert ledger.store(batch, clock=NOW) == Stored([], [], 50, 1)
    assert (all_facts(ledger), ledger.changes("demo", "T-7")) == (facts, lines)


def test_nul_characters_are_left_out(ledger):
    ledger.store([ticket(text="a\0b", department="w\0", cooperating=("x\0",))], clock=NOW)
    held = ledger.ticket("demo", "T-1")
    assert (held.text, held.department, held.cooperating) == ("ab", "w", ("x",))
    stored = ledger.store([ticket(text="a\0b", department="w\0", cooperating=("x\0",))], clock=NOW)
    assert stored.unchanged == 1


def test_very_long_text_is_kept_whole(ledger):
    text = "水" * 100_000
    ledger.store([ticket(text=text)], clock=NOW)
    assert ledger.ticket("demo", "T-1").text == text
    ledger.store([ticket(text=text[:-1], category="x" * 150, updated_at=at(1))], clock=NOW)
    assert ledger.ticket("demo", "T-1").category == "x" * 150


def test_clock_never_runs_backwards(ledger):
    assert ledger.clock() is None
    ledger.store([], clock=at(5))
    ledger.store([], clock=at(4))
    assert (ledger.clock(), ledger.revision()) == (at(5), 0)


def refused(key="k", **changes):
    values = {"feed": "intake", "field": "status", "reason": "nobody knows it", "record": "{}\0"}
    return Refused(key=key, refused_at=NOW, **(values | changes))


def test_refused_record_is_counted_not_repeated(ledger):
    ledger.set_aside([refused(), refused("other")])
    ledger.set_aside([refused()])
    newest, oldest = ledger.list_set_aside(most=10)
    assert (newest.refused.key, newest.times) == ("other", 1)
    assert (oldest.refused.key, oldest.times, oldest.sent_again_at) == ("k", 2, None)
    assert oldest.refused.reason == "nobody knows it"
    assert [line.id for line in ledger.list_set_aside(most=1)] == [newest.id]


def test_line_sent_again_leaves_the_list_until_it_is_refused_again(ledger):
    ledger.set_aside([refused()])
    line = ledger.list_set_aside(most=1)[0]
    ledger.mark_sent_again([line.id], at(1))
    assert ledger.list_set_aside(most=1) == []
    assert ledger.list_set_aside(most=1, include_sent=True)[0].sent_again_at == at(1)
    ledger.set_aside([refused()])
    assert ledger.list_set_aside(most=1)[0].id == line.id


def test_reader_sees_one_moment_while_a_writer_goes_on(sql_ledger):
    sql_ledger.store([ticket(external_id=f"T-{number}") for number in range(200)], clock=NOW)
    reading = sql_ledger.facts()
    first = next(reading)

    def write():
        for number in range(20):
            sql_ledger.store([ticket(external_id=f"new-{number}")], clock=NOW)

    writer = threading.Thread(target=write)
    writer.start()
    writer.join(20)
    assert sql_ledger.revision() == 21
    assert len(first) + sum(len(batch) for batch in reading) == 200
