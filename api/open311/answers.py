"""How Open311 answers: the same values as JSON or as XML, errors in the form it prescribes.

JSON and XML are bound to one another by the Spark convention: a list is an element whose
children all have one name, which JSON leaves out.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal
from xml.etree import ElementTree

import orjson
from flask import Request, Response

from operations.errors import OperationsError
from operations.open311.submission import Problem

Form = Literal["json", "xml"]
PREFIX = "/open311/"
CONTENT_TYPES: dict[Form, str] = {
    "json": "application/json; charset=utf-8",
    "xml": "text/xml; charset=utf-8",
}
_ONE_OF = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
    "errors": "error",
}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML has no way to write, not even escaped."""


class Refusal(OperationsError):
    """A call that is answered with errors; `status` is that of the answer."""

    def __init__(self, status: int, *problems: Problem, retry_after_s: int | None = None) -> None:
        super().__init__("; ".join(one.description for one in problems))
        self.status, self.problems, self.retry_after_s = status, problems, retry_after_s


def refusal(status: int, description: str, *, retry_after_s: int | None = None) -> Refusal:
    """Make a refusal with one error, whose code is that of the answer."""
    return Refusal(status, Problem(status, description), retry_after_s=retry_after_s)


def form_of(asked: Request, said: str | None = None) -> Form:
    """Tell what is to be answered in: what the path says, else what the caller accepts.

    XML is the form every GeoReport client can read.
    """
    if said is None:
        said = "json" if asked.path.endswith(".json") else None
        said = "xml" if asked.path.endswith(".xml") else said
    if said is None:
        kinds = ["text/xml", "application/xml", "application/json"]
        best = asked.accept_mimetypes.best_match(kinds, default="text/xml")
        said = "json" if best == "application/json" else "xml"
    return "json" if said == "json" else "xml"


def answer(form: Form, root: str, body: Any, status: int = 200) -> Response:
    """Answer with a value; `root` is the name of the whole in XML."""
    written = orjson.dumps(body) if form == "json" else to_xml(root, body)
    return Response(written, status, content_type=CONTENT_TYPES[form])


def refused(form: Form, refusal: Refusal) -> Response:
    """Answer with errors."""
    made = errors(form, refusal.status, refusal.problems)
    if refusal.retry_after_s is not None:
        made.headers["Retry-After"] = str(refusal.retry_after_s)
    return made


def errors(form: Form, status: int, problems: Sequence[Problem]) -> Response:
    """Answer with the errors GeoReport prescribes."""
    body = [{"code": one.code, "description": one.description} for one in problems]
    return answer(form, "errors", body, status)


def in_its_own_words(asked: Request, response: Response) -> Response:
    """Give a refusal of the house, which every door makes alike, as GeoReport's errors."""
    if not asked.path.startswith(PREFIX) or response.status_code < 400:
        return response
    if response.mimetype != "application/json":
        return response
    said = response.get_json(silent=True)
    if not isinstance(said, dict) or "error" not in said:
        return response
    status, told = response.status_code, said["error"]
    problem = Problem(status, f"{told.get('field')}: {told.get('reason')}")
    made = errors(form_of(asked), status, [problem])
    response.set_data(made.get_data())
    response.content_type = made.content_type
    return response


def to_xml(root: str, value: Any) -> bytes:
    """Write a value as XML in UTF-8; an absent value is an empty element."""
    written: bytes = ElementTree.tostring(
        _element(root, value), encoding="utf-8", xml_declaration=True
    )
    return written


def _element(name: str, value: Any) -> ElementTree.Element:
    made = ElementTree.Element(name)
    if isinstance(value, dict):
        made.extend([_element(key, inner) for key, inner in value.items()])
    elif isinstance(value, list):
        made.extend([_element(_ONE_OF[name], inner) for inner in value])
    elif isinstance(value, bool):
        made.text = "true" if value else "false"
    elif value is not None:
        made.text = _NO_XML.sub("\ufffd", str(value))
    return made
