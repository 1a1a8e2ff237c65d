"""The rate of false alarms is the one asked for."""

from tests.operations.detection.scans.null_days import RATE_D, false_alarms

DAYS = 800
SEEDS = (0, 1, 987_654_321)


def test_false_alarms_come_at_the_nominal_rate() -> None:
    # Binomial: 80 alarms with a standard deviation of 9. Four of them: right code fails once
    # in 16,000 runs. The full form, 20,000 days within a fifth for each seed, is
    # tests/bench/bench_calibration.py.
    days = DAYS * len(SEEDS)
    spread = (days / RATE_D * (1 - 1 / RATE_D)) ** 0.5
    alarms = sum(false_alarms(DAYS, seed) for seed in SEEDS)
    assert abs(alarms - days / RATE_D) < 4 * spread
