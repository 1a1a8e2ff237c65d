"""What a bulletin says: comparisons, bands, what rose, what was corrected, and what is due."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from operations.bulletin.issue import Issue, Kind, newest, read_issue
from operations.bulletin.kept import read_back, written
from operations.bulletin.making import make
from operations.bulletin.ports import Overdue, Watched
from operations.bulletin.schedule import MADE_UP, due
from operations.errors import BadInput
from operations.pulse.figure import Value
from tests.bulletins import DAY, MADE, MemoryBeside, bulletin, busy, figures, ground, terms
from tests.figures import MemoryFigures, sums
from tests.watched import alarm, cluster, evidence


def test_a_figure_stands_beside_the_period_before():
    opened = bulletin().measure("opened")
    assert opened.now == Value(252, 252)
    assert opened.before == Value(200, 200)
    assert opened.last_year is None, "the ledger does not reach back so far"


def test_a_period_the_ledger_does_not_reach_over_is_no_comparison():
    held = figures()
    told = bulletin(Kind.WEEKLY, date(2026, 11, 23), figures=held)
    assert all(one.before is None for one in told.measures)
    assert told.sorts == ()
    # one old ticket makes no month of data
    held.put(date(2024, 1, 1), sums(opened=1))
    assert bulletin(Kind.WEEKLY, date(2026, 11, 23), figures=held).measure("opened").before is None


def test_last_year_is_compared_with_where_it_is_there():
    held = figures()
    held.put(date(2025, 11, 23), busy(180), department="water")
    assert bulletin(figures=held).measure("opened").last_year == Value(180, 180)


def test_a_department_s_report_counts_its_tickets_alone_and_tells_no_cluster():
    told = make(Issue(Kind.DAILY, DAY, "department-roads"), ground(), MADE, {})
    assert told.measure("opened").now == Value(12, 12)
    assert told.departments == ()
    assert [(one.code, one.opened) for one in told.districts if one.opened] == [("370602", 12)]
    assert [one.code for one in told.biggest] == ["noise"]
    assert (told.gatherings, told.alarms.total, told.alarms.standing) == ((), 0, 0)
    assert told.name("department", "roads") == ("市公路局", "Roads Bureau")
    assert read_back(written(told)) == told


def test_a_small_department_is_compared_with_days_the_city_has_though_it_had_none():
    told = make(Issue(Kind.DAILY, DAY, "department-roads"), ground(), MADE, {})
    assert told.measure("opened").before == Value(0, 0)
    assert told.measure("opened").last_year is None, "the ledger does not reach back so far"


def test_a_district_s_report_has_its_departments_and_no_list_of_districts():
    told = make(Issue(Kind.DAILY, DAY, "district-370681"), ground(), MADE, {})
    assert [one.code for one in told.departments] == ["water", "roads"], "roads holds late ones"
    assert told.departments[0].opened == 240
    assert told.districts == ()
    assert len(told.gatherings) == 1


WRONG_SCOPES = ("moon", "department-", "town-1", "city-1", "district-" + "市" * 40)


@pytest.mark.parametrize("scope", WRONG_SCOPES)
def test_a_scope_that_cannot_be_is_refused(scope):
    with pytest.raises(BadInput, match="scope"):
        read_issue(Kind.DAILY, "2026-11-23", scope)


def test_scopes_of_the_settings_are_due_after_the_city_s():
    now = datetime(2026, 11, 24, 7, tzinfo=UTC)
    wanted = list(due(now, time(6), (), date(2026, 11, 22), ("city", "district-370681")))
    assert [(one.scope, one.code) for one in wanted] == [
        ("city", "2026-11-22"), ("city", "2026-11-23"),
        ("district-370681", "2026-11-22"), ("district-370681", "2026-11-23"),
    ]  # fmt: skip


def test_few_cases_are_not_judged():
    told = bulletin()
    water, roads = told.departments
    assert (water.code, water.band) == ("water", "B")
    assert (roads.code, roads.band, roads.score) == ("roads", "", None)
    assert "on_time_rate" in roads.few


def test_departments_stand_by_band_and_with_ranks_by_score():
    held = MemoryFigures()
    held.put(DAY, busy(300, on_time=90), department="slow")
    held.put(DAY, busy(90, dispatched=60), department="good")
    held.put(DAY, busy(90, on_time=180, solved=118, satisfied=117, reopened=0), department="best")
    held.put(DAY, sums(opened=40))
    codes = [one.code for one in bulletin(figures=held).departments]
    assert codes[-1] == "", "what is of nobody is no unit"
    assert codes.index("best") < codes.index("slow")
    ranked = bulletin(figures=held, terms=terms(ranks=True)).departments
    assert ranked[0].code == "best"
    scores = [one.score for one in ranked if one.score is not None]
    assert scores == sorted(scores, reverse=True)


def test_categories_that_rose_most_come_first_and_those_that_fell_not_at_all():
    told = bulletin()
    assert [(one.code, one.opened, one.before) for one in told.sorts] == [
        ("water_quality", 240, 200),
        ("noise", 12, 0),
    ]
    held = figures()
    held.put(DAY - timedelta(days=1), sums(opened=50), category="noise")
    assert "noise" not in [one.code for one in bulletin(figures=held).sorts]


def test_hours_are_told_only_where_they_are_whole():
    assert sum(bulletin().course) == 252
    held = figures()
    held.hours = lambda _slice, _period: []
    assert bulletin(figures=held).course == ()


def test_corrections_are_told_since_the_number_before():
    held = figures()
    held.correct(date(2026, 11, 20), sums(opened=3, closed=1))
    held.correct(DAY, sums(opened=2))
    first = bulletin(figures=held)
    assert [(one.day, dict(one.counters)) for one in first.corrections] == [
        (date(2026, 11, 20), {"opened": 3, "closed": 1})
    ], "the day itself is corrected in its own figures"
    held.correct(date(2026, 11, 19), sums(closed=2))
    again = make(Issue(Kind.DAILY, DAY), ground(figures=held), MADE, first.known)
    assert [(one.day, dict(one.counters)) for one in again.corrections] == [
        (date(2026, 11, 19), {"closed": 2})
    ]


def test_a_cluster_of_few_callers_tells_neither_town_nor_number():
    few = cluster(id="c-2", evidence=evidence(callers=4))
    merged = cluster(id="c-3", into="c-1")
    bulk = cluster(id="c-4", evidence=evidence(bulk=True))
    beside = MemoryBeside(watched=Watched((few, cluster(), merged, bulk), (alarm(),), 3))
    told = bulletin(beside=beside)
    assert [(one.callers, one.town) for one in told.gatherings] == [
        (12, "370681001"),
        (None, None),
    ]
    assert told.alarms.raised == {"high": 1}
    assert told.alarms.standing == 3


def test_only_the_names_of_what_it_holds_are_in_it():
    told = bulletin(beside=MemoryBeside(Overdue((), {}), Watched((), (), 0)))
    assert set(told.names["department"]) == {"water", "roads"}
    assert told.names["town"] == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_what_was_kept_is_read_back_as_it_was(kind):
    told = bulletin(kind, newest(kind, date(2026, 11, 24)).first)
    assert read_back(written(told)) == told


@pytest.mark.parametrize("text", ["", "{}", '{"version": 2}', '{"version": 1}', "[]", "null"])
def test_what_is_no_report_is_refused(text):
    with pytest.raises(BadInput):
        read_back(text)


AT = time(6)


def test_what_is_due_comes_oldest_first_and_not_before_its_hour():
    first = date(2020, 1, 1)
    early = datetime(2026, 12, 1, 5, 59, tzinfo=UTC)
    late = early + timedelta(minutes=1)
    known = set(due(early, AT, (), first))
    new = [one for one in due(late, AT, known, first) if one not in known]
    assert [one.code for one in new] == ["2026-11-30", "2026-11"]
    codes = [one.code for one in due(late, AT, (), first) if one.kind is Kind.DAILY]
    assert codes == sorted(codes)
    assert len(codes) == MADE_UP[Kind.DAILY]


def test_nothing_is_due_twice_nor_before_the_ledger_began():
    now = datetime(2026, 11, 24, 7, tzinfo=UTC)
    everything = list(due(now, AT, (), date(2020, 1, 1)))
    assert list(due(now, AT, everything, date(2020, 1, 1))) == []
    assert list(due(now, AT, (), None)) == []
    assert [one.code for one in due(now, AT, (), date(2026, 11, 22))] == [
        "2026-11-22",
        "2026-11-23",
    ]


def test_a_stop_of_three_days_is_made_up_for():
    before = datetime(2026, 11, 20, 7, tzinfo=UTC)
    there = set(due(before, AT, (), date(2020, 1, 1)))
    missed = list(due(before + timedelta(days=3), AT, there, date(2020, 1, 1)))
    assert [one.code for one in missed] == ["2026-11-20", "2026-11-21", "2026-11-22", "2026-W47"]
