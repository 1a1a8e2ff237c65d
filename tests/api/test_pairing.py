"""Merging at the desk and from the list, over HTTP: one ticket a request, each answered."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import pairing
from callbacks.desk_pairing import DeskPairing
from operations.people.person import Ring
from operations.people.roles import Role
from operations.tickets.merging import Merge
from operations.tickets.ticket import Channel
from tests.builders import LONGKOU, at
from tests.callbacks.test_ticket import House

MERGE, DISTINCT = "/api/v1/desk/merge/12345/T%2F2", "/api/v1/desk/distinct/12345/T%2F2"
ONE, TWO = ("12345", "T/1"), ("12345", "T/2")


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put()
    made.put(external_id="T/2", channel=Channel.WECHAT, created_at=at(1))
    made.put(external_id="T/3", district="370602", channel=Channel.WECHAT, created_at=at(1))
    made.signed_in(Role.CENTRE_STAFF)
    return made


@pytest.fixture
def client(house: House) -> FlaskClient:
    server = flask.Flask("test")

    class Late:  # who asks is another one in each test
        def __getattr__(self, name: str) -> Any:
            return getattr(DeskPairing(house.sources, house.desk), name)

    server.register_blueprint(pairing.blueprint(Late()))  # type: ignore[arg-type]
    return server.test_client()


def post(client: FlaskClient, path: str, **said: Any) -> tuple[int, Any]:
    answer = client.post(path, json={"expected_version": 0, "lang": "en"} | said)
    return answer.status_code, answer.json


def test_a_ticket_is_merged_and_taken_apart(house: House, client: FlaskClient) -> None:
    status, said = post(client, MERGE, act="merge", into="12345/T%2F1", reason="one leak")
    assert (status, said) == (200, {"done": True, "told": "Merged.", "version": 1})
    assert house.sources.merge_book.merge(*TWO) == Merge(1, ONE)
    assert house.sources.merge_book.lines(*TWO)[0].reason == "one leak"
    status, said = post(client, MERGE, act="merge", into="12345/T%2F1")
    assert (status, said["done"], said["version"]) == (409, False, 1), "overtaken, and as it is"
    assert "since you looked" in said["told"]
    status, said = post(client, MERGE, act="unmerge", expected_version=1)
    assert (status, said["version"]) == (200, 2)
    assert [one.reason for one in house.sources.merge_book.lines(*TWO)] == ["one leak", "undone"]


def test_what_the_rules_refuse_is_told_of_that_ticket_alone(client: FlaskClient) -> None:
    status, said = post(client, MERGE, act="merge", into="12345/T%2F2")
    assert (status, said["told"]) == (409, "A ticket is not merged into itself.")
    status, said = post(client, MERGE, act="merge", into="12345/none")
    assert (status, said["told"]) == (409, "No such ticket that you may decide on.")
    assert post(client, MERGE, act="unmerge")[1]["told"] == "It is not merged."


def test_the_other_ticket_is_asked_for_too(house: House, client: FlaskClient) -> None:
    """The gate asks for the ticket of the path alone."""
    house.signed_in(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    for path, act, name in ((MERGE, "merge", "into"), (DISTINCT, "distinct", "other")):
        status, said = post(client, path, act=act, **{name: "12345/T%2F3"})
        assert (status, said["told"]) == (409, "No such ticket that you may decide on.")
    assert house.sources.merge_book.merge(*TWO) == Merge()
    assert house.sources.distinct_book.lines(*TWO) == []
    assert post(client, MERGE.replace("T%2F2", "T%2F3"), act="unmerge")[0] == 404


def test_a_pair_is_said_to_be_no_duplicate_and_that_is_taken_back(
    house: House, client: FlaskClient
) -> None:
    said = {"act": "distinct", "other": "12345/T%2F1"}
    assert post(client, DISTINCT, **said)[1]["version"] == 1
    (line,) = house.sources.distinct_book.lines(*ONE)
    assert (line.reason, line.verified) == ("", True)
    status, told = post(client, DISTINCT, **said)
    assert (status, told["version"]) == (409, 1)
    status, told = post(
        client, DISTINCT, act="not_distinct", other="12345/T%2F1", expected_version=1, reason="x"
    )
    assert (status, told["told"]) == (200, "Taken back; it may be suggested again.")
    assert post(client, DISTINCT, act="distinct", other="12345/T%2F2")[0] == 409


@pytest.mark.parametrize(
    ("path", "said", "field"),
    [
        (MERGE, {"act": "distinct"}, "act"), (DISTINCT, {"act": "merge"}, "act"),
        (MERGE, {"act": "merge"}, "into"), (MERGE, {"act": "merge", "into": "T-1"}, "into"),
        (MERGE, {"act": "merge", "into": 7}, "into"),
        (MERGE, {"act": "merge", "into": "a/b%00"}, "into"),
        (DISTINCT, {"act": "distinct"}, "other"),
        (MERGE, {"act": "unmerge", "reason": "x" * 501}, "reason"),
        (MERGE, {"act": "unmerge", "expected_version": "0"}, "expected_version"),
        (MERGE, {"act": "unmerge", "expected_version": -1}, "expected_version"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(client: FlaskClient, path: str, said: Any, field: str) -> None:
    status, told = post(client, path, **said)
    assert (status, told["error"]["field"]) == (400, field)
    assert client.post(path, data="x").status_code == 400
