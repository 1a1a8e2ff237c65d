"""The doors of accountability: for whom it is not, none of it is there."""

from collections.abc import Sequence

from api.door import Door, Finders, Values
from operations.people.permissions import Act

MATTERS, MATTER = "/api/v1/accountability", "/api/v1/accountability/<number>"
ACTS = {
    "attach, withdraw, issue, close": Act.PROPOSE,
    "approve, decline, uphold, change, rescind": Act.APPROVE,
    "appeal": Act.APPEAL,
}
"""What may be done, and by whom."""
LIST = Door(Act.SEE_ACCOUNTABILITY, hidden=True)
"""What is in the list is for who asks."""


def accountability_reads(find: Finders) -> dict[str, Door]:
    """Give the doors of what is read: a department sees what was issued to it, no sooner."""
    one = matter_door(find, Act.SEE_ACCOUNTABILITY)
    below = (MATTER, f"{MATTER}/version", f"{MATTER}/papers/<paper>.pdf")
    return {MATTERS: LIST, **dict.fromkeys(below, one)}


def accountability_writes(find: Finders) -> dict[str, Door]:
    """Give the doors of acts."""
    acts = {f"{MATTER}/<any({names}):act>": matter_door(find, act) for names, act in ACTS.items()}
    against = Door(Act.PROPOSE, lambda values: find.unit(values["department"]), hidden=True)
    return {**acts, f"{MATTERS}/propose/<department>": against}


def matter_door(find: Finders, act: Act) -> Door:
    """Give the door of an act in one matter."""
    return Door(act, lambda values: find.accountability(values["number"]), hidden=True)


def accountability_page(below: Sequence[str], find: Finders) -> tuple[Door, Values]:
    """Give the door of the list, or of the page of one matter."""
    if not below:
        return LIST, {}
    return matter_door(find, Act.SEE_ACCOUNTABILITY), {"number": below[0]}
