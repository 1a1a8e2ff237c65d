"""What a person does along the chain: links, findings, verdicts, and the measures at them."""

from dataclasses import replace

from operations.errors import BadInput
from operations.response.asked import LONGEST_NAME, LONGEST_TITLE, Asked
from operations.response.chain import (
    BOUNDS,
    MOST_LINKS,
    VERDICT,
    Stage,
    findings_of,
    in_order,
    is_cleared_by,
    link_body,
)
from operations.response.incident import Change, Kind, Part, Signed, Whole
from operations.response.incident_actions import (
    Do,
    moved,
    new_part,
    of_part,
    part_of,
    refuse_ended,
)
from operations.response.machine import Machine, Move

MEASURE = Machine(
    "measure",
    "planned",
    (
        Move("begin", ("planned",), "running"),
        Move("complete", ("running",), "done"),
        Move("call_off", ("planned", "running"), "called_off", needs_reason=True),
    ),
)
LONGEST_UNIT = 20


def add_link(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Add a link behind the others, or behind the one that is named."""
    refuse_ended(whole.head)
    path = in_order(whole.of(Kind.LINK))
    if len(path) >= MOST_LINKS:
        raise BadInput("name", f"a chain has {MOST_LINKS} links at most")
    name = asked.text("name", LONGEST_NAME)
    behind = asked.whole("behind", 0, 10**6) if "behind" in asked.given else 0
    if behind:
        _standing(whole, behind)
    body = link_body(
        Stage("", name, name, asked.maybe("owner", LONGEST_NAME)), position=_place(whole, behind)
    )
    return replace(
        new_part(whole, asked, signed, Kind.LINK, detail=name, **body), seen_seq=whole.head.seq
    )


def _place(whole: Whole, behind: int) -> float:
    """Give the position behind a link: halfway to the next one."""
    path = in_order(whole.of(Kind.LINK))
    after = [link.body["position"] for link in path]
    for place, link in enumerate(path):
        if link.number == behind and place + 1 < len(path):
            return float((after[place] + after[place + 1]) / 2)
    return float(after[-1] + 1) if after else 1.0


def edit_link(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Call a link otherwise, or give it to another owner."""
    refuse_ended(whole.head)
    name, owner = asked.text("name", LONGEST_NAME), asked.maybe("owner", LONGEST_NAME)
    part = part_of(whole, Kind.LINK, asked)
    _standing(whole, part.number)
    is_called = name in (part.body["name_zh"], part.body["name_en"])
    names = {} if is_called else {"name_zh": name, "name_en": name}
    return of_part(whole, asked, signed, Kind.LINK, detail=name, owner=owner, **names)


def drop_link(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Take a link out that is no part of this matter's path; what was found there stays."""
    refuse_ended(whole.head)
    _standing(whole, part_of(whole, Kind.LINK, asked).number)
    if not asked.reason.strip():
        raise BadInput("reason", "say why")
    return of_part(whole, asked, signed, Kind.LINK, detail="", dropped=True)


def _standing(whole: Whole, number: int) -> Part:
    """Give a link that is part of the path; raises BadInput for any other."""
    link = whole.parts.get((Kind.LINK, number))
    if link is None or link.body["dropped"]:
        raise BadInput("link", "there is no such link, or it was taken out")
    return link


def find(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Write down what an inspection found at a link, with a measurement where there is one."""
    refuse_ended(whole.head)
    link = _standing(whole, asked.whole("link", 1, 10**6))
    value = asked.amount("value")
    quantity = asked.maybe("quantity", LONGEST_NAME)
    if (value is None) != (not quantity):
        raise BadInput("quantity", "a measurement says what was measured, and its value")
    bound = asked.one_of("bound", BOUNDS) if "bound" in asked.given else BOUNDS[0]
    return new_part(
        whole, asked, signed, Kind.FINDING, detail=asked.text("text"), link=link.number,
        text=asked.text("text"), quantity=quantity, value=value,
        unit=asked.maybe("unit", LONGEST_UNIT), limit=asked.amount("limit"),
        bound=bound,
        at_us=signed.at_us, actor=signed.actor,
    )  # fmt: skip


def judge(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Say of a link that it is suspected, that it fails, or that evidence clears it."""
    refuse_ended(whole.head)
    link = part_of(whole, Kind.LINK, asked)
    _standing(whole, link.number)
    state = moved(VERDICT, link.state, asked.act, asked)
    made: dict[str, object] = {"state": state}
    if state == "failing":
        made["failed_us"] = signed.at_us
    found = findings_of(whole, link.number)
    if state == "cleared" and not any(is_cleared_by(whole, one, link) for one in found):
        raise BadInput("evidence", "write down a finding with a measurement or a file first")
    change = of_part(whole, asked, signed, Kind.LINK, detail=state, **made)
    # what clears it stands in other parts, which somebody may take away in the same moment
    return replace(change, seen_seq=whole.head.seq) if state == "cleared" else change


def plan(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Plan a measure at a link, or at none, with who does it, until when, and what it should do."""
    refuse_ended(whole.head)
    number = asked.whole("link", 0, 10**6) if "link" in asked.given else 0
    if number:
        _standing(whole, number)
    title = asked.text("title", LONGEST_TITLE)
    return new_part(
        whole, asked, signed, Kind.MEASURE, detail=title, title=title, link=number,
        owner=asked.text("owner", LONGEST_NAME), effect=asked.maybe("effect"),
        state=MEASURE.first, began_us=None, done_us=None, due_us=asked.due(signed),
    )  # fmt: skip


def measure(whole: Whole, asked: Asked, signed: Signed) -> Change:
    """Begin a measure, complete it, or call it off with a reason."""
    refuse_ended(whole.head)
    part = part_of(whole, Kind.MEASURE, asked)
    made: dict[str, object] = {"state": moved(MEASURE, part.state, asked.act, asked)}
    if made["state"] == "running":
        made["began_us"] = signed.at_us
    else:
        made |= {"done_us": signed.at_us if made["state"] == "done" else None, "due_us": None}
    detail = str(part.body["title"])
    return of_part(whole, asked, signed, Kind.MEASURE, detail=detail, **made)


ALONG_THE_CHAIN: dict[str, Do] = {
    "add_link": add_link,
    "edit_link": edit_link,
    "drop_link": drop_link,
    "find": find,
    **dict.fromkeys(("suspect", "fail", "clear"), judge),
    "plan": plan,
    **dict.fromkeys(("begin", "complete", "call_off"), measure),
}
