"""How good today's places are, and how many tickets came late."""

from typing import Any

import pytest

from operations.detection.live.quality import Quality
from operations.tickets.fact import Fact
from tests.builders import NOW_US, fact

HOUR_US = 3_600_000_000
TODAY_US = NOW_US - 10 * HOUR_US


def placed(name: str, quality: str = "exact", hours: float = 0.0, **changes: Any) -> Fact:
    created_us = NOW_US + round(hours * HOUR_US)
    values = {"external_id": name, "geo_quality": quality, "created_us": created_us}
    return fact(**(values | changes))


def test_without_tickets_nothing_is_said() -> None:
    assert Quality(0).since(TODAY_US) == (0.0, 0.0, 0)


def test_shares_are_of_all_tickets_of_today() -> None:
    kept = Quality(NOW_US)
    qualities = ("exact", "street", "fallback", "district", "none")
    yesterday = placed("y", "fallback", -20)
    kept.fold((), [yesterday, *(placed(one, one, -1) for one in qualities)], NOW_US)
    assert kept.since(TODAY_US) == (0.2, 0.4, 0)


def test_a_place_found_later_is_no_longer_unknown() -> None:
    kept = Quality(0)
    lost = placed("1", "none")
    kept.fold((), [lost], NOW_US)
    kept.fold([lost], [lost._replace(geo_quality="exact")], NOW_US)
    assert kept.since(TODAY_US) == (0.0, 0.0, 0)


@pytest.mark.parametrize(("hours", "late"), [(-0.9, 0), (-1.1, 1), (-4.9, 1), (-5.1, 0)])
def test_late_is_what_came_an_hour_late_since_this_start(hours: float, late: int) -> None:
    kept = Quality(NOW_US - 5 * HOUR_US)
    kept.fold((), [placed("1", hours=hours)], NOW_US)
    assert kept.since(TODAY_US)[2] == late


def test_a_change_of_an_old_ticket_is_no_late_delivery() -> None:
    kept, one = Quality(0), placed("1", hours=-3)
    kept.fold([one], [one._replace(status="closed")], NOW_US)
    assert kept.since(TODAY_US)[2] == 0


def test_what_is_over_is_forgotten() -> None:
    kept = Quality(0)
    for day in range(30):
        now_us = NOW_US + day * 24 * HOUR_US
        kept.fold((), [placed(str(day), hours=day * 24 - 2)], now_us)
    assert len(kept._counts) <= 3
    assert len(kept._late) <= 3
