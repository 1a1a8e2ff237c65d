"""Whether two tickets tell of the same matter, judged by place, time, words and who called.

Each piece of evidence adds a weight, as in record linkage (Fellegi and Sunter, "A Theory for
Record Linkage", 1969): what is much more frequent among pairs that belong together weighs for
them, what is rarer weighs against. The weights were set on the demo city, whose generator knows
which pairs belong together; docs/duplicates.md has the numbers. Only masked copies are read.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from operations.places import KM_PER_DEGREE
from operations.tickets.pairs import pairs_of
from operations.tickets.ticket import GeoQuality

WINDOW = timedelta(days=7)
"""Further apart nobody is asked whether two tickets are one."""
SUGGESTED = 0.65
"""From this score on a pair is shown on a ticket's page."""
FEWEST_PAIRS = 4

STOCK = (
    *("来电人", "市民", "网友", "群众", "留言", "反映", "媒体", "转办", "记者", "来信", "希望"),
    *("有关部门", "核实处理", "要求", "尽快", "解决", "回复", "协调", "处理", "此前", "至今"),
    *("答复", "给予", "诉求", "来电", "投诉", "求助", "请"),
)
"""What stands in every ticket of a hotline and tells nothing of the matter."""


class Nearness(StrEnum):
    """How near two places lie, as far as both are known."""

    SPOT = "spot"  # one spot, as far as a telephone can tell
    NEAR = "near"  # one estate, one junction
    AROUND = "around"  # the same neighbourhood
    APART = "apart"
    ADDRESS = "address"  # no two points, but the same address in words
    TOWN = "town"  # no two points; one town
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What a pair is judged by of one ticket; texts are the masked copies."""

    created_at: datetime
    channel: str
    category: str
    district: str | None
    town: str | None
    latitude: float | None
    longitude: float | None
    geo_quality: str
    caller_key: str | None
    title: str = ""
    text: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two tickets are, and by what.

    `score`: from 0 to 1, how sure it is that they are one matter. `apart_m`: None where one of the
    two has no point. `alike`: the share of the words both have. `same_caller`: None where one of
    the two has no key.
    """

    score: float
    nearness: Nearness
    apart_m: float | None
    apart_h: float
    alike: float
    same_category: bool
    same_caller: bool | None
    same_channel: bool


_BASE = -7.0
_BY_NEARNESS = {
    Nearness.SPOT: 4.0,
    Nearness.NEAR: 2.0,
    Nearness.AROUND: -1.5,
    Nearness.APART: -9.0,
    Nearness.ADDRESS: 2.5,
    Nearness.TOWN: 0.0,
    Nearness.UNKNOWN: -1.0,
}
_BY_HOURS = ((3.0, 1.5), (12.0, 1.0), (30.0, 0.5), (72.0, 0.0))
_LATER = -1.0
_BY_WORDS = ((0.6, 3.0), (0.4, 2.0), (0.25, 1.0), (0.12, 0.0))
_OTHER_WORDS = -3.0
_POINTS = (GeoQuality.EXACT.value, GeoQuality.STREET.value)
_SPOT_M, _NEAR_M, _AROUND_M = 20.0, 120.0, 400.0
_STREET = 4.0
"""A place known to the street alone is so many times less sure than a point."""
_SAME_ADDRESS = 0.75
_MARGIN = 1.02  # for the plane, on which two latitudes share one shrinking


def likeness(one: Sighting, other: Sighting) -> Likeness:
    """Judge whether two tickets are one matter; the order of the two does not count."""
    return judge(one, other, alike_of(matter_of(one), matter_of(other)))


def likeliest(one: Sighting, other: Sighting) -> float:
    """Give the score two tickets would have if their words were the same: it is never less.

    So most pairs are put aside before their words are read.
    """
    return judge(one, other, 1.0).score


def judge(one: Sighting, other: Sighting, alike: float | None) -> Likeness:
    """Judge a pair whose words were compared before; None: one of the two has none to compare."""
    nearness, apart_m = _nearness(one, other)
    apart_h = abs((one.created_at - other.created_at) / timedelta(hours=1))
    same_caller = None
    if one.caller_key is not None and other.caller_key is not None:
        same_caller = one.caller_key == other.caller_key
    same_channel = one.channel == other.channel
    weight = _BASE + _BY_NEARNESS[nearness]
    weight += next((w for most, w in _BY_HOURS if apart_h <= most), _LATER)
    if alike is not None:
        weight += next((w for least, w in _BY_WORDS if alike >= least), _OTHER_WORDS)
    weight += 1.5 if one.category == other.category else -0.5
    weight += {True: 3.0, False: -1.0, None: 0.0}[same_caller]
    weight += -0.5 if same_channel else 0.5
    if apart_h > WINDOW / timedelta(hours=1):
        weight = -math.inf
    return Likeness(
        score=_share(weight),
        nearness=nearness,
        apart_m=apart_m,
        apart_h=apart_h,
        alike=alike or 0.0,
        same_category=one.category == other.category,
        same_caller=same_caller,
        same_channel=same_channel,
    )


def box_around(one: Sighting) -> dict[str, float] | None:
    """Give the box outside which a point is out of the question; None where one has no point."""
    point = _point(one)
    if point is None:
        return None
    high = _AROUND_M * _STREET * _MARGIN / (KM_PER_DEGREE * 1000)
    wide = high / max(math.cos(math.radians(point[0])), 0.01)
    return {
        "south": point[0] - high,
        "north": point[0] + high,
        "west": point[1] - wide,
        "east": point[1] + wide,
    }


def matter_of(one: Sighting) -> frozenset[str]:
    """Give the pairs of characters that tell the matter: without address and stock phrases.

    The title counts where the text says next to nothing.
    """
    found = _without_stock(one.text, one.address)
    return found if len(found) >= FEWEST_PAIRS else found | _without_stock(one.title, "")


def alike_of(one: frozenset[str], other: frozenset[str]) -> float | None:
    """Give the share of the pairs that both have (Dice, 1945); None where one has too few."""
    if min(len(one), len(other)) < FEWEST_PAIRS:
        return None
    return 2 * len(one & other) / (len(one) + len(other))


def _without_stock(text: str, address: str) -> frozenset[str]:
    kept = text.replace(address, " ") if address else text
    for phrase in STOCK:
        kept = kept.replace(phrase, " ")
    return frozenset(pairs_of(kept)) - frozenset(pairs_of(address))


def _nearness(one: Sighting, other: Sighting) -> tuple[Nearness, float | None]:
    points = [_point(one), _point(other)]
    if points[0] is not None and points[1] is not None:
        apart_m = _metres(points[0], points[1])
        exact = one.geo_quality == other.geo_quality == GeoQuality.EXACT
        return _by_metres(apart_m, 1.0 if exact else _STREET), apart_m
    if _apart(one.district, other.district):
        return Nearness.APART, None
    here, there = frozenset(pairs_of(one.address)), frozenset(pairs_of(other.address))
    if (alike_of(here, there) or 0.0) >= _SAME_ADDRESS:
        return Nearness.ADDRESS, None
    if _apart(one.town, other.town):
        return Nearness.APART, None
    if one.town is not None and one.town == other.town:
        return Nearness.TOWN, None
    return Nearness.UNKNOWN, None


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give how far two points of one city are apart, on a plane: true to a thousandth."""
    shrink = math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * shrink) * KM_PER_DEGREE * 1000


def _by_metres(apart_m: float, unsure: float) -> Nearness:
    if apart_m <= _SPOT_M and unsure == 1.0:
        return Nearness.SPOT
    if apart_m <= _NEAR_M * unsure:
        return Nearness.NEAR
    return Nearness.AROUND if apart_m <= _AROUND_M * unsure else Nearness.APART


def _point(one: Sighting) -> tuple[float, float] | None:
    if one.geo_quality not in _POINTS or one.latitude is None or one.longitude is None:
        return None
    return one.latitude, one.longitude


def _apart(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _share(weight: float) -> float:
    return 1 / (1 + math.exp(-max(weight, -60.0)))
