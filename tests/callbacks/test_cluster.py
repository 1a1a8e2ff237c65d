"""What happens on a cluster's page: it is drawn, renewed, and its alarm is acted on in words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dash import Dash, no_update

import callbacks
from callbacks import cluster
from callbacks.cluster import acted, refusal, renewed_head, renewed_proof
from callbacks.desk import face
from callbacks.pages import screen
from callbacks.shelving import until
from layouts import ids
from operations.errors import BadInput, Conflict, OperationsError, Unreachable
from operations.pulse.alarm import AlarmState
from operations.pulse.alarm_actions import acknowledge_alarm, shelve_alarm
from tests.builders import NOW
from tests.desk import LATER, YANTAI, Reads, book, desk, sources
from tests.incidents import opening
from tests.watched import alarm

SEEN = {"id": alarm().id, "version": 1}
TYPED = {"actor": "王建国", "note": "等水厂回复", "hours": ""}
PATH = "/clusters/c-1"


def words(component: Any) -> str:
    """Give a drawn component as Dash sends it."""
    return json.dumps(component, default=lambda one: one.to_plotly_json(), ensure_ascii=False)


def do(at: Any, name: str, seen: Any = SEEN, search: str = "", **typed: Any) -> str:
    return acted(sources(), at, name, seen, search, **(TYPED | typed))


def test_page_is_drawn_with_sentence_alarm_and_evidence() -> None:
    told = words(screen(sources(), desk(), PATH, ""))
    for said in ("龙口市 · 自来水发黄", "12 起，预期 0.9", "未确认", "市水务局", "南山供水区"):
        assert said in told
    assert "T-1" not in told


def test_page_speaks_english_without_a_chinese_word_of_its_own() -> None:
    told = words(screen(sources(), desk(), PATH, "?lang=en"))
    assert "Longkou · Yellow water" in told
    assert "Not acknowledged" in told


@pytest.mark.parametrize(
    ("kept", "reads", "path", "said"),
    [
        (book(), Reads(), "/clusters/c-9", "没有这个聚集"),
        (book(callers=3), Reads(), PATH, "不足 5 位来电人"),
    ],
)
def test_nothing_to_show_is_said(kept: Any, reads: Any, path: str, said: str) -> None:
    assert said in words(screen(sources(), desk(kept, reads), path, ""))


def test_a_page_without_its_database_tries_again_by_itself() -> None:
    reads = Reads()
    reads.away = True
    drawn = screen(sources(), desk(book(), reads), PATH, "").to_plotly_json()["props"]
    assert drawn["data-version"] == "away"
    assert drawn["data-reload"] == "1"
    assert "现在读不到数据" in words(drawn)


def test_too_few_callers_show_neither_place_nor_number() -> None:
    told = words(screen(sources(), desk(book(callers=4)), PATH, ""))
    for hidden in ("37.6", "data-course", "重现期", "来电人数", '"figures"'):
        assert hidden not in told
    assert "未确认" in told, "its alarm can be acted on all the same"


def test_acknowledging_is_written_down_unverified() -> None:
    at = desk()
    assert do(at, "acknowledge") == "已确认。"
    held = at.book.alarm(SEEN["id"])
    assert (held.state, held.actor) == (AlarmState.ACKNOWLEDGED, "王建国")
    assert at.book.alarm_lines(SEEN["id"])[0].verified is False
    assert at.stream.waiting() == 1


def test_nobody_named_is_the_setting_s_actor() -> None:
    at = desk()
    do(at, "acknowledge", actor="")
    assert at.book.alarm(SEEN["id"]).actor == "值班员"


def test_shelving_and_taking_back() -> None:
    at = desk()
    assert do(at, "other", hours="1.5") == "已搁置至 11-24 11:31。"
    assert at.book.alarm_lines(SEEN["id"])[0].note.endswith("等水厂回复")
    assert do(at, "unshelve", SEEN | {"version": 2}, "?lang=en") == "Taken back."


def test_who_comes_second_is_told_who_was_first_and_what_it_is_now() -> None:
    at = desk()
    shelve_alarm(
        at.book, at.stream, alarm_id=SEEN["id"], expected_version=1, actor="李敏",
        verified=False, now=NOW, until=NOW + timedelta(hours=1),
    )  # fmt: skip
    with pytest.raises(Conflict) as found:
        do(at, "acknowledge")
    said = refusal(found.value, face(sources(), at, "zh"))
    assert "已搁置" in said
    assert "李敏" in said
    assert "还在" in said


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (BadInput("until", "x"), "5 分钟到 7 天"),
        (BadInput("actor", "x"), "经办人"),
        (BadInput("note", "x"), "300"),
        (BadInput("alarm_id", "x"), "不适用"),
        (Unreachable("x"), "没有得到应答"),
        (OperationsError("x"), "管理员"),
    ],
)
def test_every_refusal_has_words(error: OperationsError, said: str) -> None:
    assert said in refusal(error, face(sources(), desk(), "zh"))


def test_a_cluster_without_alarm_has_nothing_to_act_on() -> None:
    with pytest.raises(BadInput):
        do(desk(), "acknowledge", None)


def test_renewing_gives_what_is_there_now() -> None:
    at = desk()
    acknowledge_alarm(
        at.book, at.stream, alarm_id=SEEN["id"], expected_version=1, actor="王", verified=False,
        now=NOW,
    )  # fmt: skip
    head, standing = renewed_head(sources(), at, PATH, "")
    assert "已确认" in words(standing)
    assert '"version": 2' in words(standing)
    assert "data-version" in words(head)
    layers, proof, past = renewed_proof(sources(), at, PATH, "", "full")
    assert len(layers) > 1
    assert "data-course" in words(proof)
    assert "未核实" in words(past)


def test_renewing_leaves_what_is_shown_while_nothing_can_be_read() -> None:
    reads = Reads()
    reads.away = True
    at = desk(book(), reads)
    assert renewed_head(sources(), at, PATH, "") == (no_update,) * 2
    assert renewed_proof(sources(), at, PATH, "", "full") == (no_update,) * 3


def test_a_page_without_map_is_never_given_layers() -> None:
    layers, proof, _ = renewed_proof(sources(), desk(), PATH, "", "brief")
    assert layers is proof is no_update


@pytest.mark.parametrize(
    ("choice", "hours", "end"),
    [
        ("30m", None, LATER + timedelta(minutes=30)),
        ("2h", None, LATER + timedelta(hours=2)),
        ("tomorrow", None, datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        ("other", "１，5", LATER + timedelta(hours=1.5)),
    ],
)
def test_shelves_end_when_they_say(choice: str, hours: str | None, end: datetime) -> None:
    assert until(choice, hours, LATER, YANTAI) == end


@pytest.mark.parametrize("hours", [None, "", "abc", "-1", "0", "nan", "inf", "1e9"])
def test_hours_that_are_no_length_are_refused(hours: str | None) -> None:
    with pytest.raises(BadInput, match="until"):
        until("other", hours, LATER, YANTAI)


def test_no_output_has_two_writers_and_no_pushed_prop_is_an_input() -> None:
    app = Dash("test", suppress_callback_exceptions=True)
    callbacks.register_all(app, sources(), desk())
    cluster_outputs = [key for key in app.callback_map if ids.ACTED in key or ids.PROOF in key]
    assert len(cluster_outputs) == 2
    inputs = {one["id"] for told in app.callback_map.values() for one in told["inputs"]}
    assert inputs == {
        ids.ADDRESS, ids.REFRESH, ids.ACTED, ids.TICKET_SEEN_ANEW, '{"act":["ALL"]}',
        '{"decide":["ALL"]}', '{"ticket":["ALL"],"twin":["ALL"],"version":["ALL"]}',
        ids.TICKET_DECIDED, ids.TICKET_MERGED, ids.TICKET_ANEW, ids.OWED_ANEW, ids.DISPUTE_ANEW,
        '{"alarm":["ALL"],"on_count":["ALL"],"version":["ALL"]}',
    }  # fmt: skip
    assert cluster.NEWS[0].component_id == ids.REFRESH


def test_a_cluster_leads_to_its_incident_or_to_where_one_is_opened() -> None:
    held = sources()
    assert "/incidents?cluster=c-1" in str(screen(held, desk(book()), PATH, ""))
    opened = held.incident_book.begin(opening(cluster="c-1"), (), year=2026)
    shown = str(screen(held, desk(book()), PATH, ""))
    assert f"/incidents/{opened.id}?" in shown
    assert "SJ-2026-0001" in shown
    assert "/incidents?cluster=c-1" not in shown
