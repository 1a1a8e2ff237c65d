"""Acts of supervision in words, as the history of a ticket tells them."""

from datetime import datetime
from typing import Any

from callbacks.ticket_rows import named
from layouts.ticket_face import Reader
from operations.tickets.handling import HandlingAct, HandlingLine
from operations.tickets.supervision_actions import ACTIONS

SUPERVISING = frozenset(ACTIONS)

# What the parts of a line's detail are, in order.
_PARTS: dict[HandlingAct, tuple[str, ...]] = {
    HandlingAct.REPORT: ("ring",),
    HandlingAct.TAKE_BACK: ("ring",),
    HandlingAct.SUPERVISE: ("line", "department", "due", "sign", "lister"),
    HandlingAct.LIST: ("line", "department", "due", "sign", "lister"),
    HandlingAct.SUMMON: ("ring", "department", "due"),
    HandlingAct.CHECK_IN: ("department", "late"),
    HandlingAct.WITHDRAW_SUMMONS: ("ring",),
    **dict.fromkeys(
        (HandlingAct.REPLY, HandlingAct.ACCEPT, HandlingAct.SEND_BACK, HandlingAct.WITHDRAW),
        ("line", "department", "sign"),
    ),
}


def act_of_supervision(line: HandlingLine, sources: Any, reader: Reader) -> str:
    """Say what somebody did to see a ticket through."""
    said, names = reader.words, _PARTS.get(line.act, ())
    told = dict(zip(names, line.detail.split("\n"), strict=False))
    key = f"clock_line_{line.act.value}{'_late' if told.get('late') else ''}"
    return said[key].format(
        **{name: _value(name, value, sources, reader) for name, value in told.items()}
    )


def _value(name: str, value: str, sources: Any, reader: Reader) -> str:
    said = reader.words
    if name == "ring":
        return said[f"ticket_ring_{value}"]
    if name == "line":
        return said[f"supervision_line_{value}"]
    if name == "due":
        return reader.moment(datetime.fromisoformat(value))
    if name == "department":
        codes = value.split(",")
        return said["ticket_list"].join(
            named(sources, "departments", code, reader.language) for code in codes
        )
    return value
