"""The wall of a scope."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from callbacks.asking import asked
from callbacks.desk import Desk
from callbacks.maps import map_face
from callbacks.names import (
    city_name,
    named_days,
    names_by_kind,
    place_name,
    short_names,
)
from layouts.face import Face
from layouts.theme import type_scale
from layouts.wall import wall
from layouts.wording import Language
from operations.people.screens import LARGEST_DISTANCE_M, LARGEST_PITCH_MM

CITY = "city"


def draw(sources: Any, desk: Desk, scope: str, search: str, language: Language) -> Component | None:
    """Draw a scope's wall, None where there is no such scope."""
    made = face(sources, scope, search, language)
    return None if made is None else wall(replace(made, software=desk.software))


def face(sources: Any, scope: str, search: str, language: Language) -> Face | None:
    """Gather what the wall must be told before it is drawn."""
    reference, settings = sources.reference, sources.settings
    place = place_name(reference, scope)
    if place is None:
        return None
    return Face(
        scope=scope,
        language=language,
        city=city_name(reference),
        place=place,
        zone=reference.zone.key,
        map=map_face(sources, language),
        demo=settings.demo,
        type_scale=type_scale(
            _size(asked(search, "distance"), LARGEST_DISTANCE_M) or settings.wall_distance_m,
            _size(asked(search, "pitch"), LARGEST_PITCH_MM) or settings.wall_pitch_mm,
        ),
        named_days=named_days(reference, language),
        short_names=short_names(reference, language),
        names=names_by_kind(reference, language),
        category_codes={one.name_zh: one.code for one in reference.categories},
        hotline=reference.hotline,
        targets={
            name: reference.targets[f"{name}_rate"]
            for name in ("on_time", "solved", "satisfaction")
            if f"{name}_rate" in reference.targets
        },
        few=settings.few_cases,
        rotation=settings.wall_rotation,
        jump_s=settings.wall_jump_s,
    )


def _size(told: str | None, largest: float) -> float | None:
    """Read a size an address names; None where it names none that can be."""
    with suppress(ValueError):
        size = float(told or "")
        return size if 0 < size <= largest else None
    return None
