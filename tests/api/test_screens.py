"""A wall is paired, recognized for months, told of changes at once, and shut out."""

from datetime import datetime, timedelta
from typing import Any

import flask
import orjson
import pytest
from flask.testing import FlaskClient

from api import screens as api_screens
from api.doorkeeper import MOST_WAITING, Doorkeeper
from api.screens import COOKIE
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_screens import MemoryScreens
from tests.builders import NOW

SHOW = {"scope": "district-370681", "scenes": "overview:30,map:20", "distance_m": 6}


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


class City:
    """A server with walls and an administrator."""

    def __init__(self) -> None:
        self.audit, self.clock = MemoryAudit(), Clock()
        self.kept = MemoryScreens(self.audit)
        self.admin: str | None = "管理员"
        self.server = flask.Flask(__name__)
        door = Doorkeeper(self.kept, self.clock)
        self.server.register_blueprint(
            api_screens.blueprint(door, lambda work, *a: work(*a), may_manage=lambda: self.admin)
        )

    def wall(self) -> FlaskClient:
        return self.server.test_client()

    def post(self, path: str, body: Any) -> Any:
        return self.server.test_client().post(f"/api/v1/screens{path}", json=body)

    def pair(self, wall: FlaskClient, **changes: Any) -> Any:
        code = meet(wall)["code"]
        return self.post("", {"code": code, "name": "大厅"} | SHOW | changes)


@pytest.fixture
def city(monkeypatch: pytest.MonkeyPatch) -> City:
    monkeypatch.setattr(api_screens, "LOOK_S", 0)
    return City()


def meet(wall: FlaskClient) -> Any:
    answer = wall.post("/api/v1/screens/me", json={"software": "0.1.0"})
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def cookie(wall: FlaskClient) -> str:
    found = wall.get_cookie(COOKIE)
    assert found is not None
    return found.value


def test_new_wall_shows_a_code_and_keeps_it(city: City) -> None:
    wall = city.wall()
    told = meet(wall)
    assert told["state"] == "pairing"
    assert len(told["code"]) == 6
    assert meet(wall)["code"] == told["code"]
    assert meet(city.wall())["code"] != told["code"]
    city.clock.wait(minutes=11)
    assert meet(wall)["code"] != told["code"], "a code that ran out is replaced"


def test_token_is_for_the_browser_alone(city: City) -> None:
    wall = city.wall()
    answer = wall.post("/api/v1/screens/me")
    said = answer.headers["Set-Cookie"]
    assert "HttpOnly" in said
    assert "SameSite=Strict" in said
    secret = cookie(wall).partition(".")[2]
    assert len(secret) > 40
    assert secret not in answer.get_data(as_text=True)
    secure = wall.post("/api/v1/screens/me", base_url="https://city.example")
    assert "Secure" in secure.headers["Set-Cookie"]


def test_paired_wall_is_told_what_it_shows(city: City) -> None:
    wall = city.wall()
    assert city.pair(wall).status_code == 200
    told = meet(wall)
    assert (told["state"], told["name"]) == ("paired", "大厅")
    assert told["address"] == "/wall/district-370681?rotate=overview:30,map:20&distance=6"
    assert told["show"] == SHOW | {"pitch_mm": None, "room": ""}
    assert "code" not in told
    (line,) = [kept.line for kept in city.audit.lines()]
    assert (line.act, line.actor, line.verified) == ("screen.pair", "管理员", True)


def test_wall_stays_known_for_months_while_its_token_turns(city: City) -> None:
    wall = city.wall()
    city.pair(wall)
    first = cookie(wall)
    for _ in range(12):
        city.clock.wait(days=30)
        assert meet(wall)["state"] == "paired"
    assert cookie(wall) != first
    copied = city.wall()
    copied.set_cookie(COOKIE, first)
    assert meet(copied)["state"] == "pairing", "an old token opens nothing"
    city.clock.wait(days=401)
    assert meet(wall)["state"] == "pairing"


def test_list_tells_last_contact_and_version(city: City) -> None:
    wall = city.wall()
    city.pair(wall)
    meet(city.wall())
    city.clock.wait(hours=3)
    meet(wall)
    (told,) = city.wall().get("/api/v1/screens").get_json()["screens"]
    assert (told["name"], told["state"], told["software"]) == ("大厅", "paired", "0.1.0")
    assert told["seen_at"] == "2026-11-24T05:00:00+00:00"
    assert "token" not in str(told)


def test_wall_is_of_the_version_its_page_says(city: City) -> None:
    wall = city.wall()
    city.pair(wall)
    stream = events(wall)

    def listed() -> Any:
        return city.wall().get("/api/v1/screens").get_json()["screens"][0]

    city.clock.wait(minutes=1)
    assert event(stream) is not None
    assert event(stream) is None
    assert (listed()["software"], listed()["seen_at"]) == ("0.1.0", "2026-11-24T02:01:00+00:00")
    for said in ("<b>", "x" * 33, 5, None):
        wall.post("/api/v1/screens/me", json={"software": said})
        assert listed()["software"] == ""


def test_size_of_the_letters_is_in_the_address(city: City) -> None:
    wall = city.wall()
    told = city.pair(wall, scope="city", scenes="", distance_m=7.5, pitch_mm=1.25).get_json()
    assert meet(wall)["address"] == "/wall?distance=7.5&pitch=1.25"
    new = {
        "name": "大厅",
        "distance_m": 9,
        "pitch_mm": 1.25,
        "room": "三楼",
        "version": told["version"],
    }
    told = city.post(f"/{told['id']}/rename", new).get_json()
    assert told["show"]["room"] == "三楼"
    assert meet(wall)["address"] == "/wall?distance=9&pitch=1.25"


def test_nobody_manages_walls_by_default(city: City) -> None:
    wall = city.wall()
    city.pair(wall)
    city.admin = None
    for answer in (
        city.wall().get("/api/v1/screens"),
        city.pair(city.wall()),
        city.post("/s/revoke", {"version": 2}),
    ):
        assert answer.status_code == 403
    assert api_screens.nobody() is None
    assert meet(wall)["state"] == "paired", "a wall needs nobody"


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("code", {"code": "ZZZZZZ"}), ("code", {"code": 5}), ("code", {"code": "?"}),
        ("name", {"name": ""}), ("name", {"name": None}), ("scope", {"scope": "moon"}),
        ("scenes", {"scenes": "map"}), ("room", {"room": "r" * 61}),
        ("distance_m", {"distance_m": "far"}),
        ("distance_m", {"distance_m": True}), ("pitch_mm", {"pitch_mm": "x"}),
        ("pitch_mm", {"pitch_mm": ""}),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(city: City, field: str, changes: Any) -> None:
    answer = city.pair(city.wall(), **changes)
    assert answer.status_code == 400
    assert answer.get_json()["error"]["field"] == field


def test_what_is_no_object_is_refused(city: City) -> None:
    client = city.wall()
    assert client.post("/api/v1/screens", json=[1]).status_code == 400
    assert client.post("/api/v1/screens", data="{}").status_code == 400


def events(wall: FlaskClient) -> Any:
    answer = wall.get("/api/v1/screens/me/live", buffered=False)
    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    return iter(answer.response)


def event(stream: Any, *, within: int = 5) -> Any:
    for _ in range(within):
        part = next(stream)
        if part.startswith(b"event: screen\n"):
            return orjson.loads(part.partition(b"data: ")[2])
    return None


def test_wall_is_told_at_once_to_reload_to_show_something_else_and_to_go(city: City) -> None:
    wall = city.wall()
    told = city.pair(wall).get_json()
    stream = events(wall)
    assert event(stream)["reload_at"] is None
    assert event(stream) is None, "nothing changed"
    told = city.post(f"/{told['id']}/reload", {"version": told["version"]}).get_json()
    assert event(stream)["reload_at"] == "2026-11-24T02:00:00+00:00"
    new = {"name": "二号", "scope": "city", "scenes": "", "version": told["version"]}
    told = city.post(f"/{told['id']}/rename", new).get_json()
    assert event(stream)["address"] == "/wall?distance=4"
    assert city.post(f"/{told['id']}/revoke", {"version": told["version"]}).status_code == 200
    assert event(stream) == {"state": "revoked"}
    assert next(stream, None) is None
    assert wall.get("/api/v1/screens/me/live").status_code == 403
    assert meet(wall)["state"] == "pairing", "and may be let in anew"
    acts = [kept.line.act for kept in city.audit.lines()]
    assert acts == ["screen.pair", "screen.reload", "screen.rename", "screen.revoke"]


def test_stream_goes_on_while_the_token_turns(city: City) -> None:
    wall = city.wall()
    told = city.pair(wall).get_json()
    stream = events(wall)
    assert event(stream)["state"] == "paired"
    for _ in range(50):  # hours: a day's token, and the one after that
        city.clock.wait(hours=1)
        assert meet(wall)["state"] == "paired"
        assert event(stream) is None
    (listed,) = city.wall().get("/api/v1/screens").get_json()["screens"]
    city.post(f"/{told['id']}/revoke", {"version": listed["version"]})
    assert event(stream) == {"state": "revoked"}


def test_second_of_two_administrators_is_told(city: City) -> None:
    told = city.pair(city.wall()).get_json()
    assert city.post(f"/{told['id']}/reload", {"version": told["version"]}).status_code == 200
    answer = city.post(f"/{told['id']}/revoke", {"version": told["version"]})
    assert answer.status_code == 409
    assert city.post("/nobody/revoke", {"version": 1}).status_code == 400


def test_unknown_wall_has_no_stream(city: City) -> None:
    wall = city.wall()
    assert wall.get("/api/v1/screens/me/live").status_code == 403
    wall.set_cookie(COOKIE, "x.y")
    assert wall.get("/api/v1/screens/me/live").status_code == 403


def test_strangers_cannot_fill_the_table(city: City) -> None:
    for _ in range(MOST_WAITING):
        meet(city.wall())
    answer = city.wall().post("/api/v1/screens/me")
    assert answer.status_code == 429
    assert answer.get_json()["error"]["field"] == "walls"
    city.clock.wait(minutes=11)
    assert meet(city.wall())["state"] == "pairing"
