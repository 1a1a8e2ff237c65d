"""How far two points are from one another, on the sphere or in the plane."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_KM = 6367.0  # the sphere of the reference scan statistic, so that radii are comparable

System = Literal["latlong", "cartesian"]


def great_circle_km(
    lat_a: ArrayLike, lon_a: ArrayLike, lat_b: ArrayLike, lon_b: ArrayLike
) -> NDArray[np.float64]:
    """Give the distances between points in degrees, in km; the arguments are broadcast.

    The haversine formula (Sinnott 1984), which keeps its digits at a few metres.
    """
    a, b = np.radians(np.asarray(lat_a, np.float64)), np.radians(np.asarray(lat_b, np.float64))
    across = np.radians(np.asarray(lon_b, np.float64) - np.asarray(lon_a, np.float64))
    half = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(across / 2) ** 2
    found: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))
    return found


def plane_distance(
    x_a: ArrayLike, y_a: ArrayLike, x_b: ArrayLike, y_b: ArrayLike
) -> NDArray[np.float64]:
    """Give the straight distances between points of a plane, in its own unit."""
    across = np.asarray(x_b, np.float64) - np.asarray(x_a, np.float64)
    up = np.asarray(y_b, np.float64) - np.asarray(y_a, np.float64)
    return np.hypot(across, up)


def distances(
    points_a: NDArray[np.float64], points_b: NDArray[np.float64], system: System
) -> NDArray[np.float64]:
    """Give the distances of every point of a to every point of b: (a, b).

    Points are (n, 2): latitude and longitude in degrees, or x and y; the answer is in km, or
    in the plane's unit.
    """
    of = great_circle_km if system == "latlong" else plane_distance
    a, b = points_a[:, None, :], points_b[None, :, :]
    return of(a[..., 0], a[..., 1], b[..., 0], b[..., 1])


def sphere_points(latitude: ArrayLike, longitude: ArrayLike) -> NDArray[np.float64]:
    """Give points in degrees as points on the sphere: (n, 3), km from the Earth's centre."""
    lat = np.radians(np.asarray(latitude, np.float64))
    lon = np.radians(np.asarray(longitude, np.float64))
    return EARTH_KM * np.stack(
        [np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], -1
    )
