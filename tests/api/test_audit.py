"""The audit log over HTTP: for the audit administrator alone, searched, and exported."""

import csv
import io
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import audit as api_audit
from api.audit import LINES_A_PAGE
from data_sources.audit_log import SqlAudit
from data_sources.memory_audit import MemoryAudit
from operations.errors import Unreachable
from operations.people.audit import AuditSearch, Deed
from tests.builders import NOW, NOW_US

MINUTE_US = 60_000_000


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def audit(request: pytest.FixtureRequest) -> Any:
    if request.param == "memory":
        return MemoryAudit()
    return SqlAudit(request.getfixturevalue(f"{request.param}_engine"))


def client(audit: Any, **more: Any) -> FlaskClient:
    server = flask.Flask(__name__)
    given = {"now": lambda: NOW, "may_read": lambda: "审计员"} | more
    server.register_blueprint(api_audit.blueprint(audit, lambda work, *a: work(*a), **given))
    return server.test_client()


def fill(audit: Any, many: int = 4) -> None:
    for n in range(many):
        audit.append(
            Deed(at_us=NOW_US + n * MINUTE_US, actor="王李"[n % 2], act="alarm.shelve",
                 subject=f"a-{n}", reason="=1+1")
        )  # fmt: skip


def subjects(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.get_json()
    return [line["subject"] for line in answer.get_json()["lines"]]


@pytest.mark.parametrize("path", ["audit", "audit.csv"])
def test_nobody_reads_it_by_default(path: str) -> None:
    kept = MemoryAudit()
    fill(kept)
    server = flask.Flask(__name__)
    server.register_blueprint(api_audit.blueprint(kept, lambda work, *a: work(*a), now=lambda: NOW))
    answer = server.test_client().get(f"/api/v1/{path}")
    assert answer.status_code == 403
    assert "a-1" not in answer.get_data(as_text=True)
    assert kept.head().number == 4, "nothing was exported"


def test_what_is_not_for_who_asks_is_in_no_page_and_no_table(audit: Any) -> None:
    fill(audit)
    audit.append(Deed(at_us=NOW_US, actor="王", act="accountability.issue", subject="WZ2026-0001"))
    for kept_back, seen in (("accountability", False), (None, True)):
        reader = client(audit, kept_back=lambda told=kept_back: told)
        for path in ("audit", "audit.csv", "audit?act=accountability", "audit?subject=WZ2026-0001"):
            answer = reader.get(f"/api/v1/{path}").get_data(as_text=True)
            assert ("WZ2026-0001" in answer) is seen, (path, kept_back)


def test_newest_come_first_with_every_field(audit: Any) -> None:
    fill(audit)
    answer = client(audit).get("/api/v1/audit")
    assert subjects(answer) == ["a-3", "a-2", "a-1", "a-0"]
    assert answer.get_json() | {"lines": []} == {"lines": [], "page": 1, "pages": 1, "total": 4}
    assert answer.get_json()["lines"][-1] == {
        "number": 1, "at": "2026-11-24T02:00:00+00:00", "actor": "王", "verified": False,
        "device": "", "act": "alarm.shelve", "subject": "a-0", "before": "", "after": "",
        "reason": "=1+1",
    }  # fmt: skip
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("actor=王", ["a-2", "a-0"]),
        ("act=alarm&subject=a-1", ["a-1"]),
        ("act=login", []),
        ("from=2026-11-24T10:02:00%2B08:00", ["a-3", "a-2"]),
        ("from=2026-11-24T10:02:00+08:00", ["a-3", "a-2"]),
        ("from=2026-11-24T02:01&to=2026-11-24T02:03", ["a-2", "a-1"]),
        ("to=2026-11-24", []),
        ("actor=&page=1", ["a-3", "a-2", "a-1", "a-0"]),
        ("page=2", []),
    ],
)
def test_search(audit: Any, query: str, found: list[str]) -> None:
    fill(audit)
    assert subjects(client(audit).get(f"/api/v1/audit?{query}")) == found


def test_pages_go_on_where_the_one_before_ended() -> None:
    kept = MemoryAudit()
    fill(kept, LINES_A_PAGE + 3)
    first = client(kept).get("/api/v1/audit")
    second = client(kept).get("/api/v1/audit?page=2")
    assert len(subjects(first)) == LINES_A_PAGE
    assert subjects(second) == ["a-2", "a-1", "a-0"]
    assert second.get_json()["pages"] == 2


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("page=0", "page"), ("page=-1", "page"), ("page=x", "page"), ("page=²", "page"),
        ("page=99999999999", "page"), ("from=yesterday", "from"), ("to=1", "to"),
        ("actor=" + "x" * 201, "actor"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["audit", "audit.csv"])
def test_bad_searches_are_refused_by_name(path: str, query: str, field: str) -> None:
    if path == "audit.csv" and field == "page":
        return
    answer = client(MemoryAudit()).get(f"/api/v1/{path}?{query}")
    assert answer.status_code == 400
    assert answer.get_json()["error"]["field"] == field


def test_table_opens_in_a_spreadsheet_and_its_export_is_written_down(audit: Any) -> None:
    fill(audit)
    answer = client(audit).get("/api/v1/audit.csv?actor=王")
    body = answer.get_data(as_text=True)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="audit.csv"'
    assert body.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(body.removeprefix("\ufeff"))))
    assert [row["subject"] for row in rows] == ["a-2", "a-0"]
    assert rows[0]["reason"] == "'=1+1", "no formula"
    assert rows[0]["at"] == "2026-11-24T02:02:00+00:00"
    (line,) = audit.find(AuditSearch(act="audit.export"), most=9)
    assert (line.actor, line.verified, line.after) == ("审计员", True, "2 lines: actor 王")


@pytest.mark.parametrize("path", ["audit", "audit.csv"])
def test_database_that_is_away_is_told(path: str) -> None:
    class Away(MemoryAudit):
        def count(self, search: AuditSearch) -> int:
            raise Unreachable("away")

        def append(self, deed: Deed, *, within: object | None = None) -> Any:
            raise Unreachable("away")

    answer = client(Away()).get(f"/api/v1/{path}")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
