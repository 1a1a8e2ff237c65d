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
from tests.bulletins import DAY, NAMES, bulletin, busy, figures, ground, terms
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
def test_what_is_signed_ends_before_the_annex_and_no_page_is_left_empty(language):
    *body, annex = [page.extract_text() for page in read(made_of_many(language)).pages]
    signed, first = ("签发：", "附：指标口径") if language == "zh" else ("Signed:", "Annex: def")
    assert signed in body[-1]
    assert annex.lstrip().startswith(first), "all definitions are on one page, the last"
    assert all(len(page) > 600 for page in body[:-1]), [len(page) for page in body]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_head_stands_at_a_page_s_foot_and_no_word_of_one_is_cut(language):
    pages = [page.extract_text() for page in read(made_of_many(language)).pages]
    said = "\n".join(pages)
    heads = ("受理", "环比", "超期在办", "办理时长中位数") if language == "zh" else (
        "Accepted", "Change", "Overdue", "Band",
    )  # fmt: skip
    for head in heads:
        assert re.search(rf"^\s*{head}\s*$", said, re.M), head
    for page in pages:
        last = [line for line in page.splitlines() if line.strip()][-3:]
        assert not [line for line in last if re.match(r"[一二三四五六七]、|\d\. [A-Z]", line)], last


def made_of_many(language: str) -> bytes:
    """Write the report of a city of sixty departments, whose tables break over pages."""
    held, names = figures(), {}
    for number in range(60):
        code = f"d-{number}"
        names[code] = (f"市第{number}生态环境保护局", f"Bureau {number} of Ecology and Environment")
        held.put(DAY, busy(60 + number), department=code, district=f"370{600 + number % 14}",
                 category=f"c-{number}")  # fmt: skip
    told = ground(figures=held, names=NAMES | {"department": names})
    return pdf.write(paper_of(bulletin(figures=held, names=told.names), language))


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
