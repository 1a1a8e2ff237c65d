"""The wall of a scope."""

from typing import Any

from dash.development.base_component import Component

from callbacks.maps import map_face
from callbacks.names import (
    city_name,
    hotline,
    named_days,
    names_by_kind,
    place_name,
    short_names,
)
from layouts.face import Face
from layouts.theme import type_scale
from layouts.wall import wall
from layouts.wording import Language

CITY = "city"


def draw(sources: Any, scope: str, language: Language) -> Component | None:
    """Draw a scope's wall, None where there is no such scope."""
    made = face(sources, scope, language)
    return None if made is None else wall(made)


def face(sources: Any, scope: str, language: Language) -> Face | None:
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
        type_scale=type_scale(settings.wall_distance_m, settings.wall_pitch_mm),
        named_days=named_days(reference, language),
        short_names=short_names(reference) if language == "zh" else {},
        names=names_by_kind(reference, language),
        category_codes={one.name_zh: one.code for one in reference.categories},
        hotline=hotline(reference),
        rotation=settings.wall_rotation,
        jump_s=settings.wall_jump_s,
    )
