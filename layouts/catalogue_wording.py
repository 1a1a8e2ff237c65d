"""The words of the catalogue of duties, and of whose a ticket is."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "catalogue_link": {"zh": "权责清单", "en": "Catalogue of duties"},
    "catalogue_link_about": {
        "zh": "每项职责的牵头单位、配合单位与依据，可查询、下载、打印",
        "en": "Who leads in what, with whom and by which law: searched, downloaded, printed",
    },
    "catalogue_version": {
        "zh": "版本 {version} · {dated} · 共 {whole} 项，符合条件 {found} 项",
        "en": "Version {version} · {dated} · {whole} duties, of which {found} are shown",
    },
    "catalogue_undated": {"zh": "未注明日期", "en": "no date"},
    "catalogue_words": {"zh": "查找", "en": "Words"},
    "catalogue_words_hint": {
        "zh": "事项、关键词、依据、单位、编号",
        "en": "title, keyword, law, unit, code",
    },
    "catalogue_department": {"zh": "单位", "en": "Unit"},
    "catalogue_category": {"zh": "诉求分类", "en": "Category"},
    "catalogue_any": {"zh": "全部", "en": "any"},
    "catalogue_go": {"zh": "查找", "en": "Search"},
    "catalogue_clear": {"zh": "清除条件", "en": "Clear"},
    "catalogue_code": {"zh": "编号", "en": "Code"},
    "catalogue_title": {"zh": "事项", "en": "Duty"},
    "catalogue_keywords": {"zh": "关键词：{words}", "en": "Decided by: {words}"},
    "catalogue_keyword": {"zh": "关键词", "en": "Keywords"},
    "catalogue_level": {"zh": "层级", "en": "Level"},
    "catalogue_level_city": {"zh": "市级", "en": "City"},
    "catalogue_level_county": {"zh": "县级", "en": "County"},
    "catalogue_lead": {"zh": "牵头单位", "en": "Lead"},
    "catalogue_cooperating": {"zh": "配合单位", "en": "Cooperating"},
    "catalogue_basis": {"zh": "依据", "en": "Legal basis"},
    "catalogue_valid": {"zh": "有效期", "en": "In force"},
    "catalogue_valid_from": {"zh": "{day} 起", "en": "from {day}"},
    "catalogue_valid_until": {"zh": "至 {day}", "en": "until {day}"},
    "catalogue_not_in_force": {"zh": "不在有效期", "en": "not in force"},
    "catalogue_government": {"zh": "属地区市政府（管委）", "en": "The district government"},
    "catalogue_none": {"zh": "没有符合条件的职责", "en": "No such duty"},
    "catalogue_none_about": {
        "zh": "换一个词，或减少条件。",
        "en": "Try another word, or fewer conditions.",
    },
    "catalogue_empty": {"zh": "还没有权责清单", "en": "There is no catalogue yet"},
    "catalogue_empty_about": {
        "zh": "管理员可用 LIANXIN_DUTIES 指定一个 CSV 文件。",
        "en": "An administrator names a CSV file in LIANXIN_DUTIES.",
    },
    "catalogue_unknown": {
        "zh": "地址中的条件无效。",
        "en": "The address asks for what is unknown.",
    },
    "owner_title": {"zh": "归口建议", "en": "Whose it is"},
    "owner_about": {
        "zh": "依据权责清单、以往办结情况和诉求用词给出，供派单和会商参考。",
        "en": "Suggested by the catalogue of duties, by who finished such tickets, by its words.",
    },
    "owner_none": {
        "zh": "清单中没有对应职责，以往也没有同类办结。",
        "en": "No duty speaks of it, and no ticket like it was finished here.",
    },
    "owner_catalogue": {"zh": "查看权责清单", "en": "Open the catalogue of duties"},
    "owner_beside": {"zh": "配合：{units}", "en": "With: {units}"},
    "owner_returned": {"zh": "曾退回", "en": "Sent it back"},
    "owner_why_word": {
        "zh": "牵头：{title}（诉求提到：{word}）",
        "en": "Leads in: {title} (by the word {word})",
    },
    "owner_why_duty": {"zh": "牵头：{title}", "en": "Leads in: {title}"},
    "owner_why_cooperating": {"zh": "配合：{title}", "en": "Cooperates in: {title}"},
    "owner_why_history": {
        "zh": "近 {days} 天本地同类 {among} 件，由其办结 {times} 件",
        "en": "Finished {times} of {among} tickets like it here in {days} days",
    },
    "owner_why_named": {"zh": "诉求提到：{word}", "en": "The ticket names it: {word}"},
    "owner_why_holds": {"zh": "正在承办", "en": "Holds it now"},
    "owner_why_held": {"zh": "曾经承办", "en": "Held it before"},
    "owner_why_returned": {"zh": "曾把此单退回", "en": "Sent this ticket back"},
}
