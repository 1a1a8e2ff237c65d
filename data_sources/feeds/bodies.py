"""The body of a request to the intake, taken apart into records."""

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from operations.errors import BadInput

JSON_TYPES = ("application/json", "text/json", "")
LINES_TYPES = ("application/x-ndjson", "application/ndjson", "application/jsonl")
GZIP_PIECE = 1 << 16
_NOT_NUMBERS = re.compile(rb"\bNaN\b|\bInfinity\b")


class BadBody(BadInput):
    """The body as a whole cannot be read; `status` is the HTTP status that says so."""

    def __init__(self, status: int, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of NDJSON that is not JSON; the lines around it are not touched by it."""

    text: str
    reason: str


def read_body(
    body: bytes, content_type: str, content_encoding: str | None, limit_bytes: int
) -> list[Any]:
    """Take a body apart: the records in their order, a BadLine for a broken line of NDJSON.

    `limit_bytes` holds for the body as sent and as unpacked. Raises BadBody with 400 (broken
    gzip or JSON, empty), 413 (too long) or 415 (unknown type or encoding).
    """
    kind = content_type.split(";", 1)[0].strip().lower()
    charset = _charset(content_type)
    if kind not in JSON_TYPES + LINES_TYPES:
        raise BadBody(
            415, "Content-Type", "send application/json or, line by line, application/x-ndjson"
        )
    if charset not in ("utf-8", "utf8", ""):
        raise BadBody(415, "Content-Type", "send JSON in UTF-8")
    if len(body) > limit_bytes:
        raise _too_long(limit_bytes)
    plain = _unpack(body, (content_encoding or "").strip().lower(), limit_bytes)
    if not plain.strip():
        raise BadBody(400, "body", "empty; send a ticket, a list of tickets, or NDJSON")
    if kind in LINES_TYPES:
        return list(_lines(plain))
    return _whole(plain)


def _charset(content_type: str) -> str:
    for part in content_type.split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip('"').lower()
    return ""


def _unpack(body: bytes, encoding: str, limit_bytes: int) -> bytes:
    if encoding in ("", "identity"):
        return body
    if encoding not in ("gzip", "x-gzip"):
        raise BadBody(415, "Content-Encoding", "only gzip is understood")
    pieces, size, left = [], 0, body
    while left:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                piece = member.decompress(left, GZIP_PIECE)
            except zlib.error as error:
                raise BadBody(400, "body", f"broken gzip: {error}") from error
            left = member.unconsumed_tail if not member.eof else member.unused_data
            if not piece and not member.eof and not left:
                raise BadBody(400, "body", "broken gzip: it ends too early")
            size += len(piece)
            # A bomb is noticed after the limit, however much more it would unpack to.
            if size > limit_bytes:
                raise _too_long(limit_bytes)
            pieces.append(piece)
    return b"".join(pieces)


def _too_long(limit_bytes: int) -> BadBody:
    return BadBody(413, "body", f"larger than {limit_bytes:,} bytes; send fewer tickets at once")


def _whole(plain: bytes) -> list[Any]:
    try:
        read = _load(_without_bom(plain))
    except ValueError as error:
        raise BadBody(400, "body", f"not JSON: {error}") from error
    if isinstance(read, list):
        if not read:
            raise BadBody(400, "body", "an empty list; send at least one ticket")
        return read
    return [read]


def _lines(plain: bytes) -> Iterator[Any]:
    for number, line in enumerate(_without_bom(plain).split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield _load(line)
        except ValueError as error:
            yield BadLine(line.decode("utf-8", "replace"), f"line {number} is not JSON: {error}")


def _without_bom(plain: bytes) -> bytes:
    return plain.removeprefix(b"\xef\xbb\xbf")


def _load(text: bytes) -> Any:
    """Read JSON, and also what many programs write instead: NaN, Infinity, lone surrogates.

    Strictly these spoil the whole body; read all the same, they spoil only their own field.
    Raises ValueError in words that hold nothing of the text.
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        strict = error
    if "surrogate" in strict.msg or "infinity" in strict.msg or _NOT_NUMBERS.search(text):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    where = f"line {strict.lineno} column {strict.colno}" if strict.doc else "encoding"
    raise ValueError(f"{strict.msg} ({where})")
