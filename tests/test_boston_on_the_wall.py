"""Boston's half year of 2011 as the wall showed it: storms seen, and City Hall never a place."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import h3.api.basic_int as h3
import pytest

from data_sources.connect import Sources
from data_sources.feeds.moments import moments, state_at
from data_sources.memory_ledger import MemoryLedger
from operations.pulse.city import City
from operations.tickets.ticket import Ticket
from settings import read_settings
from tests.boston import FILE, boston_tickets

CITY_HALL = h3.latlng_to_cell(42.3594, -71.0587, 7)
pytestmark = pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data (Boston's file)")


class Boston:
    """The tickets, and the picture of any moment of theirs."""

    def __init__(self, folder: Path, tickets: list[Ticket]) -> None:
        self.sources = Sources(read_settings(city="mapping:boston311", data_dir=folder, demo=False))
        self.sources.migrate()
        self.zone = self.sources.reference.zone
        self.tickets = tickets

    def at(self, text: str, *, figures_d: int = 30) -> dict[str, Any]:
        """Give the sections of the city's picture at a local time."""
        now = datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC)
        known = [one for one in self.tickets if one.created_at <= now]
        ledger = MemoryLedger()
        ledger.store([state_at(one, now, last=moments(one)[-1]) for one in known], clock=now)
        city = City(self.zone, now=now, figures_d=figures_d)
        for facts in ledger.facts():
            city.fold((), facts)
        made = self.sources.draughtsman.make("city", city, now=now, seq=1, fresh=True)
        return {name: section["data"] for name, section in made["sections"].items()}


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> Boston:
    return Boston(tmp_path_factory.mktemp("wall"), boston_tickets(tmp_path_factory))


def row(sections: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in sections["categories"]["rows"] if one["code"] == code)


def test_irene_stands_at_the_top_of_the_wall(boston: Boston) -> None:
    shown = boston.at("2011-08-28T23:59:59")
    first = shown["categories"]["rows"][0]
    assert first["code"] == "Tree Emergencies"
    assert first["opened_today"] == 752
    assert first["level"] == "far_above"
    early = row(boston.at("2011-08-28T13:59:59"), "Tree Emergencies")
    assert early["level"] == "far_above", "seen in the hour it struck"


def test_the_october_snow_is_seen(boston: Boston) -> None:
    shown = row(boston.at("2011-10-30T23:59:59"), "Tree Emergencies")
    assert shown["opened_today"] == 78
    assert shown["level"] == "far_above"


def test_tickets_without_a_place_make_no_place(boston: Boston) -> None:
    shown = boston.at("2011-12-08T23:59:59")
    general = [one for one in shown["categories"]["rows"] if "General Comments" in one["code"]]
    assert sum(one["opened_today"] for one in general) >= 133
    # City Hall's cell counts what is really there; its fallback tickets have no place at all.
    there = [one for one in shown["cells"]["cells"] if int(one[0], 16) == CITY_HALL]
    exact = [one for one in boston.tickets if one.geo_quality == "fallback"]
    assert len(exact) == 4775
    assert sum(one[3] for one in there) < shown["cells"]["unplaced"]


def test_departments_stand_with_their_rate_at_the_end_of_the_year(boston: Boston) -> None:
    shown = boston.at("2012-01-01T00:00:00", figures_d=200)["departments"]["rows"]
    rates = {one["code"]: one["on_time_rate"] for one in shown}
    known = {"PWDx": (0.8921, 25410), "ISD": (0.3401, 5463), "PARK": (0.5540, 2242)}
    assert {code: (rates[code]["value"], rates[code]["n"]) for code in known} == known
