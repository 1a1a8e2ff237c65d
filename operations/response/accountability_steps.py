"""The steps of accountability (递进问责), lowest first: what each asks, and what must stand before.

A city names them in `accountability.toml`; the shipped names are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from operations.errors import BadInput

MOST_STEPS = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `asks_*` is what its paper demands.

    `needs_earlier`: the step before it, or a higher one, has to stand for the same department.
    It stands `stands_d` days from the day it was issued; the department may appeal for `appeal_d`.
    """

    code: str
    name_zh: str
    name_en: str
    asks_zh: str
    asks_en: str
    needs_earlier: bool = True
    stands_d: int = 180
    appeal_d: int = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """That a paper of some step stands for a department."""

    paper: str
    step: str
    issued_at: datetime
    until: datetime


class Steps:
    """The steps of a city, in their order."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.all = tuple(steps)
        self._place = {one.code: place for place, one in enumerate(self.all)}

    def of(self, code: str) -> Step:
        """Give a step; raises BadInput for one the city does not have."""
        if code not in self._place:
            raise BadInput("step", f"one of {', '.join(self._place)}")
        return self.all[self._place[code]]

    def below(self, code: str) -> tuple[Step, ...]:
        """Give the steps below one, the lowest first."""
        return self.all[: self._place.get(code, 0)]

    def refuse_skipped(self, code: str, standing: Sequence[Standing], now: datetime) -> None:
        """Raise BadInput where a step may not be taken: the one before it does not stand."""
        step, place = self.of(code), self._place[code]
        if not step.needs_earlier or place == 0:
            return
        found = [
            one
            for one in standing
            if self._place.get(one.step, -1) >= place - 1 and one.issued_at <= now < one.until
        ]
        if not found:
            before = self.all[place - 1].code
            raise BadInput("step", f"{code} follows {before}, which does not stand for it now")

    def until(self, code: str, issued_at: datetime) -> datetime:
        """Tell until when a paper of a step stands."""
        return issued_at + timedelta(days=self.of(code).stands_d)

    def appeal_until(self, code: str, issued_at: datetime) -> datetime:
        """Tell until when a department may appeal against it."""
        return issued_at + timedelta(days=self.of(code).appeal_d)
