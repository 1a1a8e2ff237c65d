"""An order (明责交办单): a final opinion as a paper that is signed and handed to its units."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from operations.response.opinion import Opinion
from papers.days import Days
from papers.paper import Block, Cell, Heading, Paper, Paragraph, Table
from papers.wording import Language, words


@dataclass(frozen=True, slots=True)
class OrderTerms:
    """What an order says of its city: name in both languages, hotline, zone, whether it is a demo.

    `unit` names a department. `titles` are the masked titles of the tickets, in their order; an
    empty one is not for who takes the paper. `mark` is who takes it, and when.
    """

    city: tuple[str, str]
    hotline: str
    zone: str
    demo: bool
    unit: Callable[[str], str]
    titles: Sequence[str]
    mark: str


def order_of(opinion: Opinion, terms: OrderTerms, language: Language) -> Paper:
    """Write an order in a language."""
    said, days = words(language), Days(language, terms.zone)
    city = terms.city[0 if language == "zh" else 1]
    issuer = said["centre"].format(city=city)
    house = said["hotline_12345" if terms.hotline == "12345" else "hotline"].format(city=city)
    return Paper(
        language=language,
        house=house,
        kind=said["order"],
        number=opinion.number,
        issuer=issuer,
        dated=days.whole_day(days.local(opinion.signed_at)),
        title=said["order_about"].format(unit=terms.unit(opinion.lead)),
        notice=said["demo"] if terms.demo else "",
        blocks=(_units(opinion, terms, days, language), *_said(opinion, days, language)),
        annex=(Heading(said["order_tickets"]), _tickets(opinion, terms, language)),
        foot=said["order_foot"].format(number=opinion.number),
        page=said["page"],
        signatures=(
            said["made_by"].format(centre=issuer), said["order_chair"], said["order_received"],
        ),
        mark=terms.mark,
    )  # fmt: skip


def _said(opinion: Opinion, days: Days, language: Language) -> list[Block]:
    """Write what is decided, on what it rests, and what it binds to."""
    said = words(language)
    replaced = [Paragraph(said["order_replaces"].format(number=opinion.replaces))]
    return [
        Heading(said["order_decision"]),
        Paragraph(opinion.decision, "headline"),
        Heading(said["order_basis"]),
        Paragraph(opinion.basis),
        *(replaced if opinion.replaces else []),
        Heading(said["order_force"]),
        Paragraph(said["order_force_about"]),
        Paragraph(
            said["order_heard"].format(
                clinic=opinion.clinic,
                chair=opinion.chair,
                dispute=opinion.dispute,
                signer=opinion.signed_by,
                time=days.moment(opinion.signed_at),
            )
        ),
        Paragraph(said["order_digest"].format(digest=opinion.digest), "note"),
    ]


def _units(opinion: Opinion, terms: OrderTerms, days: Days, language: Language) -> Table:
    said = words(language)
    due = days.moment(opinion.due_at)
    rows = [(said["order_lead"], terms.unit(opinion.lead))]
    rows += [(said["order_cooperating"], terms.unit(code)) for code in opinion.cooperating]
    heads = (said["order_part"], said["order_unit"], said["order_due"])
    lines = tuple(
        (Cell(part, "strong"), Cell(unit, "strong" if place == 0 else ""), Cell(due))
        for place, (part, unit) in enumerate(rows)
    )
    return Table(heads, lines, (0.2, 0.5, 0.3), words=3)


def _tickets(opinion: Opinion, terms: OrderTerms, language: Language) -> Table:
    said = words(language)
    lines = tuple(
        (Cell(str(place)), Cell(number), Cell(source), Cell(title))
        for place, ((source, number), title) in enumerate(
            zip(opinion.tickets, terms.titles, strict=True), 1
        )
    )
    heads = ("", said["order_ticket"], said["order_source"], said["order_title"])
    return Table(heads, lines, (0.06, 0.24, 0.15, 0.55), words=4)
