"""The alarms on series worked out the slow and obvious way, one step of one series at a time."""

import math
import statistics

import numpy as np
from scipy import optimize, stats


def ears_bound(y, t, *, gap, alpha) -> float:
    past = [float(y[s]) for s in range(t - gap - 7, t - gap)]
    return statistics.mean(past) + stats.norm.isf(alpha) * statistics.stdev(past)


def c3_bound(y, t, alpha=0.025) -> float:
    def baseline(s):
        past = [float(y[u]) for u in range(s - 9, s - 2)]
        return statistics.mean(past), statistics.stdev(past)

    excess = 0.0
    for s in (t - 1, t - 2):
        mean, sd = baseline(s)
        excess += max(0.0, (y[s] - mean) / sd - 1)
    return max(0.0, float(y[t]) + baseline(t)[1] * (stats.norm.isf(alpha) - excess))


def cusum_alarms(y, first, last, k=1.04, h=2.26) -> list[bool]:
    m, total, alarms = statistics.mean(map(float, y[:first])), 0.0, []
    for t in range(first, last + 1):
        total = max(0.0, total + (y[t] - m) / math.sqrt(m) - k)
        alarms.append(total > h)
    return alarms


def season_of(places_on, frequency, half_window, levels) -> int:
    """Tell the season of a step that lies `places_on` steps after the judged one's place."""
    if places_on <= half_window or places_on >= frequency - half_window:
        return 0
    length, longer = divmod(frequency - 2 * half_window - 1, levels - 1)
    end, season = half_window + 1, 0
    while places_on >= end:
        season += 1
        end += length + (season <= longer)
    return season


def original_past(t, rule) -> tuple[list[int], list[int]]:
    past = [
        t - year * rule.frequency + off
        for year in range(1, rule.periods_back + 1)
        for off in range(-rule.half_window, rule.half_window + 1)
    ]
    past = [s for s in past if s >= 0]
    return past, [0] * len(past)


def flexible_past(t, rule) -> tuple[list[int], list[int]]:
    first = t - rule.periods_back * rule.frequency - rule.half_window
    past = list(range(max(0, first), t - rule.left_out))
    window, levels = rule.half_window, rule.levels
    return past, [season_of((s - t) % rule.frequency, rule.frequency, window, levels) for s in past]


class PlainFit:
    """A weighted Poisson regression by maximising the likelihood, with matrices."""

    def __init__(self, y, x, weights) -> None:
        def minus_log_likelihood(theta):
            return -float(np.sum(weights * (y * (x @ theta) - np.exp(x @ theta))))

        def gradient(theta):
            return -x.T @ (weights * (y - np.exp(x @ theta)))

        def hessian(theta):
            return x.T @ np.diag(weights * np.exp(x @ theta)) @ x

        start = np.linalg.lstsq(x, np.log(y + 0.5), rcond=None)[0]
        best = optimize.minimize(
            minus_log_likelihood,
            start,
            jac=gradient,
            hess=hessian,
            method="trust-exact",
            options={"gtol": 1e-9 * y.sum()},
        )
        self.theta = best.x
        self.mu = np.exp(x @ best.x)
        self.covariance = np.linalg.inv(hessian(best.x))
        self.freedom = len(y) - x.shape[1]
        self.pearson = float(np.sum(weights * (y - self.mu) ** 2 / self.mu)) / self.freedom
        self.phi = max(1.0, self.pearson)
        self.leverage = weights * self.mu * np.einsum("ij,jk,ik->i", x, self.covariance, x)
        self.weights = weights


def robust(y, x, threshold) -> PlainFit:
    first = PlainFit(y, x, np.ones(len(y)))
    s = [
        1.5 * (seen ** (2 / 3) - mu ** (2 / 3)) / (mu ** (1 / 6) * math.sqrt(first.phi * (1 - h)))
        for seen, mu, h in zip(y.tolist(), first.mu, first.leverage, strict=True)
    ]
    weights = np.array([one**-2 if one > threshold else 1.0 for one in s])
    return PlainFit(y, x, weights * len(y) / weights.sum())


def expectation(y, t, rule, past, *, relative) -> tuple[float, float, float]:
    """Give mean, φ and the variance of the mean's logarithm at step t."""
    places, levels = past
    seen = np.array([float(y[s]) for s in places])
    level = np.array([[float(one == season) for season in sorted(set(levels))] for one in levels])
    sloped = np.column_stack([level, np.array(places) - t])
    trend = robust(seen, sloped, rule.reweight_above)
    apart = (seen - trend.mu) ** 2 / (trend.mu**2 if relative else trend.mu)
    spread = float(np.sum(trend.weights * apart)) / trend.freedom
    ratio = abs(trend.theta[-1]) / math.sqrt(spread * trend.covariance[-1, -1])
    keep = 2 * stats.t.sf(ratio, trend.freedom) < rule.trend_p
    fitted = trend
    if not (keep and math.exp(trend.theta[0]) <= seen.max()):
        fitted = robust(seen, level, rule.reweight_above)
    return math.exp(fitted.theta[0]), fitted.phi, fitted.phi * fitted.covariance[0, 0]


def farrington_bound(y, t, rule) -> float:
    mu, phi, variance = expectation(y, t, rule, original_past(t, rule), relative=False)
    if sum(y[t - rule.least_over + 1 : t + 1]) < rule.least_cases:
        return 0.0
    z = stats.norm.isf(rule.alpha / 2)
    return mu * (1 + 2 / 3 * z * math.sqrt(phi * mu + variance * mu**2) / mu) ** 1.5


def flexible_bound(y, t, rule) -> float:
    mu, phi, _ = expectation(y, t, rule, flexible_past(t, rule), relative=True)
    if sum(y[t - rule.least_over + 1 : t + 1]) < rule.least_cases:
        return math.nan
    chances = stats.nbinom(mu / (phi - 1), 1 / phi) if phi > 1 else stats.poisson(mu)
    number, sum_of_chances = 0, chances.pmf(0)
    while sum_of_chances < 1 - rule.alpha:
        number += 1
        sum_of_chances += chances.pmf(number)
    return float(number)
