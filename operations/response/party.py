"""A party to an incident: called, present, let go, and called again."""

from typing import Any

from operations.response.machine import Machine, Move

PARTY = Machine(
    "party",
    "summoned",
    (
        Move("check_in", ("summoned",), "present"),
        Move("stand_down", ("summoned", "present"), "released"),
        Move("summon_again", ("released",), "summoned"),
    ),
)


def called(code: str, at_us: int, task: str = "") -> dict[str, Any]:
    """Give the body of a party that is called and has not checked in."""
    return {
        "code": code, "task": task, "state": PARTY.first, "checked_us": None, "called_us": at_us,
    }  # fmt: skip
