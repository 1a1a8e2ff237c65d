"""Where a poll had come to, kept in the data folder across restarts."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """How far one server was read.

    Everything up to `upto` was taken once, None before the first time. `again` is the day back
    that is read again next. `by_update` is False once the server has shown that it does not look
    at when requests were updated.
    """

    upto: datetime | None = None
    again: int = 0
    by_update: bool = True


class PlaceFile:
    """Keeps a place; a crash leaves the old one or the new one."""

    def __init__(self, folder: Path, url: str, mapping: str) -> None:
        digest = blake2b(f"{url}\n{mapping}".encode(), digest_size=8).hexdigest()
        self._file = folder / f"open311-{digest}.json"

    def read(self) -> Place:
        """Give the kept place, the very beginning where there is none."""
        try:
            kept = json.loads(self._file.read_text("utf-8"))
            upto = kept["upto"]
            at = None if upto is None else datetime.fromisoformat(upto)
            return Place(at, int(kept["again"]), bool(kept["by_update"]))
        except (OSError, ValueError, TypeError, KeyError):
            return Place()

    def write(self, place: Place) -> None:
        """Keep a place."""
        upto = None if place.upto is None else place.upto.isoformat()
        kept = {"upto": upto, "again": place.again, "by_update": place.by_update}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(kept), "utf-8")
        new.replace(self._file)
