"""The words of the pages about clusters; `layouts.wording` joins them to all others."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    # The way here and back
    "dossier_wall": {"zh": "全市大屏", "en": "City wall"},
    "dossier_list": {"zh": "聚集", "en": "Clusters"},
    "dossier_way": {"zh": "所在位置", "en": "Where you are"},
    "dossier_print": {"zh": "打印", "en": "Print"},
    "dossier_as_of": {"zh": "截至 {time}（{zone}）", "en": "as of {time} ({zone})"},
    "dossier_watching": {"zh": "自动更新", "en": "Updates itself"},
    "dossier_news": {"zh": "有更新，点此显示", "en": "There is news: show it"},
    "dossier_cut": {
        "zh": "已 {age}连不上服务器，显示的是此前的内容",
        "en": "the server has not answered for {age}; what is shown is older",
    },
    "dossier_database_away": {
        "zh": "数据库暂时读不到，显示的是此前的内容；正在重试",
        "en": "the database cannot be read; what is shown is older; trying again",
    },
    # When there is nothing to show
    "dossier_unknown": {"zh": "没有这个聚集", "en": "There is no such cluster"},
    "dossier_unknown_about": {
        "zh": "编号 {id} 不在记录中：链接可能不完整，或来自另一个系统。",
        "en": "Nothing is known of {id}: the link may be cut short, or of another system.",
    },
    "dossier_away": {"zh": "现在读不到数据", "en": "The data cannot be read now"},
    "dossier_away_about": {
        "zh": "数据库没有应答。本页每 5 秒自动重试，也可以手动重试。",
        "en": "The database does not answer. This page tries again every 5 seconds by itself.",
    },
    "dossier_retry": {"zh": "重试", "en": "Try again"},
    "dossier_to_list": {"zh": "查看全部聚集", "en": "All clusters"},
    "dossier_withheld": {
        "zh": "不足 {n} 位来电人，为保护隐私只显示类别和区市；达到 {n} 位后显示全部依据。",
        "en": "Fewer than {n} callers: to protect them only category and district are shown. "
        "From {n} on all evidence is.",
    },
    "dossier_merged": {
        "zh": "这个聚集已并入另一个，后者仍在继续。",
        "en": "This cluster has merged into another, which goes on.",
    },
    "dossier_to_other": {"zh": "查看并入后的聚集", "en": "The one that goes on"},
    "dossier_split_from": {"zh": "由另一个聚集分出", "en": "Split from another cluster"},
    "dossier_ended": {
        "zh": "这个聚集已平息。以下是它最大时（{time}）的情况。",
        "en": "This cluster has ended. Below is how it stood at its largest ({time}).",
    },
    "dossier_ended_now": {"zh": "这个聚集已平息。", "en": "This cluster has ended."},
    "dossier_bulk": {
        "zh": "疑似工作人员集中录入，不是市民集中来电，请先核实。",
        "en": "This looks entered in bulk by staff, not a gathering of callers: check first.",
    },
    # The cluster in one sentence
    "dossier_callers": {"zh": "{n} 起，预期 {expected}", "en": "{n} callers, {expected} expected"},
    "dossier_since": {"zh": "始于 {time}", "en": "since {time}"},
    "dossier_recurrence": {"zh": "重现期 {time}", "en": "recurrence {time}"},
    "dossier_extent_city": {"zh": "全市范围", "en": "the whole city"},
    "dossier_extent_district": {"zh": "全区市范围", "en": "the whole district"},
    "dossier_extent_circle": {"zh": "{km} km", "en": "{km} km"},
    "dossier_one_place": {"zh": "同一地点", "en": "one address"},
    "dossier_below": {"zh": "< {n}", "en": "< {n}"},
    "dossier_over_years": {"zh": "> {n} 年", "en": "> {n} y"},
    "dossier_days": {"zh": "约 {n} 天", "en": "about {n} d"},
    "dossier_under_a_day": {"zh": "不到 1 天", "en": "under a day"},
    "dossier_minutes": {"zh": "{n} 分钟", "en": "{n} min"},
    "dossier_hours": {"zh": "{n} 小时", "en": "{n} h"},
    "dossier_length_days": {"zh": "{n} 天", "en": "{n} d"},
    "dossier_phase_growing": {"zh": "上升", "en": "Growing"},
    "dossier_phase_steady": {"zh": "持平", "en": "Steady"},
    "dossier_phase_quietening": {"zh": "回落", "en": "Quietening"},
    "dossier_phase_ended": {"zh": "已平息", "en": "Ended"},
    "dossier_phase_merged": {"zh": "已并入", "en": "Merged"},
    # Large numbers
    "dossier_observed": {"zh": "来电人", "en": "Callers"},
    "dossier_times_expected": {
        "zh": "预期 {expected}，为其 {times} 倍",
        "en": "{expected} expected, {times} times that",
    },
    "dossier_began": {"zh": "开始", "en": "Began"},
    "dossier_lasting": {"zh": "已 {time}", "en": "{time} ago"},
    "dossier_lasted": {"zh": "历时 {time}", "en": "lasted {time}"},
    "dossier_where": {"zh": "范围", "en": "Reach"},
    "dossier_addresses": {"zh": "{n} 个地址", "en": "{n} addresses"},
    "dossier_rarity": {"zh": "重现期", "en": "Recurrence"},
    "dossier_rarity_about": {
        "zh": "无异常时多久才偶然一次",
        "en": "how often by chance alone",
    },
    "dossier_pace": {"zh": "近 1 小时新增", "en": "New in the last hour"},
    "dossier_pace_before": {
        "zh": "6 小时前的 1 小时 {n} 人",
        "en": "six hours ago {n} in an hour",
    },
    "dossier_doubled": {"zh": "{time}翻一番", "en": "doubled in {time}"},
    # How sure
    "dossier_sure": {"zh": "有多大把握", "en": "How sure"},
    "dossier_sure_high": {"zh": "把握大", "en": "Very sure"},
    "dossier_sure_middle": {"zh": "把握较大", "en": "Fairly sure"},
    "dossier_sure_low": {"zh": "把握有限，先留意", "en": "Not sure: keep an eye on it"},
    "dossier_chance": {
        "zh": "如果一切正常，把全市各类诉求放在一起，这样的聚集{time}才会碰巧出现一次。",
        "en": "On ordinary days, over all categories of the whole city, chance alone would show "
        "one like it {time}.",
    },
    "dossier_chance_years": {"zh": "要 {n} 年以上", "en": "less than once in {n} y"},
    "dossier_chance_days": {"zh": "平均约 {n} 天", "en": "once in about {n} d"},
    "dossier_chance_often": {"zh": "不到一天", "en": "more than once a day"},
    "dossier_counted": {
        "zh": "一人只计一次：{callers} 位来电人、{addresses} 个地址、{tickets} 件诉求。"
        "催办、定位不准的不计。",
        "en": "Each person counts once: {callers} callers at {addresses} addresses, {tickets} "
        "tickets. Urging calls and vague places are left out.",
    },
    "dossier_basis_monte_carlo": {
        "zh": "重现期由随机重排直接数出。",
        "en": "The recurrence interval is counted from random shuffles directly.",
    },
    "dossier_basis_gumbel": {
        "zh": "比所有随机重排的结果都少见，重现期由其极值分布推出，是估计。",
        "en": "Rarer than the random shuffles reach: the interval is estimated from their tail.",
    },
    "dossier_hangs": {
        "zh": "换范围、换时间再算 {of} 种取法，{n} 种仍在 100 天以上：{word}。",
        "en": "Of {of} choices of reach and window, {n} still give over 100 days: {word}.",
    },
    "dossier_hangs_no": {"zh": "结论不靠某一种取法", "en": "it hangs on no single choice"},
    "dossier_hangs_some": {
        "zh": "结论与取法有些关系",
        "en": "it depends somewhat on the choice",
    },
    "dossier_hangs_much": {
        "zh": "结论很依赖取法，请谨慎",
        "en": "it hangs on the choice: take care",
    },
    "dossier_figures": {
        "zh": "统计量 {statistic}（报警门槛 {threshold}），p {p}",
        "en": "statistic {statistic} (raised from {threshold}), p {p}",
    },
    # Who holds it
    "dossier_holders": {"zh": "谁在办", "en": "Who holds it"},
    "dossier_open": {"zh": "在办 {n} 件", "en": "{n} open"},
    "dossier_other_holders": {
        "zh": "其余 {n} 个单位共 {open} 件",
        "en": "{n} more units hold {open}",
    },
    "dossier_done": {"zh": "已办结 {n} 件", "en": "{n} closed"},
    "dossier_nobody": {"zh": "尚未派单", "en": "Not yet dispatched"},
    "dossier_no_members": {"zh": "没有在办的诉求", "en": "None of its tickets is open"},
    # The map
    "dossier_map": {"zh": "在哪里", "en": "Where"},
    "dossier_map_members": {"zh": "本聚集的来电人", "en": "callers of this cluster"},
    "dossier_map_neighbours": {
        "zh": "同期同类的其他来电人",
        "en": "others, same category and time",
    },
    "dossier_map_shape": {"zh": "扫描找到的范围", "en": "the area found"},
    "dossier_map_zone": {"zh": "供给区", "en": "supply zone"},
    "dossier_map_sum": {
        "zh": "图上 {places} 处共 {callers} 人，圆面积为人数，一处不少于 {least} 人。",
        "en": "{callers} callers in {places} places on the map; area is callers, no place has "
        "fewer than {least}.",
    },
    "dossier_map_withheld": {
        "zh": "另有 {n} 人所在处不足 {least} 人，未标出。",
        "en": "{n} more, in places of fewer than {least}, are not shown.",
    },
    "dossier_map_unplaced": {
        "zh": "另有 {n} 件没有可标的位置。",
        "en": "{n} tickets have no place to show.",
    },
    "dossier_centre_at": {"zh": "中心在{name}附近。", "en": "Its centre is at {name}."},
    "dossier_centre_from": {
        "zh": "中心在{name}{direction}约 {km} km 处。",
        "en": "Its centre is about {km} km {direction} of {name}.",
    },
    "dossier_direction_0": {"zh": "正北", "en": "north"},
    "dossier_direction_1": {"zh": "东北", "en": "north-east"},
    "dossier_direction_2": {"zh": "正东", "en": "east"},
    "dossier_direction_3": {"zh": "东南", "en": "south-east"},
    "dossier_direction_4": {"zh": "正南", "en": "south"},
    "dossier_direction_5": {"zh": "西南", "en": "south-west"},
    "dossier_direction_6": {"zh": "正西", "en": "west"},
    "dossier_direction_7": {"zh": "西北", "en": "north-west"},
    # Observed and expected
    "dossier_course": {"zh": "观测与往常", "en": "Observed and usual"},
    "dossier_course_hour": {"zh": "每小时来电人", "en": "Callers per hour"},
    "dossier_course_day": {"zh": "每日来电人", "en": "Callers per day"},
    "dossier_course_window": {"zh": "扫描窗口", "en": "scan window"},
    "dossier_course_inside": {"zh": "窗口内", "en": "in the window"},
    "dossier_course_before": {"zh": "此前", "en": "before"},
    "dossier_course_usual": {"zh": "往常及其范围", "en": "usual, with its range"},
    "dossier_course_sum": {"zh": "累计", "en": "Running total"},
    "dossier_course_said": {
        "zh": "窗口内 {observed} 人；按本地过去 {days} 天同一时段推算，往常 {expected}。",
        "en": "{observed} in the window; by this area's own past {days} days at the same hours, "
        "{expected} would be usual.",
    },
    "dossier_course_no_past": {
        "zh": "此前数据不足 7 天，还推算不出往常。",
        "en": "Less than 7 days lie behind it: nothing usual can be told yet.",
    },
    "dossier_course_differs": {
        "zh": "扫描所说的预期还比较了同期其他地方，两者算法不同。",
        "en": "The scan's own expectation also compares with elsewhere at the same time.",
    },
    # Sensitivity
    "dossier_table": {"zh": "换个范围、换个时间", "en": "Other reach, other windows"},
    "dossier_table_about": {
        "zh": "每格：人数 / 预期，下面是重现期。着色的在 100 天以上；"
        "框住的是扫描的结果，其余为估算。",
        "en": "Each cell: callers / expected, then the recurrence interval. Coloured: over 100 "
        "days. Framed: what was found. The others are estimates.",
    },
    "dossier_table_window": {"zh": "最近", "en": "Last"},
    "dossier_table_found": {"zh": "扫描结果", "en": "found"},
    "dossier_table_few": {"zh": "不足 {n} 人", "en": "under {n}"},
    "dossier_table_none": {"zh": "没有", "en": "none"},
    "dossier_table_usual": {"zh": "不高于预期", "en": "not above"},
    "dossier_table_no": {
        "zh": "账本里找不到这些诉求的位置，无法换算。",
        "en": "The ledger holds no places for these tickets, so nothing can be compared.",
    },
    # Reach
    "dossier_reach": {"zh": "涉及小区与供给区", "en": "Estates and supply zones"},
    "dossier_share": {"zh": "{n}% 的来电人在内", "en": "{n}% of its callers inside"},
    "dossier_estate": {"zh": "{n} 人", "en": "{n} callers"},
    "dossier_other_estates": {
        "zh": "另有 {n} 个小区，各不足 {least} 人",
        "en": "{n} more estates of fewer than {least} each",
    },
    "dossier_no_reach": {
        "zh": "不在任何已知的供给区或小区内。",
        "en": "In no supply zone or estate that is known.",
    },
    # Clusters like it
    "dossier_similar": {"zh": "类似的聚集", "en": "Clusters like it"},
    "dossier_similar_none": {
        "zh": "附近和同一供给区没有过同类聚集。",
        "en": "None of this category near by or in the same zone.",
    },
    "dossier_similar_zone": {"zh": "同一供给区", "en": "same zone"},
    "dossier_similar_km": {"zh": "相距 {km} km", "en": "{km} km away"},
    "dossier_similar_most": {"zh": "最多 {n} 人", "en": "{n} callers at most"},
    "dossier_similar_left_out": {
        "zh": "另有 {n} 个更早或人数很少，未列出。",
        "en": "{n} more, earlier or of very few callers, are not listed.",
    },
    # Incident
    "dossier_incident": {"zh": "立案处置", "en": "Open an incident"},
    "dossier_incident_about": {
        "zh": "请各单位共同处置：一个牵头单位，从源头到居民家中逐环节查，新工单自动归入。",
        "en": "Let departments solve it together: one lead, link by link from source to tap; new "
        "tickets join by themselves.",
    },
    "dossier_incident_there": {"zh": "事件 {number}", "en": "Incident {number}"},
    "dossier_watermark": {
        "zh": "{city} · 连心 · 内部资料 · 截至 {time} · {id}",
        "en": "{city} · Lianxin · internal · as of {time} · {id}",
    },
    "dossier_privacy": {
        "zh": "本页不含姓名、电话、地址和诉求原文；人数不足 {n} 的位置不显示。",
        "en": "No name, number, address or text is on this page; places of fewer than {n} "
        "callers are not shown.",
    },
    # The list
    "clusters_title": {"zh": "聚集", "en": "Clusters"},
    "clusters_about": {
        "zh": "同一地方、同一时间、同一类诉求明显多于预期",
        "en": "More of one category, in one place and time, than was to be expected",
    },
    "clusters_living": {"zh": "进行中", "en": "Now"},
    "clusters_past": {"zh": "近 30 天已平息", "en": "Ended in the last 30 days"},
    "clusters_none_living": {"zh": "目前没有聚集。", "en": "There is no cluster now."},
    "clusters_none_past": {"zh": "近 30 天没有。", "en": "None in the last 30 days."},
    "clusters_none_chosen": {
        "zh": "所选范围内没有聚集。",
        "en": "No cluster matches what is chosen.",
    },
    "clusters_by_category": {"zh": "类别", "en": "Category"},
    "clusters_by_district": {"zh": "区市", "en": "District"},
    "clusters_all": {"zh": "全部", "en": "All"},
    "clusters_unconfirmed": {"zh": "警报未确认", "en": "alarm not acknowledged"},
    "clusters_link": {"zh": "聚集与依据", "en": "Clusters and their evidence"},
    "clusters_link_about": {
        "zh": "哪里的哪类诉求在集中，把握多大，谁在办",
        "en": "What gathers where, how sure that is, and who holds it",
    },
}
