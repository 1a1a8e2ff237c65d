"""Accountability as pages and programs see it: for those entitled, and not there for the rest."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from api.accountability import Proposal
from callbacks.accounting import AccountabilityActs
from callbacks.leader import to_approve
from callbacks.pages import screen
from data_sources.evidence_reads import EvidenceReads
from data_sources.incident_book import SqlIncidentBook
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.pulse.sums import COUNTERS, Sums
from operations.response.accountability import Act, Evidence, Kind, State
from operations.response.accountability_actions import Asked
from tests.accountability import DEPARTMENTS, FIRST, JUDGE, PROPOSER, STEPS, Room, asked
from tests.builders import LONGKOU
from tests.desk import desk, sources
from tests.incidents import opening
from tests.response import City

L, S, H, C = Role.LEADER, Role.SUPERVISOR, Role.DEPARTMENT_HANDLER, Role.CENTRE_STAFF


class Signed:
    """Somebody who is signed in, under an account's id."""

    def __init__(self, role: Role, name: str = "wang", **where: Any) -> None:
        person = Person(
            id=f"p-{name}", login=name, name=name, roles=frozenset({role}), verified=True, **where
        )
        self._who = type("Who", (), {"person": person})()

    def who(self) -> Any:
        """Give who asks."""
        return self._who

    def beside(self, work: Any, *given: Any) -> Any:
        """Do it at once."""
        return work(*given)


class Figures:
    """Two of ten tickets that fell due were on time."""

    def totals(self, *_asked: Any) -> Sums:
        """Give the sums."""
        counts = {"due": 10, "on_time": 2}
        return Sums(tuple(counts.get(name, 0) for name in COUNTERS))


class House:
    """A city with its chamber, its pages, and who asks."""

    def __init__(self, engine: Engine) -> None:
        self.room, city = Room(engine), City(engine)
        self.incidents = SqlIncidentBook(engine)
        city.deliver(title="井盖响动", department="water")
        self.sources = sources(
            accountability_book=self.room.book, accountability_steps=STEPS, ledger=city.ledger,
            opinion_book=city.opinions, evidence_reads=EvidenceReads(engine),
            dispute_book=city.disputes, clinic_book=city.clinics, incident_book=self.incidents,
        )  # fmt: skip
        self.sources.names.departments.update({code: (code, code) for code in DEPARTMENTS})
        self.people: Any = None

    def desk(self) -> Any:
        """Give the desk of who asks."""
        return desk(people=self.people, now=lambda: self.room.now, figures=Figures())

    def page(self, path: str, query: str = "?lang=zh") -> str:
        """Draw a page, as JSON."""
        drawn = screen(self.sources, self.desk(), path, query)
        return json.dumps(
            drawn.to_plotly_json(), ensure_ascii=False, default=lambda one: one.to_plotly_json()
        )

    def acts(self) -> AccountabilityActs:
        """Give the acts of who asks; a paper is written as its number."""
        return AccountabilityActs(
            self.sources, self.desk(), lambda paper, _reader: paper.number.encode()
        )

    def propose(self, proposal: Proposal, department: str = "water") -> Any:
        """Propose as who asks."""
        return self.acts().propose(department, proposal, self.room.key(), "zh")


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


def test_for_whom_it_is_not_nothing_is_there(house: House) -> None:
    hidden, issued = house.room.proposed(), house.room.issued()
    for role, where, sees in (
        (S, {}, {hidden.number, issued.number}),
        (L, {}, {hidden.number, issued.number}),
        (H, {"department": "water"}, {issued.number}),
        (H, {"department": "drainage"}, set()),
        (C, {}, set()),
        (Role.INCIDENT_MEMBER, {}, set()),
        (Role.AUDIT_ADMIN, {}, set()),
        (S, {"ring": Ring.COUNTY, "place": LONGKOU}, set()),
    ):
        house.people = Signed(role, **where)
        acts = house.acts()
        for held in (hidden, issued):
            there = held.number in sees
            page = house.page(f"/accountability/{held.number}")
            assert ("逾期不办" in page) is there, (role, where, held.number)
            assert (acts.version(held.number) is not None) is there
            assert (acts.told(held.number) is not None) is there
            assert (f"/accountability/{held.number}" in house.page("/accountability")) is there
        listed = acts.listed("", None)
        assert {one["number"] for one in (listed or {"rows": []})["rows"]} == sees
        paper = acts.paper(issued.number, issued.paper, "zh")
        assert (paper == b"WS2026-0001") is (issued.number in sees)


def test_where_nobody_signs_in_there_is_none(house: House) -> None:
    held = house.room.issued()
    assert "没有这个页面" in house.page("/accountability")
    assert "没有这个页面" in house.page(f"/accountability/{held.number}")
    acts = house.acts()
    proposal = Proposal(asked())
    assert (acts.listed("", None), acts.told(held.number)) == (None, None)
    assert acts.propose("water", proposal, "k", "zh") is None
    assert acts.act(held.number, "close", proposal, held.version, "k", "zh") is None


def test_a_paper_is_that_of_its_own_matter(house: House) -> None:
    first, second = house.room.issued(), house.room.issued(department="drainage")
    house.people = Signed(H, department="water")
    assert house.acts().paper(first.number, second.paper, "zh") is None
    assert house.acts().paper(second.number, second.paper, "zh") is None


def test_a_figure_is_worked_out_here_and_told_with_its_definition(house: House) -> None:
    house.people = Signed(S)
    last = (house.room.now - timedelta(days=1)).date()
    period = (last - timedelta(days=29), last)
    proposal = Proposal(asked(evidence=()), ("on_time_rate", *period))
    done, _, there = house.propose(proposal)
    assert done
    page = house.page(f"/accountability/{there['number']}")
    for word in (f"按时办结率 20.0%（10 件，{period[0]} 至 {period[1]}）", "到期日在期内的工单中"):
        assert word in page
    english = house.page(f"/accountability/{there['number']}", "?lang=en")
    assert "Closed on time 20.0% (of 10" in english


@pytest.mark.parametrize(
    ("first", "last", "code", "field"),
    [
        (date(2026, 11, 24), date(2026, 11, 24), "on_time_rate", "period"),
        (date(2026, 11, 20), date(2026, 11, 19), "on_time_rate", "period"),
        (date(2024, 11, 20), date(2026, 11, 19), "on_time_rate", "period"),
        (date(2026, 11, 1), date(2026, 11, 19), "nothing", "figure"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(
    house: House, first: date, last: date, code: str, field: str
) -> None:
    house.people = Signed(S)
    done, _, there = house.propose(Proposal(asked(), (code, first, last)))
    assert (done, there) == (False, {"field": field})


def test_evidence_is_what_who_attaches_it_may_see(house: House) -> None:
    house.people = Signed(S)
    for kind, ref, there in (
        (Kind.TICKET, "demo/T-1", True), (Kind.TICKET, "demo/T-9", False),
        (Kind.TICKET, "T-1", False), (Kind.INCIDENT, "SJ-2026-0001", False),
        (Kind.OPINION, "MZ2026-0001", False), (Kind.ATTEMPT, "MZ2026-0001", False),
        (Kind.WORDS, "", True),
    ):  # fmt: skip
        one = Evidence(kind=kind, ref=ref, said="说明" if kind is Kind.WORDS else "")
        done, told, _ = house.propose(Proposal(asked(evidence=(one,))))
        assert done is there, (kind, ref)
        assert done or "须存在并在您的查看范围内" in told


def test_what_was_rehearsed_is_no_evidence(house: House) -> None:
    house.people = Signed(S)
    for drill, number in ((True, "YL-2026-0001"), (False, "SJ-2026-0001")):
        house.incidents.begin(opening(exercise=drill), (), year=2026)
        one = Evidence(kind=Kind.INCIDENT, ref=number)
        done, _, told = house.propose(Proposal(asked(evidence=(one,))))
        assert done is not drill
        assert done or told == {"field": "evidence"}


def test_whoever_proposed_is_offered_no_approval_and_told_why(house: House) -> None:
    held = house.room.proposed()
    path = f"/accountability/{held.number}"
    approve = f"/api/v1/accountability/{held.number}/approve"
    house.people = Signed(L, "first")
    assert approve in house.page(path)
    assert [one.dispute for one in to_approve(house.sources, house.desk(), "zh")] == [held.number]
    held = house.room.do(held, FIRST, Act.APPROVE)
    page = house.page(path)
    assert approve not in page
    assert "须由另一人复审" in page
    assert to_approve(house.sources, house.desk(), "zh") == []
    house.people = Signed(L, "proposer")
    assert "您提出的事项须由另外两人审核" in house.page(path)
    house.people = Signed(L, "other")
    (one,) = to_approve(house.sources, house.desk(), "en")
    assert (one.about, one.path, one.word) == (
        "second approval", "/accountability", "leader_to_approve",
    )  # fmt: skip
    assert "water" not in f"{one}", "this list is kept on a device"
    done, _, there = house.acts().act(
        held.number, "approve", Proposal(Asked()), held.version, "k", "zh"
    )  # type: ignore[misc]
    assert (done, there["version"]) == (True, 3)
    kept = house.room.book.matter(held.number)
    assert kept is not None
    assert kept.state is State.APPROVED


def test_who_had_a_hand_in_it_decides_on_no_appeal(house: House) -> None:
    held = house.room.appealed()
    path, uphold = f"/accountability/{held.number}", f"{held.number}/uphold"
    house.people = Signed(L, "first")
    page = house.page(path)
    assert uphold not in page
    assert "申诉由未参与的人决定" in page
    done, told, there = house.acts().act(
        held.number, "uphold", Proposal(Asked(reason="x")), held.version, "k", "zh"
    )  # type: ignore[misc]
    assert (done, there) == (False, {"field": "person"})
    assert "提出人不能审核" in told
    house.people = Signed(L, "judge")
    assert uphold in house.page(path)
    (one,) = to_approve(house.sources, house.desk(), "zh")
    assert one.word == "leader_to_decide"
    house.room.do(held, JUDGE, Act.UPHOLD, reason="证据确凿")
    assert "证据确凿" in house.page(path)


def test_the_department_appeals_while_it_may(house: House) -> None:
    held = house.room.issued()
    house.people = Signed(H, department="water")
    path = f"/accountability/{held.number}"
    assert f"{held.number}/appeal" in house.page(path)
    assert "可申诉至 2026-11-29 10:00" in house.page(path)
    house.room.now += timedelta(days=6)
    assert f"{held.number}/appeal" not in house.page(path)
    house.people = Signed(S)
    page = house.page(path)
    assert f"{held.number}/close" in page
    assert "申诉期已过" in page


def test_the_form_says_which_steps_may_be_taken(house: House) -> None:
    house.people = Signed(S)
    page = house.page("/accountability", "?lang=zh&department=water")
    assert "对 市水务局 提出问责" in page or "对 water 提出问责" in page
    assert '"value": "remind"' in page
    assert '"value": "talk"' not in page
    house.room.issued()
    page = house.page("/accountability", "?lang=zh&department=water")
    assert '"value": "talk"' in page
    assert "WS2026-0001 · 提醒 · 至" in page
    house.people = Signed(L)
    assert "/propose/" not in house.page("/accountability", "?lang=zh&department=water")


def test_who_comes_second_is_told_who_acted(house: House) -> None:
    held = house.room.proposed()
    house.room.do(held, FIRST, Act.APPROVE)
    house.people = Signed(L, "other")
    done, told, _ = house.acts().act(
        held.number, "approve", Proposal(Asked()), held.version, "k", "en"
    )  # type: ignore[misc]
    assert not done
    assert told.startswith(f"{FIRST.name} has just done “Approve”")
    assert PROPOSER.person != FIRST.person
