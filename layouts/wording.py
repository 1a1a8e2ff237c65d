"""Every word a screen shows, in both languages."""

from typing import Literal

from layouts import (
    audit_wording,
    keeping_wording,
    pairing_wording,
    people_wording,
    screens_wording,
    ticket_wording,
)
from layouts.evidence import alarm_wording, counts_wording
from layouts.evidence import wording as evidence_wording

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

WORDS: dict[str, dict[Language, str]] = {
    # The house
    "product": {"zh": "连心", "en": "Lianxin"},
    "hotline_12345": {"zh": "12345 政务服务便民热线", "en": "12345 Citizen Hotline"},
    "hotline": {"zh": "市民服务热线", "en": "Citizen Hotline"},
    "centre": {"zh": "城市运行中心", "en": "City Operations Centre"},
    "description": {
        "zh": "城市热线实时运行态势",
        "en": "A city's hotline as it happens",
    },
    "demo": {"zh": "演示数据", "en": "Demo data"},
    "other_language": {"zh": "English", "en": "中文"},
    "switch_language": {"zh": "Switch to English (L)", "en": "切换到中文 (L)"},
    # Choosing a screen
    "choose": {"zh": "选择屏幕", "en": "Choose a screen"},
    "wall_city": {"zh": "全市大屏", "en": "City wall"},
    "wall_city_about": {
        "zh": "诉求、地图、异常类别、承办部门，一屏实时掌握",
        "en": "Tickets, map, unusual categories and departments, live on one screen",
    },
    "wall_districts": {"zh": "区市大屏", "en": "District walls"},
    "wall_departments": {"zh": "部门大屏", "en": "Department walls"},
    "not_found": {"zh": "没有这个页面", "en": "There is no such page"},
    "not_found_about": {
        "zh": "地址可能有误，请从首页重新选择屏幕。",
        "en": "The address may be mistyped. Choose a screen from the start page.",
    },
    "to_start": {"zh": "返回首页", "en": "To the start page"},
    "went_wrong": {
        "zh": "操作没有完成，请重试；若再次出现，请联系系统管理员。",
        "en": "That did not work. Please try again; if it happens twice, tell the administrator.",
    },
    # Large numbers
    "totals": {"zh": "今日总览", "en": "Today at a glance"},
    "opened_today": {"zh": "今日受理", "en": "Opened today"},
    "closed_today": {"zh": "今日办结", "en": "Closed today"},
    "open_now": {"zh": "在办", "en": "Open now"},
    "overdue_now": {"zh": "超期", "en": "Overdue"},
    "urgent_open": {"zh": "紧急", "en": "Urgent"},
    "unassigned_now": {"zh": "待派", "en": "Unassigned"},
    "on_time_rate": {"zh": "按时办结率", "en": "On time"},
    "solved_rate": {"zh": "解决率", "en": "Solved"},
    "satisfaction_rate": {"zh": "满意率", "en": "Satisfied"},
    "expected_so_far": {"zh": "此时常量 {low}–{high}", "en": "usual by now {low}–{high}"},
    "no_expectation": {"zh": "常量积累中", "en": "baseline building up"},
    "of_open": {"zh": "占在办 {share}", "en": "{share} of open"},
    "net_more": {"zh": "今日净增 {n}", "en": "{n} more today"},
    "net_less": {"zh": "今日净减 {n}", "en": "{n} fewer today"},
    "direct_today": {"zh": "其中直办 {n}", "en": "{n} direct"},
    "rate_of_due": {"zh": "到期 {n} 件", "en": "n = {n} due"},
    "rate_of_callbacks": {"zh": "回访 {n} 件", "en": "n = {n} calls"},
    "no_rate": {"zh": "暂无样本", "en": "no sample yet"},
    "figures_period": {"zh": "近 {n} 天", "en": "{n} days"},
    # Chart
    "volume": {"zh": "诉求量走势", "en": "Tickets today"},
    "volume_about": {
        "zh": "今日每一时点此前一小时的受理量，对比常量区间",
        "en": "Tickets opened in the hour before each moment of today, against the usual range",
    },
    "today_count": {"zh": "今日 {n}", "en": "{n} today"},
    "last_hour": {"zh": "近一小时", "en": "Last hour"},
    "expected_range": {"zh": "常量 {low}–{high}", "en": "usual {low}–{high}"},
    "chart_band": {"zh": "常量区间", "en": "usual range"},
    "chart_above": {"zh": "高于常量", "en": "above usual"},
    "now": {"zh": "现在", "en": "now"},
    # Map
    "map": {"zh": "在办诉求分布", "en": "Open tickets on the map"},
    "map_note": {"zh": "示意图", "en": "Schematic map"},
    "map_legend": {"zh": "圆面积 = 在办件数", "en": "area = open tickets"},
    "map_legend_overdue": {"zh": "内圆 = 超期", "en": "inner disc = overdue"},
    "map_cell": {
        "zh": "在办 {open} · 超期 {overdue} · 紧急 {urgent}",
        "en": "{open} open · {overdue} overdue · {urgent} urgent",
    },
    "unplaced": {"zh": "未定位 {n}", "en": "{n} without a place"},
    "withheld": {"zh": "隐私合并外 {n}", "en": "{n} withheld for privacy"},
    "zoom_home": {"zh": "回到全图", "en": "Whole map"},
    "only": {"zh": "仅看", "en": "Only"},
    "undo": {"zh": "取消筛选", "en": "Show all again"},
    "matching": {"zh": "{n} 件", "en": "{n} tickets"},
    "no_matching": {"zh": "没有符合的在办诉求", "en": "No open ticket matches"},
    # Categories
    "categories": {"zh": "异常升高类别", "en": "Above usual"},
    "calm": {"zh": "各类诉求均在常量之内", "en": "Every category is within its usual range"},
    "far_above": {"zh": "远超常量", "en": "far above"},
    "above": {"zh": "高于常量", "en": "above"},
    "usual": {"zh": "常量内", "en": "usual"},
    "times_usual": {"zh": "{n} 倍", "en": "{n}×"},
    "no_usual": {"zh": "此前少见", "en": "rare before"},
    "against": {"zh": "{observed} 件，常量 {expected}", "en": "{observed}, usual {expected}"},
    "since": {"zh": "{time} 起", "en": "since {time}"},
    # Clusters
    "clusters": {"zh": "诉求聚集", "en": "Clusters"},
    "callers_expected": {
        "zh": "{callers} 起，预期 {expected}",
        "en": "{callers} callers, {expected} expected",
    },
    "cluster_since": {"zh": "始于 {time}", "en": "since {time}"},
    "radius": {"zh": "{n} km", "en": "{n} km"},
    "recurrence": {"zh": "重现期 {length}", "en": "once in {length}"},
    "over_year": {"zh": "> 1 年", "en": "> 1 year"},
    "over_years": {"zh": "> {n} 年", "en": "> {n} years"},
    "more_than_year": {"zh": "一年以上", "en": "more than a year"},
    "more_than_years": {"zh": "{n}\u00a0年以上", "en": "more than {n}\u00a0years"},
    "about_days": {"zh": "{n} 天", "en": "{n} days"},
    "place_withheld": {"zh": "人数少，不标位置", "en": "too few to show where"},
    "bulk": {"zh": "批量录入", "en": "entered in bulk"},
    "phase_growing": {"zh": "上升", "en": "growing"},
    "phase_steady": {"zh": "持平", "en": "steady"},
    "phase_quietening": {"zh": "回落", "en": "quietening"},
    "tickets_n": {"zh": "{n} 件", "en": "{n} tickets"},
    "newest": {"zh": "最近 {time}", "en": "latest {time}"},
    "chance": {"zh": "p {p}（{basis}）", "en": "p {p} ({basis})"},
    "basis_monte_carlo": {"zh": "模拟", "en": "simulated"},
    "basis_gumbel": {"zh": "模拟外推", "en": "extrapolated"},
    "zone_share": {"zh": "{share}% 在{zone}", "en": "{share}% in {zone}"},
    "no_clusters": {"zh": "没有聚集", "en": "No clusters"},
    "watch_budget": {
        "zh": "监测 {categories} 个类别，全市平均每周误报不超过 {n} 次",
        "en": "{categories} categories watched; false alarms for the whole city, a week: "
        "{n} at most",
    },
    "not_watching": {"zh": "聚集监测尚未开始", "en": "Not watching for clusters yet"},
    "getting_ready": {
        "zh": "正在计算基线：{wanted} 个类别已就绪 {ready} 个",
        "en": "Baselines are being computed: {ready} of {wanted} categories ready",
    },
    "more_clusters": {"zh": "共 {n} 处", "en": "{n} in all"},
    "map_cluster_legend": {"zh": "标号圆面积 = 聚集人数", "en": "numbered circle = callers"},
    "map_cluster_radius": {"zh": "虚线圈 = 实际范围", "en": "dashed ring = true extent"},
    # How good the data is
    "quality": {"zh": "数据质量", "en": "Data quality"},
    "quality_no_place": {"zh": "无位置 {share}%", "en": "no place {share}%"},
    "quality_fallback": {"zh": "仅到默认点 {share}%", "en": "at a default point {share}%"},
    "quality_bulk": {"zh": "今日批量录入 {n} 件", "en": "entered in bulk today {n}"},
    "quality_late": {"zh": "迟到一小时以上 {n} 件", "en": "over an hour late {n}"},
    # Alarms
    "alarm": {"zh": "告警", "en": "Alarm"},
    "alarms": {"zh": "告警", "en": "Alarms"},
    "alarms_raised": {"zh": "{n} 起告警待确认", "en": "Alarms to acknowledge: {n}"},
    "no_alarm": {"zh": "无待确认告警", "en": "No alarm to acknowledge"},
    "alarms_flooded": {"zh": "另 {n} 起不逐一提示", "en": "{n} more, not announced"},
    "severity_critical": {"zh": "特急", "en": "Critical"},
    "severity_high": {"zh": "紧急", "en": "High"},
    "severity_medium": {"zh": "一般", "en": "Medium"},
    "alarm_raised": {"zh": "未确认", "en": "not acknowledged"},
    "alarm_acknowledged": {"zh": "已确认", "en": "acknowledged"},
    "alarm_shelved": {"zh": "已搁置", "en": "shelved"},
    "alarm_shelved_until": {"zh": "搁置至 {time}", "en": "shelved until {time}"},
    "alarm_says": {"zh": "{severity}：{what}", "en": "{severity}: {what}"},
    "new_alarm": {"zh": "新告警：{what}", "en": "New alarm: {what}"},
    "callers": {"zh": "来电人", "en": "callers"},
    "expected": {"zh": "预期", "en": "expected"},
    "as_expected": {"zh": "倍于预期", "en": "times expected"},
    "tickets": {"zh": "诉求件", "en": "tickets"},
    "lasting": {"zh": "已 {age}", "en": "for {age}"},
    "growth": {"zh": "近 24 小时每小时来电人", "en": "Callers per hour, last 24 hours"},
    "growth_window": {"zh": "聚集时段", "en": "within the cluster"},
    "growth_about": {
        "zh": "近 24 小时每小时的来电人数",
        "en": "Callers in each of the last 24 hours",
    },
    "zones_covered": {"zh": "涉及范围（占来电人比例）", "en": "Zones covered (share of callers)"},
    "how_sure": {"zh": "可靠程度", "en": "How sure"},
    "by_chance": {
        "zh": "若只是偶然，{length}才会出现一次",
        "en": "Chance alone brings one like it once in {length}",
    },
    "other_clusters": {"zh": "同因另有 {n} 处聚集", "en": "same cause: {n} more clusters"},
    "bound": {"zh": "当日上限", "en": "bound of the day"},
    "scenes": {"zh": "画面", "en": "Scenes"},
    "scene_overview": {"zh": "总览", "en": "Overview"},
    "scene_map": {"zh": "地图", "en": "Map"},
    "scene_departments": {"zh": "部门", "en": "Departments"},
    "scene_clusters": {"zh": "聚集", "en": "Clusters"},
    "scene_left": {"zh": "{n} 秒后切换", "en": "next in {n} s"},
    "scene_back": {"zh": "{n} 秒后返回", "en": "back in {n} s"},
    "paused": {"zh": "已暂停", "en": "paused"},
    "pause": {"zh": "暂停或继续轮播（空格键）", "en": "Pause or go on (space)"},
    "sound_on": {"zh": "声音 开", "en": "Sound on"},
    "sound_off": {"zh": "声音 关", "en": "Sound off"},
    "sound_key": {"zh": "提示音开关（S 键）", "en": "Sound on or off (S)"},
    "sound_caption": {"zh": "提示音：{what}", "en": "Alarm tone: {what}"},
    "sound_test": {"zh": "声音已打开", "en": "sound is on"},
    "sound_blocked": {
        "zh": "浏览器尚未允许声音，请按任意键：{what}",
        "en": "The browser holds the sound back until a key is pressed: {what}",
    },
    # Departments and districts
    "departments": {"zh": "承办部门", "en": "Departments"},
    "towns": {"zh": "镇街", "en": "Towns and streets"},
    "districts": {"zh": "区市", "en": "Districts"},
    "column_open": {"zh": "在办", "en": "Open"},
    "column_overdue": {"zh": "超期", "en": "Overdue"},
    "column_on_time": {"zh": "按时率", "en": "On time"},
    "column_today": {"zh": "今日", "en": "Today"},
    "performance": {"zh": "承办部门履职", "en": "How departments do"},
    "performance_key": {
        "zh": "柱：近 7 天每日受理 · 线：每点为此前 7 天，近 4 周，全部同一标尺",
        "en": "bars: 7 days · lines: the 7 days up to each point, 4 weeks, one scale for all",
    },
    "performance_more": {"zh": "另有 {n} 个部门", "en": "{n} more departments"},
    "overdue_n": {"zh": "超期 {n}", "en": "{n} overdue"},
    # What just came in
    "recent": {"zh": "最新受理", "en": "Just came in"},
    "unknown_district": {"zh": "未定位", "en": "no place"},
    "urgent_mark": {"zh": "紧急", "en": "urgent"},
    "channels": {"zh": "受理渠道", "en": "Channels"},
    "channel_phone": {"zh": "电话", "en": "Phone"},
    "channel_wechat": {"zh": "微信", "en": "WeChat"},
    "channel_app": {"zh": "手机应用", "en": "App"},
    "channel_web": {"zh": "网站", "en": "Web"},
    "channel_letter": {"zh": "信件", "en": "Letter"},
    "channel_grid": {"zh": "网格", "en": "Grid staff"},
    "channel_enterprise": {"zh": "企业专线", "en": "Enterprise line"},
    "channel_110": {"zh": "110 转办", "en": "From 110"},
    "channel_media": {"zh": "媒体", "en": "Media"},
    "channel_staff": {"zh": "工作人员", "en": "Staff"},
    "channel_other": {"zh": "其他", "en": "Other"},
    # Freshness
    "fresh": {"zh": "实时", "en": "Live"},
    "late": {"zh": "延迟", "en": "Late"},
    "dead": {"zh": "中断", "en": "Dead"},
    "updated": {"zh": "{age}前更新", "en": "updated {age} ago"},
    "waiting": {"zh": "等待第一幅数据", "en": "waiting for the first picture"},
    "line_cut": {"zh": "与服务器连接中断 {age}", "en": "line to the server cut for {age}"},
    "redis_down": {"zh": "数据通道 Redis 失联 {age}", "en": "Redis lost for {age}"},
    "worker_silent": {"zh": "处理进程无响应 {age}", "en": "worker silent for {age}"},
    "source_silent": {"zh": "数据源 {age}无新件", "en": "nothing from the source for {age}"},
    "seconds": {"zh": "{n} 秒", "en": "{n} s"},
    "minutes": {"zh": "{n} 分钟", "en": "{n} min"},
    "hours": {"zh": "{n} 小时", "en": "{n} h"},
    "days": {"zh": "{n} 天", "en": "{n} d"},
    "just_now": {"zh": "刚刚", "en": "now"},
    "ago": {"zh": "{age}前", "en": "{age} ago"},
    **evidence_wording.WORDS,
    **alarm_wording.WORDS,
    **counts_wording.WORDS,
    **pairing_wording.WORDS,
    **people_wording.WORDS,
    **screens_wording.WORDS,
    **keeping_wording.WORDS,
    **audit_wording.WORDS,
    **ticket_wording.WORDS,
}


def words(language: Language) -> dict[str, str]:
    """Give every word in one language."""
    return {key: both[language] for key, both in WORDS.items()}


def language_of(asked: str | None, default: Language) -> Language:
    """Read the language somebody asked for; anything unknown is the default."""
    return next((language for language in LANGUAGES if language == asked), default)


def other(language: Language) -> Language:
    """Name the language the switch leads to."""
    return "en" if language == "zh" else "zh"
