"""A cluster's course over time: what came in, against what its own past lets expect.

The shape of a week (168 local hours, mean 1) is taken from all reports around the cluster
before its window. Counts of single hours are too few to stand alone, so each is drawn towards
the product of its hour of the day and its day of the week, as if `PRIOR` reports had been
seen that way in every hour:

    f_hw = 168 (c_hw + PRIOR · 168 p_h q_w) / Σ (…)

The level is the area's own: its votes over the sum of f in the shortest of the last 2, 4, 8, 16
and 52 weeks that holds `ENOUGH` votes, so that a season that has begun is usual; else in all of
the past. What was abnormal is not usual: left out are hours in which a cluster like this one was
there, and days with more than m + 3 √m + 3 reports, m the median of the fifteen days around (of
ordinary days with Poisson counts fewer than one in five hundred; cf. the weights of Farrington
and others 1996). What is expected of an hour is level · f · the share of it that has passed. The
band is Farrington's, as in `operations/pulse/expected.py`, over as many weeks as the level rests
on, with φ Pearson's X²/df of the area's days in them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.evidence.local_hours import Hours, local_hours
from operations.detection.evidence.reports import Mask, Reals, Reports
from operations.pulse.expected import Outlook
from operations.pulse.windows import HOUR_US, WEEK_H, Ints

PRIOR = 1.0
MOST_POINTS = 200
MOST_HOURLY_H = 96  # a longer window is told by days
ENOUGH = 100
LEVEL_WEEKS = (2, 4, 8, 16, 52)
LEAST_PAST_H = 7 * 24  # with less of a past nothing is expected


@dataclass(frozen=True, slots=True, eq=False)
class UsualWeek:
    """What is usual around a cluster, hour by hour of all the time that was read.

    `past` (hours,) is how much of each hour may be learned from, `usual` (hours,) the week's
    shape laid over them.
    """

    since_us: int
    hours: Hours
    past: Reals
    usual: Reals


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Observed and expected by hour or day; arrays (points,), the window's end last.

    `step_h` is 1 or 24 and `start_us` says when each point begins. `observed` are votes of
    callers, `in_window` those of them inside the scan's window, so that their sum is the
    window's callers. `expected`, `low` and `high` are None where there is too little past.
    `past_us` says how long a past lies behind them.
    """

    step_h: int
    start_us: Ints
    observed: Ints
    in_window: Ints
    past_us: int
    expected: Reals | None = None
    expected_in_window: Reals | None = None
    low: Reals | None = None
    high: Reals | None = None


def week_shape(hours: Hours, counts: Ints, shares: Reals) -> Reals:
    """Give the week's shape, mean 1 over the 168 hours: (168,).

    `counts` (hours,) are reports of the hours, `shares` (hours,) how much of each belongs to
    the past. Hours of the week that were never seen stand at the product of the margins.
    """
    seen = np.bincount(hours.week_h, counts, WEEK_H).reshape(7, 24)
    weeks = np.bincount(hours.week_h, shares, WEEK_H).reshape(7, 24)
    by_hour = _margin(seen.sum(axis=0), weeks.sum(axis=0))
    by_day = _margin(seen.sum(axis=1), weeks.sum(axis=1))
    mean = seen.sum() / max(weeks.sum(), 1e-9)
    prior = np.outer(by_day, by_hour)
    shape = (seen + PRIOR * prior) / (weeks * max(mean, 1e-9) + PRIOR)
    return np.asarray((shape / shape.mean()).ravel(), np.float64)


def _margin(seen: Reals, weeks: Reals) -> Reals:
    """Give relative rates with mean 1, two reports of the mean rate added to each."""
    mean = max(seen.sum() / max(weeks.sum(), 1e-9), 1e-9)
    rates = (seen + 2.0) / (weeks * mean + 2.0)
    return np.asarray(rates / rates.mean(), np.float64)


def usual_week(
    reports: Reports,
    *,
    start_us: int,
    end_us: int,
    zone: ZoneInfo,
    abnormal: Sequence[tuple[int, int]] = (),
) -> UsualWeek:
    """Learn the week's shape from the reports before a window [start_us, end_us].

    `abnormal` are stretches of the past that are not to be learned from.
    """
    since_us = min(reports.since_us, start_us)
    hours = local_hours(since_us, end_us, zone)
    past = hours.shares(since_us, start_us) * ~hours.touching(abnormal)
    before = reports.time_us[(reports.time_us >= since_us) & (reports.time_us < start_us)]
    counts = hours.counts(before)
    past = past * ordinary(hours, counts, past)
    shape = week_shape(hours, counts * (past > 0), past)
    return UsualWeek(since_us, hours, past, shape[hours.week_h])


def course(votes_us: Ints, week: UsualWeek, *, start_us: int, end_us: int) -> Course:
    """Work out the course of an area from the times of its votes, sorted: (votes,)."""
    hours = week.hours
    votes = votes_us[(votes_us >= week.since_us) & (votes_us <= end_us)]
    observed, inside = hours.counts(votes), hours.counts(votes[votes >= start_us])
    past = week.past * ordinary(hours, observed - inside, week.past)
    past = past * _recent(hours, (observed - inside) * (past > 0), start_us)
    points, step_h = _points(hours, start_us, end_us)
    run = Course(
        step_h=step_h,
        start_us=hours.start_us[points],
        observed=_summed(observed, points).astype(np.int64),
        in_window=_summed(inside, points).astype(np.int64),
        past_us=round(float(past.sum()) * HOUR_US),
    )
    quiet = (observed - inside) * (past > 0)
    exposure = float((week.usual * past).sum())
    if past.sum() < LEAST_PAST_H or exposure <= 0:
        return run
    usual = week.usual * (float(quiet.sum()) / exposure)
    expected = _summed(usual * hours.shares(week.since_us, end_us), points)
    band = _band(expected, past, _dispersion(hours, quiet, usual * past))
    return replace(
        run,
        expected=expected,
        expected_in_window=_summed(usual * hours.shares(start_us, end_us), points),
        low=band.low(),
        high=band.high(),
    )


def ordinary(hours: Hours, counts: Ints, past: Reals) -> Mask:
    """Tell which hours lie in days of no more reports than the days around them: (hours,)."""
    days = hours.day_starts()
    totals = np.add.reduceat(counts * (past > 0), days)
    whole = np.add.reduceat(past, days) >= 12
    usual = np.ones(len(days), np.bool_)
    for day in np.flatnonzero(totals > 3).tolist():  # fewer are ordinary whatever is around
        near = slice(max(day - 7, 0), day + 8)
        middle = float(np.median(totals[near][whole[near]])) if whole[near].any() else 0.0
        usual[day] = totals[day] <= middle + 3 * np.sqrt(middle) + 3
    return np.repeat(usual, np.diff(days, append=len(counts)))


def _recent(hours: Hours, quiet: Ints, start_us: int) -> Mask:
    """Tell which hours are recent enough for the level: (hours,)."""
    for weeks in LEVEL_WEEKS:
        recent = hours.start_us[:-1] >= start_us - weeks * WEEK_H * HOUR_US
        if quiet[recent].sum() >= ENOUGH:
            return np.asarray(recent, np.bool_)
    return np.ones(len(quiet), np.bool_)


def _summed(values: Reals | Ints, points: Ints) -> Reals:
    """Add up hours from each point to the next: (points,)."""
    return np.asarray(np.add.reduceat(values[points[0] :], points - points[0]), np.float64)


def _points(hours: Hours, start_us: int, end_us: int) -> tuple[Ints, int]:
    """Choose where points begin: hours or local days, with some of the time before the window."""
    total = len(hours.week_h)
    window_h = max(int((end_us - start_us) // HOUR_US) + 1, 1)
    if window_h <= MOST_HOURLY_H:
        lead = min(max(48, 2 * window_h), MOST_POINTS - window_h - 2)
        return np.arange(max(total - window_h - lead, 0), total), 1
    days = hours.day_starts()
    lead_d = max(28, 2 * window_h // 24)
    return days[-min(window_h // 24 + 2 + lead_d, MOST_POINTS) :], 24


def _band(expected: Reals, past: Reals, phi: float) -> Outlook:
    weeks = max(int(past.sum()) // WEEK_H, 1)
    shape = expected.shape
    return Outlook(expected, np.full(shape, weeks), np.full(shape, phi))


def _dispersion(hours: Hours, quiet: Ints, expected: Reals) -> float:
    """Give φ of the days before the window, 1 at least and 5 at most."""
    days = hours.day_starts()
    seen, mean = np.add.reduceat(quiet, days), np.add.reduceat(expected, days)
    telling = mean > 0
    if telling.sum() < 8:
        return 1.0
    misfit = ((seen - mean)[telling] ** 2 / mean[telling]).sum() / (telling.sum() - 1)
    return float(np.clip(misfit, 1.0, 5.0))
