"""The words of the rings and of supervision."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "ticket_ring_town": {"zh": "小环（镇街）", "en": "small ring (town)"},
    "ticket_ring_county": {"zh": "中环（区市）", "en": "middle ring (county)"},
    "ticket_ring_city": {"zh": "大环（市级）", "en": "large ring (city)"},
    "ticket_step_ringed_from": {
        "zh": "由{was}转到{now}",
        "en": "Moved from the {was} to the {now}",
    },
    "ticket_because_report": {"zh": "一键直报", "en": "a report upward"},
    "ticket_because_place": {"zh": "地点更正", "en": "another place"},
}
