"""The words of reports: in both languages, with the same holes, and none left over."""

import re
from pathlib import Path

from papers.wording import WORDS, words

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[一-鿿]")
HOLE = re.compile(r"\{(\w+)\}")
MONTHS_NAMED = ("day", "whole_day", "month", "span_of_month")
"""A month is a number in Chinese and a name in English."""


def test_both_languages_say_the_same_with_the_same_values():
    for key, both in WORDS.items():
        assert set(both) == {"zh", "en"}, key
        if key not in MONTHS_NAMED:
            assert set(HOLE.findall(both["zh"])) == set(HOLE.findall(both["en"])), key
    assert not [key for key, said in words("en").items() if CJK.search(said)]


def test_no_word_is_left_over():
    code = "".join(
        path.read_text("utf-8") for path in (ROOT / "papers").glob("*.py") if path.stem != "wording"
    )
    by_code = re.compile(
        r"(kind|about|before|severity|of)_\w+|part_\w+|chart_\w+|col_\w+|hotline(_12345)?"
    )
    unused = [
        key for key in WORDS if not re.search(rf"\b{key}\b", code) and not by_code.fullmatch(key)
    ]
    assert unused == []
