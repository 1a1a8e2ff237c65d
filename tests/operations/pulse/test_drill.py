"""Where one stands in the drill-down is what the address says, and the address says it again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.pulse.drill import Level, months_back, read_drill, read_period
from operations.pulse.sums import Period, Slice

TODAY = date(2026, 11, 28)


def test_without_a_word_it_is_the_city_over_thirty_days():
    drill = read_drill({}, None, TODAY)
    assert drill.slice == Slice()
    assert drill.period == Period(date(2026, 10, 30), TODAY)
    assert drill.asked() == {}


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({"days": "7"}, date(2026, 11, 22), TODAY),
        ({"days": "90"}, date(2026, 8, 31), TODAY),
        ({"month": "2026-10"}, date(2026, 10, 1), date(2026, 10, 31)),
        ({"month": "2026-11"}, date(2026, 11, 1), TODAY),
        ({"month": "2024-02"}, date(2024, 2, 1), date(2024, 2, 29)),
        ({"from": "2026-11-01", "to": "2026-11-03"}, date(2026, 11, 1), date(2026, 11, 3)),
        ({"from": "2026-11-20", "to": "2027-01-01"}, date(2026, 11, 20), TODAY),
    ],
)
def test_a_period_is_read_as_it_is_written(asked, first, last):
    assert read_period(asked, TODAY)[0] == Period(first, last)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"days": "8"}, "days"),
        ({"month": "2026-13"}, "month"),
        ({"month": "2026-12"}, "period"),
        ({"from": "2026-11-03", "to": "2026-11-01"}, "period"),
        ({"from": "2020-01-01", "to": "2026-11-01"}, "period"),
        ({"from": "2026-11-03"}, "to"),
        ({"to": "x"}, "from"),
        ({"level": "moon"}, "level"),
        ({"category": "c" * 65}, "category"),
    ],
)
def test_what_cannot_be_is_named(asked, field):
    with pytest.raises(BadInput) as told:
        read_drill(asked, None, TODAY)
    assert told.value.field == field


STEPS = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["city", "county"]),
        "district": st.sampled_from(["370681", "甲 & 乙"]),
        "category": st.sampled_from(["noise", "水/电"]),
    },
)
PERIODS = st.sampled_from(
    [{}, {"days": "7"}, {"days": "30"}, {"month": "2026-09"},
     {"from": "2026-01-05", "to": "2026-02-01"}]
)  # fmt: skip


@given(STEPS, PERIODS, st.sampled_from([None, "housing"]))
def test_what_an_address_says_leads_back_to_the_same_place(steps, period, department):
    drill = read_drill(steps | period, department, TODAY)
    assert read_drill(drill.asked(), department, TODAY) == drill


def test_one_step_up_keeps_the_days():
    drill = read_drill({"days": "7", "category": "noise"}, "housing", TODAY)
    up = drill.at(category=None)
    assert up.asked() == {"days": "7"}
    assert up.slice == Slice(department="housing")


def test_a_department_has_no_level():
    assert read_drill({"level": "city"}, "housing", TODAY).level is None
    assert read_drill({"level": "city"}, None, TODAY).level is Level.CITY


def test_months_go_back_over_the_turn_of_a_year():
    assert months_back(date(2026, 2, 1), 4) == ["2026-02", "2026-01", "2025-12", "2025-11"]
