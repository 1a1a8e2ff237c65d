"""The intake's door: who may, how much, how often, and what it says."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import intake
from operations.errors import BadInput, Unreachable

TOKEN = "secret-of-this-test"
GOOD = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}


class FakeIntake:
    """Answers as told, or raises."""

    def __init__(
        self, accepted: int = 0, rejected: int = 0, error: Exception | None = None
    ) -> None:
        lines = [{"index": i, "field": "status", "reason": "unknown"} for i in range(rejected)]
        self.said = {"accepted": accepted, "rejected": lines, "repaired": []}
        self.error = error

    def read_body(self, body: bytes, **_: Any) -> bytes:
        if isinstance(self.error, BadInput | AssertionError):
            raise self.error
        return body

    def keep(self, delivery: Any) -> dict[str, Any]:
        if self.error:
            raise self.error
        return self.said


def client(answers: FakeIntake, wait_s: Callable[[str], float] = lambda _: 0.0) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(
        intake.blueprint(
            answers,
            intake.Terms(TOKEN, 100, wait_s),
            now=lambda: datetime(2026, 11, 24, tzinfo=UTC),
            in_thread=lambda reading: reading(),
        )
    )
    return server.test_client()


def took(accepted: int, rejected: int) -> FakeIntake:
    return FakeIntake(accepted, rejected)


def refuses(error: Exception) -> FakeIntake:
    return FakeIntake(error=error)


def test_some_good_ones_are_202_and_none_is_422() -> None:
    assert client(took(2, 1)).post("/api/v1/tickets", data=b"[]", headers=GOOD).status_code == 202
    answer = client(took(0, 1)).post("/api/v1/tickets", data=b"[]", headers=GOOD)
    assert answer.status_code == 422
    assert answer.get_json()["rejected"][0]["field"] == "status"


@pytest.mark.parametrize("given", [None, "Bearer wrong", TOKEN, "Basic " + TOKEN, "Bearer é"])
def test_without_the_token_nothing_is_read(given: str | None) -> None:
    headers = {} if given is None else {"Authorization": given}
    answer = client(refuses(AssertionError())).post("/api/v1/tickets", data=b"x", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_an_oversized_body_is_413_before_it_is_read() -> None:
    answer = client(refuses(AssertionError())).post(
        "/api/v1/tickets", data=b"x" * 101, headers=GOOD
    )
    assert answer.status_code == 413
    assert "send fewer" in answer.get_json()["error"]["reason"]


def test_who_posts_too_often_waits_by_token() -> None:
    counted: list[str] = []
    waits = iter([0.0, 5.2])

    def wait_s(who: str) -> float:
        counted.append(who)
        return next(waits)

    asking = client(took(1, 0), wait_s)
    assert asking.post("/api/v1/tickets", data=b"{}").status_code == 401, "not counted"
    assert asking.post("/api/v1/tickets", data=b"{}", headers=GOOD).status_code == 202
    answer = asking.post("/api/v1/tickets", data=b"{}", headers=GOOD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "6")
    assert len(set(counted)) == 1


def test_a_lost_stream_is_503_with_a_time_to_come_back() -> None:
    answer = client(refuses(Unreachable("gone"))).post("/api/v1/tickets", data=b"1", headers=GOOD)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"


def test_a_body_nobody_can_read_names_field_and_reason() -> None:
    answer = client(refuses(BadInput("body", "not JSON at byte 3"))).post(
        "/api/v1/tickets", data=b"[1,", headers=GOOD
    )
    assert answer.status_code == 400
    assert answer.get_json()["error"] == {"field": "body", "reason": "not JSON at byte 3"}
