"""The compiled scan gives what its definition gives, on whatever small data."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from operations.detection.scans.candidates import Candidates, find_candidates
from operations.detection.scans.draws import draw_cases, room_for
from operations.detection.scans.scan import observe, prepare, simulate
from operations.detection.scans.streams import streams
from operations.detection.scans.study import (
    Study,
    bernoulli_study,
    expectation_study,
    permutation_study,
    poisson_study,
)
from tests.operations.detection.scans.plain_scan import margins, plain_bests, plain_circles

MODELS = ("permutation", "stratified", "poisson", "expectation", "bernoulli")


@dataclass
class Drawn:
    """A small study with its tables, and the candidates listed plainly."""

    study: Study
    candidates: Candidates
    expected: NDArray[np.float64]
    counts: NDArray[np.float64]
    lists: list[list[frozenset[int]]]
    longest: int
    prospective: bool

    def plain(self, model: str, counts: NDArray[np.float64]) -> NDArray[np.float64]:
        named = "poisson" if model in ("permutation", "stratified") else model
        return plain_bests(
            named, counts, self.expected, self.study.everyone, self.lists, self.longest,
            self.prospective,
        )  # fmt: skip


def table(draw: st.DrawFn, shape: tuple[int, int], most: int) -> NDArray[np.int64]:
    size = shape[0] * shape[1]
    cells = draw(st.lists(st.integers(0, most), min_size=size, max_size=size))
    return np.array(cells).reshape(shape)


@st.composite
def small_studies(draw: st.DrawFn, model: str) -> Drawn:
    places, steps = draw(st.integers(1, 7)), draw(st.integers(2, 6))
    at = draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=places, max_size=places)
    )
    points = np.array(at, float)  # often at the same point, often equally far
    counts = table(draw, (places, steps), 3)
    counts[draw(st.integers(0, places - 1)), draw(st.integers(0, steps - 1))] += 2
    place, step = np.nonzero(counts)
    many = counts[place, step]
    space, time = np.zeros(places, int), np.zeros(steps, int)
    if model == "stratified":
        space, time = np.arange(places) % 2, np.arange(steps) % 2
    if model in ("permutation", "stratified"):
        study = permutation_study(
            place, step, many, places=places, steps=steps, space_strata=space, time_strata=time
        )
        expected = margins(counts.astype(float), list(space), list(time))
    elif model == "bernoulli":
        others = table(draw, (places, steps), 2)
        others[0, 0] += 1
        p, s = np.nonzero(others)
        study = bernoulli_study(place, step, many, (p, s, others[p, s]), places=places, steps=steps)
        everyone = counts + others
        expected = everyone * (counts.sum() / everyone.sum())
    else:
        expected = 0.25 + table(draw, (places, steps), 8) / 4
        make = poisson_study if model == "poisson" else expectation_study
        study = make(place, step, many, expected)
        if model == "poisson":
            expected = expected * counts.sum() / expected.sum()
    radius = draw(st.sampled_from([0.0, 1.0, 1.5, 3.0, np.inf]))
    share = draw(st.sampled_from([0.3, 0.5, 1.0]))
    ties = draw(st.sampled_from(["together", "apart"]))
    member = st.integers(0, places - 1)
    shapes = draw(st.lists(st.lists(member, min_size=1, max_size=4), max_size=2))
    candidates = find_candidates(
        study.weights(), points, "cartesian", radius_km=radius, most_share=share, ties=ties,
        shapes=shapes,
    )  # fmt: skip
    weights = expected.sum(axis=1)
    lists = plain_circles(points, weights, radius, share * weights.sum(), ties)
    lists += [[frozenset(one)] for one in shapes]
    longest, prospective = draw(st.integers(1, steps)), draw(st.booleans())
    return Drawn(study, candidates, expected, counts.astype(float), lists, longest, prospective)


@pytest.mark.parametrize("model", MODELS)
def test_best_of_every_centre_and_shape(model: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(small_studies(model))
    def check(drawn: Drawn) -> None:
        prepared = prepare(
            drawn.study, drawn.candidates, longest=drawn.longest, prospective=drawn.prospective
        )
        assert observe(prepared).ratios == pytest.approx(drawn.plain(model, drawn.counts), abs=1e-9)

    check()


@pytest.mark.parametrize("model", MODELS)
def test_largest_of_every_replicate(model: str) -> None:
    @settings(max_examples=25, deadline=None)
    @given(small_studies(model), st.integers(0, 2**40))
    def check(drawn: Drawn, seed: int) -> None:
        prepared = prepare(
            drawn.study, drawn.candidates, longest=drawn.longest, prospective=drawn.prospective
        )
        steps, room = drawn.study.steps, room_for(prepared.draw)
        found = simulate(prepared, seed, 0, 4)
        for r, state in enumerate(streams(seed, 0, 4)):
            many = draw_cases(prepared.draw, state, room)
            counts = np.zeros_like(drawn.counts)
            where = drawn.candidates.active[room.place[:many]]
            np.add.at(counts, (where, steps - 1 - room.age[:many]), 1.0)
            assert found[r] == pytest.approx(drawn.plain(model, counts).max(initial=0.0), abs=1e-9)

    check()


@pytest.mark.parametrize(
    ("places", "steps", "longest", "mean"),
    [(12, 120, 70, 0.5), (5, 6, 4, 1500.0)],
    ids=["windows longer than one row of lanes", "counts beyond the tables and 16 bits"],
)
def test_large_tables(places: int, steps: int, longest: int, mean: float) -> None:
    dice = np.random.default_rng(places)
    counts = dice.poisson(mean, (places, steps))
    counts[:3, -3:] += dice.poisson(0.3 * mean + 0.5, (3, 3))
    place, step = np.nonzero(counts)
    study = permutation_study(place, step, counts[place, step], places=places, steps=steps)
    points, weights = dice.random((places, 2)), counts.sum(axis=1).astype(float)
    candidates = find_candidates(study.weights(), points, "cartesian")
    lists = plain_circles(points, weights, np.inf, 0.5 * weights.sum(), "together")
    expected = margins(counts.astype(float), [0] * places, [0] * steps)
    drawn = Drawn(study, candidates, expected, counts.astype(float), lists, longest, True)
    prepared = prepare(study, candidates, longest=longest)
    assert observe(prepared).ratios == pytest.approx(drawn.plain("permutation", counts), abs=1e-8)
    room = room_for(prepared.draw)
    found = simulate(prepared, 5, 0, 3)
    for r, state in enumerate(streams(5, 0, 3)):
        many = draw_cases(prepared.draw, state, room)
        one = np.zeros_like(expected)
        np.add.at(one, (candidates.active[room.place[:many]], steps - 1 - room.age[:many]), 1.0)
        assert found[r] == pytest.approx(drawn.plain("permutation", one).max(), abs=1e-8)
