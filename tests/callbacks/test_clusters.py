"""The list of clusters: the living first, narrowed by its address."""

import json
from typing import Any

import pytest

from callbacks.clusters import did
from callbacks.pages import screen
from operations.detection.cluster import Phase
from operations.errors import Conflict
from operations.ports import Watched
from operations.pulse.alarm import AlarmState, Cause, Reason, Seen
from tests.api.test_dossiers import Away
from tests.builders import NOW_US
from tests.clusters import DAY_US, cluster
from tests.desk import book, desk, sources
from tests.watched import alarm


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


FAR = alarm(
    id="a-count", group="noise|", category="noise", district=None,
    reasons=(Reason(Cause.CATEGORY, "noise", Seen("2026-11-24", 312, 251)),),
)  # fmt: skip


def test_a_count_far_above_is_listed_in_words_and_can_be_acted_on(kept: Any) -> None:
    assert "目前没有。" in drawn(desk(kept))
    before = desk(kept).dossiers.list_version(NOW_US)
    kept.keep(Watched(alarms=(FAR,)))
    assert desk(kept).dossiers.list_version(NOW_US) != before
    told = drawn(desk(kept))
    assert "312 件，上限 251" in told
    assert "whole city: 312" in drawn(desk(kept), "?lang=en")
    assert '"on_count": "acknowledge", "alarm": "a-count", "version": 1' in told
    assert "312 件" not in drawn(desk(kept), "?category=water_quality")


def test_a_list_that_is_too_long_leads_to_the_desk(kept: Any) -> None:
    seen = Seen("2026-11-24", 213, 150, (("housing", 40),))
    long = alarm(
        id="a-list", group="|loose_end|orphans", category=None, district=None,
        reasons=(Reason(Cause.LOOSE_END, "orphans", seen),),
    )  # fmt: skip
    kept.keep(Watched(alarms=(FAR, long)))
    told = drawn(desk(kept))
    assert "悬空 213 件，上限 150" in told
    assert told.count("/desk?duty=") == 1
    assert "/desk?duty=orphans&lang=zh" in told
    assert '"on_count": "acknowledge", "alarm": "a-list", "version": 1' in told


@pytest.mark.parametrize(
    ("act", "state"),
    [("acknowledge", AlarmState.ACKNOWLEDGED), ("2h", AlarmState.SHELVED),
     ("tomorrow", AlarmState.SHELVED)],
)  # fmt: skip
def test_an_alarm_of_a_count_is_acknowledged_and_shelved_and_taken_back(
    kept: Any, act: str, state: AlarmState
) -> None:
    kept.keep(Watched(alarms=(FAR,)))

    def press(name: str, version: int) -> str:
        pressed = {"on_count": name, "alarm": "a-count", "version": version}
        return did(sources(), desk(kept), pressed, "王建国", "")

    assert press(act, 1).startswith("已")
    held = next(one for one in kept.living()[1] if one.id == "a-count")
    assert (held.state, held.actor, held.reasons) == (state, "王建国", FAR.reasons)
    assert held.reasons[0].seen == Seen("2026-11-24", 312, 251)
    with pytest.raises(Conflict):
        press(act, 1)
    if state is AlarmState.SHELVED:
        assert "取消搁置" in drawn(desk(kept))
        assert press("unshelve", 2) == "已取消搁置。"
