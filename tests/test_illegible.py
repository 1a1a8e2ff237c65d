"""What no database and no page can hold is refused by the field, never by a broken page."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from data_sources.connect import Sources
from operations.people.roles import Role
from settings import read_settings
from tests.builders import NOW, ticket
from tests.incidents import key
from tests.people import PROOFS
from tests.test_leading import client_of
from webserver import create_app

CENTRE, SUPERVISOR = frozenset({Role.CENTRE_STAFF}), frozenset({Role.SUPERVISOR})
READS = (
    "/disputes/%00", "/clinics/%00", "/campaigns/%00", "/cases/%00", "/incidents/%00",
    "/tickets/demo/%00", "/departments/%00", "/clusters/%00", "/accountability/%00",
    "/incidents?cluster=%00", "/incidents?alarm=%00", "/incidents?source=demo&external_id=%00",
    "/api/v1/disputes/%00/version", "/api/v1/orders/%00.pdf", "/api/v1/campaigns/%00",
    "/api/v1/cases/%00", "/api/v1/accountability/%00",
)  # fmt: skip
ASKED = (
    "/api/v1/cases?words=%00", "/api/v1/cases?category=a%00", "/api/v1/incidents?ended=%00",
    "/api/v1/audit?actor=%00", "/api/v1/tickets.csv?words=%00",
)  # fmt: skip
HALF = "好\ud83d"


@pytest.fixture(params=["sqlite", "postgresql"])
def sources(request: Any, tmp_path: Any, valkey_url: str) -> Iterator[Sources]:
    engine = request.getfixturevalue(f"{request.param}_engine")
    url = engine.url.render_as_string(hide_password=False)
    made = Sources(
        read_settings(
            data_dir=tmp_path, redis_url=valkey_url, database_url=url, demo=False, accounts="on"
        )
    )
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    made.ledger.store([ticket(external_id="T-1")], clock=NOW)
    yield made
    made.close()


def test_what_an_address_names_is_not_there(sources: Sources) -> None:
    server = create_app(sources)
    people = [client_of(server, sources, login=role, roles=roles) for role, roles in (
        ("wang", CENTRE), ("su", SUPERVISOR))]  # fmt: skip
    for client in people:
        for path in READS:
            assert client.get(path).status_code == 404, path
        for path in ASKED:
            answer = client.get(path)
            assert answer.status_code == 400, path
            assert answer.json["error"]["field"] in path
        look = {"output": "screen.children", "inputs": [
            {"id": "address", "property": "pathname", "value": "/campaigns/%00"},
        ]}  # fmt: skip
        assert client.post("/_dash-update-component", json=look).status_code == 400


@pytest.mark.parametrize("text", ["a\0b", HALF])
def test_what_is_written_is_refused_by_its_field(sources: Sources, text: str) -> None:
    server = create_app(sources)
    staff = client_of(server, sources, login="wang", roles=CENTRE)
    supervisor = client_of(server, sources, login="su", roles=SUPERVISOR)
    said = {"title": "黄水", "lead": "water_company", "severity": "2", "chain": "water"}
    body = {"act": "open", "key": key(), "given": said}
    opened = staff.post("/api/v1/incidents", json=body).json["incident"]
    unit = next(iter(sources.names.departments))
    evidence = {"step": "remind", "why": "b", "key": "x"}
    bodies = (
        (staff, f"/api/v1/incidents/{opened}/acts", "text",
         {"act": "note", "key": key(), "given": {"text": text}}),
        (staff, f"/api/v1/incidents/{opened}/acts", "ticket",
         {"act": "take_in", "key": key(), "given": {"ticket": f"demo/{text}"}}),
        (staff, "/api/v1/campaigns", "tickets",
         {"name": "n", "owner": unit, "tickets": [f"demo/{text}"], "key": "k"}),
        (staff, "/api/v1/disputes/open/demo/T-1", "reason", {"reason": text}),
        (staff, "/api/v1/clinics", "chair", {"at": "2026-11-26 10:00", "chair": text}),
        (supervisor, f"/api/v1/accountability/propose/{unit}", "tickets",
         evidence | {"tickets": [f"demo/{text}"]}),
        (supervisor, f"/api/v1/accountability/propose/{unit}", "opinions",
         evidence | {"opinions": text}),
    )  # fmt: skip
    for client, path, field, sent in bodies:
        answer = client.post(path, data=json.dumps(sent), content_type="application/json")
        assert answer.status_code == 400, (path, answer.status_code)
        assert answer.json["error"]["field"] == field
    whole = {"act": "note", "key": key(), "given": {"text": "好😀"}}
    assert staff.post(f"/api/v1/incidents/{opened}/acts", json=whole).status_code == 200
    form = {"login": "a\0", "password": "x"}
    assert staff.post("/login", data=form).status_code == 400


def test_what_is_out_of_all_time_and_measure_is_refused_by_its_field(sources: Sources) -> None:
    staff = client_of(create_app(sources), sources, login="wang", roles=CENTRE)
    said = {"title": "黄水", "lead": "water_company", "severity": "2", "chain": "water"}
    body = {"act": "open", "key": key(), "given": said}
    opened = staff.post("/api/v1/incidents", json=body).json["incident"]
    for value in (10**400, 1e300, -(10**400)):
        given = {"link": 1, "text": "x", "quantity": "q", "value": value}
        sent = {"act": "find", "key": key(), "given": given}
        answer = staff.post(f"/api/v1/incidents/{opened}/acts", json=sent)
        assert (answer.status_code, answer.json["error"]["field"]) == (409, "value")
    for at in ("0001-01-01T00:00", "9999-12-31T23:59-12:00"):
        answer = staff.post("/api/v1/clinics", json={"at": at, "chair": "x"})
        assert (answer.status_code, answer.json["error"]["field"]) == (400, "at")
    unit, kind = (
        next(iter(names)) for names in (sources.names.departments, sources.names.categories)
    )
    plan = {
        "name": "n",
        "owner": unit,
        "categories": [kind],
        "goal": "open",
        "value": "2",
        "key": "k",
    }
    for first, last in (("9999-06-01", "9999-07-01"), ("2026-11-24", "9999-12-31")):
        answer = staff.post("/api/v1/campaigns", json=plan | {"first": first, "last": last})
        assert answer.status_code == 409
        assert answer.json["error"]["field"] in ("first", "last")
