"""Where a ticket is: a bad place never costs the ticket."""

import math

import pytest

from data_sources.feeds.reading import TicketReader
from operations.coordinates import from_wgs84
from operations.tickets.ticket import GeoQuality
from tests.data_sources.feeds.conftest import NOW, city, record
from tests.sealing import SEALER

LONGKOU = {"latitude": 37.64, "longitude": 120.47}


def test_coordinates_in_a_polygon_give_the_district(reading):
    ticket = reading.ticket(**LONGKOU)
    assert (ticket.district, ticket.geo_quality) == ("370681", GeoQuality.EXACT)


def test_the_polygon_is_believed_before_the_name(reading):
    assert reading.ticket(**LONGKOU, district="芝罘区").district == "370681"
    assert "370681" in reading.repairs(**LONGKOU, district="芝罘区")["district"]


@pytest.mark.parametrize("word", ["龙口市", "龙口", "370681", "Longkou", "longkou"])
def test_a_district_by_name_or_code(reading, word):
    ticket = reading.ticket(district=word)
    assert (ticket.district, ticket.geo_quality) == ("370681", GeoQuality.DISTRICT)


def test_district_and_town_from_the_address(reading):
    ticket = reading.ticket(address="烟台市龙口市黄山馆镇某村1号")
    assert (ticket.district, ticket.town) == ("370681", "370681101")
    assert ticket.geo_quality is GeoQuality.DISTRICT


def test_a_town_names_its_district(reading):
    ticket = reading.ticket(town="黄山馆镇")
    assert (ticket.district, ticket.town) == ("370681", "370681101")


def test_nothing_known_is_said(reading):
    ticket = reading.ticket(address="家门口")
    assert (ticket.district, ticket.geo_quality) == (None, GeoQuality.NONE)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"latitude": 91, "longitude": 120}, "off the earth"),
        ({"latitude": 37.5, "longitude": 1e9}, "off the earth"),
        ({"latitude": 0, "longitude": 0}, "0, 0"),
        ({"latitude": 31.2, "longitude": 121.5}, "300 km"),
        ({"latitude": math.nan, "longitude": 121}, "finite"),
        ({"latitude": 37.5, "longitude": math.inf}, "finite"),
        ({"latitude": 10**400, "longitude": 1}, "finite"),
        ({"latitude": True, "longitude": 121}, "must be a number"),
        ({"latitude": "north", "longitude": 121}, "not a number"),
        ({"latitude": [37], "longitude": 121}, "must be a number"),
        ({"latitude": 37.5}, "one coordinate"),
        ({"longitude": 121.3}, "one coordinate"),
    ],
)
def test_a_bad_place_leaves_the_ticket_without_one(reading, changes, rule):
    ticket = reading.ticket(**changes)
    assert (ticket.latitude, ticket.longitude) == (None, None)
    assert ticket.geo_quality is GeoQuality.NONE
    assert any(rule in said for said in reading.repairs(**changes).values())


def test_a_bad_place_leaves_the_district_that_was_named(reading):
    ticket = reading.ticket(latitude=0, longitude=0, district="龙口市")
    assert (ticket.district, ticket.geo_quality) == ("370681", GeoQuality.DISTRICT)


def test_swapped_coordinates_are_swapped_back(reading):
    ticket = reading.ticket(latitude=120.47, longitude=37.64)
    assert (ticket.latitude, ticket.longitude) == (37.64, 120.47)
    assert "swapped" in reading.repairs(latitude=120.47, longitude=37.64)["latitude"]


def test_numbers_written_as_text_are_read(reading):
    assert reading.ticket(latitude="37.64", longitude="120.47").latitude == 37.64


@pytest.mark.parametrize("crs", ["GCJ-02", "gcj02", "BD-09", "bd09ll", "WGS84", "wgs-84"])
def test_every_system_comes_to_the_same_place(reading, crs):
    system = {"g": "GCJ-02", "b": "BD-09", "w": "WGS84"}[crs[0].lower()]
    latitude, longitude = from_wgs84(37.64, 120.47, system)
    ticket = reading.ticket(latitude=latitude, longitude=longitude, crs=crs)
    assert ticket.latitude == pytest.approx(37.64, abs=1e-9)
    assert ticket.longitude == pytest.approx(120.47, abs=1e-9)


def test_the_feeds_own_system_holds_where_a_record_names_none():
    latitude, longitude = from_wgs84(37.64, 120.47, "BD-09")
    reader = TicketReader(city(), b"k", SEALER, crs="BD-09")
    read = reader.read(record(latitude=latitude, longitude=longitude), now=NOW, feed="t")
    assert read.ticket.latitude == pytest.approx(37.64, abs=1e-9)


def test_a_fallback_point_is_no_place(reading):
    ticket = reading.ticket(latitude=37.4646, longitude=121.4479, district="龙口市")
    assert ticket.geo_quality is GeoQuality.FALLBACK
    assert ticket.district == "370681"  # as named; the point says nothing
    assert reading.ticket(latitude=37.4646, longitude=121.4479).district is None


def test_a_source_may_say_that_it_knows_less(reading):
    assert reading.ticket(**LONGKOU, geo_quality="street").geo_quality is GeoQuality.STREET
    assert reading.ticket(**LONGKOU, geo_quality="none").latitude is None
    assert reading.ticket(geo_quality="exact").geo_quality is GeoQuality.NONE
