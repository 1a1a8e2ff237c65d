"""Every word of a report, in both languages."""

from typing import Literal

from papers import accountability_wording, order_wording

Language = Literal["zh", "en"]

WORDS: dict[str, dict[Language, str]] = {
    # Head and foot
    "hotline_12345": {"zh": "{city}12345政务服务便民热线", "en": "{city} 12345 Citizen Hotline"},
    "hotline": {"zh": "{city}市民服务热线", "en": "{city} Citizen Hotline"},
    "centre": {"zh": "{city}城市运行中心", "en": "{city} City Operations Centre"},
    "kind_daily": {"zh": "运行日报", "en": "Daily report"},
    "kind_weekly": {"zh": "运行周报", "en": "Weekly report"},
    "kind_monthly": {"zh": "运行月报", "en": "Monthly report"},
    "number": {"zh": "{year}年第{n}期", "en": "No. {n} of {year}"},
    "about_daily": {"zh": "{of}{period}热线诉求运行情况", "en": "The hotline{of} on {period}"},
    "about_weekly": {
        "zh": "{of}{period}热线诉求运行情况",
        "en": "The hotline{of} from {period}",
    },
    "about_monthly": {"zh": "{of}{period}热线诉求运行情况", "en": "The hotline{of} in {period}"},
    # Whose requests they are, in a sentence
    "of_city": {"zh": "全市", "en": ""},
    "of_district": {"zh": "{name}", "en": " in {name}"},
    "of_department": {"zh": "{name}", "en": " for {name}"},
    "demo": {"zh": "演示数据，不反映任何真实情况", "en": "Demo data: nothing of it is real"},
    "page": {"zh": "第 {n} 页，共 {of} 页", "en": "Page {n} of {of}"},
    "made": {"zh": "制表时间 {time}", "en": "Made {time}"},
    "made_by": {"zh": "编发：{centre}", "en": "Issued by: {centre}"},
    "checked_by": {"zh": "审核：", "en": "Checked:"},
    "signed_by": {"zh": "签发：", "en": "Signed:"},
    "counting": {
        "zh": "制表时历史数据正在重新汇总（已完成 {share}%），本期数字尚不完整。",
        "en": "Past figures were being made anew ({share}% done): what stands here is not whole.",
    },
    # The parts
    "part": {"zh": "{n}、{name}", "en": "{n}. {name}"},
    "ordinals": {"zh": "一二三四五六七八九十", "en": "1 2 3 4 5 6 7 8 9 10"},
    "part_figures": {"zh": "主要指标", "en": "Figures"},
    "part_departments": {"zh": "承办单位", "en": "Departments"},
    "part_categories": {"zh": "诉求类别", "en": "Categories"},
    "part_districts": {"zh": "区市分布", "en": "Districts"},
    "part_watch": {"zh": "聚集性诉求与预警", "en": "Clusters and alarms"},
    "part_overdue": {"zh": "超期在办", "en": "Overdue"},
    "part_corrections": {"zh": "往日数据更正", "en": "Corrections of past days"},
    "part_definitions": {"zh": "附：指标口径", "en": "Annex: definitions"},
    # The headline
    "head_none": {
        "zh": "{period}，{of}热线没有受理诉求。",
        "en": "{period}: the hotline took no request{of}.",
    },
    "head_opened": {
        "zh": "{period}，{of}热线受理诉求 {n} 件{against}。",
        "en": "{period}: the hotline took {n} requests{of}{against}.",
    },
    "head_opened_own": {
        "zh": "{period}，{of}承办的热线诉求新受理 {n} 件{against}。",
        "en": "{period}: the hotline took {n} requests{of}{against}.",
    },
    "against_before": {"zh": "，较{before}{moved}", "en": ", {moved} {before}"},
    "against_year": {"zh": "，较去年同期{moved}", "en": ", {moved} the same period last year"},
    "more": {"zh": "增加 {n} 件（{share}）", "en": "{n} more ({share}) than"},
    "fewer": {"zh": "减少 {n} 件（{share}）", "en": "{n} fewer ({share}) than"},
    "same": {"zh": "持平", "en": "as many as"},
    "more_bare": {"zh": "增加 {n} 件", "en": "{n} more than"},
    "before_daily": {"zh": "前一日", "en": "the day before"},
    "before_weekly": {"zh": "前一周", "en": "the week before"},
    "before_monthly": {"zh": "上月", "en": "the month before"},
    "head_flow": {
        "zh": "期内派单 {dispatched} 件，办结 {closed} 件（其中直办 {direct} 件）。",
        "en": "{dispatched} were sent out and {closed} closed, {direct} of these at once.",
    },
    "head_quality": {"zh": "{sentences}。", "en": "{sentences}."},
    "head_rate": {"zh": "{name} {value}（n={n}）{judged}", "en": "{name} {value} (n={n}){judged}"},
    "joined": {"zh": "；", "en": "; "},
    "listed": {"zh": "、", "en": ", "},
    "rate_up": {"zh": "，上升 {n} 个百分点", "en": ", up {n} points"},
    "rate_down": {"zh": "，下降 {n} 个百分点", "en": ", down {n} points"},
    "rate_met": {"zh": "，达到目标", "en": ", on target"},
    "rate_missed": {"zh": "，未达目标 {target}", "en": ", below its target of {target}"},
    "head_rose": {
        "zh": "诉求增加最多的类别是{names}。",
        "en": "The categories that rose most are {names}.",
    },
    "rose_one": {"zh": "{name}（{n}）", "en": "{name} ({n})"},
    "head_watch": {
        "zh": "期内有聚集性诉求 {clusters} 起，发出预警 {alarms} 条。",
        "en": "Clusters found: {clusters}; alarms raised: {alarms}.",
    },
    "head_overdue": {
        "zh": "截至{time}，超期在办 {n} 件，{held}。",
        "en": "At {time}, {n} open tickets were overdue; {held}.",
    },
    "head_overdue_own": {
        "zh": "截至{time}，{of}超期在办 {n} 件，其中最早的已超 {days} 天。",
        "en": "At {time}, {n} open tickets{of} were overdue, the oldest by {days} days.",
    },
    "held_most": {"zh": "其中{names}", "en": "of these {names}"},
    "held_one": {"zh": "{name} {n} 件", "en": "{name} {n}"},
    "head_no_overdue": {
        "zh": "截至{time}，没有超期在办工单。",
        "en": "At {time}, none was overdue.",
    },
    # Figures
    "col_figure": {"zh": "指标", "en": "Figure"},
    "col_now": {"zh": "本期", "en": "Now"},
    "col_n": {"zh": "n", "en": "n"},
    "col_before": {"zh": "上期", "en": "Before"},
    "col_moved": {"zh": "环比", "en": "Change"},
    "col_year": {"zh": "去年同期", "en": "Last year"},
    "col_moved_year": {"zh": "同比", "en": "Change"},
    "col_target": {"zh": "目标", "en": "Target"},
    "col_means": {"zh": "口径", "en": "Definition"},
    "col_band": {"zh": "档", "en": "Band"},
    "note_figures": {
        "zh": "n 为该指标所依据的件数，括号内为对应时期的 n；率的升降以百分点计。"
        "不足 {few} 件的以灰色表示，不作评价。档：A 达到或优于目标，B 达到目标的九成，C 不足九成。",
        "en": "n is the number of cases a figure rests on, in brackets that of the other period;"
        " changes of rates are in points. Figures of fewer than {few} cases are grey and not"
        " judged. Bands: A on target or better, B at least 90% of it, C below.",
    },
    "note_no_before": {
        "zh": "系统数据未完整覆盖上期，不作环比。",
        "en": "The period before is not wholly in the ledger, so there is no comparison with it.",
    },
    "note_no_year": {
        "zh": "系统数据未完整覆盖去年同期，不作同比。",
        "en": "The same period of last year is not wholly in the ledger, so there is no comparison"
        " with it.",
    },
    "score": {
        "zh": "综合得分 {value}（{band} 档）{before}："
        "各项指标实际值与目标值之比的平均数，1.00 为达标。",
        "en": "Score {value} (band {band}){before}: the mean of each figure divided by its target,"
        " 1.00 being on target.",
    },
    "score_before": {"zh": "，上期 {value}", "en": ", before {value}"},
    # Departments and districts
    "col_department": {"zh": "承办单位", "en": "Department"},
    "col_district": {"zh": "区市", "en": "District"},
    "col_opened": {"zh": "受理", "en": "Accepted"},
    "col_overdue": {"zh": "超期在办", "en": "Overdue"},
    "col_score": {"zh": "得分", "en": "Score"},
    "col_place": {"zh": "名次", "en": "Place"},
    "unit_none": {"zh": "未派单位", "en": "No department"},
    "unit_nowhere": {"zh": "未定区市", "en": "No district"},
    "bands_told": {
        "zh": "评为 A 档 {a} 个、B 档 {b} 个、C 档 {c} 个单位{rest}。档内按受理量排列，不作排名。",
        "en": "Departments in band A: {a}, in B: {b}, in C: {c}{rest}. Within a band they stand by"
        " load; this is no ranking.",
    },
    "bands_few": {
        "zh": "；{rest} 个单位件数不足 {few}，不作评价",
        "en": "; {rest} had fewer than {few} cases and are not judged",
    },
    "ranks_told": {
        "zh": "按综合得分排列；件数不足 {few} 的不作评价。",
        "en": "In the order of their scores; those with fewer than {few} cases are not judged.",
    },
    "units_rest": {
        "zh": "另有 {n} 个单位，合计受理 {opened} 件，超期在办 {overdue} 件。",
        "en": "{n} more had {opened} tickets together, {overdue} of them overdue.",
    },
    "units_none": {"zh": "本期没有可列的单位。", "en": "There is nothing to list in this period."},
    # Categories
    "col_category": {"zh": "类别", "en": "Category"},
    "col_share": {"zh": "占比", "en": "Share"},
    "sorts_rose": {"zh": "增加最多的类别", "en": "Categories that rose most"},
    "sorts_most": {"zh": "受理最多的类别", "en": "Categories with the most tickets"},
    "sorts_rest": {
        "zh": "本期共涉及 {all} 个类别，以上 {n} 类合计占 {share}。",
        "en": "{all} categories had tickets; the {n} above are {share} of all.",
    },
    "sorts_no_rise": {"zh": "没有类别较上期增加。", "en": "No category rose."},
    # Watch
    "col_where": {"zh": "区市、镇街", "en": "District, town"},
    "col_callers": {"zh": "来电人", "en": "Callers"},
    "col_expected": {"zh": "平常", "en": "Expected"},
    "col_born": {"zh": "出现", "en": "Began"},
    "col_state": {"zh": "状态", "en": "State"},
    "state_on": {"zh": "持续", "en": "goes on"},
    "state_ended": {"zh": "{time} 平息", "en": "ended {time}"},
    "watch_alarms": {
        "zh": "期内发出预警 {n} 条{severities}，"
        "其中 {acknowledged} 条仍在确认状态、{cleared} 条已解除；"
        "制表时全部未解除的预警 {standing} 条。",
        "en": "Alarms raised: {n}{severities}; of these {acknowledged} stand acknowledged and"
        " {cleared} are cleared. In all, {standing} were not cleared when this was made.",
    },
    "severities": {"zh": "（{list}）", "en": " ({list})"},
    "severity_one": {"zh": "{name} {n}", "en": "{name} {n}"},
    "severity_critical": {"zh": "特急", "en": "critical"},
    "severity_high": {"zh": "紧急", "en": "high"},
    "severity_medium": {"zh": "一般", "en": "medium"},
    "watch_no_alarms": {
        "zh": "期内没有发出预警；制表时全部未解除的预警 {standing} 条。",
        "en": "No alarm was raised; {standing} in all were not cleared when this was made.",
    },
    "watch_none": {"zh": "期内没有发现聚集性诉求。", "en": "No cluster was found in the period."},
    "watch_rest": {
        "zh": "共 {all} 起，以上为来电人最多的 {n} 起。",
        "en": "{all} in all; above are the {n} with the most callers.",
    },
    # Overdue
    "col_oldest": {"zh": "最早到期", "en": "Oldest due"},
    "col_days": {"zh": "已超", "en": "Late by"},
    "days_late": {"zh": "{n} 天", "en": "{n} d"},
    "overdue_told": {
        "zh": "截至{time}，{of}超期在办 {n} 件，由下列单位持有。",
        "en": "At {time}, {n} open tickets{of} were overdue, held as follows.",
    },
    "overdue_rest": {
        "zh": "另有 {n} 个单位，合计超期在办 {overdue} 件，见承办单位表。",
        "en": "{n} more hold {overdue} together; see the table of departments.",
    },
    # Corrections
    "col_day": {"zh": "日期", "en": "Day"},
    "col_closed": {"zh": "办结", "en": "Closed"},
    "col_due": {"zh": "到期", "en": "Due"},
    "col_on_time": {"zh": "按时办结", "en": "On time"},
    "col_callbacks": {"zh": "回访", "en": "Callbacks"},
    "col_solved": {"zh": "解决", "en": "Solved"},
    "corrections_told": {
        "zh": "自上一期报告以来，因补录、改正或重办，以下已过日期的数字有变动（件）：",
        "en": "Since the report before, late, corrected or reopened tickets have changed the"
        " numbers of these past days:",
    },
    "corrections_none": {
        "zh": "自上一期报告以来，往日数据没有变动。",
        "en": "Since the report before, no past day has changed.",
    },
    "corrections_rest": {
        "zh": "另有 {n} 天有较小变动，合计已列入末行。",
        "en": "{n} more days changed by less; the last line is of all.",
    },
    "all_days": {"zh": "合计", "en": "All"},
    # Pictures
    "chart_hours": {"zh": "各小时受理量（件）", "en": "Tickets by hour"},
    "chart_days": {"zh": "各日受理量（件）", "en": "Tickets by day"},
    "chart_now": {"zh": "本期", "en": "now"},
    "chart_before": {"zh": "上期", "en": "before"},
    "chart_rates": {"zh": "主要指标与目标", "en": "Rates and their targets"},
    "chart_target": {"zh": "目标", "en": "target"},
    "chart_says": {
        "zh": "{name}：本期合计 {n} 件，最多 {most} 件",
        "en": "{name}: {n} in all, {most} at most",
    },
    # Days
    "day": {"zh": "{month}月{day}日", "en": "{day} {name}"},
    "whole_day": {"zh": "{year}年{month}月{day}日", "en": "{day} {name} {year}"},
    "weekday": {"zh": "{day}（星期{weekday}）", "en": "{weekday}, {day}"},
    "weekdays": {
        "zh": "一二三四五六日",
        "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    },
    "span": {"zh": "{first}至{last}", "en": "{first} to {last}"},
    "span_of_month": {
        "zh": "{year}年{month}月{first}日至{last}日",
        "en": "{first} to {last} {name} {year}",
    },
    "month": {"zh": "{year}年{month}月", "en": "{name} {year}"},
    "months": {
        "zh": "1 2 3 4 5 6 7 8 9 10 11 12",
        "en": "January February March April May June July August September October November"
        " December",
    },
    **order_wording.WORDS,
    **accountability_wording.WORDS,
}


def words(language: Language) -> dict[str, str]:
    """Give every word in one language."""
    return {key: both[language] for key, both in WORDS.items()}
