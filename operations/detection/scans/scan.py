"""The batch scan: every circle and shape, every window, and how rare the best ones are."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from operations.detection.scans import anytime, trailing
from operations.detection.scans.candidates import Candidates
from operations.detection.scans.circles import Blocks, expected_of_firsts, make_blocks
from operations.detection.scans.draws import Draw, most_drawn
from operations.detection.scans.levels import Setting, fill_floors, make_ladder
from operations.detection.scans.likelihood import POISSON
from operations.detection.scans.secondary import without_overlap
from operations.detection.scans.significance import Basis, Gumbel, Significance, fit_gumbel, p_value
from operations.detection.scans.streams import streams
from operations.detection.scans.study import PERMUTATION, Study
from operations.detection.scans.trailing import (
    Bests,
    Counts,
    Field,
    count_type,
    lanes_for,
    room_for_bests,
    room_for_counts,
)
from operations.errors import BadInput

LEAST_CASES = 2
AT_ONCE = 50  # replicates a thread takes at a time


@dataclass(frozen=True, slots=True)
class Cluster:
    """One cluster; `centre` and `shape` are indices, one of them None.

    `members`: indices of places, nearest first, those without cases too. Steps are
    inclusive. `p_basis` tells what `p` rests on.
    """

    centre: int | None
    shape: int | None
    members: tuple[int, ...]
    radius_km: float | None
    first_step: int
    last_step: int
    observed: int
    expected: float
    statistic: float
    p: float
    p_basis: Basis


@dataclass(frozen=True, slots=True)
class Scan:
    """The clusters, best first; the largest statistic of each replicate; their Gumbel fit."""

    clusters: tuple[Cluster, ...]
    maxima: NDArray[np.float64]
    gumbel: Gumbel


@dataclass(frozen=True, slots=True)
class Prepared:
    """A study with its candidates, laid out for the compiled loops."""

    study: Study
    candidates: Candidates
    prospective: bool
    most_cases: int
    field: Field
    draw: Draw

    def room(self) -> Counts:
        """Make room for the counts of one thread."""
        return room_for_counts(
            len(self.field.expected), self.field.expected.shape[1], self.most_cases
        )


class _Rows(NamedTuple):
    of_block: NDArray[np.int64]
    expected: NDArray[np.float64]
    masses: NDArray[np.int64]
    unit: NDArray[np.float64]


def prepare(
    study: Study,
    candidates: Candidates,
    *,
    longest: int,
    prospective: bool = True,
    least_cases: int = LEAST_CASES,
) -> Prepared:
    """Lay a study out for scanning.

    `longest`: steps of the longest window. `prospective`: windows end with the last step,
    else anywhere. Raises BadInput when a window is longer than the study.
    """
    if not 1 <= longest <= study.steps:
        raise BadInput("max-window", f"{longest} steps in a study of {study.steps}; take 1 to all")
    if not len(study.place):
        raise BadInput("cases", "there is none in the study period")
    span = longest if prospective else study.steps
    expected = study.by_age(candidates.active, span)
    draw = study.draw(candidates.lookup, expected)
    model = POISSON if study.model == PERMUTATION else study.model
    setting = Setting(model, study.total, study.everyone, least_cases, longest)
    circles = candidates.circles
    blocks = make_blocks(circles, expected[:, -1])
    cases = max(int((study.step >= study.steps - span).sum()), most_drawn(draw))
    rows = _rows_of_floors(study, candidates, blocks, expected, prospective)
    ladder = make_ladder(setting, cases, rows.expected.shape[0] * lanes_for(span))
    shape = (len(ladder.rungs), len(rows.expected), lanes_for(span))
    floors = np.zeros(shape, count_type(cases))
    fill_floors(setting, ladder, rows.expected, floors)
    field = Field(
        setting, ladder, circles, blocks, expected, floors,
        rows.of_block, rows.masses, rows.unit, candidates.alone(),
    )  # fmt: skip
    return Prepared(study, candidates, prospective, cases, field, draw)


def _rows_of_floors(
    study: Study,
    candidates: Candidates,
    blocks: Blocks,
    expected: NDArray[np.float64],
    prospective: bool,
) -> _Rows:
    """Give what the floors stand on; the retrospective scan has none.

    Where place and time are a product, circles with equally many cases share a row.
    """
    span, none = expected.shape[1], np.zeros(0, np.int64)
    if not prospective:
        return _Rows(none, np.zeros((0, span)), none, np.zeros(0))
    if study.right is not None and len(study.right) == 1:
        mass = np.rint(study.left[candidates.active, 0]).astype(np.int64)
        sums = np.concatenate([[0], np.cumsum(mass[candidates.circles.members])])
        starts = candidates.circles.starts
        masses = sums[1:] - np.repeat(sums[starts[:-1]], np.diff(starts))
        many = int(masses.max(initial=0)) + 1
        if many <= len(masses):
            unit = np.cumsum(study.right[0, ::-1][:span])
            by_mass = np.arange(many)[:, None] * unit[None, :]
            return _Rows(masses[blocks.firsts], by_mass, masses, unit)
    firsts = expected_of_firsts(candidates.circles, blocks, expected)
    return _Rows(np.arange(len(blocks.ends)), firsts, none, np.zeros(0))


def simulate(prepared: Prepared, seed: int, first: int, count: int) -> NDArray[np.float64]:
    """Give the largest statistics of replicates `first` to `first + count - 1`: (count,).

    Runs on the calling thread alone, without the interpreter's lock; the same seed and
    number give the same replicate wherever and in whatever batch it is drawn.
    """
    loop = trailing if prepared.prospective else anytime
    found: NDArray[np.float64] = loop.largest_of_replicates(
        prepared.field, prepared.room(), prepared.draw, streams(seed, first, count)
    )
    return found


def observe(prepared: Prepared) -> Bests:
    """Give the best of every centre and shape in what was observed."""
    study, field = prepared.study, prepared.field
    span = field.expected.shape[1]
    age = study.steps - 1 - study.step
    inside = age < span
    counts = prepared.room()
    trailing.tally(counts, prepared.candidates.lookup[study.place[inside]], age[inside])
    bests = room_for_bests(len(field.blocks.starts) - 1)
    if prepared.prospective:
        trailing.best_of_lists(field, counts, bests, 0.0)
    else:
        anytime.best_of_lists(field, counts, bests)
    return bests


def replicate(
    prepared: Prepared,
    replications: int,
    seed: int,
    threads: int = 2,
    progress: Callable[[int], None] | None = None,
) -> NDArray[np.float64]:
    """Give the largest statistic of each replicate, drawn on several threads: (replications,)."""
    simulate(prepared, seed, 0, 0)  # compiled before threads meet there
    firsts = range(0, replications, AT_ONCE)

    def batch(first: int) -> NDArray[np.float64]:
        return simulate(prepared, seed, first, min(AT_ONCE, replications - first))

    found = []
    with ThreadPoolExecutor(threads) as pool:
        for part in pool.map(batch, firsts):
            found.append(part)
            if progress is not None:
                progress(sum(map(len, found)))
    return np.concatenate([np.zeros(0), *found])


def scan(
    study: Study,
    candidates: Candidates,
    *,
    longest: int,
    prospective: bool = True,
    replications: int = 999,
    seed: int = 1,
    threads: int = 2,
    progress: Callable[[int], None] | None = None,
) -> Scan:
    """Find the clusters of a study and how rare they are.

    All are told, also those that every replicate surpasses: their p is 1.
    """
    prepared = prepare(study, candidates, longest=longest, prospective=prospective)
    bests = observe(prepared)
    maxima = replicate(prepared, replications, seed, threads, progress)
    gumbel = fit_gumbel(maxima)
    clusters = tuple(
        _cluster(prepared, bests, found, p_value(float(bests.ratios[found[0]]), maxima, gumbel))
        for found in without_overlap(candidates, bests)
    )
    return Scan(clusters, maxima, gumbel)


def _cluster(
    prepared: Prepared,
    bests: Bests,
    found: tuple[int, NDArray[np.intp], float | None],
    rare: Significance,
) -> Cluster:
    one, members, radius = found
    study, candidates = prepared.study, prepared.candidates
    newest, oldest = int(bests.newest[one]), int(bests.oldest[one])
    last, first = study.steps - 1 - newest, study.steps - 1 - oldest
    here = np.zeros(study.places, np.bool_)
    here[members] = True
    inside = here[study.place] & (study.step >= first) & (study.step <= last)
    by_age = study.by_age(members, oldest + 1).sum(axis=0)
    expected = float(by_age[oldest] - (by_age[newest - 1] if newest else 0.0))
    circle = one < candidates.centres
    return Cluster(
        one if circle else None,
        None if circle else one - candidates.centres,
        tuple(int(place) for place in members),
        radius,
        first,
        last,
        int(inside.sum()),
        expected,
        float(bests.ratios[one]),
        rare.p,
        rare.basis,
    )
