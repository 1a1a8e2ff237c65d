"""The scan in plain numpy, as its definition says and without any shortcut."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.float64]  # places x steps


def plain_ratio(model: str, cases: float, expected: float, total: float, everyone: float) -> float:
    """Compute a log-likelihood ratio by its definition, one likelihood against the other."""
    if cases <= expected or cases < 2:
        return 0.0

    def term(part: float, share: float) -> float:
        return 0.0 if part <= 0 else part * np.log(share)

    if model == "expectation":
        return term(cases, cases / expected) + expected - cases
    if model == "bernoulli":
        people = expected * everyone / total
        rest, others = total - cases, everyone - people
        inside = term(cases, cases / people) + term(people - cases, 1 - cases / people)
        outside = 0.0
        if others > 1e-9:
            outside = term(rest, rest / others) + term(others - rest, 1 - rest / others)
        none = term(total, total / everyone) + term(everyone - total, 1 - total / everyone)
        return inside + outside - none
    rest = total - expected
    return term(cases, cases / expected) + (
        term(total - cases, (total - cases) / rest) if rest > 1e-12 else 0.0
    )


def margins(counts: Table, space: Sequence[int], time: Sequence[int]) -> Table:
    """Expect of each place and step what the margins say, within strata."""
    found = np.zeros_like(counts)
    for s in set(space):
        for t in set(time):
            rows = np.flatnonzero(np.array(space) == s)
            columns = np.flatnonzero(np.array(time) == t)
            part = counts[np.ix_(rows, columns)]
            if part.sum():
                product = np.outer(part.sum(axis=1), part.sum(axis=0)) / part.sum()
                found[np.ix_(rows, columns)] = product
    return found


def plain_circles(
    points: Table, weights: NDArray[np.float64], radius: float, most: float, ties: str
) -> list[list[frozenset[int]]]:
    """List the sets of places of every circle around every point, smallest first."""
    lists = []
    for centre in points:
        far = np.hypot(*(points - centre).T)
        if ties == "together":
            sets = [frozenset(np.flatnonzero(far <= r + 1e-9)) for r in sorted(set(far.round(9)))]
            sets = [one for one in sets if far[list(one)].max() <= radius + 1e-9]
        else:
            near = np.flatnonzero(far <= radius + 1e-9)
            order = sorted(near, key=lambda k: (round(far[k], 9), *points[k]))
            cuts = [
                k + 1 for k, (a, b) in enumerate(pairwise(order)) if (points[a] != points[b]).any()
            ]
            sets = [frozenset(order[:cut]) for cut in [*cuts, len(order)]]
        kept = []
        for one in sets:
            if weights[list(one)].sum() > most * (1 + 1e-9):
                break
            kept.append(one)
        lists.append(kept)
    return lists


def plain_bests(
    model: str,
    counts: Table,
    expected: Table,
    everyone: float,
    lists: list[list[frozenset[int]]],
    longest: int,
    prospective: bool,
) -> NDArray[np.float64]:
    """Give the best ratio of every list over all its sets and all windows."""
    steps, total = counts.shape[1], expected.sum()
    windows = [
        (first, end)
        for end in ([steps] if prospective else range(1, steps + 1))
        for first in range(max(0, end - longest), end)
    ]
    found = []
    for sets in lists:
        best = 0.0
        for one in sets:
            rows = sorted(one)
            for first, end in windows:
                cases = counts[rows, first:end].sum()
                mean = expected[rows, first:end].sum()
                best = max(best, plain_ratio(model, cases, mean, total, everyone))
        found.append(best)
    return np.array(found)
