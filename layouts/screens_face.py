"""What the page of the walls must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class WallFace:
    """A wall that is or was let in; times are as shown, `contact` is fresh, late or dead."""

    id: str
    version: int
    name: str
    paired: bool = True
    room: str = ""
    scope: str = "city"
    scenes: str = ""
    distance_m: float = 4.0
    pitch_mm: float | None = None
    paired_at: str = ""
    paired_by: str = ""
    age_s: float = 0.0
    contact: str = "fresh"
    software: str = ""


@dataclass(frozen=True, slots=True)
class ScreensFace:
    """What every page of the walls must be told.

    `scopes` says what each scope is called, in the order to choose from; `address` is where a new
    wall gets its code, `software` the version of Lianxin that answers.
    """

    language: Language
    address: str
    scopes: Mapping[str, str] = field(default_factory=dict)
    software: str = ""

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)

    def scope(self, code: str) -> str:
        """Name a scope, also one that is no longer there."""
        return self.scopes.get(code) or self.words["screen_scope_gone"].format(scope=code)


@dataclass(frozen=True, slots=True)
class WallsFace:
    """The list: a page of the walls that are let in, how many there are, and those shut out."""

    walls: Sequence[WallFace]
    total: int
    page: int
    pages: int
    shut: Sequence[WallFace] = ()
