"""The lists of loose ends of a demo city: quiet where it is well run, alarms where it is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.running import demo_rates
from data_sources.memory_ledger import MemoryLedger
from operations.pulse.city import City
from operations.pulse.duty_sections import lists
from operations.pulse.long_lists import LongLists
from operations.tickets.cards import CardRule, Cards
from operations.tickets.loose_ends import LooseEnd, Patience, Thresholds
from tests.data_sources.feeds.demo_city.conftest import NOW, SEED

PAST_D = 30
HOURS = (0, 5, 20)  # noon, the end of the office day, the next morning


def lived(reference, reader, **life) -> City:
    """Give the running city of a town, a thirtieth of the demo city without scenes."""
    rates = demo_rates(reference)
    calendar, zone = reference.calendar, reference.zone
    quiet = {**rates.scenes, "schedule": {**rates.scenes["schedule"], "shares": [0.0] * 7}}
    rates = replace(rates, tickets_per_week=1100, life=replace(rates.life, **life), scenes=quiet)
    town = DemoCity(
        ground_of(reference, rates), rates, seed=SEED, works=calendar.is_working_day
    )  # fmt: skip
    ledger = MemoryLedger()
    for records in town.history(PAST_D, NOW):
        tickets = [reader.read(one, now=NOW, feed="test").ticket for one in records]
        ledger.store(tickets, clock=NOW)
    cards = Cards(CardRule(), calendar, zone)
    city = City(
        zone, now=NOW, cards=cards, thresholds=Thresholds(Patience(), calendar, zone, cards)
    )
    for facts in ledger.facts():
        city.fold((), facts)
    return city


def ringing(city: City) -> set[str]:
    """Tell which lists ring within the day that begins, as the city stands."""
    watched, found = LongLists(), set()
    for hour in HOURS:
        for minutes in (0, 11):
            city.advance(NOW + timedelta(hours=hour, minutes=minutes))
            watched.look(lists(city))
        found |= {one.reason.subject for one in watched.signals()}
    return found


def test_a_well_run_city_is_quiet(reference, reader):
    city = lived(reference, reader)
    held = {end: one.tickets for end, one in lists(city).held.items()}
    assert all(n is not None and n < 30 for n in held.values()), held
    assert ringing(city) == set()


@pytest.mark.parametrize(
    ("life", "list_"),
    [
        ({"reopened": 0.1}, LooseEnd.UNSOLVED),
        ({"chased": 0.0, "work_scale": 1.2}, LooseEnd.UNCARDED),
        ({"callback_h": 90.0}, LooseEnd.UNCALLED),
    ],
)
def test_a_badly_run_city_rings(reference, reader, life, list_):
    assert list_ in ringing(lived(reference, reader, **life))
