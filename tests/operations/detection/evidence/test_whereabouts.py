"""No place stands for fewer than a few callers, and no caller is lost on the way up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.evidence.whereabouts import estates_of, shown_places
from operations.places import ZonePlace

POINTS = st.lists(
    st.tuples(
        st.sampled_from([37.6, 37.6004, 37.605, 37.7, 38.4]),
        st.sampled_from([120.48, 120.4803, 120.5, 121.4]),
    ),
    max_size=60,
)


def columns(points):
    found = np.array(points, np.float64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


@settings(max_examples=80, deadline=None)
@given(POINTS, st.integers(2, 6), st.sampled_from([0.0, 0.1, 20.0]))
def test_shown_and_withheld_are_all_there_are(points, least, apart_km):
    found = shown_places(*columns(points), least, apart_km=apart_km)
    assert sum(place.callers for place in found.places) + found.withheld == len(points)
    assert all(place.callers >= least for place in found.places)


def test_one_address_of_enough_callers_is_shown_where_it_is():
    found = shown_places(*columns([(37.6, 120.48)] * 5 + [(37.6009, 120.4809)] * 2), 5)
    (place,) = found.places
    assert (round(place.latitude, 9), round(place.longitude, 9), place.callers) == (37.6, 120.48, 5)
    assert found.withheld == 2


def test_small_addresses_beside_one_another_go_up_together():
    found = shown_places(*columns([(37.6, 120.48)] * 3 + [(37.6003, 120.4803)] * 3), 5)
    (place,) = found.places
    assert place.callers == 6
    assert abs(place.latitude - 37.60015) < 1e-9


def test_places_a_map_could_not_tell_apart_are_one():
    points = columns([(37.6, 120.48)] * 5 + [(37.6005, 120.48)] * 6 + [(37.62, 120.48)] * 5)
    found = shown_places(*points, 5, apart_km=0.1)
    assert [place.callers for place in found.places] == [11, 5]


def test_nobody_is_nowhere():
    assert shown_places(*columns([]), 5).places == ()


def test_estates_of_too_few_callers_have_no_name():
    estates = [ZonePlace("松泉花园", 37.6, 120.48), ZonePlace("南苑小区", 37.61, 120.48)]
    points = [(37.6, 120.4801)] * 6 + [(37.6101, 120.48)] * 4 + [(37.7, 120.48)]
    found = estates_of(*columns(points), estates, 5)
    assert found.named == (("松泉花园", 6),)
    assert found.others == 1
    assert estates_of(*columns(points), [], 5).others == 0
