"""What a measure did to the complaints: the days before it against the days after it.

The complaints of whole days before (O_b) and after (O_a) are two Poisson counts with exposures
E_b and E_a. Given their sum n, O_a is binomial with p = θ E_a / (θ E_a + E_b), where θ is the rate
ratio after : before; so the exact interval of Clopper and Pearson (1934) for p gives that of θ by
θ = p / (1 - p) · E_b / E_a (Przyborowski and Wilenski 1940; Lehmann and Romano, Testing Statistical
Hypotheses, 3rd ed., 4.5). It covers at least 95 %. R's `poisson.test` works the same, and the tests
compare with the example of its manual.

The exposure is what is usual on those days, so that a weekend behind a measure is no effect of it;
where less than one complaint a day is usual the days themselves are counted, because so few say
nothing of a weekday. It tells what went along with a measure, never that the measure did it.

Only days that were heard are compared; see `closing`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from operations.response.closing import usual_on

LONGEST_D = 7
"""So many days on either side at most: what lies further off is another story."""
LEAST_D = 3
"""Fewer whole days after a measure tell nothing yet."""
LEAST_USUAL = 1.0
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure that was begun: on which day, on which it was completed, None where it runs on."""

    number: int
    began: date
    done: date | None = None

    @property
    def last(self) -> date:
        """Give the day from which on all of it works."""
        return self.began if self.done is None else self.done


@dataclass(frozen=True, slots=True)
class Window:
    """The whole days of one side: complaints, how many are usual on them, how many days."""

    count: int = 0
    usual: float = 0.0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """What went along with a measure.

    `verdict` is early (too few days), unheard (too few of them are known), none (no complaint on
    either side), fewer, more or unclear (the interval holds 1). `ratio` is None where nothing came
    before, `high` where it has no upper end. `others` are the measures that were begun or completed
    on the same days.
    """

    number: int
    verdict: str
    before: Window
    after: Window
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    by_usual: bool = False
    others: tuple[int, ...] = ()


def effect(
    measure: Taken, taken: Sequence[Taken], counts: Mapping[date, int], opened: date, today: date
) -> Effect:
    """Compare the days after a measure with as many before it; `today` is not over yet.

    What lies between its beginning and its completion belongs to neither side.
    """
    length = min(LONGEST_D, (today - measure.last).days - 1)
    after = _heard(counts, measure.last, range(1, length + 1))
    before = _heard(counts, measure.began, range(-1, -LONGEST_D - 1, -1))
    before = before[: len(after) or LEAST_D][::-1]
    first, last = before[0] if before else measure.began, after[-1] if after else today
    others = _others(measure, taken, first, last)
    windows = _window(before, counts, opened), _window(after, counts, opened)
    if length < LEAST_D or min(len(before), len(after)) < LEAST_D:
        verdict = "early" if length < LEAST_D else "unheard"
        return Effect(measure.number, verdict, *windows, others=others)
    return _compared(measure.number, *windows, others)


def _compared(number: int, before: Window, after: Window, others: tuple[int, ...]) -> Effect:
    if before.count + after.count == 0:
        return Effect(number, "none", before, after, others=others)
    by_usual = min(before.usual / before.days, after.usual / after.days) >= LEAST_USUAL
    exposures = (before.usual, after.usual) if by_usual else (before.days, after.days)
    ratio, low, high = rate_ratio(after.count, before.count, exposures[1], exposures[0])
    verdict = "unclear"
    if high is not None and high < 1:
        verdict = "fewer"
    elif low > 1:
        verdict = "more"
    return Effect(number, verdict, before, after, ratio, low, high, by_usual, others)


def rate_ratio(
    first: int, second: int, exposure_first: float, exposure_second: float
) -> tuple[float | None, float, float | None]:
    """Give the ratio of two Poisson rates, first : second, with its exact 95 % interval.

    None for what has no end: of a second count of nothing.
    """
    from scipy.special import betaincinv  # noqa: PLC0415 - scipy takes a moment, and few ask for it

    tail = (1 - CONFIDENCE) / 2
    scale = exposure_second / exposure_first
    ratio = None if second == 0 else first / second * scale
    low = 0.0 if first == 0 else _odds(float(betaincinv(first, second + 1, tail))) * scale
    if second == 0:
        return ratio, low, None
    return ratio, low, _odds(float(betaincinv(first + 1, second, 1 - tail))) * scale


def _odds(share: float) -> float:
    return share / (1 - share)


def _window(days: Sequence[date], counts: Mapping[date, int], opened: date) -> Window:
    usual = sum(usual_on(counts, opened, day) for day in days)
    return Window(sum(counts[day] for day in days), usual, len(days))


def _heard(counts: Mapping[date, int], day: date, steps: Iterable[int]) -> list[date]:
    """Give those of the days around one that were heard."""
    found = (day + timedelta(days=one) for one in steps)
    return [one for one in found if one in counts]


def _others(measure: Taken, taken: Sequence[Taken], first: date, last: date) -> tuple[int, ...]:
    """Name the measures of which something happened on the days that are compared."""
    return tuple(
        one.number
        for one in taken
        if one.number != measure.number
        and any(first <= day <= last for day in (one.began, one.done) if day is not None)
    )
