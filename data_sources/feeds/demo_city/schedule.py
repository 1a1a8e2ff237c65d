"""Which scenes play by themselves on a day."""

from datetime import date
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.births import pick
from data_sources.feeds.demo_city.scenes import HOUR_S, MINUTE_S, Scene

SERIAL_STEP = 10_000
FIRST_SCHEDULED = 100_000
FIRST_REQUESTED = 300_000


def scheduled_scenes(day: date, midnight_s: int, scenes: dict[str, Any], seed: int) -> list[Scene]:
    """Draw the scenes of a day: the same for the same seed, whatever else happened."""
    rng = np.random.default_rng([seed, 3, day.toordinal()])
    schedule, kinds = scenes["schedule"], scenes["kinds"]
    names = [name for name, plan in kinds.items() if day.month in plan["months"]]
    chances = np.array([kinds[name]["chance"] for name in names], dtype=np.float64)
    planned = []
    for slot, (hour, share) in enumerate(zip(schedule["slots_h"], schedule["shares"], strict=True)):
        plays, late_min = rng.random() < share, rng.uniform(0, schedule["spread_min"])
        kind = names[int(pick(rng, chances, 1)[0])]
        start = midnight_s + round(hour * HOUR_S + late_min * MINUTE_S)
        if plays:
            planned.append(
                Scene(
                    id=f"{day.isoformat()}-{slot}",
                    kind=kind,
                    origin="schedule",
                    start=start,
                    serial=FIRST_SCHEDULED + slot * SERIAL_STEP,
                )
            )
    return planned
