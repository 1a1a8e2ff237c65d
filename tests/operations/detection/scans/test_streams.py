"""The generator gives its published numbers, and its streams are apart."""

import numpy as np
import pytest

from operations.detection.scans.streams import below, next_number, poisson_count, streams, uniform
from operations.errors import BadInput


def test_generator_gives_its_published_numbers() -> None:
    state = np.array([1, 2, 3, 4], np.uint64)
    assert [int(next_number(state)) for _ in range(5)] == [
        41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205,
    ]  # fmt: skip


def test_jump_goes_the_same_way_as_single_steps() -> None:
    # A jump is a power of the step, so the two change places; a wrong constant would not.
    one = streams(3, 0, 2)
    moved = one[0].copy()
    for _ in range(5):
        next_number(moved)
    import operations.detection.scans.streams as module  # noqa: PLC0415

    after = module._jumped(moved, 1, 1)[0]
    for _ in range(5):
        next_number(one[1])
    assert np.array_equal(after, one[1])


def test_streams_do_not_hang_on_how_the_work_is_shared() -> None:
    whole = streams(11, 0, 50)
    assert np.array_equal(np.concatenate([streams(11, 0, 20), streams(11, 20, 30)]), whole)
    assert len({tuple(one) for one in whole}) == 50
    assert not np.array_equal(streams(12, 0, 50), whole)


@pytest.mark.parametrize("seed", [0, 1, 2**31, 2**77])
def test_any_seed_gives_even_numbers(seed: int) -> None:
    state = streams(seed, 0, 1)[0]
    drawn = np.array([below(state, 7) for _ in range(21_000)])
    counts = np.bincount(drawn, minlength=7)
    assert ((counts - 3000) ** 2 / 3000).sum() < 35  # chi-squared, 6 degrees: one in 200,000
    mean = np.mean([uniform(state) for _ in range(20_000)])
    assert abs(mean - 0.5) < 5 * (1 / 12 / 20_000) ** 0.5
    counts = np.array([poisson_count(state, 3.5) for _ in range(20_000)])
    assert abs(counts.mean() - 3.5) < 5 * (3.5 / 20_000) ** 0.5
    assert abs(counts.var() - 3.5) < 0.25


def test_negative_seed_is_refused() -> None:
    with pytest.raises(BadInput, match="seed"):
        streams(-1, 0, 1)
