"""Reports as DOCX: read back, they hold the figures, the pictures and who takes them."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from operations.pulse.figures import FIGURE
from papers import docx
from papers.telling import paper_of
from tests.bulletins import bulletin
from tests.figures import MemoryFigures


def read(language="zh", mark="", **changes):
    return Document(io.BytesIO(docx.write(paper_of(bulletin(**changes), language, mark))))


def words(document) -> str:
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + tables)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_of_figures_is_the_bulletin_s(language):
    told = bulletin()
    document = read(language)
    rows = {row.cells[0].text: [cell.text for cell in row.cells] for row in document.tables[0].rows}
    for one in told.measures:
        figure = FIGURE[one.code]
        row = rows[figure.zh if language == "zh" else figure.en]
        if figure.unit.value == "tickets":
            assert row[1] == f"{one.now.value:,.0f}"
        elif figure.unit.value == "share":
            assert row[1:3] == [f"{one.now.value * 100:.1f}%", f"{one.now.n:,}"]


def test_chinese_is_set_in_the_typefaces_of_offices():
    runs = [run for paragraph in read().paragraphs for run in paragraph.runs if run.text.strip()]
    faces = {run.element.rPr.rFonts.get(qn("w:eastAsia")) for run in runs}
    assert faces == {"仿宋", "黑体"}


def test_charts_are_pictures_that_say_what_they_show():
    document = read()
    shapes = document.inline_shapes
    assert len(shapes) == 2
    for shape in shapes:
        part = document.part.related_parts[
            shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        ]
        image = Image.open(io.BytesIO(part.blob))
        assert image.width > 1200
        assert len(image.getcolors(1 << 20)) > 20
        assert re.search(r"\d", shape._inline.docPr.get("descr"))


def test_heads_of_tables_come_again_on_every_page():
    for table in read().tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_who_takes_it_is_behind_and_below_every_page():
    mark = 'wang "<芳>" & co 2026-11-24'
    document = read(mark=mark)
    section = document.sections[0]
    assert mark in [one.text for one in section.footer.paragraphs]
    assert "&quot;&lt;芳&gt;&quot;" in section.header.paragraphs[0]._p.xml


def test_an_empty_period_says_so():
    assert "全市热线没有受理诉求。" in words(read(figures=MemoryFigures()))


def test_nothing_in_it_leads_outside():
    made = docx.write(paper_of(bulletin(), "zh"))
    with zipfile.ZipFile(io.BytesIO(made)) as held:
        for name in held.namelist():
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in held.read(name), name
