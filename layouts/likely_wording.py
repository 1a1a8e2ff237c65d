"""The words of the list of likely pairs."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "likely_link": {"zh": "疑似重复待判", "en": "Likely duplicates"},
    "likely_link_about": {
        "zh": "两两相似、尚无人判定的工单：合并，或判定不是重复",
        "en": "Pairs that look like one matter: merge them, or say they are no duplicates",
    },
    "likely_about": {
        "zh": "近七天的在办工单，两两相似、尚无人判定的，按相似度排列。",
        "en": "Open tickets of the last seven days that look like one matter and on which nobody "
        "has decided yet, the likeliest first.",
    },
    "likely_none": {"zh": "没有待判的疑似重复", "en": "Nothing waits"},
    "likely_none_about": {
        "zh": "新工单到达后自动比对，有相似的会列在这里。",
        "en": "New tickets are compared as they come; what looks alike is listed here.",
    },
    "likely_unknown": {"zh": "地址无法识别。", "en": "This address is not understood."},
    "likely_away": {"zh": "没有完成：数据库暂时无法访问。", "en": "The database does not answer."},
    "likely_not_yours": {
        "zh": "您不能处理这两张工单。",
        "en": "You may not decide on these tickets.",
    },
    "likely_reason_hint": {
        "zh": "可不填：合并记为“同一诉求”",
        "en": "not needed: a merge says “the same matter”",
    },
    "likely_into": {"zh": "并入 {number}", "en": "Merge into {number}"},
    "likely_key_move": {"zh": "上下移动", "en": "move"},
    "likely_key_merge": {"zh": "合并", "en": "merge"},
    "likely_key_distinct": {"zh": "不是重复", "en": "not a duplicate"},
    "likely_key_undo": {"zh": "撤销", "en": "undo"},
    "likely_key_open": {"zh": "打开", "en": "open"},
    "pages": {"zh": "翻页", "en": "Pages"},
    "pages_next": {"zh": "下一页 →", "en": "Next page →"},
    "pages_first": {"zh": "← 第一页", "en": "← First page"},
    "duplicates_undone": {"zh": "撤销合并", "en": "undone"},
}
