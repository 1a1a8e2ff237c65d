"""The words of the page that lets a wall in; `layouts.wording` joins them to all others."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "pair_title": {"zh": "配对这块屏幕", "en": "Pair this screen"},
    "pair_about": {
        "zh": "请系统管理员输入此配对码，并为屏幕命名。十分钟内有效，过期自动更换。",
        "en": "An administrator types this code in and gives the screen a name. "
        "It lasts ten minutes, then another one stands here.",
    },
    "pair_waiting": {"zh": "正在获取配对码", "en": "Asking for a code"},
    "pair_away": {
        "zh": "暂时连不上服务器，正在重试",
        "en": "The server does not answer; trying again",
    },
    "pair_code": {"zh": "配对码", "en": "Pairing code"},
}
