"""The table of categories."""

import pytest

from operations.categories import Category, CategoryTable

TABLE = CategoryTable(
    [
        Category("water_yellow", "自来水发黄", "Yellow tap water", "供水", "Water", ("水质发黄",)),
        Category(
            "water_cut", "停水", "Water cut off", "供水", "Water", ("自来水发黄", "停 水 问题")
        ),
    ]
)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("water_yellow", "water_yellow"),
        ("水质发黄", "water_yellow"),
        ("自来水发黄", "water_yellow"),  # a name wins over another's alias
        (" YELLOW  tap-water ", "water_yellow"),
        ("停水问题", "water_cut"),
        ("Ｗater cut off", "water_cut"),  # full-width letters of a Chinese keyboard
        ("噪声", None),
        ("", None),
    ],
)
def test_a_category_is_found_by_any_of_its_names(word: str, code: str | None) -> None:
    found = TABLE.find(word)
    assert (found.code if found else None) == code


def test_a_table_keeps_its_order_and_knows_its_codes() -> None:
    assert [one.code for one in TABLE] == ["water_yellow", "water_cut"]
    assert len(TABLE) == 2
    assert "water_cut" in TABLE
    assert "停水" not in TABLE


def test_a_category_that_came_with_the_data_is_called_by_its_code() -> None:
    assert TABLE.named("Pothole") == Category("Pothole", "Pothole", "Pothole")
    assert TABLE.named("water_cut").name_zh == "停水"
    assert CategoryTable().find("Pothole") is None
