"""The words of the five responsibilities and of the loose ends."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "search_duty": {"zh": "责任", "en": "Duty"},
    "scene_duties": {"zh": "责任", "en": "Duties"},
    "duties": {"zh": "“五责”贯通", "en": "Five responsibilities"},
    "duties_key": {
        "zh": "未了结的工单，各在其一",
        "en": "every unsettled ticket stands in one",
    },
    "duty_clarify": {"zh": "明责", "en": "Clarify"},
    "duty_perform": {"zh": "履责", "en": "Perform"},
    "duty_fulfil": {"zh": "尽责", "en": "Fulfil"},
    "duty_supervise": {"zh": "督责", "en": "Supervise"},
    "duty_account": {"zh": "问责", "en": "Account"},
    "duty_clarify_about": {"zh": "归属待定", "en": "whose it is"},
    "duty_perform_about": {"zh": "部门办理", "en": "being done"},
    "duty_fulfil_about": {"zh": "答复待回访", "en": "answered, to be called"},
    "duty_supervise_about": {"zh": "红牌 · 重办 · 未解决", "en": "red, reopened, unsolved"},
    "duty_account_about": {"zh": "移送问责", "en": "referred on"},
    "duty_median": {"zh": "历时中位 {age}", "en": "median age {age}"},
    "duty_no_age": {"zh": "无件", "en": "none"},
    "loose_ends": {"zh": "六类悬而未决", "en": "Loose ends"},
    "end_bouncing": {"zh": "反复改派", "en": "Sent to and fro"},
    "end_orphans": {"zh": "悬空", "en": "Orphans"},
    "end_repeats": {"zh": "重复诉求", "en": "Repeats"},
    "end_uncarded": {"zh": "超期未亮牌", "en": "Card not shown"},
    "end_uncalled": {"zh": "办结未回访", "en": "Not called back"},
    "end_unsolved": {"zh": "办结未解决", "en": "Closed, unsolved"},
    "list_bound": {"zh": "上限", "en": "bound"},
    "list_most": {"zh": "最多的部门", "en": "Departments with most"},
    "end_untold": {"zh": "来源不报回访", "en": "no callbacks told"},
    "end_empty": {"zh": "无", "en": "none"},
}
