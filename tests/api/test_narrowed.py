"""The narrowed map: asked once per revision, inside its scope, never of too few callers."""

from datetime import UTC, datetime, timedelta
from typing import Any

import flask
import h3.api.basic_int as h3
import pytest

from api import tickets
from api.narrowed import NarrowedMap
from data_sources.history import TicketsLife
from operations.errors import BadInput
from operations.tickets.changes import Change, Step
from tests.builders import NOW, ticket
from tests.kept import kept

LONGKOU = h3.latlng_to_cell(37.645, 120.478, 7)


class Reads:
    """A ledger that counts how often it is asked."""

    def __init__(self) -> None:
        self.at, self.asked = 1, []

    def revision(self) -> int:
        return self.at

    def open_cells(self, **where: Any) -> tuple[list[Any], int]:
        self.asked.append(where)
        rows = [(LONGKOU, f"caller-{n}", 2, 1, 0) for n in range(6)]
        return [*rows, (h3.latlng_to_cell(36.7, 121.1, 7), "alone", 1, 0, 0)], 3


@pytest.fixture
def reads() -> Reads:
    return Reads()


@pytest.fixture
def narrowed(reads: Reads) -> NarrowedMap:
    return NarrowedMap(reads, kept(), least_callers=5, in_thread=lambda work: work())


def test_cells_and_what_they_leave_out_add_up(narrowed: NarrowedMap) -> None:
    found = narrowed("city", NOW, category="water_yellow")
    assert found["total"] == 16
    assert found["unplaced"] == 3
    assert sum(cell[3] for cell in found["cells"]) + found["withheld"] == 13
    assert all(cell[3] >= 5 for cell in found["cells"])


def test_the_same_question_is_asked_once_until_the_ledger_moves(
    narrowed: NarrowedMap, reads: Reads
) -> None:
    for _ in range(3):
        narrowed("city", NOW, category="water_yellow")
    assert len(reads.asked) == 1
    narrowed("city", NOW, category="noise")
    reads.at = 2
    narrowed("city", NOW, category="noise")
    narrowed("city", NOW + timedelta(seconds=30), category="noise")
    assert len(reads.asked) == 4


def test_a_narrowing_stays_inside_its_scope(narrowed: NarrowedMap, reads: Reads) -> None:
    narrowed("district-370681", NOW, department="water")
    assert reads.asked[0] | {"as_of": 0} == {
        "as_of": 0, "measure": "open", "district": "370681", "department": "water",
    }  # fmt: skip
    with pytest.raises(BadInput, match="outside district-370681"):
        narrowed("district-370681", NOW, district="370602")


def test_two_questions_never_share_an_answer(narrowed: NarrowedMap, reads: Reads) -> None:
    narrowed("city", NOW, category="a", department="b")
    narrowed("city", NOW, category="a&department=b")
    assert len(reads.asked) == 2


def test_an_unknown_measure_names_those_there_are(narrowed: NarrowedMap) -> None:
    with pytest.raises(BadInput, match="overdue"):
        narrowed("city", NOW, measure="lost")


def test_over_http_what_may_leave_and_what_may_not(narrowed: NarrowedMap) -> None:
    one = ticket(title="自来水发黄", text="请尽快", address="南山街道 12 号", caller_key="secret")
    history = [Change(NOW, Step.ACCEPTED)]
    lives = {"T-1": TicketsLife(one, history), "T-2": TicketsLife(ticket(confidential=True), [])}
    server = flask.Flask(__name__)
    server.register_blueprint(
        tickets.blueprint(
            lambda _source, name: lives.get(name), narrowed, lambda work, *args: work(*args),
            lambda: datetime(2026, 11, 24, tzinfo=UTC),
        )
    )  # fmt: skip
    client = server.test_client()
    answer = client.get("/api/v1/tickets/demo/T-1")
    assert answer.get_json()["status"] == "accepted"
    assert answer.get_json()["history"][0]["step"] == "accepted"
    said = answer.get_data(as_text=True)
    for private in ("发黄", "尽快", "南山", "secret", "37.64"):
        assert private not in said
    assert client.get("/api/v1/tickets/demo/T-2").status_code == 404
    assert client.get("/api/v1/tickets/demo/T-3").status_code == 404
    assert client.get("/api/v1/cells/city?category=x").get_json()["total"] == 16
    refused = client.get("/api/v1/cells/city?measure=lost")
    assert refused.status_code == 400
    assert refused.get_json()["error"]["field"] == "measure"
