"""What another site's page causes is refused; what ours, or a program, asks is not."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from api.crossing import COOKIE, FIELD, HEADER, Crossing

HOST = "https://lianxin.test"
OTHER = "https://elsewhere.test"
CROSSING = Crossing(b"key of this test", cookieless=("/intake",))


@pytest.fixture
def client() -> FlaskClient:
    server = flask.Flask(__name__)
    server.before_request(lambda: CROSSING.refusal(flask.request))
    server.after_request(lambda response: CROSSING.hand_out(flask.request, response))

    @server.route("/", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    @server.post("/intake")
    @server.get("/stream")
    def done() -> str:
        return flask.request.get_data(as_text=True)

    return server.test_client()


def token(client: FlaskClient) -> str:
    client.get("/", base_url=HOST)
    cookie = client.get_cookie(COOKIE, domain="lianxin.test")
    assert cookie is not None
    return cookie.value


def change(client: FlaskClient, method: str = "POST", path: str = "/", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(path, method=method, base_url=HOST, headers=named)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "headers",
    [{"Origin": OTHER}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"},
     {"Sec_Fetch_Site": "same-site"}, {"Origin": "http://lianxin.test"}],
)  # fmt: skip
def test_a_change_from_another_site_is_refused(
    client: FlaskClient, method: str, headers: dict[str, str]
) -> None:
    answer = change(client, method, X_CSRF_Token=token(client), **headers)
    assert answer.status_code == 403
    error = answer.get_json()["error"]
    assert error["field"] == "Origin"
    assert "another site" in error["reason"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_from_our_page_is_taken(client: FlaskClient, method: str) -> None:
    good = token(client)
    own = {"Origin": HOST, "Sec_Fetch_Site": "same-origin", "X_CSRF_Token": good}
    assert change(client, method, **own).status_code == 200
    assert change(client, method, X_CSRF_Token=good).status_code == 200, "without Sec-Fetch-*"


@pytest.mark.parametrize("given", ["", "made.up", "seed", "."])
def test_a_change_needs_the_token_in_cookie_and_header(client: FlaskClient, given: str) -> None:
    good = token(client)
    answer = change(client, X_CSRF_Token=given)
    assert answer.status_code == 403
    assert answer.get_json()["error"]["field"] == HEADER
    client.set_cookie(COOKIE, given, domain="lianxin.test")
    assert change(client, X_CSRF_Token=given).status_code == 403, "a planted cookie"
    assert change(client, X_CSRF_Token=good).status_code == 403


def test_a_token_signed_by_another_key_is_refused(client: FlaskClient) -> None:
    strange = Crossing(b"another key").token()
    client.set_cookie(COOKIE, strange, domain="lianxin.test")
    assert change(client, X_CSRF_Token=strange).status_code == 403


def test_a_form_carries_the_token_in_a_field(client: FlaskClient) -> None:
    good = token(client)
    assert client.post("/", base_url=HOST, data={FIELD: good}).status_code == 200
    assert client.post("/", base_url=HOST, data={FIELD: "no"}).status_code == 403


def test_a_bearer_s_path_needs_no_token_and_its_body_is_left_alone(client: FlaskClient) -> None:
    answer = client.post("/intake", base_url=HOST, data="one")
    assert (answer.status_code, answer.text) == (200, "one")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"}, 403),
        ({"Origin": OTHER}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
          "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
          "Sec-Fetch-Dest": "iframe"}, 403),
    ],
)  # fmt: skip
def test_a_stream_is_for_our_pages_and_for_programs(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    assert client.get("/stream", base_url=HOST, headers=headers).status_code == status


def test_a_good_cookie_is_left_as_it_is(client: FlaskClient) -> None:
    first = client.get("/", base_url=HOST).headers["Set-Cookie"]
    assert "Secure" in first
    assert "SameSite=Lax" in first
    assert "Set-Cookie" not in client.get("/", base_url=HOST).headers


def test_a_refusal_is_logged(client: FlaskClient) -> None:
    with capture_logs() as said:
        change(client, Origin=OTHER)
        change(client, X_CSRF_Token="made.up")
        client.get("/stream", base_url=HOST, headers={"Sec-Fetch-Site": "cross-site"})
        client.get("/stream", base_url=HOST)
    assert [line["field"] for line in said] == ["Origin", HEADER, "Sec-Fetch-Site"]
    assert {line["event"] for line in said} == {"crossing_refused"}
    assert "made.up" not in repr(said)
