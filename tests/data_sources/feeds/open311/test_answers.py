"""What another city's server answers: read within bounds, and no entity is ever resolved."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.feeds.open311.answers import MOST_ROWS, read_rows
from operations.errors import BadInput

XML = b"""<?xml version="1.0" encoding="utf-8"?>
<service_requests>
  <request>
    <service_request_id>638344</service_request_id>
    <status>closed</status>
    <description>A &amp; B &lt;b&gt;</description>
    <status_notes/>
    <extended><inner>left out</inner></extended>
  </request>
  <request><service_request_id>2</service_request_id></request>
</service_requests>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<service_requests><request><description>&b;</description></request></service_requests>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<service_requests><request><description>&a;</description></request></service_requests>"""


def test_xml_and_json_give_rows() -> None:
    first, second = read_rows(XML, "xml")
    assert first["service_request_id"] == "638344"
    assert (first["description"], first["status_notes"]) == ("A & B <b>", None)
    assert second == {"service_request_id": "2"}
    assert read_rows(b'[{"a": 1}]', "json") == [{"a": 1}]
    assert read_rows(b'{"service_requests": [{"a": 1}]}', "json") == [{"a": 1}]
    assert read_rows(b"<service_requests/>", "xml") == []


@pytest.mark.parametrize("body", [BOMB, OUTSIDE])
def test_an_answer_that_declares_entities_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="document type"):
        read_rows(body, "xml")


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"", "json"), (b"{}", "json"), (b"1", "json"), (b"<html>", "json"), (b"", "xml"),
        (b"<a>", "xml"), (b"<services/>", "xml"), (b"[]", "xml"),
        (b"<service_requests>" + b"<a>" * 20, "xml"),
        (json.dumps([0] * (MOST_ROWS + 1)).encode(), "json"),
        (b"<service_requests><request>&amp;&nothing;</request></service_requests>", "xml"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_in_words(body: bytes, form: str) -> None:
    with pytest.raises(BadInput, match="answer"):
        read_rows(body, form)


@given(st.binary(max_size=200), st.sampled_from(["json", "xml"]))
def test_whatever_comes_is_rows_or_a_refusal(body: bytes, form: str) -> None:
    with suppress(BadInput):
        assert isinstance(read_rows(body, form), list)
