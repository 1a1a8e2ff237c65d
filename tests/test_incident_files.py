"""Files of incidents from the running server: sent, looked at, refused, hidden from others."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import flask
import pytest

from data_sources.connect import Sources
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from settings import read_settings
from tests.data_sources.test_pictures import PDF, bomb, picture
from tests.incidents import key
from tests.people import PROOFS
from tests.test_incident_pages import act, opened
from tests.test_leading import client_of
from webserver import create_app

CENTRE, HANDLER = frozenset({Role.CENTRE_STAFF}), frozenset({Role.DEPARTMENT_HANDLER})


@pytest.fixture
def sources(tmp_path: Any, valkey_url: str) -> Iterator[Sources]:
    made = Sources(
        read_settings(
            data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts="on",
            incident_file_mb=2, incident_files_most=3,
        )
    )  # fmt: skip
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    yield made
    made.close()


@pytest.fixture
def server(sources: Sources) -> flask.Flask:
    return create_app(sources)


@pytest.fixture
def staff(server: flask.Flask, sources: Sources) -> Any:
    return client_of(server, sources, login="wang", roles=CENTRE)


@pytest.fixture
def incident(staff: Any) -> str:
    name = str(opened(staff, "district=370681").json["incident"])
    assert act(staff, name, "find", link=1, text="出厂水黄").json["done"]
    assert act(staff, name, "give", title="采样", owner="health", within_min=30).json["done"]
    return name


def send(
    client: Any, incident: str, data: bytes, *, where: str = "files", at: str = "finding",
    of: int = 1, name: str = "IMG_01.JPG", sent: str = "", lang: str = "zh",
) -> Any:  # fmt: skip
    asked = {"at": at, "of": of, "once": sent or key(), "lang": lang}
    return client.post(
        f"/api/v1/incidents/{incident}/{where}", query_string=asked, data=data,
        content_type="application/octet-stream", headers={"X-File-Name": quote(name)},
    )  # fmt: skip


def test_a_photograph_is_sent_shown_and_taken_away(
    staff: Any, sources: Sources, incident: str
) -> None:
    answer = send(staff, incident, picture())
    assert answer.json["done"], answer.json
    page = staff.get(f"/incidents/{incident}?lang=zh").get_data(as_text=True)
    assert f'href="/api/v1/incidents/{incident}/files/1"' in page
    assert "IMG_01.jpg" in page
    whole = staff.get(f"/api/v1/incidents/{incident}/files/1")
    assert (whole.status_code, whole.mimetype) == (200, "image/jpeg")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "no-store"
    assert whole.headers["Content-Disposition"] == "inline; filename*=UTF-8''IMG_01.jpg"
    assert "sandbox" in whole.headers["Content-Security-Policy"]
    assert "default-src 'none'" in whole.headers["Content-Security-Policy"]
    small = staff.get(f"/api/v1/incidents/{incident}/files/1?small=1")
    assert (small.status_code, small.mimetype) == (200, "image/jpeg")
    assert small.data != whole.data
    read = sources.audit.find(AuditSearch(act="incident.read_file"), most=9)
    assert [line.subject for line in read] == [incident], "the small one stands on the page"
    assert "wang" in read[0].actor
    gone = act(staff, incident, "remove_file", number=1, version=1, reason="拍到了人")
    assert gone.json["done"], gone.json
    assert staff.get(f"/api/v1/incidents/{incident}/files/1").status_code == 404
    assert "files/1" not in staff.get(f"/incidents/{incident}").get_data(as_text=True)
    acts = [one["act"] for one in staff.get(f"/api/v1/incidents/{incident}").json["lines"]]
    assert acts[:2] == ["remove_file", "attach"]


def test_a_paper_is_saved_and_never_shown(staff: Any, incident: str) -> None:
    assert send(staff, incident, PDF, name="化验单.html").json["done"]
    given = staff.get(f"/api/v1/incidents/{incident}/files/1")
    assert given.mimetype == "application/pdf"
    assert given.headers["Content-Disposition"].startswith("attachment; ")
    assert given.headers["Content-Disposition"].endswith(".pdf")
    assert staff.get(f"/api/v1/incidents/{incident}/files/1?small=1").status_code == 404


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        (b"", 409, "空"),
        (b"<html><script>alert(1)</script></html>", 409, "JPEG"),
        (bomb(60_000, 60_000), 409, "50 百万像素"),
        (b"\xff\xd8\xff" + b"\0" * 50, 409, "读不出来"),
        (b"\xff" * 2_000_001, 413, ""),
    ],
    ids=["none", "html", "bomb", "broken", "large"],
)
def test_what_is_not_taken_is_refused_in_words(
    staff: Any, incident: str, data: bytes, status: int, said: str
) -> None:
    answer = send(staff, incident, data, name="photo.jpg")
    assert answer.status_code == status
    assert said in answer.json.get("told", "")
    assert answer.json["error"]["field"]
    parts = staff.get(f"/api/v1/incidents/{incident}").json["parts"]
    assert not [one for one in parts if one["kind"] == "file"]


def test_so_many_and_no_more(staff: Any, incident: str) -> None:
    for number in range(3):
        assert send(staff, incident, picture(size=(40 + number, 30))).json["done"]
    full = send(staff, incident, picture(size=(99, 30)), lang="en")
    assert (full.status_code, full.json["error"]["field"]) == (409, "files")
    assert "3 files at most" in full.json["told"]


def test_sent_again_after_an_answer_was_lost_it_is_one(staff: Any, incident: str) -> None:
    sent = key()
    first, again = (send(staff, incident, picture(), sent=sent) for _ in range(2))
    assert first.json["seq"] == again.json["seq"]


@pytest.mark.parametrize(
    "asked", ["at=finding&of=x&once=k", "at=finding&of=-1", "of=1", "at=finding&of=1&once=short"]
)
def test_what_cannot_be_read_is_refused(staff: Any, incident: str, asked: str) -> None:
    answer = staff.post(f"/api/v1/incidents/{incident}/files?{asked}", data=picture())
    assert answer.status_code in (400, 409)


def test_a_file_is_seen_by_who_sees_the_incident_and_by_nobody_else(
    staff: Any, server: flask.Flask, sources: Sources, incident: str
) -> None:
    assert send(staff, incident, picture()).json["done"]
    health = client_of(server, sources, login="sun", roles=HANDLER, department="health")
    where = f"/api/v1/incidents/{incident}/files/1"
    own = {"where": "answers/health/files", "at": "task"}
    assert health.get(where).status_code == 404
    assert send(health, incident, picture(), **own).status_code == 404
    assert act(staff, incident, "summon", party="health").json["done"]
    assert health.get(where).status_code == 200
    assert send(health, incident, picture(size=(50, 50)), **own).json["done"]
    other = send(health, incident, picture(size=(60, 60)), where="answers/health/files")
    assert other.json["error"]["field"] == "owner", "the finding's link is another's"
    assert send(health, incident, picture(), where="files").status_code == 404
    for by in (staff, health):
        assert by.get(where.replace("files/1", "files/9")).status_code == 404
    second = str(opened(staff, "district=370602").json["incident"])
    assert staff.get(f"/api/v1/incidents/{second}/files/1").status_code == 404
    assert health.get(f"/api/v1/incidents/{second}/files/1").status_code == 404
    nobody = client_of(server, sources)
    assert nobody.get(where).status_code == 401


def test_what_changed_is_drawn_where_the_file_stands(staff: Any, incident: str) -> None:
    note = act(staff, incident, "note", text="到现场").json["seq"]
    changes = f"/api/v1/incidents/{incident}/changes?lang=en&since="
    for at, of, slot in (("finding", 1, "chain"), ("task", 1, "task-1"), ("line", note, "")):
        seq = send(staff, incident, picture(size=(64, 40 + of)), at=at, of=of).json["seq"]
        told = staff.get(f"{changes}{seq - 1}").json
        drawn = told["slots"][slot] if slot else told["lines"][f"line-{note}"]
        assert "files/" in str(drawn), at
        assert "task-1" in told["slots"] or at != "task"
