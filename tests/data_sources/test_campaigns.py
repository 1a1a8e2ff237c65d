"""Campaigns on SQLite and PostgreSQL: versions, lines, the audit, and what was open when."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.pulse.windows import to_us
from operations.response.burndown import CampaignDay
from operations.response.campaign import Act, Asked, Goal, Scope, State, Target
from operations.tickets.ticket import Status
from tests.builders import NOW, ticket
from tests.campaigns import TODAY, Field, asked

DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def field(request):
    return Field(request.getfixturevalue(f"{request.param}_engine"))


def test_a_campaign_has_the_next_number_and_every_act_its_lines(field):
    held = field.running()
    assert (held.number, field.planned().number) == ("GJ2026-0001", "GJ2026-0002")
    held = field.do(held, Act.ADD, title="冲洗", owner="water", due=TODAY + DAY)
    held = field.do(held, Act.FINISH, measure=1)
    held = field.do(held, Act.END)
    held = field.do(held, Act.REVIEW, lessons="早冲洗早见效")
    assert field.book.campaign(held.number) == held
    assert held.state is State.REVIEWED
    acts = [line.act for line in field.book.lines(held.number)]
    assert acts == [Act.PLAN, Act.BEGIN, Act.ADD, Act.FINISH, Act.END, Act.REVIEW]
    found = SqlAudit(field.engine).find(AuditSearch(subject=held.number), most=20)
    assert [line.act for line in reversed(found)] == [f"campaign.{one}" for one in acts]


def test_who_comes_second_is_told_and_the_same_again_changes_nothing(field):
    made = field.people().plan(asked(), None, key="once")
    assert field.people().plan(asked(), None, key="once") == made
    begun = field.do(made, Act.BEGIN)
    with pytest.raises(Conflict) as refused:
        field.do(made, Act.CALL_OFF, reason="x")
    assert refused.value.held == begun
    again = field.people()
    for _ in range(2):
        after = again.act(begun.number, Act.END, Asked(), expected_version=2, key="end")
        assert after.version == 3
    assert len(field.book.lines(made.number)) == 3


def test_a_key_is_one_acts_on_one_campaign(field):
    first, second = field.planned(), field.planned()
    people = field.people()
    begun = people.act(first.number, Act.BEGIN, Asked(), expected_version=1, key="begin")
    for number, version, act in ((second.number, 1, Act.BEGIN), (first.number, 2, Act.END)):
        with pytest.raises(BadInput, match="another act") as refused:
            people.act(number, act, Asked(), expected_version=version, key="begin")
        assert refused.value.field == "key"
    assert field.book.campaign(second.number) == second
    assert field.book.campaign(first.number) == begun
    measure = Asked(title="冲洗", owner="water", due=TODAY + DAY)
    people.act(first.number, Act.ADD, measure, expected_version=2, key="add")
    for other in (replace(measure, title="换管"), replace(measure, due=TODAY + 2 * DAY)):
        with pytest.raises(BadInput, match="another act"):
            people.act(first.number, Act.ADD, other, expected_version=3, key="add")
    assert people.act(first.number, Act.ADD, measure, expected_version=2, key="add").version == 3


def test_a_plan_with_other_contents_is_not_the_one_that_is_there(field):
    made = field.people().plan(asked(), None, key="once")
    field.do(made, Act.PROLONG, last=TODAY + 60 * DAY, reason="范围扩大")
    assert field.people().plan(asked(), None, key="once").number == made.number
    for name, value in (("name", "另一个"), ("target", Target(Goal.OPEN, 3)), ("owner", "heating")):
        with pytest.raises(BadInput, match="another act"):
            field.people().plan(asked(**{name: value}), None, key="once")
    begun = field.do(field.planned(), Act.BEGIN)
    with pytest.raises(BadInput, match="another act"):
        field.people().plan(asked(), None, key=field.book.lines(begun.number)[1].key.split()[1])


def test_lists_go_on_where_they_ended(field):
    for _ in range(3):
        field.planned()
    page = field.book.listed(tuple(State), most=2)
    assert [one.number for one in page.rows] == ["GJ2026-0003", "GJ2026-0002"]
    rest = field.book.listed(tuple(State), most=2, after=page.after)
    assert ([one.number for one in rest.rows], rest.after) == (["GJ2026-0001"], None)
    assert field.book.listed((State.ENDED,), most=2).rows == []


@pytest.mark.parametrize(
    "statement",
    ["UPDATE campaign_lines SET reason = ''", "DELETE FROM campaign_lines",
     "INSERT INTO campaign_lines VALUES (1, 1, 0, '', {false}, '', '', '', 'x')"],
)  # fmt: skip
def test_a_line_stays(field, statement):
    field.planned()
    false = "false" if field.engine.dialect.name == "postgresql" else "0"
    with pytest.raises(DBAPIError), writing(field.engine) as connection:
        connection.execute(text(statement.replace("{false}", false)))


@pytest.mark.parametrize("field", ["sqlite"], indirect=True)
def test_no_line_is_replaced_by_its_key(field):
    held = field.planned()
    with pytest.raises(DBAPIError, match="never"), writing(field.engine) as connection:
        connection.execute(
            text(
                "INSERT OR REPLACE INTO campaign_lines SELECT campaign_id, version + 9, at_us,"
                " 'another', verified, act, detail, reason, key FROM campaign_lines"
            )
        )
    assert [line.version for line in field.book.lines(held.number)] == [1]


def life(number, begun, ended=None, **changes):
    """Give a ticket that was accepted and closed so many days from NOW."""
    closed = None if ended is None else NOW + ended * DAY
    values = {
        "external_id": number, "created_at": NOW + begun * DAY, "closed_at": closed,
        "updated_at": closed or NOW + begun * DAY,
        "status": Status.ACCEPTED if closed is None else Status.CLOSED,
    }  # fmt: skip
    return ticket(**(values | changes))


def test_what_was_open_is_counted_as_it_was(field):
    tickets = [
        life("T-1", -9),
        life("T-2", -9, -1.5),
        life("T-3", -2),
        life("T-4", -9, -5),
        life("T-5", -2, -0.2, category="noise"),
        life("T-6", -3, status=Status.WITHDRAWN),
        life("T-7", -3, -0.5, district="370602"),
        life("T-8", -1.5, -0.7),
    ]
    field.ledger.store(tickets, clock=NOW)
    ends = [(TODAY - n * DAY, to_us(NOW - n * DAY)) for n in range(4)]
    held = field.planned()
    expected = {
        TODAY - n * DAY: sum(
            one.category == "water_quality"
            and one.status is not Status.WITHDRAWN
            and one.created_at < NOW - n * DAY
            and (one.closed_at is None or one.closed_at >= NOW - n * DAY)
            for one in tickets
        )
        for n in range(4)
    }
    assert field.counts.open_at(held.scope, ends) == expected
    assert len(set(expected.values())) > 2, "the days differ"
    near = field.planned(scope=Scope(categories=("water_quality",), districts=("370602",)))
    assert [field.counts.open_at(near.scope, ends)[day] for day, _ in ends] == [0, 1, 1, 0]
    chosen = Scope(tickets=(("demo", "T-1"), ("demo", "T-5")))
    held = field.planned(scope=chosen)
    assert [field.counts.open_at(held.scope, ends)[day] for day, _ in ends] == [1, 2, 1, 1]
    assert field.counts.open_at(held.scope, []) == {}


def test_a_chosen_ticket_has_to_be_there(field):
    with pytest.raises(BadInput, match="no ticket T-9"):
        field.planned(scope=Scope(tickets=(("demo", "T-9"),)))
    assert field.book.listed(tuple(State), most=2).rows == []


def test_a_day_is_kept_once(field):
    held = field.running()
    first = CampaignDay(TODAY, 5, 1, 2, 3, 2)
    field.book.keep_days(held.number, [first])
    field.book.keep_days(held.number, [CampaignDay(TODAY, 9, 9, 9, 9, 9)])
    assert field.book.days(held.number) == [first]
    assert field.book.days("GJ2026-0009") == []
