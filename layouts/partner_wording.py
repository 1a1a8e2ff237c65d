"""The words of the registry of partners."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "partners_title": {"zh": "协作单位", "en": "Partners"},
    "partners_link": {"zh": "协作单位", "en": "Partners"},
    "partners_link_about": {
        "zh": "事件中吹哨的水厂、热源、电网等单位：名称、值班电话、归口部门",
        "en": "Plants and utilities that incidents call: names, duty telephones, who answers",
    },
    "partners_about": {
        "zh": "部门以外、事件中可以吹哨的单位。停用的不再出现在新的吹哨里，已吹哨的不受影响。"
        "名称放行后才显示在大屏上，此前显示为“外部单位”；改名后须重新放行。",
        "en": "Parties beyond the departments that an incident may call. One that is not active "
        "is called no more; where it was called it stays. A name stands on walls once it is "
        "released, and is a party from outside before; one that is changed has to be released "
        "again.",
    },
    "partners_none": {"zh": "没有协作单位。", "en": "No partner."},
    "partners_found": {"zh": "{n} 家", "en": "{n} partners"},
    "partners_find": {"zh": "查找", "en": "Find"},
    "partners_words": {"zh": "名称、代码、电话或部门", "en": "Name, code, telephone or department"},
    "partners_add": {"zh": "新增单位", "en": "Add a partner"},
    "partners_edit": {"zh": "修改", "en": "Edit"},
    "partners_out": {"zh": "导出 CSV", "en": "CSV out"},
    "partners_in": {"zh": "导入 CSV", "en": "CSV in"},
    "partners_taken": {
        "zh": "已导入：{n} 家有变化，共读 {whole} 家。",
        "en": "Taken in: {n} of {whole} partners changed.",
    },
    "partners_kept": {"zh": "已保存。", "en": "Kept."},
    "partners_conflict": {
        "zh": "在您看到之后已有人修改；请看过最新内容再存。",
        "en": "Somebody has changed it since you saw it. Look at it again, then send.",
    },
    "partners_on_walls": {"zh": "已放行", "en": "Released"},
    "partners_held_back": {"zh": "未放行", "en": "Held back"},
    "partners_release": {"zh": "放行上墙", "en": "Release"},
    "partners_withdraw": {"zh": "撤回", "en": "Withdraw"},
    "partners_let": {
        "zh": "名称已放行，可显示在大屏上。",
        "en": "Its name may stand on walls now.",
    },
    "partners_withdrawn": {
        "zh": "名称已撤回，大屏上改为“外部单位”。",
        "en": "Its name is off the walls.",
    },
    "partners_active": {"zh": "启用", "en": "Active"},
    "partners_inactive": {"zh": "停用", "en": "Not active"},
    "partner_field_code": {"zh": "代码", "en": "Code"},
    "partner_field_name_zh": {"zh": "中文名称", "en": "Chinese name"},
    "partner_field_name_en": {"zh": "英文名称", "en": "English name"},
    "partner_field_kind": {"zh": "类别", "en": "Kind"},
    "partner_field_telephone": {"zh": "值班电话", "en": "Duty telephone"},
    "partner_field_department": {"zh": "归口部门", "en": "Who answers for it"},
    "partner_field_active": {"zh": "状态", "en": "Standing"},
    "partner_field_walls": {"zh": "大屏上的名称", "en": "Name on walls"},
    "partner_kind_water": {"zh": "供排水", "en": "Water"},
    "partner_kind_gas": {"zh": "燃气", "en": "Gas"},
    "partner_kind_heating": {"zh": "供热", "en": "Heating"},
    "partner_kind_power": {"zh": "供电", "en": "Power"},
    "partner_kind_telecom": {"zh": "通信", "en": "Telecom"},
    "partner_kind_sanitation": {"zh": "环卫", "en": "Sanitation"},
    "partner_kind_transit": {"zh": "公共交通", "en": "Transit"},
    "partner_kind_property": {"zh": "物业", "en": "Property"},
    "partner_kind_other": {"zh": "其他", "en": "Other"},
    "partner_bad_code": {
        "zh": "代码须为 1 至 40 个字母、数字、_ 或 -，且不与部门代码相同。",
        "en": "A code has 1 to 40 letters, digits, _ or -, and is no department's.",
    },
    "partner_bad_name_zh": {"zh": "请写中文名称。", "en": "Every partner has a name."},
    "partner_bad_kind": {"zh": "请选类别。", "en": "Choose what kind it is."},
    "partner_bad_telephone": {
        "zh": "电话只能含数字和 + - ( ) / # *。",
        "en": "A telephone has digits, and + - ( ) / # *.",
    },
    "partner_bad_department": {"zh": "请选归口部门。", "en": "Choose who answers for it."},
    "partner_bad_other": {
        "zh": "没有做成（{field}）：{reason}",
        "en": "It was not done ({field}): {reason}",
    },
}
