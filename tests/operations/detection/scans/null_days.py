"""Days on which nothing is going on, and how many of them raise an alarm all the same."""

from dataclasses import replace

import numpy as np

from operations.detection.scans.candidates import find_candidates
from operations.detection.scans.scan import observe, prepare, simulate
from operations.detection.scans.significance import p_value, recurrence_interval_d
from operations.detection.scans.study import permutation_study

RATE_D = 30.0  # one false alarm in so many days
REPLICATIONS = 149  # a p-value can then be exactly one in thirty


def false_alarms(days: int, seed: int) -> int:
    """Count alarms in so many days; the caller's seeds are `seed`, `seed` + 1 and so on."""
    dice = np.random.default_rng([seed, days])
    place, step = dice.integers(0, 15, 200), dice.integers(0, 90, 200)
    study = permutation_study(place, step, places=15, steps=90)
    candidates = find_candidates(study.weights(), dice.random((15, 2)), "cartesian")
    prepared, alarms = prepare(study, candidates, longest=7), 0
    for day in range(days):
        today = replace(prepared, study=replace(study, step=dice.permutation(study.step)))
        largest = float(observe(today).ratios.max())
        maxima = simulate(prepared, seed + day, 0, REPLICATIONS)
        alarms += recurrence_interval_d(p_value(largest, maxima).p) >= RATE_D
    return alarms
