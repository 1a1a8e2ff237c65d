"""A saved view has a name and asks for what an address can ask for."""

import pytest

from operations.errors import BadInput
from operations.tickets.views import read_asked, read_name


def test_a_name_is_trimmed_and_kept() -> None:
    assert read_name(" 我的退单 ") == "我的退单"


@pytest.mark.parametrize("name", ["", "   ", "a" * 41, "a\nb", None, 7])
def test_what_is_no_name_is_refused(name: object) -> None:
    with pytest.raises(BadInput, match="name"):
        read_name(name)


def test_a_view_keeps_what_is_asked_and_the_order_and_nothing_else() -> None:
    given = {"words": "发黄", "status": "open", "sort": "due", "lang": "en", "x": "y"}
    assert read_asked(given) == {"words": "发黄", "status": "open", "sort": "due"}


@pytest.mark.parametrize(
    "asked", [None, [], {"words": 1}, {"status": "lost"}, {"sort": "caller"}, {"order": "x"}]
)
def test_what_cannot_be_asked_is_not_kept(asked: object) -> None:
    with pytest.raises(BadInput):
        read_asked(asked)
