"""A development zone without an outline of its own lies inside the outlines of others."""

from dataclasses import replace

from data_sources.feeds.reading import ReadTicket, TicketReader
from operations.places import District
from tests.data_sources.feeds.conftest import NOW, city, record
from tests.sealing import SEALER

INSIDE_LONGKOU = {"latitude": 37.64, "longitude": 120.47}


def read(**changes: object) -> ReadTicket:
    zone = District("370676", "黄渤海新区", "Huangbohai New Area", 37.56, 121.2)
    reference = city()
    reference = replace(reference, districts=(*reference.districts, zone))
    found = TicketReader(reference, b"secret", SEALER).read(record(**changes), now=NOW, feed="test")
    assert isinstance(found, ReadTicket)
    return found


def test_its_name_is_believed_before_the_outline_around_it():
    found = read(**INSIDE_LONGKOU, district="黄渤海新区")
    assert found.ticket.district == "370676"
    assert not found.repairs


def test_a_point_alone_belongs_to_the_outline_around_it():
    assert read(**INSIDE_LONGKOU).ticket.district == "370681"
