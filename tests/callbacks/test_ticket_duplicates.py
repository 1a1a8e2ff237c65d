"""Duplicates on a ticket's page: suggested with reasons, merged, taken apart, for who may."""

import json
from typing import Any

import pytest
from sqlalchemy import event

from callbacks.desk_table import DeskTable
from callbacks.ticket_duplicates import pressed
from data_sources.audit_log import SqlAudit
from operations.people.audit import AuditSearch
from operations.people.person import Ring
from operations.people.roles import Role
from operations.tickets.merging import APART, Merge
from operations.tickets.search import Order, TicketSearch
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
    told, panel, _ = pressed(
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


def test_what_is_no_duplicate_is_not_suggested_until_that_is_taken_back(house):
    told, panel = press(house, "distinct")
    assert told == "已判定不是重复，不再提示。"
    assert "相似度" not in panel
    assert "已判定不是重复的 1 件" in panel
    assert "王（未核实），2026-11-24 10:01" in panel, "the usual reason is why they are one"
    assert "相似度" not in house.page(OTHER)
    told, _ = press(house, "distinct", version=1)
    assert told == "已有人判定不是重复。"
    told, panel = press(house, "back", version=1, reason="看错了")
    assert told == "已撤回判定，可以再次提示。"
    assert "相似度" in panel
    assert press(house, "back", version=1)[0].startswith("没有完成")
    acts = [one.act for one in SqlAudit(house.engine).find(AuditSearch(), most=9)]
    assert acts == ["ticket.not_distinct", "ticket.distinct"]


def test_merges_and_what_was_said_are_lines_of_both_histories(house):
    press(house, "distinct", reason="两盏灯")
    press(house, "back", version=1, reason="")
    press(house, "here")
    press(house, "apart", version=1, reason="不是一处")
    here, there = (history(house.page(path)) for path in (PAGE, OTHER))
    assert sorted(here) == sorted([
        "判定与 T/2 不是重复：两盏灯 · 王（未核实）", "撤回“与 T/2 不是重复”的判定 · 王（未核实）",
        "T/2 并入本单：同一诉求 · 王（未核实）", "T/2 从本单拆分：不是一处 · 王（未核实）",
    ])  # fmt: skip
    assert sorted(there) == sorted([
        "判定与 T/1 不是重复：两盏灯 · 王（未核实）", "撤回“与 T/1 不是重复”的判定 · 王（未核实）",
        "并入主单 T/1：同一诉求 · 王（未核实）", "从主单 T/1 拆分：不是一处 · 王（未核实）",
    ])  # fmt: skip
    assert any(line.startswith("T/2 merged into") for line in history(house.page(query="?lang=en")))


def test_a_history_names_nobody_s_ticket_that_is_out_of_sight(house):
    press(house, "there")
    house.put(external_id="T/2", town="370602001", district="370602", caller_key="a",
              channel=Channel.WECHAT, created_at=at(3), updated_at=at(4))  # fmt: skip
    house.signed_in(Role.CENTRE_STAFF, ring=Ring.COUNTY, place=LONGKOU)
    assert "并入主单 另一工单：同一诉求 · 王（未核实）" in history(house.page())


def history(page: str) -> list[str]:
    """Give the lines of a page's history that a person signed."""

    def spans(drawn: Any) -> Any:
        if isinstance(drawn, list):
            for one in drawn:
                yield from spans(one)
        elif isinstance(drawn, dict):
            if drawn.get("props", {}).get("className") == "timeline":
                for line in drawn["props"]["children"]:
                    yield line["props"]["children"][1]["props"]["children"]
            yield from spans(list(drawn.values()))

    return [line for line in spans(json.loads(page)) if "王" in line]


def test_a_page_asks_the_same_number_of_questions_however_many_are_alike(house):
    def asked() -> int:
        said: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            said.append(statement)

        event.listen(house.engine, "before_cursor_execute", note)
        page = house.page()
        event.remove(house.engine, "before_cursor_execute", note)
        assert page.count("相似度") == (8 if len(house.likes) > 8 else len(house.likes))
        return len([one for one in said if not one.startswith("PRAGMA")])

    house.likes = ["T/2"]
    few = asked()
    for number in range(3, 14):
        house.likes.append(f"T/{number}")
        house.put(external_id=f"T/{number}", town=TOWN, caller_key="a", created_at=at(3),
                  channel=Channel.WECHAT)  # fmt: skip
    assert asked() == few
    for number in house.likes[1:]:
        press(house, "here", ("12345", number))
    house.likes = ["T/2"]
    merged = asked()
    for number in range(14, 20):
        house.put(external_id=f"T/{number}", town=TOWN, caller_key="a", created_at=at(3),
                  channel=Channel.WECHAT)  # fmt: skip
        press(house, "here", ("12345", f"T/{number}"))
        press(house, "apart", ("12345", f"T/{number}"), version=1)
        press(house, "here", ("12345", f"T/{number}"), version=2)
    assert asked() == merged


def test_the_desk_tells_what_stands_under_a_main_and_where_a_merged_one_went(house):
    press(house, "here")
    table = DeskTable(house.sources, house.desk)

    def folds(**asked: str) -> dict[str, Any]:
        rows, _ = table.page(TicketSearch(**asked), Order(), None, 9, "zh")
        return {row["number"]: (row.get("fold"), row["merges"], row["under"]) for row in rows}

    assert folds() == {"T/1": (["含重复 1 件", "T/1", ""], 0, 1)}
    each = folds(merged="each")
    assert each["T/2"] == (["已并入", "T/1", "已并入 T/1"], 1, 0)
    press(house, "apart", version=1)
    assert folds() == {"T/2": (None, 2, 0), "T/1": (None, 0, 0)}
