"""Tickets chosen on the desk, as the docket takes them into a dispute."""

from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import Engine

from callbacks.dispute_gathering import MOST_CHOSEN, chosen_by
from operations.people.person import Ring
from operations.people.roles import Role
from operations.response.dispute_actions import Asked
from tests.builders import LONGKOU
from tests.callbacks.test_disputes import House, Signed

CHOSEN = "?lang=zh&source=demo&external_id=T-1&more=" + quote("demo/T-2,demo/T-9")


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    made = House(sqlite_engine)
    made.city.deliver("T-2", title="井盖松动", department="water", category="water_quality")
    return made


def test_an_address_names_each_ticket_once_and_not_too_many() -> None:
    assert chosen_by({"state": "open", "more": "demo/T-2"}) == []
    asked = {"source": "demo", "external_id": "T/1", "more": "demo/T%2F1,demo/T-2,nonsense,"}
    assert chosen_by(asked) == [("demo", "T/1"), ("demo", "T-2")]
    many = ",".join(f"demo/T-{n}" for n in range(200))
    assert len(chosen_by({"source": "demo", "external_id": "T-1", "more": many})) == MOST_CHOSEN


def test_the_docket_offers_both_ways_for_what_was_chosen(house: House) -> None:
    held = house.city.opened("T-2")
    said = house.page("/disputes", CHOSEN)
    for word in ("所选工单 2 件", "井盖响动", "以这些工单发起争议", "并入所选争议", "另有 1 件"):
        assert word in said, word
    assert f"{held.number} · 井盖松动" in said
    assert '"data-version": "1"' in said
    assert "2 tickets chosen" in house.page("/disputes", CHOSEN.replace("zh", "en"))
    assert "所选工单" not in house.page("/disputes")


def test_a_dispute_that_takes_no_ticket_is_not_offered(house: House) -> None:
    house.city.scheduled("T-2")
    said = house.page("/disputes", CHOSEN)
    assert "以这些工单发起争议" in said
    assert "并入所选争议" not in said


def test_a_dispute_of_the_whole_city_is_not_offered_to_the_office_of_one_district(
    house: House,
) -> None:
    held = house.city.opened("T-2")
    house.people = Signed(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    assert f"{held.number} · 井盖松动" in house.page("/disputes", CHOSEN)
    house.city.deliver("T-4", district="370602")
    house.people = None
    house.acts().act(held.number, "join", Asked(ticket=("demo", "T-4")), 1, "zh")
    assert f"{held.number} · 井盖松动" in house.page("/disputes", CHOSEN)
    house.people = Signed(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    assert f"{held.number} · 井盖松动" not in house.page("/disputes", CHOSEN)


@pytest.mark.parametrize(
    ("role", "where", "offered"),
    [
        (Role.CENTRE_STAFF, {}, True),
        (Role.SUPERVISOR, {}, True),
        (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": LONGKOU}, True),
        (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": "370602"}, False),
        (Role.LEADER, {}, False),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, False),
    ],
)
def test_it_is_offered_to_who_may_open_one(
    house: House, role: Role, where: dict[str, Any], offered: bool
) -> None:
    house.people = Signed(role, **where)
    assert ("以这些工单发起争议" in house.page("/disputes", CHOSEN)) is offered


def test_a_ticket_in_another_dispute_is_refused_for_itself_alone(house: House) -> None:
    other, held = house.city.opened("T-2"), house.city.opened()
    acts = house.acts()
    done, told, there = acts.act(  # type: ignore[misc]
        held.number, "join", Asked(ticket=("demo", "T-2")), held.version, "zh"
    )
    assert (done, there) == (False, {"field": "ticket"})
    assert other.number in told
    assert acts.begin(("demo", "T-2"), "又一件", "zh")[2] == {"field": "ticket"}  # type: ignore[index]


def test_who_comes_second_is_told_which_version_there_is(house: House) -> None:
    house.city.deliver("T-3", department="water")
    held, acts = house.city.opened(), house.acts()
    acts.act(held.number, "join", Asked(ticket=("demo", "T-2")), 1, "zh")
    done, told, there = acts.act(  # type: ignore[misc]
        held.number, "join", Asked(ticket=("demo", "T-3")), 1, "zh"
    )
    assert (done, there) == (False, {"version": 2})
    assert "并入工单 demo/T-2" in told
    assert acts.act(held.number, "join", Asked(ticket=("demo", "T-3")), 2, "zh")[0]  # type: ignore[index]


def test_a_dispute_finds_tickets_by_number_while_it_takes_them(house: House) -> None:
    held = house.city.opened()
    said = house.page(f"/disputes/{held.number}")
    assert f'"data-find": "/api/v1/disputes/{held.number}/join"' in said
    assert f"并入争议 {held.number}" in said
    house.people = Signed(Role.LEADER)
    assert "data-find" not in house.page(f"/disputes/{held.number}")
    house.people = None
    scheduled = house.city.scheduled("T-2")
    assert "data-find" not in house.page(f"/disputes/{scheduled.number}")
