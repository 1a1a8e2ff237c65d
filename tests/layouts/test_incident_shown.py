"""What the board and the page of an incident say of it."""

from zoneinfo import ZoneInfo

import pytest

from layouts.incident_face import BoardRow, Head, IncidentFace, Piece
from layouts.incidents import board
from layouts.parts.incident_chain import chain
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
