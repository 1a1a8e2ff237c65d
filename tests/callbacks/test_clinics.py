"""The page of a clinic, to each who may see it."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from operations.people.person import Ring
from operations.people.roles import Role
from operations.response.clinic import ClinicAsked
from tests.callbacks.test_disputes import House, Signed


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


def test_minutes_are_for_who_convenes_and_for_whom_the_agenda_concerns(house: House) -> None:
    held = house.city.scheduled()
    number = held.clinic or ""
    house.city.now += timedelta(hours=2)
    for version, minutes in ((1, "各家都有责任"), (2, "补记：三天内会签")):
        done = house.acts().act_on_clinic(
            number, "hold", ClinicAsked(minutes=minutes), version, "zh"
        )
        assert done is not None
        assert done[0], done
    for role, where, reads in (
        (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": "370602"}, True),
        (Role.LEADER, {}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "drainage"}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "telecom"}, False),
        (Role.LEADER, {"ring": Ring.COUNTY, "place": "370602"}, False),
    ):
        house.people = Signed(role, **where)
        page = house.page(f"/clinics/{number}")
        assert ("各家都有责任" in page) is reads, (role, where)
        assert ("补记：三天内会签" in page) is reads, (role, where)
        assert "李市长" in page, "when and with whom is told to everybody who is heard"
        assert "各家都有责任" not in house.page("/disputes")
    house.people = Signed(Role.CENTRE_STAFF)
    assert "补记会议情况" in house.page(f"/clinics/{number}")
