"""The file of truth: what was planted, where, when and as which tickets (`demo_truth.jsonl`)."""

import json
import math
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.scenes import Scene
from operations.places import KM_PER_DEGREE

FILE = "demo_truth.jsonl"


class Truth:
    """An append-only file, one scene a line, each scene once however often it is planted.

    It is also the memory of scenes that were asked for: they are planted again at a restart.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._scenes: dict[str, Scene] = {}
        for line in self._lines():
            scene = Scene(line["id"], line["kind"], line["origin"], line["start_s"], line["serial"])
            self._scenes[scene.id] = scene

    def asked_for(self) -> list[Scene]:
        """Give the scenes that no schedule would bring back."""
        return [scene for scene in self._scenes.values() if scene.origin != "schedule"]

    def plant(self, city: DemoCity, scene: Scene, batch: Batch, now: datetime) -> None:
        """Write a scene down, once."""
        if scene.id in self._scenes:
            return
        line = json.dumps(_account(city, scene, batch, now), ensure_ascii=False)
        with self._path.open("ab+") as file:
            file.seek(max(file.tell() - 1, 0))
            torn = file.read(1) not in (b"", b"\n")  # a line that a power cut broke off
            file.write((b"\n" if torn else b"") + line.encode() + b"\n")
        self._scenes[scene.id] = scene

    def _lines(self) -> list[dict[str, Any]]:
        """Read what is there; a last line cut off by a power cut does not count."""
        if not self._path.exists():
            return []
        lines = []
        for line in self._path.read_text("utf-8").splitlines():
            try:
                lines.append(json.loads(line))
            except json.JSONDecodeError:
                continue
        return lines


def _account(city: DemoCity, scene: Scene, batch: Batch, now: datetime) -> dict[str, Any]:
    plan, births, places = city.rates.scenes["kinds"][scene.kind], batch.births, city.places
    codes = list(city.rates.categories)
    where = sorted(set(births.place.tolist()))
    latitude = float(places.latitude[births.place].mean())
    longitude = float(places.longitude[births.place].mean())
    shrink = math.cos(math.radians(latitude))
    farthest = max(
        math.hypot(places.latitude[n] - latitude, (places.longitude[n] - longitude) * shrink)
        for n in where
    )
    return {
        "id": scene.id,
        "kind": scene.kind,
        "name_zh": plan["name_zh"],
        "name_en": plan["name_en"],
        "origin": scene.origin,
        "planted_at": now.isoformat(),
        "start": _iso(scene.start),
        "end": _iso(int(births.created.max())),
        "zone": plan.get("zone"),
        "districts": sorted({city.stage.districts[n] for n in births.district.tolist()}),
        "centre": [round(latitude, 5), round(longitude, 5)],
        "radius_km": round(farthest * KM_PER_DEGREE, 2),
        "places": [places.names[n] for n in where],
        "callers": len(set(births.caller.tolist())),
        "tickets": [
            {
                "external_id": batch.external_id(n),
                "created_at": _iso(at),
                "category": codes[category],
            }
            for n, (at, category) in enumerate(
                zip(births.created.tolist(), births.category.tolist(), strict=True)
            )
        ],
        "start_s": scene.start,
        "serial": scene.serial,
    }


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
