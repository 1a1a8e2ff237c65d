"""The ground the demo city stands on: the reference's tables and polygons, laid out for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from data_sources.feeds.demo_city.places import LiesIn, NamedEstate, Settlement
from data_sources.feeds.demo_city.rates import Bools, Floats, Ints, Rates
from data_sources.reference import Reference
from operations.errors import BadInput
from operations.places import District, Town

URBAN = "街道"
URBAN_SHARE, RURAL_SHARE = 4.0, 1.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything the demo city needs to know of a city.

    `districts`, `governments`, `district_words`: by district, in one order. `departments` and
    `department_words`: by department. `category_words`: in the order of the rates. `estates`:
    those of supply zones, each zone's in the order the water takes.
    """

    zone: ZoneInfo
    settlements: Sequence[Settlement]
    estates: Sequence[NamedEstate]
    districts: Sequence[str]
    governments: Sequence[str]
    district_words: Sequence[str]
    departments: Sequence[str]
    department_words: Sequence[str]
    category_words: Sequence[str]
    fallback: tuple[float, float] | None
    lies_in: LiesIn


def ground_of(reference: Reference, rates: Rates, land: BaseGeometry | None = None) -> Ground:
    """Lay out a city's reference; without `land` people may live on the water.

    Raises BadInput where the rates name something the tables do not have.
    """
    districts = [one for one in reference.districts if one.code in rates.districts]
    unknown = set(rates.districts) - {one.code for one in districts}
    if unknown:
        raise BadInput("demo.toml: districts", f"not in city.toml: {', '.join(sorted(unknown))}")
    departments = list(reference.departments)
    own = {one.district: one.code for one in departments if one.code.startswith("gov_")}
    settlements = [
        place
        for number, district in enumerate(districts)
        for place in _settlements(number, district, reference.towns)
    ]
    return Ground(
        zone=reference.zone,
        settlements=settlements,
        estates=_estates(reference, [one.code for one in districts], settlements),
        districts=[one.code for one in districts],
        governments=[own.get(one.code, "other") for one in districts],
        district_words=[one.name_zh for one in districts],
        departments=[one.code for one in departments],
        department_words=[one.name_zh for one in departments],
        category_words=[reference.categories.named(code).name_zh for code in rates.categories],
        fallback=next(iter(reference.fallback_points), None),
        lies_in=_inside(reference, [one.code for one in districts], land),
    )


def _settlements(number: int, district: District, towns: Sequence[Town]) -> list[Settlement]:
    """Give a district's towns with a known point; where there is none, the district's own."""
    found = [
        (town.name_zh, town.latitude, town.longitude)
        for town in towns
        if town.district == district.code
        and town.latitude is not None
        and town.longitude is not None
    ]
    # Where the urban subdistricts come first the first of them is the core.
    found.sort(key=lambda town: not town[0].endswith(URBAN))
    found = found or [("", district.latitude, district.longitude)]
    return [
        Settlement(
            district=number,
            district_zh=district.name_zh,
            town_zh=name,
            latitude=latitude,
            longitude=longitude,
            share=URBAN_SHARE if name.endswith(URBAN) or not rank else RURAL_SHARE,
            wide=not rank,
        )
        for rank, (name, latitude, longitude) in enumerate(found)
    ]


def _estates(
    reference: Reference, codes: list[str], settlements: list[Settlement]
) -> list[NamedEstate]:
    """Give the estates of every supply zone, each with the settlement it lies nearest to."""
    estates = []
    for zone in reference.zones:
        if zone.district not in codes:
            continue
        number = codes.index(zone.district)
        own = [n for n, one in enumerate(settlements) if one.district == number]
        for place in zone.places:
            shrink = math.cos(math.radians(place.latitude))
            nearest = min(
                own,
                key=lambda n, place=place, shrink=shrink: math.hypot(  # type: ignore[misc]
                    settlements[n].latitude - place.latitude,
                    (settlements[n].longitude - place.longitude) * shrink,
                ),
            )
            estates.append(
                NamedEstate(zone.code, place.name_zh, place.latitude, place.longitude, nearest)
            )
    return estates


def _inside(reference: Reference, codes: list[str], land: BaseGeometry | None) -> LiesIn:
    atlas = reference.atlas
    bounded = np.array([atlas.bounded(code) for code in codes])
    names = np.array(codes, dtype=np.object_)
    if land is not None:
        shapely.prepare(land)

    def lies_in(latitude: Floats, longitude: Floats, district: Ints) -> Bools:
        found = atlas.locate_many(latitude, longitude)
        # A district without an outline of its own lies somewhere inside the others.
        good = np.where(bounded[district], found == names[district], found != None)  # noqa: E711
        if land is not None:
            good &= shapely.intersects_xy(land, longitude, latitude)
        return np.asarray(good, dtype=np.bool_)

    return lies_in
