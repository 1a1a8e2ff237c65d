"""Duties for tests: a small city with units of its own in a district, and any catalogue."""

import random
from datetime import date

from operations.departments import Department, DepartmentTable
from operations.people.person import Ring
from operations.response.catalogue import Catalogue, Duty
from tests.builders import LONGKOU

UNITS = DepartmentTable(
    [
        Department("urban", "市城市管理局", "Urban Management Bureau", ("城管局",)),
        Department("housing", "市住建局", "Housing Bureau"),
        Department("telecom", "通信运营企业", "Telecom Operators", ("联通公司",)),
        Department("power", "市供电公司", "Power Company"),
        Department("longkou_urban", "龙口执法局", "Longkou Urban Bureau", (), LONGKOU, ("urban",)),
        Department("gov_longkou", "龙口市政府", "Longkou", (), LONGKOU, ("government",)),
    ]
)
NAMES = {one.code: (one.name_zh, one.name_en) for one in UNITS} | {"manhole": ("井盖", "Manholes")}


def duty(code: str = "D-1", **changes: object) -> Duty:
    """Give a duty of manhole covers that urban management leads, changed as asked."""
    values: dict[str, object] = {
        "code": code, "title_zh": "井盖养护", "title_en": "Manhole covers",
        "categories": ("manhole",), "lead": "urban", "level": Ring.COUNTY,
    }  # fmt: skip
    return Duty(**(values | changes))


def catalogue(*duties: Duty) -> Catalogue:
    """Give a catalogue of the small city."""
    return Catalogue(duties, UNITS, NAMES)


def any_duties(count: int, seed: int = 1) -> list[Duty]:
    """Give so many duties of few categories, units, words and days, so that they meet."""
    dice = random.Random(seed)
    words = ("电信", "联通", "电力", "热力", "雨水", "雨水口", "物业", "小区内")
    units = [one.code for one in UNITS if one.district is None] + ["government"]
    days = (None, date(2026, 1, 1), date(2026, 11, 24), date(2026, 11, 25), date(2027, 1, 1))
    return [
        duty(
            f"D-{number}", title_zh=f"事项{number}", title_en=f"Matter {number}",
            categories=tuple(dice.sample(("manhole", "road", "noise"), dice.randint(1, 2))),
            keywords=tuple(dice.sample(words, dice.choice((0, 0, 1, 2)))),
            lead=dice.choice(units), cooperating=tuple(dice.sample(units, dice.randint(0, 2))),
            level=dice.choice((Ring.CITY, Ring.COUNTY)), basis=("《某条例》",),
            valid_from=dice.choice(days[:3]), valid_until=dice.choice(days),
        )
        for number in range(count)
    ]  # fmt: skip
