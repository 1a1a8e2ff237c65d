"""Delivered records come onto the stream, or are set aside, and each is answered for."""

from typing import Any

import pytest

from data_sources.feeds.bodies import BadBody
from data_sources.feeds.intake import Intake
from tests.data_sources.feeds.conftest import NOW, Reading, record


@pytest.fixture
def intake(stream):
    return Intake(Reading().reader, stream)


def take_body(intake: Intake, body: bytes, **how: Any) -> dict[str, Any]:
    """Read a body and keep what came of it, as the interface does."""
    return intake.keep(intake.read_body(body, **how))


def entries(stream):
    found = stream.read(most_entries=100, wait_s=0)
    tickets = [ticket for entry in found for ticket in entry.tickets]
    return tickets, [line for entry in found for line in entry.refused]


def test_good_ones_go_on_and_bad_ones_are_set_aside(intake, stream):
    raws = [record(), "rubbish", record(external_id="T2", title="x" * 400), record(status="?")]
    said = intake.take(raws, feed="test", now=NOW)
    assert said["accepted"] == 2
    assert [(no["index"], no["field"]) for no in said["rejected"]] == [(1, "record"), (3, "status")]
    assert said["repaired"] == [{"index": 2, "field": "title", "rule": "cut at 300 characters"}]
    tickets, refused = entries(stream)
    assert [ticket.external_id for ticket in tickets] == ["T1", "T2"]
    assert [line.field for line in refused] == ["record", "status"]
    assert {line.feed for line in refused} == {"test"}


def test_a_body_is_taken_line_by_line(intake, stream):
    body = b'{"source": 1, "caller": "13912345678", \n{}'
    said = take_body(
        intake,
        body,
        content_type="application/x-ndjson",
        content_encoding=None,
        limit_bytes=1000,
        now=NOW,
    )
    assert (said["accepted"], len(said["rejected"])) == (0, 2)
    tickets, (broken, empty) = entries(stream)
    assert not tickets
    assert "line 1" in broken.reason
    assert "13912345678" not in repr(broken)
    assert empty.field == "status"


@pytest.mark.parametrize(
    "line",
    [
        '{"caller":"13912345678","a":',
        '{"caller" : 13912345678,,}',
        '{"caller":"139\\"12345678',
        '{"caller":{"n":"13912345678"},',
        '{"a":1,"caller":["13912345678"',
        "{'caller': '13912345678'}",
    ],
)
def test_a_broken_line_never_tells_the_caller(intake, stream, line):
    take_body(
        intake,
        line.encode(),
        content_type="application/x-ndjson",
        content_encoding=None,
        limit_bytes=1000,
        now=NOW,
    )
    _, (broken,) = entries(stream)
    assert "12345678" not in repr(broken)


def test_a_body_that_cannot_be_read_puts_nothing_on_the_stream(intake, stream):
    with pytest.raises(BadBody):
        take_body(intake, b"{", content_type="", content_encoding=None, limit_bytes=1000, now=NOW)
    assert stream.waiting() == 0
