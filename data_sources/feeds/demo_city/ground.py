"""The ground the demo city stands on: the reference's tables and polygons, laid out for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from data_sources.feeds.demo_city.places import LiesIn, Places, Settlement
from data_sources.feeds.demo_city.rates import Ints


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything the demo city needs to know of a city.

    `districts`, `governments`, `district_words`: by district, in one order. `departments` and
    `department_words`: by department. `category_words`: in the order of the rates.
    `zones`: gives the estates of a supply zone, in the order the water takes.
    """

    zone: ZoneInfo
    settlements: Sequence[Settlement]
    districts: Sequence[str]
    governments: Sequence[str]
    district_words: Sequence[str]
    departments: Sequence[str]
    department_words: Sequence[str]
    category_words: Sequence[str]
    fallback: tuple[float, float] | None
    lies_in: LiesIn
    zones: Mapping[str, Callable[[Places], Ints]]
