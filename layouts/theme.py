"""Type that can be read from the farthest seat: sizes from distance and pixel pitch.

A character is legible when it fills an angle of at least 20 minutes of arc (ISO 9241-303,
5.5.4). Chinese needs a little more, and a word of state must be read first:
body 22 arcmin, state 25 arcmin, nothing under 20.

    height_mm = 2 * distance_mm * tan(angle / 2)        size_px = height_mm / pitch_mm

Every other size hangs on the body size, the CSS variable `--body`; the grid counts in it too,
so a wall that needs larger type shows fewer rows, never smaller letters. Without a pitch
`--body` follows the viewport (assets/01_tokens.css).
"""

import math

LEAST_ARCMIN = 20.0
BODY_ARCMIN = 22.0
STATE_ARCMIN = 25.0


def character_px(arcmin: float, *, distance_m: float, pitch_mm: float) -> int:
    """Size in whole pixels, rounded up, of a character that fills `arcmin` at `distance_m`."""
    angle = math.radians(arcmin / 60)
    height_mm = 2 * distance_m * 1000 * math.tan(angle / 2)
    return math.ceil(height_mm / pitch_mm)


def type_scale(distance_m: float, pitch_mm: float | None) -> dict[str, str]:
    """Give the CSS variables of the type scale; none where the pitch is unknown."""
    if pitch_mm is None:
        return {}

    def size(arcmin: float) -> str:
        return f"{character_px(arcmin, distance_m=distance_m, pitch_mm=pitch_mm)}px"

    return {
        "--body": size(BODY_ARCMIN),
        "--small": size(LEAST_ARCMIN),
        "--state": size(STATE_ARCMIN),
    }
