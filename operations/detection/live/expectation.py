"""How many reports of a category the whole city should make in each window that ends now.

    Λ(window) = rate · Σ shape(hour of week),    rate = (reports of four weeks + 1) / hours

The shape is that of all reports by hour of the week, times the category's own by hour of the
day, drawn towards the common one by as much as `SHAPE_PRIOR` reports are worth (an empirical
Bayes estimate: fifty reports tell little of twenty-four hours).
"""

from dataclasses import dataclass

import numpy as np

from operations.detection.live.windows import BINS, WINDOWS_H, Reals, Whole
from operations.pulse.windows import WEEK_H

RATE_D = 28
SHAPE_D = 56
SHAPE_PRIOR = 48.0
LAG_H = 24
"""The newest day does not speak of what is usual: an outbreak would excuse itself."""
TRIMMED = 0.04  # of the days: those of past events tell nothing of ordinary days
BUSY_PRIOR, LEAST_BUSY, MOST_BUSY = 50.0, 0.5, 3.0
_HOURS = np.array(WINDOWS_H, np.float64)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is usual of a category: reports an hour, the shape of its week, its over-dispersion.

    sums: (WEEK_H + 1,) the shape summed up from the start of the week (an hour of the city's
    clock since 1970-01-01 modulo a week), sums[WEEK_H] == WEEK_H. `hours` is how much past the
    rate rests on. `v` is the excess of the variance of daily counts per squared mean.
    """

    rate_h: float
    sums: Reals
    hours: float
    v: float = 0.0

    def windows(self, local_h: float) -> Reals:
        """Give Λ of every window that ends at an hour of the city's clock: (BINS,)."""
        return np.asarray(
            self.rate_h * (self._until(np.full(BINS, local_h)) - self._until(local_h - _HOURS))
        )

    def _until(self, local_h: Reals) -> Reals:
        weeks, within = np.divmod(local_h, WEEK_H)
        hour = np.minimum(within.astype(np.int64), WEEK_H - 1)
        step = self.sums[hour + 1] - self.sums[hour]
        return np.asarray(weeks * WEEK_H + self.sums[hour] + (within - hour) * step)


def expectation(own: Whole, everything: Whole, now_h: int, first_h: int) -> Expectation:
    """Learn what is usual from counts by hour of the city's clock.

    own, everything: (hours,) the category's and all reports, of the hours that end with hour
    `now_h`; `first_h` is the hour the city's first report came in.
    """
    hours = np.arange(now_h - len(own) + 1, now_h + 1)
    known = (hours >= first_h) & (hours <= now_h - LAG_H)
    if not known.any():  # no day is over yet: take what there is
        known = hours >= first_h
    recent = known & (hours > now_h - LAG_H - RATE_D * 24)
    span = max(1, int(recent.sum()))
    rate = (float(own[recent].sum()) + 1.0) / span
    shape = week_shape(own[known], everything[known], hours[known])
    return Expectation(
        rate_h=rate,
        sums=np.concatenate([[0.0], np.cumsum(shape)]),
        hours=float(span),
        v=over_dispersion(own[known], everything[known], shape, hours[known]),
    )


def week_shape(own: Whole, everything: Whole, hours: Whole) -> Reals:
    """Give the category's shape of the week, 1 on average: (WEEK_H,)."""
    of_week = hours % WEEK_H
    seen = np.bincount(of_week, minlength=WEEK_H)
    pooled = np.bincount(of_week, everything, WEEK_H) + everything.mean() + 1e-9
    pooled = pooled / (seen + 1)
    of_day = pooled.reshape(7, 24).sum(axis=0)
    usual = of_day / of_day.sum()
    mine = np.bincount(hours % 24, own, 24)
    drawn = (mine + SHAPE_PRIOR * usual) / (mine.sum() + SHAPE_PRIOR)
    shape = pooled * np.tile(drawn / usual, 7)
    return np.asarray(shape / shape.mean())


def over_dispersion(own: Whole, everything: Whole, shape: Reals, hours: Whole) -> float:
    """Tell by how much days differ more than a Poisson's would, per squared mean.

    A day is compared with its share of the week and with how busy the whole city was. Days far
    above (`TRIMMED` of them) are left out: they are what is to be detected.
    """
    days = len(own) // 24
    if days < 14 or not own[-days * 24 :].any():
        return 0.0
    by_day = own[-days * 24 :].reshape(days, 24).sum(axis=1)
    week = shape[hours[-days * 24 :] % WEEK_H].reshape(days, 24).sum(axis=1)
    busy = everything[-days * 24 :].reshape(days, 24).sum(axis=1) / week
    mean = week * np.where(busy > 0, busy / max(float(busy.mean()), 1e-9), 1.0)
    mean = mean * by_day.sum() / mean.sum()
    keep = np.argsort(by_day - mean)[: max(14, days - int(np.ceil(TRIMMED * days)))]
    seen, mu = by_day[keep], mean[keep] * by_day[keep].sum() / mean[keep].sum()
    excess = float(((seen - mu) ** 2 - mu).sum() / max((mu**2).sum(), 1e-9))
    return max(0.0, excess)


def busyness(usual: Expectation, everything: Whole, now_h: int, local_h: float) -> Reals:
    """Tell how many times its usual the whole city reports in each window: (BINS,).

    everything: (hours,) all reports by hour up to hour `now_h`, which runs until `local_h`.
    Drawn towards 1 by as much as `BUSY_PRIOR` reports are worth.
    """
    sums = np.concatenate([[0], np.cumsum(everything)])
    edges = np.arange(now_h - len(everything) + 1, now_h + 2, dtype=np.float64)
    edges[-1] = max(local_h, now_h + 1e-6)
    seen = sums[-1] - np.interp(local_h - _HOURS, edges, sums)
    busy = (BUSY_PRIOR + seen) / (BUSY_PRIOR + usual.windows(local_h))
    return np.asarray(np.clip(busy, LEAST_BUSY, MOST_BUSY))
