"""What the public is told of a ticket, and what never."""

from datetime import timedelta
from typing import Any

import pytest

from operations.open311.request import Public, PublicTicket
from operations.open311.whereabouts import shown_place
from operations.places import cell_centre, cell_of, cell_parent
from operations.pulse.view import Names
from tests.builders import NOW_US

HOUR_US = int(timedelta(hours=1).total_seconds()) * 1_000_000
CELL = cell_of(37.6461, 120.4778)
NAMES = Names(
    categories={"water": ("停水", "Water cut off")},
    districts={"370681": ("龙口市", "Longkou")},
    departments={"water_company": ("供水公司", "Water company")},
    towns={},
    zones={},
)


def told(
    shown: tuple[int, ...] = (), *, language: str = "en", allowed: bool = False, **changes: Any
) -> dict[str, Any]:
    held = {
        "number": 7, "status": "handling", "category": "water", "department": "water_company",
        "district": "370681", "cell": CELL, "created_us": NOW_US, "updated_us": NOW_US + HOUR_US,
        "closed_us": None, "due_us": None, "words": "家里停水 138****5678",
    }  # fmt: skip
    return Public(NAMES, language, allowed).request(PublicTicket(**(held | changes)), shown)


def test_a_request_says_what_whose_how_far_and_roughly_where() -> None:
    one = told(due_us=NOW_US + 2 * HOUR_US)
    assert {name: value for name, value in one.items() if value is not None} == {
        "service_request_id": "7",
        "status": "open",
        "service_name": "Water cut off",
        "service_code": "water",
        "agency_responsible": "Water company",
        "requested_datetime": "2026-11-24T02:00:00Z",
        "updated_datetime": "2026-11-24T03:00:00Z",
        "expected_datetime": "2026-11-24T04:00:00Z",
        "address": "Longkou",
    }
    assert told(language="zh")["service_name"] == "停水"


def test_words_are_told_only_where_that_is_allowed() -> None:
    assert told()["description"] is None
    assert told(allowed=True)["description"] == "家里停水 138****5678"
    assert told(allowed=True, words="")["description"] is None
    assert len(told(allowed=True, words="x" * 9_000)["description"]) == 4_000


@pytest.mark.parametrize("status", ["closed", "archived", "withdrawn"])
def test_what_has_ended_is_closed_when_it_was_closed(status: str) -> None:
    one = told(status=status, closed_us=NOW_US + HOUR_US, updated_us=NOW_US + 5 * HOUR_US)
    assert (one["status"], one["updated_datetime"]) == ("closed", "2026-11-24T03:00:00Z")
    assert (one["status_notes"] == "Withdrawn") is (status == "withdrawn")


def test_a_place_is_the_middle_of_a_cell_of_the_map() -> None:
    assert (told()["lat"], told()["long"]) == (None, None)
    own = told((CELL,))
    assert (own["lat"], own["long"]) == tuple(round(one, 5) for one in cell_centre(CELL))
    above = cell_parent(CELL, 5)
    far = told((above, cell_of(37.5, 121.4)))
    assert (far["lat"], far["long"]) == tuple(round(one, 5) for one in cell_centre(above))
    assert own["lat"] != 37.6461


def test_the_finest_shown_cell_counts_and_none_outside() -> None:
    around = [cell_parent(CELL, resolution) for resolution in (6, 5, 4)]
    assert shown_place(CELL, {*around}) == tuple(round(one, 5) for one in cell_centre(around[0]))
    assert shown_place(CELL, {cell_of(37.5, 121.4)}) is None
    assert shown_place(None, {CELL}) is None
