"""The list of likely pairs: what is on it, in both languages, for who sees and who decides."""

from types import SimpleNamespace
from typing import Any

import pytest

from callbacks import likely
from callbacks.likely import read_place, write_place
from operations.errors import BadInput, Unreachable
from operations.people.roles import Role
from operations.tickets.ticket import Channel
from tests.builders import at
from tests.callbacks.test_ticket import House

LIST = "/desk/duplicates"


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put(caller_key="a")
    for number, channel in ((2, Channel.WECHAT), (3, Channel.WEB)):
        made.put(external_id=f"T/{number}", caller_key="a", channel=channel, created_at=at(number))
    while made.sources.likely_pairs.step():
        pass
    made.signed_in(Role.CENTRE_STAFF)
    return made


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ("疑似重复待判", "相似度 99%", "同一来电人", "并入 T/1", "不是重复", "撤销")),
        ("?lang=en", ("Likely duplicates", "99% likely", "same caller", "Merge into T/1",
                      "Not a duplicate")),
    ],
)  # fmt: skip
def test_pairs_are_listed_with_their_reasons_and_what_may_be_done(
    house: House, query: str, words: tuple[str, ...]
) -> None:
    page = house.page(LIST, query)
    for word in words:
        assert word in page, word
    assert page.count("pairs-one") == 3
    assert '"data-older": "12345/T%2F1"' in page
    assert "13812345678" not in page, "the masked copies alone"


def test_pages_are_led_through_by_their_addresses(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likely, "A_PAGE", 2)
    first = house.page(LIST)
    assert first.count("pairs-one") == 2
    assert '"data-page": "next"' in first
    assert '"data-page": "first"' not in first
    place = first.split("after=")[1].split('"')[0]
    second = house.page(LIST, f"?lang=zh&after={place}")
    assert second.count("pairs-one") == 1
    assert '"data-page": "first"' in second
    assert '"data-page": "next"' not in second


@pytest.mark.parametrize("given", ["x", "1_2", "nan_1_2", "0.5_-1_2", "0.5_1_99999999999999999999"])
def test_a_place_that_is_none_is_told(house: House, given: str) -> None:
    with pytest.raises(BadInput):
        read_place(given)
    assert "地址无法识别" in house.page(LIST, f"?after={given}")


def test_a_place_comes_back_to_the_last_digit() -> None:
    place = (0.7310585786300049, 7, 3)
    assert read_place(write_place(place)) == place


def test_who_may_not_decide_looks_and_who_may_not_look_is_told_of_nothing(house: House) -> None:
    house.signed_in(Role.LEADER)
    page = house.page(LIST)
    assert "相似度" in page
    assert "data-pair-act" not in page
    assert "likely-reason" not in page
    house.signed_in(Role.DEPARTMENT_HANDLER, department="housing")
    assert "没有待判的疑似重复" in house.page(LIST)
    house.signed_in(Role.SYSTEM_ADMIN)
    assert "没有这个页面" in house.page(LIST)


def test_a_database_that_is_away_is_told(house: House) -> None:
    def away(*_asked: Any, **_more: Any) -> None:
        raise Unreachable("gone")

    house.sources.likely_pairs = SimpleNamespace(page=away)
    assert "数据库暂时无法访问" in house.page(LIST)


def test_the_desk_leads_to_the_list(house: House) -> None:
    assert "/desk/duplicates?lang=zh" in house.page("/desk")
    assert "/desk/duplicates?lang=en" in house.page("/", "?lang=en")
