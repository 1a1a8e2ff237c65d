"""What the pages of a desk work with, and what they must be told before they are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from callbacks.maps import map_face
from callbacks.names import city_name
from layouts.evidence.face import EvidenceFace, Seen
from layouts.wording import Language
from operations.detection.distance import great_circle_km
from operations.people.permissions import Act, Field, Subject, may
from operations.people.person import signature
from operations.ports import TicketStream, Watchbook
from operations.pulse.sums import Period, Slice, Sums, Units

NEAR_KM = 8.0


class Dossiers(Protocol):
    """Looks at clusters."""

    def look(self, cluster: str) -> Any: ...

    def listed(self, now_us: int) -> Any: ...


class People(Protocol):
    """Knows who asks."""

    def who(self) -> Any: ...

    def beside(self, work: Callable[..., Any], *given: Any) -> Any: ...

    def now_us(self) -> int: ...

    def forget(self) -> None: ...

    def watch(self, dash: Any) -> None: ...


class Walls(Protocol):
    """Knows the walls, and does what an administrator says; waits beside the event loop."""

    def all(self) -> list[dict[str, Any]]: ...

    def let_in(self, told: dict[str, Any], actor: str) -> dict[str, Any]: ...

    def act(self, name: str, identity: str, told: dict[str, Any], actor: str) -> dict[str, Any]: ...


class Figures(Protocol):
    """What figures are made of, for any slice of the city; waits beside the event loop."""

    def moment(self) -> "Figures": ...

    def version(self, slice_: Slice) -> Any: ...

    def totals(self, slice_: Slice, period: Period) -> Sums: ...

    def by(self, axis: str, slice_: Slice, period: Period) -> dict[str, Sums]: ...

    def days(
        self, slice_: Slice, period: Period, units: Units = None
    ) -> list[tuple[date, Sums]]: ...

    def heard(self, period: Period) -> list[date]: ...

    def hours(self, slice_: Slice, period: Period) -> list[tuple[date, int, Sums]]: ...

    def corrections(self, slice_: Slice, period: Period, units: Units = None) -> list[Any]: ...

    def drawn(self, slice_: Slice, decided_by: str, draw: Callable[[], Any]) -> Any: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The evidence, the watchbook and the stream people act through, the city's time.

    `clock` tells the real time, which is another one while tickets are lived through again.
    `actor` is who acts where no other name is given. Whatever waits for the database in it
    waits beside the event loop. `people` knows who asks, where people sign in. `software` is the
    version of Lianxin that answers.
    """

    dossiers: Dossiers
    book: Watchbook
    stream: TicketStream
    now: Callable[[], datetime]
    actor: str
    people: People | None = None
    walls: Walls | None = None
    figures: Figures | None = None
    software: str = ""
    clock: Callable[[], datetime] | None = None
    in_thread: Callable[..., Any] = lambda work, *given: work(*given)

    def real_now(self) -> datetime:
        """Tell the real time."""
        return self.now() if self.clock is None else self.clock()

    def who(self) -> Any:
        """Give who asks (`person`, `account`, `session`, `unfinished`), None for nobody."""
        return None if self.people is None else self.people.who()

    def allows(self, act: Act, subject: Subject) -> bool:
        """Tell whether who asks may do something; everybody may where nobody signs in."""
        if self.people is None:
            return True
        who = self.people.who()
        return who is not None and may(who.person, act, subject)

    def signed_by(self, typed: str | None) -> dict[str, Any]:
        """Give who signs an act: the account where there is one, else the name typed."""
        who = self.who()
        if who is None:
            return {"actor": typed or self.actor, "verified": False}
        return {"actor": signature(who.person), "verified": True}

    def beside(self, work: Callable[..., Any], *given: Any) -> Any:
        """Do slow work beside the event loop."""
        if self.people is None:
            return self.in_thread(work, *given)
        return self.people.beside(work, *given)

    def now_us(self) -> int:
        """Tell the real time, which sessions live by."""
        assert self.people is not None
        return self.people.now_us()

    def forget(self) -> None:
        """Look up anew who asks at the next request."""
        assert self.people is not None
        self.people.forget()


def look(desk: Desk, cluster: str) -> Seen:
    """Look at a cluster."""
    found = desk.dossiers.look(cluster)
    return Seen(
        found.state,
        found.version,
        found.evidence,
        found.holders,
        found.alarm,
        found.alarm_lines,
    )


def face(
    sources: Any,
    desk: Desk,
    language: Language,
    *,
    around: tuple[float, float] | None = None,
    district: str | None = None,
) -> EvidenceFace:
    """Gather what a page about clusters must be told; `around` names what lies near a point.

    `district` is whose alarms the page acts on, None the whole city's.
    """
    reference, settings, who = sources.reference, sources.settings, desk.who()
    return EvidenceFace(
        language=language,
        city=city_name(reference),
        zone=reference.zone,
        now=desk.now(),
        map=map_face(sources, language),
        names=_names(sources, language),
        demo=settings.demo,
        actor=desk.actor if who is None else signature(who.person),
        verified=who is not None,
        may_act=desk.allows(Act.HANDLE, Subject(Field.AGGREGATE, district=district)),
        least_callers=settings.least_callers,
        outlines={one.code: _corners(one.outline) for one in reference.zones},
        marks=() if around is None else _marks(reference, around, language),
    )


def _names(sources: Any, language: Language) -> dict[str, dict[str, str]]:
    """Tell what every code is called that a page about clusters may show."""
    place = 1 if language == "en" else 0
    tables = {
        "category": sources.names.categories,
        "district": sources.names.districts,
        "department": sources.names.departments,
        "town": sources.names.towns,
    }
    told = {
        kind: {code: pair[place] for code, pair in table.items()} for kind, table in tables.items()
    }
    zones = {one.code: _told(one, language) for one in sources.reference.zones}
    return told | {"zone": zones}


def _told(one: Any, language: Language) -> str:
    english: str | None = one.name_en
    name: str = one.name_zh
    return english or name if language == "en" else name


def _corners(outline: Any) -> list[tuple[float, float]]:
    """Give a zone's outer corners as (latitude, longitude); of several parts the largest."""
    part = max(getattr(outline, "geoms", [outline]), key=lambda one: one.area)
    return [(y, x) for x, y in part.exterior.coords]


def _marks(
    reference: Any, around: tuple[float, float], language: Language
) -> tuple[tuple[str, float, float], ...]:
    """Name the estates of the zones and the towns near a point, estates first."""
    estates = [(place.name_zh, place) for zone in reference.zones for place in zone.places]
    towns = [(_told(one, language), one) for one in reference.towns if one.latitude is not None]
    return tuple(
        (name, place.latitude, place.longitude)
        for name, place in [*estates, *towns]
        if great_circle_km(place.latitude, place.longitude, *around) <= NEAR_KM
    )
