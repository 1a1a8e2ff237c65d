"""What is scanned under which model: cases by place and step, and what is expected of them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from operations.detection.scans.draws import Draw, choose, permute, spread
from operations.detection.scans.likelihood import BERNOULLI, EXPECTATION, POISSON
from operations.errors import BadInput

PERMUTATION = -1  # counts as POISSON in a ratio, but its replicates shuffle dates

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Study:
    """Cases, and the expectation of every place and step as the product `left` @ `right`.

    `place`, `step`: (cases,), one entry per case. `left`: (places, k), `right`: (k, steps);
    without `right`, `left` is the expectation itself, (places, steps).
    `total`: cases in all, or what is expected in all. `everyone`: cases and controls.
    `stratum`: (cases,), within which dates are shuffled. `people_place`, `people_step`:
    (everyone,), for the Bernoulli model.
    """

    model: int
    place: Ints
    step: Ints
    left: NDArray[np.float64]
    right: NDArray[np.float64] | None
    total: float
    everyone: float = 0.0
    stratum: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    people_place: Ints = field(default_factory=lambda: np.zeros(0, np.int32))
    people_step: Ints = field(default_factory=lambda: np.zeros(0, np.int32))

    @property
    def places(self) -> int:
        """Count the places, with and without cases."""
        return len(self.left)

    @property
    def steps(self) -> int:
        """Count the steps of time."""
        return int((self.left if self.right is None else self.right).shape[1])

    def weights(self) -> NDArray[np.float64]:
        """Give what is expected of each place in all: (places,)."""
        of = np.ones(self.steps) if self.right is None else self.right.sum(axis=1)
        found: NDArray[np.float64] = self.left @ of
        return found

    def by_age(self, places: NDArray[np.intp], span: int) -> NDArray[np.float64]:
        """Give what is expected of some places up to each age: (places, span)."""
        if self.right is None:
            found = np.cumsum(self.left[places, ::-1][:, :span], axis=1)
        else:
            found = self.left[places] @ np.cumsum(self.right[:, ::-1][:, :span], axis=1)
        return np.ascontiguousarray(found)

    def draw(self, lookup: NDArray[np.int32], by_age: NDArray[np.float64]) -> Draw:
        """Tell how replicates are drawn; `lookup` renumbers places as `by_age` has them."""
        span, last = by_age.shape[1], self.steps - 1
        if self.model == PERMUTATION:
            return permute(lookup[self.place], last - self.step, self.stratum, span)
        if self.model == BERNOULLI:
            people = lookup[self.people_place]
            return choose(people, last - self.people_step, span, len(self.place))
        cases = None if self.model == EXPECTATION else len(self.place)
        return spread(by_age, float(self.weights().sum()), cases)


def permutation_study(
    place: ArrayLike,
    step: ArrayLike,
    count: ArrayLike | None = None,
    *,
    places: int,
    steps: int,
    space_strata: ArrayLike | None = None,
    time_strata: ArrayLike | None = None,
) -> Study:
    """Expect of each place and step what the margins of space and time say.

    n(place) x n(step) / n, within strata of space (places,) and of time (steps,) if given,
    such as the hour of the week (Kulldorff and others 2005, PLoS Med 2:e59).
    Raises BadInput for counts below 0, indices out of range and less than two steps.
    """
    if steps < 2:
        raise BadInput("model", "the permutation needs time: take another for space alone")
    place, step = _cases(place, step, count, places, steps)
    of_place = _renumbered(space_strata, places, "space_strata")
    of_step = _renumbered(time_strata, steps, "time_strata")
    hours = int(of_step.max()) + 1
    stratum = of_place[place].astype(np.int64) * hours + of_step[step]
    many = (int(of_place.max()) + 1) * hours
    left, right = np.zeros((places, many)), np.zeros((many, steps))
    np.add.at(left, (place, stratum), 1.0)
    np.add.at(right, (stratum, step), 1.0)
    right /= np.maximum(right.sum(axis=1, keepdims=True), 1.0)
    return Study(PERMUTATION, place, step, left, right, float(len(place)), 0.0, stratum)


def poisson_study(
    place: ArrayLike, step: ArrayLike, count: ArrayLike | None, expected: ArrayLike
) -> Study:
    """Compare cases with an expectation (places, steps) that is scaled to their number."""
    table = np.asarray(expected, np.float64)
    study = _against(POISSON, place, step, count, table)
    scaled = table * (len(study.place) / table.sum()) if len(study.place) else table
    return Study(POISSON, study.place, study.step, scaled, None, float(len(study.place)))


def expectation_study(
    place: ArrayLike, step: ArrayLike, count: ArrayLike | None, expected: ArrayLike
) -> Study:
    """Compare cases with an expectation (places, steps) as it is."""
    return _against(EXPECTATION, place, step, count, np.asarray(expected, np.float64))


def bernoulli_study(
    place: ArrayLike,
    step: ArrayLike,
    count: ArrayLike | None,
    controls: tuple[ArrayLike, ArrayLike, ArrayLike | None],
    *,
    places: int,
    steps: int,
) -> Study:
    """Compare cases with controls; `controls` are place, step and count like the cases."""
    at, when = _cases(place, step, count, places, steps)
    other, then = _cases(*controls, places, steps)
    people, moments = np.concatenate([at, other]), np.concatenate([when, then])
    if not len(other):
        raise BadInput("controls", "there is none; name the controls the cases stand among")
    share = len(at) / len(people)
    table = np.zeros((places, steps))
    np.add.at(table, (people, moments), share)
    return Study(
        BERNOULLI, at, when, table, None, float(len(at)), float(len(people)),
        people_place=people, people_step=moments,
    )  # fmt: skip


def _against(
    model: int,
    place: ArrayLike,
    step: ArrayLike,
    count: ArrayLike | None,
    table: NDArray[np.float64],
) -> Study:
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise BadInput("expected", "must be a table of numbers of at least 0, places by steps")
    if table.sum() <= 0:
        raise BadInput("expected", "nothing is expected anywhere; check the population")
    at, when = _cases(place, step, count, *table.shape)
    bare = table[at, when] <= 0
    if bare.any():
        k = int(np.argmax(bare))
        raise BadInput("expected", f"place {at[k]} has a case at step {when[k]}, where none can be")
    return Study(model, at, when, table, None, float(table.sum()))


def _renumbered(strata: ArrayLike | None, many: int, name: str) -> NDArray[np.intp]:
    if strata is None:
        return np.zeros(many, np.intp)
    found = np.unique(np.asarray(strata), return_inverse=True)[1].reshape(-1)
    if len(found) != many:
        raise BadInput(name, f"has {len(found)} entries for {many}; give one for each")
    return found.astype(np.intp)


def _cases(
    place: ArrayLike, step: ArrayLike, count: ArrayLike | None, places: int, steps: int
) -> tuple[Ints, Ints]:
    """Check cases and give one entry for each."""
    at, when = np.asarray(place, np.int32), np.asarray(step, np.int32)
    many = np.ones(len(at), np.int64) if count is None else np.asarray(count, np.int64)
    if not len(at) == len(when) == len(many):
        raise BadInput("cases", "place, step and count must be equally long")
    if (many < 0).any():
        raise BadInput("count", f"{many.min()} is negative; counts are 0 or more")
    if len(at) and (at.min() < 0 or at.max() >= places):
        raise BadInput("place", f"there are {places} places; an index is outside of them")
    if len(when) and (when.min() < 0 or when.max() >= steps):
        raise BadInput("step", f"there are {steps} steps; an index is outside of them")
    return np.repeat(at, many), np.repeat(when, many)
