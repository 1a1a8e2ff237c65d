"""What a screen must be told before it is drawn: plain values, no source behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class Name:
    """A code and its name in both languages; `name_en` falls back to the Chinese one."""

    code: str
    name_zh: str
    name_en: str = ""

    def told(self, language: Language) -> str:
        """Give the name in one language."""
        return self.name_en or self.name_zh if language == "en" else self.name_zh


@dataclass(frozen=True, slots=True)
class MapFace:
    """The map: where it starts, what lies under the tickets, whose work that is.

    `bounds` is (south, west, north, east) or None for a city without boundaries, whose view
    fits its points. `centre` is (latitude, longitude).
    """

    centre: tuple[float, float]
    bounds: tuple[float, float, float, float] | None = None
    layers: tuple[str, ...] = ()
    attribution: str = ""
    tile_url: str | None = None
    tile_attribution: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A wall: whose it is and how it speaks.

    `named_days` gives a holiday's name by ISO date, `short_names` a department's everyday one by
    code, `names` what each code of a kind is called, `category_codes` the code of a Chinese name.
    `hotline` is the number people call, empty where it is not known. `targets` gives what a rate is
    to reach, `few` the number of cases below which one is not judged. `rotation` is the program
    of scenes ("overview:30,map:20"), `jump_s` how long a new critical alarm's scene stands;
    `software` is the version of Lianxin the page is of.
    """

    scope: str
    language: Language
    city: Name
    place: Name
    zone: str
    map: MapFace
    demo: bool = False
    type_scale: dict[str, str] = field(default_factory=dict)
    named_days: dict[str, str] = field(default_factory=dict)
    short_names: dict[str, str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    category_codes: dict[str, str] = field(default_factory=dict)
    hotline: str = ""
    targets: dict[str, float] = field(default_factory=dict)
    few: int = 20
    rotation: str = ""
    jump_s: int = 60
    software: str = ""

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this screen's language."""
        return words(self.language)

    def facts(self) -> dict[str, Any]:
        """Give what the page's JavaScript needs to know, as JSON-able values."""
        return {
            "scope": self.scope,
            "language": self.language,
            "zone": self.zone,
            "words": self.words,
            "bounds": self.map.bounds,
            "centre": self.map.centre,
            "named_days": self.named_days,
            "short_names": self.short_names,
            "names": self.names,
            "category_codes": self.category_codes,
            "targets": self.targets,
            "few": self.few,
            "rotation": self.rotation,
            "jump_s": self.jump_s,
        }
