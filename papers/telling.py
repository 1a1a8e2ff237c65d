"""A bulletin told as a report: what stands on paper, in the order a leader's office reads it."""

from collections.abc import Iterator

from operations.bulletin.contents import Bulletin, Unit
from operations.bulletin.issue import Kind
from operations.pulse.figure import Better
from operations.pulse.figures import FIGURE
from operations.pulse.score import band_of
from papers import charts
from papers.days import Days
from papers.headline import Headline
from papers.paper import Block, Heading, Paper, Paragraph, Picture
from papers.tables import MOST_DAYS, MOST_HOLDERS, MOST_UNITS, Tables
from papers.wording import Language, words

IN_CHART = (
    *("on_time_rate", "response_rate", "solved_rate", "satisfaction_rate", "first_right_rate"),
    *("once_rate", "return_rate", "reopened_rate", "repeat_rate"),
)


def paper_of(bulletin: Bulletin, language: Language, mark: str = "") -> Paper:
    """Tell a bulletin in a language; `mark` is who takes it, and when."""
    return _Telling(bulletin, language).paper(mark)


class _Telling:
    def __init__(self, bulletin: Bulletin, language: Language) -> None:
        self._of, self._language = bulletin, language
        self._said = words(language)
        self._days = Days(language, bulletin.terms.zone)
        self._tables, self._headline = Tables(bulletin, language), Headline(bulletin, language)
        self._parts = 0

    def paper(self, mark: str) -> Paper:
        of, said, issue = self._of, self._said, self._of.issue
        city = of.terms.city[0 if self._language == "zh" else 1]
        issuer = said["centre"].format(city=city)
        hotline = "hotline_12345" if of.terms.hotline == "12345" else "hotline"
        period = self._days.period(issue)
        return Paper(
            language=self._language,
            house=said[hotline].format(city=city),
            kind=said[f"kind_{issue.kind.value}"],
            number=said["number"].format(year=issue.year, n=issue.number),
            issuer=issuer,
            dated=self._days.whole_day(self._days.local(of.made_at)),
            title=said[f"about_{issue.kind.value}"].format(period=period, of=self._headline.titled),
            notice=said["demo"] if of.terms.demo else "",
            blocks=tuple(self._blocks()),
            annex=(Heading(said["part_definitions"]), self._tables.definitions()),
            foot=said["made"].format(time=self._days.moment(of.made_at)),
            page=said["page"],
            signatures=(
                said["made_by"].format(centre=issuer), said["checked_by"], said["signed_by"]
            ),
            mark=mark,
        )  # fmt: skip

    def _blocks(self) -> Iterator[Block]:
        if self._of.counted < 1:
            share = f"{self._of.counted * 100:.0f}"
            yield Paragraph(self._said["counting"].format(share=share), "note")
        for sentence in self._headline.paragraphs():
            yield Paragraph(sentence, "headline")
        yield from self._course()
        yield from self._figures()
        narrowed = self._of.issue.axis
        if narrowed != "department":
            yield from self._units("department", self._of.departments)
        yield from self._sorts()
        if narrowed != "district":
            yield from self._units("district", self._of.districts)
        if narrowed != "department":  # a cluster is of no department
            yield from self._watch()
        yield from self._overdue()
        yield from self._corrections()

    def _part(self, name: str) -> Heading:
        ordinals = self._said["ordinals"]
        listed = ordinals.split(" ") if " " in ordinals else list(ordinals)
        self._parts += 1
        number = listed[self._parts - 1]
        return Heading(self._said["part"].format(n=number, name=self._said[f"part_{name}"]))

    def _course(self) -> Iterator[Block]:
        of, said = self._of, self._said
        if not any(of.course):
            return
        name = said["chart_hours" if of.issue.kind is Kind.DAILY else "chart_days"]
        says = said["chart_says"].format(
            name=name, n=f"{sum(of.course):,}", most=f"{max(of.course):,}"
        )
        labels = self._days.labels(of.issue, len(of.course))
        drawn = charts.course(of.course, of.course_before, labels, self._legend(), says)
        yield Picture(drawn, name)

    def _legend(self) -> charts.Words:
        said = self._said
        return charts.Words(said["chart_now"], said["chart_before"], said["chart_target"])

    def _figures(self) -> Iterator[Block]:
        of, said = self._of, self._said
        yield self._part("figures")
        if of.score is not None:
            before = ""
            if of.score_before is not None:
                before = said["score_before"].format(value=f"{of.score_before:.2f}")
            yield Paragraph(
                said["score"].format(
                    value=f"{of.score:.2f}", band=band_of(of.score).value, before=before
                )
            )
        # The table first: it breaks over pages, so that a chart leaves no page half empty.
        yield self._tables.figures()
        yield Paragraph(said["note_figures"].format(few=of.terms.few), "note")
        if all(one.before is None for one in of.measures):
            yield Paragraph(said["note_no_before"], "note")
        if all(one.last_year is None for one in of.measures):
            yield Paragraph(said["note_no_year"], "note")
        rates = self._rates()
        if rates:
            says = said["joined"].join(f"{one.name} {one.told}" for one in rates)
            yield Picture(charts.rates(rates, self._legend(), says), said["chart_rates"])

    def _rates(self) -> list[charts.Rate]:
        found = []
        for code in IN_CHART:
            one = self._of.measure(code)
            if one is None or one.now.value is None or one.few:
                continue
            value, target = one.now.value, one.target
            higher = FIGURE[code].better is Better.HIGHER
            good = target is None or (value >= target if higher else value <= target)
            was = None if one.before is None else one.before.value
            says = f"{value * 100:.1f}% (n={one.now.n:,})"
            found.append(charts.Rate(self._tables.figure(code), value, says, was, target, good))
        return found

    def _units(self, axis: str, units: tuple[Unit, ...]) -> Iterator[Block]:
        said, of = self._said, self._of
        yield self._part(f"{axis}s")
        if not units:
            yield Paragraph(said["units_none"])
            return
        if axis == "department":
            counts = {band: sum(one.band == band for one in units) for band in "ABC"}
            rest = sum(not one.band and bool(one.code) for one in units)
            few = said["bands_few"].format(rest=rest, few=of.terms.few) if rest else ""
            told = said["ranks_told" if of.terms.ranks else "bands_told"]
            yield Paragraph(
                told.format(a=counts["A"], b=counts["B"], c=counts["C"], rest=few,
                            few=of.terms.few)
            )  # fmt: skip
        yield self._tables.units(axis, units)
        left = units[MOST_UNITS:]
        if left:
            opened, overdue = (f"{sum(ones):,}" for ones in (
                [one.opened for one in left], [one.overdue for one in left]))  # fmt: skip
            yield Paragraph(
                said["units_rest"].format(n=f"{len(left):,}", opened=opened, overdue=overdue),
                "note",
            )

    def _sorts(self) -> Iterator[Block]:
        of, said = self._of, self._said
        opened = of.measure("opened")
        compared = opened is not None and opened.before is not None
        yield self._part("categories")
        if compared:
            yield Heading(said["sorts_rose"], 2)
            if of.sorts:
                yield self._tables.sorts(of.sorts, compared=True)
            else:
                yield Paragraph(said["sorts_no_rise"])
        if of.biggest and opened is not None:
            yield Heading(said["sorts_most"], 2)
            yield self._tables.sorts(of.biggest, compared=compared)
            share = sum(one.opened for one in of.biggest) / opened.now.n
            yield Paragraph(
                said["sorts_rest"].format(
                    all=f"{of.sorts_in_all:,}", n=len(of.biggest), share=f"{share * 100:.1f}%"
                ),
                "note",
            )

    def _watch(self) -> Iterator[Block]:
        of, said = self._of, self._said
        yield self._part("watch")
        severities = said["listed"].join(
            said["severity_one"].format(name=said[f"severity_{name}"], n=of.alarms.raised[name])
            for name in ("critical", "high", "medium")
            if name in of.alarms.raised
        )
        alarms = said["watch_alarms" if of.alarms.total else "watch_no_alarms"].format(
            n=of.alarms.total,
            severities=said["severities"].format(list=severities) if severities else "",
            acknowledged=of.alarms.acknowledged,
            cleared=of.alarms.cleared,
            standing=of.alarms.standing,
        )
        if not of.gatherings:
            yield Paragraph(self._beside(alarms, said["watch_none"]))
            return
        yield Paragraph(alarms)
        yield self._tables.gatherings()
        if of.gatherings_in_all > len(of.gatherings):
            shown, whole = len(of.gatherings), of.gatherings_in_all
            yield Paragraph(said["watch_rest"].format(all=whole, n=shown), "note")

    def _overdue(self) -> Iterator[Block]:
        of, said = self._of, self._said
        yield self._part("overdue")
        time = self._days.moment(of.made_at)
        if not of.holders:
            yield Paragraph(said["head_no_overdue"].format(time=time))
            return
        many = sum(one.overdue for one in of.holders)
        if of.issue.axis == "department":
            yield Paragraph(self._headline.overdue())
            return
        told = said["overdue_told"]
        yield Paragraph(told.format(time=time, n=f"{many:,}", of=self._headline.whose))
        yield self._tables.holders()
        left = of.holders[MOST_HOLDERS:]
        if left:
            late = f"{sum(one.overdue for one in left):,}"
            yield Paragraph(said["overdue_rest"].format(n=len(left), overdue=late), "note")

    def _corrections(self) -> Iterator[Block]:
        of, said = self._of, self._said
        yield self._part("corrections")
        if not of.corrections:
            yield Paragraph(said["corrections_none"])
            return
        yield Paragraph(said["corrections_told"])
        yield self._tables.corrections()
        left = len(of.corrections) - MOST_DAYS
        if left > 0:
            yield Paragraph(said["corrections_rest"].format(n=left), "note")

    def _beside(self, *sentences: str) -> str:
        return ("" if self._language == "zh" else " ").join(sentences)
