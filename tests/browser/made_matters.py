"""Incidents made up for an hour: a grave one with a failing link, one at ease, a drill, many."""

from datetime import datetime, timedelta
from typing import Any

from tests.browser.made_up import Row, ago

UNITS = {
    "water_company": ("市水务集团", "Water Group"),
    "water_bureau": ("市水务局", "Water Bureau"),
    "health": ("市卫生健康委员会", "Health Commission"),
    "housing": ("市住房和城乡建设局", "Housing and Construction Bureau"),
    "gov_longkou": ("龙口市人民政府", "Longkou Municipal Government"),
    "heating_company": ("市热力集团", "Heating Group"),
    "emergency": ("市应急管理局", "Emergency Management Bureau"),
}
QUIET = [[n, 2.1, 5.0] for n in (2, 1, 3, 2, 0, 2, 4, 1, 2, 3)]
RISING = [[n, 2.1, 5.0] for n in (14, 61, 97, 44, 12, 6)]
NOBODY = {"open": 0, "late": 0, "done": 0}


def later(now: datetime, **length: float) -> str:
    """Give the time so long after `now`, as pictures write it."""
    return ago(now + timedelta(**length))


def named(field: str, code: str | None) -> Row:
    """Name a department, or nobody."""
    chinese, english = UNITS[code] if code else ("", "")
    return {field: code, f"{field}_zh": chinese, f"{field}_en": english}


def link(zh: str, en: str, owner: str | None, state: str, **changes: Any) -> Row:
    """Make a link of a chain."""
    row = {"name_zh": zh, "name_en": en, **named("owner", owner), "state": state}
    return row | {"first": False, "findings": 0, "measures": 0} | changes


def party(code: str | None, state: str | None, **tasks: int) -> Row:
    """Make a party with its tasks; one without a code is from outside."""
    chinese, english = UNITS[code] if code else ("", "")
    row = {"code": code, "name_zh": chinese, "name_en": english, "state": state, "lead": False}
    return row | {"tasks": NOBODY | tasks}


def water(now: datetime, **changes: Any) -> Row:
    """Make the yellow water of Longkou: the mains fail, two parties are awaited."""
    links = [
        link("源头", "Source and plant", "water_company", "cleared", findings=2),
        link("管道", "Mains", "water_company", "failing", first=True, findings=3, measures=2),
        link("小区管网", "Estate network", "housing", "suspected", findings=1),
        link("居民家中", "Homes", "gov_longkou", "unknown"),
    ]
    parties = [
        party("water_company", "present", open=3, late=1, done=2) | {"lead": True},
        party("housing", "summoned", open=1),
        party(None, "summoned"),
        party("gov_longkou", "present", open=2, late=1),
        party("health", "present", done=1),
        party("water_bureau", "present", open=1),
    ]
    series = {
        "first": (now - timedelta(days=15)).date().isoformat(), "days": QUIET + RISING,
        "opened": 11, "back_d": 0,
        "marks": [{"day": 12, "began": 1, "done": 0}, {"day": 13, "began": 0, "done": 1}],
    }  # fmt: skip
    row = {
        "id": "sj-water", "number": "SJ-2026-0007", "category": "water_yellow",
        "name_zh": "自来水发黄", "name_en": "Discoloured tap water",
        "district": "370681", "district_zh": "龙口市", "district_en": "Longkou",
        **named("lead", "water_company"), "state": "responding", "severity": 2,
        "exercise": False, "released": "", "since": ago(now, days=4, hours=5), "tickets": 234,
        "due": later(now, hours=1.5), "due_of": "measure", "late": 2,
        "late_since": ago(now, hours=3), "report_late_since": None,
        "whole": {"links": links, "parties": parties, "parties_left_out": 0,
                  "tasks": {"open": 7, "late": 2, "done": 3}, "series": series},
    }  # fmt: skip
    return row | changes


def heating(now: datetime, **changes: Any) -> Row:
    """Make a heating failure under control: every link examined, nothing late."""
    links = [
        link("热源", "Heat source", "heating_company", "cleared", findings=1),
        link("一次管网", "Primary network", "heating_company", "cleared", findings=1),
        link("换热站", "Exchange station", "heating_company", "suspected", first=True, findings=2),
        link("二次管网", "Secondary network", "housing", "cleared", findings=1),
        link("居民家中", "Homes", None, "unknown"),
    ]
    parties = [
        party("heating_company", "present", open=1, done=4) | {"lead": True},
        party("housing", "present", done=1),
    ]
    held = water(now)["whole"] | {"links": links, "parties": parties}
    row = water(
        now, id="sj-heat", number="SJ-2026-0008", category="heating_cold",
        name_zh="供暖温度不够", name_en="Insufficient heating", district="370676",
        district_zh="黄渤海新区", district_en="Huangbohai New Area", state="controlled", severity=3,
        since=ago(now, days=6), tickets=88, late=0, late_since=None, due_of="report",
        due=later(now, hours=2), whole=held, **named("lead", "heating_company"),
    )  # fmt: skip
    return row | changes


def drill(now: datetime) -> Row:
    """Make a drill: a storm that is played."""
    return water(
        now, id="yl-storm", number="YL-2026-0002", category="waterlogging", name_zh="积水内涝",
        name_en="Waterlogging", district=None, district_zh="", district_en="", severity=1,
        exercise=True, since=ago(now, minutes=50), tickets=0, late=0, late_since=None,
        state="assessing", report_late_since=ago(now, minutes=12), **named("lead", "emergency"),
    )  # fmt: skip


def told(rows: list[Row], left_out: int = 0) -> Row:
    """Make the data of the section."""
    real = [row for row in rows if not row["exercise"]]
    return {
        "rows": rows, "left_out": left_out, "open": len(real) + left_out,
        "late": sum(row["late"] > 0 for row in real), "baseline_d": 3,
    }  # fmt: skip


def a_few(now: datetime) -> Row:
    """Make what an ordinary week has: one at work, one under control, a drill."""
    return told([water(now), heating(now), drill(now)])


def many(now: datetime) -> Row:
    """Make a bad week: one released, one late to report, then what is told in brief."""
    grave = water(now, severity=1, late=9, released="龙口市城区供水管道抢修，预计今晚恢复",
                  report_late_since=ago(now, hours=1.2))  # fmt: skip
    brief = [
        heating(now, id=f"sj-{n}", number=f"SJ-2026-{n:04d}", whole=None, late=n % 3,
                late_since=ago(now, hours=n))
        for n in range(20, 32)
    ]  # fmt: skip
    return told([grave, heating(now), *brief, drill(now)], left_out=17)
