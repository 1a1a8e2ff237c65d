"""Whatever is done while the clock runs, by two workers and again: no step fires twice."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from data_sources.memory_escalation import MemoryEscalationBook
from data_sources.memory_incidents import MemoryIncidentBook
from operations.errors import BadInput, Conflict
from operations.response.escalation import FIRED, RANK, Whom, causes_at, causes_of
from operations.response.incident import LIFE, Kind
from tests.escalation import LADDERS, UP, Climbing
from tests.incidents import MINUTE_US, T0_US

PARTS = st.sampled_from([Kind.TASK, Kind.MEASURE, Kind.PARTY])
ACTS = {
    Kind.TASK: ("acknowledge", "finish", "withdraw", "give_again"),
    Kind.MEASURE: ("begin", "complete", "call_off"),
    Kind.PARTY: ("check_in", "stand_down", "summon_again"),
}
REPORT = {"situation": "一", "done": "二", "next": "三", "needs": "四"}


class Climb(RuleBasedStateMachine):
    """Acts, the clock, and two workers of which one looks at what it saw a while ago."""

    def __init__(self):
        super().__init__()
        self.scene = Climbing(MemoryIncidentBook(ladders=LADDERS))
        self.other = MemoryEscalationBook(self.scene.book)
        self.seen = []

    def act(self, act, **more):
        try:
            self.scene.act(act, **more)
        except (BadInput, Conflict):
            return

    @property
    def now_us(self):
        return T0_US + self.scene.minute * MINUTE_US

    @rule(minutes=st.sampled_from([1, 9, 31, 300]))
    def time_goes_by(self, minutes):
        self.scene.minute += minutes

    @rule(within_min=st.sampled_from([10, 60]), act=st.sampled_from(["give", "plan"]))
    def more(self, within_min, act):
        self.act(act, title="事", owner="health", within_min=within_min)

    @rule(party=st.sampled_from(["health", "housing"]))
    def summon(self, party):
        self.act("summon", party=party)

    @rule(kind=PARTS, number=st.integers(1, 3), which=st.integers(0, 3))
    def on_a_part(self, kind, number, which):
        if (kind, number) in self.scene.whole.parts:
            act = ACTS[kind][which % len(ACTS[kind])]
            version = self.scene.whole.parts[kind, number].version
            self.act(act, number=number, version=version, reason="因为", told="做了", within_min=30)

    @rule()
    def report(self):
        self.act("report", **REPORT)

    @rule(severity=st.integers(1, 4))
    def grade(self, severity):
        self.act("grade", severity=severity)

    @rule(which=st.integers(0, 9))
    def live(self, which):
        acts = LIFE.open_acts(self.scene.head.state)
        if acts:
            self.act(acts[which % len(acts)], reason="因为", baseline_d=3)

    @rule()
    def one_worker_looks(self):
        self.seen += self.scene.escalation.due(self.now_us, most=9)

    @rule()
    def one_worker_fires(self):
        for one in self.scene.escalation.due(self.now_us, most=9):
            self.seen.append(one)
            self.scene.escalation.fire(one, self.now_us)

    @rule()
    def the_other_fires_what_was_seen_before(self):
        for one in self.seen:
            self.other.fire(one, self.now_us)

    @invariant()
    def no_step_fires_twice(self):
        steps = self.scene.book.ladders.steps
        for fired in steps.values():
            numbers = [number for number, _ in fired]
            assert numbers == sorted(set(numbers)), "each once, and in its order"
            ranks = [RANK[whom] for _, whom in fired]
            assert ranks == sorted(ranks)
        lines = [one for one in self.scene.book.lines(self.scene.id, before=2**53, most=2**30)
                 if one.act == FIRED]  # fmt: skip
        assert len(lines) == len({one.key for one in lines}) == sum(map(len, steps.values()))

    @invariant()
    def a_ladder_stands_where_its_cause_does_and_nowhere_else(self):
        whole = self.scene.whole
        wanted = causes_of(whole.head, LADDERS)
        wanted += [one for part in whole.parts.values() for one in causes_at(whole.head, part)]
        held = self.scene.book.ladders.held[self.scene.id].values()
        told = {(*one.place, one.occasion_us, one.since_us) for one in held}
        assert told == {(*one.place, one.occasion_us, one.since_us) for one in wanted}

    @invariant()
    def leaders_are_told_of_what_has_climbed_to_them(self):
        found = self.scene.escalation.for_leaders(most=99)
        assert all(one.standing.reached is Whom.LEADER for one in found)
        assert all(one.standing.climbed == len(UP) for one in found)


TestClimb = Climb.TestCase
TestClimb.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
