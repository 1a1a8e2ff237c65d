"""Rules of time from their files."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from data_sources.reference import load_reference
from data_sources.rules import RULES, load_rules, read_rules
from operations.categories import Category
from operations.errors import BadInput
from operations.tickets.cards import CardRule
from operations.tickets.deadlines import ExtensionRule, Limit
from operations.tickets.ticket import Triage, Urgency
from operations.tickets.triage import USUAL
from settings import Settings

CATEGORIES = (
    Category("water_cut", "停水", "Water cut off", "供水", "Water supply"),
    Category("gas_leak", "燃气泄漏", "Gas leak", "燃气", "Gas"),
    Category("roads", "道路", "Roads", "交通", "Transport"),
)
LEAST = """
code = "mine"
name_zh = "我的"
name_en = "Mine"
[[clock]]
name = "all"
finish = { working_days = 3 }
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def limit(rules, clock, triage, category="roads", urgency=Urgency.ROUTINE):
    rows = [row for row in rules.clocks if getattr(row, clock) is not None]
    row = next((row for row in rows if row.applies(triage, category, urgency)), None)
    return None if row is None else getattr(row, clock)


def test_shandong_says_what_the_province_published():
    rules = load_rules("shandong", "none", CATEGORIES)
    for triage in (Triage.ORDINARY, Triage.DISPUTED, Triage.HARD):
        assert limit(rules, "finish", triage) == Limit(working_days=5)
        assert limit(rules, "dispatch", triage) is None, "the province names none"
    assert rules.extension == ExtensionRule(times=1, working_days=10)
    assert rules.return_within == Limit(working_days=2)
    assert rules.cards == CardRule(yellow_d=1, red_d=1)
    assert rules.triage == USUAL, "the file says row by row what a set without one has"


def test_beijing_says_what_the_city_published():
    rules = load_rules("beijing", "none", CATEGORIES)
    assert limit(rules, "dispatch", Triage.URGENT) == Limit(clock_h=1)
    assert limit(rules, "dispatch", Triage.ORDINARY, "water_cut") == Limit(clock_h=2)
    assert limit(rules, "dispatch", Triage.ORDINARY) == Limit(clock_h=24)
    finishes = [row.finish.clock_h for row in rules.clocks if row.finish]
    assert finishes == [2, 24, 15 * 24, 7 * 24]


def test_yantai_has_shandongs_rules_and_a_mapped_city_none():
    assert load_reference(Settings(city="yantai")).rules.code == "shandong"
    assert load_reference(Settings(city="yantai", rules="beijing")).rules.code == "beijing"
    assert load_reference(Settings(city="yantai", rules="none")).rules is None
    assert load_reference(Settings(city="mapping:boston311")).rules is None
    assert load_reference(Settings(city="mapping:boston311", rules="shandong")).rules is not None


def test_shipped_rules_name_nothing_yantai_does_not_have():
    with capture_logs() as logs:
        for path in RULES.glob("*.toml"):
            load_reference(Settings(city="yantai", rules=path.stem))
    assert logs == []


def test_a_file_of_ones_own_needs_a_name_and_one_row(tmp_path):
    rules = load_rules(str(written(tmp_path, LEAST)), "none", ())
    assert (rules.code, rules.triage, rules.return_within) == ("mine", USUAL, None)
    assert limit(rules, "finish", Triage.URGENT) == Limit(working_days=3)


def test_a_parents_name_stands_for_all_its_categories(tmp_path):
    text = LEAST + 'category = ["供水", "Gas"]\n'
    (row,) = read_rules(written(tmp_path, text), CATEGORIES).clocks
    assert row.categories == {"water_cut", "gas_leak"}


def test_a_name_the_city_does_not_have_is_said_and_left(tmp_path):
    text = LEAST + 'category = ["water_cut", "snow"]\n'
    with capture_logs() as logs:
        (row,) = read_rules(written(tmp_path, text), CATEGORIES).clocks
    assert row.categories == {"water_cut", "snow"}
    assert [(one["event"], one["category"]) for one in logs] == [("rules_name_nothing", "snow")]


@pytest.mark.parametrize(
    ("was", "now", "field", "cure"),
    [
        ("finish", "finsih", "clock.1.finsih", "is no field of these rules"),
        ("{ working_days = 3 }", "{}", "clock.1.finish", "give working_days or clock_h"),
        (
            "{ working_days = 3 }",
            "{ working_days = 3, clock_h = 1 }",
            "clock.1.finish",
            "one of the two",
        ),
        ("{ working_days = 3 }", "{ working_days = 0 }", "clock.1.finish.working_days", "got 0"),
        ('name_zh = "我的"', "", "name_zh", "is missing"),
        ('"mine"', '"My rules"', "code", "pattern"),
        (
            "[[clock]]",
            '[hours]\nopens = "18:00"\ncloses = "09:00"\n[[clock]]',
            "hours",
            "closes must come after opens",
        ),
        (
            "[[clock]]",
            '[[triage]]\nname = "a"\nclass = "later"\n[[clock]]',
            "triage.1.class",
            "'ordinary', 'urgent', 'disputed' or 'hard'",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_with_file_field_and_cure(tmp_path, was, now, field, cure):
    assert was in LEAST
    path = written(tmp_path, LEAST.replace(was, now, 1))
    with pytest.raises(BadInput) as refused:
        read_rules(path, ())
    assert refused.value.field == f"{path}: {field}"
    assert cure in refused.value.reason


def test_unknown_rules_stop_the_start_and_name_the_setting():
    with pytest.raises(BadInput, match=r"LIANXIN_RULES: there is no 'ohio'; shipped are beijing"):
        load_rules("ohio", "none", ())
    with pytest.raises(BadInput, match=r"city\.toml: rules"):
        load_rules(None, "ohio", ())
