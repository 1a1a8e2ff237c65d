"""Where an incident is: its tickets as who asks may see them, and its cluster's outline."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from callbacks.desk import Desk
from operations.people.permissions import Act, Field, Subject
from operations.response.incident import Incident
from operations.response.ports_incident import Place

MOST_PLACES = 5_000
NEAR = 4
"""Decimals of a degree within which tickets are one point: some eleven metres."""
SHAPED = ("circle", "zone")


def places_of(head: Incident, sources: Any, desk: Desk) -> dict[str, Any]:
    """Give the map of an incident: what one may not look at is not even counted by place."""
    found: list[Place] = desk.beside(lambda: sources.incident_places.of(head.id, most=MOST_PLACES))
    seen = _seen(found, desk)
    placed = [one for one in seen if one.point is not None]
    basemap = sources.basemap
    return {
        "points": _points(placed),
        "unplaced": len(seen) - len(placed),
        "withheld": len(found) - len(seen),
        "outline": _outline(head, desk),
        "layers": [one for one in basemap.layers if one != "graticule"],
        "view": basemap.view,
    }


def _seen(found: Sequence[Place], desk: Desk) -> list[Place]:
    """Give the tickets who asks may look at; asked once for those that are alike."""

    @cache
    def may(field: Field, department: str | None, district: str | None, town: str | None) -> bool:
        return desk.allows(Act.LOOK, Subject(field, department, district, town))

    return [
        one
        for one in found
        if may(
            Field.CALLER if one.confidential else Field.TICKET,
            one.department, one.district, one.town,
        )
    ]  # fmt: skip


def _points(placed: Sequence[Place]) -> list[list[Any]]:
    """Give each point: latitude, longitude, how many tickets, and the last of them."""
    by_point: dict[tuple[float, float], list[Place]] = {}
    for one in placed:
        assert one.point is not None
        near = (round(one.point[0], NEAR), round(one.point[1], NEAR))
        by_point.setdefault(near, []).append(one)
    return [
        [*near, len(there), "/".join(there[0].ticket)] for near, there in sorted(by_point.items())
    ]


def _outline(head: Incident, desk: Desk) -> dict[str, float] | None:
    """Give the circle of its cluster, where it has one."""
    cluster = None if head.cluster is None else desk.book.cluster(head.cluster)
    if cluster is None or cluster.evidence.extent not in SHAPED:
        return None
    found = cluster.evidence
    return {
        "latitude": found.latitude, "longitude": found.longitude, "radius_km": found.radius_km,
    }  # fmt: skip
