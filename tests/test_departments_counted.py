"""Every department's page, figure by figure, against plain SQL over the tickets."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql

from api.kept_figures import KeptFigures
from callbacks.pages import screen
from data_sources.connect import Sources
from data_sources.feeds.demo_city.demo_city import DemoCity
from data_sources.feeds.demo_city.ground import ground_of
from data_sources.feeds.demo_city.running import demo_rates
from data_sources.feeds.moments import moments, state_at
from data_sources.feeds.reading import ReadTicket
from settings import read_settings
from tests.boston import boston_tickets
from tests.callbacks.test_departments import card, codes, of, parts, text
from tests.desk import desk
from tests.kept import kept

A_BATCH = 2_000

ENDED = "status IN ('closed', 'archived')"
BACK = "(returns > 0 OR status = 'returned')"
AGAIN = "(reopenings > 0 OR status = 'reopened')"
NOT_DIRECT = "NOT (dispatched_us IS NULL AND department IS NULL)"
REFUSED = "returns > 0 AND reassignments = 0 AND status <> 'returned' AND department IS NOT NULL"
SERVED = (
    "callback_reached AND (resolved IS NOT NULL OR satisfaction IS NOT NULL)"
    " AND coalesce(resolved, 1 = 1) AND coalesce(satisfaction, '') <> 'dissatisfied'"
)
HANDLED = f"{ENDED} AND {NOT_DIRECT}"

# A figure's column of time, what of the tickets it counts, and which of them are good.
COUNTS = {
    "opened": ("created_us", "1 = 1"),
    "dispatched": ("dispatched_us", "1 = 1"),
    "closed": ("closed_us", ENDED),
}
SHARES = {
    "on_time_rate": ("due_us", "status <> 'withdrawn'", f"{ENDED} AND closed_us <= due_us"),
    "source_on_time_rate": ("created_us", "due_us IS NOT NULL", "reported_on_time"),
    "solved_rate": ("called_back_us", "resolved IS NOT NULL", "resolved"),
    "satisfaction_rate": (
        "called_back_us", "satisfaction IS NOT NULL", "satisfaction <> 'dissatisfied'",
    ),
    "reached_rate": ("called_back_us", "1 = 1", "callback_reached"),
    "first_right_rate": ("dispatched_us", "1 = 1", f"NOT ({BACK} OR reassignments > 0)"),
    "return_rate": ("dispatched_us", "1 = 1", BACK),
    "return_accepted_rate": ("dispatched_us", "1 = 1", f"{BACK} AND reassignments > 0"),
    "reopened_rate": (
        "closed_us", f"({HANDLED}) OR (status <> 'withdrawn' AND {AGAIN})",
        f"status <> 'withdrawn' AND {AGAIN}",
    ),
    "return_refused_rate": ("dispatched_us", "1 = 1", REFUSED),
    "taken_rate": ("dispatched_us", "1 = 1", f"NOT {BACK}"),
    "by_first_rate": ("closed_us", HANDLED, "reassignments = 0"),
    "served_rate": (
        "called_back_us", "1 = 1",
        SERVED,
    ),
}  # fmt: skip


class City:
    """A ledger of tickets at one moment, and the pages that are drawn of it."""

    def __init__(self, folder: Path, now: datetime, **settings: Any) -> None:
        self.now = now
        self.sources = Sources(read_settings(data_dir=folder, demo=False, **settings))
        self.sources.migrate()
        self.zone = self.sources.reference.zone
        figures = KeptFigures(self.sources.figures, kept(), lambda work: work(), kept())
        self.desk: Any = desk(now=lambda: now, figures=figures)

    def keep(self, tickets: list[Any]) -> None:
        """Store tickets, in batches as the worker does."""
        for start in range(0, len(tickets), A_BATCH):
            self.sources.ledger.store(tickets[start : start + A_BATCH], clock=self.now)

    def page(self, path: str, query: str) -> list[dict[str, Any]]:
        """Draw a page, and give its components."""
        drawn = screen(self.sources, self.desk, path, query)
        return parts(json.loads(json.dumps(drawn, default=lambda one: one.to_plotly_json())))

    def departments(self) -> list[str]:
        """Name every department that has a ticket."""
        return [str(code) for (code,) in self._select("DISTINCT department FROM tickets") if code]

    def midnight_us(self, day: date) -> int:
        """Give the moment at which a local day begins."""
        begins = datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)
        return round(begins.timestamp() * 1_000_000)

    def counted(self, code: str, first: date, last: date, where: str, **codes: str) -> Any:
        """Count a figure by plain SQL: its number of cases, and of good ones."""
        column, of_them, *good = (COUNTS | SHARES)[code]
        end = last + timedelta(days=1)
        if column == "due_us":  # what falls due today is not due yet
            end = min(end, self.now.astimezone(self.zone).date())
        within = {"first": self.midnight_us(first), "end": self.midnight_us(end)}
        told = good[0] if good else "1 = 1"
        statement = (
            f"count(CASE WHEN {of_them} THEN 1 END), count(CASE WHEN ({of_them}) AND ({told})"
            f" THEN 1 END) FROM tickets WHERE {column} >= :first AND {column} < :end AND {where}"
        )
        return self._select(statement, **within, **codes)[0]

    def flags_told(self, first: date, last: date, where: str, **codes: str) -> bool:
        """Tell whether the source flagged any ticket as on time or late."""
        within = {"first": self.midnight_us(first), "end": self.midnight_us(last) + 86_400_000_000}
        statement = (
            "count(*) FROM tickets WHERE created_us >= :first AND created_us < :end AND due_us IS"
            f" NOT NULL AND reported_on_time IS NOT NULL AND {where}"
        )
        return bool(self._select(statement, **within, **codes)[0][0])

    def _select(self, statement: str, **values: Any) -> list[Any]:
        with self.sources.engine.connect() as connection:
            return list(connection.execute(sql(f"SELECT {statement}"), values))


def shown(page: list[dict[str, Any]], code: str) -> tuple[str, str]:
    """Give what a card says: its value, and its number of cases."""
    if not of(page, "data-figure", code):
        return "–", "样本 0"
    inside = parts(card(page, code))
    value = next(one for one in inside if one.get("className") == "bureau-value")
    cases = [text(one) for one in inside if one.get("className") == "bureau-n"]
    return text(value), cases[0] if cases else ""


def expected(city: City, code: str, first: date, last: date, where: str, **codes: str) -> Any:
    """Give what plain SQL makes of a figure, as a page writes it."""
    n, good = city.counted(code, first, last, where, **codes)
    if code in COUNTS:
        return (f"{n:,}", "")
    if code == "source_on_time_rate" and not city.flags_told(first, last, where, **codes):
        n = 0
    return (f"{good / n * 100:.1f}%" if n else "–", f"样本 {n:,}")


def compare(city: City, path: str, query: str, first: date, last: date, where: str,
            **codes: str) -> int:  # fmt: skip
    """Compare all figures of a page; give how many of them say something."""
    page, told = city.page(path, query), 0
    for code in COUNTS | SHARES:
        counted = expected(city, code, first, last, where, **codes)
        found = shown(page, code)
        if code in COUNTS and found == ("–", "样本 0"):
            found = ("0", "")  # a card of nothing in both periods is not drawn
        assert found == counted, (path, query, code)
        told += found[0] not in ("–", "0")
    return told


@pytest.fixture(scope="module")
def yantai(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give five weeks of the demo city, at a thirtieth of its size."""
    now = datetime(2026, 11, 24, 4, tzinfo=UTC)
    city = City(tmp_path_factory.mktemp("yantai"), now)
    reference = city.sources.reference
    rates = replace(demo_rates(reference), tickets_per_week=1_100)
    works = reference.calendar.is_working_day
    demo = DemoCity(ground_of(reference, rates), rates, seed=12345, works=works)
    for records in demo.history(35, now):
        read = [city.sources.reader.read(one, now=now, feed="demo") for one in records]
        city.keep([one.ticket for one in read if isinstance(one, ReadTicket)])
    return city


@pytest.fixture(scope="module")
def boston(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give Boston's October and November of 2011, as they stood on the first of December."""
    now = datetime(2011, 12, 1, 17, tzinfo=UTC)
    city = City(tmp_path_factory.mktemp("boston"), now, city="mapping:boston311")
    tickets = boston_tickets(tmp_path_factory)
    since = datetime(2011, 10, 1, tzinfo=UTC)
    kept = [one for one in tickets if since <= one.created_at <= now]
    city.keep([state_at(one, now, last=moments(one)[-1]) for one in kept])
    return city


def test_every_department_of_the_demo_city_is_what_sql_counts(yantai: City) -> None:
    first, last = date(2026, 10, 26), date(2026, 11, 24)
    departments, told = yantai.departments(), 0
    assert len(departments) > 40
    for code in departments:
        told += compare(
            yantai,
            f"/departments/{code}",
            "",
            first,
            last,
            "department = :department",
            department=code,
        )
    assert told > 300


def test_every_department_of_boston_is_what_sql_counts(boston: City) -> None:
    first, last = date(2011, 10, 1), date(2011, 11, 30)
    departments, told = boston.departments(), 0
    assert len(departments) >= 8
    for code in departments:
        query = f"?from={first}&to={last}"
        told += compare(
            boston,
            f"/departments/{code}",
            query,
            first,
            last,
            "department = :department",
            department=code,
        )
    assert told > 30


def test_both_definitions_of_on_time_stand_apart(boston: City) -> None:
    page = boston.page("/departments/ISD", "?month=2011-10")
    ours, theirs = text(card(page, "on_time_rate")), text(card(page, "source_on_time_rate"))
    assert "按时办结率" in ours
    assert "来源标注按时率" in theirs
    assert shown(page, "on_time_rate") != shown(page, "source_on_time_rate")


def test_the_rows_of_the_list_are_what_sql_counts(boston: City) -> None:
    first, last = date(2011, 11, 1), date(2011, 11, 30)
    page = boston.page("/departments", "?month=2011-11")
    rows = {row["data-code"]: parts(row) for row in of(page, "data-code")}
    assert set(codes(page)) >= set(boston.departments())
    for code in boston.departments():
        cells = {one["data-label"]: text(one) for one in of(rows[code], "data-label")}
        for name, figure in (("受理量", "opened"), ("按时办结率", "on_time_rate")):
            value, cases = expected(
                boston, figure, first, last, "department = :department", department=code
            )
            assert cells[name] == f"{value} {cases}".strip(), (code, name)


def test_a_further_step_is_what_sql_counts(yantai: City) -> None:
    first, last = date(2026, 11, 18), date(2026, 11, 24)
    (department, category, district), *_ = yantai._select(
        "department, category, district FROM tickets WHERE department IS NOT NULL AND district"
        " IS NOT NULL GROUP BY 1, 2, 3 ORDER BY count(*) DESC LIMIT 1"
    )
    where = "department = :department AND category = :category AND district = :district"
    told = compare(
        yantai, f"/departments/{department}", f"?days=7&category={category}&district={district}",
        first, last, where, department=department, category=category, district=district,
    )  # fmt: skip
    assert told >= 4
