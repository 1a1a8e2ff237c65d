"""The words of an incident's course: its days, the effect of measures, where its tickets lie."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "incident_effects": {"zh": "措施成效", "en": "Effect of the measures"},
    "incident_effect_early": {
        "zh": "成效尚早：之后满 3 个整日再比（现有 {n} 天）",
        "en": "Too early to tell: after 3 whole days ({n} so far)",
    },
    "incident_effect_unheard": {
        "zh": "前后有太多天全市没有收到工单，无从比较（之后可用 {n} 天）",
        "en": "Nothing to compare: no ticket came to the city on too many of these days "
        "({n} known after it)",
    },
    "incident_effect_none": {
        "zh": "前后 {n} 天都没有诉求，无从比较",
        "en": "No complaint on the {n} days before and after: nothing to compare",
    },
    "incident_effect_fewer": {
        "zh": "诉求 {change}（95% 区间 {low} 至 {high}）",
        "en": "Complaints {change} (95 % interval {low} to {high})",
    },
    "incident_effect_more": {
        "zh": "诉求反而 {change}（95% 区间 {low} 至 {high}）",
        "en": "Complaints rose: {change} (95 % interval {low} to {high})",
    },
    "incident_effect_unclear": {
        "zh": "与偶然波动分不开：{change}（95% 区间 {low} 至 {high}）",
        "en": "Not told apart from chance: {change} (95 % interval {low} to {high})",
    },
    "incident_effect_open": {"zh": "无上限", "en": "no upper end"},
    "incident_effect_counted": {
        "zh": "之前 {before_d} 天 {before} 件，之后 {after_d} 天 {after} 件",
        "en": "{before} on {before_d} days before, {after} on {after_d} days after",
    },
    "incident_effect_by_usual": {
        "zh": "已按当日平常量折算",
        "en": "measured by what is usual on those days",
    },
    "incident_effect_by_days": {"zh": "按天数折算", "en": "measured by days"},
    "incident_map": {"zh": "地图", "en": "Map"},
    "incident_map_keys": {
        "zh": "地图：方向键移动，加减键缩放，0 键复位",
        "en": "Map: arrows move it, plus and minus zoom, 0 goes back",
    },
    "incident_map_in": {"zh": "放大", "en": "Zoom in"},
    "incident_map_out": {"zh": "缩小", "en": "Zoom out"},
    "incident_map_home": {"zh": "看全部工单", "en": "Show every ticket"},
    "incident_map_waits": {"zh": "正在取工单位置", "en": "Fetching where the tickets are"},
    "incident_map_told": {
        "zh": "{n} 件工单，{places} 个地点；圆越大工单越多",
        "en": "{n} tickets at {places} places; the larger a circle, the more tickets",
    },
    "incident_map_none": {
        "zh": "没有可显示位置的工单。",
        "en": "No ticket whose place can be shown.",
    },
    "incident_map_unplaced": {"zh": "另有 {n} 件没有准确位置", "en": "{n} more without a place"},
    "incident_map_withheld": {
        "zh": "另有 {n} 件不在您的查看范围",
        "en": "{n} more are not for your account",
    },
    "incident_map_away": {
        "zh": "没有取到工单位置，请稍后重新打开本页。",
        "en": "The places could not be fetched; open this page again later.",
    },
    "incident_effect_others": {
        "zh": "同期还有其他措施：{names}，不能单独归因",
        "en": "Other measures at the same time: {names}. It cannot be told which one did it",
    },
}
