"""What becomes of each ticket: its whole course as a list of events, for whole batches at once."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from data_sources.feeds.demo_city.births import CRITICAL, ROUTINE, URGENT, Births
from data_sources.feeds.demo_city.rates import Bools, Floats, Ints, Rates
from data_sources.feeds.demo_city.units import Units
from data_sources.feeds.demo_city.working_time import WorkingTime

HOUR_S, DAY_S = 3600, 86_400
MOST_REOPENED = 3


class Event(IntEnum):
    """What happens to a ticket; some carry a value (`Course.value`)."""

    ACCEPTED = 0
    DISPATCHED = 1  # value: the department's number
    SIGNED = 2
    HANDLING = 3
    RETURNED = 4
    CONSULTING = 5
    EXTENDED = 6  # value: the new due time
    REPLIED = 7
    CLOSED = 8
    CALLED_BACK = 9  # value: see `answer_of`
    REOPENED = 10  # value: the new due time
    ARCHIVED = 11
    WITHDRAWN = 12


NOT_REACHED, NO_ANSWER, ANSWERED = 0, 1, 2


def answer_of(value: int) -> tuple[bool, bool | None, int | None]:
    """Read a call back's value: reached, resolved, satisfaction (0 very … 3 not)."""
    if value < ANSWERED:
        return value == NO_ANSWER, None, None
    resolved, satisfaction = divmod(value - ANSWERED, 4)
    return True, bool(resolved), satisfaction


@dataclass(frozen=True, slots=True)
class Course:
    """The events of a batch, ordered by ticket and time; `first[i]:first[i+1]` are ticket i's.

    `at`: seconds since 1970, strictly rising within a ticket. `due`: the first due time.
    """

    first: Ints
    at: Ints
    event: Ints
    value: Ints
    due: Ints


class _Diary:
    """Collects events of many tickets in the order they are noted."""

    def __init__(self, births: Births, lives_d: int) -> None:
        self._created, self._lives_s = births.created, lives_d * DAY_S
        self._noted: list[tuple[Ints, Ints, Ints, Ints]] = []

    def note(self, who: Ints, at: Ints, event: Event, value: Ints | int = 0) -> None:
        """Note one event of each ticket in `who`."""
        kind = np.full(len(who), int(event), dtype=np.int64)
        # Copies: the caller goes on working in the same arrays.
        values = np.array(np.broadcast_to(value, at.shape), dtype=np.int64)
        self._noted.append((who, at.copy(), kind, values))

    def close(self, due: Ints) -> Course:
        """Order everything; events at the same second are set a second apart."""
        who, at, event, value = (
            np.concatenate([note[n] for note in self._noted]) for n in range(4)
        )
        at = np.minimum(at, self._created[who] + self._lives_s)
        order = np.lexsort((np.arange(len(at)), at, who))
        who, at, event, value = who[order], at[order], event[order], value[order]
        first = np.searchsorted(who, np.arange(len(self._created) + 1))
        rank = np.arange(len(at)) - first[who]
        # Within a ticket the running maximum of (time - rank) plus rank rises by at least one.
        lift = who * (1 << 40)
        at = np.maximum.accumulate(at - rank + lift) - lift + rank
        return Course(first, at, event, value, due)


class Courses:
    """Lets batches of tickets live their lives by the rates."""

    def __init__(self, rates: Rates, units: Units, working: WorkingTime) -> None:
        self.rates, self.units, self.working = rates, units, working
        habits = list(rates.categories.values())
        self.days: Floats = np.array([one.days for one in habits])
        self.satisfied: Floats = np.array([one.satisfied for one in habits])

    def run(self, births: Births, rng: np.random.Generator) -> Course:
        """Draw the whole course of every ticket of a batch."""
        diary = _Diary(births, self.rates.lives_d)
        diary.note(np.arange(len(births)), births.created, Event.ACCEPTED)
        withdrawn = ~births.direct & (rng.random(len(births)) < self.rates.life.withdrawn)
        self._withdraw(diary, births, rng, np.flatnonzero(withdrawn))
        self._answer_directly(diary, births, rng, np.flatnonzero(births.direct))
        sent = np.flatnonzero(~births.direct & ~withdrawn)
        due = np.zeros(len(births), dtype=np.int64)
        due[sent] = _Handling(self, births, diary, rng, sent=sent).run()
        return diary.close(due)

    def _withdraw(self, diary: _Diary, births: Births, rng: np.random.Generator, who: Ints) -> None:
        at = births.created[who] + _around(rng, HOUR_S, 1.2, len(who))
        diary.note(who, at, Event.WITHDRAWN)

    def _answer_directly(
        self, diary: _Diary, births: Births, rng: np.random.Generator, who: Ints
    ) -> None:
        life = self.rates.life
        at = births.created[who] + _around(rng, life.direct_min * 60, 0.6, len(who))
        diary.note(who, at, Event.REPLIED)
        diary.note(who, at + 1, Event.CLOSED)
        diary.note(who, at + round(life.archive_d * DAY_S), Event.ARCHIVED)


class _Handling:
    """The way of dispatched tickets through the departments; arrays in the order of `sent`."""

    def __init__(
        self,
        courses: Courses,
        births: Births,
        diary: _Diary,
        rng: np.random.Generator,
        *,
        sent: Ints,
    ) -> None:
        self._courses, self._diary, self._rng, self._sent = courses, diary, rng, sent
        self._rates, self._units, self._working = courses.rates, courses.units, courses.working
        self._created, self._category = births.created[sent], births.category[sent]
        self._urgency, self._slow = births.urgency[sent], births.slow[sent]
        self._known = births.known[sent] & (self._urgency == ROUTINE)
        self._asked, self._rounds = births.units[sent], births.rounds[sent]
        self._unit = self._asked[:, 0].copy()

    def run(self) -> Ints:
        """Note every event; gives the first due times."""
        life = self._rates.life
        quick = np.where(self._urgency == ROUTINE, 1.0, 0.4)
        wait = self._around(life.dispatch_min * 60, life.dispatch_sigma) * quick
        held = self._created + wait.astype(np.int64)
        due = self._due(held)
        self._diary.note(self._sent, held, Event.DISPATCHED, self._unit)
        for past in range(int(self._rounds.max(initial=0))):
            self._bounce(held, past)
        closed, until = self._work(held, due)
        self._call_back(closed, until)
        return due

    def _around(self, median: float, sigma: float, count: int | None = None) -> Ints:
        return _around(self._rng, median, sigma, len(self._sent) if count is None else count)

    def _due(self, at: Ints) -> Ints:
        rules, day_s = self._rates.deadlines, self._working.day_s
        routine = self._working.add(at, np.full(len(at), rules.routine_d * day_s))
        by_urgency = [
            routine,
            at + round(rules.urgent_h * HOUR_S),
            at + round(rules.critical_h * HOUR_S),
        ]
        return np.asarray(np.choose(self._urgency, by_urgency), dtype=np.int64)

    def _bounce(self, held: Ints, past: int) -> None:
        """Return those that are returned more than `past` times, and dispatch them again."""
        life, working, note = self._rates.life, self._working, self._diary.note
        here = np.flatnonzero(self._rounds > past)
        who, count = self._sent[here], len(here)
        signed = working.add(held[here], self._around(life.sign_h * HOUR_S, 0.8, count))
        wait = self._around(life.return_h * HOUR_S, life.return_sigma, count)
        returned = working.add(signed, wait)
        again = working.add(returned, self._around(life.redispatch_min * 60, 0.6, count))
        next_unit = self._asked[here, (past + 1) % self._asked.shape[1]]
        note(who, signed, Event.SIGNED)
        note(who, returned, Event.RETURNED)
        if past:
            note(who, returned + (again - returned) // 3, Event.CONSULTING)
        note(who, again, Event.DISPATCHED, next_unit)
        held[here], self._unit[here] = again, next_unit

    def _work(self, held: Ints, due: Ints) -> tuple[Ints, Ints]:
        """Sign, handle, perhaps extend, reply and close; gives when closed and when due."""
        life, working = self._rates.life, self._working
        signed = working.add(held, self._around(life.sign_h * HOUR_S, life.sign_sigma))
        handling = working.add(signed, self._around(life.handle_h * HOUR_S, 0.7))
        usual = self._courses.days[self._category] * self._units.pace[self._unit]
        usual *= self._slow * life.work_scale
        spread = self._rng.lognormal(0.0, life.work_sigma, len(self._sent))
        replied = np.maximum(working.add(signed, usual * working.day_s * spread), handling + 600)
        closed = working.add(replied, self._around(life.close_h * HOUR_S, 0.6))
        self._hurry(held, signed, handling, replied, closed)
        self._diary.note(self._sent, signed, Event.SIGNED)
        self._diary.note(self._sent, handling, Event.HANDLING)
        until = self._extend(handling, np.minimum(replied, due), closed > due, due)
        self._chase(until, handling, replied, closed)
        self._diary.note(self._sent, replied, Event.REPLIED)
        self._diary.note(self._sent, closed, Event.CLOSED)
        return closed, until

    def _hurry(self, held: Ints, *stations: Ints) -> None:
        """Put urgent matters, and those known already, on clock time: at night too, in place."""
        signed, handling, replied, closed = stations
        rules = self._rates.deadlines
        for those, median_h in (
            (self._urgency == URGENT, rules.urgent_work_h),
            (self._urgency == CRITICAL, rules.critical_work_h),
            (self._known, self._rates.life.known_h),
        ):
            here = np.flatnonzero(those)
            signed[here] = held[here] + self._around(900, 0.5, len(here))
            handling[here] = signed[here] + 600
            spent = self._around(median_h * HOUR_S, 0.6, len(here)) * self._slow[here]
            replied[here] = handling[here] + 600 + spent.astype(np.int64)
            closed[here] = replied[here] + 1200

    def _extend(self, handling: Ints, before: Ints, wanted: Bools, due: Ints) -> Ints:
        """Extend some of those that want it, `before` it is too late; gives what counts as due."""
        life, rng, until = self._rates.life, self._rng, due.copy()
        possible = wanted & (handling < before - 2 * HOUR_S)
        here = np.flatnonzero(possible & (rng.random(len(until)) < life.extended))
        left = before[here] - handling[here]
        asked = handling[here] + left * rng.uniform(0.5, 0.98, len(here))
        least, most = life.extension_d
        more = rng.integers(least, most + 1, len(here)) * self._working.day_s
        until[here] = self._working.add(until[here], more)
        self._diary.note(self._sent[here], asked.astype(np.int64), Event.EXTENDED, until[here])
        return until

    def _chase(self, until: Ints, handling: Ints, replied: Ints, closed: Ints) -> None:
        """Let most of what is late be urged, in place: it ends within hours of its due time."""
        life, count = self._rates.life, len(until)
        urged = self._rng.random(count) < life.chased
        ends = self._working.add(until, self._around(life.chase_h * HOUR_S, 0.6))
        ends = np.maximum(ends, handling + 1200)
        here = np.flatnonzero(urged & (closed > ends))
        closed[here] = ends[here]
        replied[here] = np.minimum(replied[here], ends[here] - 600)

    def _call_back(self, closed: Ints, until: Ints) -> None:
        """Call back, open again what is not solved, as often as it takes, and archive."""
        life, sent, note = self._rates.life, self._sent, self._diary.note
        pleased = self._courses.satisfied[self._category] + self._units.pleases[self._unit]
        called = self._working.add(closed, self._around(life.callback_h * HOUR_S, 0.6))
        answer = self._answers(pleased - life.late_penalty * (closed > until))
        note(sent, called, Event.CALLED_BACK, answer)
        here = np.arange(len(sent))
        for _ in range(MOST_REOPENED):
            unsolved = (answer >= ANSWERED) & (answer < ANSWERED + 4)
            here = here[unsolved & (self._rng.random(len(here)) < life.reopened)]
            called[here] = self._reopen(here, called[here], until[here])
            answer = self._answers(pleased[here] + life.seen_to)
            note(sent[here], called[here], Event.CALLED_BACK, answer)
        note(sent, called + round(life.archive_d * DAY_S), Event.ARCHIVED)

    def _reopen(self, here: Ints, called: Ints, until: Ints) -> Ints:
        """Work on tickets once more; gives when their callers are called the second time."""
        life, working, who, count = self._rates.life, self._working, self._sent[here], len(here)
        note, at = self._diary.note, called + 300
        allowed = np.full(count, self._rates.deadlines.reopened_d * working.day_s)
        note(who, at, Event.REOPENED, np.maximum(until, working.add(at, allowed)))
        handling = working.add(at, self._around(life.handle_h * HOUR_S, 0.7, count))
        note(who, handling, Event.HANDLING)
        spread = self._rng.lognormal(0.0, life.work_sigma, count)
        usual = life.rework_d * working.day_s * self._units.pace[self._unit[here]]
        replied = working.add(handling, usual * spread)
        note(who, replied, Event.REPLIED)
        closed = working.add(replied, self._around(life.close_h * HOUR_S, 0.6, count))
        note(who, closed, Event.CLOSED)
        return working.add(closed, self._around(life.callback_h * HOUR_S, 0.6, count))

    def _answers(self, pleased: Floats) -> Ints:
        """Draw what callers say when called back, as the values `answer_of` reads."""
        life, rng, count = self._rates.life, self._rng, len(pleased)
        satisfied = rng.random(count) < pleased
        solved = satisfied | (rng.random(count) < life.solved)
        # Of the pleased: very 45 %, satisfied 43 %, fairly 12 %.
        degree = np.where(satisfied, np.searchsorted([0.45, 0.88], rng.random(count)), 3)
        answer = ANSWERED + solved * 4 + degree
        valid = rng.random(count) < life.answered
        reached = rng.random(count) < life.reached
        said = np.where(reached, np.where(valid, answer, NO_ANSWER), NOT_REACHED)
        return np.asarray(said, dtype=np.int64)


def _around(rng: np.random.Generator, median: float, sigma: float, count: int) -> Ints:
    """Draw whole seconds, log-normal around a median."""
    return np.asarray(median * rng.lognormal(0.0, sigma, count), dtype=np.int64)
