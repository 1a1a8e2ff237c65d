"""The witness counts what the running city counts, and is not the running city."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data_sources.ledger import SqlLedger
from data_sources.witness import Witness
from operations.people.person import Ring
from operations.pulse.city import City
from operations.pulse.comparison import differences
from operations.pulse.picture import Draughtsman, Names
from operations.tickets.cards import CardRule, Cards
from operations.tickets.ticket import (
    Callback,
    Channel,
    GeoQuality,
    Satisfaction,
    Status,
    Supervision,
    Urgency,
)
from tests.builders import NOW, at, ticket
from tests.rules import CALENDAR

SHANGHAI = ZoneInfo("Asia/Shanghai")
CARDS = Cards(CardRule(), CALENDAR, SHANGHAI)
NOBODY = Names(categories={}, districts={}, departments={}, towns={})
DISTRICTS = ("370681", "370602", None)
DEPARTMENTS = ("water", "roads", "police", None)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    return request.getfixturevalue(f"{request.param}_engine")


def any_ticket(dice, number, now):
    """Give a ticket of any kind and age, some with times that are still to come."""

    def moment(low, high):
        return now + timedelta(seconds=dice.randint(low * 3600, high * 3600))

    def perhaps(value, chance=0.6):
        return value if dice.random() < chance else None

    created = moment(-24 * 60, 1) if dice.random() < 0.5 else moment(-50, 1)
    callback = Callback(
        moment(-24 * 40, 5), True, dice.choice([None, True, False]),
        dice.choice([None, *Satisfaction]),
    )  # fmt: skip
    placed = dice.random() < 0.7
    return ticket(
        external_id=f"T-{number}",
        created_at=created,
        status=dice.choice(list(Status)),
        urgency=dice.choice([Urgency.ROUTINE, Urgency.ROUTINE, Urgency.URGENT]),
        channel=dice.choice(list(Channel)),
        category=dice.choice(["noise", "water", "噪音", "roads"]),
        district=(district := dice.choice(DISTRICTS)),
        town=dice.choice([None, "甲镇", "乙镇"]) if district else None,
        department=dice.choice(DEPARTMENTS),
        dispatched_at=perhaps(created),
        returns=dice.choice([0, 0, 2]),
        reopenings=dice.choice([0, 0, 1]),
        reassignments=dice.choice([0, 0, 3]),
        supervision=dice.choice([None, None, *Supervision]),
        ring=dice.choice(list(Ring)),
        updated_at=created + timedelta(hours=dice.randint(0, 400)),
        due_at=perhaps(moment(-24 * 40, 24 * 3)),
        closed_at=perhaps(moment(-24 * 40, 2)),
        callback=perhaps(callback, 0.3),
        reported_on_time=dice.choice([None, True, False]),
        latitude=37.0 + dice.randint(0, 5) / 10 if placed else None,
        longitude=121.0 if placed else None,
        geo_quality=dice.choice(list(GeoQuality)) if placed else GeoQuality.NONE,
        caller_key=perhaps(f"caller-{dice.randint(0, 40)}"),
    )


def running_city(ledger, now, zone, figures_d=30):
    city = City(zone, now=now, figures_d=figures_d, cards=Cards(CardRule(), CALENDAR, zone))
    for facts in ledger.facts():
        city.fold((), facts)
    return city


def how_many(counted):
    """Count the numbers in a nested value, so that an empty comparison is seen to be empty."""
    inside = counted.values() if isinstance(counted, dict) else counted
    return sum(map(how_many, inside)) if isinstance(counted, dict | list | tuple) else 1


def compare_all(engine, now, zone, figures_d=30):
    """Give the differences of every scope and the number of numbers compared."""
    city = running_city(SqlLedger(engine), now, zone, figures_d)
    draughtsman, found, compared = Draughtsman(NOBODY, least_callers=3), [], 0
    cards = Cards(CardRule(), CALENDAR, zone)
    with Witness(engine).snapshot(now, zone, figures_d=figures_d, cards=cards) as snapshot:
        for scope in sorted(city.scopes()):
            counted = snapshot.numbers(scope)
            picture = draughtsman.make(scope, city, now=now, seq=1, fresh=True)
            found += differences(picture, counted)
            compared += how_many(counted)
    return found, compared


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Asia/Kolkata", "America/New_York"])
@pytest.mark.parametrize("seed", [1, 2])
def test_city_and_witness_agree_on_every_number(engine, zone, seed):
    dice = random.Random(seed)
    now = datetime(2026, 11, 1, 17, 23, 11, 450_000, tzinfo=UTC) + timedelta(hours=seed * 7)
    ledger = SqlLedger(engine)
    ledger.store([any_ticket(dice, number, now) for number in range(1_500)], clock=now)
    found, compared = compare_all(engine, now, ZoneInfo(zone), figures_d=20 + seed)
    assert found == []
    assert compared > 4_000


def test_moments_on_the_edge_are_counted_alike(engine):
    edges = [NOW + timedelta(microseconds=step) for step in (-1, 0, 1)]
    midnight = NOW.astimezone(SHANGHAI).replace(hour=0)
    edges += [midnight + timedelta(microseconds=step) for step in (-1, 0, 1)]
    edges += [midnight - timedelta(days=29, microseconds=step) for step in (-1, 0, 1)]
    tickets = [
        ticket(
            external_id=f"{number}-{status}", created_at=at(-24 * 35), due_at=edge, closed_at=edge,
            status=status, callback=Callback(edge, True, True, Satisfaction.FAIR),
        )
        for number, edge in enumerate(edges)
        for status in (Status.ACCEPTED, Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN)
    ]  # fmt: skip
    tickets += [ticket(external_id=f"c-{n}", created_at=edge) for n, edge in enumerate(edges)]
    SqlLedger(engine).store(tickets, clock=NOW)
    assert compare_all(engine, NOW, SHANGHAI)[0] == []


def test_empty_ledger_agrees(engine):
    found, compared = compare_all(engine, NOW, SHANGHAI)
    assert found == []
    assert compared > 500


def test_ticket_missing_from_the_city_is_found(engine):
    ledger = SqlLedger(engine)
    ledger.store([ticket(external_id=f"T-{n}") for n in range(3)], clock=NOW)
    city = running_city(ledger, NOW, SHANGHAI)
    ledger.store([ticket(external_id="T-3", due_at=at(-1))], clock=NOW)
    picture = Draughtsman(NOBODY, least_callers=1).make("city", city, now=NOW, seq=1, fresh=True)
    found = differences(picture, Witness(engine).numbers("city", NOW, SHANGHAI, cards=CARDS))
    names = {difference.where for difference in found}
    assert {"city.totals.open_now", "city.totals.overdue_now"} <= names
    assert {"city.volume.five_minutes", "city.cells.sum", "city.recent.at"} <= names
    assert {"city.categories[water_quality].observed", "city.channels[phone].opened_today"} <= names
    assert "city.districts[370681].overdue_now" in names


def test_snapshot_tells_its_revision_and_stands_still(engine):
    ledger = SqlLedger(engine)
    ledger.store([ticket()], clock=NOW)
    with Witness(engine).snapshot(NOW, SHANGHAI) as snapshot:
        ledger.store([ticket(external_id="T-2")], clock=NOW)
        assert snapshot.revision == 1
        assert snapshot.numbers("city")["totals"]["open_now"] == 1
    with Witness(engine).snapshot(NOW, SHANGHAI) as snapshot:
        assert snapshot.revision == 2
        assert snapshot.numbers("district-370681")["totals"]["opened_today"] == 2
