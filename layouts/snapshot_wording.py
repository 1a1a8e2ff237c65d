"""The words of the button that takes a page away as a picture."""

from typing import Literal

WORDS: dict[str, dict[Literal["zh", "en"], str]] = {
    "snapshot_take": {"zh": "存为图片（PNG）", "en": "Save as picture (PNG)"},
    "snapshot_making": {"zh": "正在生成图片……", "en": "Making the picture …"},
    "snapshot_failed": {
        "zh": "图片没有生成。请再试一次，或改用打印。",
        "en": "The picture was not made. Try again, or print the page instead.",
    },
}
