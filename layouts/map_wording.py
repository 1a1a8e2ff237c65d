"""The words of the map."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
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
}
