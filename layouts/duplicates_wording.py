"""The words of duplicates: on a ticket's page and at the desk."""

from typing import Literal

from layouts import likely_wording

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    **likely_wording.WORDS,
    "duplicates_title": {"zh": "疑似重复", "en": "Possible duplicates"},
    "duplicates_none": {
        "zh": "近七天没有疑似重复的工单。",
        "en": "Nothing within seven days looks like the same matter.",
    },
    "duplicates_score": {"zh": "相似度 {n}%", "en": "{n}% likely"},
    "duplicates_apart_m": {"zh": "相距 {n} 米", "en": "{n} m apart"},
    "duplicates_near_address": {"zh": "地址相同", "en": "same address"},
    "duplicates_near_town": {"zh": "同一镇街", "en": "same town"},
    "duplicates_near_unknown": {"zh": "地点不详", "en": "place unknown"},
    "duplicates_apart_h": {"zh": "相隔 {n} 小时", "en": "{n} h apart"},
    "duplicates_apart_d": {"zh": "相隔 {n} 天", "en": "{n} days apart"},
    "duplicates_alike": {"zh": "文字重合 {n}%", "en": "{n}% of the words shared"},
    "duplicates_category": {"zh": "同一分类", "en": "same category"},
    "duplicates_other_category": {"zh": "分类不同", "en": "another category"},
    "duplicates_caller": {"zh": "同一来电人", "en": "same caller"},
    "duplicates_other_caller": {"zh": "另一来电人", "en": "another caller"},
    "duplicates_channels": {"zh": "{one} ↔ {other}", "en": "{one} ↔ {other}"},
    "duplicates_compare": {"zh": "并排比较", "en": "Side by side"},
    "duplicates_this": {"zh": "本单", "en": "This ticket"},
    "duplicates_other": {"zh": "对方工单", "en": "The other"},
    "duplicates_here": {"zh": "并入本单", "en": "Merge into this one"},
    "duplicates_there": {"zh": "本单并入该单", "en": "Merge this one into it"},
    "duplicates_apart": {"zh": "拆分", "en": "Take apart"},
    "duplicates_confirm": {"zh": "确认{act}", "en": "Confirm: {act}"},
    "duplicates_confirm_about": {
        "zh": "不改变来源系统的状态和统计，可随时拆分。",
        "en": "The source's state and figures stay; it can be taken apart at any time.",
    },
    "duplicates_distinct": {"zh": "不是重复", "en": "Not a duplicate"},
    "duplicates_back": {"zh": "撤回判定", "en": "Take that back"},
    "duplicates_distinct_about": {
        "zh": "判定后不再互相提示，可随时撤回；理由可以不填。",
        "en": "A pair that is no duplicate is not suggested again; it can be taken back. A reason "
        "is not needed.",
    },
    "duplicates_distinct_of": {
        "zh": "已判定不是重复的 {n} 件",
        "en": "{n} said to be another matter",
    },
    "duplicates_distinct_done": {
        "zh": "已判定不是重复，不再提示。",
        "en": "Said to be no duplicate; not suggested again.",
    },
    "duplicates_back_done": {
        "zh": "已撤回判定，可以再次提示。",
        "en": "Taken back; it may be suggested again.",
    },
    "duplicates_by_bare": {"zh": "{actor}，{time}", "en": "{actor}, {time}"},
    "duplicates_step_merge": {"zh": "并入主单 {number}", "en": "Merged into {number}"},
    "duplicates_step_unmerge": {"zh": "从主单 {number} 拆分", "en": "Taken apart from {number}"},
    "duplicates_step_taken": {"zh": "{number} 并入本单", "en": "{number} merged into this ticket"},
    "duplicates_step_left": {
        "zh": "{number} 从本单拆分",
        "en": "{number} taken apart from this ticket",
    },
    "duplicates_step_distinct": {
        "zh": "判定与 {number} 不是重复",
        "en": "Said to be no duplicate of {number}",
    },
    "duplicates_step_not_distinct": {
        "zh": "撤回“与 {number} 不是重复”的判定",
        "en": "Taken back: no duplicate of {number}",
    },
    "duplicates_step_unseen": {"zh": "另一工单", "en": "another ticket"},
    "duplicates_under": {"zh": "已并入本单的工单", "en": "Merged into this ticket"},
    "duplicates_by": {"zh": "{actor}，{time}：{reason}", "en": "{actor}, {time}: {reason}"},
    "duplicates_own": {"zh": "本单已并入主单", "en": "Merged into the main ticket"},
    "duplicates_hidden": {
        "zh": "本单已并入一张您无权查看的工单。",
        "en": "Merged into a ticket that is not for you to see.",
    },
    "duplicates_main_ended": {
        "zh": "主单已办结：请核对本单能否办结，状态以来源系统为准。",
        "en": "The main ticket is closed: see whether this one can be too. The source decides.",
    },
    "duplicates_others_open": {
        "zh": "本单已办结，仍有 {n} 件并入的工单在办：请核对，状态以来源系统为准。",
        "en": "This ticket is closed and {n} merged into it are open: check them. The source "
        "decides.",
    },
    "duplicates_reason": {"zh": "理由", "en": "Reason"},
    "duplicates_usual": {"zh": "同一诉求", "en": "the same matter"},
    "duplicates_actor": {"zh": "操作人", "en": "Who acts"},
    "duplicates_may_not": {
        "zh": "您可以查看，不能合并或拆分这张工单。",
        "en": "You may look, but not merge this ticket or take it apart.",
    },
    "duplicates_merged": {"zh": "已合并。", "en": "Merged."},
    "duplicates_unmerged": {"zh": "已拆分，恢复原状。", "en": "Taken apart, as it was before."},
    "duplicates_conflict": {
        "zh": "没有完成：您查看之后有人处理过，已显示最新情况。",
        "en": "Not done: somebody decided on it since you looked; see how it stands.",
    },
    "duplicates_later": {
        "zh": "已记录，消息服务恢复后各屏幕更新。",
        "en": "Written down; the screens follow when the message service is back.",
    },
    "duplicates_away": {
        "zh": "没有完成：数据库暂时无法访问。",
        "en": "Not done: the database does not answer.",
    },
    "duplicates_bad_merged": {
        "zh": "该工单已并入别的主单，请先拆分。",
        "en": "It is merged already; take it apart first.",
    },
    "duplicates_bad_itself": {
        "zh": "工单不能并入自己。",
        "en": "A ticket is not merged into itself.",
    },
    "duplicates_bad_main": {
        "zh": "它自己名下有并入的工单，请反过来合并，或先拆分。",
        "en": "Others are merged into it: merge the other way round, or take them apart first.",
    },
    "duplicates_bad_many": {
        "zh": "主单名下的工单已达上限。",
        "en": "As many tickets as may be stand under that main.",
    },
    "duplicates_bad_confidential": {
        "zh": "保密工单只能与保密工单合并。",
        "en": "A confidential ticket is merged with its like alone.",
    },
    "duplicates_bad_together": {
        "zh": "两单已合并，请先拆分。",
        "en": "They are merged: take them apart first.",
    },
    "duplicates_bad_distinct": {
        "zh": "已有人判定不是重复。",
        "en": "It is said already that they are no duplicates.",
    },
    "duplicates_bad_not_distinct": {
        "zh": "没有可撤回的判定。",
        "en": "There is nothing to take back.",
    },
    "duplicates_bad_reason_long": {
        "zh": "理由最多 300 字。",
        "en": "A reason has 300 characters at most.",
    },
    "duplicates_bad_apart": {"zh": "它没有并入任何工单。", "en": "It is not merged."},
    "duplicates_bad_ticket": {
        "zh": "没有这张工单，或您不能处理它。",
        "en": "No such ticket that you may decide on.",
    },
    "duplicates_bad_reason": {"zh": "请填写理由。", "en": "Say why."},
    "duplicates_bad_actor": {"zh": "请填写操作人。", "en": "Say who acts."},
}
