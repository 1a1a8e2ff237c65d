"""A campaign: what may be planned, what follows what, and how its days are told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.response.burndown import CampaignDay, course, forecast, line
from operations.response.campaign import (
    CAMPAIGN,
    Act,
    Asked,
    Goal,
    Scope,
    State,
    Table,
    Target,
)
from operations.response.campaign_actions import done, planned
from tests.builders import LONGKOU, NOW
from tests.campaigns import TODAY, asked, knows

DAY = timedelta(days=1)
TABLE = Table(NOW, TODAY, "王主任", knows)


def new(**changes):
    return planned(asked(**changes), None, TABLE)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"owner": "nobody"}, "owner"),
        ({"cooperating": ("nobody",)}, "cooperating"),
        ({"scope": Scope()}, "categories"),
        ({"scope": Scope(categories=("noise",), tickets=(("demo", "T-1"),))}, "categories"),
        ({"scope": Scope(categories=("unknown",))}, "categories"),
        ({"scope": Scope(categories=("noise",), districts=("nowhere",))}, "districts"),
        ({"scope": Scope(tickets=tuple(("demo", f"T-{n}") for n in range(501)))}, "tickets"),
        ({"target": None}, "target"),
        ({"target": Target(Goal.OPEN, 1.5)}, "target"),
        ({"target": Target(Goal.SOLVED, 1.2)}, "target"),
        ({"target": Target(Goal.SOLVED, 0.0)}, "target"),
        ({"last": TODAY}, "last"),
        ({"last": TODAY + 400 * DAY}, "last"),
        ({"first": TODAY - 30 * DAY, "last": TODAY - DAY}, "last"),
        ({"last": None}, "last"),
        ({"first": TODAY + 367 * DAY, "last": TODAY + 400 * DAY}, "first"),
        ({"first": date.max - DAY, "last": date.max}, "first"),
        ({"last": date.max}, "last"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_names_its_field(changes, field):
    with pytest.raises(BadInput) as refused:
        new(**changes)
    assert refused.value.field == field


def test_a_district_plans_its_own_alone():
    made = planned(asked(), LONGKOU, TABLE)
    assert (made.district, made.scope.districts) == (LONGKOU, (LONGKOU,))
    scope = Scope(categories=("noise",), districts=("370602",))
    with pytest.raises(BadInput, match="only your own district"):
        planned(asked(scope=scope), LONGKOU, TABLE)


def test_it_begins_no_sooner_than_its_first_day():
    held = new(first=TODAY + DAY)
    with pytest.raises(BadInput, match="begins on its first day"):
        done(held, Act.BEGIN, Asked(), TABLE)
    assert done(held, Act.BEGIN, Asked(), replace(TABLE, today=TODAY + DAY)).state is State.RUNNING


def test_a_measure_is_done_once_or_dropped_with_its_reason():
    held = done(new(), Act.ADD, Asked(title="冲洗管网", owner="water", due=TODAY + DAY), TABLE)
    held = done(held, Act.BEGIN, Asked(), TABLE)
    with pytest.raises(BadInput, match="reason"):
        done(held, Act.DROP, Asked(measure=1), TABLE)
    after = done(held, Act.FINISH, Asked(measure=1), TABLE)
    assert (after.measures[0].done_by, after.measures[0].is_open) == ("王主任", False)
    for act in (Act.FINISH, Act.DROP):
        with pytest.raises(BadInput, match="still to be done"):
            done(after, act, Asked(measure=1, reason="x"), TABLE)
    with pytest.raises(BadInput, match="still to be done"):
        done(held, Act.FINISH, Asked(measure=2), TABLE)
    with pytest.raises(BadInput, match="a day of the campaign"):
        done(held, Act.ADD, Asked(title="x", owner="water", due=TODAY + 31 * DAY), TABLE)


TRIES = st.lists(
    st.tuples(
        st.sampled_from([one for one in Act if one is not Act.PLAN]), st.sampled_from(["", "理由"]),
        st.integers(0, 3), st.integers(-2, 60),
    ),
    max_size=30,
)  # fmt: skip


@given(TRIES)
def test_no_sequence_of_acts_loses_a_measure_or_moves_the_target(tries):
    held = new()
    for act, reason, measure, days in tries:
        wanted = Asked(
            reason=reason, measure=measure, title="措施", owner="water", lessons="总结",
            due=TODAY + days * DAY, last=TODAY + days * DAY,
        )  # fmt: skip
        try:
            after = done(held, act, wanted, TABLE)
        except BadInput:
            continue
        assert after.version == held.version + 1
        assert (after.target, after.scope, after.first) == (held.target, held.scope, held.first)
        assert len(after.measures) >= len(held.measures)
        for before, now in zip(held.measures, after.measures, strict=False):
            assert before.is_open or before == now
        assert after.last >= held.last
        held = after


def test_its_ends_are_ends():
    ends = {state for state in CAMPAIGN.states if not CAMPAIGN.open_acts(state)}
    assert ends == {State.REVIEWED, State.CALLED_OFF}


def running(**changes):
    return replace(new(**changes), state=State.RUNNING)


def days(*counts, answers=0, solved=0):
    return [
        CampaignDay(TODAY + n * DAY, count, 0, 0, answers, solved) for n, count in enumerate(counts)
    ]


def test_the_line_leads_from_the_first_day_to_the_target():
    held = new(last=TODAY + 4 * DAY)
    assert line(held, days(10, 9)) == [10, 8, 6, 4, 2]
    level = replace(held, target=Target(Goal.SOLVED, 0.9))
    assert line(level, days(10)) == [0.9] * 5


def test_a_share_is_of_all_answers_so_far():
    assert course(Goal.SOLVED, days(1, answers=0)) == [None]
    found = course(Goal.SOLVED, [*days(1, answers=4, solved=1), *days(1, answers=4, solved=3)])
    assert found == [0.25, 0.5]


def test_a_steady_pace_is_carried_on():
    found = forecast(running(), days(*(100 - 3 * n for n in range(10))))
    assert found is not None
    assert (found.low, found.likely, found.high) == (10, 10, 10)


@pytest.mark.parametrize(
    ("counts", "goal"),
    [
        ((100, 97, 94, 91), Goal.OPEN),  # too few days
        ((100, 20, 90, 10, 100, 5, 95, 15, 90), Goal.OPEN),  # it jumps: the bounds say nothing
        (tuple(range(100, 60, -3)), Goal.SOLVED),
    ],
)
def test_nothing_is_foretold_that_is_not_known(counts, goal):
    held = running(target=Target(goal, 0.9 if goal is Goal.SOLVED else 2))
    assert forecast(held, days(*counts)) is None


def test_after_the_last_day_nothing_is_foretold():
    held = running(last=TODAY + 8 * DAY)
    assert forecast(held, days(*range(100, 91, -1))) is None


@pytest.mark.parametrize("state", [one for one in State if one is not State.RUNNING])
def test_what_no_longer_runs_leads_nowhere(state):
    pace = days(*(100 - 3 * n for n in range(10)))
    assert forecast(running(), pace) is not None
    assert forecast(replace(running(), state=state), pace) is None
