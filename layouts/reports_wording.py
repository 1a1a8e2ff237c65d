"""The words of the page of reports."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "reports_link": {"zh": "日报、周报、月报", "en": "Reports"},
    "reports_link_about": {
        "zh": "每日、每周、每月的运行情况，PDF 与 Word，可打印、可签发",
        "en": "What a day, a week or a month was like, as PDF and Word, to print and sign",
    },
    "reports_by_itself": {
        "zh": "每日 {at}（{zone}）自动编制昨日日报；周一编制上周周报，每月 1 日编制上月月报。",
        "en": "Made by themselves at {at} ({zone}): yesterday's every day, last week's on Monday,"
        " last month's on the 1st.",
    },
    "reports_not_by_itself": {
        "zh": "未设自动编制，请在此按需编制。",
        "en": "None is made by itself; make what you need here.",
    },
    "reports_kind_daily": {"zh": "日报", "en": "Daily"},
    "reports_kind_weekly": {"zh": "周报", "en": "Weekly"},
    "reports_kind_monthly": {"zh": "月报", "en": "Monthly"},
    "reports_none": {
        "zh": "还没有编制过{kind}。请在上方选择日期编制。",
        "en": "{kind} reports: none has been made yet. Choose a day above to make one.",
    },
    "reports_period": {"zh": "期间", "en": "Period"},
    "reports_made": {"zh": "编制时间", "en": "Made"},
    "reports_files": {"zh": "下载", "en": "Take"},
    "reports_zh": {"zh": "中文", "en": "Chinese"},
    "reports_en": {"zh": "英文", "en": "English"},
    "reports_take": {
        "zh": "下载{kind} {period}，{language}，{form}",
        "en": "Take the {kind} report of {period} in {language} as {form}",
    },
    "reports_again": {"zh": "重新编制", "en": "Make anew"},
    "reports_again_named": {"zh": "重新编制{kind} {period}", "en": "Make {kind} {period} anew"},
    "reports_new": {"zh": "编制一期", "en": "Make one"},
    "reports_kind": {"zh": "种类", "en": "Kind"},
    "reports_scope": {"zh": "范围", "en": "Whose"},
    "reports_show": {"zh": "查看", "en": "Show"},
    "reports_day": {"zh": "所在日期", "en": "A day of it"},
    "reports_make": {"zh": "编制", "en": "Make"},
    "reports_making": {"zh": "正在编制 {period}……", "en": "Making {period} …"},
    "reports_done": {"zh": "{period} 已编制。", "en": "{period} is made."},
    "reports_not_over": {
        "zh": "没有编制：这一期尚未结束，或已超过两年。请选择更早的日期，不早于两年前。",
        "en": "Not made: that period is not over yet, or began more than two years ago. Choose an"
        " earlier day of the last two years.",
    },
    "reports_failed": {
        "zh": "没有编制成功，请稍后再试；若再次出现，请联系系统管理员。",
        "en": "It was not made. Please try again shortly; if it happens twice, tell the"
        " administrator.",
    },
    "reports_away": {
        "zh": "报告暂时无法读取，请稍后重试。",
        "en": "The reports cannot be read now. Please try again shortly.",
    },
}
