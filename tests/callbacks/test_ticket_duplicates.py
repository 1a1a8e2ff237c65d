"""Duplicates on a ticket's page: suggested with reasons, merged, taken apart, for who may."""

import json
from typing import Any

import pytest

from callbacks.ticket_duplicates import pressed
from data_sources.audit_log import SqlAudit
from operations.people.audit import AuditSearch
from operations.people.person import Ring
from operations.people.roles import Role
from operations.tickets.merging import APART, Merge
from operations.tickets.ticket import Channel, Status
from tests.builders import LONGKOU, at
from tests.callbacks.test_ticket import PAGE, House

OTHER = "/tickets/12345/T%2F2"
ONE, TWO = ("12345", "T/1"), ("12345", "T/2")
TOWN = "370681104"


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    made = House(sqlite_engine)
    made.engine = sqlite_engine  # type: ignore[attr-defined]
    made.put(town=TOWN, caller_key="a")
    made.put(external_id="T/2", town=TOWN, caller_key="a", channel=Channel.WECHAT,
             created_at=at(3))  # fmt: skip
    return made


def press(house: House, act: str, other: tuple[str, str] = TWO, **more: Any) -> tuple[str, str]:
    """Press a button as the page does; give what is told and the panel."""
    given = {"version": 0, "pathname": PAGE, "search": "", "reason": "同一诉求"} | more
    button = {"twin": act, "ticket": "/".join(other), "version": given["version"]}
    told, panel = pressed(
        house.sources, house.desk, button, given["pathname"], given["search"], given["reason"],
        "王",
    )  # fmt: skip
    shown = json.dumps(
        panel, ensure_ascii=False, default=lambda one: getattr(one, "to_plotly_json", str)()
    )
    return told, shown


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", ("疑似重复", "相距 0 米", "相隔 3.0 小时", "文字重合 100%", "同一分类", "同一来电人",
              "电话 ↔ 微信", "并入本单", "本单并入该单", "并排比较")),
        ("?lang=en", ("Possible duplicates", "0 m apart", "3.0 h apart", "100% of the words",
                      "same category", "same caller", "Phone ↔ WeChat", "Merge into this one")),
    ],
)  # fmt: skip
def test_what_may_be_one_is_told_with_its_reasons(house, query, words):
    house.signed_in(Role.CENTRE_STAFF)
    page = house.page(query=query)
    for word in words:
        assert word in page, word
    assert "13812345678" not in page


def test_where_nothing_is_alike_the_page_says_so(house):
    house.put(external_id="T/3", district="370602", latitude=37.5, longitude=121.4)
    assert "近七天没有疑似重复的工单" in house.page("/tickets/12345/T%2F3")


def test_one_press_merges_and_another_takes_apart(house):
    told, panel = press(house, "here")
    assert told == "已合并。"
    assert "已并入本单的工单" in panel
    assert "王（未核实），2026-11-24 10:01：同一诉求" in panel
    assert "相似度" not in panel
    assert house.sources.merge_book.merge(*TWO) == Merge(1, ONE)
    other = house.page(OTHER)
    assert "本单已并入主单" in other
    told, panel = press(house, "apart", version=1)
    assert told == "已拆分，恢复原状。"
    assert "相似度" in panel
    assert house.sources.merge_book.merge(*TWO) == Merge(2, None)
    acts = [one.act for one in SqlAudit(house.engine).find(AuditSearch(), most=9)]
    assert acts == ["ticket.unmerge", "ticket.merge"]


def test_the_page_s_own_ticket_goes_under_another(house):
    told, panel = press(house, "there")
    assert told == "已合并。"
    assert "本单已并入主单" in panel
    assert house.sources.merge_book.merge(*ONE) == Merge(1, TWO)
    told, panel = press(house, "apart", ONE, version=1)
    assert told == "已拆分，恢复原状。"


def test_of_two_desks_the_second_is_told_how_it_stands(house):
    press(house, "here")
    told, panel = press(house, "here")
    assert told.startswith("没有完成：您查看之后")
    assert "已并入本单的工单" in panel


@pytest.mark.parametrize(
    ("act", "other", "more", "told"),
    [
        ("here", ONE, {}, "工单不能并入自己。"),
        ("here", TWO, {"reason": ""}, "请填写理由。"),
        ("here", ("12345", "none"), {}, "没有这张工单，或您不能处理它。"),
        ("apart", TWO, {}, "它没有并入任何工单。"),
    ],
)
def test_what_is_refused_is_said_in_words(house, act, other, more, told):
    assert press(house, act, other, **more)[0] == told
    assert house.sources.merge_book.merge(*TWO) == APART


def test_a_closed_main_tells_the_others_as_a_hint_alone(house):
    press(house, "there")
    house.put(
        external_id="T/2", town=TOWN, caller_key="a", channel=Channel.WECHAT, created_at=at(3),
        updated_at=at(9), status=Status.CLOSED, closed_at=at(9),
    )  # fmt: skip
    assert "主单已办结：请核对本单能否办结，状态以来源系统为准。" in house.page()
    assert house.ledger.ticket(*ONE).status is Status.ACCEPTED
    assert "本单已办结，仍有 1 件并入的工单在办" in house.page(OTHER)


def test_who_may_decide_on_one_alone_may_not_merge_it(house):
    """The other ticket lies in another district: it is not even shown."""
    house.put(external_id="T/2", town="370602001", district="370602", caller_key="a",
              channel=Channel.WECHAT, created_at=at(3), updated_at=at(4))  # fmt: skip
    house.signed_in(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    assert "T/2" not in house.page()
    assert press(house, "here")[0] == "没有这张工单，或您不能处理它。"
    assert press(house, "there")[0] == "没有这张工单，或您不能处理它。"
    assert house.sources.merge_book.merge(*TWO) == APART


def test_a_main_out_of_sight_is_not_named(house):
    press(house, "there")
    house.put(external_id="T/2", town="370602001", district="370602", caller_key="a",
              channel=Channel.WECHAT, created_at=at(3), updated_at=at(4))  # fmt: skip
    house.signed_in(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    page = house.page()
    assert "本单已并入一张您无权查看的工单" in page
    assert "T/2" not in page


def test_a_handler_looks_and_does_not_merge(house):
    house.signed_in(Role.DEPARTMENT_HANDLER, department="water")
    page = house.page()
    assert "不能合并或拆分" in page
    assert "并入本单" not in page
