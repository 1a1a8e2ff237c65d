"""The list of clusters: the living first, narrowed by its address."""

import json
from typing import Any

import pytest

from callbacks.pages import screen
from operations.detection.cluster import Phase
from operations.ports import Watched
from tests.api.test_dossiers import Away
from tests.builders import NOW_US
from tests.clusters import DAY_US, cluster
from tests.desk import book, desk, sources


def drawn(at: Any, search: str = "") -> str:
    page = screen(sources(), at, "/clusters", search)
    return json.dumps(page, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


@pytest.fixture
def kept() -> Any:
    kept = book()
    at_us = NOW_US - DAY_US
    past = cluster(
        id="c-past", phase=Phase.ENDED, ended_us=at_us, changed_us=at_us, district="370602",
        category="noise",
    )  # fmt: skip
    kept.keep(Watched(clusters=(past,)))
    return kept


def test_living_stand_before_ended_and_lead_to_their_pages(kept: Any) -> None:
    told = drawn(desk(kept))
    assert told.index("/clusters/c-1?lang=zh") < told.index("/clusters/c-past?lang=zh")
    assert "警报未确认" in told


def test_list_is_narrowed_by_its_address(kept: Any) -> None:
    assert "/clusters/c-past" not in drawn(desk(kept), "?category=water_quality")
    assert "/clusters/c-1" not in drawn(desk(kept), "?district=370602")
    told = drawn(desk(kept), "?category=noise&district=370681")
    assert told.count("所选范围内没有聚集") == 2
    assert "/clusters?district=370681&lang=zh" in told, "each choice can be let go alone"


def test_few_callers_are_listed_without_number_or_place() -> None:
    told = drawn(desk(book(callers=3)))
    assert "不足 5 人" in told
    assert "0.5 km" not in told


def test_a_list_that_cannot_be_read_says_so() -> None:
    assert "数据库没有应答" in drawn(desk(Away()))
