"""The chain names the first line that does not fit, whatever was done to it."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from operations.errors import BadInput
from operations.people.audit import (
    EMPTY,
    LONGEST_TEXT,
    AuditLine,
    AuditSearch,
    Deed,
    Flaw,
    Head,
    KeptLine,
    Unfit,
    canonical,
    chained,
    compare,
    head_of,
    head_said,
    line_of,
    read_back,
    verify,
    written,
)
from tests.builders import NOW_US


def deed(**changes):
    values = {
        "at_us": NOW_US,
        "actor": "王某",
        "act": "alarm.acknowledge",
        "subject": "a-1",
        "before": "raised",
        "after": "acknowledged",
    }
    return Deed(**(values | changes))


def chain(length, **changes):
    lines, head = [], EMPTY
    for number in range(1, length + 1):
        kept = chained(line_of(deed(at_us=NOW_US + number, **changes), number), head.hash)
        lines.append(kept)
        head = head_of(kept)
    return lines


def changed(kept, **changes):
    return KeptLine(replace(kept.line, **changes), kept.hash)


CHANGES = {
    "number": 99, "at_us": 1, "actor": "x", "verified": True, "device": "x", "act": "x",
    "subject": "x", "before": "x", "after": "x", "reason": "x",
}  # fmt: skip


def test_whole_chain_gives_its_head():
    lines = chain(5)
    assert verify(lines) == head_of(lines[-1])
    assert verify([]) == EMPTY


def test_every_field_is_covered():
    assert set(CHANGES) == {field.name for field in fields(AuditLine)}
    lines = chain(3)
    for name, value in CHANGES.items():
        found = verify([lines[0], changed(lines[1], **{name: value}), lines[2]])
        assert isinstance(found, Flaw), name
        assert found.number == 2


def test_changed_hash_is_found_at_its_line():
    lines = chain(3)
    lines[1] = KeptLine(lines[1].line, "f" + lines[1].hash[1:])
    assert verify(lines) == Flaw(2, "its hash is not that of what it says")


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_missing_line_is_named(gone):
    lines = chain(5)
    del lines[gone]
    assert verify(lines).number == gone + 1


def test_lines_changed_about_are_found():
    lines = chain(4)
    lines[1], lines[2] = lines[2], lines[1]
    assert verify(lines).number == 2


def test_cut_end_is_found_by_a_head_kept_elsewhere():
    lines = chain(5)
    anchor = head_of(lines[-1])
    assert verify(lines[:-1]) == head_of(lines[3]), "without a head nobody can know"
    assert verify(lines[:-1], anchor).number == 5
    assert verify([], anchor).number == 1
    assert verify(chain(7), anchor) == head_of(chain(7)[-1]), "an old head is come by"


def test_hashes_made_anew_are_found_by_a_head_kept_elsewhere():
    forged = chain(5, actor="somebody else")
    assert isinstance(verify(forged), Head)
    assert verify(forged, head_of(chain(3)[-1])).number == 3


def test_every_head_kept_elsewhere_is_come_by():
    lines, other = chain(5), chain(5, actor="somebody else")
    heads = [head_of(lines[1]), head_of(lines[3])]
    assert verify(lines, *heads) == head_of(lines[-1])
    assert verify(lines, head_of(other[3]), heads[0]).number == 4


def test_head_is_read_as_it_is_said():
    head = head_of(chain(3)[-1])
    assert head_said(f" {head}\n") == head
    for text in ("", "3", "3:", "x:" + head.hash, "3:" + head.hash[1:], "3:" + head.hash.upper()):
        with pytest.raises(BadInput, match="--head"):
            head_said(text)


def test_line_that_cannot_be_read_is_the_flaw():
    def lines():
        yield from chain(2)
        raise Unfit(3, "cannot be read")

    assert verify(lines()) == Flaw(3, "cannot be read")
    assert compare(chain(3), lines()) == Flaw(3, "cannot be read")


def test_two_keepings_are_compared_line_by_line():
    lines, forged = chain(4), chain(4)
    forged[2] = changed(forged[2], actor="x")
    assert compare(lines, chain(4)) is None
    assert compare(lines, forged).number == 3
    assert compare(lines[:3], lines) == Flaw(
        4, "is in the second keeping and no longer in the database"
    )
    assert compare(lines, lines[:3]) == Flaw(4, "is in the database and not in the second keeping")


def test_written_line_comes_back_and_any_other_byte_is_refused():
    kept = chain(1, actor="王\n🙂\u2028", reason='"\\')[0]
    text = written(kept)
    assert text.isascii()
    assert "\n" not in text
    assert read_back(text) == kept
    for place in range(len(text)):
        for flipped in (chr(ord(text[place]) ^ 1), chr(ord(text[place]) ^ 32)):
            other = text[:place] + flipped + text[place + 1 :]
            try:
                found = read_back(other)
            except ValueError:
                continue
            assert verify([found]) != verify([kept]), f"byte {place}"


@pytest.mark.parametrize("text", ["", "x", "x {}", "x []", "x " + "[" * 100_000, "x 1"])
def test_what_is_no_line_is_refused(text):
    with pytest.raises(ValueError):
        read_back(text)


def test_strange_types_are_refused():
    kept = chain(1)[0]
    body = json.loads(canonical(kept.line)) | {"verified": 0}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    with pytest.raises(ValueError, match="verified"):
        read_back(f"{kept.hash} {text}")


@given(st.text(max_size=50))
def test_any_text_can_be_kept(text):
    line = line_of(deed(reason=text), 1)
    line.reason.encode()
    assert "\0" not in line.reason
    assert read_back(written(chained(line, EMPTY.hash))).line == line


def test_long_text_is_cut():
    line = line_of(deed(after="长" * 10_000), 1)
    assert len(line.after) == LONGEST_TEXT
    assert line.after.endswith("…")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({}, True),
        ({"actor": "王某"}, True),
        ({"actor": "王"}, False),
        ({"act": "alarm"}, True),
        ({"act": "alarm.acknowledge"}, True),
        ({"act": "alar"}, False),
        ({"subject": "a-1"}, True),
        ({"subject": "a"}, False),
        ({"from_us": NOW_US}, True),
        ({"from_us": NOW_US + 1}, False),
        ({"to_us": NOW_US}, False),
        ({"to_us": NOW_US + 1}, True),
        ({"actor": "王某", "act": "login"}, False),
    ],
)
def test_search(search, found):
    assert AuditSearch(**search).finds(line_of(deed(), 1)) is found
