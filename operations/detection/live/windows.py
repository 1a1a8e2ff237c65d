"""The windows and circles of the live scan, and places as points on the reference's sphere."""

import numpy as np
import numpy.typing as npt

from operations.detection.distance import EARTH_KM
from operations.pulse.windows import HOUR_US

Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

WINDOWS_H = (
    1, 2, 3, 4, 6, 9, 12, 18, 24, 36, 48, 72, 96, 120, 168, 240, 336, 504, 720,
)  # fmt: skip
BINS = len(WINDOWS_H)
EDGES_US = np.array(WINDOWS_H, np.int64) * HOUR_US
LONGEST_US = int(EDGES_US[-1])
DAY_BINS = WINDOWS_H.index(24) + 1
LATELY_BINS = WINDOWS_H.index(6) + 1

RADII_KM = (0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 1.8, 2.6, 3.6, 5.0)


def chord2(km: Reals) -> Reals:
    """Squared chord, on the unit sphere, between points so far apart along the ground."""
    return np.asarray((2.0 * np.sin(km / (2.0 * EARTH_KM))) ** 2)


RADII2 = chord2(np.array(RADII_KM))


def unit_vectors(latitude: Reals, longitude: Reals) -> Reals:
    """Give points as unit vectors: (points, 3)."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    across = np.cos(lat)
    return np.stack([across * np.cos(lon), across * np.sin(lon), np.sin(lat)], axis=-1)


def degrees(vector: Reals) -> tuple[float, float]:
    """Give a unit vector as latitude and longitude."""
    x, y, z = (float(one) for one in vector)
    return float(np.degrees(np.arctan2(z, np.hypot(x, y)))), float(np.degrees(np.arctan2(y, x)))


def bins_of(ages_us: Whole) -> Whole:
    """Give the shortest window each age lies in; BINS where it lies in none."""
    return np.searchsorted(EDGES_US, ages_us, side="left").astype(np.int64)
