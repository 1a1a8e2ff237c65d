"""Rates: a window that slides, clients apart, the same count for every process, open when away."""

import flask
import pytest
import redis
from limits.storage import RedisStorage
from structlog.testing import capture_logs

from api.rates import AWAY_S, Bound, Rates, bounds_of, client_of
from tests.valkey_server import ValkeyServer

THREE = Bound("three", 3, 2)


def store(client: redis.Redis) -> RedisStorage:
    return RedisStorage("redis://", client.connection_pool, "test", wrap_exceptions=True)


def test_beyond_its_bound_a_client_waits_and_another_does_not(valkey: redis.Redis) -> None:
    rates = Rates(store(valkey))
    assert [rates.wait_s(THREE, "a") for _ in range(3)] == [0.0] * 3
    assert 0 < rates.wait_s(THREE, "a") <= 2
    assert rates.wait_s(THREE, "b") == 0.0
    assert rates.wait_s(Bound("other", 3, 2), "a") == 0.0


def test_two_processes_count_together(valkey: redis.Redis) -> None:
    one, two = Rates(store(valkey)), Rates(store(valkey))
    waits = [rates.wait_s(THREE, "a") for rates in (one, two, one, two)]
    assert [bool(wait) for wait in waits] == [False, False, False, True]


def test_who_waits_costs_redis_nothing_and_is_counted_again_afterwards(valkey: redis.Redis) -> None:
    clock = [0.0]
    rates = Rates(store(valkey), monotonic=lambda: clock[0])
    while not rates.wait_s(THREE, "a"):
        pass
    before = valkey.info("stats")["total_commands_processed"]
    assert all(rates.wait_s(THREE, "a") for _ in range(50))
    assert valkey.info("stats")["total_commands_processed"] - before <= 1
    clock[0] = 3.0
    valkey.flushall()
    assert rates.wait_s(THREE, "a") == 0.0


def test_while_redis_is_away_everybody_is_let_in_and_it_is_logged_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock = [0.0]
    with (
        ValkeyServer(tmp_path_factory.mktemp("away")) as server,
        redis.Redis.from_url(server.url) as client,
    ):
        rates = Rates(store(client), monotonic=lambda: clock[0])
        assert not any(rates.wait_s(THREE, "a") for _ in range(3))
        server.end()
        with capture_logs() as said:
            assert not any(rates.wait_s(THREE, "a") for _ in range(20))
        assert [line["event"] for line in said] == ["rates_unreachable"]
        server.start()
        clock[0] = AWAY_S + 1
        assert any(rates.wait_s(THREE, "a") for _ in range(9)), "it counts again"


def test_who_is_held_is_logged_once(valkey: redis.Redis) -> None:
    rates = Rates(store(valkey), monotonic=lambda: 0.0)
    with capture_logs() as said:
        for _ in range(20):
            rates.wait_s(THREE, "a")
    (line,) = said
    assert (line["event"], line["bound"], line["client"]) == ("rate_held", "three", "a")


def test_a_refusal_says_when_to_come_back(valkey: redis.Redis) -> None:
    rates = Rates(store(valkey))
    answers = [rates.refusal(THREE, "a") for _ in range(4)]
    assert answers[:3] == [None] * 3
    assert answers[3] is not None
    assert answers[3].status_code == 429
    assert 1 <= int(answers[3].headers["Retry-After"]) <= 3


def test_a_minute_s_bound_lets_a_sixth_come_at_once() -> None:
    assert Bound.per_minute("x", 600) == Bound("x", 100, 10)
    assert Bound.per_minute("x", 1).amount == 1


@pytest.mark.parametrize(
    ("method", "path", "names"),
    [
        ("POST", "/login", ["reads", "login"]),
        ("POST", "/login/second", ["reads", "login"]),
        ("GET", "/login", ["reads"]),
        ("GET", "/api/v1/audit.csv", ["reads", "export"]),
        ("GET", "/api/v1/tickets.xlsx", ["reads", "export"]),
        ("GET", "/open311/v2/requests.csv", ["public"]),
    ],
)
def test_what_is_dear_is_counted_by_itself_too(method: str, path: str, names: list[str]) -> None:
    with flask.Flask("x").test_request_context(path, method=method):
        public = Bound("public", 10, 10)
        bounds = bounds_of(flask.request, Bound("reads", 10, 10), public)  # type: ignore[arg-type]
    assert [one.name for one in bounds] == names


@pytest.mark.parametrize(
    ("address", "client"),
    [("10.0.0.7", "10.0.0.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("", ""),
     ("::ffff:10.0.0.7", "10.0.0.7")],
)  # fmt: skip
def test_a_client_is_an_address_or_a_network(address: str, client: str) -> None:
    with flask.Flask(__name__).test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert client_of(flask.request) == client
