"""Circles around centres: order, limits, ties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.distance import EARTH_KM, distances, great_circle_km
from operations.detection.scans.neighbours import find_neighbours


def test_a_quarter_of_the_sphere_and_a_known_pair() -> None:
    assert great_circle_km(0, 0, 90, 0) == pytest.approx(EARTH_KM * np.pi / 2)
    # Torrance to Los Alamos, the radius the reference prints for New Mexico's first cluster.
    assert great_circle_km(34.764079, -106.003634, 35.885, -106.3) == pytest.approx(127.5, abs=1.0)
    assert great_circle_km(37.5, 120.5, 37.5, 120.5) == 0.0


grid = st.integers(0, 4)
points = st.lists(st.tuples(grid, grid), min_size=1, max_size=14)


@settings(max_examples=100, deadline=None)
@given(points, st.floats(0.0, 6.0), st.sampled_from(["together", "apart"]))
def test_each_list_holds_what_is_within_the_radius_nearest_first(
    drawn: list[tuple[int, int]], radius: float, ties: str
) -> None:
    where = np.array(drawn, float)
    far = distances(where, where, "cartesian")
    found = find_neighbours(where, "cartesian", radius_km=radius, ties=ties)  # type: ignore[arg-type]
    for centre in range(len(where)):
        row = found.distances_km[found.starts[centre] : found.starts[centre + 1]]
        assert sorted(found.of(centre)) == list(np.flatnonzero(far[centre] <= radius + 1e-9))
        assert (np.diff(row) >= 0).all()
        assert np.array_equal(row, far[centre][found.of(centre)])


def test_places_equally_far_enter_together_or_in_order_of_their_coordinates() -> None:
    square = np.array([[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1], [2, 0]], float)
    one = find_neighbours(square, "cartesian")
    assert list(one.of(0)) == [0, 2, 4, 3, 1, 5]
    assert list(one.closes[:6]) == [True, False, False, False, True, True]
    assert find_neighbours(square, "cartesian", ties="apart").closes.all()


def test_a_list_ends_before_the_place_that_weighs_too_much() -> None:
    line = np.array([[0, 0], [1, 0], [-1, 0], [2, 0], [5, 0]], float)
    weight = np.array([2.0, 3.0, 3.0, 9.0, 0.0])
    cut = find_neighbours(line, "cartesian", weights=weight, most_weight=8.0)
    assert list(cut.of(0)) == [0, 2, 1]
    part = find_neighbours(line, "cartesian", weights=weight, most_weight=5.0, ties="apart")
    assert list(part.of(0)) == [0, 2]
    whole = find_neighbours(line, "cartesian", weights=weight, most_weight=5.0, ties="together")
    assert list(whole.of(0)) == [0]  # the two at distance 1 do not fit together
    assert list(cut.of(3)) == []


def test_only_some_places_may_be_members_and_all_are_centres() -> None:
    line = np.array([[0, 0], [1, 0], [2, 0]], float)
    found = find_neighbours(line, "cartesian", among=np.array([1, 2]))
    assert [list(found.of(centre)) for centre in range(3)] == [[1, 2], [1, 2], [2, 1]]
