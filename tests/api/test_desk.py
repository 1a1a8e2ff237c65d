"""The desk's table over HTTP: pages by places, counts, what came since; masked and within sight."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import desk, desk_views
from callbacks.desk_table import DeskTable
from operations.errors import Unreachable
from operations.people.roles import Role
from tests.builders import NOW, at
from tests.callbacks.test_ticket import NAME, PHONE, House


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    return House(sqlite_engine)


def client(house: House) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(desk.blueprint(DeskTable(house.sources, house.desk)))

    def who() -> Any:
        signed_in = house.desk.who()
        return None if signed_in is None else signed_in.person

    views = desk_views.blueprint(
        house.sources.views, lambda do, *given: do(*given), now=lambda: NOW, who=who
    )
    server.register_blueprint(views)
    return server.test_client()


def test_pages_follow_each_other_and_hold_masked_words(house: House) -> None:
    for number in range(5):
        house.put(external_id=f"T-{number}", created_at=at(number), due_at=at(-1))
    asking = client(house)
    names, after = [], ""
    while after is not None:
        path = f"/api/v1/desk/tickets?words=漏水&most=2&after={after}&lang=en"
        got = asking.get(path)
        assert got.status_code == 200
        assert PHONE not in got.get_data(as_text=True)
        assert NAME not in got.get_data(as_text=True)
        said = got.get_json()
        names += [row["number"] for row in said["rows"]]
        after = said["after"]
    assert names == ["T-4", "T-3", "T-2", "T-1", "T-0"]
    [row] = said["rows"]
    assert row["title"] == "反映停水"
    assert (row["department"], row["due"]) == ("Water", "2026-11-24 09:00")
    assert row["marks"] == [["late", "overdue"]]
    assert row["href"] == "/tickets/12345/T-0?lang=en"


def test_only_what_may_be_seen_is_given_and_counted(house: House) -> None:
    house.put(external_id="ours")
    house.put(external_id="theirs", department="housing")
    house.signed_in(Role.DEPARTMENT_HANDLER, department="water")
    asking = client(house)
    assert [row["number"] for row in asking.get("/api/v1/desk/tickets").get_json()["rows"]] == [
        "ours"
    ]
    count = asking.get("/api/v1/desk/count").get_json()
    assert count == {"found": 1, "whole": True, "newest": 2}
    house.put(external_id="ours-2")
    house.put(external_id="theirs-2", department="housing")
    fresh = asking.get(f"/api/v1/desk/fresh?since={count['newest']}").get_json()
    assert fresh == {"found": 1, "whole": True}


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("tickets?words=水", "words"), ("tickets?after=x", "after"), ("tickets?most=101", "most"),
        ("tickets?most=-1", "most"), ("tickets?most=0", "most"),
        ("count?status=lost", "status"), ("fresh?since=x", "since"),
        ("tickets?sort=caller", "sort"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(house: House, path: str, field: str) -> None:
    answer = client(house).get(f"/api/v1/desk/{path}")
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (400, field)


def test_a_database_that_is_away_is_told(house: House) -> None:
    class Away:
        def page(self, *_asked: Any, **_more: Any) -> None:
            raise Unreachable("gone")

    house.sources.finder = Away()
    answer = client(house).get("/api/v1/desk/tickets")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")


def test_a_view_is_saved_renamed_dropped_and_brought_back(house: House) -> None:
    house.signed_in(Role.LEADER)
    asking, views = client(house), house.sources.views
    person = house.desk.who().person.id
    asked = {"status": "returned", "lang": "en"}
    saved = asking.post("/api/v1/desk/views", json={"name": "退单", "asked": asked})
    assert saved.get_json()["asked"] == {"status": "returned"}
    path = f"/api/v1/desk/views/{saved.get_json()['id']}"
    assert asking.post(f"{path}/rename", json={"name": " 我的退单 "}).status_code == 200
    [one] = views.of(person)
    assert (one.name, one.asked) == ("我的退单", {"status": "returned"})
    assert asking.post(f"{path}/drop").status_code == 200
    assert views.of(person) == []
    assert asking.post(f"{path}/drop").status_code == 404
    again = {"name": one.name, "asked": dict(one.asked)}
    assert asking.post("/api/v1/desk/views", json=again).status_code == 200
    assert [one.name for one in views.of(person)] == ["我的退单"]


def test_what_is_no_view_is_refused(house: House) -> None:
    asking = client(house)
    nobody = asking.post("/api/v1/desk/views", json={"name": "a", "asked": {}})
    assert nobody.status_code == 403, "without an account the address keeps it"
    house.signed_in(Role.LEADER)
    for body in ({}, {"name": "a"}, {"name": "", "asked": {}}, [], {"name": "a", "asked": [1]}):
        assert asking.post("/api/v1/desk/views", json=body).status_code == 400, body
    assert asking.post("/api/v1/desk/views/v/paint", json={}).status_code == 404
