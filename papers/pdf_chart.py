"""A chart in a PDF: lines, boxes and words, no dots."""

from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from papers.drawing import COLOURS, Box, Drawing, Line

REGULAR = "LianxinSans"
"""The typeface of everything that is not bold."""


class Chart(Flowable):  # type: ignore[misc]
    """A chart, drawn as lines and text."""

    def __init__(self, drawing: Drawing, across: float) -> None:
        super().__init__()
        self._drawing, self._scale = drawing, across / drawing.width
        self.width, self.height = across, drawing.height * self._scale

    def draw(self) -> None:
        """Draw it where the page has come to."""
        canvas = self.canv
        canvas.scale(self._scale, self._scale)
        for shape in self._drawing.shapes:
            self._draw(canvas, shape)

    def _draw(self, canvas: Canvas, shape: Any) -> None:
        height, colour = self._drawing.height, Color(*COLOURS[shape.colour])
        if isinstance(shape, Box):
            canvas.setFillColor(colour)
            lowest = height - shape.y - shape.height
            canvas.rect(shape.x, lowest, shape.width, shape.height, stroke=0, fill=1)
        elif isinstance(shape, Line):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(shape.width)
            path = canvas.beginPath()
            for place, (x, y) in enumerate(shape.points):
                (path.lineTo if place else path.moveTo)(x, height - y)
            canvas.drawPath(path)
        else:
            canvas.setFillColor(colour)
            canvas.setFont(REGULAR, shape.size)
            put = {"end": canvas.drawRightString, "middle": canvas.drawCentredString}
            put.get(shape.anchor, canvas.drawString)(shape.x, height - shape.y, shape.text)
