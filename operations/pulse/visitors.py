"""What anyone may see of a picture: for walls that visitors stand before, and photograph."""

from hashlib import sha256
from typing import Any

Picture = dict[str, Any]

FOR_ANYONE = (
    *("totals", "volume", "categories", "districts", "towns", "channels", "cells"),
    "departments",
)
"""Sections of sums alone. What stands in no list here is left out, a new section too."""

OF_A_CLUSTER = (
    *("category", "name_zh", "name_en", "district", "district_zh", "district_en"),
    *("place_zh", "place_en", "extent", "latitude", "longitude", "radius_km"),
    *("callers", "tickets", "expected", "since", "newest", "p", "recurrence_d", "basis"),
    *("phase", "hours", "bulk"),
)
"""What anyone may see of a cluster: no alarm of it, and nobody whose plant or pipe it may be."""


def for_visitors(picture: Picture, least_callers: int) -> Picture:
    """Give what anyone may see of a picture: sums, and clusters of enough callers.

    No alarm, no single ticket that came in, no incident; a cluster of fewer than
    `least_callers` is left out and not counted either.
    """
    sections = {
        name: _of_section(name, section, least_callers)
        for name, section in picture["sections"].items()
    }
    return {**picture, "sections": sections}


def _of_section(name: str, section: dict[str, Any], least_callers: int) -> dict[str, Any]:
    if name in FOR_ANYONE:
        return section
    if name == "clusters":
        return section | {"data": _clusters(section["data"], least_callers)}
    return {"as_of": section["as_of"], "state": "off", "data": {"rows": []}}


def _clusters(data: dict[str, Any], least_callers: int) -> dict[str, Any]:
    shown = [row for row in data["rows"] if row["callers"] >= least_callers]
    return data | {"rows": [_cluster(row) for row in shown], "left_out": 0}


def _cluster(row: dict[str, Any]) -> dict[str, Any]:
    """Give a cluster under a name that leads nowhere, without its alarm."""
    name = sha256(str(row["id"]).encode()).hexdigest()[:12]
    hidden: dict[str, Any] = {
        "id": name,
        "severity": None,
        "alarm": None,
        "alarm_state": None,
        "zones": [],
    }
    return {key: row[key] for key in OF_A_CLUSTER} | hidden
