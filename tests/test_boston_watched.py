"""Boston's half year of 2011 under the watch: storms raised within the hour, City Hall never."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from data_sources.connect import Sources
from data_sources.rows import fact_of, row_of
from operations.detection.cluster import Cluster
from operations.detection.live.chores import Round
from operations.detection.live.city_watch import CityWatch
from operations.detection.live.forecast import Forecast
from operations.detection.live.nulls import Tail
from operations.detection.live.region import kilometres
from operations.detection.live.signals import severity_of
from operations.detection.live.windows import unit_vectors
from operations.pulse.windows import from_us, to_us
from operations.tickets.fact import Fact
from operations.tickets.ticket import Ticket
from settings import read_settings
from tests.boston import FILE, boston_tickets

GENERAL = {"General Comments For a Program or Policy", "General Comments For An Employee"}
REHEARSED = {"Tree Emergencies", "Unsatisfactory Living Conditions", *GENERAL}
SILENT = Tail(start=1e9, scale=1.0, weight=1.0, stretch_d=1.0, highest=0.0, replicates=1)
CITY_HALL = (42.3594, -71.0587)
pytestmark = [
    pytest.mark.skipif(not FILE.exists(), reason="needs ../shared/data (Boston's file)"),
    pytest.mark.slow,
    pytest.mark.timeout(600, method="thread"),  # a signal inside a compiled loop would crash it
]


class Boston:
    """The tickets as facts, oldest first, and the watch over any stretch of them."""

    def __init__(self, folder: Path, tickets: list[Ticket]) -> None:
        sources = Sources(read_settings(city="mapping:boston311", data_dir=folder, demo=False))
        sources.migrate()
        self.zone = sources.reference.zone
        facts = [fact_of(row_of(one)) for one in tickets]
        self.facts: list[Fact] = sorted(facts, key=lambda one: one.created_us)

    def us(self, text: str) -> int:
        return to_us(datetime.fromisoformat(text).replace(tzinfo=self.zone).astimezone(UTC))

    def live(self, first: str, last: str) -> Iterator[tuple[datetime, Cluster]]:
        """Live from one local time to another, ticket by ticket; give clusters as they are born."""
        first_us, last_us = self.us(first), self.us(last)
        watch = CityWatch(self.zone)
        watch.fold([], [one for one in self.facts if one.created_us < first_us])
        while watch.waiting:
            watch.look(first_us)
        for _ in range(len(watch.registry.lookouts) + 1):
            watch.look(first_us)
        self._do_chores(watch, first_us)
        seen = {cluster.id for cluster, _ in watch.living()}
        done_us = first_us
        for fact in self.facts:
            if not first_us <= fact.created_us < last_us:
                continue
            watch.fold([], [fact])
            watch.look(fact.created_us)
            if fact.created_us - done_us > 600_000_000:
                watch.look(fact.created_us)
                self._do_chores(watch, fact.created_us)
                done_us = fact.created_us
            for cluster, _ in watch.living():
                if cluster.id not in seen:
                    seen.add(cluster.id)
                    yield from_us(fact.created_us).astimezone(self.zone), cluster
        self.watch = watch

    def _do_chores(self, watch: CityWatch, now_us: int) -> None:
        """Do what the thread of the worker does; only some categories are rehearsed, for time."""
        while (chore := watch.chore(now_us)) is not None:
            if isinstance(chore, Forecast) or chore.category in REHEARSED:
                watch.answer(chore, chore.run(), now_us)
            else:
                watch.answer(chore, [] if isinstance(chore, Round) else SILENT, now_us)


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> Boston:
    return Boston(tmp_path_factory.mktemp("watched"), boston_tickets(tmp_path_factory))


def hour_of_rise(boston: Boston, category: str, day: str, more: int) -> datetime:
    """Give the end of the hour in which a category's tickets of a day passed a number."""
    first_us = boston.us(day)
    times = [
        one.created_us
        for one in boston.facts
        if one.category == category and first_us <= one.created_us < first_us + 86_400_000_000
    ]
    return from_us(times[more - 1]).astimezone(boston.zone)


def test_irene_is_raised_within_the_hour(boston: Boston) -> None:
    born = list(boston.live("2011-08-28T00:00", "2011-08-28T14:00"))
    trees = [(at, one) for at, one in born if one.category == "Tree Emergencies"]
    assert trees, "the storm was not seen"
    risen = hour_of_rise(boston, "Tree Emergencies", "2011-08-28", 20)
    assert trees[0][0] <= risen + timedelta(hours=1)
    assert severity_of(trees[0][1]) is not None
    assert "Tree Emergencies" in {one.series.code for one in boston.watch.excesses.standing()}


def test_the_october_snow_is_raised_within_the_hour(boston: Boston) -> None:
    born = list(boston.live("2011-10-29T12:00", "2011-10-30T12:00"))
    trees = [(at, one) for at, one in born if one.category == "Tree Emergencies"]
    assert trees, "the snow was not seen"
    # The snow began on the evening before: it is known when the day itself begins.
    risen = hour_of_rise(boston, "Tree Emergencies", "2011-10-30", 1)
    assert trees[0][0] <= risen + timedelta(hours=1)


def test_a_batch_typed_in_is_marked(boston: Boston) -> None:
    for _at, _cluster in boston.live("2011-07-06T00:00", "2011-07-06T13:00"):
        pass
    living = [
        cluster
        for cluster, _ in boston.watch.living()
        if cluster.category == "Unsatisfactory Living Conditions"
    ]
    assert all(one.evidence.bulk and severity_of(one) is None for one in living)


def test_nothing_is_ever_at_city_hall(boston: Boston) -> None:
    watch, now_us = CityWatch(boston.zone), boston.us("2012-01-01T00:00")
    watch.is_loading = True
    watch.fold([], boston.facts)
    while watch.waiting:
        watch.look(now_us)
    hall = unit_vectors(np.array([CITY_HALL[0]]), np.array([CITY_HALL[1]]))[0]
    apart_km = kilometres(watch.registry.addresses.points, hall)
    assert len(apart_km) > 10_000
    assert apart_km.min() > 0.005, "the point that means unknown is no address"


def test_general_comments_without_a_place_make_no_cluster(boston: Boston) -> None:
    assert {one.category for one in boston.facts} >= GENERAL
    born = list(boston.live("2011-12-08T08:00", "2011-12-08T18:00"))
    assert not [cluster for _, cluster in born if cluster.category in GENERAL]
    series, counts = boston.watch.excesses.tallies.table(400)
    general = [n for n, one in enumerate(series) if one.code in GENERAL]
    placed = [one for one in boston.facts if one.category in GENERAL and one.latitude is not None]
    assert 0 < counts[general].sum() < 0.2 * len(placed), "those at the City Hall are not counted"
    assert not [one for one in boston.watch.excesses.standing() if one.series.code in GENERAL]
