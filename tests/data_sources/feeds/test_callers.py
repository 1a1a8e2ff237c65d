"""Who called is read from every shape a source sends, sealed, hashed, and hidden in the words."""

import pytest

from tests.data_sources.feeds.conftest import Reading
from tests.sealing import SEALER

PHONE = "13912345678"
NUMBER = "11010519491231002X"


def opened(ticket):
    return {} if ticket.sealed is None else SEALER.open_ticket(ticket.identity, ticket.sealed.body)


@pytest.mark.parametrize(
    ("given", "sealed"),
    [
        (PHONE, {"phone": PHONE}),
        (13912345678, {"phone": PHONE}),
        ("+86 139 1234 5678", {"phone": "+86 139 1234 5678"}),
        (NUMBER, {"id_number": NUMBER}),
        ("王小明", {"name": "王小明"}),
        ({"name": "王小明", "phone": PHONE}, {"name": "王小明", "phone": PHONE}),
        ({"name": "王小明", "phone": None, "shoe": 43}, {"name": "王小明"}),
        ({"id_number": NUMBER, "phone": ""}, {"id_number": NUMBER}),
        ("匿名", {}),
        ({"name": "匿名"}, {}),
        ({}, {}),
    ],
)
def test_a_caller_in_every_shape(reading: Reading, given, sealed):
    assert opened(reading.ticket(caller=given)) == sealed


def test_a_caller_is_the_same_by_number_whatever_else_is_told(reading: Reading):
    key = reading.ticket(caller=PHONE).caller_key
    assert key is not None
    assert reading.ticket(caller={"name": "王小明", "phone": f"86{PHONE}"}).caller_key == key
    assert reading.ticket(contact_name="王小明", contact_phone=PHONE).caller_key == key
    assert reading.ticket(caller={"name": "王小明"}).caller_key != key


def test_contacts_are_kept_where_they_differ_from_the_caller(reading: Reading):
    ticket = reading.ticket(
        caller={"name": "王小明", "phone": PHONE},
        contact_name="李红",
        contact_phone=PHONE,
        contact_id_number=NUMBER,
        contact_address="芝罘区幸福里",
    )
    assert opened(ticket) == {
        "name": "王小明",
        "phone": PHONE,
        "contact_id_number": NUMBER,
        "contact_name": "李红",
        "contact_address": "芝罘区幸福里",
    }


def test_what_the_record_tells_of_its_people_is_hidden_in_its_words(reading: Reading):
    ticket = reading.ticket(
        caller={"name": "栾龘龘", "phone": "6612345"},
        contact_address="幸福里甲",
        title="栾龘龘反映停水",
        text="住幸福里甲,电6612345",
        address="东莱街道1号",
        category=f"栾龘龘{PHONE}",
    )
    assert (ticket.title, ticket.text) == ("***反映停水", "住****,电*******")
    assert ticket.address == "东莱街道*号"
    assert "龘" not in repr(ticket)
    assert PHONE not in repr(ticket)
    assert opened(ticket)["address"] == "东莱街道1号"


@pytest.mark.parametrize("field", ["caller", "contact_name", "contact_phone"])
@pytest.mark.parametrize("given", [["x"], 1.5, True, {"name": ["x"]}])
def test_what_is_no_person_costs_nothing_but_a_note(reading: Reading, field, given):
    assert opened(reading.ticket(**{field: given})) == {}


def test_the_district_is_found_in_the_address_as_delivered(reading: Reading):
    ticket = reading.ticket(address="龙口市东莱街道通世路128号", district=None)
    assert (ticket.district, ticket.town) == ("370681", "370681001")
    assert ticket.address == "龙口市东莱街道通世路***号"
