import pytest

from data_sources.proofs import common_passwords
from operations.errors import BadInput
from operations.people.passwords import OF_THE_HOUSE, PasswordRules, wait_s
from tests.people import COMMON, MINUTE_US

PLAIN = PasswordRules("plain", COMMON)
DENGBAO = PasswordRules("dengbao", COMMON)
DAY_US = 1440 * MINUTE_US


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "10 to 256"), ("x" * 257, "10 to 256"), ("qwertyuiop", "most common"),
        ("Password123", "most common"), ("password2024!", "most common"),
        ("aaaaaaaaaaaa", "different"), ("my name is wang", "own name"),
    ],
)  # fmt: skip
def test_what_is_refused_and_why(password: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        PLAIN.check(password, login="wang")


def test_a_phrase_will_do_and_composition_is_asked_for_by_dengbao_alone() -> None:
    PLAIN.check("a walk along the quay", login="wang")
    DENGBAO.check("A walk along the quay 7", login="wang")
    with pytest.raises(BadInput, match="mix"):
        DENGBAO.check("awalkalongthequay", login="wang")


def test_dengbao_asks_for_a_change_after_ninety_days_and_for_two_proofs() -> None:
    assert not DENGBAO.is_stale(0, 90 * DAY_US - 1)
    assert DENGBAO.is_stale(0, 90 * DAY_US)
    assert not PLAIN.is_stale(0, 9000 * DAY_US)
    assert (DENGBAO.needs_second, PLAIN.needs_second) == (True, False)


def test_waits_double_to_an_hour() -> None:
    assert [wait_s(n) for n in (0, 4, 5, 6, 7, 11, 12, 5000)] == [
        0, 0, 30, 60, 120, 1920, 3600, 3600,
    ]  # fmt: skip


def test_shipped_list_holds_what_people_choose() -> None:
    shipped = common_passwords()
    assert len(shipped) > 5000
    for one in ("1qaz2wsx", "password123", "woaini1314", "19800101", "lianxin12345", "88888888"):
        assert one in shipped


@pytest.mark.parametrize("word", OF_THE_HOUSE)
def test_words_of_the_house_are_refused(word: str) -> None:
    for rules in (PLAIN, DENGBAO):
        with pytest.raises(BadInput, match="guessed first"):
            rules.check(f"Quay {word.upper()} walk 7", login="wang")
