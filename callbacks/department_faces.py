"""Sums as the pages of departments show them: figures with target, band, history, corrections."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from callbacks.department_reads import WEEK_D, Read, weeks
from layouts.departments_face import Cell, Corrected, FigureFace, Line, PartFace, ScoreFace
from layouts.wording import Language
from operations.pulse.figure import Better, Figure
from operations.pulse.figures import FIGURE
from operations.pulse.score import Band, band_of, score
from operations.pulse.sums import Sums

GROUPS = {
    "departments_group_load": ("opened", "dispatched", "closed", "direct"),
    "departments_group_time": (
        *("on_time_rate", "source_on_time_rate"),
        *("handling_median", "handling_p90", "working_median", "working_p90"),
    ),
    "departments_group_callback": (
        *("response_rate", "solved_rate", "satisfaction_rate", "reached_rate"),
    ),
    "departments_group_sending": (
        *("first_right_rate", "return_rate", "return_accepted_rate", "return_refused_rate"),
    ),
    "departments_group_again": ("reopened_rate", "repeat_rate", "once_rate"),
    "departments_group_duty": (
        *("compliance", "taken_rate", "by_first_rate", "lasting_rate", "served_rate"),
    ),
}
"""Every figure, under the words of its group; a test holds it against the list of figures."""

IN_TABLES = (
    *("opened", "on_time_rate", "solved_rate", "satisfaction_rate", "return_rate"),
    *("reopened_rate", "handling_median", "compliance"),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How figures are judged: targets by code, the cases below which one is not, the language."""

    targets: Mapping[str, float]
    few: int
    language: Language

    def name(self, figure: Figure) -> str:
        """Give a figure's name."""
        return figure.en if self.language == "en" else figure.zh


@dataclass(frozen=True, slots=True)
class Course:
    """The sums that histories are drawn of: a period's days, and the week up to each of them."""

    days: Sequence[Sums]
    weeks: Sequence[Sums]

    @classmethod
    def of(cls, read: Read) -> "Course":
        """Add the weeks up, once for all figures."""
        return cls([sums for _, sums in read.days[WEEK_D - 1 :]], weeks(read.days))

    def points(self, figure: Figure) -> Sequence[Sums]:
        """Give what each point is of: a day for a count, the week up to it for a rate.

        A rate of one day of one department rests on too little, and Sundays would draw it.
        """
        return self.days if figure.unit.value == "tickets" else self.weeks


def groups_of(
    read: Read, terms: Terms, said: Mapping[str, str]
) -> list[tuple[str, list[FigureFace]]]:
    """Give every figure that was measured in the period or in the one before, in its group."""
    found, ratios, course = [], ratios_of(read.now, terms), Course.of(read)
    for title, codes in GROUPS.items():
        faces = [
            figure_face(FIGURE[code], read, course, terms, ratio=ratios.get(code)) for code in codes
        ]
        known = [one for one in faces if one.n or one.before_n]
        if known:
            found.append((said[title], known))
    return found


def ratios_of(sums: Sums, terms: Terms) -> dict[str, float]:
    """Give how each figure with a target stands to it: 1.0 is on target."""
    found = score(sums, Sums(), terms.targets)
    return {part.figure.code: part.ratio for part in found.parts}


def figure_face(
    figure: Figure, read: Read, course: Course, terms: Terms, *, ratio: float | None = None
) -> FigureFace:
    """Give one figure with its history, beside the period before."""
    now, before = figure.exact(read.now), figure.exact(read.before)
    few = _is_few(figure, now.n, terms)
    days = [figure.value(sums) for sums in course.points(figure)]
    return FigureFace(
        code=figure.code,
        name=terms.name(figure),
        means=figure.means_en if terms.language == "en" else figure.means_zh,
        unit=figure.unit.value,
        value=now.value,
        n=now.n,
        before=before.value,
        before_n=before.n,
        target=terms.targets.get(figure.code),
        band="" if ratio is None or few else band_of(ratio).value,
        few=few,
        moved="" if few or before.n < terms.few else _way(figure, now.value, before.value),
        points=[one.value for one in days],
        cases=[one.n for one in days],
        corrected=corrected(figure, read.corrections),
    )


def corrected(figure: Figure, days: Sequence[tuple[date, Sums]]) -> list[Corrected]:
    """Give the days on which a figure has changed since they were over."""
    found = []
    for day, sums in () if figure.parts else days:  # each part tells its own
        cases = figure.value(sums).n if figure.measure else sums[figure.of]
        good = sums[figure.good] if figure.good else 0
        if cases or good:
            found.append(Corrected(day.isoformat(), cases, good))
    return found


def score_face(read: Read, terms: Terms) -> ScoreFace:
    """Give the score and what moved it."""
    found = score(read.now, read.before, terms.targets)
    parts = [
        PartFace(
            terms.name(part.figure),
            part.figure.unit.value,
            part.actual,
            part.target,
            part.n,
            part.contribution,
            part.change,
        )
        for part in found.parts
    ]
    band = "" if found.band is None else found.band.value
    return ScoreFace(found.value, found.before, band, parts)


def lines_of(
    sums: Mapping[str, Sums],
    terms: Terms,
    *,
    name: Callable[[str], str],
    href: Callable[[str], str | None],
) -> list[Line]:
    """Give the rows of a table, the most tickets first, those of nobody last."""
    order = sorted(sums, key=lambda code: (not code, -sums[code]["opened"], code))
    return [_line(code, sums[code], terms, name(code), href(code)) for code in order]


def aim(figure: Figure, terms: Terms) -> tuple[float | None, str]:
    """Give a figure's target and its unit."""
    return terms.targets.get(figure.code), figure.unit.value


def by_score(lines: Sequence[Line]) -> list[Line]:
    """Put rows in the order of their scores, those without one last."""
    return sorted(lines, key=lambda line: (line.score is None, -(line.score or 0.0), line.code))


def _line(code: str, sums: Sums, terms: Terms, name: str, href: str | None) -> Line:
    found = score(sums, Sums(), terms.targets)
    # Bands are for who has enough cases behind every figure that is judged.
    judged = [part for part in found.parts if part.n >= terms.few]
    ratios = {part.figure.code: part.ratio for part in found.parts}
    band = found.band.value if code and found.band is not None and judged else ""
    return Line(
        code,
        name,
        href,
        [_cell(FIGURE[one], sums, terms, ratios.get(one)) for one in IN_TABLES],
        score=found.value if band else None,
        band=band,
    )


def _cell(figure: Figure, sums: Sums, terms: Terms, ratio: float | None) -> Cell:
    value, n = figure.exact(sums)
    few = _is_few(figure, n, terms)
    below = ratio is not None and not few and band_of(ratio) is Band.C
    return Cell(value, n, figure.unit.value, few=few, below=below)


def _is_few(figure: Figure, n: int, terms: Terms) -> bool:
    """Tell whether a figure rests on too little to be judged; a plain count rests on nothing."""
    return figure.unit.value != "tickets" and n < terms.few


def _way(figure: Figure, now: float | None, before: float | None) -> str:
    if now is None or before is None or now == before or figure.better is Better.NEITHER:
        return ""
    return "better" if (now > before) == (figure.better is Better.HIGHER) else "worse"
