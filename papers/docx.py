"""A report as DOCX, by python-docx: to be worked on further, in the typefaces offices write in."""

import io
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from papers import png
from papers.drawing import COLOURS
from papers.paper import Block, Cell, Heading, Paper, Paragraph, Picture, Table
from papers.watermark import watermark

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SONG, HEI, LATIN = "仿宋", "黑体", "Times New Roman"
"""GB/T 9704-2012 sets official text in 仿宋 and heads in 黑体; every office has both."""

RED = RGBColor(0xC0, 0x12, 0x12)
TONES = {
    "few": RGBColor(*(round(255 * part) for part in COLOURS["grey"])),
    "below": RGBColor(*(round(255 * part) for part in COLOURS["red"])),
}
WIDTH_MM = 176
NARROW = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="40" w:type="dxa"/>'
    '<w:right w:w="40" w:type="dxa"/></w:tblCellMar>'
)
"""What is left free beside the words of a cell, twentieths of a point: else numbers break."""
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}


def write(paper: Paper) -> bytes:
    """Write a report."""
    made = io.BytesIO()
    _Writer(paper).document().save(made)
    return made.getvalue()


class _Writer:
    """Puts a report's parts into a document, one below the other."""

    def __init__(self, paper: Paper) -> None:
        self._paper, self._made = paper, Document()

    def document(self) -> Any:
        """Give the whole document."""
        self._page()
        self._masthead()
        for block in self._paper.blocks:
            self._block(block)
        self._signatures()
        self._made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in self._paper.annex:
            self._block(block)
        return self._made

    def _page(self) -> None:
        paper, made = self._paper, self._made
        section = made.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(17)
        section.top_margin, section.bottom_margin = Mm(18), Mm(20)
        usual = made.styles["Normal"]
        usual.font.size = Pt(12)
        _typeface(usual, SONG)
        usual.paragraph_format.space_after = Pt(4)
        usual.element.rPr.append(_element("w:lang", **{
            "w:val": LANGUAGES["en"], "w:eastAsia": LANGUAGES["zh"]}))  # fmt: skip
        about = made.core_properties
        about.title, about.author = f"{paper.title} {paper.number}", paper.issuer
        about.subject, about.comments = paper.kind, paper.foot
        about.language = LANGUAGES[paper.language]
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        self._run(foot, f"{paper.foot}\t", size=8)
        before, _, rest = paper.page.partition("{n}")
        between, _, after = rest.partition("{of}")
        self._run(foot, before, size=8)
        _field(foot, "PAGE")
        self._run(foot, between, size=8)
        _field(foot, "NUMPAGES")
        self._run(foot, after, size=8)
        if paper.mark:
            self._run(section.footer.add_paragraph(), paper.mark, size=8)
            section.header.paragraphs[0]._p.append(parse_xml(watermark(paper.mark)))

    def _masthead(self) -> None:
        paper = self._paper
        for said in (paper.house, paper.kind):
            self._line(said, size=24, bold=True, colour=RED, side=CENTRE)
        self._line(paper.number, size=12, side=CENTRE)
        issued = self._made.add_paragraph()
        issued.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
        self._run(issued, f"{paper.issuer}\t{paper.dated}")
        _ruled(issued)
        self._line(paper.title, size=18, bold=True, side=CENTRE)
        if paper.notice:
            self._line(paper.notice, size=10, colour=RED, side=CENTRE)

    def _block(self, block: Block) -> None:
        if isinstance(block, Heading):
            head = self._made.add_heading(level=block.level)
            self._run(head, block.text, size=15 if block.level == 1 else 12.5, bold=True, face=HEI)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, Picture):
            self._picture(block)
        else:
            self._table(block)

    def _paragraph(self, block: Paragraph) -> None:
        size = {"note": 9, "headline": 14}.get(block.kind, 12)
        made = self._made.add_paragraph()
        if block.kind != "note" and self._paper.language == "zh":
            made.paragraph_format.first_line_indent = Pt(size * 2)
        self._run(
            made, block.text, size=size, colour=TONES["few"] if block.kind == "note" else None
        )

    def _picture(self, block: Picture) -> None:
        caption = self._line(block.caption, size=10.5, bold=True)
        caption.paragraph_format.keep_with_next = True
        place = self._made.add_paragraph()
        shape = place.add_run().add_picture(
            io.BytesIO(png.write(block.drawing)), width=Mm(WIDTH_MM)
        )
        shape._inline.docPr.set("descr", block.drawing.says)

    def _table(self, table: Table) -> None:
        made = self._made.add_table(rows=0, cols=len(table.heads))
        made.style, made.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        made.autofit = False
        made._tbl.tblPr.append(parse_xml(NARROW))
        whole = sum(table.widths)
        widths = [Mm(WIDTH_MM * one / whole) for one in table.widths]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        heads = tuple(Cell(one, "strong") for one in table.heads)
        for number, row in enumerate((heads, *table.rows)):
            added = made.add_row()
            properties = added._tr.get_or_add_trPr()
            properties.append(_element("w:cantSplit"))
            if not number:
                properties.append(_element("w:tblHeader"))
            for place, (cell, said) in enumerate(zip(added.cells, row, strict=True)):
                cell.width = widths[place]
                self._cell(cell.paragraphs[0], said, number=place >= table.words)
        self._made.add_paragraph().paragraph_format.space_after = Pt(2)

    def _cell(self, into: Any, cell: Cell, *, number: bool) -> None:
        into.paragraph_format.space_after = Pt(0)
        if number:
            into.alignment = RIGHT
        bold = cell.tone == "strong"
        self._run(into, cell.text, size=8.5, bold=bold, colour=TONES.get(cell.tone))
        if cell.cases:
            self._run(into, f" {cell.cases}", size=6.5, colour=TONES["few"])

    def _signatures(self) -> None:
        line = self._made.add_paragraph()
        line.paragraph_format.space_before = Pt(18)
        for place_mm in (90, 130):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(place_mm))
        self._run(line, "\t".join(self._paper.signatures))

    def _line(self, said: str, *, side: Any = None, **more: Any) -> Any:
        made = self._made.add_paragraph()
        made.alignment = side
        self._run(made, said, face=HEI if more.get("bold") else SONG, **more)
        return made

    def _run(
        self,
        into: Any,
        said: str,
        *,
        size: float = 12,
        bold: bool = False,
        colour: RGBColor | None = None,
        face: str = SONG,
    ) -> None:
        run = into.add_run(said)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor(0, 0, 0) if colour is None else colour
        _typeface(run, face)


def _typeface(of: Any, chinese: str) -> None:
    """Name the typefaces: of Chinese apart, which Word would else choose by itself."""
    of.font.name = LATIN
    of.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), chinese)


def _element(name: str, **values: str) -> Any:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(key), value)
    return made


def _field(into: Any, name: str) -> None:
    """Put in a number that Word counts itself."""
    made = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="{name}"><w:r><w:rPr><w:sz w:val="16"/></w:rPr>'
        "<w:t>1</w:t></w:r></w:fldSimple>"
    )
    into._p.append(made)


def _ruled(line: Any) -> None:
    """Draw the red line under a paragraph."""
    borders = _element("w:pBdr")
    borders.append(_element("w:bottom", **{
        "w:val": "single", "w:sz": "18", "w:space": "4", "w:color": str(RED)}))  # fmt: skip
    line._p.get_or_add_pPr().append(borders)
