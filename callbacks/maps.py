"""The city's map, as screens take it."""

from typing import Any

from layouts.face import MapFace
from layouts.wording import Language


def map_face(sources: Any, language: Language) -> MapFace:
    """Gather the map's start, layers and credits."""
    basemap, settings = sources.basemap, sources.settings
    return MapFace(
        centre=tuple(sources.reference.centre),
        bounds=basemap.view,
        layers=tuple(basemap.layers),
        attribution=basemap.attribution_en if language == "en" else basemap.attribution_zh,
        tile_url=settings.tile_url,
        tile_attribution=settings.tile_attribution,
    )
