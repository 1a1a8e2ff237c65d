"""Whatever is done in whatever order, twice or by several: no forbidden state is reached."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from operations.errors import BadInput, Conflict
from operations.response.chain import findings_of, is_evidence
from operations.response.incident import LIFE, Kind
from operations.response.incident_entering import ACTS, enter
from operations.response.party_actions import REPORT_FIELDS
from tests.incidents import KNOWN, Scene, asked, attaching, signed

ACTORS = ("王 (wang)", "李 (li)")
WORDS = {
    "title": "事", "text": "话", "told": "做了", "party": "health", "situation": "一", "done": "二",
    "next": "三", "needs": "四", "person": "王", "name": "环节", "effect": "好", "released": "",
}  # fmt: skip
ORDER = list(LIFE.states)
NEXT = {(source, move.target) for move in LIFE.moves for source in move.sources}


class Paths(RuleBasedStateMachine):
    """Acts drawn from all there are, with what was seen now or a while ago, some of them twice."""

    def __init__(self):
        super().__init__()
        self.scene = Scene()
        self.sent = []
        self.states = [self.scene.head.state]
        self.lines = []

    def send(self, asked_now, by, minute):
        self.sent.append((asked_now, by, minute))
        before = self.scene.whole
        try:
            enter(self.scene.command, self.scene.id, asked_now, signed(by, minute))
        except (BadInput, Conflict):
            assert self.scene.whole == before, "what was refused changed nothing"
        after = self.scene.head.state
        if after != self.states[-1]:
            self.states.append(after)

    @rule(
        act=st.sampled_from(sorted(ACTS)), number=st.integers(0, 4), version=st.integers(0, 6),
        stale=st.booleans(), reason=st.sampled_from(["", "因为"]), by=st.sampled_from(ACTORS),
        lead=st.sampled_from(sorted(KNOWN)), baseline_d=st.sampled_from([None, 3]),
        value=st.sampled_from([None, 1.5]), lacking=st.sampled_from(["", *REPORT_FIELDS]),
        severity=st.integers(0, 5), minute=st.integers(0, 500),
    )  # fmt: skip
    def act(self, act, number, version, stale, reason, by, lead, baseline_d, value, lacking,
            severity, minute):  # fmt: skip
        given = WORDS | {"lead": lead, "owner": lead, "severity": severity, "within_min": 30,
                         "link": number, "value": value, "quantity": "浊度" if value else "",
                         "role": "commander"}  # fmt: skip
        given.pop(lacking, None)
        seen = self.scene.head.version
        for kind in Kind:
            if number and (kind, number) in self.scene.whole.parts and act not in LIFE_ACTS:
                seen = self.scene.whole.parts[kind, number].version
        once = asked(act, number=number, version=version if stale else seen, reason=reason,
                     baseline_d=baseline_d, **given)  # fmt: skip
        self.send(once, by, minute)

    @invariant()
    def whoever_leads_is_a_party_and_none_is_twice(self):
        codes = [one.body["code"] for one in self.scene.whole.of(Kind.PARTY)]
        assert codes.count(self.scene.head.lead) == 1
        assert len(set(codes)) == len(codes)

    @rule(act=st.sampled_from(("fail", "clear", "suspect")), link=st.integers(1, 3),
          minute=st.integers(0, 500))  # fmt: skip
    def judge(self, act, link, minute):
        part = self.scene.whole.parts[Kind.LINK, link]
        once = asked(act, number=link, version=part.version, reason="因为")
        self.send(once, ACTORS[0], minute)

    @rule(link=st.integers(1, 3), value=st.sampled_from([None, 1.5]), minute=st.integers(0, 500))
    def find(self, link, value, minute):
        once = asked("find", link=link, text="看了", value=value, quantity="浊度" if value else "")
        self.send(once, ACTORS[0], minute)

    @rule(of=st.integers(1, 3), name=st.sampled_from("ab"), minute=st.integers(0, 500))
    def attach(self, of, name, minute):
        self.send(attaching(of=of, data=name.encode()), ACTORS[0], minute)

    @rule(number=st.integers(1, 3), minute=st.integers(0, 500))
    def remove_file(self, number, minute):
        held = self.scene.whole.parts.get((Kind.FILE, number))
        version = 0 if held is None else held.version
        once = asked("remove_file", number=number, version=version, reason="重复")
        self.send(once, ACTORS[0], minute)

    @invariant()
    def bytes_are_kept_of_what_stands_and_of_nothing_else(self):
        files = self.scene.whole.of(Kind.FILE)
        standing = {one.body["digest"] for one in files if one.state == "kept"}
        for digest in {one.body["digest"] for one in files}:
            kept = self.scene.files.read(self.scene.id, digest)
            assert (kept is not None) == (digest in standing)

    @rule(act=st.sampled_from([move.act for move in LIFE.moves]), by=st.sampled_from(ACTORS),
          baseline_d=st.sampled_from([None, None, 3]), minute=st.integers(0, 500))  # fmt: skip
    def live(self, act, by, baseline_d, minute):
        if act in LIFE.open_acts(self.scene.head.state):
            version = self.scene.head.version
            once = asked(act, version=version, reason="因为", baseline_d=baseline_d)
            self.send(once, by, minute)

    @precondition(lambda self: self.scene.head.state in ("watching", "assessing", "responding"))
    @rule()
    def go_on(self):
        [act, *_] = LIFE.open_acts(self.scene.head.state)
        self.send(asked(act, version=self.scene.head.version), ACTORS[0], 501)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def again(self, data):
        once = data.draw(st.sampled_from(self.sent))
        before = self.scene.head.seq
        known = self.scene.book.done(self.scene.id, once[0].key)
        self.send(*once)
        if known is not None:
            assert self.scene.head.seq == before, "the same send changes nothing"

    @invariant()
    def one_leads(self):
        assert self.scene.head.lead in KNOWN

    @invariant()
    def no_stage_is_skipped(self):
        assert set(zip(self.states, self.states[1:], strict=False)) <= NEXT

    @invariant()
    def a_cleared_link_has_evidence(self):
        whole = self.scene.whole
        for link in whole.of(Kind.LINK):
            if link.state == "cleared":
                found = [one for one in findings_of(whole, link.number) if is_evidence(whole, one)]
                failed_us = link.body["failed_us"] or 0
                assert any(one.body["at_us"] > failed_us for one in found)

    @invariant()
    def what_is_closed_is_closed_on_evidence(self):
        head = self.scene.head
        assert head.is_living == (head.closed_us is None)
        if not head.is_living:
            two = {head.closing.asked_by, head.closing.confirmed_by}
            assert head.closing.days or (head.closing.reason and len(two - {""}) == 2)

    @invariant()
    def what_is_reviewed_has_a_lesson(self):
        assert self.scene.head.state != "reviewed" or self.scene.whole.of(Kind.LESSON)

    @invariant()
    def reports_are_whole(self):
        for one in self.scene.whole.of(Kind.REPORT):
            assert all(one.body[name] for name in REPORT_FIELDS)

    @invariant()
    def parties_and_roles_are_there_once(self):
        for kind, name in ((Kind.PARTY, "code"), (Kind.ROLE, "role")):
            codes = [one.body[name] for one in self.scene.whole.of(kind)]
            assert len(codes) == len(set(codes))

    @invariant()
    def lines_are_only_added(self):
        lines = self.scene.book.lines(self.scene.id, before=10**9, most=10**6)[::-1]
        assert lines[: len(self.lines)] == self.lines
        assert [line.seq for line in lines] == list(range(1, self.scene.head.seq + 1))
        self.lines = lines


LIFE_ACTS = {move.act for move in LIFE.moves} | {
    *("hand_over", "grade", "classify", "retitle", "release")
}

TestPaths = Paths.TestCase
TestPaths.settings = settings(max_examples=120, stateful_step_count=50, deadline=None)
