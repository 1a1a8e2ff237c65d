"""Where an incident's tickets lie, as far as who asks may look at them."""

from collections.abc import Iterator
from typing import Any

import flask
import pytest

from data_sources.connect import Sources
from data_sources.incident_book import SqlIncidentBook
from data_sources.incident_places import IncidentPlaces
from data_sources.ledger import SqlLedger
from operations.people.roles import Role
from operations.ports import Watched
from operations.tickets.ticket import GeoQuality
from settings import read_settings
from tests.builders import NOW, ticket
from tests.incidents import Scene
from tests.people import PROOFS
from tests.test_incident_pages import act, opened
from tests.test_leading import client_of
from tests.watched import cluster, evidence
from webserver import create_app

LONGKOU = "370681"
HERE, THERE = (37.65012, 120.52034), (37.7, 120.6)
TICKETS = (
    ("T-1", {"department": "water_company", "at": HERE}),
    ("T-2", {"department": "health", "at": (HERE[0] + 1e-6, HERE[1])}),
    ("T-3", {"department": "health", "at": THERE}),
    ("T-4", {"department": "health", "at": THERE, "geo_quality": GeoQuality.DISTRICT}),
    ("T-5", {"department": "health", "at": THERE, "confidential": True}),
    ("T-6", {"department": "health", "at": THERE, "district": "370602"}),
)


def made(name: str, at: tuple[float, float], **more: Any) -> Any:
    given = {"geo_quality": GeoQuality.EXACT, "district": LONGKOU} | more
    return ticket(external_id=name, latitude=at[0], longitude=at[1], **given)


@pytest.fixture
def sources(tmp_path: Any, valkey_url: str) -> Iterator[Sources]:
    found = Sources(
        read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts="on")
    )
    found.migrate()
    found.__dict__["proofs"] = PROOFS
    found.ledger.store([made(name, **more) for name, more in TICKETS], clock=NOW)
    one = cluster(
        id="c-1", category="water_yellow", members=tuple(("demo", name) for name, _ in TICKETS),
        evidence=evidence(district=LONGKOU),
    )  # fmt: skip
    found.watchbook.keep(Watched(clusters=(one,)))
    yield found
    found.close()


@pytest.fixture
def server(sources: Sources) -> flask.Flask:
    return create_app(sources)


def asked(server: flask.Flask, sources: Sources, incident: str, **who: Any) -> Any:
    client = client_of(server, sources, login="li", **who)
    return client.get(f"/api/v1/incidents/{incident}/places")


@pytest.fixture
def incident(server: flask.Flask, sources: Sources) -> str:
    staff = client_of(server, sources, login="wang", roles=frozenset({Role.CENTRE_STAFF}))
    name = str(opened(staff, "cluster=c-1").json["incident"])
    assert act(staff, name, "summon", party="health").json["done"]
    return name


def test_the_centre_sees_every_place_and_near_ones_as_one(
    server: flask.Flask, sources: Sources, incident: str
) -> None:
    told = asked(server, sources, incident, roles=frozenset({Role.CENTRE_STAFF})).json
    assert [(one[0], one[1], one[2]) for one in told["points"]] == [
        (37.6501, 120.5203, 2), (37.7, 120.6, 3),
    ]  # fmt: skip
    assert (told["unplaced"], told["withheld"]) == (1, 0)
    assert "land" in told["layers"]
    assert told["outline"]["radius_km"] > 0


def test_who_may_not_see_who_called_is_not_told_where_a_confidential_one_lies(
    server: flask.Flask, sources: Sources, incident: str
) -> None:
    told = asked(server, sources, incident, roles=frozenset({Role.INCIDENT_MEMBER})).json
    assert [one[2] for one in told["points"]] == [2, 2]
    assert told["withheld"] == 1


def test_a_department_sees_the_places_of_its_own(
    server: flask.Flask, sources: Sources, incident: str
) -> None:
    handler = frozenset({Role.DEPARTMENT_HANDLER})
    told = asked(server, sources, incident, roles=handler, department="health").json
    assert sum(one[2] for one in told["points"]) == 4
    assert told["withheld"] == 1
    other = asked_by_other(server, sources, incident)
    assert other.status_code == 404


def asked_by_other(server: flask.Flask, sources: Sources, incident: str) -> Any:
    client = client_of(
        server, sources, login="zhao", roles=frozenset({Role.DEPARTMENT_HANDLER}),
        department="housing",
    )  # fmt: skip
    return client.get(f"/api/v1/incidents/{incident}/places")


@pytest.mark.parametrize("engine", ["sqlite_engine", "postgresql_engine"])
def test_places_are_those_that_are_in_it(engine: str, request: pytest.FixtureRequest) -> None:
    found = request.getfixturevalue(engine)
    SqlLedger(found).store([made(name, **more) for name, more in TICKETS], clock=NOW)
    tickets = [("demo", name) for name, _ in TICKETS]
    scene = Scene(SqlIncidentBook(found), tickets=tickets)
    places = IncidentPlaces(found).of(scene.id, most=99)
    assert {one.ticket for one in places} == set(tickets)
    assert {one.ticket[1]: one.point for one in places}["T-4"] is None
    assert {one.ticket[1]: one.point for one in places}["T-3"] == THERE
    assert [one.ticket[1] for one in places if one.confidential] == ["T-5"]
    assert len(IncidentPlaces(found).of(scene.id, most=2)) == 2
    assert IncidentPlaces(found).of("sj-nowhere", most=9) == []
