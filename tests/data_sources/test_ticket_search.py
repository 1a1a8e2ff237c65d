"""Tickets are looked for within what somebody may see, on both databases, by their indexes."""

from datetime import timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, text

from data_sources import search_question, ticket_search
from data_sources.duty_terms import usual_edges
from data_sources.ledger import SqlLedger
from data_sources.search_terms import TELLS_CALLBACKS
from data_sources.ticket_search import TicketFinder
from data_sources.word_index import WordIndex
from operations.calendar import WorkCalendar
from operations.errors import BadInput
from operations.people.permissions import Field, Subject
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.people.sight import WITHOUT_ACCOUNTS, sight_of
from operations.tickets.duties import Duty, duty_of, is_pending, standing_of
from operations.tickets.loose_ends import (
    AFTER_CALLBACK,
    Patience,
    Thresholds,
    Traced,
    loose_ends_of,
)
from operations.tickets.search import DUTIES, SORTS, After, Order, TicketSearch, read_after
from operations.tickets.ticket import Callback, Satisfaction, Status, Urgency
from tests.builders import NOW, at, ticket

EVERYTHING = TicketSearch()
NEWEST = Order()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def shelf(engine):
    return Shelf(engine)


class Shelf:
    """A ledger with its finder."""

    def __init__(self, engine):
        self.ledger, self.index, self.finder = (
            SqlLedger(engine), WordIndex(engine), TicketFinder(engine)
        )  # fmt: skip

    def put(self, name, **changes):
        self.ledger.store([ticket(external_id=name, **changes)], clock=NOW)
        while self.index.catch_up():
            pass

    def found(self, asked=EVERYTHING, sight=WITHOUT_ACCOUNTS, order=NEWEST, most=50):
        """Find everything, page by page."""
        names, after = [], None
        while True:
            page = self.finder.page(asked, order, sight, NOW, most=most, after=after)
            assert len(page.tickets) <= most
            names += [ticket.external_id for _, ticket in page.tickets]
            after = page.after
            if after is None:
                return names


def somebody(role, **more):
    return sight_of(Person("p", "n", "l", frozenset({role}), **more))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["T-2", "T-1", "T-old"]),
        ({"days": 30}, ["T-2", "T-1"]),
        ({"days": 7}, ["T-2"]),
        ({"words": "发黄"}, ["T-2", "T-old"]),
        ({"words": "发黄", "days": 30}, ["T-2"]),
        ({"words": "发黄", "department": "water"}, ["T-old"]),
        ({"number": "T-old"}, ["T-old"]),
        ({"number": "T-old", "words": "噪音"}, []),
        ({"number": "T"}, []),
        ({"department": "water"}, ["T-1", "T-old"]),
        ({"department": "-"}, ["T-2"]),
        ({"district": "370602"}, ["T-1"]),
        ({"category": "noise"}, ["T-1"]),
        ({"status": "closed"}, ["T-2"]),
        ({"status": "open"}, ["T-1", "T-old"]),
        ({"urgency": "urgent"}, ["T-old"]),
        ({"due": "late"}, ["T-old"]),
        ({"due": "soon"}, ["T-1"]),
    ],
)
def test_a_search_is_narrowed_and_the_newest_come_first(shelf, asked, expected):
    shelf.put("T-1", created_at=at(days=-20), department="water", district="370602",
              category="noise", title="噪音扰民", text="", source="12345",
              due_at=at(2))  # fmt: skip
    shelf.put("T-2", status=Status.CLOSED, closed_at=NOW, due_at=at(-3))
    shelf.put("T-old", created_at=at(days=-400), department="water", due_at=at(-1),
              urgency=Urgency.URGENT)  # fmt: skip
    assert shelf.found(TicketSearch(**asked)) == expected


def test_a_list_is_cut_into_pages_after_it_was_narrowed(shelf):
    for number in range(6):
        department = "water" if number % 2 else "housing"
        shelf.put(f"T-{number}", department=department, created_at=at(number))
    sight = somebody(Role.DEPARTMENT_HANDLER, department="water")
    page = shelf.finder.page(EVERYTHING, NEWEST, sight, NOW, most=2)
    assert [ticket.external_id for _, ticket in page.tickets] == ["T-5", "T-3"]
    page = shelf.finder.page(EVERYTHING, NEWEST, sight, NOW, most=2, after=page.after)
    assert [ticket.external_id for _, ticket in page.tickets] == ["T-1"]
    assert page.after is None


def in_every_way(shelf, monkeypatch, asked, sight, order, most):
    """Find everything by gathering, and again by walking a few tickets at a time."""
    gathered = shelf.found(asked, sight, order, most)
    with monkeypatch.context() as changed:
        changed.setattr(search_question, "FEW", -1)
        changed.setattr(search_question, "A_WALK", 7)
        changed.setattr(search_question, "A_WALK_OF_WORDS", 7)
        walked = shelf.found(asked, sight, order, most)
    return gathered, walked


@pytest.mark.parametrize("down", [True, False])
@pytest.mark.parametrize("by", SORTS)
def test_every_order_is_whole_whichever_way_it_is_gone(shelf, monkeypatch, by, down):
    states = (Status.DISPATCHED, Status.RETURNED, Status.CLOSED, Status.ARCHIVED)
    many = [
        ticket(
            external_id=f"T-{n}", created_at=at(-(n * 7 % 23)), updated_at=at(n * 5 % 11),
            due_at=None if n % 4 == 0 else at(n * 3 % 17), status=states[n % 4],
            closed_at=NOW if n % 4 > 1 else None, category=("noise", "dust")[n % 2],
            department=("water", "housing", None)[n % 3], district=("370681", "370602")[n % 2],
            confidential=n % 9 == 0, title="路灯问题" if n % 5 else "水管问题",
        )
        for n in range(60)
    ]  # fmt: skip
    shelf.ledger.store(many, clock=NOW)
    while shelf.index.catch_up():
        pass
    order = Order(by, down)
    narrow = somebody(Role.DEPARTMENT_HANDLER, department="water")
    for asked, sight in (
        (EVERYTHING, WITHOUT_ACCOUNTS), (TicketSearch(words="路灯"), WITHOUT_ACCOUNTS),
        (TicketSearch(category="dust", status="open"), WITHOUT_ACCOUNTS), (EVERYTHING, narrow),
        (TicketSearch(department="water"), WITHOUT_ACCOUNTS), (TicketSearch(due="late"), narrow),
    ):  # fmt: skip
        once = shelf.found(asked, sight, order, 1000)
        gathered, walked = in_every_way(shelf, monkeypatch, asked, sight, order, 9)
        assert gathered == once == walked, (asked, sight)
        expected = {one.external_id for one in many if wanted(one, asked, sight)}
        assert set(once) == expected
        assert len(once) == len(expected)
        shown = [one for name in once for one in many if one.external_id == name]
        assert [key_of(one, by) for one in shown] == sorted(
            (key_of(one, by) for one in shown), key=lambda key: rank(key, by, down)
        )


def wanted(one, asked, sight):
    """Tell, in plain Python, whether a ticket is looked for and seen."""
    place = Subject(Field.TICKET, one.department, one.district, one.town)
    return (
        sight.holds(place, confidential=one.confidential)
        and asked.words in one.title
        and asked.category in ("", one.category)
        and asked.department in ("", one.department)
        and (not asked.open_only or one.is_open)
        and (asked.due != "late" or (one.due_at is not None and one.due_at < NOW))
    )


def key_of(one, by):
    return getattr(one, f"{by}_at" if by in ("created", "due", "updated") else by)


def rank(key, by, down):
    """Put a key into its place: what has none is last either way."""
    if key is None:
        return (1, 0)
    if by == "status":
        key = list(Status).index(key)
    elif not isinstance(key, str):
        key = key.timestamp()
    else:
        key = sorted(("water", "housing", "noise", "dust", "370681", "370602")).index(key)
    return (0, -key if down else key)


def test_a_walk_that_is_long_enough_stops_and_goes_on_from_there(shelf, monkeypatch):
    for number in range(12):
        shelf.put(f"T-{number}", created_at=at(number), urgency=Urgency.ROUTINE)
    shelf.put("T-urgent", created_at=at(-1), urgency=Urgency.URGENT)
    monkeypatch.setattr(search_question, "A_WALK", 5)
    asked, pages, after = TicketSearch(urgency="urgent"), [], None
    while not pages or after is not None:
        page = shelf.finder.page(asked, NEWEST, WITHOUT_ACCOUNTS, NOW, most=9, after=after)
        pages.append(len(page.tickets))
        after = page.after
    assert pages == [0, 1], "a step of five, and a walk of five"


def test_counting_is_bounded_and_says_so(shelf, monkeypatch):
    for number in range(12):
        shelf.put(f"T-{number}", created_at=at(number), department="water")
    count = shelf.finder.count(EVERYTHING, WITHOUT_ACCOUNTS, NOW)
    assert (count.found, count.whole) == (12, True)
    monkeypatch.setattr(ticket_search, "MOST_COUNTED", 10)
    count = shelf.finder.count(EVERYTHING, WITHOUT_ACCOUNTS, NOW)
    assert (count.found, count.whole) == (10, False)
    monkeypatch.setattr(search_question, "A_WALK", 5)
    count = shelf.finder.count(TicketSearch(urgency="urgent"), WITHOUT_ACCOUNTS, NOW)
    assert (count.found, count.whole) == (0, False)


def test_what_came_since_is_counted_within_sight(shelf):
    shelf.put("T-1", department="water")
    since = shelf.finder.newest()
    shelf.put("T-2", department="water")
    shelf.put("T-3", department="housing")
    narrow = somebody(Role.DEPARTMENT_HANDLER, department="water")
    for sight, many in ((WITHOUT_ACCOUNTS, 2), (narrow, 1)):
        fresh = shelf.finder.fresh(EVERYTHING, sight, NOW, since=since)
        assert (fresh.found, fresh.whole) == (many, True)
    assert shelf.finder.fresh(EVERYTHING, WITHOUT_ACCOUNTS, NOW, since=2**62).found == 0


def test_a_place_of_another_order_is_refused(shelf):
    shelf.put("T-1")
    after = read_after({"after": After("water", 1, 1).told()})
    with pytest.raises(BadInput, match="after"):
        shelf.finder.page(EVERYTHING, NEWEST, WITHOUT_ACCOUNTS, NOW, most=9, after=after)


def test_everybody_finds_what_the_gate_would_show(shelf):
    codes = list(
        product(("water", "housing", None), ("370681", "370602", None), ("370681104", None))
    )
    for number, (department, district, town) in enumerate(codes):
        for confidential in (False, True):
            shelf.put(f"T-{number}-{confidential}", department=department, district=district,
                      town=town, confidential=confidential)  # fmt: skip
    people = [
        somebody(role, department="water", ring=ring, place=place)
        for role in (Role.CENTRE_STAFF, Role.DEPARTMENT_HANDLER, Role.LEADER, Role.SYSTEM_ADMIN)
        for ring, place in (
            (Ring.CITY, None), (Ring.COUNTY, "370681"), (Ring.TOWN, "370681104"),
            (Ring.COUNTY, None),
        )
    ]  # fmt: skip
    for sight in people:
        seen = {
            f"T-{number}-{confidential}"
            for number, where in enumerate(codes)
            for confidential in (False, True)
            if sight.holds(Subject(Field.TICKET, *where), confidential=confidential)
        }
        assert set(shelf.found(sight=sight)) == seen
        assert set(shelf.found(TicketSearch(words="发黄"), sight)) == seen


@pytest.mark.parametrize(
    ("asked", "by", "index"),
    [
        ({}, "created", "ix_tickets_created"),
        ({}, "updated", "ix_tickets_updated_us"),
        ({}, "due", "ix_tickets_due_us"),
        ({}, "department", "ix_tickets_department_created"),
        ({}, "district", "ix_tickets_district_created"),
        ({}, "category", "ix_tickets_category_created"),
        ({}, "status", "ix_tickets_status_created"),
        ({"words": "发黄"}, "created", "ix_tickets_created"),
        ({"category": "noise"}, "created", "ix_tickets_category_created"),
        ({"status": "open"}, "created", "ix_tickets_open_created"),
        ({"due": "late"}, "due", "ix_tickets_open_due"),
        ({"urgency": "urgent", "status": "open"}, "created", "ix_tickets_urgent_created"),
        ({"department": "-"}, "created", "ix_tickets_department_created"),
    ],
)
def test_a_walk_goes_by_the_index_that_is_in_its_order(
    shelf, engine, monkeypatch, asked, by, index
):
    shelf.put("T-1", category="noise", department="water", due_at=at(-1))
    monkeypatch.setattr(search_question, "FEW", -1)
    said = []

    def note(connection, _cursor, statement, values, *_more):
        if "ORDER BY" in statement and "LIMIT" in statement:
            said.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    shelf.found(TicketSearch(**asked), order=Order(by, True), most=9)
    event.remove(engine, "before_cursor_execute", note)
    assert said
    plans = [plan_of(engine, *one) for one in said]
    assert all("SCAN tickets\n" not in plan and "Seq Scan on tickets" not in plan for plan in plans)
    assert [plan for plan in plans if index in plan], plans


def test_a_word_thought_to_be_common_is_found_without_going_through_all_that_hold_it(
    shelf, engine, monkeypatch
):
    for number in range(4):
        shelf.put(f"T-{number}", text="自来水发黄")
    said = []

    def note(_connection, _cursor, statement, *_more):
        said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    asked = TicketSearch(words="发黄")
    gathered = shelf.found(asked)
    assert [one for one in said if one.startswith("SELECT") and "LIMIT 3001" in one]
    monkeypatch.setattr(search_question, "THOUGHT_MANY", -1)
    said.clear()
    assert shelf.found(asked) == gathered
    assert len(gathered) == 4
    event.remove(engine, "before_cursor_execute", note)
    counted = [one for one in said if one.startswith("SELECT") and "LIMIT 3001" in one]
    assert bool(counted) is (engine.dialect.name == "sqlite")


def plan_of(engine, statement, values):
    explain = "EXPLAIN QUERY PLAN " if engine.dialect.name == "sqlite" else "EXPLAIN "
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":  # one row is read whole otherwise
            for way in ("seqscan", "bitmapscan"):
                connection.exec_driver_sql(f"SET enable_{way} = off")
        rows = connection.exec_driver_sql(explain + statement, values).all()
    return "\n".join(str(row[-1]) for row in rows) + "\n"


def loose(n):
    """Give one of many tickets that differ in all that the duties ask for."""
    closed = {} if n % 3 else {"status": Status.CLOSED, "closed_at": at(-30 * (n % 30))}
    told = Callback(at(-30 * (n % 30) + 2), True, n % 2 == 0, Satisfaction.FAIR)
    return ticket(
        external_id=f"T-{n:03}",
        created_at=at(-1000),
        updated_at=at(-12 * (n % 40)),
        due_at=at(n % 90 - 45),
        department=None if n % 7 == 0 else "water",
        dispatched_at=None if n % 14 == 0 else at(-999),
        reassignments=n % 4,
        reopenings=int(n % 11 == 0),
        caller_key=f"{n // 2 if n % 5 == 0 else n:016x}",
        callback=told if closed and n % 4 else None,
        **({"status": Status.RETURNED} if n % 8 == 1 else {"status": Status.REPLIED}
           if n % 8 == 2 else {}) | closed,
    )  # fmt: skip


@pytest.mark.parametrize("duty", DUTIES)
def test_where_no_callbacks_are_told_of_nothing_is_said_of_who_waits_for_one(shelf, engine, duty):
    tickets = [loose(n) for n in range(180)]
    shelf.ledger.store(tickets, clock=NOW)
    shelf.finder = TicketFinder(
        engine, edges=lambda now: usual_edges(now) | {TELLS_CALLBACKS: False}
    )
    if duty in AFTER_CALLBACK:
        for asking in (shelf.found, lambda asked: shelf.finder.count(asked, WITHOUT_ACCOUNTS, NOW)):
            with pytest.raises(BadInput) as refused:
                asking(TicketSearch(duty=duty))
            assert refused.value.field == "callbacks"
        return
    of = {one.external_id: one for one in tickets}
    found = [of[name] for name in shelf.found(TicketSearch(duty=duty))]
    assert all(one.is_open or one.supervision is not None for one in found)


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_and_a_loose_end_are_found_as_the_rules_tell_them(shelf, duty):
    tickets = [loose(n) for n in range(180)]
    shelf.ledger.store(tickets, clock=NOW)
    with shelf.ledger._engine.begin() as connection:
        connection.execute(text("INSERT INTO repeats SELECT id FROM tickets WHERE id % 9 = 0"))
        repeats = set(connection.execute(text("SELECT external_id FROM tickets, repeats"
                                              " WHERE id = ticket_id")).scalars())  # fmt: skip
    edges = Thresholds(Patience(), WorkCalendar(), ZoneInfo("UTC")).edges(NOW)
    begins = NOW.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=29)

    def holds(one):
        recent = one.closed_at is not None and begins <= one.closed_at <= NOW
        stands = standing_of(one, recent=recent)
        if duty in set(Duty):
            return is_pending(stands) and duty_of(stands) == duty
        traced = Traced(stands, one.updated_at, one.due_at, one.closed_at, one.reassignments,
                        one.external_id in repeats)  # fmt: skip
        return duty in loose_ends_of(traced, edges)

    expected = {one.external_id for one in tickets if holds(one)}
    assert set(shelf.found(TicketSearch(duty=duty))) == expected
    assert expected or duty == Duty.ACCOUNT
