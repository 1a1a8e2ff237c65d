"""The words of a paper of accountability, in both languages."""

from collections.abc import Mapping
from typing import Literal

WORDS: Mapping[str, dict[Literal["zh", "en"], str]] = {
    "accountability": {"zh": "问责书", "en": "Accountability"},
    "accountability_about": {"zh": "关于对{unit}予以{step}的决定", "en": "{step}: {unit}"},
    "accountability_asks": {"zh": "要求", "en": "What it asks"},
    "accountability_ground": {"zh": "事由", "en": "Ground"},
    "accountability_appeal": {
        "zh": "如有异议，可于 {time} 前提出申诉；申诉由未参与提出和审核的人决定。",
        "en": "You may appeal until {time}. Somebody who neither proposed nor approved it decides.",
    },
    "accountability_stands": {
        "zh": "本问责书在效至 {time}。",
        "en": "This paper stands until {time}.",
    },
    "accountability_decision": {"zh": "申诉复核", "en": "After the appeal"},
    "accountability_replaces": {
        "zh": "本问责书替代 {number} 号问责书。",
        "en": "This paper takes the place of {number}.",
    },
    "accountability_approved": {"zh": "审核与发出", "en": "Approved and issued by"},
    "accountability_part": {"zh": "环节", "en": "Part"},
    "accountability_who": {"zh": "签署人", "en": "Who"},
    "accountability_when": {"zh": "时间", "en": "When"},
    "accountability_first": {"zh": "初审", "en": "First approval"},
    "accountability_second": {"zh": "复审", "en": "Second approval"},
    "accountability_issuer": {"zh": "发出", "en": "Issued"},
    "accountability_evidence": {"zh": "附：证据清单", "en": "Annex: the evidence"},
    "accountability_kind": {"zh": "类别", "en": "Kind"},
    "accountability_what": {"zh": "内容", "en": "What it is"},
    "accountability_digest": {
        "zh": "校验码（SHA-256）：{digest}",
        "en": "Digest (SHA-256): {digest}",
    },
    "accountability_foot": {"zh": "问责书 {number}", "en": "Accountability {number}"},
    "accountability_received": {"zh": "{unit}签收：", "en": "Received by {unit}:"},
}
