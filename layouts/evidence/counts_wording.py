"""The words of the alarms of counts; `layouts.wording` joins them to all others."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "counts_title": {"zh": "数量、清单与迟报告警", "en": "Alarms of counts, lists and reports"},
    "counts_about": {
        "zh": "一个类别、区市或部门当日的诉求量，或一类悬而未决的清单，超过上限；"
        "数字为触发时的数字；或事件的情况报告迟报",
        "en": "A category, district or department with more in a day than its bound, or a list of "
        "loose ends longer than its bound; the numbers are those at which it was raised; or a "
        "situation report that is late",
    },
    "counts_open_list": {"zh": "打开清单", "en": "Open the list"},
    "counts_open_incident": {"zh": "打开事件", "en": "Open the incident"},
    "counts_none": {"zh": "目前没有。", "en": "None now."},
    "counts_shelve_2h": {"zh": "搁置 2 小时", "en": "Shelve for 2 hours"},
    "counts_shelve_tomorrow": {
        "zh": "搁置到明天 08:00",
        "en": "Shelve until tomorrow 08:00",
    },
}
