"""The words of disputes on many tickets, and of what waits for an agreed lead."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "desk_dispute": {"zh": "发起或并入争议", "en": "Open or join a dispute"},
    "dispute_chosen": {"zh": "所选工单 {n} 件", "en": "{n} tickets chosen"},
    "dispute_chosen_reason": {
        "zh": "原因（发起时必填）",
        "en": "Reason (needed to open one)",
    },
    "dispute_chosen_open": {"zh": "以这些工单发起争议", "en": "Open a dispute on them"},
    "dispute_chosen_into": {"zh": "已有的争议", "en": "A dispute there is"},
    "dispute_chosen_join": {"zh": "并入所选争议", "en": "Add them to it"},
    "dispute_chosen_in": {"zh": "已并入", "en": "is in it"},
    "dispute_chosen_some": {
        "zh": "有 {n} 件没有并入，原因写在各件之后；其余已在争议 {number} 中。",
        "en": "{n} did not join, each for the cause beside it; the others are in {number}.",
    },
    "dispute_chosen_none": {
        "zh": "{n} 件都没有并入，原因写在各件之后。",
        "en": "None of the {n} joined, each for the cause beside it.",
    },
    "dispute_chosen_go": {"zh": "去看争议", "en": "To the dispute"},
    "dispute_waiting": {"zh": "议定未转办", "en": "Agreed, not sent on"},
    "dispute_waiting_next": {
        "zh": "{n} 件还没有转到",
        "en": "not there yet: {n}",
    },
    "ruling_agreed": {
        "zh": "{time} 会商一致由{name}牵头（争议 {number}），工单还没有转到：目前{now}。",
        "en": "Agreed {time}: {name} leads (dispute {number}). The ticket is not there yet: {now}.",
    },
    "ruling_agreed_with": {"zh": "在{name}", "en": "it is with {name}"},
    "ruling_agreed_nowhere": {"zh": "没有派给任何单位", "en": "it is with nobody"},
    "ruling_gather": {"zh": "并入已有的争议", "en": "Add to a dispute there is"},
    "dispute_find": {"zh": "并入工单", "en": "Add a ticket"},
    "dispute_find_number": {"zh": "工单编号（完整）", "en": "Number of the ticket, in full"},
    "dispute_find_go": {"zh": "查找", "en": "Find it"},
    "dispute_find_none": {
        "zh": "没有这个编号的工单，或不在您的查看范围。",
        "en": "No ticket has this number, or it is not for you to see.",
    },
}
