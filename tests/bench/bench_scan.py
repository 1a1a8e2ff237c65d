"""How long a full scan takes, from cases to clusters with p-values of 999 replicates.

`python -m tests.bench.bench_scan [--runs 5] [--replications 999] [--threads 2]`

Made-up hotline years around a few towns, 3 % to 30 % of all places within 5 km of one. The
seconds are those of everything after the files are read: circles, tables, the observed
best, replicates, clusters. `cpu_s` is what both threads worked in all: half of it is what the
scan takes when nothing else wants the cores. `cpu_ms` is one core's time for one replicate.
"""

import argparse
import time

import numpy as np
from numpy.typing import NDArray

from operations.detection.scans.candidates import find_candidates
from operations.detection.scans.scan import prepare, scan, simulate
from operations.detection.scans.study import (
    Study,
    expectation_study,
    permutation_study,
    poisson_study,
)
from tests.bench.report import median, report

YEAR = 365
SIZES = ((200, 2_012), (1_000, 5_000), (2_000, 20_000))


def made_up(
    places: int, cases: int
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Make points, and the place and day of every case."""
    dice = np.random.default_rng(1)
    towns = np.column_stack([dice.uniform(37.38, 37.69, 8), dice.uniform(120.3, 120.85, 8)])
    town = dice.choice(8, places, p=dice.dirichlet(np.full(8, 3.0)))
    points = towns[town] + dice.normal(size=(places, 2)) * dice.uniform(0.006, 0.02, 8)[town, None]
    weight = dice.lognormal(0.0, 0.8, places)
    return (
        points,
        dice.choice(places, cases, p=weight / weight.sum()),
        dice.integers(0, YEAR, cases),
    )


def studies(places: int, cases: int) -> dict[str, tuple[Study, bool]]:
    """Give the studies of one size, and whether they are prospective."""
    _, place, day = made_up(places, cases)
    plain = permutation_study(place, day, places=places, steps=YEAR)
    weekdays = permutation_study(
        place, day, places=places, steps=YEAR, time_strata=np.arange(YEAR) % 7
    )
    table = np.outer(np.bincount(place, minlength=places) + 0.5, np.full(YEAR, 1 / YEAR))
    found = {
        "permutation": (plain, True),
        "permutation by weekday": (weekdays, True),
        "poisson": (poisson_study(place, day, None, table), True),
        "expectation": (expectation_study(place, day, None, table), True),
    }
    if places == 200:
        found["permutation, retrospective"] = (plain, False)
    return found


def measure(asked: argparse.Namespace, places: int, cases: int) -> list[dict[str, object]]:
    """Measure every study of one size."""
    points, _, _ = made_up(places, cases)
    rows: list[dict[str, object]] = []
    for name, (study, prospective) in studies(places, cases).items():
        took, worked = [], []
        circles = find_candidates(study.weights(), points, radius_km=5.0)
        prepared = prepare(study, circles, longest=30, prospective=prospective)
        simulate(prepared, 1, 0, 1)  # compiled
        for _ in range(asked.runs if prospective else 1):
            started, before = time.perf_counter(), time.process_time()
            candidates = find_candidates(study.weights(), points, radius_km=5.0)
            scan(
                study, candidates, longest=30, prospective=prospective,
                replications=asked.replications, threads=asked.threads,
            )  # fmt: skip
            took.append(time.perf_counter() - started)
            worked.append(time.process_time() - before)
        alone = time.thread_time()
        simulate(prepared, 1, 0, 20)
        rows.append(
            {
                "model": name,
                "places": places,
                "cases": cases,
                "within_5_km": round(float(np.diff(circles.circles.starts).mean())),
                "median_s": median(took),
                "best_s": min(took),
                "cpu_s": median(worked),
                "cpu_ms": (time.thread_time() - alone) / 20 * 1_000,
            }
        )
    return rows


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--replications", type=int, default=999)
    options.add_argument("--threads", type=int, default=2)
    asked = options.parse_args()
    report("scan", [row for size in SIZES for row in measure(asked, *size)])


if __name__ == "__main__":
    main()
