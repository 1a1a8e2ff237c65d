"""Whether a finding hangs on one choice: the same question for other radii and windows.

For a radius r around the found centre and a trailing window w that ends with the scan,
n(r, w) callers are observed. Their expected number is the finding's own, scaled by how the
same year divides over space and time:

    μ(r, w) = μ(r₀, w₀) · g(r) / g(r₀) · s(w) / s(w₀)

with g(r) the votes within r in all the time that was read (the margin over space of the space–time
permutation scan, Kulldorff and others 2005, PLoS Medicine 2(3) e59) and s(w) the sum of the
week's shape over the window. The statistic is the expectation-based Poisson log-likelihood ratio

    n ln(n/μ) − (n − μ) where n > μ, else 0

(Neill, Moore, Sabhnani & Daniel 2005, KDD; Kulldorff's own for a region small against the
whole). How rare a statistic is follows from the threshold a cluster has to pass to be raised,
which is set so that T_t days lie between two false alarms of the city:

    ln T(S) = ln T_t + (S − S_t) / b

with b from the finding's own recurrence interval, between ½ and 2, and 1, a likelihood ratio's
own tail, where that is beyond what can be told. The scan divides its statistic by an allowance
for over-dispersion; S_t is brought to this table's by the ratio of the two at the finding. All
of it is an estimate for comparing, not a new scan: no replicate is drawn.
"""

import math
from dataclasses import dataclass

import numpy as np

from operations.detection.evidence.course import UsualWeek
from operations.detection.evidence.reports import TOUCH_KM, Mask, Reals, Reports
from operations.pulse.windows import HOUR_US, Ints

RADII_KM = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
WINDOWS_H = (1.0, 3.0, 12.0, 24.0, 72.0, 168.0, 720.0)
LEAST_EXPECTED = 0.01
LONGEST_D = 1e6
TELLING_D = 1e8  # from here on the scan's recurrence interval says no more than that


@dataclass(frozen=True, slots=True, eq=False)
class Sensitivity:
    """The table: `radii_km` (7,), `windows_h` (7,); every matrix is (radii, windows).

    Of a finding that is no circle there is one row, its own shape. `found` is the place
    (radius, window) of the finding itself. Recurrence intervals are days, 0 where nothing is
    above what was expected.
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

    `statistic` and `threshold` are the scan's own; `raised_d` is how rare the threshold is,
    days between two false alarms of the whole city.
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
    raised_d: float
    shape: Mask | None = None  # (reports,), of a finding that is no circle


def sensitivity(found: Finding, reports: Reports, week: UsualWeek) -> Sensitivity | None:
    """Work out the table around a finding; None where the reports hold nothing of it.

    A window longer than what was read is cut to it.
    """
    found_h = max((found.end_us - found.start_us) / HOUR_US, 1 / 60)
    radii, here = around(RADII_KM, found.radius_km)
    if found.shape is not None:
        radii, here = np.array([found.radius_km]), 0
    windows, now = around(WINDOWS_H, found_h)
    starts = np.maximum(found.end_us - (windows * HOUR_US).astype(np.int64), reports.since_us)
    starts[now] = found.start_us
    observed, margin = _counts(found, reports, radii, starts)
    shares = (week.hours.shares(start, found.end_us) for start in starts.tolist())
    lengths = np.array([(week.usual * share).sum() for share in shares])
    if observed[here, now] == 0 or lengths[now] <= 0:
        return None
    share = np.outer(margin / margin[here], lengths / lengths[now])
    mu = np.maximum(found.expected * share, LEAST_EXPECTED)
    statistic = log_likelihood_ratio(observed, mu)
    recurrence = _recurrence(found, statistic, float(statistic[here, now]))
    recurrence[here, now] = min(found.recurrence_d, LONGEST_D)
    return Sensitivity(radii, windows, (here, now), observed, mu, statistic, recurrence)


def _recurrence(found: Finding, statistic: Reals, own: float) -> Reals:
    """Tell how rare each statistic is: days; `own` is the finding's by this table's formula."""
    threshold = found.threshold * own / found.statistic if found.statistic > 0 else own
    b = 1.0
    if own > threshold and found.raised_d < found.recurrence_d < TELLING_D:
        b = (own - threshold) / math.log(found.recurrence_d / found.raised_d)
    above = (statistic - threshold) / min(max(b, 0.5), 2.0)
    days = np.exp(np.minimum(math.log(found.raised_d) + above, math.log(LONGEST_D)))
    return np.asarray(np.where(statistic > 0, days, 0.0), np.float64)


def _counts(found: Finding, reports: Reports, radii: Reals, starts: Ints) -> tuple[Ints, Reals]:
    """Count votes (radii, windows), and those of all the time that was read (radii,)."""
    distance = reports.distance_km(found.latitude, found.longitude)
    times = reports.time_us
    observed = np.zeros((len(radii), len(starts)), np.int64)
    margin = np.zeros(len(radii))
    for row, radius in enumerate(radii.tolist()):
        near = distance <= radius + TOUCH_KM if found.shape is None else found.shape
        voted = times[near & reports.votes & (times <= found.end_us)]
        margin[row] = len(voted)
        observed[row] = len(voted) - np.searchsorted(voted, starts, side="left")
    return observed, margin
