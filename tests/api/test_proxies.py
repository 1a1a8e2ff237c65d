"""Only the declared proxy says where a request comes from."""

from ipaddress import ip_network

import flask
import pytest
from flask.testing import FlaskClient

from api.headers import SAFE
from api.proxies import KnownProxies

SAID = {
    "X-Forwarded-For": "6.6.6.6, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "city.test",
}


def client(*proxies: str) -> FlaskClient:
    server = flask.Flask(__name__)
    networks = [ip_network(one) for one in proxies]
    server.wsgi_app = KnownProxies(server.wsgi_app, networks)  # type: ignore[method-assign]

    @server.get("/")
    def who() -> list[str | None]:
        asked = flask.request
        return [asked.remote_addr, asked.scheme, asked.host]

    return server.test_client()


def told(asking: FlaskClient, peer: str) -> object:
    return asking.get("/", headers=SAID, environ_base={"REMOTE_ADDR": peer}).get_json()


def test_nobody_is_believed_where_no_proxy_is_declared() -> None:
    assert told(client(), "127.0.0.1") == ["127.0.0.1", "http", "localhost"]


def test_the_declared_proxy_is_believed_for_one_hop() -> None:
    assert told(client("10.0.0.0/28"), "10.0.0.3") == ["203.0.113.9", "https", "city.test"]


def test_this_machine_is_served_and_not_believed() -> None:
    assert told(client("10.0.0.3"), "127.0.0.1") == ["127.0.0.1", "http", "localhost"]


@pytest.mark.parametrize("peer", ["10.0.0.4", "192.0.2.1", "2001:db8::1"])
def test_nobody_else_is_answered_in_the_clear(peer: str) -> None:
    refused = client("10.0.0.3").get("/", headers=SAID, environ_base={"REMOTE_ADDR": peer})
    assert refused.status_code == 403
    assert refused.get_json()["error"]["field"] == "address"
    assert set(refused.headers.keys()) >= {*SAFE, "Content-Security-Policy"}
