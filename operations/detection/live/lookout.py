"""The lookout of one category: its reports, what is usual of it, and the scan of what came in."""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from operations.detection.live.addresses import Addresses
from operations.detection.live.expectation import LAG_H, SHAPE_D, Expectation, expectation
from operations.detection.live.nulls import (
    HALF,
    LEAST_CALLERS,
    SMOOTHING,
    Ordinary,
    Tail,
    windows_for,
)
from operations.detection.live.ordinary_days import cell_days, events, in_events
from operations.detection.live.reach import Found, Past, Reports, Terms, scan_around
from operations.detection.live.votes import Rows, Votes
from operations.detection.live.windows import (
    BINS,
    EDGES_US,
    LONGEST_US,
    Mask,
    Reals,
    Whole,
    bins_of,
)
from operations.pulse.windows import HOUR_US

PAST_D = 365
PAST_US = PAST_D * 24 * HOUR_US
LAG_US = 7 * 24 * HOUR_US
"""The newest week is no past yet, where there is a month of it: an outbreak would excuse itself."""

LIVELY_H = 6

Identity = tuple[str, str]
Members = frozenset[Identity]
Prints = npt.NDArray[np.uint64]
_MIX = np.uint64(0x9E3779B97F4A7C15)
Name = tuple[int, int, int]
"""(time_us, address, caller): what reports are known by inside a lookout, mostly one alone."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The clock of the city's counts: hours since 1970 of its own clock, and all reports by hour.

    everything: (hours,) the counts that end with hour `now_h`; `first_h`: when the first came.
    """

    offset_us: int
    now_h: int
    first_h: int
    everything: Whole

    def local_h(self, us: int) -> float:
        """Give a moment in hours of the city's clock."""
        return (us + self.offset_us) / HOUR_US


@dataclass(frozen=True, slots=True)
class Scene:
    """A category at one moment: the reports that count, and what they are held against.

    rows: (reports,) as in `Reports`, oldest first; told: (reports,) what lies in a cluster that
    lives.
    """

    now_us: int
    rows: Rows
    reports: Reports
    past: Past
    terms: Terms
    told: Mask

    @property
    def untold(self) -> "Scene":
        """The scene without what lies in living clusters."""
        bins = np.where(self.told, BINS, self.reports.bins)
        return replace(self, reports=self.reports._replace(bins=bins))


@dataclass(slots=True)
class Lookout:
    """Watches one category; `tail` is None until its ordinary time was lived through."""

    category: str
    votes: Votes = field(default_factory=Votes)
    names: dict[Name, tuple[Identity, ...]] = field(default_factory=dict)
    usual: Expectation | None = None
    tail: Tail | None = None
    lived: tuple[float, int] = (0.0, 0)  # rate and past the tail was made for
    _named: int = 1000
    _events: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    _spared: Prints = field(default_factory=lambda: np.zeros(0, np.uint64))
    _told: Prints = field(default_factory=lambda: np.zeros(0, np.uint64))
    _past: Past | None = None
    _counted: int = 0
    _surveys: int = 0
    _held: Whole = field(default_factory=lambda: np.zeros(0, np.int64))

    def change(self, gone: Rows, come: Rows) -> None:
        """Take reports out and put others in."""
        self.votes.change(gone, come)

    def name(self, key: Name, ticket: Identity) -> None:
        """Note which ticket a report is; a caller's twice at one moment have one key."""
        self.names[key] = (*self.names.get(key, ()), ticket)

    def unname(self, key: Name, ticket: Identity) -> None:
        """Forget one report of a ticket, and no other of the same key."""
        named = list(self.names.get(key, ()))
        if ticket in named:
            named.remove(ticket)
            if named:
                self.names[key] = tuple(named)
            else:
                del self.names[key]

    def learn(self, addresses: Addresses, hours: Hours, now_us: int) -> None:
        """Learn from the ordinary past what is usual; done once an hour."""
        self.votes.forget(now_us - PAST_US)
        if len(self.names) > 2 * self._named:
            self._forget_names(now_us - LONGEST_US)
        rows = self.votes.rows[self.votes.counts]
        keys = self._cell_days(rows, addresses, hours)
        self._events = events(keys, min(PAST_D, (hours.now_h - hours.first_h) // 24 + 1))
        rows = rows[~in_events(keys, self._events)]
        first_h = max(hours.first_h, hours.now_h - (SHAPE_D + 1) * 24)
        kept = hours.now_h - first_h + 1
        of = (rows["time_us"] + hours.offset_us) // HOUR_US - first_h
        own = np.bincount(of[(of >= 0) & (of < kept)], minlength=kept)
        self.usual = expectation(own, hours.everything[-kept:], hours.now_h, first_h)
        lag_us = min(LAG_US, max(LAG_H, (hours.now_h - hours.first_h) // 4) * HOUR_US)
        self._learn_places(addresses, rows["address"][rows["time_us"] <= now_us - lag_us])

    @staticmethod
    def _cell_days(rows: Rows, addresses: Addresses, hours: Hours) -> Whole:
        days = (rows["time_us"] + hours.offset_us) // (24 * HOUR_US)
        return cell_days(addresses.points[rows["address"]], days)

    def _forget_names(self, before_us: int) -> None:
        self.names = {name: one for name, one in self.names.items() if name[0] > before_us}
        self._named = max(1000, len(self.names))

    def _learn_places(self, addresses: Addresses, counted: Whole) -> None:
        self._held, counts = np.unique(counted, return_counts=True)
        self._counted = len(counted)
        self._surveys = addresses.surveys
        weights = counts / (self._counted + SMOOTHING)
        areas = addresses.shares_of_areas(self._held, weights)
        self._past = Past(
            own=addresses.points[self._held],
            weight=weights,
            around=self._smoothing * addresses.around,
            areas=areas + self._smoothing * addresses.area_shares[: len(areas)],
        )

    @property
    def _smoothing(self) -> float:
        """What everything's map is worth beside the category's own past."""
        return SMOOTHING / (self._counted + SMOOTHING)

    @property
    def is_ready(self) -> bool:
        """True once it has learnt what is usual."""
        return self._past is not None

    @property
    def has_drifted(self) -> bool:
        """Tell whether what is usual has moved away from what the tail was made for."""
        if self.usual is None:
            return False
        rate, past = self.lived
        return (
            self.tail is None
            or not 0.75 < self.usual.rate_h / rate < 1.33
            or not 0.5 < (self._counted + SMOOTHING) / (past + SMOOTHING) < 2.0
        )

    def liveliness(self, now_us: int) -> float:
        """Tell how many times its usual has come in lately: whose past is to be known first."""
        if self.usual is None:
            return 0.0
        span = self.votes.since(now_us - LIVELY_H * HOUR_US, now_us)
        return float(span.stop - span.start) / (1.0 + LIVELY_H * self.usual.rate_h)

    def ordinary_time(self, addresses: Addresses) -> Ordinary | None:
        """Give an ordinary time of this category, for living through elsewhere."""
        if self.usual is None or self._past is None or not len(addresses):
            return None
        chance = np.concatenate([self._past.weight, self._smoothing * addresses.mass])
        cells = np.arange(len(addresses.mass))
        of_cell = np.zeros(len(cells), np.int64)
        of_cell[addresses.cells] = np.arange(len(addresses))
        return Ordinary(
            usual=self.usual,
            points=np.concatenate([self._past.own, addresses.middles]),
            areas=np.concatenate([addresses.areas[self._held], addresses.areas[of_cell]]),
            cells=np.concatenate([addresses.cells[self._held], cells]),
            chance=chance / chance.sum(),
            past=self._counted,
            around=addresses.around,
            area_shares=addresses.area_shares,
        )

    def scene(self, addresses: Addresses, hours: Hours, busy: Reals, now_us: int) -> Scene | None:
        """Give the category as it stands; None until it has learnt what is usual.

        busy: (BINS,) how many times its usual the whole city reports in each window.
        """
        if self.usual is None or self._past is None:
            return None
        windows = windows_for(self.usual.rate_h)
        span = self.votes.since(now_us - int(EDGES_US[windows - 1]), now_us)
        rows = self.votes.rows[span][self.votes.counts[span]]
        rows = rows[self._is_of_now(rows, addresses, hours, now_us)]
        where = rows["address"]
        reports = Reports(
            points=addresses.points[where],
            places=where,
            bins=bins_of(now_us - rows["time_us"]),
            areas=addresses.areas[where],
            cells=addresses.cells[where],
        )
        past = self._past_on(addresses, self._past)
        terms = Terms(
            expected=self.usual.windows(hours.local_h(now_us)) * busy,
            windows=windows,
            v=self.usual.v,
            floor=HALF / (self._counted + SMOOTHING),
            least=LEAST_CALLERS,
        )
        told = np.isin(prints(rows), self._told)
        return Scene(now_us, rows, reports, past, terms, told)

    def _past_on(self, addresses: Addresses, past: Past) -> Past:
        """Give the past on the addresses' map of now: cells and areas are numbered by it."""
        if self._surveys != addresses.surveys:
            self._surveys = addresses.surveys
            past = past._replace(around=self._smoothing * addresses.around)
        missing = len(addresses.area_shares) - len(past.areas)
        if missing:  # areas first named since it last learnt
            past = past._replace(areas=np.concatenate([past.areas, np.zeros(missing)]))
        self._past = past
        return past

    def note_clusters(self, wide: Members, near: Members) -> None:
        """Note what living clusters are made of: those of much of the city, and the others.

        The reports of all stay in view, however long ago they came. Those of the others say
        nothing of the rest of the city; what reaches across much of it does.
        """
        self._told = self._prints_of(near)
        self._spared = np.union1d(self._told, self._prints_of(wide))

    def _prints_of(self, members: Members) -> Prints:
        if not members:
            return np.zeros(0, np.uint64)
        mine = [key for key, names in self.names.items() if not members.isdisjoint(names)]
        time_us, address, caller = np.array(mine, np.int64).reshape(-1, 3).T
        return np.unique(_printed(time_us, address, caller))

    def _is_of_now(self, rows: Rows, addresses: Addresses, hours: Hours, now_us: int) -> Mask:
        """Mark what belongs to the present: a past event is over, unless a cluster goes on."""
        old = rows["time_us"] < now_us - LAG_H * HOUR_US
        over = old & in_events(self._cell_days(rows, addresses, hours), self._events)
        return np.asarray(~over | np.isin(prints(rows), self._spared))


def prints(rows: Rows) -> Prints:
    """Give a fingerprint of each report's name: a moment alone may be many reports'."""
    return _printed(rows["time_us"], rows["address"], rows["caller"])


def _printed(time_us: Whole, address: Whole, caller: Whole) -> Prints:
    mixed = time_us.astype(np.uint64)
    for part in (address, caller):
        mixed = mixed * _MIX + part.astype(np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIX
    return mixed


def scan(scene: Scene, mine: int) -> Found:
    """Find what stands out most around one report of a scene."""
    return Found(*scan_around(mine, scene.reports, scene.past, scene.terms))
