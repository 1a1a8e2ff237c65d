"""The demo city's habits as typed values, read from the city's `demo.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WeekHabits:
    """Shares of the mean day: by weekday, on a day off, on a weekend day that is worked."""

    weekday: list[float]
    holiday: float
    makeup: float


@dataclass(frozen=True, slots=True)
class PlaceHabits:
    """How many places there are, how they spread, and how well callers tell them."""

    estates: int
    streets: int
    estate_share: float
    core_km: float
    core_share: float
    core_wide_km: float
    address_only: float
    nothing: float
    fallback: float
    jitter_m: float


@dataclass(frozen=True, slots=True)
class CallerHabits:
    """How many call again and again, and how many matters are told several times."""

    habitual: int
    habitual_share: float
    habitual_tail: float
    habitual_flat: float
    matters: int
    matter_share: float
    matter_d: int


@dataclass(frozen=True, slots=True)
class LifeHabits:
    """Medians, spreads and shares of a ticket's stations; `demo.toml` names each unit."""

    dispatch_min: float
    dispatch_sigma: float
    sign_h: float
    sign_sigma: float
    return_h: float
    return_sigma: float
    redispatch_min: float
    handle_h: float
    work_scale: float
    work_sigma: float
    close_h: float
    callback_h: float
    archive_d: float
    direct_share: float
    direct_min: float
    withdrawn: float
    extended: float
    extension_d: list[int]
    reached: float
    answered: float
    reopened: float
    seen_to: float
    rework_d: float
    chased: float
    chase_h: float
    known_h: float
    solved: float
    late_penalty: float
    confidential: float
    twice_returned: float


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Working days or clock hours a ticket may take, and the median of urgent work."""

    routine_d: int
    urgent_h: float
    critical_h: float
    reopened_d: int
    urgent_work_h: float
    critical_work_h: float


@dataclass(frozen=True, slots=True)
class CategoryHabits:
    """How one category comes in and is handled."""

    weight: float
    units: dict[str, float]
    days: float
    says: list[str]
    season: str
    hours: str
    returns: float
    satisfied: float
    urgent: float
    asks: float
    kind: str


@dataclass(frozen=True, slots=True)
class UnitHabits:
    """How fast a unit works (1 = usual), and what it adds to the share of pleased callers."""

    pace: float
    pleases: float


@dataclass(frozen=True, slots=True)
class Rates:
    """Everything the demo city is made by."""

    source: str
    tickets_per_week: float
    day_spread: float
    lives_d: int
    opens_s: int
    closes_s: int
    week: WeekHabits
    hours: dict[str, list[float]]
    seasons: dict[str, list[float]]
    districts: dict[str, float]
    places: PlaceHabits
    callers: CallerHabits
    channels: dict[str, float]
    kinds: dict[str, dict[str, float]]
    life: LifeHabits
    deadlines: Deadlines
    units: dict[str, UnitHabits]
    own_units: dict[str, dict[str, str]]
    categories: dict[str, CategoryHabits]
    scenes: dict[str, dict[str, Any]]
    twins: dict[str, float]

    def expected(self, day: date, works: bool) -> float:
        """Tell how many tickets a day brings on average."""
        weekday = day.weekday()
        share = self.week.weekday[weekday]
        if weekday < 5 and not works:
            share = self.week.holiday
        elif weekday >= 5 and works:
            share = self.week.makeup
        return self.tickets_per_week / 7 * share

    def category_shares(self, day: date) -> Floats:
        """Give each category's share of a day's tickets, in the order of `categories`."""
        seasons = {name: _on_day(months, day) for name, months in self.seasons.items()}
        weights = [one.weight * seasons[one.season] for one in self.categories.values()]
        return np.array(weights) / sum(weights)


def _on_day(months: list[float], day: date) -> float:
    """Read a yearly profile on one day, straight between the middles of the months."""
    earlier = day - timedelta(days=14)
    past = (earlier.day - 1) / 30.5
    return months[earlier.month - 1] * (1 - past) + months[earlier.month % 12] * past


def read_rates(path: Path) -> Rates:
    """Read a city's `demo.toml`; raises KeyError or TypeError when it is not one."""
    raw = tomllib.loads(path.read_text("utf-8"))
    return Rates(
        source=raw["source"],
        tickets_per_week=raw["tickets_per_week"],
        day_spread=raw["day_spread"],
        lives_d=raw["lives_d"],
        opens_s=round(raw["working_day"]["opens_h"] * 3600),
        closes_s=round(raw["working_day"]["closes_h"] * 3600),
        week=WeekHabits(**raw["week"]),
        hours=raw["hours"],
        seasons=raw["seasons"],
        districts=raw["districts"],
        places=PlaceHabits(**raw["places"]),
        callers=CallerHabits(**raw["callers"]),
        channels=raw["channels"],
        kinds=raw["kinds"],
        life=LifeHabits(**raw["life"]),
        deadlines=Deadlines(**raw["deadlines"]),
        units={code: UnitHabits(**one) for code, one in raw["departments"].items()},
        own_units=raw["own_units"],
        categories=_categories(raw),
        scenes=raw.get("scenes", {}),
        twins=raw["twins"],
    )


def _categories(raw: Mapping[str, Any]) -> dict[str, CategoryHabits]:
    usual = raw["category_defaults"]
    return {code: CategoryHabits(**{**usual, **one}) for code, one in raw["categories"].items()}
