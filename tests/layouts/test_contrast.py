"""Contrast of the tokens by WCAG 2.2: text 4.5:1 at least, graphics and large text 3:1."""

import re
from pathlib import Path

import pytest

TOKENS = dict(
    re.findall(
        r"--([\w-]+): (#[0-9a-f]{6});",
        (Path(__file__).parents[2] / "assets/01_tokens.css").read_text("utf-8"),
    )
)
SURFACES = ("ground", "panel", "raised", "sea", "land", "neighbours")


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[at : at + 2]) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(TOKENS[one]), luminance(TOKENS[two])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_formula_knows_black_on_white() -> None:
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#000000") == 0


@pytest.mark.parametrize("surface", SURFACES)
def test_text_is_read_on_every_surface(surface: str) -> None:
    assert contrast("text", surface) >= 7
    assert contrast("muted", surface) >= 4.5
    assert contrast("quiet", surface) >= 4.5


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("mark", ["abnormal", "severe", "accent", "cell"])
def test_graphics_are_seen_on_every_surface(mark: str, surface: str) -> None:
    assert contrast(mark, surface) >= 3


def test_words_on_filled_grounds() -> None:
    assert contrast("on-abnormal", "abnormal") >= 7
    assert contrast("ground", "accent") >= 7
    assert contrast("text", "dead") >= 4.5
    assert contrast("text", "heat") >= 7


def test_load_bars_are_seen() -> None:
    assert contrast("band-mid", "panel") >= 3


@pytest.mark.parametrize("surface", ["ground", "panel", "raised"])
@pytest.mark.parametrize("word", ["text", "muted", "abnormal", "accent"])
def test_words_are_read_under_a_watermark(word: str, surface: str) -> None:
    css = (Path(__file__).parents[2] / "assets/01_tokens.css").read_text("utf-8")
    share = float(re.search(r"--reader-mark: ([\d.]+);", css)[1])  # type: ignore[index]

    def marked(colour: str) -> str:
        pairs = [(int(colour[at : at + 2], 16), int(TOKENS["text"][at : at + 2], 16))
                 for at in (1, 3, 5)]  # fmt: skip
        return "#" + "".join(
            f"{round(one * (1 - share) + over * share):02x}" for one, over in pairs
        )

    # The mark may lie under a letter's edge alone, or over both.
    light, dark = luminance(TOKENS[word]), luminance(marked(TOKENS[surface]))
    assert (light + 0.05) / (dark + 0.05) >= 4.5
    assert luminance(marked(TOKENS["ground"])) > luminance(TOKENS["ground"]), "it is seen"
