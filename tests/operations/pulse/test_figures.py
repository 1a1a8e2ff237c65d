"""The figures: worked out of sums, written down once, and the same in code and document."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from operations.pulse.durations import BOUNDS_MIN, bucket_of, merged, middle_min, quantile_min
from operations.pulse.figure import Better, Unit, Value
from operations.pulse.figures import FIGURE, FIGURES
from operations.pulse.score import Band, score
from operations.pulse.sums import COUNTERS, Sums, added

DOCUMENT = (Path(__file__).parents[3] / "docs" / "figures.md").read_text("utf-8")


def sums(clock=None, working=None, **counts):
    return Sums(tuple(counts.get(name, 0) for name in COUNTERS), clock or {}, working or {})


def test_document_lists_the_figures_as_the_code_does():
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in DOCUMENT.partition("| code | 名称 |")[2].splitlines()[2:]
    ]
    listed = rows[: next(number for number, row in enumerate(rows) if len(row) < 7)]
    assert listed == [
        [f"`{one.code}`", one.zh, one.en, one.event, denominator(one), numerator(one), one.better]
        for one in FIGURES
    ]


def denominator(figure):
    if figure.measure:
        return "handled"
    if figure.parts:
        return "the smallest"
    told = f" (if any `{figure.told_by}`)" if figure.told_by else ""
    return figure.of + told if figure.good else ""


def numerator(figure):
    if figure.measure:
        return f"{figure.measure} {figure.share:g}"
    if figure.parts:
        return "mean of " + ", ".join(part.code for part in figure.parts)
    return ("n − " if figure.rest else "") + (figure.good or figure.of)


def test_document_says_each_definition_in_the_same_words():
    said = re.findall(r"^- `(\w+)` (.*)$", DOCUMENT, re.MULTILINE)
    assert said == [(one.code, f"{one.zh}:{one.means_zh} {one.means_en}") for one in FIGURES]


def test_document_tells_of_every_counter_and_no_other():
    table = DOCUMENT.partition("| counter | counts tickets |")[2]
    named = re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]*)\|", table, re.MULTILINE)))
    assert named == list(COUNTERS)


def test_every_figure_is_made_of_counters_there_are():
    assert len(FIGURE) == len(FIGURES)
    for figure in FIGURES:
        used = {figure.of, figure.good, figure.told_by} - {""}
        assert used <= set(COUNTERS)
        assert used or figure.measure in ("clock", "working") or set(figure.parts) <= set(FIGURES)
        assert (figure.unit is Unit.TICKETS) == (figure.better is Better.NEITHER)
        assert figure.means_zh.endswith("。")
        assert figure.means_en.endswith(".")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: one.code)
def test_without_tickets_a_rate_has_no_value(figure):
    value = figure.value(Sums())
    assert value == (Value(0, 0) if figure.unit is Unit.TICKETS else Value(None, 0))


def test_rates_are_shares_of_their_own_denominators():
    told = sums(
        due=8, on_time=6, targets=10, flagged=9, flagged_on_time=7, dispatched=4, misdirected=1
    )
    assert FIGURE["on_time_rate"].value(told) == (0.75, 8)
    assert FIGURE["source_on_time_rate"].value(told) == (0.7, 10)
    assert FIGURE["first_right_rate"].value(told) == (0.75, 4)


def test_compliance_is_the_mean_of_the_duties_that_were_measured():
    told = sums(
        dispatched=10,
        returned=1,
        returns_refused=0,
        handled=8,
        by_first=6,
        lasting=4,
        callbacks=5,
        served=2,
    )
    codes = ("taken_rate", "by_first_rate", "lasting_rate", "served_rate")
    assert [FIGURE[code].value(told).value for code in codes] == [0.9, 0.75, 0.5, 0.4]
    assert FIGURE["compliance"].value(told) == (0.6375, 5)
    assert FIGURE["compliance"].value(sums(dispatched=10, returned=1)) == (0.9, 10)
    assert FIGURE["compliance"].unit is Unit.SHARE


def test_a_source_that_does_not_tell_has_no_rate():
    assert FIGURE["source_on_time_rate"].value(sums(targets=5)) == (None, 0)
    assert FIGURE["response_rate"].value(sums(valid=5)) == (None, 0)


def test_sums_add_up_in_any_order():
    one = sums(opened=3, clock={5: 2, 9: 1})
    two = sums(opened=4, due=1, clock={9: -1, 5: 1}, working={1: 1})
    both = sums(opened=7, due=1, clock={5: 3}, working={1: 1})
    assert one + two == two + one == added([one, two]) == both
    assert added([]) == Sums()


def test_buckets_are_whole_minutes_first_and_five_percent_then():
    assert BOUNDS_MIN[:32] == (*range(31), 32)
    for low, high in pairwise(BOUNDS_MIN[30:]):
        assert 1.015 < high / low < 1.07
    assert bucket_of([0, 1, 31, 10**9]).tolist() == [0, 1, 30, len(BOUNDS_MIN) - 1]


@pytest.mark.parametrize("minutes", [1, 19, 47, 700, 10_080, 500_000])
def test_a_bucket_stands_within_its_resolution(minutes):
    told = middle_min(int(bucket_of([minutes])[0]))
    assert abs(told - minutes) <= max(0.5, 0.035 * minutes)


def test_quantiles_are_nearest_ranks():
    histogram = {1: 4, 2: 4, 7: 2}
    ranks = [1] * 4 + [2] * 4 + [7] * 2
    for share in (0.1, 0.5, 0.8, 0.9, 1.0):
        assert quantile_min(histogram, share) == ranks[max(1, -(-int(share * 10) // 1)) - 1]
    assert quantile_min({}, 0.5) is None
    assert merged([{1: 2}, {1: -2, 3: 1}]) == {3: 1}


TARGETS = {"on_time_rate": 0.9, "solved_rate": 0.8, "return_rate": 0.05}


def test_score_is_the_mean_of_actual_to_target():
    now = sums(due=100, on_time=90, answers=10, solved=4, dispatched=100, returned=5)
    before = sums(due=100, on_time=45, answers=10, solved=8, dispatched=100, returned=5)
    found = score(now, before, TARGETS)
    assert found.value == pytest.approx((1 + 0.5 + 1) / 3)
    assert found.before == pytest.approx((0.5 + 1 + 1) / 3)
    assert sum(part.contribution for part in found.parts) == pytest.approx(found.value - 1)
    assert [part.figure.code for part in found.parts][2] == "return_rate"
    moved = {part.figure.code: part.change for part in found.parts}
    assert moved["on_time_rate"] == pytest.approx(0.5 / 3)
    assert moved["solved_rate"] == pytest.approx(-0.5 / 3)


def test_score_turns_round_what_should_be_low_and_is_bounded():
    assert score(sums(dispatched=100, returned=10), Sums(), TARGETS).value == 0.5
    assert score(sums(dispatched=100), Sums(), TARGETS).value == 2.0
    nothing = score(Sums(), Sums(), TARGETS)
    assert (nothing.value, nothing.band, nothing.parts) == (None, None, ())


@pytest.mark.parametrize(
    ("on_time", "band"), [(95, Band.A), (90, Band.A), (89, Band.B), (81, Band.B), (80, Band.C)]
)
def test_bands_tell_a_score_without_a_rank(on_time, band):
    assert score(sums(due=100, on_time=on_time), Sums(), {"on_time_rate": 0.9}).band is band
