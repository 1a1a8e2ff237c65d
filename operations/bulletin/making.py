"""Making a bulletin: sums and what the watch found in, one number of a bulletin out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from operations.bulletin.contents import Bulletin, Corrected, Measure, Names, Sort, Terms, Unit
from operations.bulletin.issue import Issue, Kind
from operations.bulletin.ports import Beside, Figures, Overdue, Watched
from operations.bulletin.units import units_of
from operations.bulletin.watch import alarm_counts, gatherings_of
from operations.pulse.figure import Value
from operations.pulse.figures import FIGURE, FIGURES
from operations.pulse.score import band_of, score
from operations.pulse.sums import CITY, COUNTERS, Period, Sums, added

DAY_H = 24
MOST_SORTS = 10
CORRECTED_BACK_D = 92
NAMED = ("department", "district", "category", "town")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a bulletin comes from and on what terms.

    `names` by axis, `targets` by figure, `least_callers` below which a cluster's are not told.
    """

    figures: Figures
    beside: Beside
    terms: Terms
    targets: Mapping[str, float]
    least_callers: int
    names: Mapping[str, Names]


@dataclass(frozen=True, slots=True)
class _Compared:
    """The sums of a period by day, and whether the ledger reaches over it."""

    days: list[tuple[date, Sums]]
    known: bool

    @property
    def sums(self) -> Sums:
        return added(one for _, one in self.days)

    def value(self, code: str) -> Value | None:
        return FIGURE[code].exact(self.sums) if self.known else None


def make(
    issue: Issue, ground: Ground, now: datetime, known: Mapping[str, tuple[int, ...]]
) -> Bulletin:
    """Work one number out; `known` are the corrections as the number before knew them."""
    figures, zone = ground.figures, ZoneInfo(ground.terms.zone)
    period = issue.period
    days = figures.days(issue.slice, period)
    sums = added(one for _, one in days)
    before, last_year = _compared(figures, issue.before), _compared(figures, issue.year_before)
    overdue, watched = ground.beside.overdue(now, issue.slice), _watched(ground, issue, zone)
    scored = score(sums, before.sums if before.known else Sums(), ground.targets)
    sorts, biggest, many = _sorts(figures, issue, before.known)
    gatherings, gathered = gatherings_of(watched.clusters, ground.least_callers)
    corrections, knows = _corrections(figures, issue, now.astimezone(zone).date(), known)
    found = Bulletin(
        issue=issue,
        made_at=now,
        terms=ground.terms,
        counted=figures.counted_share(),
        measures=_measures(sums, before, last_year, ground),
        score=scored.value,
        score_before=scored.before if before.known else None,
        course=_course(figures, issue, days),
        course_before=_course(figures, issue.before, before.days) if before.known else (),
        departments=_units("department", ground, issue, before, overdue),
        districts=_units("district", ground, issue, before, overdue),
        sorts=sorts,
        sorts_in_all=many,
        biggest=biggest,
        gatherings=gatherings,
        gatherings_in_all=gathered,
        alarms=alarm_counts(watched),
        holders=overdue.holders,
        corrections=corrections,
        known=knows,
        names={},
    )
    return _named(found, ground.names)


def _watched(ground: Ground, issue: Issue, zone: ZoneInfo) -> Watched:
    """Read what the watch found; a cluster is of a district, and of no department."""
    if issue.axis == "department":
        return Watched((), (), 0)
    period = issue.period
    start, end = _midnight(period.first, zone), _midnight(period.last + timedelta(days=1), zone)
    return ground.beside.watched(start, end, issue.slice.district)


def _compared(figures: Figures, issue: Issue) -> _Compared:
    """Read a period to compare with: known where the ledger reaches back to its first day.

    A single old ticket does not make a month known: half of the days must have some in the city.
    A small department may have had none, and that is known too.
    """
    period = issue.period
    whole = figures.days(CITY, period)
    first = figures.first_day()
    filled = sum(one["opened"] > 0 for _, one in whole)
    known = first is not None and first <= period.first and filled * 2 >= len(whole)
    return _Compared(figures.days(issue.slice, period) if issue.axis else whole, known)


def _measures(
    sums: Sums, before: _Compared, last_year: _Compared, ground: Ground
) -> tuple[Measure, ...]:
    """Give every figure that was measured in the period or in the one before."""
    ratios = {part.figure.code: part.ratio for part in score(sums, Sums(), ground.targets).parts}
    found = []
    for figure in FIGURES:
        now, was = figure.exact(sums), before.value(figure.code)
        if not now.n and not (was is not None and was.n):
            continue
        few = figure.unit.value != "tickets" and now.n < ground.terms.few
        ratio = ratios.get(figure.code)
        band = "" if ratio is None or few else band_of(ratio).value
        target = ground.targets.get(figure.code)
        year = last_year.value(figure.code)
        found.append(Measure(figure.code, now, was, year, target, band, few))
    return tuple(found)


def _course(figures: Figures, issue: Issue, days: list[tuple[date, Sums]]) -> tuple[int, ...]:
    """Give what came in day by day; of one day by the hour, for as long as hours are kept."""
    if issue.kind is not Kind.DAILY:
        return tuple(one["opened"] for _, one in days)
    hours = [0] * DAY_H
    for _, hour, sums in figures.hours(issue.slice, issue.period):
        hours[hour] += sums["opened"]
    return tuple(hours) if sum(hours) == sum(one["opened"] for _, one in days) else ()


def _units(
    axis: str, ground: Ground, issue: Issue, before: _Compared, overdue: Overdue
) -> tuple[Unit, ...]:
    if axis == issue.axis:
        return ()  # it would be one line: that of the whole
    late = (
        {one.code: one.overdue for one in overdue.holders}
        if axis == "department"
        else overdue.districts
    )
    figures = ground.figures
    was = figures.by(axis, issue.slice, issue.before.period) if before.known else None
    now = figures.by(axis, issue.slice, issue.period)
    return units_of(now, was, late, ground.targets, ground.terms)


def _sorts(
    figures: Figures, issue: Issue, known: bool
) -> tuple[tuple[Sort, ...], tuple[Sort, ...], int]:
    """Give the categories that rose most, those with the most tickets, and how many there are."""
    now = figures.by("category", issue.slice, issue.period)
    before = figures.by("category", issue.slice, issue.before.period) if known else {}
    sorts = [
        Sort(code, now.get(code, Sums())["opened"], before.get(code, Sums())["opened"])
        for code in sorted(now.keys() | before.keys())
    ]
    rose = [one for one in sorts if known and one.opened > one.before]
    rose.sort(key=lambda one: (one.before - one.opened, one.code))
    most = sorted((one for one in sorts if one.opened), key=lambda one: (-one.opened, one.code))
    return tuple(rose[:MOST_SORTS]), tuple(most[:MOST_SORTS]), len(most)


def _corrections(
    figures: Figures, issue: Issue, today: date, known: Mapping[str, tuple[int, ...]]
) -> tuple[tuple[Corrected, ...], dict[str, tuple[int, ...]]]:
    """Give what past days have changed by since the number before, and what is known now.

    Days of the period itself are corrected in its own figures.
    """
    period = issue.period
    back = Period(period.first - timedelta(days=CORRECTED_BACK_D), max(today, period.last))
    nothing, found, knows = Sums().counts, [], {}
    for one in figures.corrections(issue.slice, back):
        knows[one.day.isoformat()] = tuple(one.sums.counts)
        was = known.get(one.day.isoformat(), nothing)
        moved = {
            name: now - then
            for name, now, then in zip(COUNTERS, one.sums.counts, was, strict=True)
            if now != then
        }
        if moved and one.day < period.first:
            found.append(Corrected(one.day, moved))
    return tuple(found), knows


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _named(found: Bulletin, names: Mapping[str, Names]) -> Bulletin:
    """Put in what the codes it holds are called, and no others."""
    gathered = found.gatherings
    used: dict[str, set[str]] = {
        "department": {one.code for one in found.departments} | {one.code for one in found.holders},
        "district": {one.code for one in found.districts}
        | {one.district or "" for one in gathered},
        "category": {one.code for one in (*found.sorts, *found.biggest)}
        | {one.category for one in gathered},
        "town": {one.town or "" for one in gathered},
    }
    if found.issue.axis:
        used[found.issue.axis].add(found.issue.place)
    called = {
        axis: {code: names[axis][code] for code in sorted(used[axis]) if code in names[axis]}
        for axis in NAMED
    }
    return replace(found, names=called)
