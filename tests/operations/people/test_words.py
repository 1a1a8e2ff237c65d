"""Of a record nobody could read, only what can be no person, number or address is shown."""

import pytest

from operations.people.words import shown_reason, shown_record, shown_word


@pytest.mark.parametrize("word", ["待核实", "in_review", "2026-13-01", "121.39", "已受理/转办"])
def test_a_word_of_a_form_is_shown(word):
    assert shown_word(word) == word


@pytest.mark.parametrize(
    "word",
    [
        *("王小明", "13812345678", "0535-6612345", "Zhang San", "芝罘区通世路1号", "x@y.cn"),
        *("62345678", "8765 4321", "617-555-0123", "110101199003071230", "6175550123.0"),
    ],
)
def test_what_could_be_a_person_is_not(word):
    assert shown_word(word) == "…"


def test_a_reason_keeps_its_words_but_not_what_it_quotes():
    assert shown_reason("unknown '王小明'; known are accepted") == "unknown '…'; known are accepted"
    assert shown_reason("unknown '待核实'") == "unknown '待核实'"
    assert shown_reason("'it's 13812345678' is no time").count("138") == 0


@pytest.mark.parametrize("value", ["wangwei", 13812345678.0, "2026-11-24", 5, ["a"], True])
def test_what_tells_who_called_is_never_shown(value):
    record = {"caller": value, "contact_name": value, "contact_of_a_new_kind": value}
    assert set(shown_record(record).values()) == {"…"}


def test_a_record_is_shown_by_its_fields():
    record = {
        "external_id": "T-13812345678",
        "status": "待核实",
        "caller": {"name": "王小明", "phone": 13812345678},
        "latitude": 37.5,
        "cooperating": ["住建局", "王小明"],
        "13812345678": 1,
    }
    assert shown_record(record) == {
        "external_id": "T-138****5678",
        "status": "待核实",
        "caller": {"name": "…", "phone": "…"},
        "latitude": 37.5,
        "cooperating": ["住建局", "…"],
        "…": 1,
    }
