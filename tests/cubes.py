"""Random lives of tickets, delivered late, twice, out of order and corrected, and their sums."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from data_sources.cube_keeping import CubeKeeping
from operations.calendar import WorkCalendar
from operations.pulse.local_days import LocalDays
from operations.tickets.ticket import Callback, GeoQuality, Satisfaction, Status, Ticket
from tests.builders import NOW, ticket

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
DEPARTMENTS = ("water", "roads", None)
DISTRICTS = ("370681", "370602", None)
CATEGORIES = ("noise", "water", "噪音")


def local_days(zone: ZoneInfo = SHANGHAI) -> LocalDays:
    """Give the days of a city that works on weekdays from half past eight."""
    return LocalDays(zone, WorkCalendar().is_working_day, opens=time(8, 30), closes=time(17, 30))


def keeping(zone: ZoneInfo = SHANGHAI, kept_hours_d: int = 10_000) -> CubeKeeping:
    """Give what keeps the cubes of such a city."""
    return CubeKeeping(local_days(zone), kept_hours_d=kept_hours_d)


def any_state(dice: random.Random, number: int, now: datetime = NOW) -> Ticket:
    """Give a ticket in any state, of few callers, places and codes, so that they meet."""

    def moment(low_h: float, high_h: float) -> datetime:
        return now + timedelta(seconds=dice.randint(int(low_h * 3600), int(high_h * 3600)))

    def perhaps(value: object, chance: float = 0.6) -> object:
        return value if dice.random() < chance else None

    created = moment(-24 * 70, 0)
    callback = Callback(
        moment(-24 * 60, 5), dice.random() < 0.8, dice.choice([None, True, False]),
        dice.choice([None, *Satisfaction]),
    )  # fmt: skip
    dispatched = created + timedelta(minutes=dice.randint(1, 900))
    return ticket(
        external_id=f"T-{number}",
        created_at=created,
        updated_at=created + timedelta(hours=dice.randint(0, 500)),
        status=dice.choice([*Status, *[Status.CLOSED] * 9]),
        category=dice.choice(CATEGORIES),
        district=dice.choice(DISTRICTS),
        department=dice.choice(DEPARTMENTS),
        dispatched_at=perhaps(dispatched, 0.7),
        due_at=perhaps(moment(-24 * 60, 24 * 5), 0.8),
        closed_at=perhaps(created + timedelta(minutes=dice.randint(-100, 20_000))),
        replied_at=perhaps(created + timedelta(hours=dice.randint(0, 90))),
        callback=perhaps(callback, 0.5),
        reported_on_time=dice.choice([None, True, False]),
        returns=dice.choice([0, 0, 0, 1, 2]),
        reassignments=dice.choice([0, 0, 0, 1]),
        reopenings=dice.choice([0, 0, 1]),
        latitude=37.1 + dice.randint(0, 2) / 10,
        longitude=121.3,
        geo_quality=dice.choice([GeoQuality.EXACT, GeoQuality.STREET, GeoQuality.NONE]),
        caller_key=perhaps(f"caller-{dice.randint(0, 12)}"),
    )


def deliveries(dice: random.Random, tickets: int, times: int) -> Iterator[list[Ticket]]:
    """Give batches in which tickets come in any order, corrected again and again, some twice."""
    for _ in range(times):
        batch = [any_state(dice, dice.randint(1, tickets)) for _ in range(dice.randint(1, 30))]
        batch += [replace(one, updated_at=one.updated_at + timedelta(hours=1)) for one in batch[:2]]
        yield batch + batch[:1]
