"""A paper of accountability (问责书): what is asked of a department, on which evidence, by whom."""

from collections.abc import Callable
from dataclasses import dataclass

from operations.response.accountability import Evidence
from operations.response.accountability_paper import AccountabilityPaper
from papers.days import Days
from papers.paper import Block, Cell, Heading, Paper, Paragraph, Table
from papers.wording import Language, words


@dataclass(frozen=True, slots=True)
class PaperTerms:
    """What a paper says of its city: name in both languages, hotline, zone, whether it is a demo.

    `unit` names a department, `told` gives a piece of evidence as (kind, words). `mark` is who
    takes it, and when.
    """

    city: tuple[str, str]
    hotline: str
    zone: str
    demo: bool
    unit: Callable[[str], str]
    told: Callable[[Evidence], tuple[str, str]]
    mark: str


def paper_of(paper: AccountabilityPaper, terms: PaperTerms, language: Language) -> Paper:
    """Write a paper in a language."""
    said, days = words(language), Days(language, terms.zone)
    place = 0 if language == "zh" else 1
    city, step = terms.city[place], paper.name[place]
    issuer = said["centre"].format(city=city)
    house = said["hotline_12345" if terms.hotline == "12345" else "hotline"].format(city=city)
    unit = terms.unit(paper.department)
    return Paper(
        language=language,
        house=house,
        kind=said["accountability"],
        number=paper.number,
        issuer=issuer,
        dated=days.whole_day(days.local(paper.issued_at)),
        title=said["accountability_about"].format(unit=unit, step=step),
        notice=said["demo"] if terms.demo else "",
        blocks=(
            Heading(said["accountability_asks"]),
            Paragraph(paper.asks[place], "headline"),
            Heading(said["accountability_ground"]),
            Paragraph(paper.why),
            *_appeal(paper, days, language),
            Heading(said["accountability_approved"]),
            _hands(paper, days, language),
            Paragraph(said["accountability_digest"].format(digest=paper.digest), "note"),
        ),
        annex=(Heading(said["accountability_evidence"]), _evidence(paper, terms, language)),
        foot=said["accountability_foot"].format(number=paper.number),
        page=said["page"],
        signatures=(
            said["made_by"].format(centre=issuer),
            said["accountability_received"].format(unit=unit),
        ),
        mark=terms.mark,
    )  # fmt: skip


def _appeal(paper: AccountabilityPaper, days: Days, language: Language) -> list[Block]:
    """Write until when it can be appealed against, or what an appeal ended in."""
    said = words(language)
    told: list[Block] = []
    if paper.replaces is not None:
        told += [
            Heading(said["accountability_decision"]),
            Paragraph(said["accountability_replaces"].format(number=paper.replaces)),
            Paragraph(paper.ground),
        ]
    if paper.appeal_until is not None:
        until = days.moment(paper.appeal_until)
        told.append(Paragraph(said["accountability_appeal"].format(time=until)))
    stands = days.moment(paper.stands_until)
    return [*told, Paragraph(said["accountability_stands"].format(time=stands))]


def _hands(paper: AccountabilityPaper, days: Days, language: Language) -> Table:
    said = words(language)
    first, second = paper.approvals
    rows = (
        ("accountability_first", first.by.name, first.at),
        ("accountability_second", second.by.name, second.at),
        ("accountability_issuer", paper.issued_by.name, paper.issued_at),
    )
    lines = tuple(
        (Cell(said[word], "strong"), Cell(name), Cell(days.moment(at))) for word, name, at in rows
    )
    heads = (said["accountability_part"], said["accountability_who"], said["accountability_when"])
    return Table(heads, lines, (0.25, 0.45, 0.3), words=3)


def _evidence(paper: AccountabilityPaper, terms: PaperTerms, language: Language) -> Table:
    said = words(language)
    lines = tuple(
        (Cell(str(place)), *map(Cell, terms.told(one)))
        for place, one in enumerate(paper.evidence, start=1)
    )
    heads = ("", said["accountability_kind"], said["accountability_what"])
    return Table(heads, lines, (0.06, 0.24, 0.7), words=3)
