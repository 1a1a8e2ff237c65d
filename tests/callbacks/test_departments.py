"""The pages of departments: whose figures are shown to whom, and that each is what was counted."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from callbacks.department_faces import GROUPS, IN_TABLES
from callbacks.pages import screen
from data_sources.open_lists import LISTS, Held
from operations.departments import Department, DepartmentTable
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sight import sight_of
from operations.pulse.figures import FIGURES
from operations.pulse.sums import Slice
from tests.builders import LONGKOU, NOW, at
from tests.callbacks.test_account import Here
from tests.desk import YANTAI, desk, sources
from tests.figures import MemoryFigures, sums
from tests.people import account
from tests.people import desk as sign_in_desk

TODAY = NOW.astimezone(YANTAI).date()
MONTH_AGO = date.fromordinal(TODAY.toordinal() - 40)
TARGETS = {"on_time_rate": 0.95, "return_rate": 0.05}


class House:
    """A city of three departments with some days of sums, and who asks."""

    def __init__(self) -> None:
        self.figures = MemoryFigures()
        told = sources()
        told.reference.departments = DepartmentTable(
            [
                Department("water", "市水务局", "Water"),
                Department("housing", "市住建局", "Housing"),
                Department("longkou", "龙口市政府", "Longkou Government", district=LONGKOU),
            ]
        )
        told.reference.knows = lambda kind, code: code in ("water", "housing", "longkou", LONGKOU)
        told.names.departments.update(
            {"housing": ("市住建局", "Housing"), "longkou": ("龙口市政府", "Longkou Government")}
        )
        told.settings.ranks = False
        told.reference.targets, told.settings.few_cases = TARGETS, 20
        told.figures = self.figures
        self.listed: list[tuple[Any, Any]] = []
        self.held: dict[str, list[Held]] = {name: [] for name in LISTS}
        told.open_lists = SimpleNamespace(read=self.read_lists)
        self.sources: Any = told
        self.desk: Any = desk(figures=self.figures)

    def read_lists(self, slice_: Any, sight: Any, _now: Any, *, most: int) -> Any:
        """Remember what was asked, and give what is held."""
        self.listed.append((slice_, sight))
        return {name: held[:most] for name, held in self.held.items()}

    def put(
        self, department: str, day: date = TODAY, district: str = LONGKOU, **counts: int
    ) -> None:
        """Count something of a department."""
        self.figures.put(
            day, sums(**counts), department=department, district=district, category="water_quality"
        )

    def sign_in(self, role: Role, **changes: Any) -> None:
        """Let somebody of a role ask."""
        at = sign_in_desk()
        at.accounts.add(account(roles=frozenset({role}), **changes))
        self.desk = desk(people=Here(at, "wang"), figures=self.figures)

    def page(self, path: str, query: str = "") -> list[dict[str, Any]]:
        """Draw a page, and give its components."""
        drawn = screen(self.sources, self.desk, path, query)
        return parts(json.loads(json.dumps(drawn, default=lambda one: one.to_plotly_json())))


def parts(node: Any) -> list[dict[str, Any]]:
    """List every component's properties, outermost first."""
    found: list[dict[str, Any]] = []
    if isinstance(node, dict):
        if "props" in node:
            found.append(node["props"] | {"type": node["type"]})
        for value in node.values():
            found += parts(value)
    elif isinstance(node, list):
        for value in node:
            found += parts(value)
    return found


def text(node: Any) -> str:
    """Give all words of a component, one after the other."""
    if isinstance(node, dict):
        return text(node.get("props", node).get("children"))
    if isinstance(node, list):
        return " ".join(filter(None, map(text, node)))
    return "" if node is None else str(node)


def of(page: list[dict[str, Any]], mark: str, value: str | None = None) -> list[dict[str, Any]]:
    """List the components that carry a mark."""
    return [one for one in page if mark in one and (value is None or one[mark] == value)]


def card(page: list[dict[str, Any]], code: str) -> dict[str, Any]:
    """Give the card of a figure."""
    (found,) = of(page, "data-figure", code)
    return found


def codes(page: list[dict[str, Any]], axis: str = "department") -> list[str]:
    """List the rows of a table."""
    (table,) = of(page, "data-by", axis)
    return [row["data-code"] for row in of(parts(table), "data-code")]


def hrefs(page: list[dict[str, Any]]) -> dict[str, str]:
    return {text(one): one["href"] for one in page if one.get("type") == "A" and "href" in one}


@pytest.fixture
def house() -> House:
    made = House()
    made.put("water", opened=40, due=50, on_time=47, dispatched=30, returned=3)
    made.put("housing", opened=90, due=100, on_time=60, dispatched=80, returned=2)
    made.put("longkou", opened=10, due=10, on_time=10)
    made.put("water", day=MONTH_AGO, due=50, on_time=40)
    return made


def test_a_figure_says_its_value_its_cases_its_target_and_what_was_before(house: House) -> None:
    said = text(card(house.page("/departments/water"), "on_time_rate"))
    assert "94.0%" in said
    assert "样本 50" in said
    assert "目标 95.0%" in said
    assert "+14.0" in said
    assert "前期 80.0% (样本 50)" in said


def test_a_share_is_rounded_once(house: House) -> None:
    house.put("housing", day=MONTH_AGO, opinions=258, satisfied=222)
    page = house.page("/departments/housing", "?from=2026-10-01&to=2026-10-31")
    assert "86.0%" in text(card(page, "satisfaction_rate"))  # 0.86047, not 0.8605


def test_a_figure_says_what_it_means_and_draws_every_day(house: House) -> None:
    found = card(house.page("/departments/water"), "on_time_rate")
    (meant,) = (one for one in FIGURES if one.code == "on_time_rate")
    assert meant.means_zh in text(found)
    (chart,) = of(parts(found), "data-chart")
    told = json.loads(chart["data-chart"])
    assert len(told["points"]) == 30
    assert told["points"][-1] == 0.94
    assert told["cases"] == [0] * 29 + [50]
    assert "2026-10-26" in chart["aria-label"]


def test_a_point_of_a_rate_is_of_its_week_and_one_of_a_count_of_its_day(house: House) -> None:
    for ago in (4, 6, 7):
        day = date.fromordinal(TODAY.toordinal() - ago)
        house.put("water", day=day, opened=10, due=10, on_time=10)
    page = house.page("/departments/water")
    rate, count = (
        json.loads(of(parts(card(page, code)), "data-chart")[0]["data-chart"])
        for code in ("on_time_rate", "opened")
    )
    assert rate["cases"][-1] == 70  # today, four and six days ago; not seven
    assert rate["points"][-1] == round(67 / 70, 4)
    assert count["points"][-8:] == [10, 10, 0, 10, 0, 0, 0, 40]


def test_what_came_in_late_is_seen_on_its_figure(house: House) -> None:
    late = date.fromordinal(TODAY.toordinal() - 3)
    house.figures.correct(late, sums(due=3, on_time=1), department="water", district=LONGKOU)
    page = house.page("/departments/water")
    assert "更正 +3（达标 +1）" in text(card(page, "on_time_rate"))
    assert f"{late.isoformat()}：更正 +3" in text(card(page, "on_time_rate"))
    (chart,) = of(parts(card(page, "on_time_rate")), "data-chart")
    assert json.loads(chart["data-chart"])["corrected"] == [26]
    assert "更正" not in text(card(page, "opened"))


def test_a_figure_of_few_cases_has_no_band(house: House) -> None:
    judged = card(house.page("/departments/water"), "on_time_rate")
    few = card(house.page("/departments/longkou"), "on_time_rate")
    assert (judged["data-few"], judged["data-band"]) == ("false", "B")
    assert (few["data-few"], few["data-band"]) == ("true", "none")
    assert "不评价" in text(few)


def test_a_score_says_what_moved_it(house: House) -> None:
    page = house.page("/departments/water")
    (score,) = (one for one in page if one.get("className") == "bureau-score")
    # Now (0.94 / 0.95 + 0.05 / 0.1) / 2, before 0.8 / 0.95: less was on time then, none returned.
    assert "0.745" in text(score)
    assert "前期 0.842" in text(score)
    first, second = (one for one in parts(score) if one.get("type") == "Li")
    assert text(first).split() == [
        "按时办结率", "94.0%，目标", "95.0%，样本", "50", "−0.005", "+0.153",
    ]  # fmt: skip
    assert text(second).split()[0] == "退单率"
    assert text(second).split()[-2:] == ["−0.250", "–"]


def test_departments_stand_by_load_and_are_not_ranked(house: House) -> None:
    page = house.page("/departments")
    assert codes(page) == ["housing", "water", "longkou"]
    said = text(of(page, "data-by", "department"))
    assert "评级" in said
    assert "名次" not in said


def test_ranks_are_there_behind_their_setting(house: House) -> None:
    house.sources.settings.ranks = True
    page = house.page("/departments")
    # Of longkou no figure rests on enough to be scored.
    assert codes(page) == ["housing", "water", "longkou"]
    rows = [text(row) for row in of(page, "data-code")]
    assert "名次 1" in next(row for row in rows if "市住建局" in row)
    assert not any("名次" in row for row in rows if "龙口市政府" in row)


def test_a_row_that_misses_its_target_has_a_mark_and_one_of_few_has_none(house: House) -> None:
    (table,) = of(house.page("/departments"), "data-by", "department")
    rows = {row["data-code"]: parts(row) for row in of(parts(table), "data-code")}

    def marks(code: str) -> list[tuple[str, str]]:
        return [(one["data-few"], one["data-below"]) for one in of(rows[code], "data-below")]

    place = IN_TABLES.index("on_time_rate") - 1  # the first column is a plain count
    assert marks("housing")[place] == ("false", "true")
    assert marks("longkou")[place] == ("true", "false")


def test_every_step_keeps_the_days_and_leads_one_further(house: House) -> None:
    page = house.page("/departments", f"?days=7&district={LONGKOU}")
    leads = urlsplit(hrefs(page)["市水务局"])
    assert leads.path == "/departments/water"
    assert parse_qs(leads.query) == {"days": ["7"], "district": [LONGKOU], "lang": ["zh"]}
    page = house.page("/departments/water", "?days=7")
    leads = urlsplit(hrefs(page)["自来水发黄"])
    assert parse_qs(leads.query) == {"days": ["7"], "category": ["water_quality"], "lang": ["zh"]}


def test_crumbs_lead_back_to_the_city(house: House) -> None:
    query = f"?month=2026-11&district={LONGKOU}&category=water_quality&lang=en"
    page = house.page("/departments/longkou", query)
    (crumbs,) = (one for one in page if one.get("className") == "bureau-crumbs")
    steps = [one for one in parts(crumbs) if one.get("type") == "A" and "className" not in one]
    assert [text(one) for one in steps] == [
        "Yantai", "Units of districts", "Longkou", "Longkou Government",
    ]  # fmt: skip
    assert all("month=2026-11" in one["href"] for one in steps)
    (back,) = of(parts(crumbs), "data-way-back")
    assert back["href"] == steps[-1]["href"]
    assert of(parts(crumbs), "aria-current", "page")[0]["children"] == "Yellow water"


def test_a_level_adds_its_units_up(house: House) -> None:
    page = house.page("/departments", "?level=city")
    assert codes(page) == ["housing", "water"]
    assert "样本 150" in text(card(page, "on_time_rate"))
    (chart,) = of(parts(card(page, "on_time_rate")), "data-chart")
    assert json.loads(chart["data-chart"])["cases"][-1] == 150
    assert codes(house.page("/departments", "?level=county")) == ["longkou"]


def test_a_handler_sees_their_own_department_alone(house: House) -> None:
    house.sign_in(Role.DEPARTMENT_HANDLER, department="water")
    page = house.page("/departments")
    assert codes(page) == ["water"]
    assert "样本 50" in text(card(page, "on_time_rate"))
    facts = json.loads(next(one["children"] for one in page if one.get("id") == "page-facts"))
    assert facts["scope"] == "department-water"


def test_who_works_in_the_centre_sees_all_of_them(house: House) -> None:
    house.sign_in(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    page = house.page("/departments")
    assert codes(page) == ["housing", "water", "longkou"]
    facts = json.loads(next(one["children"] for one in page if one.get("id") == "page-facts"))
    assert facts["scope"] == "city"


def test_who_may_see_no_figures_finds_no_page(house: House) -> None:
    house.sign_in(Role.AUDIT_ADMIN)
    page = house.page("/departments")
    assert "home-lost" in page[0]["className"]


def test_there_is_no_page_of_a_department_that_is_not_there(house: House) -> None:
    assert "home-lost" in house.page("/departments/moon")[0]["className"]
    assert "home-lost" in house.page("/departments/water/further")[0]["className"]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?days=8", "时段不对"),
        ("?from=2026-11-05&to=2026-11-01", "时段不对"),
        ("?level=moon", "level"),
        ("?district=1", "district"),
    ],
)
def test_a_wrong_address_says_what_is_wrong_and_offers_the_rest(
    house: House, query: str, says: str
) -> None:
    page = house.page("/departments", query)
    (alert,) = of(page, "role", "alert")
    assert says in text(alert)
    assert "近 7 天" in hrefs(page)
    assert of(page, "data-figure") == []


WAYS = [("/departments", ""), ("/departments", "?level=city"), ("/departments", "?all=category"),
        ("/departments", f"?district={LONGKOU}"), ("/departments", "?days=7"),
        ("/departments", "?category=water_quality"), ("/departments", "?days=7&lang=en"),
        ("/departments/water", ""), ("/departments/water", f"?district={LONGKOU}"),
        ("/departments/housing", "?from=2026-11-01&to=2026-11-24")]  # fmt: skip
READERS: list[tuple[Role, dict[str, Any]]] = [
    (Role.LEADER, {}),
    (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": LONGKOU}),
    (Role.DEPARTMENT_HANDLER, {"department": "water"}),
    (Role.DEPARTMENT_HANDLER, {"department": "housing"}),
    (Role.DEPARTMENT_HANDLER, {"department": "water", "ring": Ring.COUNTY, "place": "370602"}),
    (Role.AUDIT_ADMIN, {}),
]


def test_what_is_kept_of_one_reader_is_shown_to_no_other(house: House) -> None:
    """Whoever looked before, in whatever language and at whatever step, a page stays the same."""
    for _ in range(2):
        for role, changes in READERS:
            house.sign_in(role, **changes)
            for path, query in WAYS:
                shown = house.page(path, query)
                house.figures.drawings, kept = {}, house.figures.drawings
                assert shown == house.page(path, query), (role, changes, path, query)
                house.figures.drawings = kept | house.figures.drawings
    seen = len(house.figures.drawings)
    house.sign_in(Role.LEADER, name="another of the same standing")
    house.page("/departments")
    assert len(house.figures.drawings) == seen, "who may the same shares what is drawn"


def test_other_terms_draw_anew(house: House) -> None:
    assert card(house.page("/departments/water"), "on_time_rate")["data-few"] == "false"
    house.sources.settings.few_cases = 1_000
    assert card(house.page("/departments/water"), "on_time_rate")["data-few"] == "true"
    house.sources.reference.targets = {"on_time_rate": 0.5}
    assert "目标 50.0%" in text(card(house.page("/departments/water"), "on_time_rate"))
    house.sources.names.departments["water"] = ("水厂", "Waterworks")
    assert "水厂" in hrefs(house.page("/departments"))
    house.sources.settings.ranks = True
    assert "得分" in text(of(house.page("/departments"), "data-by", "department"))


def test_what_is_kept_tells_of_no_ticket_no_moment_and_no_reader(house: House) -> None:
    house.held["waits"] = [held(external_id="T-9", title="title of a ticket")]
    house.sign_in(Role.LEADER)
    page = house.page("/departments/water")
    assert "title of a ticket" in text(page[0])
    kept = json.dumps(list(house.figures.drawings.values()), ensure_ascii=False)
    assert "按时" in kept
    who = house.desk.who().person
    for untold in ("title of a ticket", "T-9", who.name, who.login):
        assert untold not in kept


def test_a_database_that_is_away_leaves_a_page(house: House) -> None:
    house.figures.away = True
    assert "暂时无法读取" in text(of(house.page("/departments/water"), "role", "alert"))


def test_sums_that_are_made_anew_say_so(house: House) -> None:
    house.figures.share = 0.4
    assert "40%" in text(of(house.page("/departments/water"), "role", "status"))


def test_the_language_switch_stays_where_it_is(house: House) -> None:
    page = house.page("/departments/water", "?days=90&category=water_quality")
    (switch,) = of(page, "data-language-switch")
    assert parse_qs(urlsplit(switch["href"]).query) == {
        "days": ["90"], "category": ["water_quality"], "lang": ["en"],
    }  # fmt: skip


def test_every_figure_stands_in_one_group() -> None:
    grouped = [code for codes in GROUPS.values() for code in codes]
    assert sorted(grouped) == sorted(figure.code for figure in FIGURES)


def test_who_prints_stands_on_the_print(house: House) -> None:
    house.sign_in(Role.LEADER, name="李明")
    (marks,) = (one for one in house.page("/departments") if one.get("className") == "reader-marks")
    assert "李明 (wang)" in text(marks)


def held(**changes: Any) -> Held:
    """Give an open ticket of a list."""
    plain: dict[str, Any] = {
        "source": "12345", "external_id": "T/1", "title": "反映水黄", "category": "water_quality",
        "department": "water", "district": LONGKOU, "created_at": at(hours=-60),
        "due_at": at(hours=3), "returns": 0,
    }  # fmt: skip
    return Held(**(plain | changes))


def test_a_long_table_shows_its_first_lines_until_all_are_asked_for(house: House) -> None:
    for number in range(15):
        house.figures.put(
            TODAY, sums(opened=20 - number), department="water", district=LONGKOU,
            category=f"c{number:02}",
        )  # fmt: skip
    page = house.page("/departments/water", "?days=7&lang=en")
    assert codes(page, "category") == ["water_quality", *(f"c{number:02}" for number in range(11))]
    (table,) = of(page, "data-by", "category")
    (more,) = [one for one in parts(table) if one.get("className") == "press"]
    assert (more["children"], table["id"]) == ("4 more", "by-category")
    address = urlsplit(more["href"])
    assert (address.path, address.fragment) == ("/departments/water", "by-category")
    assert parse_qs(address.query)["days"] == ["7"]
    whole = house.page("/departments/water", f"?{address.query}")
    assert len(codes(whole, "category")) == 16
    (table,) = of(whole, "data-by", "category")
    (fewer,) = [one for one in parts(table) if one.get("className") == "press"]
    assert (fewer["children"], "all=" in fewer["href"]) == ("4 fewer", False)


def test_the_way_ends_at_the_ticket(house: House) -> None:
    house.held["soon_late"] = [held()]
    house.held["waits"] = [held(due_at=at(hours=-1))]
    house.held["returned"] = [held(returns=2, returned_by=("water", "housing"))]
    page = house.page("/departments/water", "?lang=en")
    soon, waits, returned = of(page, "data-list")
    assert hrefs(parts(soon)) == {text(soon["children"][1]).strip(): "/tickets/12345/T%2F1?lang=en"}
    assert "due 11-24" in text(soon)
    assert "waiting 2.5 d" in text(waits)
    assert [one["data-late"] for one in of(parts(waits), "data-late")] == ["true"]
    assert "returned 2×" in text(returned)
    assert "returned by Water → Housing" in text(returned)
    assert "because: no reason given" in text(returned)
    house.held["returned"] = [held(returns=1, return_reason="不属于本单位职责")]
    (_, _, told) = of(house.page("/departments/water", "?lang=en"), "data-list")
    assert "because: 不属于本单位职责" in text(told)
    assert "Yellow water · Longkou" in text(soon)


def test_lists_are_of_the_step_and_of_who_asks(house: House) -> None:
    house.page("/departments/water", f"?category=water_quality&district={LONGKOU}")
    assert house.listed[-1][0] == Slice(LONGKOU, "water", "water_quality")
    house.sign_in(Role.DEPARTMENT_HANDLER, department="water")
    house.page("/departments")
    slice_, sight = house.listed[-1]
    assert slice_ == Slice(department="water")
    assert sight == sight_of(house.desk.who().person)


def test_who_sees_no_tickets_has_no_lists_and_no_way_to_look_for_them(house: House) -> None:
    house.sign_in(Role.SYSTEM_ADMIN)
    page = house.page("/departments/water")
    assert of(page, "data-figure")
    assert of(page, "data-list") == []
    assert house.listed == []
    assert not any("/desk" in href for href in hrefs(page).values())


def test_of_many_units_no_list_is_made(house: House) -> None:
    assert of(house.page("/departments", "?level=city"), "data-list") == []
    assert house.listed == []


def test_all_tickets_of_a_step_can_be_looked_for(house: House) -> None:
    page = house.page("/departments/water", "?category=water_quality&days=7")
    leads = urlsplit(hrefs(page)["查看这些工单"])
    assert leads.path == "/desk"
    assert parse_qs(leads.query) == {
        "department": ["water"], "category": ["water_quality"], "lang": ["zh"],
    }  # fmt: skip
