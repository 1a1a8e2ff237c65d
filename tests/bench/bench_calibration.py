"""How often the scan raises an alarm on days when nothing is going on.

`python -m tests.bench.bench_calibration [--days 20000]`

One false alarm in 30 days is asked for; the realised rate must be within a fifth, whatever
seeds the caller passes. Fails when one is not.
"""

import argparse

from tests.bench.report import report
from tests.operations.detection.scans.null_days import RATE_D, false_alarms

SEEDS = (0, 1, 123_456_789)


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--days", type=int, default=20_000)
    asked = options.parse_args()
    rows: list[dict[str, object]] = []
    for seed in SEEDS:
        alarms = false_alarms(asked.days, seed)
        ratio = alarms / (asked.days / RATE_D)
        rows.append({"seed": seed, "days": asked.days, "alarms": alarms, "of_nominal": ratio})
    report("calibration", rows)
    assert all(0.8 <= float(str(row["of_nominal"])) <= 1.2 for row in rows), "outside of a fifth"


if __name__ == "__main__":
    main()
