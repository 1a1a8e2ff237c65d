"""What the board and the page of an incident say of it."""

from zoneinfo import ZoneInfo

import pytest

from layouts.incident_face import IncidentFace, Piece
from layouts.parts.incident_chain import chain
from layouts.wording import words

FACE = IncidentFace("zh", ZoneInfo("Asia/Shanghai"), 0, "烟台")


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
