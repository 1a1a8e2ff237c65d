"""Open311 as a caller sees it: both forms, errors as prescribed, nothing of any caller."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import flask
import h3
import pytest
from flask.testing import FlaskClient

from data_sources.api_keys import SqlApiKeys
from data_sources.connect import Sources
from operations.people.api_keys import ApiKey, digest_of
from operations.places import cell_of
from operations.tickets.ticket import Status
from settings import read_settings
from tests.builders import ticket
from tests.valkey_server import ValkeyServer
from webserver import create_app

KEY = "a-key-of-this-test"
NOW = datetime.now(UTC).replace(microsecond=0)
SENT = {"api_key": KEY, "service_code": "water_cut", "lat": "37.5", "long": "121.4"}
FIELDS = {
    *("service_request_id", "status", "status_notes", "service_name", "service_code"),
    *("description", "agency_responsible", "service_notice", "requested_datetime"),
    *("updated_datetime", "expected_datetime", "address", "address_id", "zipcode"),
    *("lat", "long", "media_url"),
}
POINT = (37.6461, 120.4778)


def held(**changes: Any) -> Any:
    at = NOW - timedelta(hours=changes.pop("hours_ago", 1))
    return ticket(**({"created_at": at, "category": "water_cut"} | changes))


TICKETS = [
    held(external_id="open-1", text="王芳 138****5678", address="东莱街道**号"),
    held(external_id="done", status=Status.CLOSED, closed_at=NOW, updated_at=NOW, hours_ago=3),
    held(external_id="secret", confidential=True),
    held(external_id="odd", category='a<b>&"\u0001', hours_ago=5),
]


def sources_of(folder: Path, valkey_server: ValkeyServer, **settings: Any) -> Sources:
    made = Sources(
        read_settings(data_dir=folder, redis_url=valkey_server.url, demo=False, **settings)
    )
    made.migrate()
    made.ledger.store(TICKETS, clock=NOW)
    SqlApiKeys(made.engine).add(ApiKey("k1", "test", digest_of(KEY), 1, "x"))
    return made


@pytest.fixture(scope="module")
def sources(
    tmp_path_factory: pytest.TempPathFactory, valkey_server: ValkeyServer
) -> Iterator[Sources]:
    folder = tmp_path_factory.mktemp("open311")
    made = sources_of(
        folder, valkey_server, open311="post", open311_jurisdiction="yantai.test",
        open311_per_minute=100_000_000,
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def server(sources: Sources) -> flask.Flask:
    name = h3.int_to_str(cell_of(*POINT))
    data = {"cells": [[name, 37.6, 120.5, 9, 0, 0, 7]]}
    sources.board.publish({"city": json.dumps({"sections": {"cells": {"data": data}}}).encode()})
    return create_app(sources)


@pytest.fixture
def client(server: flask.Flask) -> FlaskClient:
    return server.test_client()


def get(client: FlaskClient, path: str, **headers: str) -> Any:
    return client.get(f"/open311/v2/{path}", headers=headers)


def by_name(client: FlaskClient, query: str = "") -> dict[str, dict[str, Any]]:
    found = get(client, f"requests.json{query}").get_json()
    return {one["service_code"] + one["status"]: one for one in found}


def spark(element: ElementTree.Element) -> Any:
    """Read XML as JSON would have it, by the Spark convention."""
    lists = {"services", "service_requests", "attributes", "values", "endpoints", "formats",
             "errors"}  # fmt: skip
    if element.tag in lists:
        return [spark(one) for one in element]
    return {one.tag: spark(one) for one in element} if len(element) else element.text


PATHS = ("discovery", "services", "services/water_cut", "requests", "requests/1",
         "requests?status=what", "services/none", "tokens/none")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_both_forms_say_the_same(client: FlaskClient, path: str) -> None:
    path, _, query = path.partition("?")
    as_json, as_xml = (get(client, f"{path}.{form}?{query}") for form in ("json", "xml"))
    assert as_json.status_code == as_xml.status_code
    assert as_json.content_type == "application/json; charset=utf-8"
    assert as_xml.content_type == "text/xml; charset=utf-8"

    def words(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: words(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [words(inner) for inner in value]
        said = str(value).lower() if isinstance(value, bool) else value
        return None if said in (None, "") else str(said).replace("\u0001", "\ufffd")

    read = spark(ElementTree.fromstring(as_xml.get_data()))
    plain = words(as_json.get_json())
    if path == "services/water_cut":  # an empty list and an empty text look alike in XML
        read["attributes"] = read["attributes"] or []
    assert read == plain


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "text/xml"), ("*/*", "text/xml"), ("application/json", "application/json"),
        ("text/xml;q=0.5, application/json", "application/json"), ("application/xml", "text/xml"),
        ("image/png", "text/xml"),
    ],
)  # fmt: skip
def test_without_an_extension_the_caller_s_taste_decides(
    client: FlaskClient, accept: str, form: str
) -> None:
    assert get(client, "services", Accept=accept).mimetype == form
    assert get(client, "services.json", Accept="text/xml").mimetype == "application/json"


def test_a_request_has_the_prescribed_fields_and_no_more(client: FlaskClient) -> None:
    found = by_name(client)
    assert {frozenset(one) for one in found.values()} == {frozenset(FIELDS)}
    one = found["water_cutopen"]
    assert (one["description"], one["address"], one["service_name"]) == (None, "龙口市", "停水")
    assert found["water_cutclosed"]["updated_datetime"] == NOW.isoformat().replace("+00:00", "Z")


def test_nothing_of_a_caller_or_a_confidential_ticket_is_told(
    client: FlaskClient, sources: Sources
) -> None:
    for path in ("requests.json", "requests.xml"):
        said = get(client, path).get_data(as_text=True)
        for word in ("王芳", "138", "东莱街道", "caller", "secret", "demo", "37.6461", "120.4778"):
            assert word not in said, word
    with sources.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT id FROM tickets WHERE confidential")
        number = rows.scalar_one()
    assert get(client, f"requests/{number}.json").status_code == 404
    assert get(client, f"requests.json?service_request_id={number}").get_json() == []


def test_a_place_is_that_of_a_cell_of_the_wall_s_map(client: FlaskClient) -> None:
    one = by_name(client)["water_cutopen"]
    assert cell_of(one["lat"], one["long"]) == cell_of(*POINT)
    assert (one["lat"], one["long"]) == tuple(
        round(part, 5) for part in h3.cell_to_latlng(h3.int_to_str(cell_of(*POINT)))
    )


def test_queries_narrow_and_page(client: FlaskClient) -> None:
    assert set(by_name(client, "?status=closed")) == {"water_cutclosed"}
    assert set(by_name(client, "?service_code=water_cut&service_code=none")) == {
        "water_cutopen", "water_cutclosed",
    }  # fmt: skip
    first = get(client, "requests.json?page_size=2").get_json()
    second = get(client, "requests.json?page_size=2&page=2").get_json()
    assert [len(first), len(second)] == [2, 1]
    since = (NOW - timedelta(minutes=10)).isoformat().replace("+00:00", "Z")
    assert set(by_name(client, f"?updated_after={since}")) == {"water_cutclosed"}
    ids = ",".join(one["service_request_id"] for one in first)
    assert get(client, f"requests.json?service_request_id={ids}&status=x").status_code == 400
    assert len(get(client, f"requests.json?service_request_id={ids}&page=9").get_json()) == 2


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("requests/999.json", 404), ("requests/abc.json", 404), ("requests/1.2.json", 404),
        ("services/none.json", 404), ("tokens/made-up.json", 404), ("nothing.json", 404),
        ("requests.json?jurisdiction_id=elsewhere.test", 404), ("requests.json?page=0", 400),
        ("requests.json?start_date=2020-01-01T00:00:00Z&end_date=2021-01-01T00:00:00Z", 400),
    ],
)  # fmt: skip
def test_errors_are_as_prescribed(client: FlaskClient, path: str, status: int) -> None:
    answer = get(client, path)
    assert answer.status_code == status
    (error,) = answer.get_json()
    assert error["code"] == status
    assert len(error["description"]) > 10


def post(client: FlaskClient, changes: dict[str, str], path: str = "requests.json") -> Any:
    given = {name: value for name, value in (SENT | changes).items() if value}
    return client.post(f"/open311/v2/{path}", data=given)


def test_what_is_handed_in_goes_by_the_intake_and_has_a_token(
    client: FlaskClient, sources: Sources
) -> None:
    sources.redis.flushall()
    answer = post(client, {"phone": "13912345678", "description": "联系13912345678"})
    assert answer.status_code == 200
    token = answer.get_json()[0]["token"]
    assert get(client, f"tokens/{token}.json").get_json() == [{"token": token}]
    (entry,) = sources.stream.read(most_entries=9, wait_s=0)
    (one,) = entry.tickets
    assert (one.source, one.external_id, one.text) == ("open311", token, "联系139****5678")
    assert one.sealed is not None
    assert one.caller_key is not None
    sources.ledger.store(entry.tickets, clock=NOW)
    (told,) = get(client, f"tokens/{token}.json").get_json()
    (shown,) = get(client, f"requests/{told['service_request_id']}.json").get_json()
    assert shown["service_code"] == "water_cut"
    (xml,) = spark(ElementTree.fromstring(get(client, f"tokens/{token}.xml").get_data()))
    assert xml == told


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"api_key": ""}, 403), ({"api_key": "wrong"}, 403), ({"service_code": ""}, 400),
        ({"service_code": "none"}, 404), ({"lat": ""}, 400),
        ({"jurisdiction_id": "elsewhere.test"}, 404), ({"attribute[X]": "1"}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_refused(
    client: FlaskClient, changes: dict[str, str], status: int
) -> None:
    for form in ("json", "xml"):
        answer = post(client, changes, f"requests.{form}")
        assert answer.status_code == status
        assert answer.mimetype == {"json": "application/json", "xml": "text/xml"}[form]


def test_only_a_form_is_taken_and_no_key_in_the_address(client: FlaskClient) -> None:
    assert client.post("/open311/v2/requests.json", json=SENT).status_code == 400
    assert client.post(f"/open311/v2/requests.json?api_key={KEY}", data={}).status_code == 400
    assert post(client, {"api_key": ""}, f"requests.json?api_key={KEY}").status_code == 403


ELSEWHERE = {"Origin": "https://elsewhere.test", "Sec-Fetch-Site": "cross-site",
             "Sec-Fetch-Mode": "cors", "Sec-Fetch-Dest": "empty"}  # fmt: skip


def test_any_page_may_read_and_only_here(client: FlaskClient) -> None:
    for path in ("requests.json", "requests/none.json", "none"):
        headers = get(client, path, **ELSEWHERE).headers
        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in headers
        assert "Set-Cookie" not in headers
    for other in ("/api/v1/alarms", "/healthz", "/api/v1/openapi.json"):
        answer = client.get(other, headers=ELSEWHERE)
        assert "Access-Control-Allow-Origin" not in answer.headers
    written = client.post("/open311/v2/requests.json", data={}, headers=ELSEWHERE)
    assert "Access-Control-Allow-Origin" not in written.headers


def test_refusals_of_the_house_are_told_in_prescribed_words(client: FlaskClient) -> None:
    large = client.post("/open311/v2/requests.xml", data={"description": "x" * 1_100_000})
    assert large.status_code == 413
    assert re.match(rb"<\?xml.*\n?<errors><error><code>413</code>", large.get_data())
    assert client.delete("/open311/v2/requests.json").get_json()[0]["code"] == 405


def test_too_many_calls_are_held_apart_from_the_screens(
    tmp_path: Path, valkey_server: ValkeyServer
) -> None:
    made = sources_of(tmp_path, valkey_server, open311="read", open311_per_minute=60)
    client = create_app(made).test_client()
    statuses = [get(client, "services.json").status_code for _ in range(12)]
    assert statuses.count(200) == 10
    held_back = get(client, "services.xml")
    assert (held_back.status_code, held_back.mimetype) == (429, "text/xml")
    assert int(held_back.headers["Retry-After"]) >= 1
    assert client.get("/api/v1/openapi.json").status_code == 200
    assert post(client, {}).status_code == 429
    made.redis.flushall()
    assert post(create_app(made).test_client(), {}).status_code == 403, "reading alone is offered"
    made.close()


def test_switched_off_it_says_so_and_nothing_else(
    tmp_path: Path, valkey_server: ValkeyServer
) -> None:
    made = sources_of(tmp_path, valkey_server)
    made.redis.flushall()
    client = create_app(made).test_client()
    for path in (*PATHS, "requests?service_request_id=1"):
        answer = get(client, path)
        assert answer.status_code == 404, path
    assert post(client, {}).status_code == 404
    refused = get(client, "requests.json", **ELSEWHERE)
    assert refused.status_code == 403
    assert "Access-Control-Allow-Origin" not in refused.headers
    made.close()


def test_with_leave_the_masked_words_are_shown(tmp_path: Path, valkey_server: ValkeyServer) -> None:
    made = sources_of(tmp_path, valkey_server, open311="read", open311_words=True)
    client = create_app(made).test_client()
    assert by_name(client)["water_cutopen"]["description"] == "王芳 138****5678"
    made.close()
