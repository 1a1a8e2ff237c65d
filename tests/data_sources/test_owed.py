"""What is owed on tickets: in memory, on SQLite and on PostgreSQL alike."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from data_sources import supervision_rows
from data_sources.database import reading
from data_sources.handling_book import SqlHandlingBook
from data_sources.ledger import SqlLedger
from data_sources.memory_handling import MemoryHandlingBook
from data_sources.memory_ledger import MemoryLedger
from data_sources.supervision_rows import OwedReads, statement
from data_sources.ticket_search import TicketFinder
from operations.errors import BadInput
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS, sight_of
from operations.tickets.handling import Handling, HandlingAct, HandlingLine
from operations.tickets.owed import OwedSearch, read_place, write_place
from operations.tickets.search import Order, TicketSearch
from operations.tickets.supervision import Called, Line, Record, Report, Summons, Watch
from operations.tickets.ticket import Supervision
from tests.builders import LONGKOU, NOW, at, ticket
from tests.rules import RECKONER

OURS = ticket(external_id="T-1", town="370681104", department="water")
OTHERS = ticket(external_id="T-2", district="370602", department="police", confidential=True)
RECORD = Record(
    number=1, line=Line.GOVERNMENT, department="water", opened_at=NOW, due_at=at(48), reason="催办"
)
LISTED = replace(RECORD, number=2, line=Line.LISTED, due_at=at(24), sign="7号", lister="市府办")
SUMMONS = Summons(
    number=3, ring=Ring.TOWN, called_at=NOW, due_at=at(2), reason="x",
    called=(Called("health"), Called("water", at(1))),
)  # fmt: skip
EVERYTHING = Watch(
    reports=(Report(NOW, Ring.COUNTY, "办不了"),), records=(RECORD, LISTED), summonses=(SUMMONS,)
)


class Kept:
    """A ledger, the book of decisions and the lists of what is owed."""

    def __init__(self, engine=None):
        self.book = MemoryHandlingBook() if engine is None else SqlHandlingBook(engine)
        self.ledger = (
            MemoryLedger(RECKONER, self.book) if engine is None else SqlLedger(engine, RECKONER)
        )
        self.lists = self.ledger if engine is None else OwedReads(engine)
        self.ledger.store([OURS, OTHERS], clock=NOW)
        self.ledger.reckon(clock=NOW, most=100)

    def decide(self, watch, name="T-1"):
        before = self.book.handling("demo", name)
        after = replace(before, version=before.version + 1, changed_at=NOW, watch=watch)
        line = HandlingLine(
            after.version, NOW, "王", True, HandlingAct.SUPERVISE, "government\nwater", "因为"
        )
        self.book.act("demo", name, after, line)

    def owed(self, now=NOW, sight=WITHOUT_ACCOUNTS, most=99, **asked):
        found = self.lists.owed(OwedSearch(**asked), sight, now, most=most).rows
        return [(one.external_id, one.debt.number, one.debt.department) for one in found]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request):
    if request.param == "memory":
        return Kept()
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_everything_decided_is_read_back_as_it_was_written(kept):
    kept.decide(EVERYTHING)
    assert kept.book.handling("demo", "T-1").watch == EVERYTHING


def test_ring_and_supervision_follow_the_decisions(kept):
    kept.decide(EVERYTHING)
    kept.ledger.reckon(clock=NOW, most=100)
    held = kept.ledger.ticket("demo", "T-1")
    assert (held.ring, held.ring_by) == (Ring.COUNTY, "report")
    assert held.supervision is Supervision.OPEN
    kept.ledger.store([replace(OURS, updated_at=at(1), title="改过")], clock=at(1))
    held = kept.ledger.ticket("demo", "T-1")
    assert (held.title, held.ring, held.supervision) == ("改过", Ring.COUNTY, Supervision.OPEN)


def test_a_list_has_what_is_open_in_order_of_due(kept):
    assert kept.owed() == []
    kept.decide(EVERYTHING)
    assert kept.owed() == [("T-1", 3, "health"), ("T-1", 2, "water"), ("T-1", 1, "water")]
    assert kept.owed(most=1) == [("T-1", 3, "health")]
    (first, *_) = kept.lists.owed(OwedSearch(line="listed"), WITHOUT_ACCOUNTS, NOW, most=9).rows
    assert (first.debt.sign, first.debt.lister, first.version) == ("7号", "市府办", 1)
    kept.decide(replace(EVERYTHING, summonses=(replace(SUMMONS, withdrawn_at=NOW),)))
    assert kept.owed() == [("T-1", 2, "water"), ("T-1", 1, "water")]


@pytest.mark.parametrize("most", [1, 2, 3, 99])
@pytest.mark.parametrize("asked", [{}, {"department": "water"}, {"standing": "due"}])
def test_pages_are_the_list_each_line_once(kept, monkeypatch, most, asked):
    monkeypatch.setattr(supervision_rows, "A_PIECE", 2)
    for number, hours in enumerate((24, 24, 2, 48)):  # two tickets, two of one due time
        name = "T-1" if number < 2 else "T-2"
        kept.ledger.store([replace(OTHERS, external_id="T-2", confidential=False,
                                   updated_at=at(1))], clock=at(1))  # fmt: skip
        before = kept.book.handling("demo", name).watch
        more = replace(RECORD, number=number, due_at=at(hours))
        kept.decide(replace(before, records=(*before.records, more)), name)
    whole = kept.lists.owed(OwedSearch(**asked), WITHOUT_ACCOUNTS, NOW, most=99)
    assert len(whole.rows) == 4
    assert whole.after is None
    found, after, pages = [], None, 0
    while pages == 0 or after is not None:
        place = after and read_place(write_place(after))  # through an address
        page = kept.lists.owed(OwedSearch(**asked), WITHOUT_ACCOUNTS, NOW, most=most, after=place)
        assert len(page.rows) <= most
        found, after, pages = found + page.rows, page.after, pages + 1
    assert found == whole.rows
    assert pages == max(1, -(-4 // most))


def test_who_sees_nothing_of_a_long_list_is_led_on(kept, monkeypatch):
    monkeypatch.setattr(supervision_rows, "A_PIECE", 1)
    monkeypatch.setattr(supervision_rows, "MOST_PIECES", 2)
    kept.decide(EVERYTHING)
    nobody = sight_of(Person("1", "王", "wang", frozenset({Role.WALL})))
    page = kept.lists.owed(OwedSearch(), nobody, NOW, most=9)
    assert page.rows == []
    if isinstance(kept.lists, OwedReads):
        assert page.after is not None, "two lines were gone through, and there are more"
        page = kept.lists.owed(OwedSearch(), nobody, NOW, most=9, after=page.after)
    assert page.after is None


@pytest.mark.parametrize(
    "given", ["x", "W10", "!", "bnVsbA", write_place((NOW, "a", "b", -1, "c"))]
)
def test_a_place_that_is_none_is_refused(given):
    with pytest.raises(BadInput):
        read_place(given)


def test_a_list_is_narrowed_by_line_department_and_standing(kept):
    replied = replace(RECORD, reply="已办", replied_at=at(1))
    kept.decide(replace(EVERYTHING, records=(replied, LISTED)))
    assert kept.owed(line="summons") == [("T-1", 3, "health")]
    assert kept.owed(department="water", now=at(1)) == [("T-1", 2, "water"), ("T-1", 1, "water")]
    assert kept.owed(standing="late", now=at(3)) == [("T-1", 3, "health")]
    assert kept.owed(standing="due", now=at(3)) == [("T-1", 2, "water")]
    assert kept.owed(standing="replied", now=at(99)) == [("T-1", 1, "water")]


def test_a_department_sees_what_it_owes_and_nobody_a_confidential_ticket(kept):
    kept.decide(EVERYTHING)
    kept.decide(Watch(records=(replace(RECORD, number=1),)), "T-2")

    def seen(role, **more):
        return kept.owed(sight=sight_of(Person("1", "王", "wang", frozenset({role}), **more)))

    handler = Role.DEPARTMENT_HANDLER
    assert seen(handler, department="health") == [("T-1", 3, "health")]
    assert seen(handler, department="water")[-1] == ("T-2", 1, "water"), "its handlers see callers"
    assert [one[0] for one in seen(Role.SUPERVISOR)] == ["T-1"] * 3
    assert seen(Role.SUPERVISOR, ring=Ring.COUNTY, place="370602") == []
    assert len(seen(Role.SUPERVISOR, ring=Ring.COUNTY, place=LONGKOU)) == 3


def test_the_number_of_a_listed_case_is_given_once(kept):
    kept.decide(Watch(records=(LISTED,)))
    with pytest.raises(BadInput, match="7号") as error:
        kept.decide(Watch(records=(LISTED,)), "T-2")
    assert error.value.field == "taken"
    assert kept.book.handling("demo", "T-2").version == 0, "all of it or nothing"
    assert kept.book.lines("demo", "T-2") == []


@given(st.permutations(["decide", "deliver", "reckon"]), st.sampled_from([EVERYTHING, Watch()]))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_decisions_and_deliveries_in_any_order_end_in_the_same_state(order, watch):
    kept = Kept()
    newer = replace(OURS, updated_at=at(1), town=None)
    for step in order:
        if step == "decide":
            kept.decide(watch)
        elif step == "deliver":
            kept.ledger.store([newer], clock=at(1))
        else:
            kept.ledger.reckon(clock=NOW, most=9)
    kept.ledger.reckon(clock=NOW, most=9)
    expected = RECKONER.reckon(newer, Handling(version=1, watch=watch))
    assert kept.ledger.ticket("demo", "T-1") == expected


@pytest.mark.parametrize("behind", [False, True])
@pytest.mark.parametrize("asked", [OwedSearch(), OwedSearch(department="water")])
def test_a_list_reads_no_ticket_that_owes_nothing(sqlite_engine, asked, behind):
    kept = Kept(sqlite_engine)
    kept.decide(EVERYTHING)
    values = {"department": "water", "line": "", "now": 0, "piece": 9, "at": 1, "source": "",
              "external_id": "", "number": 0, "owing": ""}  # fmt: skip
    with reading(sqlite_engine) as connection:
        plan = connection.execute(
            text(f"EXPLAIN QUERY PLAN {statement(asked, behind=behind)}"), values
        ).all()
    told = " / ".join(row[-1] for row in plan)
    assert "SCAN tickets" not in told, told
    assert "SCAN handling" not in told, told
    assert ("(due_us>?)" in told or "due_us>?)" in told) is behind, "a page begins by the index"


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"ring": "county"}, ["T-2", "T-1"]),
        ({"ring": "town"}, []),
        ({"watched": "open"}, ["T-1"]),
        ({"watched": "listed"}, ["T-1"]),
        ({"watched": "late"}, ["T-1"]),
        ({"watched": "referred"}, []),
        ({"watched": "listed", "ring": "city"}, []),
    ],
)
def test_the_desk_finds_tickets_by_ring_and_supervision(request, dialect, asked, found):
    engine = request.getfixturevalue(f"{dialect}_engine")
    kept = Kept(engine)
    kept.ledger.store([replace(OTHERS, confidential=False, updated_at=at(1))], clock=at(1))
    kept.decide(EVERYTHING)
    kept.ledger.reckon(clock=NOW, most=9)
    page = TicketFinder(engine).page(
        TicketSearch(**asked), Order("department", down=False), WITHOUT_ACCOUNTS, at(30), most=9
    )
    assert [ticket.external_id for _, ticket in page.tickets] == found


def test_a_reply_that_is_not_late_is_not_found_as_late(sqlite_engine):
    kept = Kept(sqlite_engine)
    kept.decide(Watch(records=(RECORD,), summonses=(SUMMONS,)))
    kept.ledger.reckon(clock=NOW, most=9)
    late = TicketSearch(watched="late")
    for hours, found in ((47, 0), (49, 1)):
        page = TicketFinder(sqlite_engine).page(late, Order(), WITHOUT_ACCOUNTS, at(hours), most=9)
        assert len(page.tickets) == found, "a summons is no record of supervision"
