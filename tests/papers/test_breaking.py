"""Lines of Chinese: nothing is lost, numbers stay whole, no line begins with what ends a phrase."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from papers.breaking import CLOSING, OPENING, broken

SAID = st.text("热线受理诉求件，。；（）%n=0123456789., ", max_size=120)


def width(said: str) -> float:
    return sum(1.0 if ord(one) > 255 else 0.5 for one in said)


@given(SAID, st.integers(20, 40))
def test_nothing_is_lost_and_no_line_begins_or_ends_wrongly(said, room):
    lines = broken(said, room, 2, width)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", said)
    for before, after in pairwise(lines):
        if before.strip(CLOSING + OPENING + " "):  # else it begins with nothing but these
            assert not after or after[0] not in CLOSING


def test_a_number_stays_whole_with_what_belongs_to_it():
    said = "按时办结率 92.8%（n=4,540），上升 0.1 个百分点，未达目标 95.0%；"
    for room in range(14, 40):
        lines = broken(said, room, 0, width)
        for whole in ("92.8%", "4,540），", "0.1", "95.0%；"):
            assert any(whole in line for line in lines), (room, whole, lines)


def test_lines_are_no_wider_than_there_is_room():
    said = "全市热线受理诉求四千七百七十三件，较前一日减少一百七十八件。" * 4
    lines = broken(said, 30, 2, width)
    assert width(lines[0]) <= 28
    assert all(width(line) <= 31 for line in lines)
