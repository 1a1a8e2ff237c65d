"""What a request says that can neither be kept nor shown, refused before anybody looks for it."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from flask import Request, Response

from api.answers import problem
from api.gate import CALLBACK, is_api
from operations.legible import is_legible

INTAKE, OPEN311 = "/api/v1/tickets", "/open311/"
"""What refuses such texts by itself, record by record, in its own words."""
SUSPECT = re.compile(rb"\\u(0000|[dD][89a-fA-F])|%00")
"""How such a text is written in JSON, or in an address within it: else nothing has to be read."""


def unfit(asked: Request, lost_page: Callable[[], str]) -> Response | None:
    """Refuse what names or says what is not legible; a page of such an address is not there."""
    no = problem(404, "path", "there is nothing of that name")
    if is_legible(asked.path):
        part = illegible_part(asked)
        if part is None:
            return None
        no = problem(400, part, "it holds NUL or half of a character: write it again")
    return no if is_api() else Response(lost_page(), 404, mimetype="text/html")


def illegible_part(asked: Request) -> str | None:
    """Name what of a request's query or body is not legible, None where all of it is."""
    for name, text in asked.args.items(multi=True):
        if not is_legible(name + text):
            return name
    reads_itself = asked.path == INTAKE or asked.path.startswith(OPEN311)
    if reads_itself or asked.method in ("GET", "HEAD"):
        return None
    found: Iterator[tuple[str, str]]
    if asked.mimetype == "application/x-www-form-urlencoded":
        found = ((name, name + text) for name, text in asked.form.items(multi=True))
    elif asked.is_json and SUSPECT.search(asked.get_data()):
        found = _texts(asked.get_json(silent=True), addresses=asked.path == CALLBACK)
    else:
        return None
    return next((name for name, text in found if not is_legible(text)), None)


def _texts(said: object, *, addresses: bool) -> Iterator[tuple[str, str]]:
    """Give every text of some JSON with the name it stands under.

    `addresses`: a text may be one of a page, whose parts are decoded later.
    """
    waiting: list[tuple[str, object]] = [("body", said)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str):
            yield name, unquote(value) if addresses and value[:1] in ("/", "?") else value
        elif isinstance(value, list):
            waiting += [(name, one) for one in value]
        elif isinstance(value, dict):
            for key, one in value.items():
                yield key, key
                waiting.append((key, one))
