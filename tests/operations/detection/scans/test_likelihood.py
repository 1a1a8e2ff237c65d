"""The published statistics, from their counts alone, and the laws the ratios keep."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.detection.scans.likelihood import (
    BERNOULLI,
    EXPECTATION,
    POISSON,
    bernoulli,
    expectation,
    expected_limit,
    log_likelihood_ratio,
    permutation,
    poisson,
)

# Cases, place total x window total, all cases, and the statistic SaTScan 10.3.2 prints.
PERMUTATION = {
    "New York fever, first": (4, 130, 194, 3.845418),
    "New York fever, second": (2, 32, 194, 3.164201),
    "New York fever, third": (2, 57, 194, 2.137259),
    "New York fever, fourth": (2, 88, 194, 1.427139),
    "New York fever at half, third": (5, 323, 194, 2.192250),
    "made-up year, first": (12, 1769, 2012, 20.273486),
    "made-up year, second": (3, 640, 2012, 4.051966),
    "made-up year, third": (5, 2640, 2012, 3.004453),
}
POISSON_ROUNDED = {  # New Mexico: cases, what was expected as printed, all cases, the statistic
    "retrospective, first": (236, 176.22, 1175, 10.979758),
    "retrospective, second": (16, 6.03, 1175, 5.684828),
    "retrospective, third": (13, 5.37, 1175, 3.884186),
    "prospective, first": (313, 252.84, 1175, 8.654067),
    "prospective, second": (23, 12.15, 1175, 3.875299),
}
HUMBERSIDE = {(4, 4): 4.836516, (5, 6): 3.712697, (3, 3): 3.609718}


@pytest.mark.parametrize("name", PERMUTATION)
def test_published_permutation_statistics(name: str) -> None:
    cases, product, total, published = PERMUTATION[name]
    assert permutation(cases, product / total, total) == pytest.approx(published, abs=1e-6)


@pytest.mark.parametrize("name", POISSON_ROUNDED)
def test_published_poisson_statistics_within_the_rounding_of_their_expectation(name: str) -> None:
    cases, expected, total, published = POISSON_ROUNDED[name]
    most, least = poisson(cases, expected - 0.005, total), poisson(cases, expected + 0.005, total)
    assert least <= published <= most
    assert most - least < 0.02


@pytest.mark.parametrize("counts", HUMBERSIDE)
def test_published_bernoulli_statistics(counts: tuple[int, int]) -> None:
    cases, people = counts
    assert bernoulli(cases, people, 62, 203) == pytest.approx(HUMBERSIDE[counts], abs=1e-6)


def test_expectation_based_ratio_is_that_of_two_poisson_likelihoods() -> None:
    # Poisson(6; 6) / Poisson(6; 2) = (6 / 2) ** 6 * exp(2 - 6)
    assert expectation(6, 2.0) == pytest.approx(2.591673732, abs=1e-9)


models = st.sampled_from([POISSON, BERNOULLI, EXPECTATION])


@settings(max_examples=100, deadline=None)
@given(models, st.integers(2, 60), st.floats(0.01, 50.0), st.floats(0.01, 5.0))
def test_ratio_rises_with_cases_and_falls_with_expectation(
    model: int, cases: int, expected: float, more: float
) -> None:
    total, everyone = 200.0, 500.0
    if model == BERNOULLI:  # so many people at least
        expected += (cases + 1) * total / everyone
    here = log_likelihood_ratio(model, cases, expected, total, everyone)
    assert here >= log_likelihood_ratio(model, cases, expected + more, total, everyone) - 1e-12
    assert here <= log_likelihood_ratio(model, cases + 1, expected, total, everyone) + 1e-12
    if cases <= expected:
        assert here == 0.0


@settings(max_examples=100, deadline=None)
@given(models, st.integers(2, 150), st.floats(0.0, 60.0))
def test_limit_parts_the_expectations_that_exceed_a_ratio(
    model: int, cases: int, ratio: float
) -> None:
    total, everyone = 200.0, 500.0
    limit = expected_limit(model, cases, ratio, total, everyone)
    above = limit * 1.000001
    assert log_likelihood_ratio(model, cases, above, total, everyone) <= ratio or (
        model == BERNOULLI and above < cases * total / everyone
    )
    if limit > 1e-6:
        below = limit * 0.999999
        assert log_likelihood_ratio(model, cases, below, total, everyone) >= ratio - 1e-3
