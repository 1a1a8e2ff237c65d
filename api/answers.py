"""How the interfaces say no: one shape for every refusal."""

import orjson
from flask import Response


def answer(status: int, body: object, **headers: str) -> Response:
    """Answer with JSON."""
    made = Response(orjson.dumps(body), status, mimetype="application/json")
    made.headers.update(headers)
    return made


def problem(status: int, field: str, reason: str, *, retry_after_s: int | None = None) -> Response:
    """Refuse a request: what was wrong with which part of it, and what to do."""
    headers = {} if retry_after_s is None else {"Retry-After": str(retry_after_s)}
    return answer(status, {"error": {"field": field, "reason": reason}}, **headers)
