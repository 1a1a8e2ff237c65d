"""The catalogue of duties: found by category and word, searched, versioned."""

import time
from datetime import date

import pytest

from operations.names import plain
from operations.people.person import Ring
from operations.response.catalogue import DECIDED, GENERAL, Catalogue, Words
from tests.builders import LONGKOU
from tests.duties import UNITS, any_duties, catalogue, duty

DAY = date(2026, 11, 24)
TEXTS = ("井盖响", "电信的井盖坏了", "雨水口的盖子，物业不管", "小区内电力井", "")


def codes(found):
    return [(one.duty.code, one.word) for one in found]


def plainly(duties, category, text, day):
    """Find the duties of a ticket by walking them all."""
    said = plain(text)

    def word_of(one):
        return max((plain(word) for word in one.keywords if plain(word) in said),
                   key=lambda word: (len(word), -said.index(word)), default="")  # fmt: skip

    held = [one for one in duties if one.holds_on(day)]
    own = [one for one in held if category in one.categories]
    by_word = [one for one in own if word_of(one)]
    general = [one for one in own if not one.keywords][:GENERAL]
    if not by_word and not general:
        by_word = [one for one in held if word_of(one)]
    by_word = sorted(by_word, key=lambda one: -len(word_of(one)))[:DECIDED]
    return [(one.code, word_of(one)) for one in by_word] + [(one.code, "") for one in general]


@pytest.mark.parametrize("seed", range(5))
def test_what_speaks_of_a_ticket_equals_a_walk_through_all(seed: int) -> None:
    duties = any_duties(60, seed)
    held = catalogue(*duties)
    for category in ("manhole", "road", "noise", "unknown"):
        for text in TEXTS:
            for day in (DAY, date(2025, 1, 1), date(2026, 11, 25)):
                found = codes(held.speaking_of(category, text, day))
                assert found == plainly(duties, category, text, day)


def test_a_word_decides_between_rows_of_one_category() -> None:
    held = catalogue(
        duty("general"),
        duty("power", lead="power", keywords=("电力",)),
        duty("telecom", lead="telecom", keywords=("电信", "联通")),
    )
    assert codes(held.speaking_of("manhole", "联通的井盖响", DAY)) == [
        ("telecom", "联通"), ("general", "")
    ]  # fmt: skip
    assert codes(held.speaking_of("manhole", "井盖响", DAY)) == [("general", "")]


def test_a_ticket_of_a_category_without_duties_is_told_by_its_words() -> None:
    held = catalogue(duty("telecom", lead="telecom", keywords=("电信",)), duty("general"))
    assert codes(held.speaking_of("other", "电信的井盖", DAY)) == [("telecom", "电信")]


def test_a_duty_holds_from_its_first_day_to_its_last() -> None:
    one = duty(valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [one.holds_on(day) for day in days] == [False, True, True, False]


def test_however_many_rows_share_a_word_few_are_looked_at() -> None:
    held = catalogue(*(duty(f"D-{n:03}", keywords=("电信",)) for n in range(300)))
    found = held.speaking_of("manhole", "电信的井盖", DAY)
    assert [one.duty.code for one in found] == [f"D-{n:03}" for n in range(DECIDED)]


def test_a_district_s_own_unit_leads_at_the_county_s_level() -> None:
    county, city = duty(), duty(level=Ring.CITY)
    held = catalogue(county, city)
    assert held.lead(county, LONGKOU) == "longkou_urban"
    assert held.lead(county, "370602") == "urban"
    assert held.lead(city, LONGKOU) == "urban"
    assert held.lead(county, None) == "urban"


def test_a_kind_without_a_municipal_unit_is_the_district_s_own_or_nobody() -> None:
    one = duty(lead="government", level=Ring.CITY)
    held = catalogue(one)
    assert held.lead(one, LONGKOU) == "gov_longkou"
    assert held.lead(one, "370602") is None
    assert held.lead(one, None) is None


def test_the_version_moves_with_the_rows_alone() -> None:
    rows = any_duties(20)
    assert catalogue(*rows).digest == catalogue(*rows).digest
    assert catalogue(*rows).digest != catalogue(*rows[:-1]).digest
    assert catalogue(*rows[:-1], duty("other", basis=("x",))).digest != catalogue(*rows).digest
    dated = catalogue(duty("a", valid_from=DAY), duty("b"), duty("c", valid_from=date(2026, 1, 1)))
    assert dated.dated == DAY
    assert Catalogue().dated is None


def test_it_is_searched_by_title_keyword_basis_unit_and_code() -> None:
    held = catalogue(
        duty("SZ-1", keywords=("雨箅",), basis=("《城市道路管理条例》第二十三条",)),
        duty("SZ-2", title_zh="路灯", title_en="Street lights", lead="power", level=Ring.CITY),
        duty("SZ-3", title_zh="公厕", title_en="Toilets", cooperating=("housing",)),
    )

    def found(*asked, **more):
        return [one.code for one in held.search(*asked, **more)]

    assert found() == ["SZ-1", "SZ-2", "SZ-3"]
    assert found("雨箅") == ["SZ-1"]
    assert found("道路管理条例 城市管理局") == ["SZ-1"]
    assert found("street LIGHTS") == ["SZ-2"]
    assert found("供电") == ["SZ-2"]
    assert found("sz-3") == ["SZ-3"]
    assert found("nothing") == []
    assert found(unit="longkou_urban") == ["SZ-1", "SZ-3"], "it stands for the kind that leads"
    assert found(unit="housing") == ["SZ-3"], "it cooperates"
    assert found(category="manhole", unit="power") == ["SZ-2"]
    assert found(category="other") == []


def test_words_are_found_in_a_text_the_longest_of_a_place_first() -> None:
    held = Words([("雨水", 0), ("雨水口", 0), ("电信", 1), ("x", 2)])
    assert held.found("雨水口和电信x") == {0: "雨水口", 1: "电信"}
    assert Words([]).found("雨水") == {}


def test_a_look_up_costs_the_same_among_ten_times_as_many() -> None:
    def took(count: int) -> float:
        rows = [duty(f"D-{n}", categories=(f"c{n % (count // 50)}",), keywords=(f"词语{n}",))
                for n in range(count)]  # fmt: skip
        held, best = Catalogue(rows, UNITS), 9.0
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(50):
                held.speaking_of("c1", "这里有一个井盖响了很多天没有人管" * 4, DAY)
            best = min(best, time.perf_counter() - start)
        return best

    assert took(5_500) < took(550) * 3
