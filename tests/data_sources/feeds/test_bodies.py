"""The body of a request, taken apart."""

import contextlib
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_sources.feeds.bodies import BadBody, BadLine, read_body

MB = 1_000_000


def read(body, kind="application/json", encoding=None, limit=MB):
    return read_body(body, kind, encoding, limit)


def status_of(*args, **kwargs):
    with pytest.raises(BadBody) as caught:
        read(*args, **kwargs)
    assert caught.value.field
    assert caught.value.reason
    return caught.value.status


def test_an_object_a_list_and_lines():
    assert read(b'{"a": 1}') == [{"a": 1}]
    assert read(b'[{"a": 1}, 2]') == [{"a": 1}, 2]
    assert read(b'{"a": 1}\n\n{"a": 2}\r\n', "application/x-ndjson; charset=utf-8") == [
        {"a": 1},
        {"a": 2},
    ]
    assert read(b'\xef\xbb\xbf{"a": 1}') == [{"a": 1}]


def test_gzip_of_one_or_more_members():
    assert read(gzip.compress(b'{"a": 1}'), encoding="gzip") == [{"a": 1}]
    assert read(gzip.compress(b'{"a":') + gzip.compress(b" 1}"), encoding="GZIP") == [{"a": 1}]


@pytest.mark.parametrize("body", [b"", b"  \n", b"[]", b"{", b'{"a": }', b"\xff\xfe", b"[" * 3000])
def test_broken_json_is_400(body):
    assert status_of(body) == 400


# Without a time in it: the names of tests are the same in every process that runs them.
CUT_OFF = gzip.compress(b'{"a": 1}', mtime=0)[:-9]


@pytest.mark.parametrize("body", [b"x", b"", CUT_OFF, b"\x1f\x8b\x08"])
def test_broken_gzip_is_400(body):
    assert status_of(body, encoding="gzip") == 400


def test_gzip_with_rubbish_behind_it_is_400():
    assert status_of(gzip.compress(b"{}") + b"rubbish", encoding="gzip") == 400


def test_too_long_is_413_as_sent_and_as_unpacked():
    assert status_of(b" " * 101, limit=100) == 413
    bomb = gzip.compress(b"0" * 200 * MB)
    assert status_of(bomb, encoding="gzip") == 413


def test_a_bomb_is_not_unpacked(monkeypatch):
    unpacked = 0
    real = zlib.decompressobj

    class Counting:
        def __init__(self, **more):
            self.inner = real(**more)

        def __getattr__(self, name):
            return getattr(self.inner, name)

        def decompress(self, *args):
            nonlocal unpacked
            piece = self.inner.decompress(*args)
            unpacked += len(piece)
            return piece

    monkeypatch.setattr(zlib, "decompressobj", Counting)
    status_of(gzip.compress(b"0" * 50 * MB), encoding="gzip")
    assert unpacked < 2 * MB


@pytest.mark.parametrize(
    ("kind", "encoding"),
    [
        ("text/csv", None),
        ("application/xml", None),
        ("application/json", "br"),
        ("application/json; charset=gbk", None),
    ],
)
def test_unknown_kinds_are_415(kind, encoding):
    assert status_of(b"{}", kind, encoding) == 415


def test_one_broken_line_spoils_only_itself():
    good, bad, also_good = read(b'{"a": 1}\n{"a": \n{"a": 2}', "application/x-ndjson")
    assert (good, also_good) == ({"a": 1}, {"a": 2})
    assert isinstance(bad, BadLine)
    assert "line 2" in bad.reason


def test_nan_and_lone_surrogates_spoil_only_their_field():
    (one,) = read(b'{"a": NaN, "b": "\\ud800", "c": -Infinity, "d": 1}')
    assert one["d"] == 1
    assert one["a"] != one["a"]
    assert one["b"] == "\ud800"
    assert read(b'{"a": 1e999}')[0]["a"] == float("inf")


@given(st.binary(max_size=200), st.sampled_from([None, "gzip"]), st.booleans())
def test_any_bytes_are_read_or_refused(body, encoding, lines):
    kind = "application/x-ndjson" if lines else "application/json"
    with contextlib.suppress(BadBody):
        assert isinstance(read(body, kind, encoding, 100), list)
