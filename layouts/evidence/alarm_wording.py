"""The words of a cluster's alarm and history; `layouts.wording` joins them to all others."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    # The alarm
    "dossier_alarm": {"zh": "警报", "en": "Alarm"},
    "dossier_alarm_none": {
        "zh": "这个聚集没有触发警报。",
        "en": "This cluster has raised no alarm.",
    },
    "dossier_alarm_raised": {"zh": "未确认", "en": "Not acknowledged"},
    "dossier_alarm_acknowledged": {"zh": "已确认", "en": "Acknowledged"},
    "dossier_alarm_shelved": {"zh": "已搁置", "en": "Shelved"},
    "dossier_alarm_cleared": {"zh": "已解除", "en": "Cleared"},
    "dossier_severity_critical": {"zh": "特急", "en": "Critical"},
    "dossier_severity_high": {"zh": "紧急", "en": "High"},
    "dossier_severity_medium": {"zh": "一般", "en": "Medium"},
    "dossier_raised_at": {"zh": "{time} 触发", "en": "raised {time}"},
    "dossier_by": {"zh": "{actor}，{time}", "en": "by {actor}, {time}"},
    "dossier_until": {"zh": "至 {time}", "en": "until {time}"},
    "dossier_unverified": {"zh": "未核实", "en": "unverified"},
    "dossier_others": {
        "zh": "同一警报还有 {n} 个原因",
        "en": "{n} more reasons in the same alarm",
    },
    "dossier_acknowledge": {"zh": "确认", "en": "Acknowledge"},
    "dossier_shelve": {"zh": "搁置", "en": "Shelve"},
    "dossier_shelve_30m": {"zh": "30 分钟", "en": "30 min"},
    "dossier_shelve_2h": {"zh": "2 小时", "en": "2 hours"},
    "dossier_shelve_tomorrow": {"zh": "到明天 08:00", "en": "Until tomorrow 08:00"},
    "dossier_shelve_other": {"zh": "按小时搁置", "en": "Shelve for that"},
    "dossier_hours_field": {"zh": "小时数", "en": "Hours"},
    "dossier_unshelve": {"zh": "取消搁置", "en": "Take back"},
    "dossier_who": {"zh": "经办人", "en": "Your name"},
    "dossier_why": {"zh": "搁置原因（可不填）", "en": "Why shelved (optional)"},
    "act_may_not": {
        "zh": "告警由值班人员确认和搁置。",
        "en": "Centre staff acknowledge and shelve alarms.",
    },
    "dossier_unverified_about": {
        "zh": "尚未启用账号，姓名记录在案并注明“未核实”。",
        "en": "Accounts are not in use: the name is recorded and marked unverified.",
    },
    "dossier_done_acknowledged": {"zh": "已确认。", "en": "Acknowledged."},
    "dossier_done_shelved": {"zh": "已搁置至 {time}。", "en": "Shelved until {time}."},
    "dossier_done_returned": {"zh": "已取消搁置。", "en": "Taken back."},
    "dossier_conflict": {
        "zh": "没有执行：在您操作之前，警报已变为“{state}”{who}。"
        "填写的内容还在，请看过现状再决定。",
        "en": "Not done: before you acted the alarm had become “{state}”{who}. What you typed "
        "is still there; look again, then decide.",
    },
    "dossier_conflict_who": {"zh": "（{actor}，{time}）", "en": " ({actor}, {time})"},
    "dossier_bad_until": {
        "zh": "没有执行：搁置时间要在 5 分钟到 7 天之间，请填小时数，如 1.5。",
        "en": "Not done: a shelf lasts 5 minutes to 7 days. Type hours, such as 1.5.",
    },
    "dossier_bad_actor": {
        "zh": "没有执行：请填经办人，60 字以内。",
        "en": "Not done: say who acts, in up to 60 characters.",
    },
    "dossier_bad_note": {
        "zh": "没有执行：原因最多 300 字。",
        "en": "Not done: the reason may have up to 300 characters.",
    },
    "dossier_bad_state": {
        "zh": "没有执行：警报的状态已不适用这个操作，请看过现状再决定。",
        "en": "Not done: the alarm no longer stands in a state for this. Look again.",
    },
    "dossier_not_reached": {
        "zh": "没有得到应答，操作可能没有记下。填写的内容还在，请稍后再按一次。",
        "en": "No answer: the action may not be recorded. What you typed is still there; "
        "press again in a moment.",
    },
    # History
    "dossier_history": {"zh": "经过", "en": "What happened"},
    "dossier_turn_born": {"zh": "出现", "en": "Appeared"},
    "dossier_turn_grew": {"zh": "扩大", "en": "Grew"},
    "dossier_turn_moved": {"zh": "移动", "en": "Moved"},
    "dossier_turn_split": {"zh": "分出另一个聚集", "en": "Another split off"},
    "dossier_turn_merged": {"zh": "并入另一个聚集", "en": "Merged into another"},
    "dossier_turn_quietened": {"zh": "回落", "en": "Quietened"},
    "dossier_turn_rose_again": {"zh": "再起", "en": "Rose again"},
    "dossier_turn_ended": {"zh": "平息", "en": "Ended"},
    "dossier_step_raised": {"zh": "触发警报", "en": "Alarm raised"},
    "dossier_step_joined": {"zh": "警报并入一个原因", "en": "A reason joined the alarm"},
    "dossier_step_left": {"zh": "警报少了一个原因", "en": "A reason left the alarm"},
    "dossier_step_worsened": {"zh": "警报升级", "en": "Alarm worsened"},
    "dossier_step_announced": {"zh": "补报警报", "en": "Alarm announced"},
    "dossier_step_acknowledged": {"zh": "确认警报", "en": "Alarm acknowledged"},
    "dossier_step_shelved": {"zh": "搁置警报", "en": "Alarm shelved"},
    "dossier_step_returned": {"zh": "结束搁置", "en": "Back from the shelf"},
    "dossier_step_cleared": {"zh": "解除警报", "en": "Alarm cleared"},
    "dossier_steps": {"zh": "自 {time} 起 {n} 次", "en": "{n} times since {time}"},
    "dossier_few": {"zh": "不足 {n} 人", "en": "under {n} callers"},
    "dossier_see_other": {"zh": "查看", "en": "See it"},
    "dossier_earlier": {"zh": "更早的 {n} 条", "en": "{n} earlier lines"},
    "dossier_no_history": {"zh": "还没有记录。", "en": "Nothing is recorded yet."},
}
