"""Words of two characters and more are found in the masked copies, on both databases."""

import pytest

from data_sources.ledger import SqlLedger
from data_sources.ticket_search import TicketFinder
from data_sources.word_index import WordIndex, pairs_of
from operations.errors import BadInput
from tests.builders import NOW, at, ticket
from tests.searching import found


class Shelf:
    """A ledger with its index of words."""

    def __init__(self, engine):
        self.ledger, self.index, self.finder = (
            SqlLedger(engine), WordIndex(engine), TicketFinder(engine)
        )  # fmt: skip

    def put(self, name, text, **changes):
        values = {"title": "", "address": "", "text": text} | changes
        self.ledger.store([ticket(external_id=name, **values)], clock=NOW)
        while self.index.catch_up(most=2):
            pass

    def found(self, words, most=50):
        return [one.external_id for one in found(self.finder, words, most=most)]


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request):
    return Shelf(request.getfixturevalue(f"{request.param}_engine"))


def test_a_word_of_two_characters_is_found_wherever_it_stands(shelf):
    shelf.put("T-1", "家里的自来水发黄")
    shelf.put("T-2", "", title="水质发黄")
    shelf.put("T-3", "", address="东莱街道")
    assert shelf.found("发黄") == ["T-2", "T-1"]
    assert shelf.found("自来水") == ["T-1"]
    assert shelf.found("东莱") == ["T-3"]
    assert shelf.found("停水") == []


def test_every_word_must_be_there_and_whole(shelf):
    shelf.put("T-1", "水质差，质量低")
    shelf.put("T-2", "水质量差")
    assert shelf.found("水质量") == ["T-2"]
    assert shelf.found("水质 质量") == ["T-2", "T-1"]
    assert shelf.found("水质 停电") == []


def test_numbers_and_latin_words_are_found_by_their_parts(shelf):
    shelf.put("T-1", "206国道 Main Street，ＡＢ")
    for words in ("206", "206国道", "main", "STREET", "tree"):
        assert shelf.found(words) == ["T-1"], words
    assert shelf.found("306") == []


def test_changed_words_are_found_and_the_old_ones_not_any_more(shelf):
    shelf.put("T-1", "路灯不亮")
    shelf.put("T-1", "井盖丢失", updated_at=at(1))
    assert (shelf.found("路灯"), shelf.found("井盖")) == ([], ["T-1"])


def test_unchanged_words_are_not_indexed_again(shelf):
    shelf.put("T-1", "路灯不亮")
    shelf.ledger.store(
        [ticket(external_id="T-1", title="", address="", text="路灯不亮", returns=1,
                updated_at=at(1))], clock=NOW
    )  # fmt: skip
    assert shelf.index.waiting() == 0


def test_the_newest_come_first_up_to_the_limit(shelf):
    for number in range(5):
        shelf.put(f"T-{number}", "噪音扰民")
    assert shelf.found("噪音", most=2) == ["T-4", "T-3"]


def test_confidential_tickets_are_not_found(shelf):
    shelf.put("T-1", "噪音扰民", confidential=True)
    assert shelf.found("噪音") == []


@pytest.mark.parametrize("words", [" ", "水", "水 电", "。，", "%_"])
def test_a_search_needs_two_characters(shelf, words):
    with pytest.raises(BadInput, match="two characters"):
        shelf.found(words)


@pytest.mark.parametrize("words", ['"发黄', "发黄*", "发黄%", "发黄'--", "(发黄)", "发黄 AND 来水"])
def test_what_a_search_language_would_mean_is_only_text(shelf, words):
    shelf.put("T-1", "自来水发黄 and")
    assert shelf.found(words) == ["T-1"]


def test_pairs_are_of_neighbours_each_once():
    assert pairs_of("水质水质，a1", "B") == ["水质", "质水", "a1"]
