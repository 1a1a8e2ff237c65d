"""What the living city has told so far, and what it has to tell by now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np

from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.lives import Batch
from data_sources.feeds.demo_city.scenes import Scene
from data_sources.feeds.demo_city.schedule import FIRST_REQUESTED, SERIAL_STEP
from data_sources.feeds.demo_city.truth import Truth

OPENING = "opening"
LOOKS_AHEAD_S, LOOKS_BACK_S = 900, 1800
OPENING_AFTER_S = 75
SOMETHING = 5


@dataclass(slots=True)
class _Told:
    """A batch, until when it has been told (None: nothing of it yet), and whether it is a scene."""

    batch: Batch
    until: int | None
    is_scene: bool


class Chronicle:
    """The batches of a living city, each with the moment until which it has been told.

    What is told is the present state of every ticket to which something happened since. What
    was handed out but never reached the stream is handed out again (`told` says that it did).
    """

    def __init__(self, city: DemoCity, truth: Truth) -> None:
        self._city, self._truth = city, truth
        self._open: dict[str, _Told] = {}
        self._newest: date | None = None

    def open_day(self, day: date, *, told_until: datetime | None, now: datetime) -> None:
        """Take up a day, its scenes, and those asked for that began on it."""
        self._take_up(day.isoformat(), self._city.day(day), told_until, is_scene=False)
        again = self._city.told_again(day)
        self._take_up(f"{day.isoformat()}-again", again, told_until, is_scene=False)
        asked = [one for one in self._truth.asked_for() if self._day_of(one) == day]
        for scene in [*self._city.scenes_of_day(day), *asked]:
            self._plant(scene, told_until, now)
        self._newest = max(day, self._newest or day)

    def roll(self, now: datetime) -> None:
        """Take up every day that has begun since the newest one."""
        while self._newest is not None and self._newest < self._city.local_date(now):
            self.open_day(self._newest + timedelta(days=1), told_until=None, now=now)

    def play(self, kind: str, origin: str, start: datetime, now: datetime) -> Scene:
        """Plant a scene that was asked for."""
        day = self._city.local_date(start)
        before = sum(self._day_of(one) == day for one in self._truth.asked_for())
        scene = Scene(
            id=f"{day.isoformat()}-{origin}-{before}",
            kind=kind,
            origin=origin,
            start=int(start.timestamp()),
            serial=FIRST_REQUESTED + before * SERIAL_STEP,
        )
        self._plant(scene, None, now)
        return scene

    def open_with_something(self, now: datetime) -> Scene | None:
        """Plant a small scene where a newcomer would otherwise see nothing go on."""
        at = int(now.timestamp())
        for told in self._open.values():
            created = told.batch.births.created
            near = (created > at - LOOKS_BACK_S) & (created <= at + LOOKS_AHEAD_S)
            if told.is_scene and np.count_nonzero(near) >= SOMETHING:
                return None
        return self.play(OPENING, OPENING, now + timedelta(seconds=OPENING_AFTER_S), now)

    def due(self, now: datetime) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Give what has to be told by now, batch by batch; `told` is to follow each."""
        until = int(now.timestamp())
        for key, told in list(self._open.items()):
            batch, since = told.batch, told.until
            numbers = batch.alive(until) if since is None else batch.touched(since, until)
            if len(numbers):
                yield key, self._city.states(batch, numbers.tolist(), now)
            else:
                self.told(key, now)

    def told(self, key: str, now: datetime) -> None:
        """Note that a batch has been told until a moment; let go of it when it is over."""
        at = int(now.timestamp())
        told = self._open[key]
        told.until = at
        if told.batch.is_over(at):
            del self._open[key]

    def _plant(self, scene: Scene, told_until: datetime | None, now: datetime) -> None:
        batch = self._city.play(scene)
        self._truth.plant(self._city, scene, batch, now)
        self._take_up(scene.id, batch, told_until, is_scene=True)

    def _take_up(
        self, key: str, batch: Batch, told_until: datetime | None, *, is_scene: bool
    ) -> None:
        until = None if told_until is None else int(told_until.timestamp())
        self._open[key] = _Told(batch, until, is_scene)

    def _day_of(self, scene: Scene) -> date:
        return self._city.local_date(datetime.fromtimestamp(scene.start, UTC))
