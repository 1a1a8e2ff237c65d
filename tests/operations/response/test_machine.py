"""State machines as data."""

import pytest

from operations.errors import BadInput
from operations.response.machine import Machine, Move

DOOR = Machine("door", "shut", [Move("open", ("shut",), "open"), Move("shut", ("open",), "shut"),
                                Move("wall_up", ("shut", "open"), "gone")])  # fmt: skip


def test_an_act_leads_where_the_table_says() -> None:
    assert DOOR.after("shut", "open") == "open"
    assert DOOR.open_acts("open") == ["shut", "wall_up"]
    assert DOOR.states == ("shut", "open", "gone")


def test_an_act_the_table_does_not_have_is_refused_with_what_may_be_done() -> None:
    with pytest.raises(BadInput, match="open does not follow open; what does: shut, wall_up"):
        DOOR.after("open", "open")
    with pytest.raises(BadInput, match="what does: nothing"):
        DOOR.after("gone", "open")


def test_an_act_may_not_lead_two_ways() -> None:
    with pytest.raises(ValueError, match="two ways"):
        Machine("fork", "a", [Move("go", ("a",), "b"), Move("go", ("a",), "c")])


def test_the_drawing_has_every_move_and_the_ends() -> None:
    assert DOOR.drawn().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> shut",
        "    shut --> open: open",
        "    open --> shut: shut",
        "    shut --> gone: wall_up",
        "    open --> gone: wall_up",
        "    gone --> [*]",
    ]
