"""How the interfaces answer: one shape for what was done, and for every refusal."""

from typing import Any

import orjson
from flask import Response

Done = tuple[bool, str, dict[str, Any]]
"""Whether it is done, what is told of it, and what there is now: number, version, address."""


def answer(status: int, body: object, **headers: str) -> Response:
    """Answer with JSON."""
    made = Response(orjson.dumps(body), status, mimetype="application/json")
    made.headers.update(headers)
    return made


def problem(status: int, field: str, reason: str, *, retry_after_s: int | None = None) -> Response:
    """Refuse a request: what was wrong with which part of it, and what to do."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return answer(status, {"error": {"field": field, "reason": reason}}, **headers)


def given(found: dict[str, Any] | None, none: str, **headers: str) -> Response:
    """Give what was found; where there is none of it for who asks, `none` says so (404)."""
    return problem(404, "number", none) if found is None else answer(200, found, **headers)


def acted(done: Done | None, none: str) -> Response:
    """Tell what came of an act; one that was not done says why (409)."""
    if done is None:
        return problem(404, "number", none)
    is_done, words, there = done
    said = {"done": is_done, "told": words, **there}
    if is_done:
        return answer(200, said)
    field = there.get("field", "expected_version")
    return answer(409, said | {"error": {"field": field, "reason": words}})
