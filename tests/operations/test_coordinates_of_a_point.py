"""One point takes another way than an array of points; both must arrive at the same place."""

import numpy as np
import pytest

from operations.coordinates import from_wgs84, to_wgs84

LATITUDES = np.array([37.54, 36.79, 37.96, 31.2, 51.5])
LONGITUDES = np.array([121.39, 121.1, 120.74, 121.5, -0.1])


@pytest.mark.parametrize("crs", ["WGS84", "GCJ-02", "BD-09"])
@pytest.mark.parametrize("convert", [to_wgs84, from_wgs84])
def test_a_point_is_converted_as_in_an_array(crs: str, convert) -> None:
    many = np.array(convert(LATITUDES, LONGITUDES, crs))
    single = [
        convert(a, b, crs) for a, b in zip(LATITUDES.tolist(), LONGITUDES.tolist(), strict=True)
    ]
    assert np.abs(many.T - np.array(single)).max() < 1e-10
    assert all(type(value) is float for point in single for value in point)


@pytest.mark.parametrize("crs", ["GCJ-02", "BD-09"])
def test_a_point_comes_back_to_where_it_was(crs: str) -> None:
    back = to_wgs84(*from_wgs84(37.54, 121.39, crs), crs)
    assert back == pytest.approx((37.54, 121.39), abs=1e-9)
