"""The words of a leader's page; `layouts.wording` joins them to all others."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "leader_link": {"zh": "领导视图", "en": "Leader's view"},
    "leader_link_about": {
        "zh": "五个数、上次查看以来的变化、待办事项；平板可安装，离线可看",
        "en": "Five numbers, what changed since the last look, what waits; for a tablet, "
        "also offline",
    },
    "leader_scopes": {"zh": "换一个范围", "en": "Another area"},
    "leader_whole_city": {"zh": "全市", "en": "Whole city"},
    "leader_when": {"zh": "{time} 的数据", "en": "as of {time}"},
    "leader_offline": {"zh": "离线", "en": "Offline"},
    "leader_offline_about": {
        "zh": "现在连不上服务器。以下是 {time} 的画面（{age}前），不是现在的情况；"
        "恢复连接后自动更新。",
        "en": "The server cannot be reached. This is the picture of {time}, {age} ago, not what "
        "is so now; it goes on by itself.",
    },
    "leader_offline_nothing": {
        "zh": "现在连不上服务器，这台设备上也没有保存过画面；恢复连接后自动更新。",
        "en": "The server cannot be reached, and no picture is kept on this device; it goes on "
        "by itself.",
    },
    # The five numbers
    "leader_numbers": {"zh": "五个数", "en": "Five numbers"},
    "leader_below": {"zh": "低于常量", "en": "below usual"},
    "leader_overdue_heavy": {"zh": "占比偏高", "en": "a large share"},
    "leader_overdue_none": {"zh": "无超期", "en": "none"},
    "leader_overdue_some": {"zh": "占比不高", "en": "a small share"},
    "leader_target_met": {"zh": "达到目标 {target}%", "en": "target {target}% met"},
    "leader_target_missed": {"zh": "低于目标 {target}%", "en": "below target {target}%"},
    "leader_few": {"zh": "样本少，仅供参考", "en": "few cases, not judged"},
    "leader_better": {"zh": "比上次高 {n} 个百分点", "en": "{n} points up since last look"},
    "leader_worse": {"zh": "比上次低 {n} 个百分点", "en": "{n} points down since last look"},
    "leader_level": {"zh": "与上次持平", "en": "as at the last look"},
    "leader_no_last": {"zh": "尚无上次可比", "en": "no last look yet"},
    "leader_closed": {"zh": "今日办结 {n}", "en": "{n} closed today"},
    "leader_last": {"zh": "上次查看 {n}", "en": "{n} at the last look"},
    "leader_solved": {"zh": "解决率 {n}%", "en": "solved {n}%"},
    # What changed
    "leader_changed": {"zh": "上次查看以来的变化", "en": "Changed since the last look"},
    "leader_changed_since": {"zh": "对比 {time}", "en": "against {time}"},
    "leader_first": {
        "zh": "第一次在这台设备上查看。从现在起记下变化。",
        "en": "The first look on this device. From now on changes are noted.",
    },
    "leader_nothing_changed": {
        "zh": "没有需要留意的变化。",
        "en": "Nothing to note has changed.",
    },
    "leader_mark_seen": {"zh": "标记为已阅", "en": "Mark as seen"},
    "leader_seen": {"zh": "已阅 {time}", "en": "Seen at {time}"},
    "leader_undo": {"zh": "撤销", "en": "Undo"},
    "leader_new_cluster": {
        "zh": "新的聚集：{what}，{callers} 起，预期 {expected}",
        "en": "New cluster: {what}, {callers} callers, {expected} expected",
    },
    "leader_grown_cluster": {
        "zh": "聚集扩大：{what}，{before} → {callers} 起",
        "en": "Cluster grown: {what}, {before} → {callers} callers",
    },
    "leader_ended_cluster": {"zh": "聚集结束：{what}", "en": "Cluster ended: {what}"},
    "leader_new_alarm": {"zh": "新告警 {what}", "en": "New alarm, {what}"},
    "leader_cleared_alarm": {"zh": "告警解除：{what}", "en": "Alarm cleared: {what}"},
    "leader_opened_above": {
        "zh": "今日受理升到常量之上：{n} 件",
        "en": "Opened today rose above usual: {n}",
    },
    "leader_opened_below": {
        "zh": "今日受理低于常量：{n} 件",
        "en": "Opened today fell below usual: {n}",
    },
    "leader_opened_usual": {
        "zh": "今日受理回到常量之内：{n} 件",
        "en": "Opened today is back within usual: {n}",
    },
    "leader_rate_moved": {"zh": "{name} {before}% → {now}%", "en": "{name} {before}% → {now}%"},
    "leader_overdue_moved": {"zh": "超期 {before} → {now} 件", "en": "Overdue {before} → {now}"},
    "leader_department_grew": {
        "zh": "{name}超期增加 {more} 件，现有 {now} 件",
        "en": "{name}: {more} more overdue, now {now}",
    },
    "leader_departments_more": {
        "zh": "另有 {n} 个部门超期增加",
        "en": "Other departments with more overdue: {n}",
    },
    # What waits
    "leader_waits": {"zh": "等待处理", "en": "Waiting"},
    "leader_nothing_waits": {"zh": "没有等待处理的事项。", "en": "Nothing waits."},
    "leader_other_alarms": {
        "zh": "另有 {n} 起告警待值班人员确认",
        "en": "Other alarms that await the staff on duty: {n}",
    },
    "leader_alarm_since": {"zh": "{age}前发出", "en": "raised {age} ago"},
    "leader_by_staff": {"zh": "由值班人员确认", "en": "for the staff on duty"},
    "leader_acknowledge": {"zh": "确认收到", "en": "Acknowledge"},
    "leader_sure": {"zh": "确认：已知悉并跟进", "en": "Yes: seen and looked after"},
    "leader_cancel": {"zh": "取消", "en": "Cancel"},
    "leader_sending": {"zh": "正在提交…", "en": "Sending…"},
    "leader_not_sent": {
        "zh": "没有送达，请在恢复连接后重试。",
        "en": "It did not arrive; try again when the line is back.",
    },
    # Clusters and departments
    "leader_clusters": {"zh": "诉求聚集", "en": "Clusters"},
    "leader_clusters_more": {"zh": "共 {n} 处，查看全部", "en": "All {n} clusters"},
    "leader_lasting": {"zh": "已 {age}", "en": "for {age}"},
    "leader_watched": {"zh": "关注", "en": "watched"},
    "leader_departments": {"zh": "部门", "en": "Departments"},
    "leader_below_target": {"zh": "按时率低于目标", "en": "on time below target"},
    "leader_no_attention": {
        "zh": "没有部门超期占比偏高或低于目标。",
        "en": "No department has a large overdue share or is below a target.",
    },
    "leader_other_departments": {"zh": "其余 {n} 个部门", "en": "The other {n} departments"},
    "leader_department_facts": {
        "zh": "在办 {open} · 超期 {overdue}",
        "en": "{open} open · {overdue} overdue",
    },
    "leader_on_time": {"zh": "按时 {n}%", "en": "{n}% on time"},
    "leader_sample": {"zh": "样本 {n}", "en": "n {n}"},
    "leader_sample_few": {"zh": "样本仅 {n}", "en": "n {n}, few"},
    "leader_steady": {"zh": "正常", "en": "in order"},
    "leader_privacy": {
        "zh": "本页只有汇总数。离线时保存的画面不含来电人信息，退出登录即清除。",
        "en": "Aggregates only. The picture kept for offline use names no caller, and goes when "
        "you sign out.",
    },
}
