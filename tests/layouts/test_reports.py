"""The page of reports, as it is drawn."""

import pytest

from layouts.reports import ReportsFace, reports
from tests.layouts.test_wall import drawn


@pytest.mark.parametrize("demo", [True, False])
def test_a_made_up_city_is_marked(demo: bool) -> None:
    face = ReportsFace("zh", "Asia/Shanghai", "", "2026-11-24", demo=demo)
    marks = [one for one in drawn(reports(face)) if one.get("className") == "demo"]
    assert [one["children"] for one in marks] == (["演示数据"] if demo else [])
