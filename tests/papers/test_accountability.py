"""A paper of accountability says what it asks, on which evidence, and who approved it."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from operations.response.accountability import Approval, Evidence, Kind
from operations.response.accountability_paper import AccountabilityPaper
from papers.accountability import PaperTerms, paper_of
from papers.pdf import write
from tests.accountability import FIRST, PROPOSER, SECOND, WORDS, evidence
from tests.builders import NOW, at

PAPER = AccountabilityPaper(
    number="WS2026-0007", matter="WZ2026-0009", department="water", step="talk",
    name=("约谈", "Talk"), asks=("当场明确整改时限", "Name measures and times"),
    why="逾期不办", evidence=(evidence(), WORDS), proposed_by=PROPOSER,
    approvals=(Approval(FIRST, at(-2)), Approval(SECOND, at(-1))), issued_by=PROPOSER,
    issued_at=NOW, stands_until=at(days=180), appeal_until=at(days=5),
)  # fmt: skip


def told(one: Evidence) -> tuple[str, str]:
    return one.kind.value, one.ref or one.said


TERMS = PaperTerms(
    city=("烟台市", "Yantai"), hotline="12345", zone="Asia/Shanghai", demo=True,
    unit={"water": "市水务局"}.__getitem__, told=told, mark="王 · 2026-11-24",
)  # fmt: skip


def text_of(paper: AccountabilityPaper, language: str) -> str:
    written = write(paper_of(paper, TERMS, language))  # type: ignore[arg-type]
    found = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written)).pages)
    return "".join(found.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ("问责书", "关于对市水务局予以约谈的决定", "当场明确整改时限", "可于2026年11月29日",
                "初审", "复审", "证据清单")),
        ("en", ("Talk:市水务局", "Namemeasuresandtimes", "Youmayappealuntil", "Firstapproval",
                "Secondapproval")),
    ],
)  # fmt: skip
def test_a_paper_says_all_that_was_decided(language: str, words: tuple[str, ...]) -> None:
    text = text_of(PAPER, language)
    names = ("WS2026-0007", "first(first)", "second(second)", "demo/T-1", WORDS.said, "逾期不办")
    for word in (*words, *names, PAPER.digest):
        assert "".join(word.split()) in text, word


def test_after_an_appeal_it_names_the_paper_it_replaces_and_offers_no_second() -> None:
    lowered = replace(PAPER, replaces="WS2026-0003", ground="已整改到位", appeal_until=None)
    text = text_of(lowered, "zh")
    for word in ("本问责书替代WS2026-0003号问责书", "已整改到位"):
        assert word in text
    assert "提出申诉" not in text


def test_a_figure_is_evidence_of_a_kind_of_its_own() -> None:
    one = Evidence(kind=Kind.FIGURE, ref="on_time_rate")
    assert "on_time_rate" in text_of(replace(PAPER, evidence=(one,)), "en")
