"""Files of incidents: the bytes of one come in, and go out to whoever may see the incident."""

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import quote, unquote

from flask import Blueprint, Response, request

from api.answers import answer, problem
from api.desk import told
from api.incidents import LONGEST, NO_STORE, Outcome
from operations.errors import BadInput
from operations.legible import is_legible
from operations.response.content import FileGiven

SANDBOX = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""A file that a browser opens by itself may load nothing, run nothing and be no part of ours."""
LONGEST_NUMBER = 7
NAME = "X-File-Name"
"""What the file is called, percent-encoded: addresses stand in logs, and it may name people."""


class Files(Protocol):
    """The files of incidents as who asks may see them; waits beside the event loop."""

    @property
    def most_bytes(self) -> int: ...

    def attach(
        self, incident: str, said: Mapping[str, Any], data: bytes, own: str | None
    ) -> Outcome | None: ...

    def file(self, incident: str, number: int, *, small: bool) -> FileGiven | None: ...


def add_files(routes: Blueprint, files: Files) -> None:
    """Add the routes of files to those of incidents."""

    @routes.post("/api/v1/incidents/<incident>/files")
    @told
    def post_file(incident: str) -> Response:
        """Put a file beside something of an incident, as who runs it."""
        return _attached(files, incident, None)

    @routes.post("/api/v1/incidents/<incident>/answers/<department>/files")
    @told
    def post_own_file(incident: str, department: str) -> Response:
        """Put a file beside something that is a department's own, as that department."""
        return _attached(files, incident, department)

    @routes.get("/api/v1/incidents/<incident>/files/<number>")
    @told
    def get_file(incident: str, number: str) -> Response:
        """Give a file, or with `small=1` the small picture of one."""
        small = request.args.get("small") == "1"
        found = None
        if number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER:
            found = files.file(incident, int(number), small=small)
        if found is None:
            return problem(404, "file", "no such file")
        kind = "inline" if found.is_picture else "attachment"
        headers = NO_STORE | {
            "Content-Disposition": f"{kind}; filename*=UTF-8''{quote(found.name, safe='')}",
            "Content-Security-Policy": SANDBOX,
        }
        return Response(found.data, mimetype=found.media, headers=headers)


def _attached(files: Files, incident: str, own: str | None) -> Response:
    """Read the bytes and what they belong to; what is too large is not read."""
    if (request.content_length or 0) > files.most_bytes:
        return problem(413, "large", f"at most {files.most_bytes // 1_000_000} MB")
    request.max_content_length = files.most_bytes
    asked = request.args
    said = {name: asked.get(name, "") for name in ("once", "at", "lang")}
    said["name"] = unquote(request.headers.get(NAME, ""))
    if any(len(one) > LONGEST or not is_legible(one) for one in said.values()):
        raise BadInput("name", f"at most {LONGEST} characters")
    number = asked.get("of", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 16):
        raise BadInput("of", "a whole number")
    found = files.attach(incident, said | {"of": int(number)}, request.get_data(), own)
    if found is None:
        return problem(404, "incident", "no such incident")
    return answer(200 if found.done else 409, found.told(), **NO_STORE)
