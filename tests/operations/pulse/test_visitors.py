"""Visitors get sums and clusters of enough callers, and nothing that names an alarm or a ticket."""

import json
from typing import Any

from operations.pulse.visitors import FOR_ANYONE, for_visitors
from tests.browser.hours import alarmed, gathered
from tests.browser.made_up import bad_alarms, bad_clusters
from tests.builders import NOW


def picture(**sections: Any) -> dict[str, Any]:
    """Give a picture of a bad hour, with one ticket that just came in."""
    told = {name: {"rows": [name]} for name in FOR_ANYONE}
    told |= {"clusters": gathered(bad_clusters(NOW)), "alarms": alarmed(bad_alarms(NOW))}
    told |= {"recent": {"rows": [{"category_zh": "燃气泄漏异味"}]}} | sections
    return {
        "scope": "city", "seq": 1, "version": 1, "as_of": "x",
        "sections": {
            name: {"as_of": "x", "state": "fresh", "data": one} for name, one in told.items()
        },
    }  # fmt: skip


def test_sums_stay_as_they_are() -> None:
    whole = picture()
    shown = for_visitors(whole, 5)
    assert all(shown["sections"][name] is whole["sections"][name] for name in FOR_ANYONE)
    assert {name: shown[name] for name in ("scope", "seq", "version", "as_of")} == {
        "scope": "city", "seq": 1, "version": 1, "as_of": "x",
    }  # fmt: skip


def test_no_alarm_no_single_ticket_and_no_section_nobody_thought_of() -> None:
    sections = for_visitors(picture(novelty={"rows": ["王芳"]}), 5)["sections"]
    for name in ("alarms", "recent", "novelty"):
        assert (sections[name]["state"], sections[name]["data"]) == ("off", {"rows": []})


def test_a_cluster_of_few_is_left_out_and_the_others_lose_alarm_zones_and_address() -> None:
    shown = for_visitors(picture(), 5)
    rows = shown["sections"]["clusters"]["data"]["rows"]
    assert {row["callers"] for row in rows} == {34, 61, 12, 7, 18}
    for row in rows:
        hidden = (row["severity"], row["alarm"], row["alarm_state"], row["zones"])
        assert hidden == (None, None, None, [])
    told = json.dumps(shown, ensure_ascii=False)
    for secret in ("c-water", "a-water", "南山水厂", "燃气", "critical", "acknowledged"):
        assert secret not in told
    assert len(for_visitors(picture(), 13)["sections"]["clusters"]["data"]["rows"]) == 3


def test_the_whole_picture_is_untouched() -> None:
    whole = picture()
    before = json.dumps(whole)
    for_visitors(whole, 5)
    assert json.dumps(whole) == before
