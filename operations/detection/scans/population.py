"""What is expected of a place by the people who live there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from operations.errors import BadInput


@dataclass(frozen=True, slots=True)
class Population:
    """People counted at places and days, by category such as age and sex; all (entries,).

    `day` is ordinal: the count holds at the beginning of that day.
    """

    place: NDArray[np.int64]
    day: NDArray[np.float64]
    category: NDArray[np.int64]
    people: NDArray[np.float64]


def person_days(
    population: Population, bounds: NDArray[np.float64], shape: tuple[int, int]
) -> NDArray[np.float64]:
    """Give the person-days of places and categories in each step: (places, categories, steps).

    `bounds`: (steps + 1,), ordinal days. Between its days a population changes along a
    straight line, before the first and after the last it stays, as in the reference.
    """
    days, when = np.unique(population.day, return_inverse=True)
    pair = population.place * shape[1] + population.category
    table = np.full((shape[0] * shape[1], len(days)), np.nan)
    counted = np.zeros_like(table)
    np.add.at(counted, (pair, when), population.people)
    table[pair, when] = counted[pair, when]
    table[np.isnan(table).all(axis=1)] = 0.0
    gaps = np.flatnonzero(np.isnan(table).any(axis=1))
    for k in gaps:
        known = ~np.isnan(table[k])
        table[k] = np.interp(days, days[known], table[k][known])
    sums = _integral(days, table, bounds)
    return np.diff(sums, axis=1).reshape(*shape, len(bounds) - 1)


def _integral(
    days: NDArray[np.float64], values: NDArray[np.float64], at: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give the area under broken lines (rows, days) up to some days: (rows, at)."""
    far = 1.0 + max(abs(at - days[0]).max(), abs(at - days[-1]).max())
    knots = np.concatenate([[days[0] - far], days, [days[-1] + far]])
    lines = np.concatenate([values[:, :1], values, values[:, -1:]], axis=1)
    pieces = np.diff(knots) * (lines[:, 1:] + lines[:, :-1]) / 2
    sums = np.concatenate([np.zeros((len(lines), 1)), np.cumsum(pieces, axis=1)], axis=1)
    piece = np.searchsorted(knots, at, side="right") - 1
    into = at - knots[piece]
    slope = (lines[:, piece + 1] - lines[:, piece]) / (knots[piece + 1] - knots[piece])
    found: NDArray[np.float64] = sums[:, piece] + into * (lines[:, piece] + slope * into / 2)
    return found


def standardised(days: NDArray[np.float64], cases: NDArray[np.float64]) -> NDArray[np.float64]:
    """Expect everywhere the rate each category has in all: (places, steps).

    Indirect standardisation: `days` (places, categories, steps) are person-days, `cases`
    (categories,) the cases in the study. Raises BadInput when a category has cases and nobody.
    """
    people = days.sum(axis=(0, 2))
    empty = (people <= 0) & (cases > 0)
    if empty.any():
        raise BadInput("population", f"category {int(np.argmax(empty))} has cases and no people")
    rate = np.divide(cases, people, out=np.zeros_like(people), where=people > 0)
    found: NDArray[np.float64] = np.einsum("pct,c->pt", days, rate)
    return found


def weekly(
    expected: NDArray[np.float64], cases: NDArray[np.float64], weekdays: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Scale an expectation (places, steps) so that each day of the week gets its cases (steps,)."""
    found = expected.copy()
    for day in np.unique(weekdays):
        on = weekdays == day
        found[:, on] *= cases[on].sum() / max(expected[:, on].sum(), 1e-300)
    return found
