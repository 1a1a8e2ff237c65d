"""The words of the audit log's page, in both languages."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "audit_link": {"zh": "审计日志", "en": "Audit log"},
    "audit_link_about": {
        "zh": "谁在何时做了什么：查找与导出",
        "en": "Who did what, and when: search and export",
    },
    "audit_actor": {"zh": "操作人", "en": "Actor"},
    "audit_act": {"zh": "操作", "en": "Act"},
    "audit_act_hint": {
        "zh": "如 people",
        "en": "people, say",
    },
    "audit_subject": {"zh": "对象", "en": "Subject"},
    "audit_from": {"zh": "自", "en": "From"},
    "audit_to": {"zh": "至", "en": "Until"},
    "audit_zone": {
        "zh": "时间为 {zone}（{offset}），如 2026-11-24 或 2026-11-24 10:00；也可带时区，如 "
        "2026-11-24T10:00+08:00。“至”只写日期时含当日。",
        "en": "Times are {zone} ({offset}), such as 2026-11-24 or 2026-11-24 10:00; with an offset "
        "too, 2026-11-24T10:00+08:00. A day alone in Until is included.",
    },
    "audit_find": {"zh": "查找", "en": "Search"},
    "audit_clear": {"zh": "清除条件", "en": "Clear"},
    "audit_export": {"zh": "导出 CSV", "en": "Export CSV"},
    "audit_export_about": {
        "zh": "按当前条件导出，最多 {n} 行（最新的在前）；导出本身会记入审计，每分钟最多 10 次。",
        "en": "What is searched now, up to {n} lines, the newest first. Exporting is written down "
        "too, and may be done ten times a minute.",
    },
    "audit_none": {
        "zh": "没有符合条件的记录。请检查操作人与对象是否与日志所写完全一致，或放宽时间。",
        "en": "No line fits. Actor and subject have to be exactly as the log has them; or widen "
        "the time.",
    },
    "audit_bad_time": {
        "zh": "“{name}”的时间无法识别，请写成 2026-11-24 或 2026-11-24 10:00。",
        "en": "{name}: this is no time; write 2026-11-24 or 2026-11-24 10:00.",
    },
    "audit_bad_term": {
        "zh": "“{name}”过长，最多 {n} 个字符。",
        "en": "{name}: at most {n} characters.",
    },
    "audit_away": {
        "zh": "数据库暂时无法访问，请稍后重试。",
        "en": "The database does not answer just now; try again in a moment.",
    },
    "audit_count": {
        "zh": "共 {total} 条，第 {page} / {pages} 页，最新的在前",
        "en": "Lines: {total}. Page {page} of {pages}, the newest first",
    },
    "audit_newer": {"zh": "较新", "en": "Newer"},
    "audit_older": {"zh": "较旧", "en": "Older"},
    "audit_pages": {"zh": "翻页", "en": "Pages"},
    "audit_number": {"zh": "序号", "en": "No."},
    "audit_at": {"zh": "时间", "en": "Time"},
    "audit_what": {"zh": "变化", "en": "Before and after"},
    "audit_before": {"zh": "原", "en": "before"},
    "audit_after": {"zh": "现", "en": "after"},
    "audit_reason": {"zh": "原因", "en": "reason"},
    "audit_unverified": {"zh": "未经账号验证", "en": "no account vouches"},
    "audit_chain_fits": {
        "zh": "链条完整：全部 {n} 行相互吻合。",
        "en": "The chain is whole: all {n} lines fit.",
    },
    "audit_chain_flaw": {
        "zh": "链条断裂，第 {n} 行不吻合。请立即运行 python app.py check --audit，并保全现场。",
        "en": "The chain is broken at line {n}. Run python app.py check --audit at once, and keep "
        "everything as it is.",
    },
    "audit_chain_long": {
        "zh": "共 {n} 行，超过 {most} 行时不在此页核验：请运行 python app.py check --audit。",
        "en": "{n} lines: above {most} they are not checked here. Run python app.py check --audit.",
    },
    "audit_head": {
        "zh": "链头（可抄存他处，用 --head 核对）",
        "en": "Head (keep it elsewhere; --head checks it)",
    },
    # Acts
    "audit_act_alarm_acknowledge": {"zh": "确认预警", "en": "Alarm acknowledged"},
    "audit_act_alarm_shelve": {"zh": "搁置预警", "en": "Alarm shelved"},
    "audit_act_alarm_unshelve": {"zh": "恢复预警", "en": "Alarm taken back"},
    "audit_act_ticket_triage": {"zh": "人工定责", "en": "Ticket's way decided"},
    "audit_act_ticket_withdraw_triage": {"zh": "撤销人工定责", "en": "Way left to the rules"},
    "audit_act_ticket_pause": {"zh": "暂停工单计时", "en": "Ticket's clock stopped"},
    "audit_act_ticket_resume": {"zh": "恢复工单计时", "en": "Ticket's clock runs again"},
    "audit_act_ticket_extend": {"zh": "批准工单延期", "en": "Ticket put off"},
    "audit_act_ticket_withdraw_extension": {"zh": "撤销工单延期", "en": "Extension taken back"},
    "audit_act_people_account_made": {"zh": "开立账号", "en": "Account made"},
    "audit_act_people_account_locked": {"zh": "锁定账号", "en": "Account locked"},
    "audit_act_people_account_unlocked": {"zh": "解锁账号", "en": "Account unlocked"},
    "audit_act_people_account_retired": {"zh": "注销账号", "en": "Account retired"},
    "audit_act_people_account_reset": {"zh": "重置密码", "en": "Password reset"},
    "audit_act_people_second_dropped": {"zh": "清除第二验证", "en": "Second proof taken off"},
    "audit_act_people_sessions_ended": {"zh": "退出全部设备", "en": "Signed out everywhere"},
    "audit_act_people_roles_given": {"zh": "授予角色", "en": "Roles given"},
    "audit_act_people_signed_in": {"zh": "登录", "en": "Signed in"},
    "audit_act_people_signed_out": {"zh": "退出登录", "en": "Signed out"},
    "audit_act_people_sign_in_refused": {"zh": "登录被拒", "en": "Sign-in refused"},
    "audit_act_people_view_as": {"zh": "切换角色视角", "en": "Looked through a role"},
    "audit_act_people_password_changed": {"zh": "本人修改密码", "en": "Own password changed"},
    "audit_act_people_password_refused": {"zh": "修改密码被拒", "en": "Password change refused"},
    "audit_act_people_totp_set": {"zh": "启用验证器", "en": "Authenticator set up"},
    "audit_act_people_totp_dropped": {"zh": "停用验证器", "en": "Authenticator taken off"},
    "audit_act_people_passkey_added": {"zh": "添加通行密钥", "en": "Passkey added"},
    "audit_act_people_passkey_dropped": {"zh": "移除通行密钥", "en": "Passkey removed"},
    "audit_act_people_codes_renewed": {"zh": "更换恢复码", "en": "Recovery codes renewed"},
    "audit_act_people_session_ended": {"zh": "退出一个设备", "en": "One device signed out"},
    "audit_act_screen_pair": {"zh": "配对大屏", "en": "Wall paired"},
    "audit_act_screen_rename": {"zh": "大屏改名", "en": "Wall renamed"},
    "audit_act_screen_reload": {"zh": "重载大屏", "en": "Wall reloaded"},
    "audit_act_screen_revoke": {"zh": "停用大屏", "en": "Wall shut out"},
    "audit_act_set_aside_send": {"zh": "重新送入", "en": "Set-aside line sent again"},
    "audit_act_import_begin": {"zh": "开始导入", "en": "Import begun"},
    "audit_act_import_end": {"zh": "导入结束", "en": "Import ended"},
    "audit_act_replay_begin": {"zh": "开始重放", "en": "Replay begun"},
    "audit_act_report_write": {"zh": "写出报告", "en": "Report written"},
    "audit_act_backup": {"zh": "备份", "en": "Backup"},
    "audit_act_restore": {"zh": "恢复", "en": "Restore"},
    "audit_act_settings_change": {"zh": "设置变更", "en": "Settings changed"},
    "audit_act_keys_rotate": {"zh": "更换密钥", "en": "Keys rotated"},
    "audit_act_keys_forget": {"zh": "销毁旧密钥", "en": "Old keys forgotten"},
    "audit_act_retention": {"zh": "到期清除", "en": "Old data erased"},
    "audit_act_audit_export": {"zh": "导出审计", "en": "Audit exported"},
}
