"""What an Open311 server answered, taken apart into rows: JSON, or XML without any entities."""

from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import orjson

from operations.errors import BadInput

MOST_ROWS = 10_000
MOST_DEEP = 8
MOST_TEXT = 100_000
_WHOLE = "service_requests"


def read_rows(body: bytes, form: str) -> list[Any]:
    """Give the requests of an answer; raises BadInput when it is none."""
    rows = _json(body) if form == "json" else _xml(body)
    if len(rows) > MOST_ROWS:
        raise BadInput("answer", f"holds more than {MOST_ROWS:,} requests")
    return rows


def _json(body: bytes) -> list[Any]:
    try:
        read = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadInput("answer", f"is not JSON: {error.msg}") from error
    if isinstance(read, dict):  # some servers keep the name of the whole
        read = read.get(_WHOLE)
    if not isinstance(read, list):
        raise BadInput("answer", "is no list of requests")
    return read


def _xml(body: bytes) -> list[Any]:
    reader = _Reader()
    parser = ParserCreate()
    parser.buffer_text = True
    # A document type is what entities are declared in; no answer has one.
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parser.Parse(body, True)
    except ExpatError as error:
        raise BadInput("answer", f"is not XML: {error}") from error
    if reader.root != _WHOLE:
        raise BadInput("answer", f"is no list of requests but <{(reader.root or '')[:60]}>")
    return reader.rows


def _no_doctype(*_declared: Any) -> None:
    raise BadInput("answer", "declares a document type, which no answer needs")


class _Reader:
    """Gathers the fields of each `request`; what lies deeper in a field is no field of ours."""

    def __init__(self) -> None:
        self.root: str | None = None
        self.rows: list[dict[str, str | None]] = []
        self._path: list[str] = []
        self._said: list[str] = []
        self._length = 0

    def begin(self, name: str, _attributes: Any) -> None:
        """Take the beginning of an element."""
        self._path.append(name)
        if len(self._path) > MOST_DEEP:
            raise BadInput("answer", "is nested too deep")
        if len(self._path) == 1:
            self.root = name
        elif len(self._path) == 2:
            self.rows.append({})
        self._said, self._length = [], 0

    def text(self, said: str) -> None:
        """Take text."""
        self._length += len(said)
        if self._length <= MOST_TEXT:
            self._said.append(said)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if len(self._path) == 3:
            self.rows[-1][name] = "".join(self._said).strip() or None
        self._path.pop()
