"""Planted outbreaks: how surely and how soon the watch finds them.

python -m tests.bench.bench_power [--runs 600] [--sizes 16 24 48]

A made-up hotline: 200 places, 11.1 tickets a day with weekday and hour effects, 395 days of
them; an outbreak zone of 8 neighbouring places with 0.43 of these a day. On the last day an
outbreak of so many tickets a day begins at 09:00, evenly in time. Budget: one false alarm in
365 days. Found on day 0 means a cluster with a ticket of the outbreak before midnight.
"""

import argparse
import time
from zoneinfo import ZoneInfo

import numpy as np

from operations.detection.live.budget import CLUSTERS, UNREHEARSED
from operations.detection.live.chores import warm_up
from operations.detection.live.watch import Watch
from operations.detection.live.windows import unit_vectors
from tests.bench.report import report
from tests.builders import fact

ZONE = ZoneInfo("Asia/Shanghai")
HOUR_US = 3_600_000_000
PLACES, PER_DAY, ZONE_PLACES, ZONE_PER_DAY = 200, 11.1, 8, 0.43
HISTORY_D, BEGINS_H = 395, 9
FIRST_US = 1_700_409_600_000_000  # 2023-11-20 00:00 in Yantai, a Monday
HOURS = np.array(
    [10, 7, 5, 4, 4, 6, 12, 25, 50, 70, 70, 65, 50, 50, 60, 65, 60, 55, 50, 50, 45, 35, 25, 17]
)
WEEK = np.array([1.15, 1.1, 1.08, 1.05, 1.05, 0.8, 0.77])


class City:
    """The places and rates of one made-up hotline."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.latitude = 37.37 + rng.random(PLACES) * 0.33
        self.longitude = 120.5 + rng.random(PLACES) * 0.3
        points = unit_vectors(self.latitude, self.longitude)
        centre = int(rng.integers(PLACES))
        self.zone = np.argsort(((points - points[centre]) ** 2).sum(axis=1))[:ZONE_PLACES]
        weights = rng.gamma(2.0, 1.0, PLACES)
        inside, share = np.isin(np.arange(PLACES), self.zone), ZONE_PER_DAY / PER_DAY
        weights[inside] *= share / weights[inside].sum()
        weights[~inside] *= (1 - share) / weights[~inside].sum()
        self.weights = weights

    def ordinary(self, days: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Draw the times (µs) and places of ordinary days."""
        hours = np.tile(WEEK / WEEK.mean(), days // 7 + 1)[:days, None] * HOURS / HOURS.sum()
        counts = rng.poisson(PER_DAY * hours.reshape(-1))
        of = np.repeat(np.arange(days * 24), counts)
        times = FIRST_US + of * HOUR_US + rng.integers(0, HOUR_US, len(of))
        return np.sort(times), rng.choice(PLACES, len(of), p=self.weights)

    def outbreak(self, size: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """Draw the times and places of an outbreak until midnight of its first day."""
        begins_us = FIRST_US + (HISTORY_D * 24 + BEGINS_H) * HOUR_US
        count = rng.poisson(size * (24 - BEGINS_H) / 24)
        times = begins_us + rng.integers(0, (24 - BEGINS_H) * HOUR_US, count)
        return np.sort(times), rng.choice(self.zone, count)

    def facts(self, name: str, times: np.ndarray, places: np.ndarray) -> list:
        """Make them tickets, each of a caller of its own."""
        return [
            fact(
                external_id=f"{name}-{n}",
                caller=f"{name}-{n}",
                created_us=int(at),
                latitude=float(self.latitude[place]),
                longitude=float(self.longitude[place]),
                geo_quality="exact",
            )
            for n, (at, place) in enumerate(zip(times, places, strict=True))
        ]


def hours_until_found(size: int, seed: int) -> float:
    """Live one city through one outbreak; give the hours until it was found, inf if it was not."""
    rng = np.random.default_rng([seed, size])
    city = City(rng)
    today_us = FIRST_US + HISTORY_D * 24 * HOUR_US
    ordinary = city.facts("o", *city.ordinary(HISTORY_D + 1, rng))
    watch = Watch(ZONE, alerts_per_week=7 / 365 * UNREHEARSED / CLUSTERS, seed=seed)
    watch.fold([], [one for one in ordinary if one.created_us < today_us])
    while watch.waiting or not any(one.is_ready for one in watch.registry.lookouts.values()):
        watch.look(today_us)
    chore = watch.chore(today_us)
    watch.answer(chore, chore.run(), today_us)
    today = [one for one in ordinary if one.created_us >= today_us]
    today += city.facts("planted", *city.outbreak(size, rng))
    for one in sorted(today, key=lambda one: one.created_us):
        watch.fold([], [one])
        watch.look(one.created_us)
        for cluster, _ in watch.living():
            if any(name.startswith("planted") for _, name in cluster.members):
                return (one.created_us - today_us) / HOUR_US - BEGINS_H
    return float("inf")


def main() -> None:
    """Live through many cities and report."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=600)
    asked.add_argument("--sizes", type=int, nargs="*", default=[16, 24, 48])
    given = asked.parse_args()
    warm_up()
    rows = []
    for size in given.sizes:
        started = time.perf_counter()
        found = np.array([hours_until_found(size, seed) for seed in range(given.runs)])
        power = float(np.isfinite(found).mean())
        rows.append(
            {
                "tickets a day": size,
                "runs": given.runs,
                "found on day 0": round(power, 3),
                "± (95 %)": round(1.96 * float(np.sqrt(power * (1 - power) / given.runs)), 3),
                "median hours": round(float(np.median(found)), 2),
                "seconds": round(time.perf_counter() - started),
            }
        )
    report("power", rows)


if __name__ == "__main__":
    main()
