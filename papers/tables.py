"""The tables of a report: figures, departments, categories, districts, what the watch found."""

from collections.abc import Sequence

from layouts.values import difference, signed, told
from operations.bulletin.contents import Bulletin, Corrected, Measure, Sort, Unit
from operations.bulletin.units import IN_UNITS
from operations.pulse.figure import Better
from operations.pulse.figure import Unit as Kind
from operations.pulse.figures import FIGURE
from papers.days import Days
from papers.paper import Cell, Table
from papers.wording import Language, words

MOST_UNITS = 80
MOST_HOLDERS = 15
MOST_DAYS = 14
CORRECTED = ("opened", "closed", "due", "on_time", "callbacks", "solved")
DAY_S = 86_400


class Tables:
    """Makes the tables of one report in one language."""

    def __init__(self, bulletin: Bulletin, language: Language) -> None:
        self._of, self._language = bulletin, language
        self._said, self._days = words(language), Days(language, bulletin.terms.zone)

    def name(self, axis: str, code: str) -> str:
        """Give what a code is called; what is of nobody has a word too."""
        if not code:
            return self._said["unit_none" if axis == "department" else "unit_nowhere"]
        return self._of.name(axis, code)[0 if self._language == "zh" else 1]

    def figure(self, code: str) -> str:
        """Give a figure's name."""
        return FIGURE[code].zh if self._language == "zh" else FIGURE[code].en

    # Figures

    def figures(self) -> Table:
        """Give every figure beside the periods it is compared with."""
        said, measures = self._said, self._of.measures
        before = any(one.before is not None for one in measures)
        year = any(one.last_year is not None for one in measures)
        heads = [said["col_figure"], said["col_now"], said["col_n"]]
        heads += [said["col_before"], said["col_moved"]] if before else []
        heads += [said["col_year"], said["col_moved_year"]] if year else []
        heads += [said["col_target"], said["col_band"]]
        rows = tuple(self._figure(one, before=before, year=year) for one in measures)
        widths = [2.3, 1.25, 0.95, *([1.8, 1.05] if before else []), *([1.8, 1.05] if year else [])]
        return Table(tuple(heads), rows, (*widths, 0.95, 0.6))

    def _figure(self, one: Measure, *, before: bool, year: bool) -> tuple[Cell, ...]:
        tone = "few" if one.few else ""
        unit = FIGURE[one.code].unit.value
        counts = unit == Kind.TICKETS.value
        cells = [
            Cell(self.figure(one.code), tone),
            Cell(told(one.now.value, unit, self._language), tone or "strong"),
            Cell("" if counts else f"{one.now.n:,}", tone),
        ]
        for wanted, other in ((before, one.before), (year, one.last_year)):
            if wanted:
                then = None if other is None else other.value
                said = told(then, unit, self._language)
                of = "" if counts or other is None or then is None else f"({other.n:,})"
                moved = difference(one.now.value, then, unit, self._language)
                cells += [Cell(said, tone, of), Cell(moved, tone or self._way(one, then))]
        aim = "" if one.target is None else told(one.target, unit, self._language)
        return *cells, Cell(aim, tone), Cell(one.band, "below" if one.band == "C" else "")

    def _way(self, one: Measure, then: float | None) -> str:
        better, now = FIGURE[one.code].better, one.now.value
        if then is None or now is None or now == then or better is Better.NEITHER:
            return ""
        return "" if (now > then) == (better is Better.HIGHER) else "below"

    # Departments and districts

    def units(self, axis: str, units: Sequence[Unit]) -> Table:
        """Give the units, as many as a reader can take in."""
        said, ranks = self._said, self._of.terms.ranks and axis == "department"
        moved = any(one.opened_before is not None for one in units)
        heads = [said[f"col_{axis}"], said["col_opened"], *([said["col_moved"]] if moved else [])]
        heads += [self.figure(code) for code in IN_UNITS]
        heads += [said["col_overdue"]]
        judged = axis == "department"
        heads += [said["col_place"], said["col_score"]] if ranks else []
        heads += [said["col_band"]] if judged else []
        rows = [
            self._unit(axis, one, place if ranks else None, judged=judged, moved=moved)
            for place, one in enumerate(units[:MOST_UNITS], 1)
        ]
        widths = (2.15, 0.95, *((0.85,) if moved else ()), *(1.33,) * (len(IN_UNITS) - 1), 1.5, 1.0)
        widths += (0.65, 0.7) if ranks else ()
        return Table(tuple(heads), tuple(rows), (*widths, 0.55) if judged else widths)

    def _unit(
        self, axis: str, unit: Unit, place: int | None, *, judged: bool, moved: bool
    ) -> tuple[Cell, ...]:
        cells = [Cell(self.name(axis, unit.code)), Cell(f"{unit.opened:,}")]
        if moved:
            cells.append(Cell(signed(unit.opened - (unit.opened_before or 0))))
        for code, value in unit.values.items():
            said = told(value.value, FIGURE[code].unit.value, self._language)
            of = f"({value.n:,})" if value.n else ""
            cells.append(Cell(said, "few" if code in unit.few else "", of))
        cells.append(Cell(f"{unit.overdue:,}"))
        if place is not None:
            score = "" if unit.score is None else f"{unit.score:.2f}"
            cells += [Cell(str(place) if score else ""), Cell(score)]
        band = Cell(unit.band, "below" if unit.band == "C" else "strong")
        return (*cells, band) if judged else tuple(cells)

    # Categories

    def sorts(self, sorts: Sequence[Sort], *, compared: bool) -> Table:
        """Give categories with how many came in, before, and by how much they moved."""
        said = self._said
        opened = self._of.measure("opened")
        whole = opened.now.n if opened is not None else 0
        heads = [said["col_category"], said["col_now"], said["col_share"]]
        heads += [said["col_before"], said["col_moved"]] if compared else []
        rows = []
        for one in sorts:
            share = f"{one.opened / whole * 100:.1f}%" if whole else ""
            cells = [Cell(self.name("category", one.code)), Cell(f"{one.opened:,}"), Cell(share)]
            if compared:
                cells += [Cell(f"{one.before:,}"), Cell(signed(one.opened - one.before), "strong")]
            rows.append(tuple(cells))
        return Table(tuple(heads), tuple(rows), (3, 1, 1, 1, 1) if compared else (3, 1, 1))

    # The watch

    def gatherings(self) -> Table:
        """Give the clusters."""
        said = self._said
        heads = (
            "col_category",
            "col_where",
            "col_callers",
            "col_expected",
            "col_born",
            "col_state",
        )
        rows = []
        for one in self._of.gatherings:
            where = [self.name("district", one.district or "")]
            where += [self.name("town", one.town)] if one.town else []
            state = said["state_on"]
            if one.ended_at is not None:
                state = said["state_ended"].format(time=self._days.short(one.ended_at))
            callers = "–" if one.callers is None else f"{one.callers:,}"
            expected = "–" if one.expected is None else f"{one.expected:.1f}"
            texts = (self.name("category", one.category), " ".join(where), callers, expected,
                     self._days.short(one.born_at), state)  # fmt: skip
            rows.append(tuple(map(Cell, texts)))
        return Table(
            tuple(said[one] for one in heads), tuple(rows), (2.2, 2.2, 0.8, 0.8, 1.3, 1.6), 2
        )

    # What is overdue

    def holders(self) -> Table:
        """Give who holds what is overdue, and for how long the oldest has been."""
        said, now = self._said, self._of.made_at
        heads = ("col_department", "col_overdue", "col_oldest", "col_days")
        rows = []
        for one in self._of.holders[:MOST_HOLDERS]:
            late = int((now - one.oldest_due_at).total_seconds() // DAY_S)
            since, days = self._days.moment(one.oldest_due_at), said["days_late"].format(n=late)
            texts = (self.name("department", one.code), f"{one.overdue:,}", since, days)
            rows.append(tuple(map(Cell, texts)))
        return Table(tuple(said[one] for one in heads), tuple(rows), (3, 1, 2, 1))

    # Corrections

    def corrections(self) -> Table:
        """Give the days that have changed most, in their order, and the sum of all."""
        days = sorted(self._of.corrections, key=lambda one: (-_weight(one), one.day))[:MOST_DAYS]
        days.sort(key=lambda one: one.day)
        heads = ["col_day", "col_opened", *(f"col_{name}" for name in CORRECTED[1:])]
        rows = [(Cell(self._days.whole_day(one.day)), *self._counters([one])) for one in days]
        rows.append((Cell(self._said["all_days"], "strong"), *self._counters(self._of.corrections)))
        return Table(tuple(self._said[one] for one in heads), tuple(rows), (2, 1, 1, 1, 1, 1, 1))

    def _counters(self, days: Sequence[Corrected]) -> list[Cell]:
        sums = [sum(one.counters.get(name, 0) for one in days) for name in CORRECTED]
        return [Cell(signed(one) if one else "") for one in sums]

    # Definitions

    def definitions(self) -> Table:
        """Give what each figure means."""
        heads = (self._said["col_figure"], self._said["col_means"])
        rows = []
        for one in self._of.measures:
            figure = FIGURE[one.code]
            means = figure.means_zh if self._language == "zh" else figure.means_en
            rows.append((Cell(self.figure(one.code)), Cell(means)))
        return Table(heads, tuple(rows), (1.2, 5.5), 2)


def _weight(one: Corrected) -> int:
    return sum(abs(one.counters.get(name, 0)) for name in CORRECTED)
