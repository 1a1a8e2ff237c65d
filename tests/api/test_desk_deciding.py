"""Several tickets are sent another way from the desk: each answers by itself."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import desk_deciding
from callbacks.desk_deciding import DeskDecisions
from callbacks.desk_table import DeskTable
from operations.people.roles import Role
from operations.tickets.search import Order, TicketSearch
from tests.callbacks.test_ticket import House

PATH = "/api/v1/desk/triage/12345/T%2F1"


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put()
    made.signed_in(Role.CENTRE_STAFF)
    return made


@pytest.fixture
def client(house: House) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(desk_deciding.blueprint(DeskDecisions(house.sources, house.desk)))
    return server.test_client()


def asked(**more: Any) -> dict[str, Any]:
    return {"triage": "hard", "reason": "多部门推诿", "expected_version": 0, "lang": "zh"} | more


def version(house: House) -> int:
    rows, _ = DeskTable(house.sources, house.desk).page(TicketSearch(), Order(), None, 9, "zh")
    return int(rows[0]["version"])


def test_a_decision_is_written_with_who_and_why(house: House, client: FlaskClient) -> None:
    assert version(house) == 0
    said = client.post(PATH, json=asked())
    assert said.status_code == 200
    assert (said.get_json()["done"], said.get_json()["version"]) == (True, 1)
    [line] = house.sources.handling_book.lines("12345", "T/1")
    assert (line.actor, line.verified, line.detail, line.reason) == (
        "王芳 (wang)", True, "hard", "多部门推诿"
    )  # fmt: skip
    assert version(house) == 1


def test_who_comes_second_is_told_what_changed_and_may_try_again(
    house: House, client: FlaskClient
) -> None:
    client.post(PATH, json=asked())
    said = client.post(PATH, json=asked(triage="disputed"))
    assert said.status_code == 409
    told = said.get_json()
    assert (told["done"], told["version"]) == (False, 1)
    assert "王芳 (wang)" in told["told"]
    assert len(house.sources.handling_book.lines("12345", "T/1")) == 1
    again = client.post(PATH, json=asked(triage="disputed", expected_version=told["version"]))
    assert (again.status_code, again.get_json()["version"]) == (200, 2)


@pytest.mark.parametrize("more", [{"reason": ""}, {"triage": "lost"}])
def test_what_the_rules_refuse_is_told_in_words(
    house: House, client: FlaskClient, more: dict[str, str]
) -> None:
    said = client.post(PATH, json=asked(**more))
    assert said.status_code == 409
    assert said.get_json()["told"]
    assert said.get_json()["version"] == 0
    assert house.sources.handling_book.lines("12345", "T/1") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"), ({}, "expected_version"), (asked(expected_version="0"), "expected_version"),
        (asked(expected_version=True), "expected_version"), (asked(reason=5), "reason"),
        (asked(reason="x" * 501), "reason"),
    ],
)  # fmt: skip
def test_what_is_no_decision_is_named(client: FlaskClient, body: Any, field: str) -> None:
    said = client.post(PATH, json=body)
    assert (said.status_code, said.get_json()["error"]["field"]) == (400, field)


def test_a_ticket_that_is_not_there_is_not_decided_on(client: FlaskClient) -> None:
    assert client.post(f"{PATH}9", json=asked()).status_code == 404
