"""What speaks for two tickets being one matter, and what against."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.tickets.duplicates import (
    SUGGESTED,
    Nearness,
    Sighting,
    alike_of,
    box_around,
    likeliest,
    likeness,
    matter_of,
)
from tests.builders import LONGKOU, NOW, at

BY_PHONE = Sighting(
    created_at=NOW, channel="phone", category="street_light", district=LONGKOU, town="370681104",
    latitude=37.6461, longitude=120.4778, geo_quality="exact", caller_key="a",
    title="投诉路灯不亮",
    text="来电人反映：龙口市芦头镇海晏花园**号楼小区东门外的路灯连续多日不亮，夜间出行不便，"
    "希望有关部门核实处理。", address="龙口市芦头镇海晏花园**号楼",
)  # fmt: skip
BY_WECHAT = replace(
    BY_PHONE, created_at=at(5), channel="wechat", caller_key="b", latitude=37.64615,
    text="网友留言：海晏花园东门外路灯不亮，已经连续多日，夜间出行很不方便，请协调处理。",
)  # fmt: skip


def test_the_same_matter_told_again_by_another_channel_is_found_with_its_reasons():
    found = likeness(BY_PHONE, BY_WECHAT)
    assert found.score >= SUGGESTED
    assert likeness(BY_PHONE, replace(BY_WECHAT, caller_key="a")).score >= 0.8
    assert found.nearness is Nearness.SPOT
    assert found.apart_m is not None
    assert 4 < found.apart_m < 8
    assert found.apart_h == 5
    assert found.alike > 0.4
    assert (found.same_category, found.same_caller, found.same_channel) == (True, False, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"latitude": 37.66},
        {"text": "网友留言：垃圾桶已经满了几天没有清运，味道很大。", "category": "garbage"},
        {"created_at": at(24 * 7 + 1)},
        {"latitude": None, "longitude": None, "geo_quality": "none", "district": "370602",
         "town": None, "address": ""},
        {"latitude": None, "longitude": None, "geo_quality": "fallback", "town": None,
         "address": ""},
    ],
)  # fmt: skip
def test_another_place_matter_or_week_is_no_duplicate(changed):
    assert likeness(BY_PHONE, replace(BY_WECHAT, **changed)).score < SUGGESTED


def test_a_point_that_means_unknown_is_no_place():
    unknown = {"geo_quality": "fallback"}
    found = likeness(replace(BY_PHONE, **unknown), replace(BY_WECHAT, **unknown))
    assert found.apart_m is None
    assert found.nearness is Nearness.ADDRESS


def test_a_place_known_to_the_street_is_never_one_spot():
    found = likeness(replace(BY_PHONE, geo_quality="street"), BY_WECHAT)
    assert found.nearness is Nearness.NEAR
    assert found.score < likeness(BY_PHONE, BY_WECHAT).score


def test_whoever_called_before_speaks_for_it_and_somebody_else_against():
    known, nobody, other = (
        likeness(replace(BY_PHONE, caller_key=key), BY_WECHAT).score for key in ("b", None, "a")
    )
    assert known > nobody > other


def test_stock_phrases_and_the_address_are_no_matter():
    words = f"来电人反映：{BY_PHONE.address}，希望有关部门核实处理。"
    told = replace(BY_PHONE, title="", text=words)
    assert matter_of(told) == frozenset()
    assert alike_of(matter_of(told), matter_of(BY_PHONE)) is None


def test_a_title_counts_where_the_text_says_nothing():
    bare = replace(BY_PHONE, text="")
    assert "路灯" in matter_of(bare)


POINT = st.none() | st.floats(37.64, 37.65)
SIGHTINGS = st.builds(
    Sighting,
    created_at=st.timedeltas(timedelta(days=-9), timedelta(days=9)).map(lambda past: NOW + past),
    channel=st.sampled_from(["phone", "wechat"]),
    category=st.sampled_from(["a", "b"]),
    district=st.sampled_from([None, "1", "2"]),
    town=st.sampled_from([None, "11", "12"]),
    latitude=POINT,
    longitude=st.just(120.4778),
    geo_quality=st.sampled_from(["exact", "street", "district", "fallback", "none"]),
    caller_key=st.sampled_from([None, "x", "y"]),
    text=st.text("路灯不亮水管漏", max_size=12),
    address=st.sampled_from(["", "海晏花园东门", "海晏花园西门", "长江路"]),
)


@given(SIGHTINGS, SIGHTINGS)
def test_the_order_of_two_does_not_count_and_words_never_add_to_what_they_might(one, other):
    found = likeness(one, other)
    assert found == likeness(other, one)
    assert 0 <= found.score <= 1
    assert found.score <= likeliest(one, other)


@given(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05), st.sampled_from(["exact", "street"]))
def test_what_lies_outside_the_box_is_out_of_the_question(north, east, quality):
    other = replace(
        BY_WECHAT, latitude=37.6461 + north, longitude=120.4778 + east, geo_quality=quality
    )
    box = box_around(BY_PHONE)
    inside = (
        box["south"] <= other.latitude <= box["north"]
        and box["west"] <= other.longitude <= box["east"]
    )
    if not inside:
        found = likeness(BY_PHONE, other)
        assert found.nearness is Nearness.APART
        assert likeliest(BY_PHONE, other) < 0.05
    assert box_around(replace(BY_PHONE, geo_quality="fallback")) is None
