"""Acts of supervision by the interface: who may, what is told, what the second person learns."""

from typing import Any

import flask
import pytest
from flask.testing import FlaskClient

from api import supervising
from callbacks.supervising import Supervising
from data_sources.audit_log import SqlAudit
from operations.errors import Unreachable
from operations.people.audit import AuditSearch
from operations.people.roles import Role
from operations.tickets.supervision import Line
from tests.builders import LONGKOU
from tests.callbacks.test_ticket import PAGE, House

TICKET = "12345/T%2F1"


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.put(district=LONGKOU, town="370681104")
    made.signed_in(Role.SUPERVISOR)
    return made


@pytest.fixture
def client(house: House) -> FlaskClient:
    server = flask.Flask(__name__)
    server.register_blueprint(supervising.blueprint(Supervising(house.sources, house.desk)))
    return server.test_client()


def asked(act: str, version: int = 0, **more: Any) -> dict[str, Any]:
    return {"act": act, "reason": "三天没有答复", "expected_version": version, "lang": "zh"} | more


def post(client: FlaskClient, door: str, body: Any) -> tuple[int, dict[str, Any]]:
    said = client.post(f"/api/v1/supervision/{door}/{TICKET}", json=body)
    return said.status_code, said.get_json()


def watch(house: House) -> Any:
    return house.sources.handling_book.handling("12345", "T/1").watch


def opened(client: FlaskClient, **more: Any) -> None:
    body = asked("supervise", line="internal", within=3, **more)
    assert post(client, "watch", body)[0] == 200


def test_the_whole_way_of_a_record(house: House, client: FlaskClient) -> None:
    opened(client)
    assert post(client, "answer/water", asked("reply", 1, number=1, reason="已冲洗"))[0] == 200
    status, said = post(client, "watch", asked("accept", 2, number=1, reason="回访满意"))
    assert (status, said["version"]) == (200, 3)
    (record,) = watch(house).records
    assert (record.line, record.department) == (Line.INTERNAL, "water"), "the one that holds it"
    page = house.page()
    for words in (
        "内部督办立项，市水务局须于",
        "市水务局答复内部督办：已冲洗",
        "回访满意",
        "已采纳销号",
    ):
        assert words in page


def test_each_act_has_its_line_in_the_audit_log(
    house: House, client: FlaskClient, sqlite_engine: Any
) -> None:
    post(client, "report", asked("report"))
    (kept,) = SqlAudit(sqlite_engine).find(AuditSearch(act="ticket.report"), most=9)
    line = getattr(kept, "line", kept)
    assert (line.actor, line.verified, line.subject) == ("王芳 (wang)", True, "12345/T/1")
    assert (line.after, line.reason) == ("v1 · reported county", "三天没有答复")


def test_who_comes_second_is_told_what_changed(house: House, client: FlaskClient) -> None:
    post(client, "report", asked("report"))
    status, said = post(client, "refer", asked("refer"))
    assert (status, said["done"], said["version"]) == (409, False, 1)
    assert "王芳 (wang)" in said["told"]
    assert "一键直报至中环（区市）" in said["told"]
    assert watch(house).referral is None


def test_what_the_rules_refuse_is_told_in_words(house: House, client: FlaskClient) -> None:
    listed = asked("list", within=5, sign="7号")
    assert post(client, "watch", listed) == (
        409, {"done": False, "told": "请填写挂牌人或单位。", "version": 0},
    )  # fmt: skip
    english = asked("supervise", line="internal", within=99, lang="en")
    assert post(client, "watch", english)[1]["told"] == "1 to 60 working days."


def test_who_owes_nothing_finds_no_ticket(house: House, client: FlaskClient) -> None:
    assert post(client, "answer/water", asked("reply", number=1))[0] == 404
    opened(client)
    assert post(client, "answer/health", asked("reply", 1, number=1))[0] == 404


def test_an_act_goes_by_its_own_door(house: House, client: FlaskClient) -> None:
    for door, act in (("report", "refer"), ("watch", "reply"), ("refer", "supervise")):
        status, said = post(client, door, asked(act))
        assert (status, said["error"]["field"]) == (400, "act")
    assert house.sources.handling_book.lines("12345", "T/1") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"), ({"act": "list"}, "expected_version"),
        (asked("list", True), "expected_version"),
        (asked("list", reason=5), "reason"), (asked("list", sign="x" * 501), "sign"),
        (asked("list", within="3"), "within"), (asked("list", number=-1), "number"),
        (asked("list", departments="water"), "departments"),
        (asked("list", departments=[1]), "departments"),
        (asked("list", departments=["a"] * 21), "departments"), ({"act": 7}, "act"),
    ],
)  # fmt: skip
def test_what_is_no_act_is_named(client: FlaskClient, body: Any, field: str) -> None:
    status, said = post(client, "watch", body)
    assert (status, said["error"]["field"]) == (400, field)


def test_a_word_the_stream_did_not_take_is_told(
    house: House, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_subject: str) -> None:
        raise Unreachable("no server")

    monkeypatch.setattr(house.desk.stream, "append_action", away)
    status, said = post(client, "report", asked("report"))
    assert (status, said["done"], said["told"]) == (200, True, "已记录；消息服务恢复后各屏会更新。")


def test_a_ticket_that_is_not_there_is_not_acted_on(client: FlaskClient) -> None:
    said = client.post(f"/api/v1/supervision/report/{TICKET}9", json=asked("report"))
    assert said.status_code == 404


def test_a_referred_ticket_leads_to_where_a_matter_is_proposed(
    house: House, client: FlaskClient
) -> None:
    house.signed_in(Role.SUPERVISOR)
    way = "/accountability?department=water&ticket=12345%2FT%2F1"
    assert way not in house.page(PAGE)
    post(client, "refer", asked("refer"))
    assert way in house.page(PAGE)
    house.signed_in(Role.CENTRE_STAFF)
    assert way not in house.page(PAGE)


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (Role.SUPERVISOR, ("一键直报", "移送问责", "立项督办"), ()),
        (Role.CENTRE_STAFF, ("一键直报", "立项督办"), ('"data-see": "refer"',)),
        (Role.LEADER, ("直报、督办和答复由",), ('"data-see"',)),
    ],
)
def test_a_page_offers_what_its_reader_may(
    house: House, role: Role, shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    house.signed_in(role)
    page = house.page(PAGE)
    assert all(word in page for word in shown)
    assert not any(word in page for word in hidden)


def test_the_list_says_who_owes_what_and_what_is_late(house: House, client: FlaskClient) -> None:
    assert "没有待办的督办" in house.page("/supervision")
    post(client, "watch", asked("list", within=5, sign="督7号", lister="市政府办"))
    page = house.page("/supervision")
    for word in ("挂牌督办", "督7号 · 市政府办", "市水务局", "待答复", '"data-owing": "water"'):
        assert word in page
    assert "reply due" in house.page("/supervision", "?lang=en")
    assert "没有待办的督办" in house.page("/supervision", "?standing=late")
    assert "地址中的条件无效。" in house.page("/supervision", "?standing=soon")


def test_a_summoned_department_sees_its_debt_and_not_the_ticket(
    house: House, client: FlaskClient
) -> None:
    house.sources.names.departments["health"] = ("市卫健委", "Health")
    post(client, "watch", asked("summon", within=2, departments=["health"]))
    house.signed_in(Role.DEPARTMENT_HANDLER, department="health")
    house.sources.names.departments["health"] = ("市卫健委", "Health")
    page = house.page("/supervision")
    assert "待报到" in page
    assert '"href": "/tickets/' not in page
    assert "owed-box" in page, "it may check in"
    assert "待报到" not in house.page(PAGE)
