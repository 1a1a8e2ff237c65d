"""What pages and programs see of campaigns, and how their days are counted and kept."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from callbacks.campaign_days import days_of
from callbacks.campaigning import CampaignActs
from callbacks.pages import screen
from operations.people.person import Ring
from operations.people.roles import Role
from operations.pulse.sums import COUNTERS, Period, Slice, Sums
from operations.response.campaign import Act, Asked, Goal, Scope, State, Target
from tests.builders import LONGKOU, NOW
from tests.callbacks.test_accountability import Signed
from tests.campaigns import TODAY, Field, asked
from tests.desk import desk, sources

DAY = timedelta(days=1)


class Figures:
    """Ten tickets a day came in, nine were closed, four of five said solved."""

    def __init__(self) -> None:
        self.asked: list[tuple[Slice, Period]] = []

    def days(self, slice_: Slice, period: Period) -> Any:
        """Give the sums of each day."""
        self.asked.append((slice_, period))
        counts = {"opened": 10, "closed": 9, "answers": 5, "solved": 4}
        one = Sums(tuple(counts.get(name, 0) for name in COUNTERS))
        return [(period.first + n * DAY, one) for n in range(period.days)]


class House:
    """A city with its campaigns, its pages, and who asks."""

    def __init__(self, engine: Engine) -> None:
        self.field, self.figures = Field(engine), Figures()
        self.people: Any = None
        for number in range(3):
            self.field.deliver(f"T-{number}", category="water_quality", created_at=NOW - 9 * DAY)
        self.sources = sources(
            campaign_book=self.field.book, campaign_counts=self.field.counts,
            ledger=self.field.ledger,
        )  # fmt: skip
        self.sources.names.departments.update(drainage=("市排水处", "Drainage"))

    def desk(self) -> Any:
        """Give the desk of who asks."""
        return desk(people=self.people, now=lambda: self.field.now, figures=self.figures)

    def page(self, path: str, query: str = "?lang=zh") -> str:
        """Draw a page, as JSON."""
        drawn = screen(self.sources, self.desk(), path, query)
        return json.dumps(
            drawn.to_plotly_json(), ensure_ascii=False, default=lambda one: one.to_plotly_json()
        )

    def acts(self) -> CampaignActs:
        """Give the acts of who asks."""
        return CampaignActs(self.sources, self.desk())


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


def test_a_day_that_is_over_is_counted_once_and_kept(house: House) -> None:
    held = house.field.running(first=TODAY - 3 * DAY)
    days = days_of(house.sources, house.desk(), held)
    assert [(one.day, one.open) for one in days] == [
        (TODAY - n * DAY, 3) for n in (3, 2, 1, 0)
    ]  # fmt: skip
    assert (days[0].opened, days[0].closed, days[0].answers, days[0].solved) == (10, 9, 5, 4)
    assert [one.day for one in house.field.book.days(held.number)] == [
        TODAY - n * DAY for n in (3, 2, 1)
    ]
    house.figures.asked.clear()
    assert days_of(house.sources, house.desk(), held) == days
    assert [period for _, period in house.figures.asked] == [Period(TODAY, TODAY)]


def test_what_was_not_looked_at_is_caught_up_with_in_steps(house: House) -> None:
    held = house.field.running(first=TODAY - 50 * DAY)
    assert len(days_of(house.sources, house.desk(), held)) == 31
    assert len(days_of(house.sources, house.desk(), held)) == 51


def test_a_campaign_that_does_not_run_has_no_days(house: House) -> None:
    held = house.field.planned()
    assert days_of(house.sources, house.desk(), held) == []
    assert "开始之后" in house.page(f"/campaigns/{held.number}")
    gone = house.field.do(held, Act.CALL_OFF, reason="并入另一专项")
    assert days_of(house.sources, house.desk(), gone) == []


def test_after_it_ended_no_day_is_added(house: House) -> None:
    held = house.field.running(first=TODAY - DAY)
    ended = house.field.do(held, Act.END)
    house.field.now += 5 * DAY
    days = days_of(house.sources, house.desk(), ended)
    assert [one.day for one in days] == [TODAY - DAY, TODAY]
    house.field.now += 10 * DAY
    reviewed = house.field.do(ended, Act.REVIEW, lessons="早冲洗早见效")
    assert days_of(house.sources, house.desk(), reviewed) == days
    assert house.field.book.days(held.number) == days, "none behind its end is kept"


def test_the_page_tells_where_it_stands_against_its_line(house: House) -> None:
    assert "没有专项攻坚" in house.page("/campaigns")
    held = house.field.running(first=TODAY - 2 * DAY, last=TODAY + 2 * DAY)
    assert "未办结 3 件" in house.page("/campaigns"), "nobody has to open it first"
    page = house.page(f"/campaigns/{held.number}")
    for word in ("黄水攻坚", "未办结不超过 2 件", "未办结 3 件", "落后于目标线",
                 "期内新增 30 件，办结 27 件"):  # fmt: skip
        assert word in page, word
    assert "至 2026" not in page, "nothing is foretold of three days"
    assert "behind its line" in house.page("/campaigns", "?lang=en")
    solved = house.field.running(target=Target(Goal.SOLVED, 0.75))
    english = house.page(f"/campaigns/{solved.number}", "?lang=en")
    for word in ("at least 75.0% solved", "80.0% solved (of 5)"):
        assert word in english
    assert "behind its line" not in english


def test_for_whom_a_campaign_is(house: House) -> None:
    held = house.field.running()
    near = house.field.running(owner="drainage", cooperating=())
    for role, where, seen in (
        (Role.CENTRE_STAFF, {}, {held.number, near.number}),
        (Role.LEADER, {}, {held.number, near.number}),
        (Role.DEPARTMENT_HANDLER, {"department": "drainage"}, {held.number, near.number}),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, {held.number}),
        (Role.DEPARTMENT_HANDLER, {"department": "heating"}, set()),
    ):
        house.people = Signed(role, **where)
        acts = house.acts()
        assert {one["number"] for one in acts.listed(None)["rows"]} == seen, (role, where)
        for one in (held, near):
            there = one.number in seen
            assert (acts.version(one.number) is not None) is there
            assert (acts.told(one.number) is not None) is there
            assert ("黄水攻坚" in house.page(f"/campaigns/{one.number}")) is there


def test_who_runs_it_is_offered_what_follows_and_a_department_its_own(house: House) -> None:
    held = house.field.do(
        house.field.running(), Act.ADD, title="冲洗管网", owner="drainage", due=TODAY
    )
    path, finish = f"/campaigns/{held.number}", f"{held.number}/finish/1"
    for role, department, offered, finishes in (
        (Role.CENTRE_STAFF, None, True, True),
        (Role.LEADER, None, False, False),
        (Role.DEPARTMENT_HANDLER, "drainage", False, True),
        (Role.DEPARTMENT_HANDLER, "water", False, False),
    ):
        house.people = Signed(role, department=department)
        page = house.page(path)
        assert (f"{held.number}/end" in page) is offered, role
        assert (finish in page) is finishes, role
        assert ("立项" in house.page("/campaigns")) is offered
    house.field.now += DAY
    assert "已逾期" in house.page(path)


def test_a_district_is_offered_its_own_alone(house: House) -> None:
    house.people = Signed(Role.SUPERVISOR, ring=Ring.COUNTY, place=LONGKOU)
    assert f"/api/v1/campaigns?district={LONGKOU}" in house.page("/campaigns")
    done, _, there = house.acts().plan(asked(), LONGKOU, "k", "zh")
    assert done
    kept = house.field.book.campaign(there["number"])
    assert kept is not None
    assert kept.scope.districts == (LONGKOU,)


def test_what_is_refused_is_told_in_the_readers_language(house: House) -> None:
    for language, words in (("zh", "类别与选定工单二选一"), ("en", "Either categories or")):
        done, told, there = house.acts().plan(asked(scope=Scope()), None, "k", language)
        assert (done, there) == (False, {"field": "categories"})
        assert words in told
    held = house.field.running()
    house.field.do(held, Act.END)
    done, told, _ = house.acts().act(held.number, "end", Asked(), 2, "k", "en")  # type: ignore[misc]
    assert not done
    assert "has just done “End”" in told
    assert house.acts().act("GJ2026-0009", "end", Asked(), 1, "k", "en") is None


def test_programs_read_the_days_the_line_and_no_more_than_is_known(house: House) -> None:
    held = house.field.running(first=TODAY - DAY, last=TODAY + 2 * DAY)
    told = house.acts().told(held.number)
    assert told is not None
    assert (told["state"], told["forecast"]) == (State.RUNNING, None)
    assert [one["day"] for one in told["days"]] == ["2026-11-23", "2026-11-24"]
    assert told["line"][0] == 3
    assert told["line"][-1] == 2
