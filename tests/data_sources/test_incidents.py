"""Incidents under one contract: in memory, on SQLite and on PostgreSQL."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from data_sources.incident_book import SqlIncidentBook
from data_sources.ledger import SqlLedger
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_incident_files import MemoryIncidentFiles
from data_sources.memory_incidents import MemoryIncidentBook
from operations.errors import BadInput, Conflict, OperationsError
from operations.people.audit import AuditSearch
from operations.response.incident import Change, Kind, Part
from operations.response.incident_actions import hand_over, line_of
from operations.response.incident_entering import take_in, take_out
from operations.response.standing import Due
from tests.builders import NOW, ticket
from tests.incidents import MINUTE_US, T0_US, Scene, asked, opening, signed

WHOLE = os.environ.get("LIANXIN_TEST_WHOLE") == "1"
A, B, C = (("demo", f"T-{name}") for name in "ABC")


class Kept(Scene):
    """A scene in one of the books, with three tickets in the ledger."""

    def __init__(self, engine=None, **more):
        self.engine = engine
        if engine is None:
            self.audit = MemoryAudit()
            book = MemoryIncidentBook(self.audit)
        else:
            self.audit = SqlAudit(engine)
            book = SqlIncidentBook(engine, files=MemoryIncidentFiles())
            tickets = [ticket(external_id=f"T-{one}") for one in "ABC"]
            SqlLedger(engine).store(tickets, clock=NOW)
        super().__init__(book, **more)

    def beside(self, name, **more):
        """Open another one in the same book."""
        return Scene(self.book, name=name, **more)

    def deeds(self):
        return [line.act for line in self.audit.find(AuditSearch(act="incident"), most=99)][::-1]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def engine(request):
    return None if request.param == "memory" else request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def kept(engine):
    return Kept(engine, cluster="c-1", tickets=[A])


@pytest.fixture(params=["sqlite", "postgresql"])
def stored(request):
    return Kept(request.getfixturevalue(f"{request.param}_engine"), cluster="c-1")


def test_what_is_opened_is_held_whole(kept):
    whole = kept.whole
    assert whole.head == kept.book.head(kept.id)
    assert (whole.head.number, whole.head.seq, whole.head.version) == ("SJ-2026-0001", 1, 1)
    assert [one.number for one in whole.of(Kind.LINK)] == [1, 2, 3]
    assert [one.ticket for one in kept.book.tickets(kept.id, most=9)] == [A]
    assert kept.deeds() == ["incident.open"]


def test_it_is_found_by_its_number(kept):
    assert kept.book.numbered("SJ-2026-0001") == kept.head
    assert kept.book.numbered("YL-2026-0001") is None


def test_the_same_opening_is_one_incident(kept):
    once = opening(sent="o" * 20)
    first = kept.book.begin(once, (), year=2026)
    assert kept.book.begin(once, (), year=2026) == first
    assert first.number == "SJ-2026-0002"
    assert kept.deeds().count("incident.open") == 2


def test_one_incident_is_at_work_for_a_cluster_but_any_number_of_exercises(kept):
    with pytest.raises(Conflict) as refused:
        kept.book.begin(opening(cluster="c-1"), (), year=2026)
    assert refused.value.held.id == kept.id
    for number in (1, 2):
        drill = kept.book.begin(opening(cluster="c-1", exercise=True), (), year=2026)
        assert drill.number == f"YL-2026-000{number}"
    assert kept.book.of_cluster("c-1").id == kept.id
    assert kept.book.following() == {"c-1": kept.id}


def test_closed_it_lets_another_one_open_and_is_not_opened_again_beside_it(kept):
    for act in ("assess", "respond", "control"):
        kept.act(act)
    kept.act("close", baseline_d=3)
    assert kept.book.following() == {}
    other = kept.book.begin(opening(cluster="c-1"), (), year=2026)
    with pytest.raises(Conflict) as refused:
        kept.act("reopen", reason="又来了")
    assert refused.value.held.id == other.id
    assert kept.head.state == "closed"


def test_an_act_its_parts_its_line_and_the_audit_stand_together(kept):
    line = kept.act("give", title="采样", owner="health", within_min=30)
    part = kept.whole.parts[Kind.TASK, 1]
    assert (part.version, part.seq, line.seq, line.number) == (1, 2, 2, 1)
    assert kept.book.line(kept.id, 2) == line
    assert kept.deeds()[-1] == "incident.give"
    kept.on(Kind.TASK, 1, "acknowledge")
    assert kept.whole.parts[Kind.TASK, 1].version == 2
    assert kept.head.seq == 3
    assert kept.head.version == 1, "an act on a part leaves the head as it was seen"


def test_its_category_is_corrected_with_its_line_and_in_the_audit(kept):
    line = kept.act("classify", category="water_outage", reason="现场核实是停水")
    assert (line.detail, line.reason) == ("water_yellow → water_outage", "现场核实是停水")
    assert (kept.head.category, kept.head.version) == ("water_outage", 2)
    (row,) = kept.book.board(T0_US, living=True, most=9)
    assert row.head.category == "water_outage"
    deed = next(iter(kept.audit.find(AuditSearch(act="incident.classify"), most=9)))
    assert (deed.reason, deed.before.split()[-1], deed.after.split()[-1]) == (
        "现场核实是停水", "water_yellow", "water_outage",
    )  # fmt: skip
    if kept.engine is not None:
        with kept.engine.connect() as connection:
            found = connection.execute(text("SELECT category FROM incidents")).scalar()
        assert found == "water_outage"


def test_an_act_on_an_older_version_writes_nothing(kept):
    kept.act("give", title="采样", owner="health", within_min=30)
    seen = kept.whole.parts[Kind.TASK, 1]
    kept.on(Kind.TASK, 1, "acknowledge")
    before = kept.whole, kept.deeds()
    late = replace(seen, version=2, body={**seen.body, "state": "withdrawn"})
    change = Change(parts=(late,), line=line_of(asked("withdraw"), signed()))
    with pytest.raises(Conflict) as refused:
        kept.book.act(kept.id, change)
    assert refused.value.held.state == "acknowledged"
    assert (kept.whole, kept.deeds()) == before


def test_a_change_of_two_parts_is_written_whole_or_not_at_all(kept):
    fresh = Part(kind=Kind.DECISION, number=0, body={"text": "停"})
    stale = replace(kept.whole.parts[Kind.LINK, 1], version=7)
    before = kept.whole
    with pytest.raises(Conflict):
        kept.book.act(kept.id, Change(parts=(fresh, stale), line=line_of(asked("x"), signed())))
    assert kept.whole == before


def test_what_holds_of_the_whole_alone_is_refused_when_anything_changed(kept):
    seen = kept.head.seq
    kept.act("note", text="一")
    change = Change(line=line_of(asked("note"), signed()), seen_seq=seen)
    with pytest.raises(Conflict):
        kept.book.act(kept.id, change)


def meanwhile(kept, monkeypatch, other):
    """Let somebody else act once, between what the next act reads and what it writes."""
    read, todo = kept.book.whole, [other]

    def whole(incident):
        seen = read(incident)
        if todo:
            todo.pop()()
        return seen

    monkeypatch.setattr(kept.book, "whole", whole)


def test_a_link_is_not_cleared_by_a_photograph_that_goes_in_the_same_moment(kept, monkeypatch):
    kept.act("find", link=1, text="看了")
    kept.attach(at="finding", of=1)
    seen = kept.whole.parts[Kind.LINK, 1]
    meanwhile(
        kept, monkeypatch, lambda: kept.on(Kind.FILE, 1, "remove_file", reason="拍错了")
    )  # fmt: skip
    with pytest.raises(BadInput, match="measurement or a file"):
        kept.act("clear", number=1, version=seen.version)
    assert kept.whole.parts[Kind.LINK, 1].state == "unknown"
    assert kept.whole.parts[Kind.FILE, 1].state == "removed"


def test_a_link_is_cleared_although_somebody_did_something_else(kept, monkeypatch):
    kept.act("find", link=1, text="看了", quantity="浊度", value=0.4)
    seen = kept.whole.parts[Kind.LINK, 1]
    meanwhile(kept, monkeypatch, lambda: kept.act("note", text="一"))
    kept.act("clear", number=1, version=seen.version)
    assert kept.whole.parts[Kind.LINK, 1].state == "cleared"


@pytest.mark.parametrize(
    ("act", "given"),
    [
        ("summon", {"party": "health"}),
        ("give", {"title": "采样", "owner": "health", "within_min": 30}),
        ("add_link", {"name": "二次供水"}),
        ("decide", {"text": "停水"}),
        ("find", {"link": 1, "text": "看了"}),
    ],
)
def test_nothing_is_begun_in_what_is_closed_in_the_same_moment(kept, monkeypatch, act, given):
    for one in ("assess", "respond", "control"):
        kept.act(one)
    meanwhile(kept, monkeypatch, lambda: kept.act("close", baseline_d=3))
    with pytest.raises(BadInput, match="open it again first"):
        kept.act(act, version=0, **given)
    assert kept.book.lines(kept.id, before=99, most=1)[0].act == "close"


def test_who_is_called_while_the_lead_is_handed_to_it_is_one_party(kept, monkeypatch):
    meanwhile(kept, monkeypatch, lambda: kept.act("summon", party="health", task="采样"))
    kept.act("hand_over", lead="health")
    called = [(one.body["code"], one.body["task"]) for one in kept.whole.of(Kind.PARTY)]
    assert called == [("water_company", ""), ("health", "采样")]
    assert kept.book.line(kept.id, kept.head.seq).number == 0


def test_no_ticket_is_let_into_what_is_closed_in_the_same_moment(kept, monkeypatch):
    for one in ("assess", "respond", "control"):
        kept.act(one)
    seen = kept.head
    kept.act("close", baseline_d=3)
    monkeypatch.setattr(kept.book, "head", lambda _incident: seen)
    with pytest.raises(Conflict):
        take_in(kept.command, kept.id, B, asked("take_in"), signed())
    assert kept.book.count_tickets(kept.id) == 1


def test_what_changed_since_is_told_and_no_more(kept):
    kept.act("note", text="一")
    kept.act("give", title="采样", owner="health", within_min=30)
    kept.act("note", text="二")
    told = kept.book.changes(kept.id, 2, most=9)
    assert [(one.kind, one.number) for one in told.parts] == [(Kind.TASK, 1)]
    assert [line.act for line in told.lines] == ["give", "note"]
    assert (told.head.seq, told.whole) == (4, True)
    short = kept.book.changes(kept.id, 0, most=2)
    assert ([line.seq for line in short.lines], short.whole) == ([3, 4], False)
    assert kept.book.changes("sj-nobody", 0, most=2) is None
    assert [line.seq for line in kept.book.lines(kept.id, before=4, most=2)] == [3, 2]
    assert kept.book.seqs([kept.id, "sj-nobody"]) == {kept.id: 4}
    assert kept.book.seqs([]) == {}


def test_the_board_tells_what_is_due_and_what_is_late(kept):
    kept.act("give", title="采样", owner="health", within_min=30)
    kept.act("plan", title="冲洗", owner="housing", within_min=60)
    kept.act("summon", party="housing")
    [row] = kept.book.board(T0_US + 40 * MINUTE_US, living=True, most=9)
    assert (row.head.id, row.parties, row.tickets) == (kept.id, ("water_company", "housing"), 1)
    assert (row.due, row.overdue) == (Due(T0_US + 62 * MINUTE_US, "measure"), 1)
    [row] = kept.book.board(T0_US + 31 * MINUTE_US, living=True, most=9)
    assert (row.due, row.overdue) == (Due(T0_US + 31 * MINUTE_US, "task"), 0)
    [row] = kept.book.board(T0_US + 90 * MINUTE_US, living=True, most=9)
    assert (row.due, row.overdue) == (None, 2)
    assert kept.book.board(0, living=False, most=9) == []
    assert kept.book.parties(kept.id) == ("water_company", "housing")
    assert kept.book.parties("sj-nobody") == ()


def test_the_board_comes_page_by_page_each_once(kept):
    names = [kept.beside(f"sj-{name}").id for name in "dbca"]
    found, page = [], kept.book.board(0, living=True, most=2)
    while page:
        found += page
        page = kept.book.board(0, living=True, most=2, behind=page[-1].head)
    assert [row.head.id for row in found] == sorted([kept.id, *names])


def test_a_report_is_noted_at_the_head_without_a_new_version(kept):
    kept.act("report", situation="一", done="二", next="三", needs="四")
    assert kept.head.reported_us == T0_US + MINUTE_US
    assert kept.head.version == 1


def test_tickets_join_once_and_what_was_taken_out_stays_out(kept):
    assert kept.book.join(kept.id, [A, B], by="cluster", at_us=T0_US) == 1
    assert kept.book.join(kept.id, [A, B], by="cluster", at_us=T0_US) == 0
    seq = kept.head.seq
    assert kept.book.count_tickets(kept.id) == 2
    wanted = asked("take_out", reason="不是一回事")
    line = take_out(kept.command, kept.id, B, wanted, signed())
    assert take_out(kept.command, kept.id, B, wanted, signed()) == line, "the same send again"
    assert (line.seq, kept.book.count_tickets(kept.id)) == (seq + 1, 1)
    assert kept.book.join(kept.id, [B], by="cluster", at_us=T0_US) == 0
    out = {one.ticket: (one.out, one.why) for one in kept.book.tickets(kept.id, most=9)}
    assert out == {A: (False, ""), B: (True, "不是一回事")}
    with pytest.raises(BadInput, match="not in this incident"):
        take_out(kept.command, kept.id, C, asked("take_out", reason="无"), signed())
    with pytest.raises(BadInput, match="say why"):
        take_out(kept.command, kept.id, A, asked("take_out"), signed())
    assert kept.deeds() == ["incident.open", "incident.take_out"], "nobody did the joining"


def test_a_ticket_is_let_in_by_hand_also_one_that_was_taken_out(kept):
    wanted = asked("take_in")
    line = take_in(kept.command, kept.id, B, wanted, signed())
    assert take_in(kept.command, kept.id, B, wanted, signed()) == line, "the same send again"
    assert (line.detail, kept.book.count_tickets(kept.id)) == ("demo/T-B", 2)
    with pytest.raises(BadInput, match="already"):
        take_in(kept.command, kept.id, B, asked("take_in"), signed())
    take_out(kept.command, kept.id, B, asked("take_out", reason="不是"), signed())
    assert kept.book.of_ticket(B) == []
    take_in(kept.command, kept.id, B, asked("take_in"), signed("李 (li)"))
    [joined] = [one for one in kept.book.tickets(kept.id, most=9) if one.ticket == B]
    assert (joined.joined_by, joined.out, joined.why) == ("李 (li)", False, "")
    assert kept.deeds().count("incident.take_in") == 2
    assert [one.id for one in kept.book.of_ticket(B)] == [kept.id]
    for act in ("assess", "respond", "control"):
        kept.act(act)
    kept.act("close", baseline_d=3)
    with pytest.raises(BadInput, match="open it again"):
        take_in(kept.command, kept.id, C, asked("take_in"), signed())


def test_a_ticket_nobody_has_is_let_in_nowhere(stored):
    with pytest.raises(BadInput, match="no such ticket"):
        take_in(stored.command, stored.id, ("demo", "T-nobody"), asked("take_in"), signed())
    assert stored.book.of_ticket(("demo", "T-nobody")) == []


def test_it_follows_the_cluster_its_own_merged_into(kept):
    kept.book.follow(kept.id, "c-2", at_us=T0_US + 5 * MINUTE_US)
    line = kept.book.lines(kept.id, before=99, most=1)[0]
    assert (line.act, line.at_us) == ("follow", T0_US + 5 * MINUTE_US), "when it was, not before"
    assert kept.book.following() == {"c-2": kept.id}
    assert kept.head.cluster == "c-2"
    kept.act("assess")
    assert kept.book.following() == {"c-2": kept.id}, "and goes on to, whatever is done then"


def test_what_is_not_there_is_not_there(kept):
    assert kept.book.whole("sj-nobody") is None
    assert kept.book.head("sj-nobody") is None
    assert kept.book.done("sj-nobody", "x") is None
    assert kept.book.line(kept.id, 99) is None
    assert kept.book.tickets("sj-nobody", most=9) == []
    with pytest.raises(Conflict):
        kept.book.act("sj-nobody", Change(line=line_of(asked("note"), signed())))


def test_a_ticket_the_ledger_does_not_have_cannot_join(stored):
    assert stored.book.join(stored.id, [("demo", "T-nobody")], by="cluster", at_us=T0_US) == 0


@pytest.mark.parametrize("statement", ["UPDATE incident_lines SET detail = 'x'",
                                       "DELETE FROM incident_lines"])  # fmt: skip
def test_no_line_is_ever_changed_whoever_asks(stored, statement):
    with pytest.raises(DBAPIError, match="never changed"), writing(stored.engine) as connection:
        connection.execute(text(statement))
    assert stored.book.line(stored.id, 1).detail == "黄水"


@pytest.mark.parametrize("stored", ["sqlite"], indirect=True)
def test_no_line_is_replaced_by_any_of_its_keys(stored):
    stored.act("note", text="一")
    head = "INSERT OR REPLACE INTO incident_lines SELECT incident_id"
    rest = "at_us, typed_us, '他人', verified, act, kind, number, 'x', reason FROM incident_lines"
    for keys in ("seq, key", "seq, 'another'", "seq + 99, key"):
        with pytest.raises(DBAPIError, match="never changed"), writing(stored.engine) as connection:
            connection.execute(text(f"{head}, {keys}, {rest}"))
    assert [stored.book.line(stored.id, seq).detail for seq in (1, 2)] == ["黄水", "一"]


@pytest.mark.parametrize("stored", ["postgresql"], indirect=True)
def test_the_timeline_is_not_emptied(stored):
    with pytest.raises(DBAPIError, match="never changed"), writing(stored.engine) as connection:
        connection.execute(text("TRUNCATE incident_lines"))


@pytest.mark.parametrize("lead", ["NULL", "''"])
def test_the_database_knows_no_incident_without_a_lead(stored, lead):
    wanted = text(f"UPDATE incidents SET lead = {lead}")
    with pytest.raises(DBAPIError), writing(stored.engine) as connection:
        connection.execute(wanted)


def test_of_all_who_hand_the_lead_over_at_once_one_does(stored):
    times, seen = (1000 if WHOLE else 200), stored.whole
    begin = threading.Event()

    def one(number):
        wanted = asked("hand_over", version=1, lead=("health", "housing")[number % 2])
        change = hand_over(seen, wanted, signed(f"人{number}"))
        begin.wait(10)
        try:
            stored.book.act(stored.id, change)
        except Conflict as error:
            return error.held.lead
        return None

    with ThreadPoolExecutor(12) as hands:
        told = [hands.submit(one, number) for number in range(times)]
        begin.set()
        answers = [one.result(120) for one in told]
    assert answers.count(None) == 1
    assert {lead for lead in answers if lead} == {stored.head.lead}
    assert stored.head.version == 2
    assert stored.deeds().count("incident.hand_over") == 1
    assert [line.seq for line in stored.book.lines(stored.id, before=99, most=99)] == [2, 1]


def test_two_dozen_hands_at_once_lose_nothing_and_number_without_gap(stored):
    def one(number):
        try:
            if number % 3:
                stored.act("note", text=f"第{number}条", version=0)
            else:
                stored.act("summon", party=f"单位{number % 6}", version=0, reason="名录外")
        except (BadInput, Conflict) as error:
            return type(error)
        return None

    with ThreadPoolExecutor(8) as hands:
        told = list(hands.map(one, range(24)))
    seqs = [line.seq for line in stored.book.lines(stored.id, before=99, most=99)]
    assert seqs == list(range(stored.head.seq, 0, -1))
    assert stored.head.seq == 1 + told.count(None)
    codes = [one.body["code"] for one in stored.whole.of(Kind.PARTY)]
    assert sorted(codes) == ["water_company", "单位0", "单位3"]


def test_two_who_open_at_once_get_two_numbers(stored):
    def one(number):
        try:
            return stored.book.begin(opening(cluster=f"c-{number % 4 + 2}"), (), year=2026).number
        except OperationsError:
            return None

    with ThreadPoolExecutor(6) as hands:
        numbers = [number for number in hands.map(one, range(12)) if number]
    assert sorted(numbers) == [f"SJ-2026-{number:04d}" for number in range(2, 6)]


def test_open_incidents_stand_by_gravity_and_drills_behind_them(kept):
    others = {
        name: kept.beside(name, severity=severity, exercise=exercise)
        for name, severity, exercise in (
            ("sj-grave", 1, False), ("sj-drill", 1, True), ("sj-late", 3, False)
        )
    }  # fmt: skip
    order = [one for one, _ in kept.book.standing(most=9)]
    assert order == ["sj-grave", *sorted([kept.id, "sj-late"]), "sj-drill"]
    assert kept.book.standing(most=1) == [("sj-grave", 1)]
    others["sj-grave"].act("note", text="一")
    assert dict(kept.book.standing(most=9))["sj-grave"] == 2
    for act in ("assess", "respond", "control"):
        kept.act(act)
    kept.act("close", baseline_d=3)
    assert kept.id not in dict(kept.book.standing(most=9))


def test_a_brief_tells_parties_tickets_and_what_is_due_the_first_first(kept):
    kept.act("summon", party="health")
    kept.act("give", title="采样", owner="health", within_min=60)
    kept.act("plan", link=2, title="冲洗", owner="housing", within_min=30)
    kept.act("give", title="走访", owner="health", within_min=90)
    kept.on(Kind.TASK, 2, "withdraw", reason="重复")
    (brief,) = kept.book.briefs([kept.id, "sj-nobody"])
    assert brief.head == kept.head
    assert brief.parties == ("water_company", "health")
    assert brief.tickets == 1
    assert [one.kind for one in brief.dues] == ["measure", "task"]
    assert brief.dues[0].at_us < brief.dues[1].at_us
    assert kept.book.briefs([]) == []
