"""The running city against a plain count, whatever comes in and in whatever order."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.pulse.city import City
from operations.pulse.picture import Draughtsman, Names
from operations.tickets.cards import CardRule, Cards
from tests.builders import NOW, NOW_US, fact
from tests.operations.pulse.plain_count import PlainCount, us
from tests.operations.pulse.tickets_at_random import cities_of_tickets, facts
from tests.rules import CALENDAR

YANTAI = ZoneInfo("Asia/Shanghai")
NAMES = Names({}, {}, {}, {})
SCOPES = ("city", "district-370681", "department-roads")
LATER = st.timedeltas(timedelta(), timedelta(hours=50))


def new_city(zone=YANTAI, now=NOW):
    cards = Cards(CardRule(), CALENDAR, zone)
    return City(zone, now=now, figures_d=30, baseline_weeks=8, cards=cards)


def drawn(city, scope="city", now=None):
    drawer = Draughtsman(NAMES, least_callers=2)
    return drawer.make(scope, city, now=now or city.now, seq=1, fresh=True)["sections"]


def totals(city, scope="city"):
    return drawn(city, scope)["totals"]["data"]


def all_pictures(city):
    return {scope: drawn(city, scope) for scope in sorted(city.scopes())}


def after_all(history, now):
    """Make a city anew from the last states."""
    city = new_city(now=now)
    city.fold((), history)
    return city


@settings(max_examples=60, deadline=None)
@given(cities_of_tickets(), LATER, st.sampled_from(SCOPES))
def test_totals_are_what_a_plain_count_gives(tickets, passed, scope):
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    counted = PlainCount(tickets, NOW + passed, YANTAI, scope)
    expected = counted.totals() | counted.cards(Cards(CardRule(), CALENDAR, YANTAI))
    found = totals(city, scope)
    assert {name: found[name] for name in expected} == expected


@settings(max_examples=40, deadline=None)
@given(cities_of_tickets(), LATER)
def test_cards_of_districts_and_departments_are_what_a_plain_count_gives(tickets, passed):
    city, rule = new_city(), Cards(CardRule(), CALENDAR, YANTAI)
    city.fold((), tickets)
    city.advance(NOW + passed)
    sections = drawn(city)
    for kind in ("district", "department"):
        for row in sections[f"{kind}s"]["data"]["rows"]:
            counted = PlainCount(tickets, NOW + passed, YANTAI, f"{kind}-{row['code']}")
            shown = {name: row[name] for name in ("yellow_now", "red_now")}
            assert shown == counted.cards(rule)


def test_a_card_comes_in_its_moment_and_the_picture_is_drawn_anew():
    city = new_city()  # Tuesday, ten o'clock
    due_us = NOW_US + 26 * 3_600_000_000 + 1_800_000_000  # tomorrow half past twelve
    city.fold((), [fact(due_us=due_us, department="roads")])
    city.advance(NOW + timedelta(hours=2, minutes=29))
    city.take_changed()
    assert (totals(city)["yellow_now"], totals(city)["red_now"]) == (0, 0)
    city.advance(NOW + timedelta(hours=2, minutes=30))
    assert city.take_changed() == {"city", "district-370681", "department-roads"}
    assert (totals(city)["yellow_now"], totals(city)["red_now"]) == (1, 0)
    city.advance(NOW + timedelta(hours=37.9))
    assert (totals(city)["yellow_now"], totals(city)["red_now"]) == (1, 0), "until midnight"
    city.advance(NOW + timedelta(hours=38))
    assert (totals(city)["yellow_now"], totals(city)["red_now"]) == (0, 1)


def test_without_rules_there_are_no_cards_and_yet_four_ways():
    city = City(YANTAI, now=NOW)
    city.fold((), [fact(due_us=NOW_US - 1, triage="hard", department="roads")])
    found = totals(city)
    assert (found["yellow_now"], found["red_now"]) == (None, None)
    assert found["open_by_triage"] == {"ordinary": 0, "urgent": 0, "disputed": 0, "hard": 1}
    (row,) = drawn(city)["departments"]["data"]["rows"]
    assert (row["yellow_now"], row["red_now"]) == (None, None)


@settings(max_examples=40, deadline=None)
@given(cities_of_tickets(), LATER)
def test_the_course_of_a_department_is_what_a_plain_count_gives(tickets, passed):
    tickets = [one._replace(department="roads") for one in tickets]
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    counted = PlainCount(tickets, NOW + passed, YANTAI, "department-roads")
    today = (NOW + passed).astimezone(YANTAI).date()

    def midnight_us(ago):
        return us(datetime.combine(today - timedelta(days=ago), time(), YANTAI))

    weeks = [
        counted.course(midnight_us(ago + 6), midnight_us(ago - 1))
        for ago in (21, 18, 15, 12, 9, 6, 3, 0)
    ]
    for row in drawn(city)["departments"]["data"]["rows"]:
        assert row["trend"] == {name: [week[name] for week in weeks] for name in weeks[0]}


@pytest.mark.parametrize(("figures_d", "points"), [(6, 0), (7, 1), (12, 2), (28, 8), (90, 8)])
def test_a_course_is_as_long_as_the_period_allows(figures_d, points):
    city = City(YANTAI, now=NOW, figures_d=figures_d)
    city.fold((), [fact(due_us=NOW_US - 1, department="roads")])
    (row,) = drawn(city)["departments"]["data"]["rows"]
    assert row["trend"]["on_time"] == [None] * (points - 1) + [0.0] * min(points, 1)
    assert len(row["trend"]["solved"]) == points


@settings(max_examples=30, deadline=None)
@given(cities_of_tickets(12), st.data(), LATER)
def test_a_city_made_anew_is_the_living_city(tickets, data, passed):
    living, present = new_city(), []
    for one in tickets:
        living.fold((), [one])
        now = data.draw(facts())._replace(external_id=one.external_id)
        living.advance(living.now + passed / 20)
        living.fold([one], [now])
        present.append(now)
    anew = after_all(present, living.now)
    for scope in anew.scopes():
        assert drawn(living, scope) == drawn(anew, scope)


@settings(max_examples=25, deadline=None)
@given(cities_of_tickets(12), st.randoms(use_true_random=False), LATER)
def test_the_order_of_tickets_does_not_matter(tickets, dice, passed):
    one, other = new_city(), new_city()
    one.fold((), tickets)
    for ticket in dice.sample(tickets, len(tickets)):
        other.fold((), [ticket])
    one.advance(NOW + passed)
    other.advance(NOW + passed)
    assert all_pictures(one) == all_pictures(other)


@settings(max_examples=30, deadline=None)
@given(cities_of_tickets(), st.integers(0, 25), LATER)
def test_merged_cities_are_the_city_of_all_tickets(tickets, cut, passed):
    one, other, whole = new_city(), new_city(), new_city()
    one.fold((), tickets[:cut])
    other.fold((), tickets[cut:])
    whole.fold((), tickets)
    one.merge(other)
    for city in (one, whole):
        city.advance(NOW + passed)
    assert all_pictures(one) == all_pictures(whole)


@settings(max_examples=25, deadline=None)
@given(cities_of_tickets(), LATER)
def test_what_is_taken_out_again_leaves_nothing(tickets, passed):
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    city.fold(tickets, ())
    empty = new_city(now=NOW + passed)
    assert totals(city) == totals(empty)
    assert drawn(city)["cells"]["data"] == drawn(empty)["cells"]["data"]
    assert len(city._ladder) == 0


@settings(max_examples=30, deadline=None)
@given(cities_of_tickets(), LATER, st.sampled_from(SCOPES))
def test_the_map_accounts_for_every_open_ticket(tickets, passed, scope):
    city = new_city()
    city.fold((), tickets)
    city.advance(NOW + passed)
    cells = drawn(city, scope)["cells"]["data"]
    shown = sum(cell[3] for cell in cells["cells"])
    assert shown + cells["unplaced"] + cells["withheld"] == totals(city, scope)["open_now"]
    assert cells["unplaced"] >= 0


def test_ticket_becomes_overdue_just_after_its_due_time():
    city = new_city()
    city.fold((), [fact(due_us=NOW_US + 5_000_000)])
    city.advance(NOW + timedelta(seconds=5))
    assert totals(city)["overdue_now"] == 0
    city.advance(NOW + timedelta(seconds=5, microseconds=1))
    assert totals(city)["overdue_now"] == 1
    assert totals(city)["on_time_rate"] == {"value": 0.0, "n": 1}


def test_ticket_closed_before_its_due_time_is_on_time_once_due():
    city = new_city()
    city.fold((), [fact(status="closed", closed_us=NOW_US - 1, due_us=NOW_US + 1_000_000)])
    assert totals(city)["on_time_rate"]["n"] == 0
    city.advance(NOW + timedelta(seconds=2))
    assert totals(city)["on_time_rate"] == {"value": 1.0, "n": 1}


def test_ticket_from_the_future_waits_for_its_time():
    city = new_city()
    city.fold((), [fact(created_us=NOW_US + 60_000_000)])
    assert totals(city)["open_now"] == 0
    city.advance(NOW + timedelta(minutes=1))
    assert totals(city)["open_now"] == totals(city)["opened_today"] == 1


def test_clock_never_moves_back():
    city = new_city()
    city.advance(NOW - timedelta(days=1))
    assert city.now == NOW


def test_today_starts_anew_at_local_midnight():
    city = new_city(now=NOW)
    city.fold((), [fact(status="closed", closed_us=NOW_US)])
    assert (totals(city)["opened_today"], totals(city)["closed_today"]) == (1, 1)
    city.advance(NOW.replace(hour=16, minute=0))  # midnight in Yantai
    assert (totals(city)["opened_today"], totals(city)["closed_today"]) == (0, 0)
    assert drawn(city)["volume"]["data"]["trailing"] == [0]


def test_tells_which_scopes_changed():
    city = new_city()
    city.take_changed()
    city.fold((), [fact(department="roads", due_us=NOW_US + 1_000_000)])
    touched = {"city", "district-370681", "department-roads"}
    assert city.take_changed() == touched
    assert city.take_changed() == set()
    city.advance(NOW + timedelta(seconds=2))
    assert city.take_changed() == touched


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Australia/Adelaide"])
def test_counts_in_other_zones_and_across_clock_changes(zone):
    zone = ZoneInfo(zone)
    now = NOW.replace(month=11, day=2, hour=18)  # New York's day of 25 hours was the day before
    moments = [NOW_US - hours * 1_700_000_000 for hours in range(0, 1500, 3)]
    tickets = [
        fact(external_id=str(us), created_us=us, due_us=us + 10, called_back_us=us, satisfied=True)
        for us in moments
    ]
    city = City(zone, now=now.replace(day=1, hour=3), figures_d=7, baseline_weeks=4)
    city.fold((), tickets)
    city.advance(now)
    found, expected = totals(city), PlainCount(tickets, now, zone, "city", 7).totals()
    assert {name: found[name] for name in expected} == expected
