"""What an administrator sees and does on the page of the walls."""

import json
from datetime import timedelta
from typing import Any

import pytest

from api.doorkeeper import Doorkeeper
from callbacks.pages import screen
from callbacks.screens import let_in, refusal, reloaded, revoked, saved, scopes_of, told_by
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_screens import MemoryScreens
from operations.errors import BadInput, Unreachable
from operations.people.roles import Role
from operations.people.screens import contact_state
from tests.builders import LONGKOU, NOW
from tests.callbacks.test_account import Here, house, words
from tests.desk import desk

FIELDS = {
    "code": "", "name": "大厅", "room": "三楼", "scope": "city",
    "distance_m": "6", "pitch_mm": "0,634",
    "pick-overview": ["overview"], "seconds-overview": "30", "pick-map": [], "seconds-map": "x",
}  # fmt: skip


class Hall:
    """A house with one administrator and its walls."""

    def __init__(self) -> None:
        self.sources, signed = house(roles=frozenset({Role.SYSTEM_ADMIN}))
        self.audit, self.now = MemoryAudit(), NOW
        self.door = Doorkeeper(MemoryScreens(self.audit), lambda: self.now)
        assert isinstance(signed.people, Here)
        self.desk = desk(people=signed.people, walls=self.door, software="0.1.0")

    def code(self) -> str:
        """Let a new wall show its code."""
        self.wall, self.token = self.door.meet(None, "0.1.0")
        return self.wall.code

    def pair(self, **changes: Any) -> str:
        """Pair a wall as the form does; give what is said."""
        told = let_in(self.sources, self.desk, FIELDS | {"code": self.code()} | changes, "zh")
        said: str = told[0]
        return said

    def seen(self) -> dict[str, Any]:
        """Give the wall as its page saw it."""
        one = self.door.all()[0]
        return {"id": one["id"], "version": one["version"], "name": one["name"],
                "scenes": one["show"]["scenes"]}  # fmt: skip

    def page(self, path: str = "/screens", search: str = "") -> str:
        """Draw a page."""
        return words(screen(self.sources, self.desk, path, search))


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_empty_list_says_how_to_bring_a_wall_up(hall: Hall) -> None:
    assert "还没有大屏" in hall.page()
    assert "Open /pair in the browser of a wall" in hall.page(search="?lang=en")


def test_wall_is_let_in_and_stands_in_the_list(hall: Hall) -> None:
    assert "“大厅”已配对" in hall.pair()
    told = hall.page()
    for said in ("大厅", "三楼", "全市", "总览 30 秒", "像素间距 0.634 毫米", "字高 61 像素",
                 "在线", "当前版本 0.1.0", "2026-11-24 10:00 由 wang 配对"):  # fmt: skip
        assert said in told, said
    (line,) = [kept.line for kept in hall.audit.lines()]
    assert (line.act, line.actor, line.verified) == ("screen.pair", "wang", True)


def test_contact_grows_old_in_word_and_state(hall: Hall) -> None:
    hall.pair()
    hall.desk.people.now_us = lambda: int((NOW + timedelta(minutes=2)).timestamp() * 1e6)
    assert "联系迟缓" in hall.page()
    hall.desk.people.now_us = lambda: int((NOW + timedelta(days=3)).timestamp() * 1e6)
    told = hall.page(search="?lang=en")
    assert "Lost" in told
    assert "heard 3 d ago" in told
    assert [contact_state(age) for age in (0, 74, 75, 179, 180)] == [
        "fresh", "fresh", "late", "late", "dead",
    ]  # fmt: skip


def test_old_page_is_told_apart_from_the_current_version(hall: Hall) -> None:
    hall.pair()
    hall.door.meet(hall.token, "0.0.9")
    assert "版本 0.0.9，不是当前版本 0.1.0：请刷新" in hall.page()
    hall.door.meet(hall.token)
    assert "版本不详" in hall.page()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": "222222"}, "配对码"), ({"code": None}, "配对码"), ({"name": " "}, "名称"),
        ({"room": "r" * 61}, "房间"), ({"scope": "district-1"}, "显示范围"),
        ({"distance_m": "0"}, "观看距离"), ({"distance_m": "far"}, "观看距离"),
        ({"distance_m": None}, "观看距离"), ({"pitch_mm": "21"}, "像素间距"),
        ({"pitch_mm": "P2"}, "像素间距"), ({"pick-map": ["map"]}, "画面"),
        ({"seconds-overview": "2"}, "画面"), ({"seconds-overview": "²"}, "画面"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_by_the_name_of_its_field(
    hall: Hall, changes: dict[str, Any], said: str
) -> None:
    assert hall.pair(**changes).startswith(said)
    assert hall.door.all() == []


def test_page_of_a_wall_holds_what_it_is_and_changes_it(hall: Hall) -> None:
    hall.pair()
    seen = hall.seen()
    told = hall.page(f"/screens/{seen['id']}")
    assert '"value": "0.634"' in told
    assert "我确认停用" in told
    fields = FIELDS | {
        "name": "二厅",
        "scope": f"district-{LONGKOU}",
        "distance_m": "9",
        "pitch_mm": "",
    }
    said, now = saved(hall.sources, hall.desk, fields, seen, "zh")
    assert said.startswith("已保存")
    assert now["version"] == seen["version"] + 1
    (one,) = hall.door.all()
    assert (one["name"], one["show"]["scope"]) == ("二厅", f"district-{LONGKOU}")
    assert (one["show"]["distance_m"], one["show"]["pitch_mm"]) == (9.0, None)
    assert "没有这个页面" in hall.page("/screens/nobody")


def test_second_of_two_is_told_that_somebody_was_before(hall: Hall) -> None:
    hall.pair()
    seen = hall.seen()
    assert "正在刷新" in reloaded(hall.desk, seen, "zh")
    for said in (
        reloaded(hall.desk, seen, "en"),
        saved(hall.sources, hall.desk, FIELDS, seen, "en")[0],
        revoked(hall.desk, True, seen, "en")[0],
    ):
        assert said.startswith("Somebody changed this wall meanwhile")


def test_wall_is_shut_out_only_by_who_is_sure(hall: Hall) -> None:
    hall.pair()
    seen = hall.seen()
    assert "先勾选" in revoked(hall.desk, False, seen, "zh")[0]
    assert hall.door.look(hall.token) is not None
    assert revoked(hall.desk, True, seen, "zh") == ("“大厅”已停用。", [])
    assert hall.door.look(hall.token) is None
    assert "没有这个页面" in hall.page(f"/screens/{seen['id']}")
    assert "已停用 1" in hall.page()


def test_a_program_of_another_order_stays_as_it_was(hall: Hall) -> None:
    known = scopes_of(hall.sources, "zh")
    both = FIELDS | {"pick-map": ["map"], "seconds-map": "20"}
    assert told_by(both, known, before="map:20,overview:30")["scenes"] == "map:20,overview:30"
    assert told_by(both, known, before="map:25,overview:30")["scenes"] == "overview:30,map:20"
    with pytest.raises(BadInput):
        told_by({}, known)


def test_without_a_database_the_page_says_so(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Any:
        raise Unreachable("gone")

    monkeypatch.setattr(hall.door, "all", away)
    assert "数据库暂时无法访问" in hall.page()
    assert "数据库" in refusal(Unreachable("gone"), "zh")


def test_without_accounts_the_page_says_what_to_do(hall: Hall) -> None:
    told = words(screen(hall.sources, desk(walls=hall.door), "/screens", "?lang=en"))
    assert "LIANXIN_ACCOUNTS=on" in told
    assert "screens-pair" not in told


def test_start_page_leads_only_administrators_there(hall: Hall) -> None:
    assert "/screens?lang=zh" in hall.page("/")
    given, at = house(roles=frozenset({Role.LEADER}))
    assert "/screens" not in words(screen(given, at, "/", ""))
    assert "/screens" not in json.dumps(words(screen(given, desk(), "/", "")))
