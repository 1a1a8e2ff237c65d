"""Pictures and streams over HTTP."""

import json
from datetime import timedelta

import flask

from api import health, live
from api.fanout import Fanout
from tests.api.test_fanout import NOW, FakeBoard, word


def served(board: FakeBoard) -> tuple[flask.Flask, Fanout]:
    fanout = Fanout(board, demo=False, now=lambda: NOW)  # type: ignore[arg-type]
    server = flask.Flask(__name__)
    server.register_blueprint(
        live.blueprint(
            fanout, first_picture_s=0.02, knows_scope=lambda scope: scope != "district-999"
        )
    )
    server.register_blueprint(health.blueprint(fanout, lambda: NOW))
    return server, fanout


def test_the_newest_picture_is_plain_json() -> None:
    board = FakeBoard()
    board.put("department-供热/集团", 4)
    server, _ = served(board)
    answer = server.test_client().get("/api/v1/pictures/department-%E4%BE%9B%E7%83%AD/集团")
    assert answer.status_code == 200
    assert answer.get_json()["seq"] == 4
    assert answer.headers["Cache-Control"] == "no-store"


def test_an_unknown_scope_is_404_for_pictures_and_streams() -> None:
    client = served(FakeBoard())[0].test_client()
    for path in ("pictures/nowhere", "live/nowhere", "live/district-999", "pictures/district-"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 404
        assert answer.get_json()["error"]["field"] == "scope"


def test_visitors_get_a_stream_of_their_own() -> None:
    board = FakeBoard()
    section = {"as_of": "x", "state": "fresh", "data": {"rows": ["of an alarm"]}}
    picture = {"seq": 4, "as_of": "x", "sections": {"totals": section, "alarms": section}}
    board.frames["city"] = json.dumps(picture).encode()
    client = served(board)[0].test_client()

    def first(query: str) -> str:
        answer = client.get(f"/api/v1/live/city{query}", buffered=False)
        return next(iter(answer.response)).decode()

    assert first("").count("of an alarm") == 2
    assert first("?for=visitors").count("of an alarm") == 1
    assert first("").count("of an alarm") == 2, "nobody else's picture is changed"
    answer = client.get("/api/v1/live/city?for=everybody")
    assert (answer.status_code, answer.get_json()["error"]["field"]) == (400, "for")


def test_a_stream_is_packed_only_for_who_can_unpack() -> None:
    board = FakeBoard()
    board.put("city", 1)
    client = served(board)[0].test_client()
    plain = client.get("/api/v1/live/city")
    packed = client.get("/api/v1/live/city", headers={"Accept-Encoding": "gzip"})
    assert plain.mimetype == packed.mimetype == "text/event-stream"
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert next(plain.iter_encoded()).startswith(b"event: picture\ndata: {")
    plain.close()
    packed.close()


def test_health_tells_each_part_and_fails_without_redis() -> None:
    board = FakeBoard()
    board.last_word = word(age_s=9, ticket_age_s=5)
    server, fanout = served(board)
    client = server.test_client()
    assert client.get("/healthz").status_code == 503
    fanout.start()
    while fanout.word is None:
        pass
    answer = client.get("/healthz")
    fanout.stop()
    assert answer.status_code == 200
    parts = answer.get_json()["parts"]
    assert parts["redis"]["state"] == "ok"
    assert parts["worker"] | {"started_at": 0} == {
        "state": "silent",
        "age_s": 9.0,
        "revision": 7,
        "waiting": 0,
        "started_at": 0,
    }
    assert parts["source"] == {"state": "ok", "age_s": 5.0}


def test_metrics_carry_the_worker_s_word() -> None:
    board = FakeBoard()
    board.last_word = word()
    server, fanout = served(board)
    fanout.word = board.last_word
    text = server.test_client().get("/metrics").get_data(as_text=True)
    assert "lianxin_worker_age_seconds 0.2" in text
    assert "lianxin_ledger_revision 7.0" in text
    assert "process_resident_memory_bytes" in text


def test_health_says_that_the_calendar_ends_soon() -> None:
    def told(days: int | None) -> dict[str, object]:
        fanout = Fanout(FakeBoard(), demo=False, now=lambda: NOW)  # type: ignore[arg-type]
        server = flask.Flask(__name__)
        until = None if days is None else (NOW + timedelta(days=days)).date()
        server.register_blueprint(health.blueprint(fanout, lambda: NOW, until))
        parts = server.test_client().get("/healthz").get_json()["parts"]
        return parts["calendar"]  # type: ignore[no-any-return]

    last = (NOW + timedelta(days=44)).date().isoformat()
    assert told(44) == {"state": "late", "age_s": None, "until": last}
    assert told(45)["state"] == "ok"
    assert told(None) == {"state": "ok", "age_s": None, "until": None}
