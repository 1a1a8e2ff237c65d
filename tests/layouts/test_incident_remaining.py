"""What outlives its incident on the board: how many there are, and that no drill is counted."""

from zoneinfo import ZoneInfo

import pytest

from layouts.incident_face import IncidentFace, RemainingRow
from layouts.parts.incident_remaining import MOST_REMAINING, remaining

FACE = IncidentFace("zh", ZoneInfo("Asia/Shanghai"), 0, "烟台")


def row(number, exercise=False):
    return RemainingRow(f"sj-{number}", "SJ-2026-0001", "黄水", "改造旧管", "water", "given", 0,
                        exercise=exercise)  # fmt: skip


@pytest.mark.parametrize(
    ("real", "drills", "told"),
    [(2, 3, "2"), (0, 1, "0"), (MOST_REMAINING, 0, "100"), (MOST_REMAINING + 1, 0, "100+")],
)
def test_the_heading_counts_no_drill_and_says_where_there_are_more(real, drills, told):
    rows = [*(row(n) for n in range(real)), *(row(n, exercise=True) for n in range(drills))]
    (section,) = remaining(rows, FACE)
    heading, listed = section.children
    assert heading.children[1].children == told
    assert len(listed.children) == min(real + drills, MOST_REMAINING)
