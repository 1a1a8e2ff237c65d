"""The table of departments."""

from operations.departments import Department, DepartmentTable

TABLE = DepartmentTable(
    [
        Department("water_bureau", "市水务局", "Water Bureau", ("水务局", "烟台市水务局")),
        Department("gov_longkou", "龙口市政府", "Longkou", ("龙口市",), "370681"),
    ]
)


def test_a_department_is_found_by_its_names_and_aliases() -> None:
    for word in ("water_bureau", "市水务局", "烟台市水务局", "water bureau"):
        found = TABLE.find(word)
        assert found is not None
        assert found.code == "water_bureau"
    assert TABLE.find("市教育局") is None


def test_a_unit_of_one_district_says_which() -> None:
    assert TABLE.named("gov_longkou").district == "370681"
    assert TABLE.named("water_bureau").district is None


def test_a_department_that_came_with_the_data_is_called_by_its_code() -> None:
    assert TABLE.named("PWDx").name_zh == "PWDx"
    assert "PWDx" not in TABLE
