"""What the pages about clusters must be told before they are drawn: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from layouts.face import MapFace, Name
from layouts.wording import Language, words

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EvidenceFace:
    """Who looks, where and when.

    `names` gives what each code of a kind (category, district, town, zone, department) is
    called; `outlines` a zone's corners as (latitude, longitude), `marks` named points the map
    may show. `actor` is the name an action is signed with unless another is typed; where it is
    `verified` it is an account's, and no other can be typed; `may_act` tells whether who looks may
    act on alarms here, `may_open` whether they may open an incident; `incident` is the id and
    number of the one that is open for the cluster.
    """

    language: Language
    city: Name
    zone: ZoneInfo
    now: datetime
    map: MapFace
    names: dict[str, dict[str, str]]
    demo: bool = False
    actor: str = ""
    verified: bool = False
    may_act: bool = True
    least_callers: int = 5
    outlines: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    marks: tuple[tuple[str, float, float], ...] = ()
    may_open: bool = False
    incident: tuple[str, str] | None = None

    @property
    def words(self) -> Mapping[str, str]:
        """Give every word in this page's language."""
        return words(self.language)

    def name(self, kind: str, code: str | None) -> str:
        """Give what a code is called; an unknown one is its own name, None has none."""
        return "" if code is None else self.names.get(kind, {}).get(code, code)


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at a cluster, as `api.dossiers.Look` gives it."""

    state: str
    version: str
    evidence: Data
    holders: tuple[tuple[str | None, int, int], ...]
    alarm: Data | None
    alarm_lines: tuple[Data, ...]
