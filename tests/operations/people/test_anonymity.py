"""What is hidden of a text for people who were not there, and what a reader is pointed at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.people.anonymity import anonymous, doubtful, places

KNOWN = places(("龙口市", "东莱街道", "Longkou", "")) | {"李建国"}


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("龙口市与龙口都不说", "***与**都不说"),
        ("李建国11月24日到东莱街道", "***" + "**月**日" + "到****"),
        ("2026-11-24 起，2026年3月止", "****-**-** 起，****年*月止"),
        ("on 24 November 2026 in Longkou", "on ** ******** **** in *******"),
        ("联系电话13812345678", "联系电话***********"),
        ("见 SJ-2026-0001、MZ2026-0012", "见 ************、***********"),
        ("停水3天，压力0.35MPa，余氯0.05 mg/L", "停水3天，压力0.35MPa，余氯0.05 mg/L"),
        ("12月31日前换 DN100 管", "**月**日前换 DN100 管"),
    ],
)
def test_who_where_and_when_go_and_the_matter_stays(text: str, hidden: str) -> None:
    assert anonymous(text, KNOWN) == hidden


def test_places_are_known_by_their_short_names_too() -> None:
    assert places(("龙口市", "南山水厂供水区（演示）", "Longkou", "")) == {
        "龙口市", "龙口", "南山水厂供水区", "南山水厂", "Longkou"
    }  # fmt: skip


WORDS = st.lists(
    st.sampled_from(["龙口市", "李建国", "11月24日", "2026-11-24", "13812345678", "SJ-2026-0001",
                     "王先生", "3号楼", "末梢", "冲洗", " ", "，", "5 Nov", "12", "室", "路"])
    | st.text(max_size=6),
    max_size=12,
).map("".join)  # fmt: skip


@given(WORDS)
def test_it_is_as_long_and_the_same_when_done_again(text: str) -> None:
    once = anonymous(text, KNOWN)
    assert len(once) == len(text)
    assert anonymous(once, KNOWN) == once
    assert not any(word in once for word in KNOWN)


def test_a_reader_is_pointed_at_what_rules_cannot_judge() -> None:
    told = doubtful("请幸福小区到长江路与 John Smith 核对 8812345，压力 0.35，口径 DN100")
    assert told == ("请幸福小区", "到长江路", "John Smith", "8812345")
    assert doubtful("末梢管道要定期冲洗") == ()
