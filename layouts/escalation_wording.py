"""The words of escalation: what an incident waits for too long, and who was told."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "escalation_cause_unacknowledged": {"zh": "任务未签收", "en": "Task not acknowledged"},
    "escalation_cause_task_late": {"zh": "任务逾期", "en": "Task overdue"},
    "escalation_cause_measure_late": {"zh": "措施逾期", "en": "Measure overdue"},
    "escalation_cause_absent": {"zh": "单位未报到", "en": "Party not checked in"},
    "escalation_cause_report_late": {"zh": "情况报告迟报", "en": "Situation report late"},
    "escalation_whom_lead": {"zh": "牵头单位", "en": "the lead"},
    "escalation_whom_commander": {"zh": "总指挥", "en": "the commander"},
    "escalation_whom_supervisor": {"zh": "督查", "en": "the supervisor"},
    "escalation_whom_leader": {"zh": "领导", "en": "the leader"},
    "escalation_reached": {"zh": "已升级至{whom}", "en": "escalated to {whom}"},
    "escalation_said": {
        "zh": "{cause} · 第 {step} 级 → {whom} {told}",
        "en": "{cause} · step {step} → {whom} {told}",
    },
    "escalation_since": {"zh": "{time} 起", "en": "since {time}"},
    "escalation_leaders": {"zh": "已升级到领导", "en": "Escalated to leaders"},
    "escalation_supervisors": {
        "zh": "事件：已升级到督查",
        "en": "Incidents escalated to supervisors",
    },
    "escalation_supervisors_none": {
        "zh": "没有升级到督查的事项。",
        "en": "Nothing of an incident has been escalated to supervisors.",
    },
    "escalation_incident": {"zh": "事件", "en": "Incident"},
    "escalation_waits": {"zh": "事由", "en": "What waits"},
    "escalation_step": {"zh": "级别", "en": "Step"},
    "escalation_begun": {"zh": "起始", "en": "Since"},
    "escalation_at": {"zh": "第 {step} 级 · 已告知{whom}", "en": "{step} · told: {whom}"},
    "escalation_board": {"zh": "升级 {n}", "en": "{n} escalated"},
}
