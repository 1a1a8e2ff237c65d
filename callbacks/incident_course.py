"""How an incident's complaints go: day by day, and what went along with each measure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from callbacks.desk import Desk
from layouts.incident_face import CourseFace, DayFace, EffectFace
from operations.response.closing import Day, course, days_back, led_up
from operations.response.course import Counted, counted, effects_of
from operations.response.effect import Effect
from operations.response.incident import Incident, Kind, Whole


@dataclass(frozen=True, slots=True)
class Course:
    """The days since the opening, how many of the last are back, and the effects of measures."""

    face: CourseFace = field(default_factory=CourseFace)
    back: int | None = None
    effects: Sequence[Effect] = ()
    told: Mapping[int, EffectFace] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Give it to programs."""
        days = [asdict(one) for one in self.face.days]
        return {"days": days, "effects": [asdict(one) for one in self.effects]}


def _counted(head: Incident, sources: Any, desk: Desk) -> Counted | None:
    if desk.figures is None:
        return None
    return counted(head, desk.figures, desk.now(), sources.reference.zone)


def back_at_baseline(head: Incident, sources: Any, desk: Desk) -> int | None:
    """Count the days the matter's complaints have been back at their baseline.

    None where it is not asked: before it is controlled, or where it is of no category.
    """
    if head.state != "controlled":
        return None
    found = _counted(head, sources, desk)
    if found is None:
        return None
    return days_back(course(found.counts, found.opened, found.today))


def course_of(whole: Whole, sources: Any, desk: Desk) -> Course:
    """Give the course of a matter, and what went along with its measures; read once for both."""
    found = _counted(whole.head, sources, desk)
    if found is None:
        return Course()
    days = course(found.counts, found.opened, found.today)
    back = days_back(days)
    measures = whole.of(Kind.MEASURE)
    effects = effects_of(measures, found, sources.reference.zone)
    titles = {one.number: str(one.body["title"]) for one in measures}
    before = led_up(found.counts, found.opened)
    return Course(
        CourseFace([day_face(one) for one in days], [day_face(one) for one in before], back),
        back if whole.head.state == "controlled" else None,
        effects,
        {one.number: effect_face(one, titles) for one in effects},
    )


def effect_face(one: Effect, titles: Mapping[int, str]) -> EffectFace:
    """Give an effect as a page takes it."""
    return EffectFace(
        verdict=one.verdict,
        before=(one.before.count, one.before.days),
        after=(one.after.count, one.after.days),
        ratio=one.ratio,
        low=one.low,
        high=one.high,
        by_usual=one.by_usual,
        others=[titles[number] for number in one.others],
    )


def day_face(day: Day) -> DayFace:
    """Give a day as a page takes it."""
    return DayFace(day.day.isoformat(), day.count, day.usual, day.bound, day.is_back, day.is_above)
