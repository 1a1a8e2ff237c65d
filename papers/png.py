"""A chart as PNG, by Pillow: for papers that hold pictures and no drawings."""

import io
from functools import lru_cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from papers.drawing import COLOURS, Box, Drawing, Line

FONT = Path(__file__).with_name("fonts") / "lianxin-sans-regular.ttf"
SCALE = 3
"""Dots a point: 216 to the inch, which a printer shows without steps."""

ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
WHITE = (255, 255, 255)


@lru_cache(maxsize=8)
def _font(size: float) -> Any:
    return ImageFont.truetype(str(FONT), round(size * SCALE))


def write(drawing: Drawing) -> bytes:
    """Draw a chart on white."""
    size = (round(drawing.width * SCALE), round(drawing.height * SCALE))
    image = Image.new("RGB", size, WHITE)
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        colour = tuple(round(255 * part) for part in COLOURS[shape.colour])
        if isinstance(shape, Box):
            left, top = shape.x * SCALE, shape.y * SCALE
            right, bottom = left + shape.width * SCALE, top + shape.height * SCALE
            if right > left and bottom > top:
                pen.rectangle((left, top, right, bottom), fill=colour)
        elif isinstance(shape, Line):
            points = [(x * SCALE, y * SCALE) for x, y in shape.points]
            pen.line(points, fill=colour, width=max(round(shape.width * SCALE), 1), joint="curve")
        else:
            at, anchor = (shape.x * SCALE, shape.y * SCALE), ANCHORS[shape.anchor]
            pen.text(at, shape.text, fill=colour, font=_font(shape.size), anchor=anchor)
    made = io.BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()
