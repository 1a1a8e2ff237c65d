"""Who may see a protected field, for which reason, and who has seen it."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import reveal, tickets
from operations.errors import Unreachable
from operations.people.reveal import Reveal
from tests.builders import NOW, at

PATH = "/api/v1/tickets/12345/2026/T-1/reveal"
GOOD = {"field": "phone", "reason": "回访核实"}


class Book:
    """Keeps lines, and shows one number."""

    def __init__(self) -> None:
        self.lines: list[Reveal] = []
        self.away = False

    def show(self, asked: Reveal) -> str | None:
        if self.away:
            raise Unreachable("gone")
        self.lines.append(asked)
        return self.again(asked)

    def again(self, asked: Reveal) -> str | None:
        return {"phone": "13812345678"}.get(asked.field)

    def of(self, source: str, external_id: str) -> list[Reveal]:
        lines = [
            line for line in self.lines if (line.source, line.external_id) == (source, external_id)
        ]
        return lines[::-1]


def client(book: Book, **who: Any) -> FlaskClient:
    server = flask.Flask(__name__)

    def life(source: str, external_id: str) -> object | None:
        return object() if (source, external_id) == ("12345", "2026/T-1") else None

    def in_thread(work: Any, *given: Any) -> Any:
        return work(*given)

    def now() -> Any:
        return NOW

    server.register_blueprint(tickets.blueprint(lambda *_: None, lambda *_: {}, in_thread, now))
    server.register_blueprint(reveal.blueprint(book, life, now=now, in_thread=in_thread, **who))
    return server.test_client()


def li(_asked: flask.Request, _source: str, _external_id: str) -> str:
    return "li"


@pytest.fixture
def book() -> Book:
    return Book()


def test_without_accounts_nobody_sees_anything(book: Book) -> None:
    asking = client(book)
    assert asking.post(PATH, json=GOOD).status_code == 403
    assert asking.get(PATH).status_code == 403
    assert book.lines == []


def test_a_field_is_shown_for_a_while_and_kept_nowhere(book: Book) -> None:
    said = client(book, may_reveal=li).post(PATH, json=GOOD | {"minutes": 5})
    assert said.get_json() == {
        "field": "phone", "value": "13812345678", "until": "2026-11-24T02:05:00+00:00"
    }  # fmt: skip
    assert said.headers["Cache-Control"] == "no-store"
    assert [(line.who, line.reason) for line in book.lines] == [("li", "回访核实")]


def test_who_has_seen_a_ticket_is_told_without_what(book: Book) -> None:
    asking = client(book, may_reveal=li)
    asking.post(PATH, json=GOOD)
    said = asking.get(PATH)
    assert "13812345678" not in said.get_data(as_text=True)
    [line] = said.get_json()["reveals"]
    assert {name: line[name] for name in ("who", "field", "reason")} == {"who": "li"} | GOOD


def test_a_field_stands_shown_until_its_time_runs_out(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = client(book, may_reveal=li)
    assert asking.get(f"{PATH}?field=phone").status_code == 403
    asking.post(PATH, json=GOOD | {"minutes": 5})
    said = asking.get(f"{PATH}?field=phone")
    assert said.get_json()["value"] == "13812345678"
    assert said.headers["Cache-Control"] == "no-store"
    assert len(book.lines) == 1
    assert asking.get(f"{PATH}?field=name").status_code == 403
    assert client(book, may_reveal=lambda *_: "wu").get(f"{PATH}?field=phone").status_code == 403
    monkeypatch.setitem(globals(), "NOW", at(minutes=5))
    assert asking.get(f"{PATH}?field=phone").status_code == 403


def test_who_may_is_asked_with_the_ticket(book: Book) -> None:
    seen = []

    def may(_asked: flask.Request, source: str, external_id: str) -> None:
        seen.append((source, external_id))

    assert client(book, may_reveal=may).post(PATH, json=GOOD).status_code == 403
    assert seen == [("12345", "2026/T-1")]


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"field": "phone"}, 422, "reason"),
        ({"field": "shoe", "reason": "回访核实"}, 422, "field"),
        (GOOD | {"minutes": 1000}, 422, "minutes"),
        ([], 400, "body"),
    ],
)
def test_what_is_wrong_is_named_and_not_written_down(
    book: Book, body: Any, status: int, field: str
) -> None:
    said = client(book, may_reveal=li).post(PATH, json=body)
    assert (said.status_code, said.get_json()["error"]["field"]) == (status, field)
    assert book.lines == []


def test_an_unknown_ticket_and_a_lost_database_are_told_apart(book: Book) -> None:
    asking = client(book, may_reveal=li)
    assert asking.post("/api/v1/tickets/12345/T-9/reveal", json=GOOD).status_code == 404
    book.away = True
    assert asking.post(PATH, json=GOOD).status_code == 503


def test_a_field_that_is_not_there_is_told_as_none(book: Book) -> None:
    said = client(book, may_reveal=li).post(PATH, json=GOOD | {"field": "name"})
    assert said.get_json()["value"] is None
