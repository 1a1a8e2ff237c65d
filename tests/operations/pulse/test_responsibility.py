"""The five responsibilities and the loose ends of the running city against a plain count."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from operations.pulse.city import City
from operations.pulse.duty_sections import duties, lists
from operations.pulse.view import Names, View
from operations.pulse.volumes import CITY, Scope
from operations.tickets.cards import CardRule, Cards
from operations.tickets.loose_ends import LooseEnd, Patience, Thresholds
from tests.builders import NOW, NOW_US, fact
from tests.operations.pulse.plain_duties import PlainDuties
from tests.operations.pulse.tickets_at_random import cities_of_tickets
from tests.rules import CALENDAR

YANTAI = ZoneInfo("Asia/Shanghai")
SCOPES = ("city", "district-370681", "department-roads")
LATER = st.timedeltas(timedelta(), timedelta(days=33))
CARDS = Cards(CardRule(), CALENDAR, YANTAI)
HOUR_US = 3_600_000_000


def thresholds(cards=CARDS):
    return Thresholds(Patience(still_d=3, unowned_d=1, callback_d=2), CALENDAR, YANTAI, cards)


def new_city(now=NOW, cards=CARDS):
    return City(YANTAI, now=now, cards=cards, thresholds=thresholds(cards))


def told(city, scope="city"):
    here = city.scope(scope) or Scope(CITY.kind + 5, 0)
    stages = [
        {"code": duty, "tickets": one.tickets, "median_h": one.median_h, "overdue": one.overdue}
        for duty, one in zip(
            ("clarify", "perform", "fulfil", "supervise", "account"),
            city.duties.stages(here),
            strict=True,
        )
    ]
    return stages, city.duties.ends(here)


def counted(tickets, now, scope="city", cards=CARDS):
    plain = PlainDuties(tickets, now, YANTAI, scope, thresholds(cards))
    return plain.stages(), plain.ends()


@settings(max_examples=150, deadline=None)
@given(cities_of_tickets(), LATER, st.sampled_from(SCOPES), st.sampled_from((CARDS, None)))
def test_stages_and_lists_are_what_a_plain_count_gives(tickets, passed, scope, cards):
    city = new_city(cards=cards)
    city.fold((), tickets)
    city.advance(NOW + passed)
    if city.scope(scope) is not None:
        assert told(city, scope) == counted(tickets, NOW + passed, scope, cards)


@settings(max_examples=60, deadline=None)
@given(cities_of_tickets(), LATER)
def test_what_alarms_look_at_is_what_pictures_tell(tickets, passed):
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    found = lists(city)
    said = duties(View(city, CITY, Names({}, {}, {}, {}), 5))["ends"]
    assert [
        {
            "code": end.value,
            "tickets": held.tickets,
            "worst": [{"code": code, "tickets": n} for code, n in held.most],
        }
        for end, held in found.held.items()
    ] == said
    assert found.open_now == city.open.totals(CITY)[0]
    assert found.now_us == city.now_us


@settings(max_examples=100, deadline=None)
@given(cities_of_tickets(), cities_of_tickets(), LATER, LATER)
def test_they_rest_on_the_present_states_alone(before, after, first, then):
    """Whatever the tickets were, and however the clock went on, the same stands at the end."""
    city = new_city()
    city.fold((), before)
    city.advance(NOW + min(first, then))
    city.fold(before, after)
    city.advance(NOW + max(first, then))
    assert told(city) == counted(after, NOW + max(first, then))


@settings(max_examples=60, deadline=None)
@given(cities_of_tickets(), cities_of_tickets(), LATER)
def test_two_cities_add_up_to_one(one, other, passed):
    other = [ticket._replace(external_id=f"U-{ticket.external_id}") for ticket in other]
    city, more = new_city(), new_city()
    city.fold((), one)
    more.fold((), other)
    city.merge(more)
    city.advance(NOW + passed)
    assert told(city) == counted([*one, *other], NOW + passed)


@settings(max_examples=40, deadline=None)
@given(cities_of_tickets(), LATER, st.sampled_from([(0, "city"), (1, "county"), (2, "town")]))
def test_a_ring_has_the_tickets_it_holds(tickets, passed, ring):
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    place, name = ring
    held = [one for one in tickets if one.ring == name]
    plain = PlainDuties(held, NOW + passed, YANTAI, "city", thresholds()).stages()
    assert [one["tickets"] for one in plain] == [
        one.tickets for one in city.duties.stages(CITY, ring=place)
    ]


def test_what_the_clock_brings_marks_its_scope_as_changed():
    city = new_city()
    city.fold((), [fact(department="roads", updated_us=NOW_US, due_us=None)])
    city.advance(NOW + timedelta(days=3) - timedelta(microseconds=1))
    city.take_changed()
    assert city.duties.ends(CITY)[LooseEnd.ORPHANS] == 0
    city.advance(NOW + timedelta(days=3, microseconds=1))
    assert city.duties.ends(CITY)[LooseEnd.ORPHANS] == 1
    assert "department-roads" in city.take_changed()


def test_room_is_taken_by_what_is_there_not_by_what_has_ever_been():
    city, size = new_city(), 0
    for hour in range(200):
        came = [fact(created_us=NOW_US - hour * HOUR_US, department="roads")]
        city.fold((), came)
        city.fold(came, [came[0]._replace(status="withdrawn")])
        size = max(size, len(city.duties._duties) + len(city.duties._ends))
    assert size <= 2


def test_lists_are_told_apart_by_department():
    city = new_city()
    city.fold((), [fact(external_id=str(n), department=name, reassignments=2)
                   for n, name in enumerate(("roads", "roads", "water"))])  # fmt: skip
    names = city.names.departments
    from operations.pulse.rows import DEPARTMENT  # noqa: PLC0415

    found = city.duties.ends_by(DEPARTMENT, CITY, names.numbers(["water", "roads"]))
    assert found[0].tolist() == [1, 2]
