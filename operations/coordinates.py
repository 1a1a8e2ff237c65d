"""Coordinates of the three systems in use in China, brought to WGS84 and back."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from operations.errors import BadInput

Floats = NDArray[np.float64]

_AXIS_M, _ECCENTRICITY = 6_378_245.0, 0.006693421622965943  # Krasovsky 1940
_BAIDU_ANGLE = np.pi * 3000.0 / 180.0
_CLOSE_DEG = 1e-9
_MOST_ROUNDS = 12  # each brings some two digits; six are enough in all of China

WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""Outside this box GCJ-02 is WGS84, as in every published implementation."""


def to_wgs84(latitude: ArrayLike, longitude: ArrayLike, crs: str) -> tuple[Any, Any]:
    """Bring coordinates of "WGS84", "GCJ-02" or "BD-09" to WGS84, right to 1e-8 m.

    Takes numbers or arrays and gives the same back. Raises BadInput for another system.
    """
    lat, lon, scalar = _arrays(latitude, longitude)
    if crs == "GCJ-02":
        lat, lon = _undo(_to_gcj, lat, lon)
    elif crs == "BD-09":
        lat, lon = _undo(_to_gcj, *_undo(_gcj_to_bd, lat, lon))
    elif crs != "WGS84":
        raise _unknown(crs)
    return (float(lat[0]), float(lon[0])) if scalar else (lat, lon)


def from_wgs84(latitude: ArrayLike, longitude: ArrayLike, crs: str) -> tuple[Any, Any]:
    """Bring WGS84 to "WGS84", "GCJ-02" or "BD-09"; numbers or arrays, as `to_wgs84`."""
    lat, lon, scalar = _arrays(latitude, longitude)
    if crs == "GCJ-02":
        lat, lon = _to_gcj(lat, lon)
    elif crs == "BD-09":
        lat, lon = _gcj_to_bd(*_to_gcj(lat, lon))
    elif crs != "WGS84":
        raise _unknown(crs)
    return (float(lat[0]), float(lon[0])) if scalar else (lat, lon)


def _unknown(crs: str) -> BadInput:
    return BadInput("crs", f"unknown '{crs}'; accepted are WGS84, GCJ-02 and BD-09")


def _arrays(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Floats, Floats, bool]:
    lat = np.array(latitude, dtype=np.float64)
    lon = np.array(longitude, dtype=np.float64)
    return np.atleast_1d(lat), np.atleast_1d(lon), lat.ndim == 0 and lon.ndim == 0


def _to_gcj(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """WGS84 to GCJ-02, by the formula published with every open map library (eviltransform)."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    ripple = 20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + 20 * np.sin(np.pi * y) + 40 * np.sin(np.pi / 3 * y)) * 2 / 3
    north += (160 * np.sin(np.pi / 12 * y) + 320 * np.sin(np.pi / 30 * y)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + 20 * np.sin(np.pi * x) + 40 * np.sin(np.pi / 3 * x)) * 2 / 3
    east += (150 * np.sin(np.pi / 12 * x) + 300 * np.sin(np.pi / 30 * x)) * 2 / 3
    radians = np.radians(lat)
    bend = 1 - _ECCENTRICITY * np.sin(radians) ** 2
    north = np.degrees(north / (_AXIS_M * (1 - _ECCENTRICITY)) * bend * np.sqrt(bend))
    east = np.degrees(east / (_AXIS_M * np.cos(radians)) * np.sqrt(bend))
    china = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    return lat + np.where(china, north, 0.0), lon + np.where(china, east, 0.0)


def _gcj_to_bd(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """GCJ-02 to BD-09."""
    distance = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_ANGLE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_ANGLE)
    return distance * np.sin(angle) + 0.006, distance * np.cos(angle) + 0.0065


def _undo(forward: Any, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """Find what `forward` maps to the given points: step back by what it still misses."""
    back_lat, back_lon = lat.copy(), lon.copy()
    for _ in range(_MOST_ROUNDS):
        got_lat, got_lon = forward(back_lat, back_lon)
        miss_lat, miss_lon = got_lat - lat, got_lon - lon
        back_lat -= miss_lat
        back_lon -= miss_lon
        if max(np.abs(miss_lat).max(initial=0), np.abs(miss_lon).max(initial=0)) < _CLOSE_DEG:
            break
    return back_lat, back_lon
