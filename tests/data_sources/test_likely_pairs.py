"""Likely pairs are found once, kept while undecided, listed by bounded work, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import event, text

from data_sources import likely_pairs
from data_sources.distinct_book import SqlDistinctBook
from data_sources.ledger import SqlLedger
from data_sources.likely_pairs import KEPT, LikelyPairs
from data_sources.merge_book import SqlMergeBook
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS
from operations.tickets.distinct import DistinctAct, Distinction, DistinctLine, pair_of
from operations.tickets.merging import Merge, MergeAct, MergeLine
from operations.tickets.ticket import Channel, Status
from tests.builders import LONGKOU, NOW, at, ticket
from tests.data_sources.test_ticket_search import plan_of, somebody

ONE = ticket(town="370681104", department="water")
AGAIN = replace(
    ONE, external_id="T-2", channel=Channel.WECHAT, created_at=at(4), updated_at=at(4)
)  # fmt: skip


class Kept:
    def __init__(self, engine):
        self.engine, self.ledger = engine, SqlLedger(engine)
        self.pairs = LikelyPairs(engine)
        self.merges, self.distinct = SqlMergeBook(engine), SqlDistinctBook(engine)

    def store(self, *tickets, clock=None):
        self.ledger.store(tickets, clock=clock or at(5))
        return self.look()

    def look(self):
        passed = 0
        while more := self.pairs.step():
            passed += more
        return passed

    def found(self, sight=WITHOUT_ACCOUNTS, most=9):
        names, after = [], None
        while True:
            page = self.pairs.page(sight, most=most, after=after)
            assert len(page.pairs) <= most
            names += [
                (one.older.ticket.external_id, one.younger.ticket.external_id)
                for one in page.pairs
            ]  # fmt: skip
            after = page.after
            if after is None:
                return names

    def say(self, version=1, stands=True):
        pair = pair_of(("demo", "T-1"), ("demo", "T-2"))
        act = DistinctAct.DISTINCT if stands else DistinctAct.NOT_DISTINCT
        line = DistinctLine(pair, version, NOW, "王", True, act)
        self.distinct.act(pair, Distinction(version, stands), line)


@pytest.fixture(params=["sqlite", "postgresql"])
def kept(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"))


def test_a_new_ticket_is_looked_at_once_and_its_pair_listed_oldest_first(kept):
    assert kept.store(ONE) == 1
    assert kept.found() == []
    assert kept.store(AGAIN) == 1
    assert kept.found() == [("T-1", "T-2")]
    assert kept.look() == 0, "nothing is looked at twice"
    (pair,) = kept.pairs.page(WITHOUT_ACCOUNTS, most=9).pairs
    assert (pair.likeness.apart_h, pair.likeness.alike, pair.version) == (4, 1, 0)


@pytest.mark.parametrize(
    "changed",
    [
        {"status": Status.WITHDRAWN}, {"parent": "T-1"}, {"latitude": 37.8},
        {"confidential": True}, {"text": "路面塌陷，车辆无法通行", "category": "road"},
    ],
)  # fmt: skip
def test_what_is_corrected_later_leaves_the_list(kept, changed):
    kept.store(ONE, AGAIN)
    assert kept.found() == [("T-1", "T-2")]
    kept.store(replace(AGAIN, updated_at=at(5), **changed))
    assert kept.found() == []


def test_a_pair_waits_while_one_of_the_two_is_open(kept):
    kept.store(ONE, replace(AGAIN, status=Status.CLOSED, closed_at=at(5)))
    assert kept.found() == [("T-1", "T-2")]
    kept.store(replace(ONE, status=Status.CLOSED, closed_at=at(5), updated_at=at(5)))
    assert kept.found() == []


def test_what_is_merged_leaves_the_list_and_comes_back_apart(kept):
    kept.store(ONE, AGAIN)
    main = ONE.identity
    line = MergeLine(1, NOW, "王", True, MergeAct.MERGE, main, "一样")
    kept.merges.act("demo", "T-2", Merge(1, main), line)
    assert kept.found() == []
    kept.merges.act("demo", "T-2", Merge(2, None), replace(line, version=2, act=MergeAct.UNMERGE))
    assert kept.found() == [("T-1", "T-2")]
    (pair,) = kept.pairs.page(WITHOUT_ACCOUNTS, most=9).pairs
    assert (pair.younger.merged.version, pair.older.merged.version) == (2, 0)


def test_what_is_no_duplicate_leaves_the_list_until_that_is_taken_back(kept):
    kept.store(ONE, AGAIN)
    kept.say()
    assert kept.found() == []
    kept.say(2, stands=False)
    assert kept.found() == [("T-1", "T-2")]
    assert kept.pairs.page(WITHOUT_ACCOUNTS, most=9).pairs[0].version == 2


def test_a_pair_is_for_who_sees_both(kept):
    kept.store(ONE, replace(AGAIN, department="housing"))
    for role, who, seen in (
        (Role.CENTRE_STAFF, {}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, False),
        (Role.SUPERVISOR, {"ring": Ring.COUNTY, "place": LONGKOU}, True),
        (Role.SUPERVISOR, {"ring": Ring.COUNTY, "place": "370602"}, False),
    ):
        assert bool(kept.found(somebody(role, **who))) is seen, (role, who)


def test_old_tickets_are_passed_and_old_pairs_forgotten(kept):
    """A history that is taken in afterwards is not looked at, ticket by ticket."""
    kept.store(ONE, AGAIN)
    asked = []
    event.listen(kept.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    old = [replace(ONE, external_id=f"O-{n}", created_at=at(-24 * 30), updated_at=at(-24 * 30))
           for n in range(50)]  # fmt: skip
    assert kept.store(*old) == 50
    assert not any("title, text FROM tickets" in one for one in asked)
    assert kept.found() == [("T-1", "T-2")]
    later = replace(ONE, external_id="N-1", created_at=at(24 * 9), updated_at=at(24 * 9))
    kept.store(later, clock=at(24 * 9))
    with kept.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM likely_pairs")).scalar() == 0


def test_at_the_first_start_it_begins_with_the_last_seven_days(kept):
    old = [replace(ONE, external_id=f"O-{n}", created_at=at(-24 * 30 - n)) for n in range(3)]
    kept.ledger.store(old, clock=at(5))
    assert kept.store(ONE, AGAIN) in (2, 4), "not from the first ticket on"
    assert kept.found() == [("T-1", "T-2")]


def test_a_burst_of_one_matter_keeps_few_pairs_of_each(kept):
    many = [
        replace(AGAIN, external_id=f"B-{n:02}", created_at=at(0.01 * n), updated_at=at(1))
        for n in range(30)
    ]  # fmt: skip
    kept.store(*many)
    with kept.engine.connect() as connection:
        held = connection.execute(text("SELECT count(*) FROM likely_pairs")).scalar()
    assert 30 < held <= 30 * KEPT


def test_the_list_comes_in_pages_the_likeliest_first_and_each_pair_once(kept, monkeypatch):
    kept.store(*(
        replace(AGAIN, external_id=f"B-{n:02}", created_at=at(n / 2), updated_at=at(9),
                channel=(Channel.PHONE, Channel.WECHAT, Channel.WEB)[n % 3])
        for n in range(12)
    ), clock=at(9))  # fmt: skip
    whole = kept.found(most=999)
    assert len(whole) == len(set(whole)) > 12
    assert kept.found(most=5) == whole
    monkeypatch.setattr(likely_pairs, "A_PIECE", 3)
    monkeypatch.setattr(likely_pairs, "MOST_PIECES", 2)
    assert kept.found(most=5) == whole
    nobody = somebody(Role.DEPARTMENT_HANDLER, department="housing")
    page = kept.pairs.page(nobody, most=5)
    assert page.pairs == []
    assert page.after is not None, "six pairs were gone through, and there are more"
    assert kept.found(nobody) == []


def test_the_list_and_the_look_go_by_indexes(kept):
    kept.store(ONE, AGAIN)
    kept.store(replace(AGAIN, external_id="T-3", created_at=at(4.5), updated_at=at(5)))
    said = []

    def note(_connection, _cursor, statement, values, *_more):
        if "likely_pairs" in statement and not statement.startswith("INSERT"):
            said.append((statement, values))

    event.listen(kept.engine, "before_cursor_execute", note)
    kept.found(most=1)
    kept.store(replace(AGAIN, external_id="T-4", created_at=at(4.6), updated_at=at(5)))
    event.remove(kept.engine, "before_cursor_execute", note)
    assert len(said) > 3
    for plan in (plan_of(kept.engine, *one) for one in said):
        assert "ix_likely_pairs_" in plan, plan
        assert "Seq Scan" not in plan, plan
        assert "TEMP B-TREE" not in plan, plan
