"""Reports as PDF: what is read back out of them is what the bulletin says, in its own letters."""

import io
import re
from datetime import date

import pytest
from pypdf import PdfReader

from operations.bulletin.issue import Kind
from operations.pulse.figures import FIGURE
from papers import pdf
from papers.tables import MOST_UNITS
from papers.telling import paper_of
from tests.bulletins import DAY, bulletin, figures, terms
from tests.figures import MemoryFigures, sums


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made), strict=True)


def text(made: bytes) -> str:
    """Give all words of a PDF, the breaks of its lines taken out."""
    said = "".join(page.extract_text() for page in read(made).pages)
    return re.sub(r"\s", "", said)


def fonts(made: bytes) -> dict[str, object]:
    found = {}
    for page in read(made).pages:
        for font in page["/Resources"]["/Font"].values():
            found[font["/BaseFont"]] = font
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_figure_of_the_bulletin_can_be_read(language):
    told = bulletin()
    said = text(pdf.write(paper_of(told, language)))
    assert len(told.measures) > 15
    for one in told.measures:
        figure = FIGURE[one.code]
        name = figure.zh if language == "zh" else figure.en
        value = one.now.value
        if figure.unit.value == "tickets":
            row = f"{name}{value:,.0f}"
        elif figure.unit.value == "share":
            row = f"{name}{value * 100:.1f}%{one.now.n:,}"
        else:
            row = name
        assert row.replace(" ", "") in said


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_letters_are_in_it_and_none_is_missing(language):
    made = pdf.write(paper_of(bulletin(), language))
    ours = fonts(made)
    assert ours
    for name, font in ours.items():
        assert re.fullmatch(r"/[A-Z]{6}\+LianxinSans-(Regular|Bold)", name), name
        assert font["/FontDescriptor"]["/FontFile2"].get_data(), name
    assert "\x00" not in text(made)
    assert "�" not in text(made)


def test_an_empty_period_says_so():
    figures = MemoryFigures()
    said = text(pdf.write(paper_of(bulletin(figures=figures), "zh")))
    assert "2026年11月23日（星期一），全市热线没有受理诉求。" in said


def test_who_takes_it_is_on_every_page():
    made = pdf.write(paper_of(bulletin(), "zh", mark="王芳 wangfang 2026-11-24 09:30"))
    pages = read(made).pages
    assert len(pages) > 1
    for page in pages:
        assert "王芳 wangfang 2026-11-24 09:30" in page.extract_text()


def test_what_is_made_up_says_so():
    assert "演示数据" in text(pdf.write(paper_of(bulletin(terms=terms(demo=True)), "zh")))
    assert "演示数据" not in text(pdf.write(paper_of(bulletin(), "zh")))


@pytest.mark.parametrize(
    ("kind", "code", "title"),
    [
        (Kind.DAILY, "2026-11-23", "2026年第327期"),
        (Kind.WEEKLY, "2026-11-16", "2026年第47期"),
        (Kind.MONTHLY, "2026-10-01", "2026年第10期"),
    ],
)
def test_each_kind_has_its_number(kind, code, title):
    assert title in text(pdf.write(paper_of(bulletin(kind, date.fromisoformat(code)), "zh")))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_thousand_categories_make_no_long_report(language):
    held = figures()
    for number in range(2_000):
        held.put(DAY, sums(opened=1 + number % 7), category=f"c-{number}", department=f"d-{number}")
    told = bulletin(figures=held)
    assert told.sorts_in_all == 2_002
    assert len(told.sorts) == len(told.biggest) == 10
    made = pdf.write(paper_of(told, language))
    assert len(read(made).pages) < 20
    left = f"{2_002 - MOST_UNITS:,}"
    assert left in text(made), "those that are not listed are added up"
