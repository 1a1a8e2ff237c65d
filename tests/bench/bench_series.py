"""How long judging the newest day of many daily series takes, and how often an ordinary one alarms.

python -m tests.bench.bench_series                  # 400 series of two years
python -m tests.bench.bench_series --series 1000
"""

import argparse
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from operations.detection.counts.cusum import cusum
from operations.detection.counts.ears import C1, C2, ears, ears_c3
from operations.detection.counts.farrington import farrington, farrington_flexible
from operations.detection.counts.farrington_baseline import DAILY, Farrington
from operations.detection.counts.series import SeriesAlarms
from tests.bench.report import median, percentile, report

DAYS, A_DAY, PHI = 730, 4_700, 1.5
WEEKDAYS = np.array([1.15, 1.1, 1.05, 1.0, 1.0, 0.9, 0.8])
SUMMED_DAYS = 28
SAME_WEEKDAY = Farrington(frequency=7, periods_back=52, half_window=0, least_over=7)
TWO_YEARS = replace(DAILY, periods_back=102)
RARE = replace(DAILY, alpha=0.001)
Judge = Callable[[np.ndarray, np.ndarray], SeriesAlarms]
METHODS: dict[str, Judge] = {
    "EARS C1": lambda counts, steps: ears(counts, steps, C1),
    "EARS C2": lambda counts, steps: ears(counts, steps, C2),
    "EARS C3": ears_c3,
    f"CUSUM, summed for {SUMMED_DAYS} days": lambda counts, steps: cusum(
        counts, np.arange(steps[0] - SUMMED_DAYS + 1, steps[-1] + 1)
    ),
    "Farrington, same weekday, a year": lambda counts, steps: farrington(
        counts, steps, SAME_WEEKDAY
    ),
    "flexible Farrington, DAILY": lambda counts, steps: farrington_flexible(counts, steps, DAILY),
    "the same at alpha 0.001": lambda counts, steps: farrington_flexible(counts, steps, RARE),
    "the same over two years": lambda counts, steps: farrington_flexible(counts, steps, TWO_YEARS),
}


def ordinary_city(series: int, seed: int = 1) -> np.ndarray:
    """Draw daily counts of names large and small, with weekdays, spread out by φ."""
    dice = np.random.default_rng(seed)
    rates = A_DAY * dice.dirichlet(np.full(series, 0.3))[:, None]
    means = np.maximum(rates * WEEKDAYS[np.arange(DAYS) % 7], 1e-3)
    return dice.negative_binomial(means / (PHI - 1), 1 / PHI)


def measured(name: str, judge: Judge, counts: np.ndarray, runs: int) -> dict[str, object]:
    """Give the time of judging the newest day, and the share of alarms in the last 14 days."""
    took = []
    for _ in range(runs):
        started = time.perf_counter()
        judge(counts, np.array([DAYS - 1]))
        took.append((time.perf_counter() - started) * 1000)
    said = judge(counts, np.arange(DAYS - 14, DAYS))
    return {
        "method": name,
        "median_ms": median(took),
        "p95_ms": percentile(took, 0.95),
        "alarms_pct": 100 * float(said.alarm[:, -14:].mean()),
    }


def main() -> None:
    """Measure every method on one city."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=400)
    parser.add_argument("--runs", type=int, default=15)
    asked = parser.parse_args()
    counts = ordinary_city(asked.series)
    report(
        f"series_{asked.series}",
        [measured(name, judge, counts, asked.runs) for name, judge in METHODS.items()],
    )


if __name__ == "__main__":
    main()
