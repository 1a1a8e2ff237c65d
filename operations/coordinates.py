"""Coordinates of the three systems in use in China, brought to WGS84 and back."""

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from operations.errors import BadInput

_AXIS_M, _ECCENTRICITY = 6_378_245.0, 0.006693421622965943  # Krasovsky 1940
_BAIDU_ANGLE = np.pi * 3000.0 / 180.0
_CLOSE_DEG = 1e-12  # what is then still missing is less than a nanometre
_MOST_ROUNDS = 12  # each brings some two digits; six are enough in all of China

WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
"""Outside this box GCJ-02 is WGS84, as in every published implementation."""


def to_wgs84(latitude: ArrayLike, longitude: ArrayLike, crs: str) -> tuple[Any, Any]:
    """Bring coordinates of "WGS84", "GCJ-02" or "BD-09" to WGS84, right to 1e-8 m.

    Takes numbers or arrays and gives the same back. Raises BadInput for another system.
    """
    lat, lon, of = _numbers(latitude, longitude)
    if crs == "GCJ-02":
        lat, lon = _undo(_to_gcj, lat, lon, of)
    elif crs == "BD-09":
        lat, lon = _undo(_to_gcj, *_undo(_gcj_to_bd, lat, lon, of), of)
    elif crs != "WGS84":
        raise _unknown(crs)
    return lat, lon


def from_wgs84(latitude: ArrayLike, longitude: ArrayLike, crs: str) -> tuple[Any, Any]:
    """Bring WGS84 to "WGS84", "GCJ-02" or "BD-09"; numbers or arrays, as `to_wgs84`."""
    lat, lon, of = _numbers(latitude, longitude)
    if crs == "GCJ-02":
        lat, lon = _to_gcj(lat, lon, of)
    elif crs == "BD-09":
        lat, lon = _gcj_to_bd(*_to_gcj(lat, lon, of), of)
    elif crs != "WGS84":
        raise _unknown(crs)
    return lat, lon


def _unknown(crs: str) -> BadInput:
    return BadInput("crs", f"unknown '{crs}'; accepted are WGS84, GCJ-02 and BD-09")


def _numbers(latitude: ArrayLike, longitude: ArrayLike) -> tuple[Any, Any, Any]:
    """Give floats with `math`, or arrays with numpy: the module whose functions fit them.

    One point through numpy costs 300 µs, most of the time it takes to read a ticket; through
    `math` it costs 20.
    """
    if np.ndim(latitude) == 0 and np.ndim(longitude) == 0:
        return float(latitude), float(longitude), math  # type: ignore[arg-type]
    return np.array(latitude, dtype=np.float64), np.array(longitude, dtype=np.float64), np


def _to_gcj(lat: Any, lon: Any, of: Any) -> tuple[Any, Any]:
    """WGS84 to GCJ-02, by the formula published with every open map library (eviltransform)."""
    sin, pi, x, y = of.sin, math.pi, lon - 105.0, lat - 35.0
    root = of.sqrt(abs(x))
    ripple = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += (ripple + 20 * sin(pi * y) + 40 * sin(pi / 3 * y)) * 2 / 3
    north += (160 * sin(pi / 12 * y) + 320 * sin(pi / 30 * y)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += (ripple + 20 * sin(pi * x) + 40 * sin(pi / 3 * x)) * 2 / 3
    east += (150 * sin(pi / 12 * x) + 300 * sin(pi / 30 * x)) * 2 / 3
    radians = of.radians(lat)
    bend = 1 - _ECCENTRICITY * sin(radians) ** 2
    north = of.degrees(north / (_AXIS_M * (1 - _ECCENTRICITY)) * bend * of.sqrt(bend))
    east = of.degrees(east / (_AXIS_M * of.cos(radians)) * of.sqrt(bend))
    china = (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)
    return lat + north * china, lon + east * china


def _gcj_to_bd(lat: Any, lon: Any, of: Any) -> tuple[Any, Any]:
    """GCJ-02 to BD-09."""
    distance = of.hypot(lon, lat) + 0.00002 * of.sin(lat * _BAIDU_ANGLE)
    angle = of.atan2(lat, lon) + 0.000003 * of.cos(lon * _BAIDU_ANGLE)
    return distance * of.sin(angle) + 0.006, distance * of.cos(angle) + 0.0065


def _undo(forward: Any, lat: Any, lon: Any, of: Any) -> tuple[Any, Any]:
    """Find what `forward` maps to the given points: step back by what it still misses."""
    back_lat, back_lon = lat, lon
    for _ in range(_MOST_ROUNDS):
        got_lat, got_lon = forward(back_lat, back_lon, of)
        miss_lat, miss_lon = got_lat - lat, got_lon - lon
        back_lat, back_lon = back_lat - miss_lat, back_lon - miss_lon
        if _largest(miss_lat) < _CLOSE_DEG and _largest(miss_lon) < _CLOSE_DEG:
            break
    return back_lat, back_lon


def _largest(miss: Any) -> float:
    return abs(miss) if isinstance(miss, float) else float(np.abs(miss).max(initial=0.0))
