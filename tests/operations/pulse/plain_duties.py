"""The five responsibilities and the loose ends, ticket by ticket, by the rules themselves."""

from collections import Counter

from operations.pulse.windows import HOUR_US, from_us
from operations.tickets.duties import Duty, Standing, duty_of, is_pending
from operations.tickets.loose_ends import LooseEnd, Traced, loose_ends_of
from tests.operations.pulse.plain_count import ENDED, PlainCount


class PlainDuties(PlainCount):
    """Counts over a list of tickets at one moment; without thresholds given, as a city has them."""

    def __init__(self, tickets, now, zone, scope, thresholds):
        super().__init__(tickets, now, zone, scope)
        self._edges, self._red = thresholds.edges(now), thresholds.gives_cards

    def standing(self, one):
        called = one.called_back_us is not None and (
            one.closed_us is None or one.called_back_us >= one.closed_us
        )
        is_open = one.status not in ENDED
        late = one.due_us is not None and from_us(one.due_us) < self._edges.red
        return Standing(
            one.status,
            owned=one.department is not None,
            sent=one.dispatched_us is not None,
            reopened=one.reopenings > 0 or one.status == "reopened",
            called=called,
            solved=one.resolved if called else None,
            red=self._red and is_open and late,
            supervision=one.supervision,
            recent=one.closed_us is not None and self.period_us <= one.closed_us <= self.now_us,
        )

    def pending(self):
        standings = [(one, self.standing(one)) for one in self.tickets]
        return [(one, stands) for one, stands in standings if is_pending(stands)]

    def stages(self):
        found = []
        for duty in Duty:
            here = [one for one, stands in self.pending() if duty_of(stands) is duty]
            ages = sorted(self.now_us // HOUR_US - one.created_us // HOUR_US for one in here)
            late = [one for one in self.overdue() if one in here]
            found.append(
                {
                    "code": duty.value,
                    "tickets": len(here),
                    "median_h": ages[(len(ages) + 1) // 2 - 1] if ages else None,
                    "overdue": len(late),
                }
            )
        return found

    def ends(self):
        found = Counter()
        for one in self.tickets:
            traced = Traced(
                self.standing(one),
                from_us(one.updated_us),
                None if one.due_us is None else from_us(one.due_us),
                None if one.closed_us is None else from_us(one.closed_us),
                one.reassignments,
                one.repeats,
            )
            found.update(loose_ends_of(traced, self._edges))
        return {end: found[end] for end in LooseEnd}
