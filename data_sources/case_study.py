"""From an analyst's files to a study: places, steps, and what is expected."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from data_sources.case_files import (
    Moment,
    People,
    Records,
    Shape,
    parse_moment,
    read_counts,
    read_places,
    read_population,
    read_shapes,
    wrong,
)
from operations.detection.distance import System
from operations.detection.scans.population import Population, person_days, standardised, weekly
from operations.detection.scans.steps import Steps, Unit, steps_between
from operations.detection.scans.study import (
    Study,
    bernoulli_study,
    permutation_study,
    poisson_study,
)
from operations.errors import BadInput

FINENESS = {"year": 0, "month": 1, "day": 2}
NO_DATE = date(2000, 1, 1)  # where time plays no part

Placed = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which files to scan under which model, and how time is cut."""

    model: str
    cases: Path
    places: Path
    population: Path | None
    controls: Path | None
    shapes: Path | None
    coordinates: System
    start: str | None
    end: str | None
    step: Unit
    spatial_only: bool
    adjust: str | None


@dataclass(frozen=True, slots=True)
class Files:
    """What was read: places in order of their names, cases, and what they stand against."""

    names: list[str]
    points: NDArray[np.float64]
    cases: Records
    controls: Records | None
    people: People | None
    shapes: list[Shape]


def read_files(asked: Asked) -> Files:
    """Read all files; places come in the order of their names."""
    latlong = asked.coordinates == "latlong"
    at = read_places(asked.places, latlong=latlong)
    near = _year(asked)
    people = read_population(asked.population, near=near) if asked.population else None
    covariates = len(people.categories[0]) if people else 0
    dated = None if asked.spatial_only else True
    # The permutation holds what does not change with time, so that any covariates may stand.
    known = None if asked.model == "stp" else covariates
    cases = read_counts(asked.cases, dated=dated, covariates=known, near=near)
    controls = None
    if asked.controls:
        controls = read_counts(asked.controls, dated=dated, covariates=known, near=near)
    for one in (cases, controls, people):
        if one is not None:
            _check_places(one, at, asked.places)
    # The reference's order of places, which decides between equal clusters.
    names = sorted(at)
    shapes = read_shapes(asked.shapes) if asked.shapes else []
    return Files(names, np.array([at[name] for name in names]), cases, controls, people, shapes)


def _year(asked: Asked) -> int:
    for text in (asked.end, asked.start):
        if text is not None:
            return _day("--end", text, last=True, near=2000).year
    return 2000


def _check_places(
    records: Records | People, at: dict[str, tuple[float, float]], path: Path
) -> None:
    for line, place in zip(records.lines, records.places, strict=True):
        if place not in at:
            reason = f"{place} is not in {path.name}; add it there, or take the record out"
            raise wrong(records.path, line, "place", reason)


def study_steps(asked: Asked, files: Files) -> Steps:
    """Cut the study period, which is that of the cases unless it is given."""
    days = [one.day for one in files.cases.moments if one is not None]
    if asked.start is None or asked.end is None:
        if not days and not asked.spatial_only:
            raise BadInput("--start", "and --end are needed, as the cases have no dates")
        days = days or [NO_DATE]
    near = _year(asked)
    start = _day("--start", asked.start, False, near) if asked.start else min(days)
    end = _day("--end", asked.end, True, near) if asked.end else max(days)
    return steps_between(start, end, asked.step)


def _day(name: str, text: str, last: bool, near: int) -> date:
    """Read a bound of the study; a year or month as an end is its last day."""
    try:
        moment = parse_moment(text, near)
    except ValueError as error:
        raise BadInput(name, f"{text!r} is no date ({error}); write 2001/11/22") from None
    if not last or moment.precision == "day":
        return moment.day
    months = 1 if moment.precision == "month" else 12
    after = moment.day.year * 12 + moment.day.month - 1 + months
    return date.fromordinal(date(after // 12, after % 12 + 1, 1).toordinal() - 1)


def _placed(records: Records, asked: Asked, files: Files, steps: Steps) -> Placed:
    """Give place, step and count of every record; step 0 where time plays no part."""
    number = {name: k for k, name in enumerate(files.names)}
    place = np.array([number[name] for name in records.places], np.int64)
    known: dict[Moment | None, int] = {None: 0}
    for line, moment in zip(records.lines, records.moments, strict=True):
        if moment in known or moment is None:
            continue
        if FINENESS[moment.precision] < FINENESS[asked.step] and not asked.spatial_only:
            reason = (
                f"a {moment.precision} is too coarse for --step {asked.step}; scan by larger steps"
            )
            raise wrong(records.path, line, "date", reason)
        step = steps.index(_within(moment, steps.firsts[0]))
        if step is None:
            period = f"{steps.firsts[0]} to {steps.end}"
            reason = f"{moment.day} is outside of {period}; widen --start and --end, or take it out"
            raise wrong(records.path, line, "date", reason)
        known[moment] = 0 if asked.spatial_only else step
    when = np.array([known[moment] for moment in records.moments], np.int64)
    return place, when, np.array(records.counts, np.int64)


def _within(moment: Moment, first: date) -> date:
    """Give a day of a month or year that lies in the study, if it has one."""
    same_month = moment.precision != "day" and moment.day.month == first.month
    if moment.day.year == first.year and (same_month or moment.precision == "year"):
        return max(moment.day, first)
    return moment.day


def build_study(asked: Asked, files: Files, steps: Steps) -> Study:
    """Build what is scanned; raises BadInput with file, line and field."""
    place, step, count = _placed(files.cases, asked, files, steps)
    many = 1 if asked.spatial_only else len(steps)
    if not count.sum():
        raise BadInput(asked.cases.name, "has no case; a scan needs at least one")
    if asked.model == "stp":
        strata = steps.weekdays() if asked.adjust else None
        return permutation_study(
            place, step, count, places=len(files.names), steps=many, time_strata=strata
        )
    if files.controls is not None:
        others = _placed(files.controls, asked, files, steps)
        return bernoulli_study(place, step, count, others, places=len(files.names), steps=many)
    expected = _expected(files, steps, (place, step, count))
    if asked.adjust:
        by_step = np.bincount(step, count, many).astype(np.float64)
        expected = weekly(expected, by_step, steps.weekdays())
    if asked.spatial_only:
        expected = expected.sum(axis=1, keepdims=True)
    bare = np.flatnonzero((expected[place, step] <= 0) & (count > 0))
    if len(bare):
        line = files.cases.lines[bare[0]]
        reason = f"nobody lives in {files.cases.places[bare[0]]} then; mend the population file"
        raise wrong(asked.cases, line, "place", reason)
    return poisson_study(place, step, count, expected)


def _expected(files: Files, steps: Steps, cases: Placed) -> NDArray[np.float64]:
    """Expect by population, standardised for its covariates: (places, steps)."""
    people = files.people
    assert people is not None
    number = {name: k for k, name in enumerate(files.names)}
    kinds = {kind: k for k, kind in enumerate(dict.fromkeys(people.categories))}
    for line, kind in zip(files.cases.lines, files.cases.categories, strict=True):
        if kind not in kinds:
            reason = f"{' '.join(kind)} is nowhere in {people.path.name}; add its population"
            raise wrong(files.cases.path, line, "covariates", reason)
    category = np.array([kinds[kind] for kind in files.cases.categories], np.int64)
    counted = Population(
        np.array([number[name] for name in people.places], np.int64),
        np.array([day.toordinal() for day in people.days], np.float64),
        np.array([kinds[kind] for kind in people.categories], np.int64),
        np.array(people.counts),
    )
    days = person_days(counted, steps.bounds(), (len(files.names), len(kinds)))
    by_kind = np.bincount(category, cases[2], len(kinds)).astype(np.float64)
    return standardised(days, by_kind)


def shape_members(one: Shape, files: Files, asked: Asked) -> list[int]:
    """Give the places of a shape; an outline holds those on its edge too."""
    if one.outline is None:
        number = {name: k for k, name in enumerate(files.names)}
        for name in one.places:
            if name not in number:
                raise BadInput(f"shape {one.name}", f"{name} is not in {asked.places.name}")
        return [number[name] for name in one.places]
    x, y = files.points.T[::-1] if asked.coordinates == "latlong" else files.points.T
    inside = np.flatnonzero(shapely.intersects_xy(one.outline, x, y))
    return [int(place) for place in inside]
