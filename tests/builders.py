"""Data for tests: sensible values, of which a test changes only what matters to it."""

from datetime import UTC, datetime, timedelta
from typing import Any

from operations.tickets.fact import Fact
from operations.tickets.ticket import Channel, GeoQuality, Kind, Status, Ticket

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Ten in the morning in Yantai."""

NOW_US = int(NOW.timestamp()) * 1_000_000
LONGKOU = "370681"


def at(hours: float = 0, **more: float) -> datetime:
    """Give a time so many hours (days=, minutes=, seconds=) after `NOW`; negative: before."""
    return NOW + timedelta(hours=hours, **more)


def ticket(**changes: Any) -> Ticket:
    """Give an open ticket accepted in Longkou at `NOW`, changed as asked.

    `updated_at` and `received_at` follow `created_at` where they are not given.
    """
    created_at = changes.get("created_at", NOW)
    values: dict[str, Any] = {
        "source": "demo",
        "external_id": "T-1",
        "created_at": created_at,
        "updated_at": created_at,
        "received_at": changes.get("updated_at", created_at),
        "status": Status.ACCEPTED,
        "category": "water_quality",
        "kind": Kind.COMPLAINT,
        "channel": Channel.PHONE,
        "title": "自来水发黄",
        "text": "家里的自来水从昨天开始发黄。",
        "address": "龙口市南山街道",
        "district": LONGKOU,
        "latitude": 37.6461,
        "longitude": 120.4778,
        "geo_quality": GeoQuality.EXACT,
        "caller_key": "caller-1",
    }
    return Ticket(**(values | changes))


def fact(**changes: Any) -> Fact:
    """Give an open ticket as the running city counts it, changed as asked."""
    values: dict[str, Any] = {
        "source": "demo",
        "external_id": "T-1",
        "created_us": NOW_US,
        "dispatched_us": None,
        "due_us": None,
        "closed_us": None,
        "called_back_us": None,
        "status": Status.ACCEPTED.value,
        "urgent": False,
        "channel": "phone",
        "category": "water_quality",
        "district": LONGKOU,
        "town": None,
        "department": None,
        "cell": None,
        "caller": "caller-1",
        "resolved": None,
        "satisfied": None,
        "reported_on_time": None,
        "latitude": None,
        "longitude": None,
        "geo_quality": "none",
        "merged": False,
        "triage": "ordinary",
        "updated_us": changes.get("created_us", NOW_US),
        "reassignments": 0,
        "reopenings": 0,
        "repeats": False,
        "supervision": None,
        "ring": "town",
    }
    return Fact(**(values | changes))
