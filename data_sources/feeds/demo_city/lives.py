"""The lives of a batch of tickets, and the state each is in at any moment."""

from dataclasses import dataclass, field

import numpy as np

from data_sources.feeds.demo_city.births import Births
from data_sources.feeds.demo_city.course import Course, Event
from data_sources.feeds.demo_city.rates import Ints
from data_sources.feeds.demo_city.twins import Retold


@dataclass(slots=True)
class State:
    """How far one ticket has come; times in seconds since 1970, departments by number.

    `asked`: the departments that had it before the present one, oldest first.
    """

    event: int = Event.ACCEPTED
    updated: int = 0
    due: int | None = None
    first_due: int | None = None
    dispatched: int | None = None
    signed: int | None = None
    replied: int | None = None
    closed: int | None = None
    department: int | None = None
    asked: list[int] = field(default_factory=list)
    returns: int = 0
    reassignments: int = 0
    extensions: int = 0
    reopenings: int = 0
    called: int | None = None
    answer: int = 0

    def live_through(self, at: int, event: int, value: int, due: int) -> None:
        """Take one event."""
        self.updated = at
        if event == Event.CALLED_BACK:  # the ticket stays closed
            self.called, self.answer = at, value
            return
        if event == Event.EXTENDED:  # and stays in whoever's hands it is
            self.due, self.extensions = value, self.extensions + 1
            return
        self.event = event
        if event == Event.DISPATCHED:
            self._hand_to(at, value, due)
        elif event == Event.SIGNED:
            self.signed = at
        elif event == Event.RETURNED:
            self.returns += 1
            self.department, self.signed = None, None
        elif event == Event.REPLIED:
            self.replied = at
        elif event in (Event.CLOSED, Event.WITHDRAWN):
            self.closed = at
        elif event == Event.REOPENED:
            self.due, self.reopenings = value, self.reopenings + 1
            self.replied, self.closed = None, None

    def _hand_to(self, at: int, department: int, due: int) -> None:
        if self.asked and self.asked[-1] != department:
            self.reassignments += 1
        self.asked.append(department)
        self.dispatched, self.department = at, department
        if self.first_due is None:
            self.due = self.first_due = due


class Batch:
    """Tickets that were born together: a day's, or a scene's.

    `name` is the middle of their numbers, `serial` the first of them. `words` replaces what
    their callers would usually say; `retold` are matters that others told before.
    """

    def __init__(
        self,
        name: str,
        births: Births,
        course: Course,
        *,
        serial: int = 1,
        words: tuple[str, ...] = (),
        retold: Retold | None = None,
    ) -> None:
        self.name, self.births, self.course = name, births, course
        self.serial, self.words, self.retold = serial, words, retold
        order = np.argsort(course.at, kind="stable")
        who = np.repeat(np.arange(len(births)), np.diff(course.first))
        self._event_at, self._event_of = course.at[order], who[order]

    def __len__(self) -> int:
        return len(self.births)

    def external_id(self, number: int) -> str:
        """Give the number a ticket goes by."""
        return f"{self.name}-{self.serial + number:05d}"

    def alive(self, until: int) -> Ints:
        """Give the tickets that have come in by a moment."""
        return np.flatnonzero(self.births.created <= until)

    def touched(self, after: int, until: int) -> Ints:
        """Give the tickets to which anything happened after one moment and until another."""
        low, high = np.searchsorted(self._event_at, [after, until], side="right")
        return np.unique(self._event_of[low:high])

    def is_over(self, at: int) -> bool:
        """Tell whether nothing will happen any more."""
        return not len(self) or bool(self._event_at[-1] <= at)

    def state_at(self, number: int, moment: int) -> State | None:
        """Give the state of a ticket at a moment, None before it came in."""
        course = self.course
        low, high = int(course.first[number]), int(course.first[number + 1])
        due, state = int(course.due[number]), State()
        for at, event, value in zip(
            course.at[low:high].tolist(),
            course.event[low:high].tolist(),
            course.value[low:high].tolist(),
            strict=True,
        ):
            if at > moment:
                break
            state.live_through(at, event, value, due)
        return state if state.updated else None
