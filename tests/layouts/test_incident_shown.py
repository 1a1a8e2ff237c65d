"""What the board and the page of an incident say of it."""

from zoneinfo import ZoneInfo

import pytest

from layouts.incident_face import BoardRow, Head, IncidentFace, Own, Piece
from layouts.incidents import board
from layouts.parts.incident_chain import chain
from layouts.parts.incident_head import head as incident_head
from layouts.parts.incident_tickets import tickets
from layouts.wording import words

FACE = IncidentFace("zh", ZoneInfo("Asia/Shanghai"), 0, "烟台")
HOUR_US = 3_600_000_000


def head(**changes):
    told = {"state": "responding", "severity": 3, "opened_us": -72 * HOUR_US, "report_us": None}
    return Head(id="sj-1", number="SJ-2026-0001", version=1, exercise=False, lead="water",
                title="黄水", category="", district="", cluster=None, tickets=3, released="",
                **told | changes)  # fmt: skip


def link(state):
    return Piece(1, 1, {"name_zh": "管道", "name_en": "Mains", "owner": "", "state": state})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_link_that_is_only_suspected_is_not_said_to_be_where_it_begins(language):
    face = IncidentFace(language, ZoneInfo("Asia/Shanghai"), 0, "烟台")
    said = words(language)
    for state, other in (("failing", "suspected"), ("suspected", "failing")):
        shown = str(chain([link(state)], [], [], 1, face))
        assert said[f"incident_first_{state}"] in shown
        assert said[f"incident_first_{other}"] not in shown


def on_board(**changes):
    told = {"due_us": 2 * HOUR_US, "due_of": "measure", "overdue": 0} | changes
    rows = [BoardRow(head(report_us=told.pop("report_us", None)), 2, **told)]
    return str(board(rows, FACE, ended=False))


def test_the_board_says_what_is_due_next_and_marks_what_is_late():
    assert "下一时限 10:00 措施" in on_board()
    assert "inc-late" not in on_board(report_us=HOUR_US)
    late = on_board(overdue=1, report_us=-HOUR_US)
    assert "Span(children='逾期 1', className='inc-late')" in late
    assert "Span(children='情况报告已迟 1 小时', className='inc-late')" in late
    assert "时限" not in on_board(due_us=None, due_of="")


def of_title(**changes):
    return [str(one) for one in incident_head(head(**changes), FACE)[0].children if one is not None]


def test_the_head_says_what_is_overdue_and_has_climbed_and_leads_to_the_tasks():
    (waits,) = [one for one in of_title(dues_us=[-1, HOUR_US], climbed=4) if "href=" in one]
    assert "逾期 1" in waits
    assert "升级 4" in waits
    assert "hidden=False" in waits
    assert "#incident-tasks" in waits
    (ahead,) = [one for one in of_title(dues_us=[HOUR_US]) if "href=" in one]
    assert "hidden=True" in ahead, "it is there for when that is late"
    assert not [one for one in of_title() if "href=" in one]


def test_one_that_ended_is_as_old_as_it_took():
    ended = head(state="closed", closed_us=-48 * HOUR_US)
    rows = [BoardRow(ended, 2, None, "", 0)]
    for shown in (str(board(rows, FACE, ended=True)), str(incident_head(ended, FACE))):
        assert "历时 1 天" in shown
        assert "3 天" not in shown


@pytest.mark.parametrize(
    ("value", "bound", "told", "over"),
    [
        (0.02, {"bound": "least"}, "≥ 0.05", "yes"),
        (0.05, {"bound": "least"}, "≥ 0.05", ""),
        (0.02, {"bound": "most"}, "≤ 0.05", ""),
        (0.21, {}, "≤ 0.05", "yes"),  # kept before a limit had a direction
    ],
)
def test_a_measured_value_is_marked_on_the_wrong_side_of_its_limit(value, bound, told, over):
    body = {"link": 1, "text": "看了", "quantity": "余氯", "value": value, "unit": "mg/L",
            "limit": 0.05, "at_us": 0, "actor": "王", **bound}  # fmt: skip
    shown = str(chain([link("failing")], [Piece(1, 1, body)], [], 1, FACE))
    assert f"余氯 {value:g} mg/L (限值 {told})', data-over='{over}'" in shown


def test_the_fold_of_the_tickets_counts_the_others_and_calls_none_earlier():
    joined = [Own("12345", f"YT-{n}", 0, "cluster", out=n == 7) for n in range(8)]
    told = str(tickets(joined, 20, FACE)[1].children[0])
    assert "其余 15 件" in told, "one that was taken out is listed too"
    assert tickets(joined[:6], 6, FACE)[1].hidden
