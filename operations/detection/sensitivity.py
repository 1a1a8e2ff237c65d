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
whole). The tail of its maximum falls by e for each unit, so that the recurrence interval is told
from the finding's own: T(r, w) = T₀ · exp(statistic(r, w) − statistic(r₀, w₀)). That is an estimate
for comparing, not a new scan: no replicate is drawn.
"""

from dataclasses import dataclass

import numpy as np

from operations.detection.course import Hours
from operations.detection.reports import TOUCH_KM, Reals, Reports, first_votes
from operations.pulse.windows import HOUR_US, Ints

RADII_KM = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0)
WINDOWS_H = (1.0, 3.0, 12.0, 24.0, 72.0, 168.0, 720.0)
LEAST_EXPECTED = 0.01
LONGEST_D = 1e6


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
    """What the table stands around: the circle and window that were found, and what they gave."""

    latitude: float
    longitude: float
    radius_km: float
    start_us: int
    end_us: int
    expected: float
    recurrence_d: float


def sensitivity(found: Finding, reports: Reports, hours: Hours, shape: Reals) -> Sensitivity | None:
    """Work out the table around a finding; None where the reports hold nothing of it.

    `hours` and `shape` are those of the course; a window longer than what was read is cut to it.
    """
    found_h = max((found.end_us - found.start_us) / HOUR_US, 1 / 60)
    radii, here = around(RADII_KM, found.radius_km)
    windows, now = around(WINDOWS_H, found_h)
    starts = np.maximum(found.end_us - (windows * HOUR_US).astype(np.int64), reports.since_us)
    starts[now] = found.start_us
    observed, margin = _counts(found, reports, radii, starts)
    usual = shape[hours.week_h]
    lengths = np.array(
        [(usual * hours.shares(start, found.end_us)).sum() for start in starts.tolist()]
    )
    if margin[here] == 0 or lengths[now] <= 0:
        return None
    share = np.outer(margin / margin[here], lengths / lengths[now])
    mu = np.maximum(found.expected * share, LEAST_EXPECTED)
    statistic = log_likelihood_ratio(observed, mu)
    above = np.minimum(statistic - statistic[here, now], 50.0)
    recurrence = np.minimum(min(found.recurrence_d, LONGEST_D) * np.exp(above), LONGEST_D)
    return Sensitivity(radii, windows, (here, now), observed, mu, statistic, recurrence)


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
