"""Whether a finding hangs on one choice: the same question for other radii and windows.

For a radius r around the found centre and a trailing window w that ends with the scan,
n(r, w) callers are observed. Their expected number is the finding's own, scaled by how the
same year divides over space and time:

    μ(r, w) = μ(r₀, w₀) · g(r) / g(r₀) · s(w) / s(w₀)

with g(r) the votes within r in the whole time read (the margin over space of the space–time
permutation scan, Kulldorff and others 2005, PLoS Medicine 2(3) e59) and s(w) the sum of the
week's shape over the window. The statistic is the expectation-based Poisson log-likelihood ratio

    n ln(n/μ) − (n − μ) where n > μ, else 0

(Neill, Moore, Sabhnani & Daniel 2005, KDD; Kulldorff's own for a region small against the
whole). How rare a statistic is follows the tail that the finding itself shows: the logarithm of
the recurrence interval is a straight line through two points, the threshold the cluster had to
pass to be raised (`RAISED_D` days: the budget of alerts) and the finding,

    ln T(S) = ln T₀ + (S − S₀) / b,   b = (S₀ − S_t) / ln(T₀ / RAISED_D)

with b between ½ and 2 (a likelihood ratio's own tail has b = 1, taken where the finding is
beyond counting). That is an estimate for comparing, not a new scan: no replicate is drawn.
"""

import math
from dataclasses import dataclass

import numpy as np

from operations.detection.course import UsualWeek
from operations.detection.reports import TOUCH_KM, Reals, Reports, first_votes
from operations.pulse.windows import HOUR_US, Ints

RADII_KM = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
WINDOWS_H = (1.0, 3.0, 12.0, 24.0, 72.0, 168.0, 720.0)
LEAST_EXPECTED = 0.01
LONGEST_D = 1e6
RAISED_D = 7.0  # at most one false alarm a week for the whole city


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """The table: `radii_km` (7,), `windows_h` (7,); every matrix is (radii, windows).

    `found` is the place (radius, window) of the finding itself. Recurrence intervals are days.
    """

    radii_km: Reals
    windows_h: Reals
    found: tuple[int, int]
    observed: Ints
    expected: Reals
    statistic: Reals
    recurrence_d: Reals


def log_likelihood_ratio(observed: Reals | Ints, expected: Reals) -> Reals:
    """Give n ln(n/μ) − (n − μ) where n > μ, else 0."""
    n = np.asarray(observed, np.float64)
    mu = np.maximum(expected, LEAST_EXPECTED)
    ratio = np.maximum(n, mu) / mu
    return np.asarray(np.where(n > mu, n * np.log(ratio) - (n - mu), 0.0), np.float64)


def around(steps: tuple[float, ...], found: float) -> tuple[Reals, int]:
    """Put the found value in place of the step that is nearest by ratio, and keep the order."""
    values = np.array(steps)
    nearest = int(np.argmin(np.abs(np.log(values / max(found, values[0] / 10)))))
    values[nearest] = found
    values.sort()
    return values, int(np.searchsorted(values, found))


@dataclass(frozen=True, slots=True)
class Finding:
    """What the table stands around: the circle and window that were found, and what they gave.

    `statistic` and `threshold` are the scan's own.
    """

    latitude: float
    longitude: float
    radius_km: float
    start_us: int
    end_us: int
    expected: float
    recurrence_d: float
    statistic: float
    threshold: float


def sensitivity(found: Finding, reports: Reports, week: UsualWeek) -> Sensitivity | None:
    """Work out the table around a finding; None where the reports hold nothing of it.

    A window longer than what was read is cut to it.
    """
    found_h = max((found.end_us - found.start_us) / HOUR_US, 1 / 60)
    radii, here = around(RADII_KM, found.radius_km)
    windows, now = around(WINDOWS_H, found_h)
    starts = np.maximum(found.end_us - (windows * HOUR_US).astype(np.int64), reports.since_us)
    starts[now] = found.start_us
    observed, margin = _counts(found, reports, radii, starts)
    shares = (week.hours.shares(start, found.end_us) for start in starts.tolist())
    lengths = np.array([(week.usual * share).sum() for share in shares])
    if margin[here] == 0 or lengths[now] <= 0:
        return None
    share = np.outer(margin / margin[here], lengths / lengths[now])
    mu = np.maximum(found.expected * share, LEAST_EXPECTED)
    statistic = log_likelihood_ratio(observed, mu)
    recurrence = _recurrence(found, statistic, float(statistic[here, now]))
    return Sensitivity(radii, windows, (here, now), observed, mu, statistic, recurrence)


def _recurrence(found: Finding, statistic: Reals, own: float) -> Reals:
    """Tell how rare each statistic is: days; `own` is the finding's by this table's formula."""
    threshold = found.threshold * own / found.statistic if found.statistic > 0 else own
    known = math.isfinite(found.recurrence_d) and found.recurrence_d > RAISED_D
    if not known and own <= threshold:  # nothing to draw a line through
        start, at, b = min(found.recurrence_d, LONGEST_D), own, 1.0
    elif not known:
        start, at, b = RAISED_D, threshold, 1.0
    else:
        rise = math.log(found.recurrence_d / RAISED_D)
        b = min(max((own - threshold) / rise, 0.5), 2.0)
        start, at = found.recurrence_d, own
    logarithm = math.log(max(start, 1e-9)) + (statistic - at) / b
    return np.asarray(np.exp(np.minimum(logarithm, math.log(LONGEST_D))), np.float64)


def _counts(found: Finding, reports: Reports, radii: Reals, starts: Ints) -> tuple[Ints, Reals]:
    """Count callers (radii, windows), and the votes of all the time that was read (radii,)."""
    distance = reports.distance_km(found.latitude, found.longitude)
    observed = np.zeros((len(radii), len(starts)), np.int64)
    margin = np.zeros(len(radii))
    for row, radius in enumerate(radii.tolist()):
        near = distance <= radius + TOUCH_KM
        margin[row] = len(first_votes(reports, near, found.start_us, found.end_us))
        for column, start in enumerate(starts.tolist()):
            inside = near & (reports.time_us >= start) & (reports.time_us <= found.end_us)
            observed[row, column] = len(np.unique(reports.caller[inside]))
    return observed, margin
