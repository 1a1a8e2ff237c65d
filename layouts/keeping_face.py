"""What the administrators' pages on people must be told: plain values, no source behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from layouts.face import Name
from layouts.wording import Language, words


@dataclass(frozen=True, slots=True)
class PersonFace:
    """One account as administrators see it.

    `state` is active, never, locked or retired; times are as shown, empty for never; `place`
    and `department` are codes, `*_name` what they are called; `seen` is its standing, given
    back with every act.
    """

    id: str
    login: str
    name: str
    roles: Sequence[str]
    state: str
    ring: str = "city"
    place: str = ""
    place_name: str = ""
    department: str = ""
    department_name: str = ""
    second: bool = False
    signed_in: str = ""
    demo: bool = False
    password: str = "none"  # noqa: S105 - whether there is one, never which
    made: str = ""
    devices: int = 0
    own: bool = False
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Rights:
    """What who looks may do here."""

    make: bool = False
    give: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """What there is to choose from: departments, districts, towns."""

    departments: Sequence[Name] = ()
    districts: Sequence[Name] = ()
    towns: Sequence[Name] = ()


@dataclass(frozen=True, slots=True)
class PeopleFace:
    """A page of the list, of how many accounts, and what it is narrowed to, as its address says."""

    language: Language
    people: Sequence[PersonFace]
    total: int
    page: int
    pages: int
    rights: Rights
    places: Places
    q: str = ""
    state: str = ""
    role: str = ""
    states: Sequence[str] = ()
    roles: Sequence[str] = ()

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)
