"""The words of an order, in both languages."""

from collections.abc import Mapping
from typing import Literal

WORDS: Mapping[str, dict[Literal["zh", "en"], str]] = {
    "order": {"zh": "明责交办单", "en": "Order"},
    "order_about": {"zh": "关于由{unit}牵头办理的终诊意见", "en": "Final opinion: {unit} leads"},
    "order_part": {"zh": "职责", "en": "Part"},
    "order_unit": {"zh": "单位", "en": "Unit"},
    "order_due": {"zh": "办结时限", "en": "Due"},
    "order_lead": {"zh": "牵头单位", "en": "Lead"},
    "order_cooperating": {"zh": "配合单位", "en": "Cooperating"},
    "order_decision": {"zh": "终诊意见", "en": "Decision"},
    "order_basis": {"zh": "职责依据", "en": "Basis"},
    "order_force": {"zh": "执行要求", "en": "What it binds to"},
    "order_force_about": {
        "zh": "首接负责，不予回退。自签署之时起，所列工单由牵头单位办理，"
        "任何单位不得退回或改派；如有新的情况，只能由新的终诊意见替代本意见。",
        "en": "From the moment it is signed the tickets listed stay with the lead. No unit gives "
        "them back or sends them on; only a newer final opinion takes the place of this one.",
    },
    "order_heard": {
        "zh": "本意见经 {clinic} 号坐诊（主持：{chair}）审定，对应争议 {dispute}，"
        "由 {signer} 于 {time} 签署。",
        "en": "Heard at clinic {clinic} under {chair}, on dispute {dispute}; signed by {signer} at "
        "{time}.",
    },
    "order_replaces": {
        "zh": "本意见替代 {number} 号明责交办单。",
        "en": "This opinion takes the place of order {number}.",
    },
    "order_digest": {"zh": "校验码（SHA-256）：{digest}", "en": "Digest (SHA-256): {digest}"},
    "order_tickets": {"zh": "附：涉及工单", "en": "Annex: the tickets it covers"},
    "order_ticket": {"zh": "工单编号", "en": "Ticket"},
    "order_source": {"zh": "来源", "en": "Source"},
    "order_title": {"zh": "标题", "en": "Title"},
    "order_foot": {"zh": "明责交办单 {number}", "en": "Order {number}"},
    "order_chair": {"zh": "坐诊领导（签字）：", "en": "Chair (signature):"},
    "order_received": {"zh": "牵头单位签收：", "en": "Received by the lead:"},
}
