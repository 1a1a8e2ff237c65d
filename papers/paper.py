"""A report as it stands on paper, before anything is written: heads, sentences, tables, charts."""

from dataclasses import dataclass

from papers.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. `tone`: "few" is greyed, "below" stands out, "strong" is bold.

    `cases` is on how many a value rests; it stands after it, smaller.
    """

    text: str
    tone: str = ""
    cases: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a part (level 1) or of something in it (2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Whole sentences; `note` stands smaller, `headline` larger."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads that come again on every page; `widths` are shares of the page's width.

    The first `words` columns hold words, the rest numbers, which stand to the right.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with its caption."""

    drawing: Drawing
    caption: str


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole report; what is signed ends before the annex.

    `mark` is who takes it and when, empty for nobody in particular.
    """

    language: str
    house: str
    kind: str
    number: str
    issuer: str
    dated: str
    title: str
    notice: str
    blocks: tuple[Block, ...]
    annex: tuple[Block, ...]
    foot: str
    page: str
    signatures: tuple[str, ...]
    mark: str = ""
