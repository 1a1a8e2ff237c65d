"""A report as PDF, by ReportLab: text that can be searched, charts as lines, fonts cut to size."""

import io
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    KeepTogether,
    PageBreak,
    SimpleDocTemplate,
)
from reportlab.platypus import Paragraph as Words
from reportlab.platypus import Table as Grid

from papers.breaking import broken
from papers.drawing import COLOURS
from papers.paper import Block, Cell, Heading, Paper, Paragraph, Picture, Table
from papers.pdf_chart import REGULAR, Chart

FONTS = Path(__file__).with_name("fonts")
BOLD = "LianxinSans-Bold"
MIMETYPE = "application/pdf"
MARGIN, HEAD, FOOT = 17 * mm, 18 * mm, 20 * mm
ROOM = 52 * mm
"""What a head needs below it on a page: some lines of what it is the head of."""
FRAME = 6
"""What ReportLab leaves free on both sides of a page's text, points."""
RED, RULE, BAND = Color(0.75, 0.07, 0.07), Color(0.62, 0.66, 0.71), Color(0.945, 0.957, 0.97)
INK, GREY = (Color(*COLOURS[name]) for name in ("ink", "grey"))
TONES = {"few": GREY, "below": Color(*COLOURS["red"])}
OURS = ("FONTNAME", (0, 0), (-1, -1), REGULAR)
"""Of every table: ReportLab would name a font of its own, which is in no file."""
LINED = [
    OURS,
    ("BACKGROUND", (0, 0), (-1, 0), BAND),
    ("LINEABOVE", (0, 0), (-1, 0), 1.0, INK),
    ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
    ("LINEBELOW", (0, -1), (-1, -1), 1.0, INK),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 2),
    ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ("TOPPADDING", (0, 0), (-1, -1), 2.5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
]
LANGUAGES = {"zh": "zh-CN", "en": "en"}


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Read the fonts, once a process: it takes a third of a second."""
    registerFont(TTFont(REGULAR, str(FONTS / "lianxin-sans-regular.ttf")))
    registerFont(TTFont(BOLD, str(FONTS / "lianxin-sans-bold.ttf")))
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def write(paper: Paper) -> bytes:
    """Write a report."""
    _fonts()
    made = io.BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=HEAD, bottomMargin=FOOT,
        title=f"{paper.title} {paper.number}", author=paper.issuer, subject=paper.kind,
        creator=paper.foot, lang=LANGUAGES[paper.language], initialFontName=REGULAR,
    )  # fmt: skip

    def pages(*given: Any, **named: Any) -> Canvas:
        return _Pages(paper, *given, **named)

    document.build(_Writer(paper, document.width - 2 * FRAME).flowables(), canvasmaker=pages)
    return made.getvalue()


class _Pages(Canvas):  # type: ignore[misc]
    """Writes every page once how many there are is known: foot, number, and who takes it."""

    def __init__(self, paper: Paper, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._paper, self._kept = paper, list[dict[str, Any]]()

    def showPage(self) -> None:  # noqa: N802 - ReportLab's name
        """Keep a page until the last is there."""
        self._kept.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write them all."""
        kept = self._kept
        for number, page in enumerate(kept, 1):
            self.__dict__.update(page)
            self._beside(number, len(kept))
            super().showPage()
        super().save()

    def _beside(self, number: int, of: int) -> None:
        width, paper = A4[0], self._paper
        self.setFont(REGULAR, 8)
        self.setFillColor(GREY)
        self.drawString(MARGIN, 11 * mm, paper.foot)
        self.drawRightString(width - MARGIN, 11 * mm, paper.page.format(n=number, of=of))
        if paper.mark:
            self._mark(paper.mark)

    def _mark(self, said: str) -> None:
        """Lay who takes the report over the whole page, too faint to be in the way."""
        self.saveState()
        self.setFillColor(GREY, alpha=0.13)
        self.setFont(REGULAR, 13)
        self.translate(A4[0] / 2, A4[1] / 2)
        self.rotate(32)
        for row in range(-4, 5):
            for column in (-1, 0, 1):
                self.drawCentredString(column * 330 + (row % 2) * 120, row * 105, said)
        self.restoreState()


class _Writer:
    """Turns a report's parts into what flows over the pages."""

    def __init__(self, paper: Paper, width: float) -> None:
        self._paper, self._width = paper, width
        self._chinese = paper.language == "zh"

    def flowables(self) -> list[Flowable]:
        """Give everything in its order; a head stays with what it is the head of."""
        paper = self._paper
        return [*self._masthead(), *self._flow(paper.blocks), *self._signatures(),
                PageBreak(), *self._flow(paper.annex)]  # fmt: skip

    def _flow(self, blocks: Sequence[Block]) -> list[Flowable]:
        found, heads = list[Flowable](), list[Flowable]()
        for place, block in enumerate(blocks):
            drawn = self._block(block)
            if isinstance(block, Heading):
                # A sentence is kept with its head; a table is not, for it breaks.
                breaks = any(isinstance(one, Table) for one in blocks[place + 1 : place + 3])
                found += [CondPageBreak(ROOM)] if breaks and not heads else []
                heads += drawn
            elif isinstance(block, Table):
                found += [*heads, *drawn]
                heads = []
            else:
                found += [KeepTogether([*heads, *drawn])] if heads else drawn
                heads = []
        return found

    def _style(self, size: float, **more: Any) -> ParagraphStyle:
        usual: dict[str, Any] = {
            "fontName": REGULAR, "fontSize": size, "leading": size * 1.6, "textColor": INK,
        }  # fmt: skip
        if self._chinese:
            usual["wordWrap"] = "CJK"
        return ParagraphStyle("", **usual | more)

    def _masthead(self) -> list[Flowable]:
        paper = self._paper
        house = self._style(23, fontName=BOLD, textColor=RED, alignment=TA_CENTER, leading=32)
        middle = self._style(11, alignment=TA_CENTER, spaceAfter=5)
        sides = Grid(
            [[Words(escape(paper.issuer), self._style(11)),
              Words(escape(paper.dated), self._style(11, alignment=TA_RIGHT))]],
            colWidths=[self._width / 2] * 2,
            style=[OURS, ("LEFTPADDING", (0, 0), (-1, -1), 0),
                   ("RIGHTPADDING", (0, 0), (-1, -1), 0)],
        )  # fmt: skip
        title = self._style(17, fontName=BOLD, alignment=TA_CENTER, leading=25, spaceBefore=8)
        notice = self._style(10, alignment=TA_CENTER, textColor=RED)
        return [
            Words(escape(paper.house), house),
            Words(escape(paper.kind), house),
            Words(escape(paper.number), middle),
            sides,
            HRFlowable(width="100%", thickness=2, color=RED, spaceBefore=3, spaceAfter=8),
            Words(escape(paper.title), title),
            *([Words(escape(paper.notice), notice)] if paper.notice else []),
        ]

    def _block(self, block: Block) -> list[Flowable]:
        if isinstance(block, Heading):
            size = 13.5 if block.level == 1 else 11
            style = self._style(size, fontName=BOLD, spaceBefore=size * 0.9, spaceAfter=4)
            return [Words(escape(block.text), style)]
        if isinstance(block, Paragraph):
            return [self._paragraph(block)]
        if isinstance(block, Picture):
            caption = self._style(9.5, fontName=BOLD, spaceBefore=10, spaceAfter=3)
            return [KeepTogether([Words(escape(block.caption), caption),
                                  Chart(block.drawing, self._width)])]  # fmt: skip
        return [self._table(block)]

    def _paragraph(self, block: Paragraph) -> Flowable:
        if block.kind == "note":
            style = self._style(8.5, textColor=GREY, spaceBefore=3, spaceAfter=3)
        else:
            size = 12 if block.kind == "headline" else 10.5
            first = size * 2 if self._chinese else 0
            style = self._style(size, firstLineIndent=first, spaceBefore=4, spaceAfter=2)
        if not self._chinese:
            return Words(escape(block.text), style)

        def width(said: str) -> float:
            return float(stringWidth(said, style.fontName, style.fontSize))

        lines = broken(block.text, self._width - 1, style.firstLineIndent, width)
        style.wordWrap = None  # the lines are made; ReportLab's own would begin some with a comma
        return Words("<br/>".join(map(escape, lines)), style)

    def _table(self, table: Table) -> Flowable:
        heads = [
            Words(escape(one), self._heads[place >= table.words])
            for place, one in enumerate(table.heads)
        ]
        rows = [
            [self._cell(one, number=place >= table.words) for place, one in enumerate(row)]
            for row in table.rows
        ]
        whole = sum(table.widths)
        return Grid(
            [heads, *rows],
            colWidths=[self._width * one / whole for one in table.widths],
            repeatRows=1,
            spaceBefore=4,
            spaceAfter=6,
            style=LINED,
        )

    def _cell(self, cell: Cell, *, number: bool) -> Words:
        style = self._cells[number][cell.tone == "strong"]
        said = escape(cell.text)
        if cell.tone in TONES:
            said = f'<font color="{TONES[cell.tone].hexval()}">{said}</font>'
        if cell.cases:
            said += f' <font size="6.3" color="{GREY.hexval()}">{escape(cell.cases)}</font>'
        return Words(said, style)

    @cached_property
    def _heads(self) -> list[ParagraphStyle]:
        """How the heads of columns look, over words and over numbers; no word is cut."""
        size = 7.5 if self._chinese else 7
        return [
            self._style(size, leading=10, fontName=BOLD, alignment=side, splitLongWords=0)
            for side in (TA_LEFT, TA_RIGHT)
        ]

    @cached_property
    def _cells(self) -> list[list[ParagraphStyle]]:
        """How cells look: words or numbers, plain or strong."""
        return [
            [self._style(8, leading=11, fontName=font, alignment=side) for font in (REGULAR, BOLD)]
            for side in (TA_LEFT, TA_RIGHT)
        ]

    def _signatures(self) -> list[Flowable]:
        row = [Words(escape(one), self._style(10.5)) for one in self._paper.signatures]
        lined = [
            OURS,
            ("LINEABOVE", (0, 0), (-1, 0), 1.0, RED),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ]
        widths = [self._width * share for share in (0.5, 0.25, 0.25)]
        return [Grid([row], colWidths=widths, spaceBefore=16, style=lined)]
